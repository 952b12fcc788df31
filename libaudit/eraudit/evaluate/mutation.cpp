#include "eraudit/evaluate/mutation.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "eraudit/evaluate/detail/case_run.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/mutants.hpp"

namespace eraudit {
namespace {

/// The cases of one rule, and what the rule as written says of their subjects.
struct Baseline {
  const CaseFile* cases = nullptr;
  std::vector<std::vector<Verdict>> verdicts;  ///< by case, by expectation
};

std::vector<Verdict> verdicts_of(const Case& one, std::string_view rule, const Rules& rules,
                                 const Limits& limits) {
  const Assessment assessment = evaluate_detail::assess_case(one, rules, limits);
  const std::size_t index = rules.find(rule).value();
  std::vector<Verdict> verdicts;
  verdicts.reserve(one.expect.size());
  for (const Expectation& expected : one.expect) {
    verdicts.push_back(assessment.verdict(index, one.network->find(expected.subject).value()));
  }
  return verdicts;
}

bool notice(const Baseline& baseline, const Mutant& mutant, const Limits& limits) {
  if (baseline.cases == nullptr) return false;
  const auto& cases = baseline.cases->cases;
  for (std::size_t index = 0; index < cases.size(); ++index) {
    if (verdicts_of(cases[index], mutant.rule, mutant.rules, limits) != baseline.verdicts[index]) {
      return true;
    }
  }
  return false;
}

}  // namespace

Checked<std::vector<MutationScore>> mutate_rules(std::span<const std::string> what,
                                                 const LoadOptions& options) {
  const Checked<evaluate_detail::RulesWithCases> loaded =
      evaluate_detail::load_with_cases(what, options);
  if (!loaded) return loaded.diagnostics();
  const auto& [rules, files] = *loaded;
  std::map<std::string, Baseline, std::less<>> baselines;
  for (const CaseFile& file : files) {
    Baseline& baseline = baselines[file.rule];
    baseline.cases = &file;
    const Rules own = rules.select(std::span(&file.rule, 1));
    for (const Case& one : file.cases) {
      baseline.verdicts.push_back(verdicts_of(one, file.rule, own, options.limits));
    }
  }
  std::map<std::string, MutationScore, std::less<>> scores;
  const auto run = [&](const Mutant& mutant) {
    MutationScore& score = scores[mutant.rule];
    ++score.total;
    if (notice(baselines[mutant.rule], mutant, options.limits)) {
      ++score.killed;
      return;
    }
    score.survivors.push_back(
        {mutant.where, mutant.file, mutant.position, mutant.written, mutant.instead});
  };
  const auto counts = for_each_mutant(what, options, run);
  if (!counts) return counts.diagnostics();
  std::vector<MutationScore> out;
  for (const MutantCounts& count : *counts) {
    MutationScore score = std::move(scores[count.rule]);
    score.rule = count.rule;
    score.refused = count.refused;
    score.left_out = count.left_out;
    const CaseFile* const cases = baselines[count.rule].cases;
    score.cases = cases == nullptr ? 0 : cases->cases.size();
    out.push_back(std::move(score));
  }
  return {std::move(out), loaded.diagnostics()};
}

}  // namespace eraudit
