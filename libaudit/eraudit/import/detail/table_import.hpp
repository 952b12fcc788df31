#pragma once
// One import: tables in, a builder filled, everything counted.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/import/detail/columns.hpp"
#include "eraudit/import/detail/mapping_state.hpp"
#include "eraudit/import/detail/row_evaluator.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/network/builder.hpp"

namespace eraudit::detail {

/// So many rows are named of each sort.
inline constexpr std::size_t examples_kept = 5;

/// Counts rows under a reason, and remembers the first ones.
void count_row(std::vector<ImportReport::Rows>& rows, std::string_view why, const std::string& file,
               std::uint32_t line);

class TableImport {
 public:
  TableImport(const Mapping& mapping, const ImportOptions& options, Evaluation evaluation);
  Checked<ImportResult> run(std::span<const std::string> tables);

 private:
  struct AttributeUse {
    const AttributeMapping* mapping = nullptr;
    const Attribute* attribute = nullptr;
    Use<CellOutcome> use;
  };
  /// What rows said about one attribute of one node, by text, and how many said it.
  using Tally = std::map<std::string, std::pair<Cell, std::uint64_t>>;
  struct NodeUse {
    const NodeMapping* mapping = nullptr;
    Use<IdOutcome> id;
    Use<TruthOutcome> when;
    std::vector<AttributeUse> attributes;
    bool spelled = false;  ///< unlike texts may become one id, and none of them names a person
    bool gathers = false;  ///< has an attribute with `many` other than claims
    std::vector<std::uint16_t>
        reads;  ///< columns, if a row with the same texts makes the same node
    bool repeats = false;
    std::uint16_t source = 0;
    ImportReport::Made made;
  };
  struct EdgeUse {
    const EdgeMapping* mapping = nullptr;
    Use<IdOutcome> id;
    Use<TruthOutcome> when;
    std::vector<AttributeUse> attributes;
    std::uint16_t source = 0;
    ImportReport::Made made;
  };
  struct CompletionUse {
    const CompletionMapping* mapping = nullptr;
    Use<TruthOutcome> when;
    std::uint16_t source = 0;
    ImportReport::Made made;
  };
  /// What an entry of `nodes` made of the current row.
  struct RowNode {
    bool made = false;
    NodeDraft draft;
    NodeDraft
        gathered;  ///< the first one with this id and source: what several rows say goes there
    std::string id;
    std::string_view why;  ///< not made
  };

  void prepare();
  bool check_options();
  AttributeUse attribute_use(const AttributeMapping& mapping, const Attribute& attribute);
  std::uint16_t builder_source(const std::optional<std::uint16_t>& source) const;

  void read_table(const std::string& path);
  bool read_header(std::uint32_t line, std::span<const CsvField> fields);
  bool match_columns(std::span<const CsvField> fields);
  bool check_key(const ColumnMapping& column);
  void read_row(std::uint32_t line, std::span<const CsvField> fields);
  bool fits(std::uint32_t line, std::span<const CsvField> fields);
  bool is_header_again(std::span<const CsvField> fields) const;
  void skip(std::string_view why);

  void make_node(std::size_t index);
  void find_id(NodeUse& use, RowNode& out);
  /// Reports an id that cannot be one.
  bool check_id(const Expression& expression, const std::string& entry, const IdOutcome& id);
  void make_edge(EdgeUse& use);
  void make_completion(CompletionUse& use);
  /// No: not made, and counted.
  bool holds(Use<TruthOutcome>& use, ImportReport::Made& made, std::string_view& why);
  template <class Draft>
  void set_attributes(std::vector<AttributeUse>& uses, Draft draft);
  void gather_attributes(std::vector<AttributeUse>& uses, NodeDraft draft);
  const CellOutcome* outcome(AttributeUse& use);
  const CellOutcome& mapped(AttributeUse& use);
  void refuse(AttributeUse& use, const CellOutcome& outcome);
  void gather(const AttributeUse& use, const Cell& cell, NodeDraft draft);
  void note_spelling(const NodeUse& use, const std::string& id);

  NodeDraft gathered_node(const NodeUse& use, const RowNode& node);
  void set_gathered();
  void set_most_frequent(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
                         std::string& chosen);
  void set_all(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
               const std::map<std::uint16_t, std::string>& chosen);

  void cell_error(std::span<const std::uint16_t> columns, std::string_view id, std::string message,
                  std::string help);
  void row_error(std::size_t offset, std::string_view id, std::string message, std::string help);
  [[nodiscard]] bool reads_person(const Expression& expression) const;
  [[nodiscard]] std::string shown_cells(std::span<const std::uint16_t> columns) const;

  void finish_report(const Network& network);
  void report_columns();
  void report_spellings();

  const Mapping& mapping_;
  const Mapping::State& state_;
  const ImportOptions& options_;
  Evaluation evaluation_;
  Diagnostics diagnostics_;
  NetworkBuilder builder_;
  std::optional<RowEvaluator> evaluator_;
  std::vector<std::uint16_t> sources_;  ///< numbers in the builder
  std::vector<ColumnTexts> columns_;
  Use<TruthOutcome> skip_if_;
  std::deque<NodeUse> nodes_;
  std::deque<EdgeUse> edges_;
  std::deque<CompletionUse> completions_;
  ImportReport report_;

  // The current file.
  SourcePtr source_;
  std::uint16_t file_ = 0;
  std::vector<std::uint32_t> field_of_column_;  ///< no_code: the table does not have it
  std::size_t width_ = 0;
  bool has_header_ = false;
  bool good_header_ = false;
  std::uint64_t rows_of_file_ = 0;

  // The current row.
  std::uint32_t line_ = 0;
  std::span<const CsvField> fields_;
  std::vector<RowCell> cells_;
  std::vector<RowNode> row_nodes_;
  std::uint64_t refused_ = 0;  ///< cells that could not be read, and all errors so far

  // Across rows.
  struct CodesHash {
    std::size_t operator()(const std::vector<std::uint32_t>& codes) const noexcept;
  };
  std::vector<std::unordered_map<std::vector<std::uint32_t>, RowNode, CodesHash>>
      seen_;  ///< by node entry
  std::vector<std::uint32_t> codes_;
  std::vector<std::unordered_map<std::string, NodeDraft>> gathered_;  ///< by kind
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::map<std::uint16_t, Tally>>
      tallies_;  ///< by kind and draft, then by attribute
  std::map<std::pair<std::uint16_t, std::string>, std::map<std::string, std::uint64_t>> spellings_;
  std::map<std::pair<std::string, std::string>, ImportReport::Unreadable> unreadable_;
};

}  // namespace eraudit::detail
