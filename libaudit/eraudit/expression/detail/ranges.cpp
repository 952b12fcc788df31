#include "eraudit/expression/detail/ranges.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "eraudit/expression/detail/interval.hpp"
#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit::detail {
namespace {

template <class T>
unsigned order_of(T a, T b) {
  if (a < b) return is_less;
  return a == b ? is_equal : is_greater;
}

unsigned order_of_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return is_unordered;
  return order_of(a, b);
}

unsigned turned(unsigned order) {
  if (order == is_less) return is_greater;
  return order == is_greater ? is_less : order;
}

unsigned order_of_integer(std::int64_t a, double b) {
  if (std::isnan(b)) return is_unordered;
  if (b < -0x1p63) return is_greater;
  if (b > 0x1p63) return is_less;
  return order_of(static_cast<double>(a), b);
}

unsigned order_of_integer(std::uint64_t a, double b) {
  if (std::isnan(b)) return is_unordered;
  if (b < 0) return is_greater;
  if (b > 0x1p64) return is_less;
  return order_of(static_cast<double>(a), b);
}

unsigned order_of_integer(std::int64_t a, std::uint64_t b) {
  if (a < 0) return is_less;
  return order_of(static_cast<std::uint64_t>(a), b);
}

unsigned order_of_texts(std::string_view a, std::string_view b) {
  const int difference = a.compare(b);
  if (difference < 0) return is_less;
  return difference == 0 ? is_equal : is_greater;
}

bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::uinteger || kind == ValueKind::number;
}

unsigned order_of_numbers(const Value& a, const Value& b) {
  switch (a.kind) {
    case ValueKind::integer:
      return b.is(ValueKind::uinteger) ? order_of_integer(a.integer, b.uinteger)
                                       : order_of_integer(a.integer, b.number);
    case ValueKind::uinteger:
      return b.is(ValueKind::integer) ? turned(order_of_integer(b.integer, a.uinteger))
                                      : order_of_integer(a.uinteger, b.number);
    default:
      return turned(b.is(ValueKind::integer) ? order_of_integer(b.integer, a.number)
                                             : order_of_integer(b.uinteger, a.number));
  }
}

unsigned order_of_ranges(const Ends& a, const Ends& b) {
  const auto unbounded = [](const Value& end) { return end.is(ValueKind::null); };
  unsigned possible = 0;
  if (unbounded(a.low) || unbounded(b.high)) {
    possible |= is_less | is_equal;
  } else {
    const unsigned lowest = order(a.low, b.high);
    if ((lowest & (is_incomparable | is_unordered)) != 0) return lowest;
    if (lowest == is_less) possible |= is_less | is_equal;
    if (lowest == is_equal) possible |= is_equal;
  }
  if (unbounded(a.high) || unbounded(b.low)) {
    possible |= is_greater;
  } else {
    const unsigned highest = order(a.high, b.low);
    if ((highest & (is_incomparable | is_unordered)) != 0) return highest;
    if (highest == is_greater) possible |= is_greater;
    if (highest == is_less) possible &= ~unsigned{is_equal};
  }
  return possible;
}

}  // namespace

unsigned order(const Value& a, const Value& b) {
  if (a.kind != b.kind) {
    return is_number(a.kind) && is_number(b.kind) ? order_of_numbers(a, b) : is_incomparable;
  }
  switch (a.kind) {
    case ValueKind::boolean:
      return order_of(int{a.boolean}, int{b.boolean});
    case ValueKind::integer:
    case ValueKind::duration:
    case ValueKind::date:
      return order_of(a.integer, b.integer);
    case ValueKind::uinteger:
      return order_of(a.uinteger, b.uinteger);
    case ValueKind::number:
      return order_of_doubles(a.number, b.number);
    case ValueKind::text:
    case ValueKind::bytes:
      return order_of_texts(a.as_text(), b.as_text());
    case ValueKind::timestamp:
      return a.integer == b.integer ? order_of(a.size, b.size) : order_of(a.integer, b.integer);
    default:
      return is_incomparable;
  }
}

