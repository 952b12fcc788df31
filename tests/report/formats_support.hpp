#pragma once
// Reports for tests of the formats.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/report/report_file.hpp"

namespace eraudit::test {

/// The report of `network` (YAML), judged by `rule` (a rule file).
[[nodiscard]] ReportFile report_of(std::string_view network, std::string_view rule);

/// A critical finding on every cohort that has workers; its message is what the cohort's occupation
/// is called.
[[nodiscard]] std::string telling_rule();

/// The report of the sample network.
[[nodiscard]] ReportFile sample_report();

/// The text of that report, `part` replaced once, under a digest that fits.
[[nodiscard]] std::string changed_sample(std::string_view part, std::string_view by);

/// Names that try to be something else than names. Valid ids.
[[nodiscard]] const std::vector<std::string>& hostile_names();

/// A cohort for every hostile name, with that name as its occupation too.
[[nodiscard]] ReportFile hostile_report();

}  // namespace eraudit::test
