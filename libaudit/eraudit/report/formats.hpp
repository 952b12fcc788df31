#pragma once
// The formats that are made of a report.

#include <span>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"

namespace eraudit {

/// Every format is a function of the canonical report and a language: same report, same bytes.
struct ReportFormat {
  std::string_view name;        ///< `html`, as people ask for it
  std::string_view media_type;  ///< `text/html`
  std::string_view about;       ///< one line, English
  std::string (*write)(const ReportFile& report, std::string_view language);
};

/// `json` first: the report as it is.
[[nodiscard]] ERAUDIT_API std::span<const ReportFormat> report_formats() noexcept;
/// Null if there is none.
[[nodiscard]] ERAUDIT_API const ReportFormat* find_report_format(std::string_view name) noexcept;

}  // namespace eraudit