Ends ends_of(const Value& value) {
  if (value.is(ValueKind::range)) return {value.range->low, value.range->high, value.range->facts};
  return {value, value, nullptr};
}

namespace {

/// Steps that comparing two texts takes; none for short ones.
std::uint64_t steps_to_compare(const Value& a, const Value& b) {
  const bool texts = (a.is(ValueKind::text) || a.is(ValueKind::bytes)) && a.kind == b.kind;
  return texts ? std::min(a.size, b.size) / 64 : 0;
}

}  // namespace

Orders orders(Evaluator& evaluator, const Value& a, const Value& b) {
  if (const auto steps = steps_to_compare(a, b)) static_cast<void>(evaluator.state().spend(steps));
  if (is_money(a) || is_money(b)) return money_orders(evaluator, a, b);
  if (!a.is(ValueKind::range) && !b.is(ValueKind::range)) return {order(a, b), nullptr};
  const Ends x = ends_of(a);
  const Ends y = ends_of(b);
  const unsigned possible = order_of_ranges(x, y);
  return {possible, evaluator.merge(x.facts, y.facts)};
}

Value decide(Evaluator& evaluator, const Orders& orders, unsigned truths) {
  if ((orders.possible & ~truths) == 0) return Value::of(true);
  if ((orders.possible & truths) == 0) return Value::of(false);
  return evaluator.unknown(orders.facts);
}

bool equal(Evaluator& evaluator, const Value& a, const Value& b) {
  return equals(evaluator, a, b).is_true();
}

namespace {

Value equal_lists(Evaluator& evaluator, const ListData& a, const ListData& b) {
  if (a.items.size() != b.items.size()) return Value::of(false);
  const Descent down(evaluator.state(), 2 * a.items.size());
  if (!down) return Value::of(false);
  for (std::size_t index = 0; index < a.items.size(); ++index) {
    if (!equal(evaluator, a.items[index], b.items[index])) return Value::of(false);
  }
  return Value::of(true);
}

Value equal_maps(Evaluator& evaluator, const MapData& a, const MapData& b) {
  if (a.keys.size() != b.keys.size()) return Value::of(false);
  const Descent down(evaluator.state(), 2 * a.keys.size() * a.keys.size());
  if (!down) return Value::of(false);
  for (std::size_t index = 0; index < a.keys.size(); ++index) {
    bool found = false;
    for (std::size_t other = 0; other < b.keys.size() && !found; ++other) {
      found = equal(evaluator, a.keys[index], b.keys[other]) &&
              equal(evaluator, a.values[index], b.values[other]);
    }
    if (!found) return Value::of(false);
  }
  return Value::of(true);
}

Value equal_records(Evaluator& evaluator, const RecordData& a, const RecordData& b) {
  if (a.fields.size() != b.fields.size() || a.type->name() != b.type->name()) {
    return Value::of(false);
  }
  const Descent down(evaluator.state(), a.fields.size());
  if (!down) return Value::of(false);
  for (std::size_t index = 0; index < a.fields.size(); ++index) {
    if (!equal(evaluator, a.fields[index], b.fields[index])) return Value::of(false);
  }
  return Value::of(true);
}

}  // namespace

