#include "eraudit/evaluate/detail/shared_rows.hpp"

#include <algorithm>
#include <iterator>

#include "eraudit/evaluate/detail/judge.hpp"

namespace eraudit::evaluate_detail {
namespace {

// Where chains are long, much of what stands behind one node stands behind the next one too.
constexpr std::size_t most_kept_facts = 4'000'000;

const PatternVariable& end_of(const BoundRule& rule) {
  return rule.match->pattern().variables()[rule.rule->match_needs.front()];
}

/// False if there are some that are numbered by the evaluator that met them, until its next row.
bool keep(const FactSet* set, std::vector<Fact>& out) {
  if (set == nullptr) return true;
  out.insert(out.end(), set->facts.begin(), set->facts.end());
  return set->more == 0 && std::none_of(set->facts.begin(), set->facts.end(), [](const Fact& fact) {
           return fact.kind == Fact::Kind::table || fact.kind == Fact::Kind::named;
         });
}

EvaluationContext with_all_facts(EvaluationContext context) {
  context.limits.facts_per_verdict = UINT32_MAX;
  return context;
}

}  // namespace

bool SharedRows::possible(const BoundRule& rule) {
  // The day of the rule, and how grave a row is, may hang on the subject.
  if (!rule.match || rule.at || rule.severity || rule.rule->match_needs.size() != 1) return false;
  const Slot end = end_of(rule).slot;
  const auto reads = rule.condition->program().variables();
  return std::all_of(reads.begin(), reads.end(), [&](Slot slot) { return slot == end; });
}

SharedRows::SharedRows(const BoundRule& rule, const Network& network,
                       const EvaluationContext& context)
    : rule_(rule),
      context_(context),
      evaluator_(&network, with_all_facts(context)),
      matcher_(*rule.match, evaluator_),
      end_(end_of(rule).slot) {}

bool SharedRows::judge_behind(NodeId node, Behind& behind) {
  const MatchRows* const found = matcher_.later_rows(node);
  if (found == nullptr || found->limit().is(ValueKind::error)) return false;
  behind.ends = found->size();
  std::vector<Fact>& waits = behind.rows.waits;
  bool kept = keep(found->frontier(), waits);
  for (std::size_t row = 0; row < found->size() && kept; ++row) {
    const FactSet* const hangs_on = found->possible(row);
    const bool certain = found->certain(row);
    if (!certain && hangs_on == nullptr) return false;
    behind.rows.any = behind.rows.any || certain;
    evaluator_.set(end_, Value::of(found->nodes(row).back()));
    const Value value = evaluator_.evaluate(*rule_.condition);
    if (value.is(ValueKind::boolean)) {
      if (value.boolean != rule_.rule->fails_if_true) continue;
      behind.rows.bad = behind.rows.bad || certain;
    } else if (value.is(ValueKind::unknown)) {
      kept = keep(value.facts, waits);
    } else if (certain) {
      return false;
    }
    kept = keep(hangs_on, waits) && kept;
  }
  return kept;
}

const SharedRows::Behind& SharedRows::behind(NodeId node) {
  const auto known = behind_.find(node.index);
  if (known != behind_.end()) return known->second;
  Behind behind;
  evaluator_.begin();
  evaluator_.at(context_.as_of);
  behind.judged = judge_behind(node, behind);
  behind.cost = evaluator_.fuel_used();
  std::vector<Fact>& waits = behind.rows.waits;
  if (!behind.judged) waits.clear();
  std::sort(waits.begin(), waits.end());
  waits.erase(std::unique(waits.begin(), waits.end()), waits.end());
  waits.shrink_to_fit();
  kept_facts_ += waits.size();
  if (kept_facts_ > most_kept_facts) {
    behind_.clear();
    kept_facts_ = waits.size();
  }
  return behind_.emplace(node.index, std::move(behind)).first->second;
}

const RowsTogether* SharedRows::judge(NodeId subject, std::uint64_t used) {
  evaluator_.begin();
  evaluator_.at(context_.as_of);
  const bool certain = matcher_.first_step(subject, part_);
  cost_ = evaluator_.fuel_used();
  if (!certain) return nullptr;
  const std::vector<NodeId> nodes = part_.ends;
  std::uint64_t ends = 0;
  together_.any = together_.bad = false;
  together_.waits = part_.open;
  for (const NodeId node : nodes) {
    const Behind& one = behind(node);
    cost_ += one.cost + (together_.waits.size() + one.rows.waits.size()) / 32;
    ends += one.ends;
    if (!one.judged || used + cost_ > context_.limits.fuel ||
        ends > matcher_.pattern().limits().rows)
      return nullptr;
    together_.any = together_.any || one.rows.any;
    together_.bad = together_.bad || one.rows.bad;
    merged_.clear();
    std::set_union(together_.waits.begin(), together_.waits.end(), one.rows.waits.begin(),
                   one.rows.waits.end(), std::back_inserter(merged_));
    together_.waits.swap(merged_);
  }
  return &together_;
}

}  // namespace eraudit::evaluate_detail
