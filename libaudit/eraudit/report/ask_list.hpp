#pragma once
// What to ask next, as a work list.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/report/summary.hpp"

namespace eraudit {

/// Every question of `plan_asks`, under whom to ask; numbers tell the order in which to ask. Says
/// at the end how much the first five settle, and how much any five could.
[[nodiscard]] ERAUDIT_API std::string ask_list(const Assessment& assessment,
                                               const TextOptions& options = {});

/// The same as a table for spreadsheets: UTF-8 with a byte order mark, comma separated, CR LF, no
/// formulas. One line per question: its place in the order, whom to ask, the question, the path,
/// what it settles, of whom it is asked.
[[nodiscard]] ERAUDIT_API std::string write_asks_csv(const Assessment& assessment,
                                                     std::string_view language = "en");

}  // namespace eraudit
