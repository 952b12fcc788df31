#pragma once
// Suppliers, recruiters and the workers they recruit: an immutable property graph under a schema.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/network/column.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// A node of one network; means nothing in another. Dense; nodes of one kind are consecutive and
/// ordered by their id text, so that the order of input never shows.
struct NodeId {
  std::uint32_t index = 0;
  friend auto operator<=>(NodeId, NodeId) = default;
};

/// An edge of one network. Dense; edges of one table are consecutive, ordered by from, to, key, own
/// id.
struct EdgeId {
  std::uint32_t index = 0;
  friend auto operator<=>(EdgeId, EdgeId) = default;
};

/// Consecutive ids.
template <class Id>
struct IdRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< one past the end
  struct iterator {
    using value_type = Id;
    using difference_type = std::ptrdiff_t;
    using reference = Id;
    using pointer = const Id*;
    using iterator_category = std::input_iterator_tag;

    std::uint32_t at = 0;
    Id operator*() const noexcept { return Id{at}; }
    iterator& operator++() noexcept { return ++at, *this; }
    iterator operator++(int) noexcept { return {at++}; }
    bool operator==(const iterator&) const = default;
  };
  [[nodiscard]] iterator begin() const noexcept { return {first}; }
  [[nodiscard]] iterator end() const noexcept { return {last}; }
  [[nodiscard]] std::size_t size() const noexcept { return last - first; }
  [[nodiscard]] bool empty() const noexcept { return first == last; }
};

/// Where something was written. `line` 0: not from a file.
struct Origin {
  std::string_view file;
  std::uint32_t line = 0;
};

/// Who said something, when, and what it rests on. Index 0 of a network is "no source named"; the
/// others are ordered by id.
struct SourceRecord {
  std::string id;
  std::string source_class;  ///< an id of the evidence types; empty if not said
  std::optional<Date> date;
  std::string ref;
  std::vector<std::pair<std::string, std::string>> details;  ///< place, chosen_by, sample, of, ...
};

/// Stands in `Claim::attribute` for the row itself: that the node or edge is there.
inline constexpr AttributeId row_itself{0xFFFF};

/// One statement about a cell, or about a row being there. A cell without claims of its own is said
/// by those who say its row is there, and a row without claims by its one source: so a network in
/// which nobody disagrees has none. If there is one claim on a cell, then all claims on it are
/// here. Sorted by (nodes before edges, id, attribute, source id, value); a cell whose claims
/// differ is `disputed` in its column.
struct Claim {
  bool of_edge = false;
  std::uint32_t id = 0;  ///< NodeId or EdgeId index
  AttributeId attribute;
  Cell cell;  ///< unknown if about the row itself
  std::uint16_t source = 0;
  std::uint16_t file = 0;  ///< number of an input file; 0 if built by hand
  std::uint32_t line = 0;
};

/// "That is all": somebody says that `node` has no other edges of `list`.
struct Completion {
  NodeId node;
  ListId list;
  std::uint16_t source = 0;
  std::uint16_t file = 0;
  std::uint32_t line = 0;
};

/// All edges of one kind between two kinds. Row r is edge `first + r`; rows are sorted by `from`,
/// then `to`, then key, so the edges that leave a node are consecutive.
struct EdgeTable {
  EdgeKindId kind;
  KindId from_kind;
  KindId to_kind;
  std::uint32_t first = 0;
  std::vector<NodeId> from;                ///< by row
  std::vector<NodeId> to;                  ///< by row
  std::vector<std::uint32_t> out_offsets;  ///< nodes of from_kind + 1; rows that leave a node
  std::vector<std::uint32_t> in_offsets;   ///< nodes of to_kind + 1; into in_rows
  std::vector<std::uint32_t> in_rows;      ///< rows by `to`, then row
  std::vector<Column> columns;             ///< by AttributeId
  std::vector<std::uint16_t> sources;      ///< by row; empty if no row names one
  std::vector<std::uint32_t>
      ids;  ///< by row: pool code + 1 of the edge's own id, 0 if none; may be empty
  std::vector<std::uint32_t> lines;  ///< by row; empty if built by hand
  std::vector<std::uint16_t> files;  ///< by row; empty if all are from `file`
  std::uint16_t file = 0;            ///< n is `inputs()[n - 1]`; 0 if built by hand

