#pragma once
// A network under construction: rows in order of arrival, values in typed columns already.

#include <boost/unordered/unordered_flat_map.hpp>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/source.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/network/detail/name_table.hpp"
#include "eraudit/network/detail/raw_cell.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit::detail {

/// A total order of cells of one attribute: unknown, absent, values and ranges by their ends.
[[nodiscard]] std::strong_ordering compare(const Cell& a, const Cell& b) noexcept;

/// Values by row; grows with the highest row that has one.
struct DraftColumn {
  const Attribute* attribute = nullptr;
  Bitmap known;
  Bitmap absent;
  Bitmap ranged;
  Bitmap disputed;
  std::vector<std::uint8_t> bytes;
  std::vector<std::int64_t> longs;
  std::vector<double> doubles;
  std::vector<std::uint32_t> codes;  ///< of lists: all items, see `lists`
  std::vector<std::int32_t> days;
  struct List {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };
  std::vector<List> lists;  ///< into `codes`
  Currency currency;        ///< of all rows, as long as `currencies` is empty
  std::vector<Currency> currencies;
  std::vector<Column::Range> ranges;  ///< by row once `sort_ranges` ran

  [[nodiscard]] bool said(std::uint32_t row) const noexcept {
    return known.test(row) || absent.test(row) || disputed.test(row);
  }
  [[nodiscard]] bool empty() const noexcept {
    return known.none() && absent.none() && disputed.none();
  }
  void store(std::uint32_t row, const RawCell& cell, NameTable& strings);
  void store_money(std::uint32_t row, std::int64_t minor, Currency of_row);
  /// The values of `rows` rows are about to come.
  void expect(std::size_t rows);
  void sort_ranges();
  [[nodiscard]] const Column::Range& range(std::uint32_t row) const noexcept;
  [[nodiscard]] Currency currency_of(std::uint32_t row) const noexcept {
    return currencies.empty() ? currency : currencies[row];
  }
  [[nodiscard]] Cell cell(std::uint32_t row, const NameTable& strings) const;
  /// As `compare` of cells, disputed ones as unknown; enumerations in the order of the schema.
  [[nodiscard]] std::strong_ordering compare_rows(std::uint32_t a, std::uint32_t b,
                                                  const NameTable& strings) const noexcept;
  /// The rows `rows` of this column, in that order. `used[code]` is set for every text that is
  /// kept.
  [[nodiscard]] Column freeze(const std::vector<std::uint32_t>& rows,
                              std::vector<bool>& used) const;
};

template <class T>
[[gnu::always_inline]] inline void put_at(std::vector<T>& values, std::uint32_t row, T value) {
  if (row == values.size()) {  // nearly always: rows come one after the other
    values.push_back(value);
    return;
  }
  if (row >= values.size()) values.resize(std::size_t{row} + 1);
  values[row] = value;
}

/// A vector that costs nothing while every value is zero.
template <class T>
struct Lazy {
  std::vector<T> values;
  void set(std::uint32_t row, T value) {
    if (row >= values.size() && value == T{}) return;
    put_at(values, row, value);
  }
  [[nodiscard]] T at(std::size_t row) const noexcept {
    return row < values.size() ? values[row] : T{};
  }
};

struct DraftClaim {
  std::uint32_t row = 0;
  AttributeId attribute;
  std::uint16_t source = 0;
  std::uint16_t file = 0;
  std::uint32_t line = 0;
  Cell cell;
};

/// The rows of one node kind or edge kind.
struct DraftTable {
  std::span<const Attribute> attributes;
  std::vector<DraftColumn> columns;
  std::uint32_t rows = 0;
  std::vector<std::uint32_t> name;  ///< nodes: code of the id
  std::vector<std::uint32_t> from;  ///< edges: codes of ids
  std::vector<std::uint32_t> to;
  Lazy<std::uint32_t> own_id;  ///< edges: code + 1 in the texts
  Lazy<std::uint16_t> source;
  Lazy<std::uint16_t> file;
  Lazy<std::uint32_t> line;
  std::vector<DraftClaim> claims;  ///< what did not fit into the columns

  /// `more` rows of nodes or edges are about to come.
  void expect_nodes(std::size_t more);
  void expect_edges(std::size_t more);
};

/// Where the parts of a row stand in a file. Readers know; who builds by hand has only lines.
struct Place {
  const Source* source = nullptr;
  Span span;
};
class Locator {
 public:
  Locator() = default;
  Locator(const Locator&) = delete;
  Locator& operator=(const Locator&) = delete;
  virtual ~Locator() = default;
  enum class Part : std::uint8_t { id, from, to, list };
  [[nodiscard]] virtual std::optional<Place> node(KindId kind, std::uint32_t row,
                                                  std::uint32_t line) const = 0;
  [[nodiscard]] virtual std::optional<Place> edge(EdgeKindId kind, std::uint32_t row,
                                                  std::uint32_t line, Part part) const = 0;
  [[nodiscard]] virtual std::optional<Place> completion(std::uint32_t index, std::uint32_t line,
                                                        Part part) const = 0;
};

