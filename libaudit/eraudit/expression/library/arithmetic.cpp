// `+ - * / %` and the sign.

#include <algorithm>
#include <limits>

#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::Arithmetic;
using detail::is_money;
using detail::nanoseconds_per_day;
using detail::nanoseconds_per_second;
using detail::no_overload;
using Operands = std::span<const Value>;

constexpr std::string_view overflow = "integer overflow";
constexpr std::string_view too_long = "duration out of range";

bool both(Operands operands, ValueKind kind) {
  return operands[0].is(kind) && operands[1].is(kind);
}

bool kinds(Operands operands, ValueKind first, ValueKind second) {
  return operands[0].is(first) && operands[1].is(second);
}

bool any_range(Operands operands) {
  return std::any_of(operands.begin(), operands.end(),
                     [](const Value& value) { return value.is(ValueKind::range); });
}

Value duration_of(std::int64_t nanoseconds) {
  Value value = Value::make(ValueKind::duration);
  value.integer = nanoseconds;
  return value;
}

/// `instant + nanoseconds`, or an error.
Value shifted_timestamp(Evaluator& evaluator, const Value& instant, detail::Int128 nanoseconds) {
  const detail::Int128 total =
      detail::Int128{instant.integer} * nanoseconds_per_second + instant.size + nanoseconds;
  detail::Int128 seconds = total / nanoseconds_per_second;
  detail::Int128 rest = total % nanoseconds_per_second;
  if (rest < 0) {
    rest += nanoseconds_per_second;
    --seconds;
  }
  if (seconds < detail::first_second || seconds > detail::last_second) {
    return evaluator.error("the timestamp is outside the years 1 to 9999");
  }
  Value value = Value::make(ValueKind::timestamp);
  value.integer = static_cast<std::int64_t>(seconds);
  value.size = static_cast<std::uint32_t>(rest);
  return value;
}

Value shifted_date(Evaluator& evaluator, const Value& date, const Value& duration, int sign) {
  if (duration.integer % nanoseconds_per_day != 0) {
    return evaluator.error("only whole days can be added to a date");
  }
  const auto shifted = add_days(date.as_date(), sign * (duration.integer / nanoseconds_per_day));
  if (!shifted) return evaluator.error("the date is outside the years 1 to 9999");
  return Value::of(*shifted);
}

Value concatenated(Evaluator& evaluator, const Value& a, const Value& b) {
  Evaluator::State& state = evaluator.state();
  const std::size_t size = std::size_t{a.size} + b.size;
  if (!state.reserve(size) || size > UINT32_MAX) return state.limit_error;
  if (!state.spend(size / 16)) return state.limit_error;
  const std::span<char> characters = state.arena.array<char>(size);
  std::copy_n(a.characters, a.size, characters.begin());
  std::copy_n(b.characters, b.size, characters.begin() + a.size);
  Value value = Value::make(a.kind);
  value.size = static_cast<std::uint32_t>(size);
  value.characters = characters.data();
  return value;
}

/// Parts stay what they are: certain, possible, or still to come.
Value joined_lists(Evaluator& evaluator, const ListData& a, const ListData& b) {
  Evaluator::State& state = evaluator.state();
  const std::size_t count = a.items.size() + b.items.size();
  if (!state.reserve(count * sizeof(Value))) return state.limit_error;
  if (!state.spend(count / 8)) return state.limit_error;
  const std::span<Value> items = state.arena.array<Value>(count);
  std::copy(a.items.begin(), a.items.end(), items.begin());
  std::copy(b.items.begin(), b.items.end(),
            items.begin() + static_cast<std::ptrdiff_t>(a.items.size()));
  ListData data;
  data.items = items;
  if (!a.possible.empty() || !b.possible.empty()) {
    const auto possible = state.arena.array<const FactSet*>(count);
    for (std::size_t index = 0; index < count; ++index) {
      possible[index] =
          index < a.items.size() ? a.possible_at(index) : b.possible_at(index - a.items.size());
    }
    data.possible = possible;
  }
  data.more = evaluator.merge(a.more, b.more);
  data.more_non_negative =
      (a.more == nullptr || a.more_non_negative) && (b.more == nullptr || b.more_non_negative);
  Value value = Value::make(ValueKind::list);
  value.list = state.arena.make(data);
  const bool waits =
      data.partial() ||
      std::any_of(items.begin(), items.end(), [](const Value& item) { return !item.is_whole(); });
  if (waits) value.flags = Value::waits;
  return value;
}

