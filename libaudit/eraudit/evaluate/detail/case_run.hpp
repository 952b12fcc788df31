#pragma once
// One case of a rule, judged.

#include <span>
#include <string>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::evaluate_detail {

/// The day of the case, else of its network, else 2026-06-30: the results must not hang on the day
/// on which they are run.
[[nodiscard]] Date day_of(const Case& one);

struct RulesWithCases {
  Rules rules;
  std::vector<CaseFile> files;
};

/// Rules and what stands beside them, with the warnings of both; or the errors of either.
[[nodiscard]] Checked<RulesWithCases> load_with_cases(std::span<const std::string> what,
                                                      const LoadOptions& options);

[[nodiscard]] Assessment assess_case(const Case& one, const Rules& rules, const Limits& limits);

}  // namespace eraudit::evaluate_detail
