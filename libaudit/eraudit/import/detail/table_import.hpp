#pragma once
// One import: files in, a network out.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/detail/header.hpp"
#include "eraudit/import/detail/row_maker.hpp"
#include "eraudit/import/detail/table_files.hpp"

namespace eraudit::detail {

class TableImport {
 public:
  TableImport(const Mapping& mapping, const ImportOptions& options, Evaluation evaluation);
  Checked<ImportResult> run(std::span<const std::string> files);

 private:
  bool check_day();
  void check_day(const TableMapping& table);
  void check_day(const Expression& expression);
  void read(TableFiles& files, const TableInput& input);
  void read_rows(Table& table);
  bool start_table(const TableRow& row);
  bool check_headers(const TableRow& row);
  bool check_key(const ColumnMapping& column);
  void no_header();
  void missing_column(const TableRow& row, const ColumnMapping& column);
  void note_titles();
  void read_row(const TableRow& row);
  bool is_header_again(const TableRow& row) const;
  bool fits(const TableRow& row);
  void note_cells(const TableRow& row);
  void skip(const TableRow& row, std::string_view why);
  void row_error(const TableRow& row, std::size_t column, std::string_view id, std::string message,
                 std::string help);

  ImportRun run_;
  std::vector<std::unique_ptr<RowMaker>> makers_;  ///< by table

  // The current table.
  RowMaker* maker_ = nullptr;
  Table* table_ = nullptr;
  RowOrigin origin_;
  bool workbook_ = false;
  std::unique_ptr<HeaderSearch> search_;
  std::vector<std::uint32_t> blanks_;  ///< lines of empty rows above the header
  bool started_ = false;
};

}  // namespace eraudit::detail
