#pragma once
// Facts in words.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/expression/explain.hpp"
#include "eraudit/expression/fact.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit::evaluate_detail {

/// `Cohort.base_wage`, `charged.amount`, `Cohort.fees`, `rate`, `table min_wage`. `named`: of a
/// fact of kind `named`, its name.
[[nodiscard]] std::string fact_path(const Network& network, const Rule& rule, const Fact& fact,
                                    std::string_view named = {});

/// `np-24.base_wage`, `charged(sunrise, np-24, ...).amount`, `np-24.fees`, `rate MYR to NPR on
/// 2024-03-01`. `named`: what the evaluator calls a fact of kind `table` or `named`.
[[nodiscard]] std::string fact_name(const Network& network, const Fact& fact,
                                    std::string_view named = {});

/// Whether anybody says it at all, whether it counts or not.
[[nodiscard]] bool is_said(const Network& network, const Fact& fact);

/// An attribute that somebody states of an edge on which `set` waits itself: who confirms the edge
/// says that, too. Both sets may be null.
[[nodiscard]] bool goes_with_edge(const Network& network, const Fact& fact, const FactSet* first,
                                  const FactSet* second);

/// Who says so, each once: of a list, who says that it is complete.
[[nodiscard]] std::vector<std::uint16_t> sources_of(const Network& network, const Fact& fact);

/// With who says so and where it was written; `value` is left unknown.
[[nodiscard]] Reading reading_of(const Network& network, const Rule& rule, const Fact& fact,
                                 std::string_view named = {});

}  // namespace eraudit::evaluate_detail
