#pragma once
// The one canonical report; every other format is a function of the same assessment.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/risk/risk.hpp"

namespace eraudit {

struct ReportOptions {
  /// Findings that carry their whole condition tree; the others keep message and witness, and the
  /// report says how many trees were left out.
  std::size_t explained = 10'000;
  /// Ratings of the same assessment; without them the report has no `ratings`.
  std::optional<Risk> risk{};
  std::size_t ratings = 1'000;  ///< written, highest first; the rest is counted
};

/// `report.json`, form `eraudit:report/1` (docs/reference/report.md): UTF-8, keys in fixed
/// order, no clock, no floating point; ids and `report_id` follow from the content. Texts in en, fr
/// and es. The audience is the owner of the data (`internal`): nothing is suppressed. Same
/// assessment, same bytes.
[[nodiscard]] ERAUDIT_API std::string write_report_json(const Assessment& assessment,
                                                        const ReportOptions& options = {});

/// One verdict of `assessment`, whatever it is, with how it came about, in the shape of a finding
/// of `report.json`; of an unknown also what it waits for. Form `eraudit:explanation/1`.
[[nodiscard]] ERAUDIT_API std::string write_explanation_json(const Assessment& assessment,
                                                             const Explanation& explanation);

/// JSON Schema (draft-07) of `report.json`.
[[nodiscard]] ERAUDIT_API std::string_view report_json_schema();

}  // namespace eraudit
