#pragma once
// A cell of a table that people open in a spreadsheet.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// Quoted if it has to be, on one line, and not taken for a formula.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace eraudit::detail
