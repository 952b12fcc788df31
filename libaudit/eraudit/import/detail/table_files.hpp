#pragma once
// Files that somebody names, as tables of the mapping.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/detail/csv_table.hpp"
#include "eraudit/import/detail/header.hpp"
#include "eraudit/import/detail/import_run.hpp"
#include "eraudit/import/detail/xlsx_workbook.hpp"

namespace eraudit::detail {

/// `*` for anything, `?` for one character; without regard to case.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view name);

/// A file, opened.
struct OpenFile {
  std::string path;
  SourcePtr bytes;
  std::string sha256;
  std::shared_ptr<const Workbook> workbook;  ///< null: CSV
};

/// One table to be read.
struct TableInput {
  std::size_t file = 0;   ///< index into the paths
  std::size_t table = 0;  ///< index into the mapping's
  std::size_t sheet = 0;
};

/// Finds out which file, or which sheet of it, is which table of the mapping.
class TableFiles {
 public:
  TableFiles(ImportRun& run, std::span<const std::string> names);

  /// By table, then as the files were named. Mistakes are reported.
  [[nodiscard]] std::vector<TableInput> assign();
  /// Null if it is refused, which is reported. The last one is kept.
  const OpenFile* open(std::size_t file);
  [[nodiscard]] std::unique_ptr<Table> table(const OpenFile& file, const TableInput& input);
  /// Sheets of the last file that are hidden and were not asked for.
  [[nodiscard]] static std::vector<std::string> hidden_sheets(const OpenFile& file,
                                                              const TableMapping& table);

 private:
  struct Named {
    std::string path;
    std::optional<std::size_t> table;  ///< stated as `NAME=PATH`
  };
  struct Candidate {
    std::size_t table = 0;
    std::size_t sheet = 0;
    std::size_t matched = 0;
    bool complete = false;
    std::vector<std::string> missing;  ///< headers that are required; of CSV
    bool other_encoding = false;       ///< not that of the mapping; read as it seems to be
  };
  void assign_file(std::size_t file, std::vector<TableInput>& out);
  void assign_csv(std::size_t file, const OpenFile& opened, std::vector<TableInput>& out);
  void assign_workbook(std::size_t file, const OpenFile& opened, std::vector<TableInput>& out);
  bool assign_named_sheets(std::size_t file, const OpenFile& opened, std::size_t table,
                           std::vector<TableInput>& out);
  [[nodiscard]] Header csv_header(const OpenFile& opened, const TableMapping& mapping,
                                  std::optional<Encoding> encoding);
  [[nodiscard]] Candidate candidate(const OpenFile& opened, std::size_t table, std::size_t sheet);
  void no_columns(const std::string& path, const Candidate* nearest);
  void missing_table(const TableMapping& table);
  void error(const std::string& path, std::string_view id, std::string message, std::string help);
  [[nodiscard]] std::optional<DecodedText> decoded(const OpenFile& file, const TableMapping& table,
                                                   Diagnostics& diagnostics) const;
  [[nodiscard]] char delimiter(const DecodedText& text, const TableMapping& table) const;

  ImportRun& run_;
  std::vector<Named> files_;
  std::optional<OpenFile> opened_;
  std::vector<std::string> sheets_seen_;  ///< of all workbooks
  Diagnostics probing_;                   ///< what was wrong while headers were looked for
  std::size_t opened_index_ = 0;
};

}  // namespace eraudit::detail
