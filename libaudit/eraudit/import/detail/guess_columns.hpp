#pragma once
// What the columns of a table that nobody has described seem to hold.

#include <set>
#include <string>
#include <vector>

namespace eraudit::detail {

struct GuessedCell {
  std::string text;
  bool date = false;  ///< the workbook keeps it as a day
};
using GuessedRow = std::vector<GuessedCell>;

struct GuessedColumn {
  std::string name;    ///< for expressions
  std::string header;  ///< as the table has it
  bool person = false;
  std::vector<std::string> values;  ///< filled cells, but fillers; of a person's column none
  std::set<std::string> distinct;
  std::set<std::string> fillers;
  bool dates = false;
  std::string form;    ///< `date: DD/MM/YYYY`; or empty
  std::string remark;  ///< what somebody has to decide about it; or empty
};

/// The columns under `rows[header]`. A row that is the header once more is none.
[[nodiscard]] std::vector<GuessedColumn> guess_columns(const std::vector<GuessedRow>& rows,
                                                       std::size_t header);
/// A name for expressions, unlike those taken, and added to them.
[[nodiscard]] std::string guess_name(const std::string& header, std::set<std::string>& taken);

}  // namespace eraudit::detail