Value plus(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (both(operands, ValueKind::integer)) {
    Value sum = Value::of(std::int64_t{0});
    if (__builtin_add_overflow(a.integer, b.integer, &sum.integer)) {
      return evaluator.error(overflow);
    }
    return sum;
  }
  if (both(operands, ValueKind::number)) return Value::of(a.number + b.number);
  if (both(operands, ValueKind::text) || both(operands, ValueKind::bytes)) {
    return concatenated(evaluator, a, b);
  }
  if (is_money(a) && is_money(b)) return detail::money_sum(evaluator, a, b);
  if (any_range(operands)) return detail::on_ranges(evaluator, Arithmetic::add, a, b);
  if (both(operands, ValueKind::list)) return joined_lists(evaluator, *a.list, *b.list);
  if (both(operands, ValueKind::uinteger)) {
    Value sum = Value::of(std::uint64_t{0});
    if (__builtin_add_overflow(a.uinteger, b.uinteger, &sum.uinteger)) {
      return evaluator.error(overflow);
    }
    return sum;
  }
  if (kinds(operands, ValueKind::date, ValueKind::duration))
    return shifted_date(evaluator, a, b, 1);
  if (kinds(operands, ValueKind::duration, ValueKind::date))
    return shifted_date(evaluator, b, a, 1);
  if (kinds(operands, ValueKind::timestamp, ValueKind::duration)) {
    return shifted_timestamp(evaluator, a, b.integer);
  }
  if (kinds(operands, ValueKind::duration, ValueKind::timestamp)) {
    return shifted_timestamp(evaluator, b, a.integer);
  }
  if (both(operands, ValueKind::duration)) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.integer, b.integer, &sum)) return evaluator.error(too_long);
    return duration_of(sum);
  }
  return no_overload(evaluator, "_+_", operands);
}

Value between_timestamps(Evaluator& evaluator, const Value& a, const Value& b) {
  const detail::Int128 difference = detail::Int128{a.integer - b.integer} * nanoseconds_per_second +
                                    (std::int64_t{a.size} - std::int64_t{b.size});
  if (difference > INT64_MAX || difference < INT64_MIN) return evaluator.error(too_long);
  return duration_of(static_cast<std::int64_t>(difference));
}

Value minus(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (both(operands, ValueKind::integer)) {
    Value difference = Value::of(std::int64_t{0});
    if (__builtin_sub_overflow(a.integer, b.integer, &difference.integer)) {
      return evaluator.error(overflow);
    }
    return difference;
  }
  if (both(operands, ValueKind::number)) return Value::of(a.number - b.number);
  if (is_money(a) && is_money(b)) return detail::money_difference(evaluator, a, b);
  if (any_range(operands)) return detail::on_ranges(evaluator, Arithmetic::subtract, a, b);
  if (both(operands, ValueKind::date)) return Value::of(a.integer - b.integer);
  if (kinds(operands, ValueKind::date, ValueKind::duration)) {
    return shifted_date(evaluator, a, b, -1);
  }
  if (both(operands, ValueKind::uinteger)) {
    Value difference = Value::of(std::uint64_t{0});
    if (__builtin_sub_overflow(a.uinteger, b.uinteger, &difference.uinteger)) {
      return evaluator.error(overflow);
    }
    return difference;
  }
  if (both(operands, ValueKind::timestamp)) return between_timestamps(evaluator, a, b);
  if (kinds(operands, ValueKind::timestamp, ValueKind::duration)) {
    return shifted_timestamp(evaluator, a, -detail::Int128{b.integer});
  }
  if (both(operands, ValueKind::duration)) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.integer, b.integer, &difference)) return evaluator.error(too_long);
    return duration_of(difference);
  }
  return no_overload(evaluator, "_-_", operands);
}

bool is_factor(const Value& value) {
  const Value& end = value.is(ValueKind::range) && value.range->low.is(ValueKind::null)
                         ? value.range->high
                         : (value.is(ValueKind::range) ? value.range->low : value);
  return end.is(ValueKind::integer) || end.is(ValueKind::number);
}

Value times(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (both(operands, ValueKind::integer)) {
    Value product = Value::of(std::int64_t{0});
    if (__builtin_mul_overflow(a.integer, b.integer, &product.integer)) {
      return evaluator.error(overflow);
    }
    return product;
  }
  if (both(operands, ValueKind::number)) return Value::of(a.number * b.number);
  if (is_money(a) && is_factor(b)) return detail::money_product(evaluator, a, b);
  if (is_factor(a) && is_money(b)) return detail::money_product(evaluator, b, a);
  if (any_range(operands)) return detail::on_ranges(evaluator, Arithmetic::multiply, a, b);
  if (both(operands, ValueKind::uinteger)) {
    Value product = Value::of(std::uint64_t{0});
    if (__builtin_mul_overflow(a.uinteger, b.uinteger, &product.uinteger)) {
      return evaluator.error(overflow);
    }
    return product;
  }
  return no_overload(evaluator, "_*_", operands);
}

