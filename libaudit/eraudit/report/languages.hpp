#pragma once
// Which languages a report has texts in.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"
#include "eraudit/rules/languages.hpp"

namespace eraudit {

/// Tags of the texts that came from rules, in the order of `languages_of(Rules)`.
[[nodiscard]] ERAUDIT_API std::vector<std::string> languages_of(const ReportFile& report);

/// By titles and remedies of its rules, and messages of its findings.
[[nodiscard]] ERAUDIT_API LanguageReach reach_of(const ReportFile& report,
                                                 std::string_view language);

}  // namespace eraudit
