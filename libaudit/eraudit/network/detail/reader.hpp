#pragma once
// Files to drafts. One reader reads all files of one network.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/network/detail/draft.hpp"

namespace eraudit::detail {

/// Finds the parts of a row again, for an error that shows only when all rows are there.
class FileLocator final : public Locator {
 public:
  /// The rows from `first_row` on are these records of a document (of nodes: the keys).
  void add_document_rows(std::size_t table, std::uint32_t first_row,
                         std::vector<DocumentNode> rows);
  /// The rows from `first_row` on stand in a CSV file; `columns` by `Part`, -1 where there is none.
  struct CsvColumns {
    int id = -1;
    int from = -1;
    int to = -1;
    int list = -1;
  };
  void add_csv_rows(std::size_t table, std::uint32_t first_row, const Source& source,
                    std::string sha256, CsvColumns columns);

  // Numbers of tables: node kinds, edge kinds, statements of completeness.
  void shape(std::size_t node_kinds, std::size_t edge_kinds);
  [[nodiscard]] std::size_t table(KindId kind) const noexcept { return kind.index; }
  [[nodiscard]] std::size_t table(EdgeKindId kind) const noexcept {
    return node_kinds_ + kind.index;
  }
  [[nodiscard]] std::size_t completions() const noexcept { return segments_.size() - 1; }

  [[nodiscard]] std::optional<Place> node(KindId kind, std::uint32_t row,
                                          std::uint32_t line) const override;
  [[nodiscard]] std::optional<Place> edge(EdgeKindId kind, std::uint32_t row, std::uint32_t line,
                                          Part part) const override;
  [[nodiscard]] std::optional<Place> completion(std::uint32_t index, std::uint32_t line,
                                                Part part) const override;

 private:
  /// The text of a table is let go once it is read, and read again if an error asks for it.
  struct Csv {
    std::string path;
    std::string sha256;
    std::size_t bytes = 0;
    CsvColumns columns;
    mutable SourcePtr again;
  };
  struct Segment {
    std::uint32_t first_row = 0;
    std::optional<Csv> csv;
    std::vector<DocumentNode> records;
  };
  [[nodiscard]] std::optional<Place> find(std::size_t table, std::uint32_t row, std::uint32_t line,
                                          Part part) const;
  [[nodiscard]] static std::optional<Place> find_field(const Csv& csv, std::uint32_t line,
                                                       Part part);
  std::size_t node_kinds_ = 0;
  std::vector<std::vector<Segment>> segments_;
};

/// Line numbers for places that come more or less in order: O(bytes between them).
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  [[nodiscard]] std::uint32_t line(std::size_t offset) noexcept;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

class NetworkReader {
 public:
  NetworkReader(SchemaPtr schema, const Limits& limits);

  /// `whole`: a file of its own, which must say what it is.
  void read_document(DocumentNode root, bool whole);
  void read_folder(const std::string& path);
  [[nodiscard]] Checked<Network> finish();

  /// Keeps what locators point to.
  void keep(DocumentPtr document) { documents_.push_back(std::move(document)); }

 private:
  // read_document.cpp
  void read_sections(DocumentNode root, bool whole);
  void read_header(DocumentNode value);
  void read_sources(DocumentNode map);
  void read_source(std::string_view id, DocumentNode key, DocumentNode map);
  void read_nodes(DocumentNode map);
  void read_edges(DocumentNode map);
  void read_edge(EdgeKindId kind, DocumentNode record);
  void read_completions(DocumentNode list);
  void read_attributes(std::span<const Attribute> attributes, std::span<const Share> shares,
                       DraftTable& table, std::uint32_t row, std::uint32_t line,
                       DocumentNode record, const std::vector<std::uint16_t>& sources,
                       std::optional<KindId> node_kind);
  void read_value(DraftTable& table, std::uint32_t row, AttributeId attribute, DocumentNode value,
                  std::uint32_t line, const std::uint16_t* source);
  void read_share(const Share& share, DraftTable& table, std::uint32_t row, DocumentNode value,
                  std::uint32_t line, const std::uint16_t* source);
  template <class Read>
  void read_claims(DocumentNode list, const std::vector<std::uint16_t>& row_sources,
                   const Read& read);
  [[nodiscard]] std::vector<std::uint16_t> row_sources(DocumentNode record);
  [[nodiscard]] std::optional<std::uint16_t> source_named(DocumentNode node);
  [[nodiscard]] bool is_map(DocumentNode node, std::string_view what);
  [[nodiscard]] bool is_list(DocumentNode node, std::string_view what);
  void error(DocumentNode node, std::string_view id, std::string message, std::string help = {});
  void put(DraftTable& table, std::uint32_t row, AttributeId attribute, std::uint32_t line,
           const std::uint16_t* source);

  // read_csv.cpp
  struct CsvTable;
  void read_node_table(const Source& source, KindId kind);
  void read_edge_table(const Source& source, EdgeKindId kind);
  void read_source_table(const Source& source);
  void read_completion_table(const Source& source);
  [[nodiscard]] bool read_header(CsvTable& table, std::span<const CsvField> fields);
  [[nodiscard]] bool row_fits(const CsvTable& table, std::span<const CsvField> fields);
  void prepare_cells(CsvTable& table, DraftTable& draft, std::size_t rows);
  void read_fields(CsvTable& table, std::span<const CsvField> fields, DraftTable& draft,
                   std::uint32_t row, std::uint32_t line);
  void read_field(const CsvTable& table, std::size_t column, const CsvField& field,
                  DraftTable& draft, std::uint32_t row, std::uint32_t line);
  [[nodiscard]] std::uint16_t source_named(CsvTable& table, std::span<const CsvField> fields);

  std::uint16_t register_file(const Source& source);
  void locate_rows(std::size_t table, std::size_t first_row, const Source& source,
                   FileLocator::CsvColumns columns);
  [[nodiscard]] std::vector<std::string_view> source_names() const;

  NetworkBuilder builder_;
  NetworkBuilder::State& state_;
  Limits limits_;
  FileLocator locator_;
  std::vector<DocumentPtr> documents_;
  std::uint16_t file_ = 0;  ///< of what is being read
  std::optional<LineCounter> lines_;
  RawCell cell_;
  RawCell second_;
};

/// What a source may say beside class, date and ref.
[[nodiscard]] std::span<const std::string_view> source_details() noexcept;

/// `11 of 12` into two cells; false with a problem. Either may stay unknown (`? of 12`).
[[nodiscard]] bool parse_share(const Share& share, std::span<const Attribute> attributes,
                               std::string_view text, RawCell& part, RawCell& whole,
                               CellProblem& problem);
/// A part cannot exceed its whole.
[[nodiscard]] bool fits(const RawCell& part, const RawCell& whole) noexcept;

}  // namespace eraudit::detail
