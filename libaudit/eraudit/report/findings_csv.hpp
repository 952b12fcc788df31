#pragma once
// Findings as a table.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"

namespace eraudit {

/// One row a finding, in the order of the report, under a row of column names. UTF-8 with a byte
/// order mark (else spreadsheets misread it), lines end in CR LF (RFC 4180). No cell is taken for a
/// formula: one that begins with `= + - @`, a tab or a line end gets a `'` before it. Texts in
/// `language`; ids, codes, numbers and days are the same in all.
[[nodiscard]] ERAUDIT_API std::string write_findings_csv(const ReportFile& report,
                                                         std::string_view language = "en");

}  // namespace eraudit