  [[nodiscard]] std::size_t size() const noexcept { return from.size(); }
};

/// A cheap handle on shared immutable state; safe from many threads.
class ERAUDIT_API Network {
 public:
  [[nodiscard]] const Schema& schema() const noexcept;
  [[nodiscard]] const SchemaPtr& schema_ptr() const noexcept;
  /// The day the file speaks of, if it says one.
  [[nodiscard]] std::optional<Date> as_of() const noexcept;

  // Nodes.
  [[nodiscard]] std::size_t node_count() const noexcept;
  [[nodiscard]] IdRange<NodeId> nodes(KindId kind) const noexcept;
  [[nodiscard]] KindId kind(NodeId node) const noexcept;  ///< O(log kinds)
  [[nodiscard]] std::string_view id(NodeId node) const noexcept;
  [[nodiscard]] std::optional<NodeId> find(std::string_view id) const noexcept;  ///< O(1)
  [[nodiscard]] const Column& column(KindId kind, AttributeId attribute) const noexcept;
  [[nodiscard]] Cell cell(NodeId node, AttributeId attribute) const;
  [[nodiscard]] Origin origin(NodeId node) const noexcept;
  /// Who says that it is there; the first of several (`claims(node, row_itself)` has all).
  [[nodiscard]] std::uint16_t source(NodeId node) const noexcept;
  /// The same of all nodes of a kind, by row; empty if the network names no source for a node.
  [[nodiscard]] std::span<const std::uint16_t> sources(KindId kind) const noexcept;

  // Edges.
  [[nodiscard]] std::size_t edge_count() const noexcept;
  /// Those that have rows, by kind, from kind, to kind.
  [[nodiscard]] std::span<const EdgeTable> tables() const noexcept;
  /// Indices into `tables()` of the tables in which nodes of `kind` have `list`.
  [[nodiscard]] std::span<const std::uint16_t> tables(KindId kind, ListId list) const noexcept;
  [[nodiscard]] const EdgeTable& table(EdgeId edge) const noexcept;  ///< O(log tables)
  [[nodiscard]] NodeId from(EdgeId edge) const noexcept;
  [[nodiscard]] NodeId to(EdgeId edge) const noexcept;
  [[nodiscard]] Cell cell(EdgeId edge, AttributeId attribute) const;
  [[nodiscard]] Origin origin(EdgeId edge) const noexcept;
  [[nodiscard]] std::uint16_t source(EdgeId edge) const noexcept;
  /// The edge's own id, or its natural key: `charged(sunrise, np-24, service-fee, 2024-03-01)`, a
  /// part that is not known as `?`; edges that only such a part could tell apart are numbered
  /// (`#2`). Unique in the network and independent of the order of input.
  [[nodiscard]] std::string name(EdgeId edge) const;
  /// Whether "that is all": said by a source for this node, or by the schema for all.
  [[nodiscard]] bool complete(NodeId node, ListId list) const noexcept;

  // What lies beside.
  [[nodiscard]] std::string_view text(std::uint32_t code) const noexcept;  ///< of a text column
  [[nodiscard]] const StringPool& strings() const noexcept;
  [[nodiscard]] std::span<const SourceRecord> sources() const noexcept;
  [[nodiscard]] std::span<const Claim> claims() const noexcept;
  /// All claims on one cell (or on `row_itself`); empty if it is said by the sources of its row.
  /// O(log claims).
  [[nodiscard]] std::span<const Claim> claims(NodeId node, AttributeId attribute) const noexcept;
  [[nodiscard]] std::span<const Claim> claims(EdgeId edge, AttributeId attribute) const noexcept;
  /// Sorted by (node, list, source id).
  [[nodiscard]] std::span<const Completion> completions() const noexcept;
  /// Files this network was read from, with the digest of their bytes; empty if built by hand.
  struct InputFile {
    std::string path;
    std::string sha256;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0;
  };
  [[nodiscard]] std::span<const InputFile> inputs() const noexcept;
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

  struct State;  ///< private (network/detail/state.hpp)
  explicit Network(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  [[nodiscard]] const State& state() const noexcept { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace eraudit
