#include "eraudit/evaluate/assessment.hpp"

#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/evaluate/detail/state.hpp"

namespace eraudit {
namespace {

const evaluate_detail::RuleResult& result_of(const Assessment::State& state, std::size_t rule) {
  if (rule >= state.results.size()) {
    throw Error(ErrorCode::bad_argument, "there is no rule number " + std::to_string(rule) +
                                             " of " + std::to_string(state.results.size()));
  }
  return state.results[rule];
}

void check_node(const Assessment::State& state, NodeId node) {
  if (node.index >= state.network.node_count()) {
    throw Error(ErrorCode::bad_argument, "there is no node number " + std::to_string(node.index) +
                                             " of " + std::to_string(state.network.node_count()));
  }
}

}  // namespace

std::string evaluate_detail::place_of(const Rule& rule) {
  if (rule.position.line == 0) return {};
  return rule.file.substr(rule.file.find_last_of('/') + 1) + ':' +
         std::to_string(rule.position.line);
}

std::string Assessment::State::no_fuel_for(std::size_t rule, NodeId subject) const {
  const evaluate_detail::RuleResult& result = results[rule];
  const auto position = result.population.find(subject);
  if (!result.fuel_end || !position || *position < *result.fuel_end) return {};
  const std::string place = evaluate_detail::place_of(rules.all()[rule]);
  return "limit reached: " +
         to_text(LimitReached{LimitReached::Limit::rule_steps, limits.rule_fuel}) +
         (place.empty() ? "" : ", at " + place) + "; " + std::to_string(*result.fuel_end) + " of " +
         std::to_string(result.population.size) + " subjects were judged before";
}

const Network& Assessment::network() const noexcept {
  return state_->network;
}
const Rules& Assessment::rules() const noexcept {
  return state_->rules;
}
const RunInformation& Assessment::run() const noexcept {
  return state_->run;
}
const Rates& Assessment::rates() const noexcept {
  return state_->rates;
}
std::span<const Finding> Assessment::findings() const noexcept {
  return state_->findings;
}
std::span<const WaitingSet> Assessment::waiting() const noexcept {
  return state_->waiting;
}
std::span<const Ask> Assessment::asks() const noexcept {
  return state_->asks;
}

Verdict Assessment::verdict(std::size_t rule, NodeId subject) const {
  const evaluate_detail::RuleResult& result = result_of(*state_, rule);
  check_node(*state_, subject);
  const auto position = result.population.find(subject);
  if (!position || result.verdicts.empty()) return Verdict::not_applicable;
  return static_cast<Verdict>(result.verdicts[*position]);
}

const RuleCounts& Assessment::counts(std::size_t rule) const {
  return result_of(*state_, rule).counts;
}

RuleCounts Assessment::totals() const {
  RuleCounts sum;
  bool all_skipped = true;
  for (const evaluate_detail::RuleResult& result : state_->results) {
    sum.selected += result.counts.selected;
    sum.applicable += result.counts.applicable;
    sum.decided += result.counts.decided;
    sum.not_reached += result.counts.not_reached;
    for (const Verdict verdict : verdicts) {
      const auto index = static_cast<std::size_t>(verdict);
      sum.by_verdict[index] += result.counts.by_verdict[index];
    }
    all_skipped = all_skipped && result.counts.skipped;
  }
  sum.skipped = all_skipped && !state_->results.empty();
  return sum;
}

bool Assessment::empty() const noexcept {
  return std::all_of(
      state_->results.begin(), state_->results.end(),
      [](const evaluate_detail::RuleResult& result) { return result.counts.applicable == 0; });
}

Verdict Assessment::worst(NodeId subject) const {
  Verdict worst = Verdict::not_applicable;
  for (std::size_t rule = 0; rule < state_->results.size(); ++rule) {
    worst = std::min(worst, verdict(rule, subject));
  }
  return worst;
}

std::string Assessment::message(const Finding& finding, std::string_view language) const {
  static_cast<void>(result_of(*state_, finding.rule));
  check_node(*state_, finding.subject);
  // Nothing that was not judged for want of fuel is judged for its message.
  std::string why = state_->no_fuel_for(finding.rule, finding.subject);
  if (!why.empty()) return why;
  evaluate_detail::WeigherPool::Lease weigher(state_->weighers);
  const evaluate_detail::BoundRule& rule = state_->bound[finding.rule];
  // Sets the row up and leaves what was computed for the text to read; each row by itself, for the
  // text speaks of the one that was found.
  static_cast<void>(weigher->judge(rule, finding.subject, true));
  return weigher->told().message(rule, language);
}

MatchedRows Assessment::match(std::size_t rule, NodeId subject) const {
  const evaluate_detail::RuleResult& result = result_of(*state_, rule);
  check_node(*state_, subject);
  const evaluate_detail::BoundRule& bound = state_->bound[rule];
  if (!bound.match || !result.population.find(subject)) return {};
  if (!state_->no_fuel_for(rule, subject).empty()) return {};
  evaluate_detail::WeigherPool::Lease weigher(state_->weighers);
  static_cast<void>(weigher->judge(bound, subject, true));
  return weigher->told().matched(bound);
}

std::string Assessment::question(const Ask& ask, std::string_view language) const {
  static_cast<void>(result_of(*state_, ask.rule));
  const LocalText* const text =
      eraudit::question(state_->rules.all()[ask.rule], state_->network.schema(), ask.path);
  return text == nullptr ? ask.path : std::string(text->in(language));
}

std::string Assessment::fingerprint(std::size_t rule, NodeId subject) const {
  static_cast<void>(result_of(*state_, rule));
  check_node(*state_, subject);
  constexpr std::string_view mark = "sha256:";
  const std::string digest =
      sha256(state_->rules.all()[rule].id + "\n" + std::string(state_->network.id(subject)));
  return digest.substr(mark.size(), 16);
}

}  // namespace eraudit