Value over(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (both(operands, ValueKind::integer)) {
    if (b.integer == 0) return evaluator.error("division by zero");
    if (b.integer == -1 && a.integer == std::numeric_limits<std::int64_t>::min()) {
      return evaluator.error(overflow);
    }
    return Value::of(a.integer / b.integer);
  }
  if (both(operands, ValueKind::number)) return Value::of(a.number / b.number);
  if (is_money(a) && is_money(b)) return detail::money_ratio(evaluator, a, b);
  if (is_money(a) && detail::kind_name(b) == "int") return detail::money_share(evaluator, a, b);
  if (any_range(operands)) {
    if (b.is(ValueKind::integer) && b.integer == 0) return evaluator.error("division by zero");
    return detail::on_ranges(evaluator, Arithmetic::divide, a, b);
  }
  if (both(operands, ValueKind::uinteger)) {
    if (b.uinteger == 0) return evaluator.error("division by zero");
    return Value::of(a.uinteger / b.uinteger);
  }
  return no_overload(evaluator, "_/_", operands);
}

Value remainder(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (both(operands, ValueKind::integer)) {
    if (b.integer == 0) return evaluator.error("modulus by zero");
    if (b.integer == -1) {
      if (a.integer == std::numeric_limits<std::int64_t>::min()) return evaluator.error(overflow);
      return Value::of(std::int64_t{0});
    }
    return Value::of(a.integer % b.integer);
  }
  if (both(operands, ValueKind::uinteger)) {
    if (b.uinteger == 0) return evaluator.error("modulus by zero");
    return Value::of(a.uinteger % b.uinteger);
  }
  return no_overload(evaluator, "_%_", operands);
}

Value negative(Evaluator& evaluator, Operands operands) {
  const Value& a = operands[0];
  if (a.is(ValueKind::integer)) {
    if (a.integer == std::numeric_limits<std::int64_t>::min()) return evaluator.error(overflow);
    return Value::of(-a.integer);
  }
  if (a.is(ValueKind::number)) return Value::of(-a.number);
  if (is_money(a)) return detail::money_product(evaluator, a, Value::of(std::int64_t{-1}));
  if (a.is(ValueKind::range)) {
    const bool whole = detail::kind_name(a) == "int";
    return detail::on_ranges(evaluator, Arithmetic::multiply, a,
                             whole ? Value::of(std::int64_t{-1}) : Value::of(-1.0));
  }
  return no_overload(evaluator, "-_", operands);
}

constexpr Builtin arithmetic_table[] = {
    {"_+_",
     "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double; "
     "(string, string) -> string; (bytes, bytes) -> bytes; (list(A), list(A)) -> list(A); "
     "(money, money) -> money; (date, duration) -> date; (duration, date) -> date; "
     "(timestamp, duration) -> timestamp; (duration, timestamp) -> timestamp; "
     "(duration, duration) -> duration",
     plus, Takes::ranges, "sum; texts and lists one after the other", Fails::never},
    {"_-_",
     "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double; "
     "(money, money) -> money; (date, date) -> int; (date, duration) -> date; "
     "(timestamp, timestamp) -> duration; (timestamp, duration) -> timestamp; "
     "(duration, duration) -> duration",
     minus, Takes::ranges, "difference; between two dates: in days", Fails::never},
    {"_*_",
     "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double; (money, int) -> money; "
     "(int, money) -> money; (money, double) -> money; (double, money) -> money",
     times, Takes::ranges, "product; money is rounded half to even", Fails::never},
    {"_/_",
     "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double; (money, int) -> money; "
     "(money, money) -> double",
     over, Takes::ranges, "quotient; of whole numbers toward zero; of money a ratio",
     Fails::on_zero},
    {"_%_", "(int, int) -> int; (uint, uint) -> uint", remainder, Takes::values,
     "remainder, with the sign of the dividend", Fails::on_zero},
    {"-_", "(int) -> int; (double) -> double; (money) -> money", negative, Takes::ranges,
     "the other sign", Fails::never},
};

}  // namespace

std::span<const Builtin> arithmetic_builtins() {
  return arithmetic_table;
}

}  // namespace eraudit
