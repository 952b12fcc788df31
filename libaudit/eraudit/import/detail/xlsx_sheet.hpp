#pragma once
// One sheet of a workbook, row by row.

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "eraudit/import/detail/xlsx_workbook.hpp"

namespace eraudit::detail {

/// The sheet is unpacked twice: once for the merged areas, which stand at its end, and whether it
/// is sound at all; once for its rows. Memory: one row, and a text for each merged area.
class SheetTable final : public Table {
 public:
  SheetTable(std::shared_ptr<const Workbook> workbook, Workbook::Sheet sheet);

  void read(const TableSink& sink, Diagnostics& diagnostics) override;
  [[nodiscard]] const std::string& name() const noexcept override { return name_; }
  void locate(Diagnostic& diagnostic, const TableRow& row, std::size_t column) const override;
  [[nodiscard]] std::string_view written(const TableCell&) const override { return {}; }
  [[nodiscard]] TableFacts facts() const override;

 private:
  struct Area {
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
    std::uint32_t first_column = 0;  ///< from 0
    std::uint32_t last_column = 0;
    std::string text;  ///< of its first cell
    TableCell::Kind kind = TableCell::Kind::text;
    bool date = false;
  };
  /// A cell whose text stands in `own_`: the views are made last, since it moves while it grows.
  struct Pending {
    std::size_t column;
    std::size_t end;
  };

  bool survey(Diagnostics& diagnostics);
  bool add_area(std::string_view reference, Diagnostics& diagnostics);
  bool read_row(const pugi::xml_node& row, const TableSink& sink, Diagnostics& diagnostics);
  bool read_cell(const pugi::xml_node& cell, std::size_t& next_column, Diagnostics& diagnostics);
  bool read_value(const pugi::xml_node& cell, TableCell& out, std::size_t column,
                  Diagnostics& diagnostics);
  bool read_number(const pugi::xml_node& cell, std::string_view written, TableCell& out,
                   std::size_t column);
  /// What was appended to `own_` since the last cell is the text of this one. Always true.
  bool keep_own(std::size_t column);
  bool fill_areas(Diagnostics& diagnostics);
  void start();
  void error(Diagnostics& diagnostics, std::size_t column, std::string_view id, std::string message,
             std::string help = {}) const;

  std::shared_ptr<const Workbook> workbook_;
  Workbook::Sheet sheet_;
  std::string name_;
  bool surveyed_ = false;
  bool sound_ = true;
  std::vector<Area> areas_;  ///< by first row

  // The current row.
  std::uint32_t line_ = 0;
  std::vector<TableCell> cells_;
  std::string own_;
  std::vector<Pending> pending_;
  std::size_t next_area_ = 0;
  std::vector<std::size_t> active_;
  std::size_t filled_ = 0;
};

}  // namespace eraudit::detail
