#pragma once
// The report as one HTML file.

#include <cstddef>
#include <string>

#include "eraudit/core/export.hpp"
#include "eraudit/report/report_file.hpp"

namespace eraudit {

struct HtmlOptions {
  /// Shown first; the reader may switch to en, fr or es. Of another one that rules speak there is
  /// an edition too: their texts in it, all else in English.
  std::string language = "en";
  std::size_t findings = 50'000;  ///< in the file; what is beyond is counted and said
  std::size_t cards = 10;         ///< shown as gravest
  std::size_t rows = 100;         ///< of the list that stands there without scripts
};

/// One file that asks nobody for anything: its policy forbids every request, scripts and styles
/// other than its own (by digest), and data is never markup. The essentials stand in it as plain
/// HTML; with scripts come filters, search and grouping, kept in the address, and everything known
/// about each finding. It carries the canonical report, which it can write out byte by byte (if all
/// findings are in it). Depends on nothing but the arguments: same bytes.
[[nodiscard]] ERAUDIT_API std::string write_html(const ReportFile& report,
                                                 const HtmlOptions& options = {});

}  // namespace eraudit
