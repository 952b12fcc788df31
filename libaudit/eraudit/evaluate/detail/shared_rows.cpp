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

/// Facts of some kinds are numbered by the evaluator that met them, until its next row.
bool can_be_kept(const FactSet& set) {
  return set.more == 0 && std::none_of(set.facts.begin(), set.facts.end(), [](const Fact& fact) {
           return fact.kind == Fact::Kind::table || fact.kind == Fact::Kind::named;
         });
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
      evaluator_(&network, context),
      matcher_(*rule.match, evaluator_),
      end_(end_of(rule).slot) {}

const SharedRows::Behind& SharedRows::behind(NodeId node) {
  const auto known = behind_.find(node.index);
  if (known != behind_.end()) return known->second;
  Behind behind;
  evaluator_.begin();
  evaluator_.at(context_.as_of);
  behind.plain = matcher_.later_steps(node, part_);
  behind.ends = part_.ends.size();
  if (behind.plain) behind.rows.waits = part_.open;
  for (std::size_t i = 0; i < part_.ends.size() && behind.plain; ++i) {
    behind.rows.any = true;
    evaluator_.set(end_, Value::of(part_.ends[i]));
    const Value value = evaluator_.evaluate(*rule_.condition);
    if (value.is(ValueKind::boolean)) {
      behind.rows.bad = behind.rows.bad || value.boolean == rule_.rule->fails_if_true;
    } else if (value.is(ValueKind::unknown) && can_be_kept(*value.facts)) {
      behind.rows.waits.insert(behind.rows.waits.end(), value.facts->facts.begin(),
                               value.facts->facts.end());
    } else {
      behind.plain = false;
    }
  }
  behind.cost = evaluator_.fuel_used();
  std::vector<Fact>& waits = behind.rows.waits;
  if (!behind.plain) waits.clear();
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
  if (!matcher_.first_step(subject, part_)) return nullptr;
  const std::vector<NodeId> nodes = part_.ends;
  std::uint64_t cost = used + evaluator_.fuel_used();
  std::uint64_t ends = 0;
  together_.any = together_.bad = false;
  together_.waits = part_.open;
  for (const NodeId node : nodes) {
    const Behind& one = behind(node);
    cost += one.cost;
    ends += one.ends;
    if (!one.plain || cost > context_.limits.fuel || ends > matcher_.pattern().limits().rows)
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
