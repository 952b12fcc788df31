#pragma once
// The report in one language, as plain HTML that needs no script.

#include <string>
#include <string_view>

#include "eraudit/report/html.hpp"

namespace eraudit::detail {

/// The sections of the report, to stand in `main`.
[[nodiscard]] std::string html_edition(const ReportFile& report, const HtmlOptions& options,
                                       std::string_view language);

}  // namespace eraudit::detail
