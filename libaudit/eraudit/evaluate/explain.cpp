#include "eraudit/expression/explain.hpp"

#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/evaluate/detail/facts.hpp"
#include "eraudit/evaluate/detail/outlook.hpp"
#include "eraudit/evaluate/detail/state.hpp"
#include "eraudit/expression/host.hpp"

namespace eraudit {
namespace {

/// Cells whose absence is tried out for one explanation.
constexpr std::size_t most_tried = 256;

void add(const Reading& reading, std::vector<Reading>& readings) {
  const bool known = std::any_of(readings.begin(), readings.end(), [&](const Reading& other) {
    return other.name == reading.name && other.value == reading.value;
  });
  if (!known) readings.push_back(reading);
}

void collect(const Condition& condition, std::vector<Reading>& readings) {
  for (const Reading& reading : condition.readings) add(reading, readings);
  for (const Condition& part : condition.parts) collect(part, readings);
  for (const Condition& variable : condition.variables) collect(variable, readings);
}

class Explainer {
 public:
  Explainer(const Assessment::State& state, std::size_t rule, NodeId subject,
            std::string_view language)
      : state_(state),
        bound_(state.bound[rule]),
        rule_(state.rules.all()[rule]),
        subject_(subject),
        language_(language),
        judge_(state.judges) {
    out_.rule = static_cast<std::uint32_t>(rule);
    out_.subject = subject;
  }

  /// `known`: the verdict of the run, which stays `unknown` for what it did not reach.
  Explanation explain(Verdict known) {
    if (bound_.match) judge_->matcher(bound_).note_lists(true);
    const evaluate_detail::Judgement judgement = judge_->judge(bound_, subject_, true);
    if (bound_.match) {
      out_.match = judge_->matched(bound_);
      relied_on_ = judge_->matcher(bound_).noted_lists();
      judge_->matcher(bound_).note_lists(false);
    }
    out_.verdict = known;
    out_.error = std::string(judgement.error);
    add_waits(judgement.first);
    add_waits(judgement.second);
    if (known == Verdict::unknown && judgement.verdict == Verdict::unknown) add_outlook(judgement);
    if (out_.verdict < Verdict::unknown) {
      out_.severity = judge_->severity(bound_);
      out_.message = judge_->message(bound_, language_);
    }
    add_conditions();
    if (out_.when) collect(*out_.when, out_.witness);
    for (const Condition& condition : out_.where) collect(condition, out_.witness);
    if (out_.condition) collect(*out_.condition, out_.witness);
    for (const Reading& reading : other_rows_) add(reading, out_.witness);
    add_lists();
    if (out_.verdict == Verdict::fail || out_.verdict == Verdict::pass ||
        out_.verdict == Verdict::not_applicable) {
      add_what_would_change();
    }
    return std::move(out_);
  }

 private:
  void add_waits(const FactSet* facts) {
    if (facts == nullptr) return;
    for (Missing& fact : questions(facts->facts)) {
      const bool known = std::any_of(
          out_.waits_for.begin(), out_.waits_for.end(),
          [&](const Missing& other) { return other.reading.name == fact.reading.name; });
      if (!known) out_.waits_for.push_back(std::move(fact));
    }
  }

  [[nodiscard]] std::vector<Missing> questions(std::span<const Fact> facts) {
    std::vector<Missing> out;
    for (const Fact& fact : facts) {
      Reading reading =
          evaluate_detail::reading_of(state_.network, rule_, fact, judge_->evaluator().name(fact));
      const LocalText* const asked = question(rule_, state_.network.schema(), reading.path);
      out.push_back({std::move(reading), asked == nullptr ? LocalText() : *asked});
    }
    return out;
  }

