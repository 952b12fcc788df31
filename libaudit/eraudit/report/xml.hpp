#pragma once
// The report as XML.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"

namespace eraudit {

/// Everything that `report.json` holds, in the namespace `urn:eraudit:report:1`, UTF-8. Characters
/// that XML 1.0 cannot hold become U+FFFD. Beside each value stands what it says in `language`.
[[nodiscard]] ERAUDIT_API std::string write_xml(const ReportFile& report,
                                                std::string_view language = "en");

/// XML Schema 1.0 of it.
[[nodiscard]] ERAUDIT_API std::string_view report_xml_schema() noexcept;

}  // namespace eraudit
