#include "eraudit/report/formats.hpp"

#include <algorithm>

#include "eraudit/report/findings_csv.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/markdown.hpp"
#include "eraudit/report/xml.hpp"

namespace eraudit {
namespace {

std::string canonical(const ReportFile& report, std::string_view /*language*/) {
  return std::string(report.text());
}

std::string html(const ReportFile& report, std::string_view language) {
  HtmlOptions options;
  options.language = language;
  return write_html(report, options);
}

std::string markdown(const ReportFile& report, std::string_view language) {
  MarkdownOptions options;
  options.language = language;
  return write_markdown(report, options);
}

// The only list of formats.
constexpr ReportFormat formats[] = {
    {"json", "application/json", "everything, for programs; the others are made of it", canonical},
    {"html", "text/html", "one page to read, filter and print, in three languages", html},
    {"md", "text/markdown", "for issues, wikis and mail", markdown},
    {"csv", "text/csv", "the findings as a table", write_findings_csv},
    {"xml", "application/xml", "everything, for programs that read XML", write_xml},
};

}  // namespace

std::span<const ReportFormat> report_formats() noexcept {
  return formats;
}

const ReportFormat* find_report_format(std::string_view name) noexcept {
  const auto* const at =
      std::find_if(std::begin(formats), std::end(formats),
                   [&](const ReportFormat& format) { return format.name == name; });
  return at == std::end(formats) ? nullptr : at;
}

}  // namespace eraudit