  void add_outlook(const evaluate_detail::Judgement& judgement) {
    const evaluate_detail::Outlook outlook =
        evaluate_detail::look_ahead(*judge_, bound_, judgement);
    out_.open_conditions = outlook.open_conditions;
    for (const auto& set : outlook.enough) {
      Enough& enough = out_.enough.emplace_back();
      enough.facts = questions(set.facts);
      enough.more = set.more;
      enough.conditions.assign(set.conditions.begin(), set.conditions.end());
      enough.verdicts = set.verdicts;
    }
    for (const BranchNeeds& needs : outlook.later) {
      Later& later = out_.later.emplace_back();
      later.condition = std::string(needs.condition);
      later.outcome = needs.outcome;
      later.facts = questions(needs.facts->facts);
      later.more = needs.facts->more;
    }
  }

  void add_conditions() {
    Value day;
    if (!judge_->prepare(bound_, subject_, day)) return;
    if (bound_.when) {
      out_.when = eraudit::explain(judge_->evaluator(), *bound_.when);
      if (out_.when->kind == ValueKind::boolean && out_.when->outcome.value == "false") return;
      // So that the condition shows what it reads itself, not what `when` had read before.
      static_cast<void>(judge_->prepare(bound_, subject_, day));
    }
    if (bound_.match) {
      if (!judge_->set_witness(bound_)) return;
      out_.where = judge_->conditions(bound_);
    }
    out_.condition = eraudit::explain(judge_->evaluator(), *bound_.condition);
    if (bound_.match && out_.verdict == Verdict::pass) collect_other_rows();
  }

  /// That a rule passes rests on each of its rows, not on the one that is shown.
  void collect_other_rows() {
    const std::size_t most = judge_->evaluator().context().limits.witnesses;
    for (std::size_t row = 1; row < most && judge_->set_witness(bound_, row); ++row) {
      collect(eraudit::explain(judge_->evaluator(), *bound_.condition), other_rows_);
    }
  }

  /// That no row was found rests on the lists that are said to be complete.
  void add_lists() {
    if (out_.verdict != Verdict::pass && out_.verdict != Verdict::not_applicable) return;
    for (const Fact& fact : relied_on_) {
      const bool known = std::any_of(out_.witness.begin(), out_.witness.end(),
                                     [&](const Reading& other) { return other.fact == fact; });
      if (known) continue;
      out_.witness.push_back(read_edge_list(judge_->evaluator(), NodeId{fact.row}, fact.list()));
    }
  }

  void add_what_would_change() {
    // Judges are used again: whatever happens, nothing stays masked.
    struct Unmask {
      Evaluator& evaluator;
      ~Unmask() { evaluator.mask({}); }
    } const unmask{judge_->evaluator()};
    std::size_t tried = 0;
    for (const Reading& reading : out_.witness) {
      const Fact::Kind kind = reading.fact.kind;
      if (kind == Fact::Kind::table || kind == Fact::Kind::named) continue;
      if (++tried > most_tried) break;
      judge_->evaluator().mask(std::span(&reading.fact, 1));
      const Verdict verdict = judge_->judge(bound_, subject_).verdict;
      if (verdict != out_.verdict) out_.would_change.push_back(reading);
    }
  }

  const Assessment::State& state_;
  const evaluate_detail::BoundRule& bound_;
  const Rule& rule_;
  NodeId subject_;
  std::string_view language_;
  evaluate_detail::JudgePool::Lease judge_;
  std::vector<Reading> other_rows_;  ///< of a pass: what the rows read that are not shown
  std::vector<Fact> relied_on_;      ///< lists that the pattern was read along
  Explanation out_;
};

}  // namespace

Explanation Assessment::explain(std::size_t rule, NodeId subject, std::string_view language) const {
  const Verdict known = verdict(rule, subject);
  const evaluate_detail::RuleResult& result = state_->results[rule];
  std::string no_fuel = state_->no_fuel_for(rule, subject);
  if (!result.population.find(subject) || result.verdicts.empty() || !no_fuel.empty()) {
    Explanation out;
    out.rule = static_cast<std::uint32_t>(rule);
    out.subject = subject;
    out.verdict = known;
    out.message = no_fuel;
    out.error = std::move(no_fuel);
    return out;
  }
  return Explainer(*state_, rule, subject, language).explain(known);
}

}  // namespace eraudit
