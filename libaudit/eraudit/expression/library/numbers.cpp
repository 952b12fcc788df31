// `abs`, under its name here and under that of the CEL extension, `math.abs`.

#include <cmath>
#include <limits>

#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using Operands = std::span<const Value>;

Value negated(Evaluator& evaluator, const Value& value) {
  if (value.is(ValueKind::integer)) {
    if (value.integer == std::numeric_limits<std::int64_t>::min()) {
      return evaluator.error("integer overflow");
    }
    return Value::of(-value.integer);
  }
  if (value.is(ValueKind::number)) return Value::of(-value.number);
  Value negative = value;
  negative.integer = -value.integer;
  return negative;
}

bool is_negative(const Value& value) {
  return value.is(ValueKind::number) ? std::signbit(value.number) : value.integer < 0;
}

bool is_counted(const Value& value) {
  return value.is(ValueKind::integer) || value.is(ValueKind::number) || value.is(ValueKind::money);
}

/// The sign of a mixed sum may hang on the day: that stays unknown.
Value absolute(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::uinteger)) return value;
  if (is_counted(value)) return is_negative(value) ? negated(evaluator, value) : value;
  if (value.is(ValueKind::money_terms) && !value.is_whole()) {
    return evaluator.unknown(evaluator.waits_for(value), Value::non_negative);
  }
  if (!value.is(ValueKind::range)) return detail::no_overload(evaluator, "abs", operands);
  const auto [low, high, facts] = detail::ends_of(value);
  const Value& any = low.is(ValueKind::null) ? high : low;
  if (!is_counted(any)) return detail::no_overload(evaluator, "abs", operands);
  if (!low.is(ValueKind::null) && !is_negative(low)) return value;
  const Value turned_low = high.is(ValueKind::null) ? high : negated(evaluator, high);
  const Value turned_high = low.is(ValueKind::null) ? low : negated(evaluator, low);
  if (turned_high.is(ValueKind::error)) return evaluator.unknown(facts, Value::may_fail);
  if (!high.is(ValueKind::null) && is_negative(high)) {
    return evaluator.range(turned_low, turned_high, facts);
  }
  Value zero = any;  // the range goes through zero
  zero.integer = 0;
  Value most = turned_high;
  if (!most.is(ValueKind::null) && !high.is(ValueKind::null)) {
    const bool larger =
        any.is(ValueKind::number) ? high.number > most.number : high.integer > most.integer;
    if (larger) most = high;
  } else {
    most = Value::null();
  }
  return evaluator.range(zero, most, facts);
}

constexpr std::string_view signatures =
    "(int) -> int; (double) -> double; (money) -> money; (uint) -> uint";

constexpr Builtin numbers_table[] = {
    {"abs", signatures, absolute, Takes::ranges, "without its sign", Fails::never},
    {"math.abs", signatures, absolute, Takes::ranges, "the same as `abs`", Fails::never},
};

}  // namespace

std::span<const Builtin> numbers_builtins() {
  return numbers_table;
}

}  // namespace eraudit
