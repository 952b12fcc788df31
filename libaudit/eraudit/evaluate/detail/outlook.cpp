#include "eraudit/evaluate/detail/outlook.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "eraudit/evaluate/detail/smallest_sets.hpp"
#include "eraudit/expression/skeleton.hpp"

namespace eraudit::evaluate_detail {
namespace {

using Outcome = Skeleton::Outcome;
using Set = Outlook::Set;

class LookingAhead {
 public:
  LookingAhead(Judge& judge, const BoundRule& rule) : judge_(judge), rule_(rule) {}

  Outlook look(const Judgement& judgement) {
    // On which day states are read is not known: nothing was evaluated.
    if (rule_.at && !judge_.evaluator().evaluate(*rule_.at).is(ValueKind::date)) return {};
    if (rule_.match) rows_ = judge_.rows_outlook();
    const bool rows_open = rule_.match.has_value() && rows_.verdict == Verdict::unknown;
    if (rule_.when) {
      when_ = skeleton_.add(judge_.evaluator(), *rule_.when);
      add_later_of_when(judgement);
      add_later(*rule_.when);
    }
    if (!rule_.match || (rows_open && rows_.row)) {
      condition_ = skeleton_.add(judge_.evaluator(), *rule_.condition);
      add_later(*rule_.condition);
    }
    if (rows_open && rows_.possible != nullptr) there_ = skeleton_.add(rows_.possible);
    if (rows_open && rows_.frontier != nullptr) complete_ = skeleton_.add(rows_.frontier);
    if (!skeleton_.cut_short()) add_enough();
    return std::move(out_);
  }

 private:
  void add_later_of_when(const Judgement& judgement) {
    if (judgement.first == nullptr) return;
    const FactSet* const needs = without(judge_.evaluator(), judgement.second, judgement.first);
    if (needs == nullptr) return;
    const Program& when = rule_.when->program();
    out_.later.push_back({when.text_of(when.operation(when.root)), true, needs});
  }

  /// A `let` entry may be read in both programs.
  void add_later(const BoundProgram& program) {
    for (const BranchNeeds& needs : needed_later(judge_.evaluator(), program)) {
      const bool known =
          std::any_of(out_.later.begin(), out_.later.end(), [&](const BranchNeeds& other) {
            return other.condition == needs.condition && other.outcome == needs.outcome;
          });
      if (!known) out_.later.push_back(needs);
    }
  }

  void add_enough() {
    out_.open_conditions = skeleton_.open().size();
    const Value error = judge_.evaluator().error("");
    const auto sets = smallest_sets(out_.open_conditions, [&](std::span<const Outcome> answers) {
      skeleton_.answer(answers);
      const auto value_of = [&](Skeleton::Id id) {
        switch (skeleton_.outcome(id)) {
          case Outcome::unknown:
            return Value::make(ValueKind::unknown);
          case Outcome::error:
            return error;
          default:
            return Value::of(skeleton_.outcome(id) == Outcome::yes);
        }
      };
      std::optional<Value> when;
      if (when_) when = value_of(*when_);
      const Value* const applies = when ? &*when : nullptr;
      if (!rule_.match) {
        return judge_.decide(*rule_.rule, applies, value_of(*condition_)).verdict;
      }
      if (when && !when->is_true() && !when->is(ValueKind::unknown)) {
        return judge_.decide(*rule_.rule, applies, Value::null()).verdict;
      }
      Judgement rows;
      rows.verdict = rows_verdict();
      return judge_.decide_rows(applies, rows).verdict;
    });
    for (const DecidingSet& set : sets) add_set(set);
    keep_smallest();
  }

  /// What the rows come to, as `Judge::judge_rows` has it, under the last answers.
  [[nodiscard]] Verdict rows_verdict() const {
    if (rows_.verdict != Verdict::unknown) return rows_.verdict;
    Outcome there = rows_.row ? Outcome::yes : Outcome::no;
    if (there_) there = skeleton_.outcome(*there_);
    const Outcome holds = condition_ ? skeleton_.outcome(*condition_) : Outcome::unknown;
    const Outcome is_bad = rule_.rule->fails_if_true ? Outcome::yes : Outcome::no;
    const Outcome is_good = rule_.rule->fails_if_true ? Outcome::no : Outcome::yes;
    if (there == Outcome::yes && holds == is_bad) return Verdict::fail;
    const bool settled = there == Outcome::no || holds == is_good;
    const bool all = !complete_ || skeleton_.outcome(*complete_) == Outcome::yes;
    if (!settled || !rows_.alone || !all) return Verdict::unknown;
    return rows_.others || there == Outcome::yes ? Verdict::pass : Verdict::not_applicable;
  }

  /// Conditions that hang on one fact may not come out as the set has it, however it is answered.
  void add_set(const DecidingSet& set) {
    Set out;
    for (const std::uint32_t number : set.conditions) {
      const Skeleton::Open& open = skeleton_.open()[number];
      out.facts.insert(out.facts.end(), open.facts->facts.begin(), open.facts->facts.end());
      out.more += open.facts->more;
      if (!open.text.empty()) out.conditions.push_back(open.text);
    }
    std::vector<Fact> ordered = out.facts;
    std::sort(ordered.begin(), ordered.end());
    if (std::adjacent_find(ordered.begin(), ordered.end()) != ordered.end()) return;
    for (const Verdict verdict : verdicts) {
      if (set.outcomes.test(static_cast<std::size_t>(verdict))) out.verdicts.push_back(verdict);
    }
    for (std::size_t index = 0; index < sets_.size(); ++index) {
      const bool same = ordered_[index] == ordered && sets_[index].more == 0 && out.more == 0;
      if (same) return join(sets_[index], out);
    }
    sets_.push_back(std::move(out));
    ordered_.push_back(std::move(ordered));
  }

  /// Other conditions on the same facts.
  static void join(Set& set, const Set& with) {
    set.conditions.insert(set.conditions.end(), with.conditions.begin(), with.conditions.end());
    std::vector<Verdict> both;
    std::set_union(set.verdicts.begin(), set.verdicts.end(), with.verdicts.begin(),
                   with.verdicts.end(), std::back_inserter(both));
    set.verdicts = std::move(both);
  }

  void keep_smallest() {
    for (std::size_t index = 0; index < sets_.size(); ++index) {
      if (out_.enough.size() == most_enough) break;
      if (!holds_another(index)) out_.enough.push_back(std::move(sets_[index]));
    }
  }

  [[nodiscard]] bool holds_another(std::size_t index) const {
    const std::vector<Fact>& facts = ordered_[index];
    for (std::size_t other = 0; other < sets_.size(); ++other) {
      const std::vector<Fact>& fewer = ordered_[other];
      if (sets_[other].more == 0 && fewer.size() < facts.size() &&
          std::includes(facts.begin(), facts.end(), fewer.begin(), fewer.end())) {
        return true;
      }
    }
    return false;
  }

  Judge& judge_;
  const BoundRule& rule_;
  RowsOutlook rows_;
  Skeleton skeleton_;
  std::optional<Skeleton::Id> when_;
  std::optional<Skeleton::Id> condition_;
  std::optional<Skeleton::Id> there_;     ///< that the row of `condition_` is there
  std::optional<Skeleton::Id> complete_;  ///< that there are no further rows
  std::vector<Set> sets_;
  std::vector<std::vector<Fact>> ordered_;  ///< facts of each of these
  Outlook out_;
};

}  // namespace

Outlook look_ahead(Judge& judge, const BoundRule& rule, const Judgement& judgement) {
  return LookingAhead(judge, rule).look(judgement);
}

}  // namespace eraudit::evaluate_detail
