// Lists, plain or partial: `size sum min max distinct`.
//
// Of a partial list: `size` and `sum` are ranges; an item that is not known counts from 0 upwards
// if it cannot be negative (value.hpp, `Value::non_negative`), else the sum is unknown; so do items
// that the list may still get. `min` and `max` are ranges if there is at least one certain item.

#include <algorithm>
#include <cmath>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/interval.hpp"
#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/extreme.hpp"
#include "eraudit/expression/library/library.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit {
namespace {

using detail::Ends;
using detail::ends_of;
using detail::Interval;
using detail::WholeEnd;
using Operands = std::span<const Value>;

const FactSet* facts_of_parts(Evaluator& evaluator, const ListData& list) {
  const FactSet* facts = list.more;
  for (const FactSet* const possible : list.possible) facts = evaluator.merge(facts, possible);
  return facts;
}

Value size(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::text:
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      return Value::of(static_cast<std::int64_t>(code_points(value.as_text())));
    case ValueKind::bytes:
      return Value::of(std::int64_t{value.size});
    case ValueKind::map:
      return Value::of(static_cast<std::int64_t>(value.map->keys.size()));
    case ValueKind::list:
      break;
    default:
      return detail::no_overload(evaluator, "size", operands);
  }
  const ListData& list = *value.list;
  const auto all = static_cast<std::int64_t>(list.items.size());
  if (!list.partial()) return Value::of(all);
  const auto possible = static_cast<std::int64_t>(
      std::count_if(list.possible.begin(), list.possible.end(),
                    [](const FactSet* facts) { return facts != nullptr; }));
  return evaluator.range(Value::of(all - possible),
                         list.more == nullptr ? Value::of(all) : Value::null(),
                         facts_of_parts(evaluator, list));
}

/// Items that are not known and may be negative, and further ones that may be.
const FactSet* unbounded_parts(Evaluator& evaluator, const ListData& list) {
  const FactSet* facts = nullptr;
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    if (item.is(ValueKind::unknown) && !item.has(Value::non_negative)) {
      facts = evaluator.merge(evaluator.merge(facts, item.facts), list.possible_at(index));
    }
  }
  if (list.more != nullptr && !list.more_non_negative) facts = evaluator.merge(facts, list.more);
  return facts;
}

Value money_total(Evaluator& evaluator, const ListData& list, Operands operands) {
  detail::MoneyTotal total(evaluator);
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    const FactSet* const possible = list.possible_at(index);
    if (item.is(ValueKind::unknown)) {
      total.add_unknown(evaluator.merge(item.facts, possible));
    } else if (detail::is_money(item)) {
      total.add(item, possible);
    } else {
      static_cast<void>(total.result());
      return detail::no_overload(evaluator, "sum", operands);
    }
  }
  if (list.more != nullptr) total.add_unknown(list.more);
  return total.result();
}

Value whole_total(Evaluator& evaluator, const ListData& list, ValueKind kind, Operands operands) {
  Interval<WholeEnd> total{};
  const FactSet* facts = nullptr;
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    const FactSet* const possible = list.possible_at(index);
    facts = evaluator.merge(facts, possible);
    if (item.is(ValueKind::unknown)) {
      facts = evaluator.merge(facts, item.facts);
      total.high = {1, 0};
      continue;
    }
    const Ends ends = ends_of(item);
    facts = evaluator.merge(facts, ends.facts);
    const auto end = [&](const Value& value, int infinite) {
      if (value.is(ValueKind::null)) return WholeEnd{infinite, 0};
      return WholeEnd{0, kind == ValueKind::uinteger ? detail::Int128{value.uinteger}
                                                     : detail::Int128{value.integer}};
    };
    if ((!ends.low.is(ValueKind::null) && ends.low.kind != kind) ||
        (!ends.high.is(ValueKind::null) && ends.high.kind != kind)) {
      return detail::no_overload(evaluator, "sum", operands);
    }
    WholeEnd low = end(ends.low, -1);
    WholeEnd high = end(ends.high, 1);
    if (possible != nullptr) {
      if (sign_of(low) > 0) low = {};
      if (sign_of(high) < 0) high = {};
    }
    total = {detail::plus(total.low, low), detail::plus(total.high, high)};
  }
  if (list.more != nullptr) {
    total.high = {1, 0};
    facts = evaluator.merge(facts, list.more);
  }
  const detail::Int128 least = kind == ValueKind::uinteger ? detail::Int128{0} : INT64_MIN;
  const detail::Int128 most =
      kind == ValueKind::uinteger ? detail::Int128{UINT64_MAX} : detail::Int128{INT64_MAX};
  const WholeEnd first{0, least};
  const WholeEnd last{0, most};
  if (last < total.low || total.high < first) return evaluator.error("integer overflow");
  const bool fits = (total.low.infinite != 0 || !(total.low < first)) &&
                    (total.high.infinite != 0 || !(last < total.high));
  if (!fits) return evaluator.unknown(facts, Value::may_fail);
  const auto to_value = [&](const WholeEnd& end) {
    if (end.infinite != 0) return Value::null();
    Value value = Value::make(kind);
    if (kind == ValueKind::uinteger) {
      value.uinteger = static_cast<std::uint64_t>(end.value);
    } else {
      value.integer = static_cast<std::int64_t>(end.value);
    }
    return value;
  };
  return evaluator.range(to_value(total.low), to_value(total.high), facts);
}