struct DraftCompletion {
  std::uint32_t name = 0;
  std::optional<ListId> list;
  std::string list_name;  ///< to be found among the lists of the node's kind, if there is no `list`
  std::uint16_t source = 0;
  std::uint16_t file = 0;
  std::uint32_t line = 0;
};

}  // namespace eraudit::detail

namespace eraudit {

struct NetworkBuilder::State {
  SchemaPtr schema;
  Limits limits;
  std::optional<Date> as_of;
  std::vector<Network::InputFile> files;
  std::vector<SourceRecord> sources{SourceRecord{}};
  boost::unordered_flat_map<std::string, std::uint16_t> source_numbers;
  detail::NameTable names;  ///< ids of nodes, also of those only named by edges so far
  detail::NameTable strings;
  std::vector<detail::DraftTable> nodes;
  std::vector<detail::DraftTable> edges;
  std::vector<detail::DraftCompletion> completions;
  std::size_t node_rows = 0;
  std::size_t edge_rows = 0;
  Diagnostics diagnostics;
  const detail::Locator* locator = nullptr;
  std::size_t places = 0;  ///< asked for; finding one may cost the reading of a row
  detail::RawCell scratch;

  // Ids wait here until there are enough of them to be looked up together.
  static constexpr std::size_t most_waiting = 512;
  struct Target {
    std::vector<std::uint32_t>* codes;
    std::uint32_t row;
  };
  std::vector<std::string_view> waiting;
  std::vector<Target> targets;
  std::vector<std::uint32_t> found;
  std::vector<char>
      waiting_bytes;  ///< copies of those that do not stay; never grows while any wait

  State(SchemaPtr schema_in, const Limits& limits_in);

  /// The code of `id`, some time before `flush` is through. `stays`: until then its bytes do.
  void look_up(std::string_view id, std::vector<std::uint32_t>& codes, std::uint32_t row,
               bool stays = false) {
    if (!stays) id = copied(id);
    waiting.push_back(id);
    targets.push_back({&codes, row});
    if (waiting.size() >= most_waiting) flush();
  }
  std::string_view copied(std::string_view id);
  void flush();

  /// `id_stays`: its bytes are still there at the next `flush`.
  std::uint32_t add_node(KindId kind, std::string_view id, DraftOrigin origin, std::uint16_t source,
                         bool id_stays = false);
  std::uint32_t add_edge(EdgeKindId kind, DraftOrigin origin, std::uint16_t source,
                         std::string_view id);

  void add_completion(std::string_view node, std::optional<ListId> list, std::string list_name,
                      DraftOrigin origin, std::uint16_t source);
  [[nodiscard]] std::optional<detail::Place> place(KindId kind, std::uint32_t row,
                                                   std::uint32_t line) {
    return may_place() ? locator->node(kind, row, line) : std::nullopt;
  }
  [[nodiscard]] std::optional<detail::Place> place(EdgeKindId kind, std::uint32_t row,
                                                   std::uint32_t line, detail::Locator::Part part) {
    return may_place() ? locator->edge(kind, row, line, part) : std::nullopt;
  }
  [[nodiscard]] std::optional<detail::Place> completion_place(std::uint32_t index,
                                                              std::uint32_t line,
                                                              detail::Locator::Part part) {
    return may_place() ? locator->completion(index, line, part) : std::nullopt;
  }

  /// Puts an admitted value into its column, or beside it if that is taken or a source is named.
  void put(detail::DraftTable& table, std::uint32_t row, AttributeId attribute,
           const detail::RawCell& cell, std::uint16_t source, std::uint16_t file,
           std::uint32_t line) {
    if (cell.state == CellState::unknown) return;
    detail::DraftColumn& column = table.columns[attribute.index];
    if (source == 0 && !column.said(row)) {
      column.store(row, cell, strings);
      return;
    }
    put_beside(table, row, attribute, cell, source == 0 ? table.source.at(row) : source, file,
               line);
  }
  void put_beside(detail::DraftTable& table, std::uint32_t row, AttributeId attribute,
                  const detail::RawCell& cell, std::uint16_t source, std::uint16_t file,
                  std::uint32_t line);

  /// About a row: at its place if somebody knows it, else at its line.
  void error_at(std::optional<detail::Place> place, std::uint16_t file, std::uint32_t line,
                std::string_view id, std::string message, std::string help = {});
  void warning_at(std::optional<detail::Place> place, std::uint16_t file, std::uint32_t line,
                  std::string_view id, std::string message, std::string help = {});
  /// ` (the other is at network.yaml:12)`, or nothing if that is not known.
  [[nodiscard]] std::string where(std::string_view what, std::uint16_t file,
                                  std::uint32_t line) const;

 private:
  [[nodiscard]] bool may_place() noexcept {
    return locator != nullptr && ++places <= limits.diagnostics;
  }
  void report(DiagnosticLevel level, std::optional<detail::Place> place, std::uint16_t file,
              std::uint32_t line, std::string_view id, std::string message, std::string help);
};

namespace detail {

/// The end of building: `builder`'s state becomes a network, or diagnostics.
[[nodiscard]] Checked<Network> freeze(NetworkBuilder::State& builder);

}  // namespace detail
}  // namespace eraudit
