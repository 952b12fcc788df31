#pragma once
// What all tables of one import share.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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

/// A builder being filled, and everything counted.
struct ImportRun {
  ImportRun(const Mapping& mapping, const ImportOptions& options, Evaluation evaluation);

  /// What rows said about one attribute of one node, by text, and how many said it.
  using Tally = std::map<std::string, std::pair<Cell, std::uint64_t>>;

  /// A mistake. Of one workbook not more are kept than of one file, though each cell has a name of
  /// its own.
  void add(Diagnostic diagnostic);
  /// Says how many were not kept since the last call.
  void end_file(const std::string& path);

  [[nodiscard]] std::uint16_t builder_source(const std::optional<std::uint16_t>& source) const {
    return source ? sources[*source] : std::uint16_t{0};
  }
  /// The source whose id, or else whose `ref`, is this text; case aside. If several have the `ref`,
  /// it names none.
  [[nodiscard]] std::optional<std::uint16_t> find_source(std::string_view text) const;
  void gather(const AttributeMapping& mapping, const Attribute& attribute, const Cell& cell,
              NodeDraft draft);
  NodeDraft gathered_node(const NodeMapping& mapping, std::uint16_t source, const std::string& id,
                          NodeDraft draft);
  void note_spelling(KindId kind, const std::string& id, const std::string& text);
  void note_unreadable(const std::string& what, const std::string& text, const std::string& file,
                       std::uint32_t line);
  /// Sets what rows said together; once, at the end.
  void set_gathered();
  void finish_report(const Network& network);

  const Mapping& mapping;
  const Mapping::State& state;
  const ImportOptions& options;
  Evaluation evaluation;
  std::optional<Date> as_of;
  Diagnostics diagnostics;
  NetworkBuilder builder;
  std::vector<std::uint16_t> sources;  ///< numbers in the builder
  ImportReport report;
  std::uint64_t refused = 0;  ///< cells that could not be read, and all errors so far

 private:
  void set_table(const TableMapping& table, NodeDraft draft,
                 const std::map<std::uint16_t, Tally>& said, Many many,
                 std::map<std::uint16_t, std::string>& chosen, std::vector<bool>& done);
  void set_most_frequent(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
                         std::string& chosen);
  void set_all(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
               const std::map<std::uint16_t, std::string>& chosen);
  void report_spellings();

  std::map<std::string, std::optional<std::uint16_t>, std::less<>> source_names_;  ///< folded
  std::vector<std::unordered_map<std::string, NodeDraft>> gathered_;               ///< by kind
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::map<std::uint16_t, Tally>>
      tallies_;  ///< by kind and draft, then by attribute
  std::map<std::pair<std::uint16_t, std::string>, std::map<std::string, std::uint64_t>> spellings_;
  std::map<std::pair<std::string, std::string>, ImportReport::Unreadable> unreadable_;
  std::size_t in_workbook_ = 0;
};

}  // namespace eraudit::detail