Value double_total(Evaluator& evaluator, const ListData& list, Operands operands) {
  double low = 0;
  double high = 0;
  bool open = false;
  const FactSet* facts = nullptr;
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    const FactSet* const possible = list.possible_at(index);
    facts = evaluator.merge(facts, possible);
    if (item.is(ValueKind::unknown)) {
      facts = evaluator.merge(facts, item.facts);
      open = true;
      continue;
    }
    const Ends ends = ends_of(item);
    facts = evaluator.merge(facts, ends.facts);
    const bool numbers = (ends.low.is(ValueKind::null) || ends.low.is(ValueKind::number)) &&
                         (ends.high.is(ValueKind::null) || ends.high.is(ValueKind::number));
    if (!numbers) return detail::no_overload(evaluator, "sum", operands);
    double least = ends.low.is(ValueKind::null) ? -INFINITY : ends.low.number;
    double most = ends.high.is(ValueKind::null) ? INFINITY : ends.high.number;
    if (possible != nullptr && !std::isnan(least)) {
      least = std::fmin(least, 0);
      most = std::fmax(most, 0);
    }
    low += least;
    high += most;
  }
  if (list.more != nullptr) facts = evaluator.merge(facts, list.more);
  if (facts == nullptr) return Value::of(low);
  if (std::isnan(low) || std::isnan(high)) return evaluator.unknown(facts);
  open = open || list.more != nullptr || std::isinf(high);
  if (open && std::isinf(low)) return evaluator.unknown(facts);
  return evaluator.range(std::isinf(low) ? Value::null() : Value::of(low),
                         open ? Value::null() : Value::of(high), facts);
}

Value sum(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list)) return detail::no_overload(evaluator, "sum", operands);
  const ListData& list = *operands[0].list;
  if (!evaluator.state().spend(list.items.size())) return evaluator.state().limit_error;
  const ValueKind kind = detail::kind_of_items(list, evaluator.state().result_type);
  if (const FactSet* const facts = unbounded_parts(evaluator, list)) {
    return evaluator.unknown(evaluator.merge(facts, evaluator.waits_for(operands[0])));
  }
  switch (kind) {
    case ValueKind::money:
      return money_total(evaluator, list, operands);
    case ValueKind::number:
      return double_total(evaluator, list, operands);
    case ValueKind::integer:
    case ValueKind::uinteger:
    case ValueKind::duration:
      return whole_total(evaluator, list, kind, operands);
    default:
      return detail::no_overload(evaluator, "sum", operands);
  }
}

Value min(Evaluator& evaluator, Operands operands) {
  return detail::extreme(evaluator, "min", operands, true);
}
Value max(Evaluator& evaluator, Operands operands) {
  return detail::extreme(evaluator, "max", operands, false);
}

/// Each value once, where it first stands. It certainly belongs if one of its kind does.
Value distinct(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list)) return detail::no_overload(evaluator, "distinct", operands);
  const ListData& list = *operands[0].list;
  Evaluator::State& state = evaluator.state();
  const detail::Scratch scratch(state);
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    if (!item.is_whole()) return evaluator.unknown(evaluator.waits_for(operands[0]));
    if (!state.spend(scratch.values().size() / 4 + 1)) return state.limit_error;
    const FactSet* const possible = list.possible_at(index);
    const std::size_t base = state.values.size() - scratch.values().size();
    std::size_t at = base;
    Value same = Value::of(false);
    for (; at < state.values.size(); ++at) {
      same = detail::equals(evaluator, state.values[at], item);
      if (!same.is_false()) break;
    }
    if (same.is(ValueKind::unknown)) {  // money without a rate
      return evaluator.unknown(evaluator.merge(same.facts, evaluator.waits_for(operands[0])));
    }
    if (same.is(ValueKind::error)) return same;
    if (at == state.values.size()) {
      state.values.push_back(item);
      state.possible.push_back(possible);
    } else {
      const FactSet*& facts =
          state.possible[state.possible.size() - scratch.possible().size() + (at - base)];
      facts = facts == nullptr || possible == nullptr ? nullptr : evaluator.merge(facts, possible);
    }
  }
  Value result = evaluator.list(scratch.values(), scratch.possible(), list.more);
  if (result.is(ValueKind::list) && list.more != nullptr) {
    ListData data = *result.list;
    data.more_non_negative = list.more_non_negative;
    result.list = state.arena.make(data);
  }
  return result;
}

constexpr Builtin lists_table[] = {
    {"size",
     "list(A).size() -> int; string.size() -> int; map(A, B).size() -> int; bytes.size() -> int; "
     "(list(A)) -> int; (string) -> int; (map(A, B)) -> int; (bytes) -> int",
     size, Takes::ranges, "number of items, keys, code points or octets", Fails::never},
    {"sum",
     "list(int).sum() -> int; list(double).sum() -> double; list(money).sum() -> money; "
     "list(uint).sum() -> uint; list(duration).sum() -> duration",
     sum, Takes::ranges, "all items added up; money keeps one term for each currency and day",
     Fails::never},
    {"min",
     "list(int).min() -> int; list(double).min() -> double; list(money).min() -> money; "
     "list(date).min() -> date; list(string).min() -> string; list(uint).min() -> uint; "
     "list(timestamp).min() -> timestamp; list(duration).min() -> duration",
     min, Takes::ranges, "the smallest item; an error if there is none", Fails::sometimes},
    {"max",
     "list(int).max() -> int; list(double).max() -> double; list(money).max() -> money; "
     "list(date).max() -> date; list(string).max() -> string; list(uint).max() -> uint; "
     "list(timestamp).max() -> timestamp; list(duration).max() -> duration",
     max, Takes::ranges, "the largest item; an error if there is none", Fails::sometimes},
    {"distinct", "list(A).distinct() -> list(A)", distinct, Takes::ranges,
     "the items without repetition, in the order of their first appearance", Fails::never},
};

}  // namespace

std::span<const Builtin> lists_builtins() {
  return lists_table;
}

}  // namespace eraudit
