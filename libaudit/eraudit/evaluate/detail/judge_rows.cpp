// A rule over the rows of its `match`: each is judged, and the subject's verdict follows.

#include <algorithm>

#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/expression/host.hpp"

namespace eraudit::evaluate_detail {

void Judge::set_row(const BoundRule& rule, std::uint32_t row) {
  patterns(rule).match->set_row(row);
  set_lets(rule);
}

bool Judge::set_witness(const BoundRule& rule, std::size_t number) {
  if (number >= tell_.size()) return false;
  set_row(rule, tell_[number]);
  return true;
}

/// All at once: one by one each would be copied as often as there are rows.
const FactSet* Judge::merge_waits() {
  if (waits_.size() == 1) return waits_.front();
  facts_.clear();
  std::uint64_t more = 0;
  for (const FactSet* facts : waits_) {
    facts_.insert(facts_.end(), facts->facts.begin(), facts->facts.end());
    more += facts->more;
  }
  std::sort(facts_.begin(), facts_.end());
  facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
  const std::size_t kept = std::min(facts_.size(), evaluator_.context().limits.facts_per_verdict);
  more += facts_.size() - kept;
  return evaluator_.facts(std::span(facts_).first(kept),
                          static_cast<std::uint32_t>(std::min<std::uint64_t>(more, UINT32_MAX)));
}

std::vector<Condition> Judge::conditions(const BoundRule& rule) {
  auto out = patterns(rule).match->conditions(tell_.front());
  static_cast<void>(set_witness(rule));
  return out;
}

Judgement Judge::judge_together(const RowsTogether& rows) {
  Judgement judgement;
  if (rows.bad) {
    judgement.verdict = Verdict::fail;
  } else if (!rows.waits.empty()) {
    const std::size_t kept =
        std::min(rows.waits.size(), evaluator_.context().limits.facts_per_verdict);
    judgement.second = evaluator_.facts(std::span(rows.waits).first(kept),
                                        static_cast<std::uint32_t>(rows.waits.size() - kept));
  } else {
    judgement.verdict = rows.any ? Verdict::pass : Verdict::not_applicable;
  }
  return judgement;
}

Judgement Judge::judge_rows(const BoundRule& rule, NodeId subject, bool all_rows) {
  SharedRows* const shared = patterns(rule).shared.get();
  if (shared != nullptr && !all_rows && masked(evaluator_).empty() && assumed(evaluator_).empty()) {
    const RowsTogether* const rows = shared->judge(subject, evaluator_.fuel_used());
    // What others have found out already is paid for, too: nothing hangs on who came first.
    const Value spent = spend(evaluator_, shared->cost(), &rule.match->pattern().text());
    if (!spent.is(ValueKind::null)) return broken(spent, {});
    if (rows != nullptr) return judge_together(*rows);
  }
  Matcher& matcher = *patterns(rule).match;
  const std::span<const std::uint32_t> needs = rule.rule->match_needs;
  const MatchRows& found = matcher.rows(subject, needs);
  // With a severity of its own each failing row counts; else the first decides.
  const bool to_the_end = all_rows || rule.severity.has_value();
  waits_.clear();
  const auto wait_for = [&](const FactSet* facts) {
    if (facts != nullptr && (waits_.empty() || waits_.back() != facts)) waits_.push_back(facts);
  };
  frontier_ = found.frontier();
  wait_for(frontier_);
  Value problem = Value::null();
  const auto breaks = [&](JudgedRow& judged, const Value& value) {
    judged.is = JudgedRow::Is::broken;
    if (problem.is(ValueKind::error)) return;
    problem = value.is(ValueKind::error)
                  ? value
                  : evaluator_.error("the condition is neither true nor false");
  };
  bool any_certain = false;
  bool fails = false;
  for (std::uint32_t row = 0; row < found.size() && (to_the_end || !fails); ++row) {
    const FactSet* const possible = found.possible(row);
    JudgedRow judged{row, found.certain(row), JudgedRow::Is::good, possible};
    if (!judged.certain && possible == nullptr) {
      breaks(judged, found.error(row));
      rows_.push_back(judged);
      continue;
    }
    matcher.set_row(row, needs);
    set_lets(rule);
    const Value value = evaluator_.evaluate(*rule.condition);
    if (value.is(ValueKind::boolean)) {
      const bool bad = value.boolean == rule.rule->fails_if_true;
      if (bad) judged.is = JudgedRow::Is::bad;
      if (bad && !judged.certain) wait_for(possible);
      fails = fails || (bad && judged.certain);
    } else if (!limit_of(value).empty()) {
      breaks(judged, value);
      rows_.push_back(judged);
      break;
    } else if (value.is(ValueKind::unknown) || !judged.certain) {
      judged.is = JudgedRow::Is::open;
      wait_for(possible);
      if (value.is(ValueKind::unknown)) wait_for(value.facts);
    } else {
      breaks(judged, value);
    }
    any_certain = any_certain || judged.certain;
    rows_.push_back(judged);
  }

  Judgement judgement;
  if (fails) {
    judgement.verdict = Verdict::fail;
  } else if (problem.is(ValueKind::error) || found.limit().is(ValueKind::error)) {
    judgement = broken(problem.is(ValueKind::error) ? problem : found.limit(), {});
  } else if (!waits_.empty()) {
    judgement.second = merge_waits();
  } else {
    judgement.verdict = any_certain ? Verdict::pass : Verdict::not_applicable;
  }
  rows_verdict_ = judgement.verdict;
  for (const JudgedRow& row : rows_) {
    bool tells = false;
    switch (judgement.verdict) {
      case Verdict::fail:
        tells = row.certain && row.is == JudgedRow::Is::bad;
        break;
      case Verdict::error:
        tells = row.is == JudgedRow::Is::broken;
        break;
      case Verdict::unknown:
        tells = row.is == JudgedRow::Is::open || row.is == JudgedRow::Is::bad;
        break;
      default:
        tells = row.certain;
    }
    if (tells) tell_.push_back(row.row);
  }
  static_cast<void>(set_witness(rule));
  return judgement;
}

Judgement Judge::decide_rows(const Value* when, const Judgement& rows) {
  if (when == nullptr || !when->is(ValueKind::unknown)) return rows;
  if (!rows.limit.empty()) return rows;
  Judgement judgement;
  // Whether it applies is not known. If there is nothing to find either way, it does not matter.
  if (rows.verdict == Verdict::pass || rows.verdict == Verdict::not_applicable) {
    judgement.verdict = Verdict::not_applicable;
    return judgement;
  }
  judgement.first = when->facts;
  judgement.second = rows.second;
  return judgement;
}

RowsOutlook Judge::rows_outlook() const {
  RowsOutlook out;
  out.verdict = rows_verdict_;
  out.frontier = frontier_;
  out.row = !tell_.empty();
  out.alone = tell_.size() < 2;
  for (const JudgedRow& row : rows_) {
    if (out.row && row.row == tell_.front()) {
      out.possible = row.possible;
    } else {
      out.others = out.others || row.certain;
    }
  }
  return out;
}

MatchedRows Judge::matched(const BoundRule& rule) {
  MatchedRows out;
  if (!rule.match) return out;
  const Matcher& matcher = *patterns(rule).match;
  const std::size_t most = evaluator_.context().limits.witnesses;
  for (const std::uint32_t row : tell_) {
    if (out.rows.size() == most) break;
    const auto judged = std::find_if(rows_.begin(), rows_.end(),
                                     [&](const JudgedRow& one) { return one.row == row; });
    out.rows.push_back(
        {matcher.paths(row), judged->certain || judged->is == JudgedRow::Is::broken});
  }
  out.more = tell_.size() - out.rows.size();
  return out;
}

}  // namespace eraudit::evaluate_detail
