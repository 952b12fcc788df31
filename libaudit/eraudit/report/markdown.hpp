#pragma once
// The report as Markdown, for issues, wikis and mail.

#include <cstddef>
#include <string>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"

namespace eraudit {

struct MarkdownOptions {
  std::string language = "en";
  std::size_t findings = 200;  ///< the rest is counted
  std::size_t asks = 100;
};

/// GitHub-flavoured Markdown. What comes with the data is text there: it makes no markup, no link
/// and no mention of anybody.
[[nodiscard]] ERAUDIT_API std::string write_markdown(const ReportFile& report,
                                                     const MarkdownOptions& options = {});

}  // namespace eraudit
