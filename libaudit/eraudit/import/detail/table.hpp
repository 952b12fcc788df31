#pragma once
// A table as rows of cells, whatever file it stands in.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/import/import_report.hpp"

namespace eraudit::detail {

/// One cell of the current row. Views are valid only during the call that receives them.
struct TableCell {
  enum class Kind : std::uint8_t {
    text,      ///< what stands there, possibly nothing
    error,     ///< `#N/A` and its like: `text` says which
    no_value,  ///< a formula that nobody computed
    absent,    ///< said to be none; of rows that were made, not read
  };
  std::string_view text;  ///< UTF-8
  Kind kind = Kind::text;
  bool date = false;         ///< a day that the file itself keeps as one: `text` is ISO 8601
  bool merged = false;       ///< repeats the first cell of a merged area
  std::uint32_t offset = 0;  ///< of CSV: where it begins in the text that was read
  std::uint32_t length = 0;
};

struct TableRow {
  std::uint32_t line = 0;  ///< from 1: of the file, or the row of a sheet
  bool hidden = false;
  std::span<const TableCell> cells;  ///< by column
};

/// Return false to stop.
using TableSink = std::function<bool(const TableRow&)>;

/// How a table was read, for the report.
struct TableFacts {
  std::string format;  ///< `csv`, `xlsx`
  std::string encoding;
  std::string delimiter;
  std::uint64_t merged_areas = 0;
};

/// One table of a file. Reading streams; it may be done again from the start.
class Table {
 public:
  virtual ~Table() = default;
  /// Every row, from the top; rows without any cell may be left out. The row at fault is not
  /// passed.
  virtual void read(const TableSink& sink, Diagnostics& diagnostics) = 0;
  /// `table.csv`, `book.xlsx!Sheet`.
  [[nodiscard]] virtual const std::string& name() const noexcept = 0;
  /// File and position of a cell of the current row, `column` from 0: `table.csv:17:40`,
  /// `book.xlsx!Sheet!F17`; of the row, if it has no such cell.
  virtual void locate(Diagnostic& diagnostic, const TableRow& row, std::size_t column) const = 0;
  /// The cell as it is written in the file, for the line with the caret; may be empty.
  [[nodiscard]] virtual std::string_view written(const TableCell& cell) const = 0;
  [[nodiscard]] virtual TableFacts facts() const = 0;
};

}  // namespace eraudit::detail
