// Lists as sets: `sets.contains sets.equivalent sets.intersects`. Of partial lists they decide as
// `all` and `exists` over `in` would.

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::Waiting;
using Operands = std::span<const Value>;

bool are_lists(Operands operands) {
  return operands[0].is(ValueKind::list) && operands[1].is(ValueKind::list);
}

/// What would tell that a list is empty; null if it is certainly not, or certainly is.
const FactSet* emptiness(Evaluator& evaluator, const ListData& list) {
  const FactSet* facts = list.more;
  for (std::size_t at = 0; at < list.items.size(); ++at) {
    if (list.possible_at(at) == nullptr) return nullptr;
    facts = evaluator.merge(facts, list.possible_at(at));
  }
  return facts;
}

/// Asks of each item of `items` whether `in` has it. The first certain item for which that is
/// `deciding` settles the whole; what is not known is waited for.
Value each_in(Evaluator& evaluator, const ListData& items, const ListData& in, bool deciding) {
  Evaluator::State& state = evaluator.state();
  if (!state.spend(items.items.size() + in.items.size())) return state.limit_error;
  const bool empty = in.items.empty() && in.more == nullptr;
  const FactSet* const nothing_in = emptiness(evaluator, in);
  Waiting waiting;
  for (std::size_t at = 0; at < items.items.size(); ++at) {
    const Value& item = items.items[at];
    const FactSet* const possible = items.possible_at(at);
    if (item.is(ValueKind::unknown) && !empty) {
      waiting.add(evaluator, item.facts);
      waiting.add(evaluator, possible);
      waiting.add(evaluator, nothing_in);
      continue;
    }
    const Value found = detail::contained(evaluator, item, in);
    if (state.exhausted) return state.limit_error;
    if (found.is(ValueKind::unknown)) {
      waiting.add(evaluator, found.facts);
      waiting.add(evaluator, possible);
    } else if (found.boolean == deciding) {
      if (possible == nullptr) return found;
      waiting.add(evaluator, possible);
    }
  }
  // Further items may decide, unless there is nothing they could be found in.
  if (!empty || !deciding) waiting.add(evaluator, items.more);
  if (deciding && items.more != nullptr) waiting.add(evaluator, nothing_in);
  return waiting.facts != nullptr ? evaluator.unknown(waiting.facts) : Value::of(!deciding);
}

Value contains_all(Evaluator& evaluator, Operands operands) {
  if (!are_lists(operands)) return detail::no_overload(evaluator, "sets.contains", operands);
  return each_in(evaluator, *operands[1].list, *operands[0].list, false);
}

Value intersects(Evaluator& evaluator, Operands operands) {
  if (!are_lists(operands)) return detail::no_overload(evaluator, "sets.intersects", operands);
  return each_in(evaluator, *operands[1].list, *operands[0].list, true);
}

Value equivalent(Evaluator& evaluator, Operands operands) {
  if (!are_lists(operands)) return detail::no_overload(evaluator, "sets.equivalent", operands);
  const Value one = each_in(evaluator, *operands[1].list, *operands[0].list, false);
  if (one.is_false() || one.is(ValueKind::error)) return one;
  const Value other = each_in(evaluator, *operands[0].list, *operands[1].list, false);
  if (one.is_true() || !other.is(ValueKind::unknown)) return other.is_true() ? one : other;
  return evaluator.unknown(evaluator.merge(one.facts, other.facts));
}

constexpr std::string_view of_two_lists = "(list(A), list(A)) -> bool";

constexpr Builtin sets_table[] = {
    {"sets.contains", of_two_lists, contains_all, Takes::ranges,
     "whether every item of the second list stands in the first", Fails::never},
    {"sets.equivalent", of_two_lists, equivalent, Takes::ranges,
     "whether two lists have the same items, however often and in any order", Fails::never},
    {"sets.intersects", of_two_lists, intersects, Takes::ranges,
     "whether two lists have an item in common", Fails::never},
};

}  // namespace

std::span<const Builtin> sets_builtins() {
  return sets_table;
}

}  // namespace eraudit
