#include "eraudit/evaluate/detail/case_run.hpp"

#include <utility>

#include "eraudit/evaluate/evaluate.hpp"

namespace eraudit::evaluate_detail {
namespace {

constexpr CivilDate usual_day{2026, 6, 30};

}  // namespace

Date day_of(const Case& one) {
  if (one.as_of) return *one.as_of;
  if (const auto day = one.network->as_of()) return *day;
  return date_from_civil(usual_day).value();
}

Checked<RulesWithCases> load_with_cases(std::span<const std::string> what,
                                        const LoadOptions& options) {
  Checked<Rules> rules = load_rules(what, options);
  if (!rules) return rules.diagnostics();
  Diagnostics diagnostics = rules.diagnostics();
  Checked<std::vector<CaseFile>> files = load_cases(what, *rules, options.limits);
  diagnostics.append(files.diagnostics());
  if (!files) return diagnostics;
  return {RulesWithCases{*std::move(rules), *std::move(files)}, std::move(diagnostics)};
}

Assessment assess_case(const Case& one, const Rules& rules, const Limits& limits) {
  Options options;
  options.as_of = day_of(one);
  options.rates = one.rates;
  options.limits = limits;
  return evaluate(*one.network, rules, options);
}

}  // namespace eraudit::evaluate_detail