Value equals(Evaluator& evaluator, const Value& a, const Value& b) {
  if (a.is(ValueKind::range) || b.is(ValueKind::range) || is_money(a) || is_money(b)) {
    const Orders both = orders(evaluator, a, b);
    if ((both.possible & is_incomparable) != 0) return Value::of(false);
    return decide(evaluator, both, is_equal);
  }
  if (!a.is_whole() || !b.is_whole()) {
    if (a.kind != b.kind) return Value::of(false);
    return evaluator.unknown(evaluator.merge(evaluator.waits_for(a), evaluator.waits_for(b)));
  }
  if (a.kind != b.kind) return Value::of(order(a, b) == is_equal);
  switch (a.kind) {
    case ValueKind::null:
      return Value::of(true);
    case ValueKind::list:
      return equal_lists(evaluator, *a.list, *b.list);
    case ValueKind::map:
      return equal_maps(evaluator, *a.map, *b.map);
    case ValueKind::record:
      return equal_records(evaluator, *a.record, *b.record);
    case ValueKind::type:
      return Value::of(a.type->kind() == b.type->kind());
    case ValueKind::node:
    case ValueKind::edge:
      return Value::of(a.integer == b.integer);
    default:
      if (const auto steps = steps_to_compare(a, b)) {
        static_cast<void>(evaluator.state().spend(steps));
      }
      return Value::of(order(a, b) == is_equal);
  }
}

Value contained(Evaluator& evaluator, const Value& wanted, const ListData& list) {
  Evaluator::State& state = evaluator.state();
  if (!state.spend(list.items.size())) return state.limit_error;
  const FactSet* facts = list.more;
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Value& item = list.items[index];
    const FactSet* const possible = list.possible_at(index);
    if (item.is(ValueKind::unknown)) {
      facts = evaluator.merge(evaluator.merge(facts, item.facts), possible);
      continue;
    }
    const Value same = equals(evaluator, wanted, item);
    if (same.is_true()) {
      if (possible == nullptr) return same;
      facts = evaluator.merge(facts, possible);
    } else if (same.is(ValueKind::unknown)) {
      facts = evaluator.merge(evaluator.merge(facts, same.facts), possible);
    }
  }
  return facts == nullptr ? Value::of(false) : evaluator.unknown(facts);
}

bool not_negative(const Value& value) {
  switch (value.kind) {
    case ValueKind::integer:
    case ValueKind::money:
    case ValueKind::duration:
      return value.integer >= 0;
    case ValueKind::uinteger:
      return true;
    case ValueKind::number:
      return value.number >= 0;
    case ValueKind::unknown:
      return value.has(Value::non_negative);
    case ValueKind::range:
      return !value.range->low.is(ValueKind::null) && not_negative(value.range->low);
    case ValueKind::money_terms:
      return std::all_of(value.terms->terms.begin(), value.terms->terms.end(),
                         [](const Value& term) { return not_negative(term); });
    default:
      return false;
  }
}

bool not_negative(Evaluator& evaluator, const Value& value) {
  if (!value.is(ValueKind::list)) return not_negative(value);
  const ListData& list = *value.list;
  const Descent down(evaluator.state(), list.items.size());
  return down && list.whole == nullptr && (list.more == nullptr || list.more_non_negative) &&
         std::all_of(list.items.begin(), list.items.end(),
                     [&](const Value& item) { return not_negative(evaluator, item); });
}

const FactSet* sign_facts(Evaluator& evaluator, const Value& value) {
  const bool may_wait = value.is(ValueKind::range) || value.is(ValueKind::money_terms) ||
                        value.is(ValueKind::unknown);
  return may_wait && !not_negative(value) ? evaluator.waits_for(value) : nullptr;
}

bool not_zero(const Value& value) {
  const auto sign = [](const Value& end) {
    if (end.is(ValueKind::number)) return end.number > 0 ? 1 : (end.number < 0 ? -1 : 0);
    return end.integer > 0 ? 1 : (end.integer < 0 ? -1 : 0);
  };
  const auto counts = [](const Value& end) { return is_number(end.kind) || is_money(end); };
  if (value.is(ValueKind::range)) {
    const RangeData& range = *value.range;
    return (counts(range.low) && sign(range.low) > 0) ||
           (counts(range.high) && sign(range.high) < 0);
  }
  return (is_number(value.kind) || value.is(ValueKind::money)) && sign(value) != 0;
}

