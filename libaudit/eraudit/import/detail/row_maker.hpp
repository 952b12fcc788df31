#pragma once
// What the rows of one table of the mapping make.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eraudit/import/detail/columns.hpp"
#include "eraudit/import/detail/import_run.hpp"
#include "eraudit/import/detail/row_evaluator.hpp"
#include "eraudit/import/detail/table.hpp"

namespace eraudit::detail {

class RowGroups;

/// Rows that other tables look into, by key.
struct Lookup {
  struct Row {
    std::vector<std::string> texts;  ///< by column, as the table has them
    std::vector<bool> dates;
    std::string place;
  };
  std::unordered_map<std::string, Row> rows;
};

/// Where rows come from.
struct RowOrigin {
  const Table* table = nullptr;  ///< null: rows that were made of others
  std::uint16_t file = 0;        ///< number in the builder
  std::string name;
};

class RowMaker {
 public:
  /// `of_groups`: its rows are not read but made.
  RowMaker(ImportRun& run, const TableMapping& table, bool of_groups = false);
  ~RowMaker();
  RowMaker(const RowMaker&) = delete;
  RowMaker& operator=(const RowMaker&) = delete;

  /// Rows from here on; `field_of_column`: no_code where it does not have the column.
  void start(RowOrigin origin, std::vector<std::uint32_t> field_of_column);
  void row(const TableRow& row);
  /// After the last row of all its tables: the groups, if rows are taken together; its part of the
  /// report.
  void finish();

  /// The rows of the table with this index, which `join` looks into.
  void look_into(std::uint16_t table, const Lookup* lookup);
  [[nodiscard]] const Lookup& lookup() const noexcept { return lookup_; }

  [[nodiscard]] const TableMapping& table() const noexcept { return table_; }
  [[nodiscard]] RowEvaluator& evaluator() noexcept { return *evaluator_; }
  [[nodiscard]] const RowOrigin& origin() const noexcept { return origin_; }
  [[nodiscard]] std::uint32_t line() const noexcept { return row_->line; }

  void cell_error(std::span<const std::uint16_t> columns, std::string_view id, std::string message,
                  std::string help);
  [[nodiscard]] bool reads_person(const Expression& expression) const;

 private:
  struct SourceUse {
    std::uint16_t fixed = 0;  ///< number in the builder
    std::optional<std::uint16_t> column;
  };
  struct AttributeUse {
    const AttributeMapping* mapping = nullptr;
    const Attribute* attribute = nullptr;
    Use<CellOutcome> use;
  };
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
    SourceUse source;
    ImportReport::Made made;
  };
  struct EdgeUse {
    const EdgeMapping* mapping = nullptr;
    Use<IdOutcome> id;
    Use<TruthOutcome> when;
    std::vector<AttributeUse> attributes;
    SourceUse source;
    ImportReport::Made made;
    bool differs = false;  ///< between the parts of a row: an attribute reads one
    /// Ends for which the parts of the current row made one already.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> made_in_row;
  };
  struct CompletionUse {
    const CompletionMapping* mapping = nullptr;
    Use<TruthOutcome> when;
    SourceUse source;
    ImportReport::Made made;
  };
  struct JoinUse {
    const JoinMapping* mapping = nullptr;
    const Lookup* lookup = nullptr;
    Use<IdOutcome> on;
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

  // row_maker.cpp
  void add_node(const NodeMapping& mapping);
  void add_edge(const EdgeMapping& mapping);
  [[nodiscard]] bool reads_parts(const Expression& expression) const;
  [[nodiscard]] AttributeUse attribute_use(const AttributeMapping& mapping,
                                           const Attribute& attribute) const;
  [[nodiscard]] SourceUse source_use(const EntrySource& source) const;
  std::size_t split_cells();
  void read_cells(std::size_t part);
  void check_cell(std::size_t column);
  bool skipped();
  void row_made_of_parts();
  void report_columns();
  [[nodiscard]] std::string shown_cells(std::span<const std::uint16_t> columns) const;
  void count(std::vector<ImportReport::Rows>& rows, std::string_view why) const;

  // join_rows.cpp
  void join_row();
  void no_partner(const JoinMapping& mapping, const std::string& key);
  void keep_row();

  // make_rows.cpp
  void make_node(std::size_t index);
  void find_id(NodeUse& use, RowNode& out);
  /// Reports an id that cannot be one.
  bool check_id(const Expression& expression, const std::string& entry, const IdOutcome& id);
  /// Who says it in this row; nothing if the cell names no source, which is reported.
  std::optional<std::uint16_t> source_of(const SourceUse& use, const std::string& entry);
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

  ImportRun& run_;
  const TableMapping& table_;
  std::optional<RowEvaluator> evaluator_;
  std::vector<ColumnTexts> columns_;
  Use<TruthOutcome> skip_if_;
  Use<IdOutcome> key_;
  ImportReport::Made key_made_;
  std::deque<JoinUse> joins_;
  std::deque<NodeUse> nodes_;
  std::deque<EdgeUse> edges_;
  std::deque<CompletionUse> completions_;
  Lookup lookup_;
  std::unique_ptr<RowGroups> groups_;
  bool splits_ = false;
  bool made_of_groups_;

  RowOrigin origin_;
  std::vector<std::uint32_t> field_of_column_;

  // The current row.
  const TableRow* row_ = nullptr;
  std::vector<RowCell> cells_;
  std::vector<std::vector<std::string_view>> parts_;  ///< by column; empty: the cell as it is
  std::size_t part_ = 0;
  std::vector<RowNode> row_nodes_;

  // Across rows.
  struct CodesHash {
    std::size_t operator()(const std::vector<std::uint32_t>& codes) const noexcept;
  };
  std::vector<std::unordered_map<std::vector<std::uint32_t>, RowNode, CodesHash>>
      seen_;  ///< by node entry
  std::vector<std::uint32_t> codes_;
};

}  // namespace eraudit::detail