namespace {

/// What whole numbers stand for, and which are allowed.
struct WholeKind {
  ValueKind kind;
  std::int64_t unit = 1;  ///< of a duration that is added to days: nanoseconds
  Int128 least = std::numeric_limits<std::int64_t>::min();
  Int128 most = std::numeric_limits<std::int64_t>::max();
  std::string_view overflow = "integer overflow";
};

WholeEnd whole_end(const Value& end, int infinite, std::int64_t unit) {
  if (end.is(ValueKind::null)) return {infinite, 0};
  return {0, end.integer / unit};
}

Interval<WholeEnd> whole_interval(const Ends& ends, std::int64_t unit) {
  return {whole_end(ends.low, -1, unit), whole_end(ends.high, 1, unit)};
}

Value to_value(const WholeEnd& end, ValueKind kind) {
  if (end.infinite != 0) return Value::null();
  Value value = Value::make(kind);
  value.integer = static_cast<std::int64_t>(end.value);
  return value;
}

Value whole_result(Evaluator& evaluator, const Interval<WholeEnd>& interval, const WholeKind& kind,
                   const FactSet* facts) {
  const WholeEnd least{0, kind.least};
  const WholeEnd most{0, kind.most};
  if (most < interval.low || interval.high < least) return evaluator.error(kind.overflow);
  const bool low_fits = interval.low.infinite != 0 || !(interval.low < least);
  const bool high_fits = interval.high.infinite != 0 || !(most < interval.high);
  if (!low_fits || !high_fits) return evaluator.unknown(facts, Value::may_fail);
  return evaluator.range(to_value(interval.low, kind.kind), to_value(interval.high, kind.kind),
                         facts);
}

Value on_whole(Evaluator& evaluator, Arithmetic operation, const Interval<WholeEnd>& a,
               const Interval<WholeEnd>& b, const WholeKind& kind, const FactSet* facts) {
  switch (operation) {
    case Arithmetic::add:
      return whole_result(evaluator, {plus(a.low, b.low), plus(a.high, b.high)}, kind, facts);
    case Arithmetic::subtract:
      return whole_result(evaluator, {plus(a.low, minus(b.high)), plus(a.high, minus(b.low))}, kind,
                          facts);
    case Arithmetic::multiply:
      return whole_result(evaluator, corners(a, b, times), kind, facts);
    case Arithmetic::divide:
      if (sign_of(b.low) <= 0 && sign_of(b.high) >= 0) {
        return evaluator.unknown(facts, Value::may_fail);
      }
      return whole_result(evaluator, corners(a, b, over), kind, facts);
  }
  return Value::null();
}

Interval<double> double_interval(const Ends& ends) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {ends.low.is(ValueKind::null) ? -infinity : ends.low.number,
          ends.high.is(ValueKind::null) ? infinity : ends.high.number};
}

/// An end that is infinite itself, not one that nobody knows.
bool is_infinite(const Ends& ends) {
  const auto infinite = [](const Value& end) {
    return end.is(ValueKind::number) && std::isinf(end.number);
  };
  return infinite(ends.low) || infinite(ends.high);
}

bool unbounded(const Interval<double>& interval) {
  return std::isinf(interval.low) || std::isinf(interval.high);
}

bool holds_zero(const Interval<double>& interval) {
  return interval.low <= 0 && interval.high >= 0;
}

/// Whether the operation may meet infinity times zero or infinity by infinity, which are no number.
bool may_be_no_number(Arithmetic operation, const Ends& a, const Ends& b) {
  const bool infinite_a = is_infinite(a);
  const bool infinite_b = is_infinite(b);
  if (!infinite_a && !infinite_b) return false;
  const Interval<double> x = double_interval(a);
  const Interval<double> y = double_interval(b);
  switch (operation) {
    case Arithmetic::multiply:
      return (infinite_a && holds_zero(y)) || (infinite_b && holds_zero(x));
    case Arithmetic::divide:
      return (infinite_a && unbounded(y)) || (infinite_b && unbounded(x));
    default:
      return false;  // what is no number shows in an end
  }
}

double product(double a, double b) {
  const bool zero = a == 0 || b == 0;
  return zero && (std::isinf(a) || std::isinf(b)) ? 0.0 : a * b;
}

Value on_doubles(Evaluator& evaluator, Arithmetic operation, const Interval<double>& a,
                 const Interval<double>& b, const FactSet* facts) {
  Interval<double> result{};
  switch (operation) {
    case Arithmetic::add:
      result = {a.low + b.low, a.high + b.high};
      break;
    case Arithmetic::subtract:
      result = {a.low - b.high, a.high - b.low};
      break;
    case Arithmetic::multiply:
      result = corners(a, b, product);
      break;
    case Arithmetic::divide:
      if (b.low <= 0 && b.high >= 0) return evaluator.unknown(facts);
      result = corners(a, b, [](double x, double y) { return std::isinf(y) ? 0.0 : x / y; });
      break;
  }
  if (std::isnan(result.low) || std::isnan(result.high)) return evaluator.unknown(facts);
  return evaluator.range(std::isinf(result.low) ? Value::null() : Value::of(result.low),
                         std::isinf(result.high) ? Value::null() : Value::of(result.high), facts);
}

ValueKind kind_of(const Ends& ends) {
  return ends.low.is(ValueKind::null) ? ends.high.kind : ends.low.kind;
}

bool whole_days(const Value& end) {
  return end.is(ValueKind::null) || end.integer % nanoseconds_per_day == 0;
}

}  // namespace

Value on_ranges(Evaluator& evaluator, Arithmetic operation, const Value& a, const Value& b) {
  const Ends x = ends_of(a);
  const Ends y = ends_of(b);
  const FactSet* const facts = evaluator.merge(x.facts, y.facts);
  const ValueKind left = kind_of(x);
  const ValueKind right = kind_of(y);
  const auto whole = [&](std::int64_t unit_a, std::int64_t unit_b, const WholeKind& kind) {
    return on_whole(evaluator, operation, whole_interval(x, unit_a), whole_interval(y, unit_b),
                    kind, facts);
  };
  if (left == right) {
    if (left == ValueKind::integer) return whole(1, 1, {.kind = ValueKind::integer});
    if (left == ValueKind::number) {
      if (may_be_no_number(operation, x, y)) return evaluator.unknown(facts);
      return on_doubles(evaluator, operation, double_interval(x), double_interval(y), facts);
    }
    if (left == ValueKind::date && operation == Arithmetic::subtract) {
      return whole(1, 1, {.kind = ValueKind::integer});
    }
    if (left == ValueKind::duration && operation <= Arithmetic::subtract) {
      return whole(1, 1, {.kind = ValueKind::duration, .overflow = "duration out of range"});
    }
  }
  const bool left_date =
      left == ValueKind::date && right == ValueKind::duration && operation <= Arithmetic::subtract;
  const bool right_date =
      left == ValueKind::duration && right == ValueKind::date && operation == Arithmetic::add;
  if (left_date || right_date) {
    const Ends& duration = left_date ? y : x;
    if (!whole_days(duration.low) || !whole_days(duration.high)) {
      return evaluator.error("only whole days can be added to a date");
    }
    return whole(left_date ? 1 : nanoseconds_per_day, left_date ? nanoseconds_per_day : 1,
                 {.kind = ValueKind::date,
                  .least = first_date.days,
                  .most = last_date.days,
                  .overflow = "the date is outside the years 1 to 9999"});
  }
  static constexpr std::string_view names[] = {"_+_", "_-_", "_*_", "_/_"};
  const Value operands[] = {a, b};
  return no_overload(evaluator, names[static_cast<std::size_t>(operation)], operands);
}

}  // namespace eraudit::detail
