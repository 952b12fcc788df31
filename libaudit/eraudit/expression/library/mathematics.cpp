// `math.greatest math.least math.ceil math.floor math.round math.trunc math.sign math.sqrt
// math.isNaN math.isInf math.isFinite math.bitAnd ...`; `math.abs` stands beside `abs`.
//
// What keeps the order of numbers is applied to both ends of a range.

#include <algorithm>
#include <cmath>

#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/extreme.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::no_overload;
using Operands = std::span<const Value>;

bool is_plain_number(const Value& value) {
  return value.is(ValueKind::integer) || value.is(ValueKind::uinteger) ||
         value.is(ValueKind::number);
}

/// The kind of a number or of the ends of a range of numbers; null of anything else.
ValueKind number_kind(const Value& value) {
  const detail::Ends ends = detail::ends_of(value);
  const Value& end = ends.low.is(ValueKind::null) ? ends.high : ends.low;
  return is_plain_number(end) ? end.kind : ValueKind::null;
}

/// Of a list of numbers, or of the operands themselves.
Value extreme(Evaluator& evaluator, std::string_view name, Operands operands, bool smallest) {
  Value list = operands[0];
  if (operands.size() > 1 || !list.is(ValueKind::list)) list = evaluator.list(operands);
  if (!list.is(ValueKind::list)) return list;
  ValueKind kind = ValueKind::null;
  bool mixed = false;
  for (const Value& item : list.list->items) {
    if (item.is(ValueKind::unknown)) continue;
    const ValueKind one = number_kind(item);
    if (one == ValueKind::null) return no_overload(evaluator, name, operands);
    mixed = mixed || (kind != ValueKind::null && one != kind);
    kind = one;
  }
  // The ends of a range are of one kind, so int and double cannot make one.
  if (mixed && !list.is_whole()) return evaluator.unknown(evaluator.waits_for(list));
  return detail::extreme(evaluator, name, {&list, 1}, smallest);
}

Value greatest(Evaluator& evaluator, Operands operands) {
  return extreme(evaluator, "math.greatest", operands, false);
}
Value least(Evaluator& evaluator, Operands operands) {
  return extreme(evaluator, "math.least", operands, true);
}

/// A function of doubles that keeps their order.
template <class Function>
Value rounded(Evaluator& evaluator, std::string_view name, const Value& value,
              const Function& function) {
  if (value.is(ValueKind::number)) return Value::of(function(value.number));
  if (value.is(ValueKind::range)) {
    return detail::on_ends(evaluator, value, [&](const Value& end) {
      return rounded(evaluator, name, end, function);
    });
  }
  return no_overload(evaluator, name, {&value, 1});
}

Value ceil(Evaluator& evaluator, Operands operands) {
  return rounded(evaluator, "math.ceil", operands[0], [](double x) { return std::ceil(x); });
}
Value floor(Evaluator& evaluator, Operands operands) {
  return rounded(evaluator, "math.floor", operands[0], [](double x) { return std::floor(x); });
}
Value round(Evaluator& evaluator, Operands operands) {
  return rounded(evaluator, "math.round", operands[0], [](double x) { return std::round(x); });
}
Value trunc(Evaluator& evaluator, Operands operands) {
  return rounded(evaluator, "math.trunc", operands[0], [](double x) { return std::trunc(x); });
}

Value sign(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::integer:
      return Value::of(std::int64_t{value.integer > 0} - std::int64_t{value.integer < 0});
    case ValueKind::uinteger:
      return Value::of(std::uint64_t{value.uinteger > 0});
    case ValueKind::number:
      if (std::isnan(value.number)) return value;
      return Value::of(static_cast<double>(int{value.number > 0} - int{value.number < 0}));
    case ValueKind::range: {
      // A range without an end has the sign that this leaves.
      const detail::Ends ends = detail::ends_of(value);
      const auto end = [&](const Value& at, const Value& other, int open) {
        if (!at.is(ValueKind::null)) return sign(evaluator, {&at, 1});
        return other.is(ValueKind::number) ? Value::of(static_cast<double>(open))
                                           : Value::of(std::int64_t{open});
      };
      const Value low = end(ends.low, ends.high, -1);
      const Value high = end(ends.high, ends.low, 1);
      if (low.is(ValueKind::error)) return low;
      if (high.is(ValueKind::error)) return high;
      return evaluator.range(low, high, ends.facts);
    }
    default:
      return no_overload(evaluator, "math.sign", operands);
  }
}

double to_double(const Value& value) {
  if (value.is(ValueKind::integer)) return static_cast<double>(value.integer);
  if (value.is(ValueKind::uinteger)) return static_cast<double>(value.uinteger);
  return value.number;
}

Value square_root(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (is_plain_number(value)) return Value::of(std::sqrt(to_double(value)));
  if (!value.is(ValueKind::range)) return no_overload(evaluator, "math.sqrt", operands);
  if (!detail::not_negative(value)) return evaluator.unknown(value.range->facts);
  return detail::on_ends(evaluator, value, [&](const Value& end) {
    return square_root(evaluator, {&end, 1});
  });
}

template <class Test>
Value tested(Evaluator& evaluator, std::string_view name, Operands operands, const Test& test) {
  if (!operands[0].is(ValueKind::number)) return no_overload(evaluator, name, operands);
  return Value::of(bool{test(operands[0].number)});
}

Value is_nan(Evaluator& evaluator, Operands operands) {
  return tested(evaluator, "math.isNaN", operands, [](double x) { return std::isnan(x); });
}
Value is_infinite(Evaluator& evaluator, Operands operands) {
  return tested(evaluator, "math.isInf", operands, [](double x) { return std::isinf(x); });
}
Value is_finite(Evaluator& evaluator, Operands operands) {
  return tested(evaluator, "math.isFinite", operands, [](double x) { return std::isfinite(x); });
}

/// Of two whole numbers of one kind, bit by bit.
template <class Operation>
Value bitwise(Evaluator& evaluator, std::string_view name, Operands operands,
              const Operation& operation) {
  const Value& a = operands[0];
  const Value& b = operands[operands.size() - 1];
  if (a.kind != b.kind || (!a.is(ValueKind::integer) && !a.is(ValueKind::uinteger))) {
    return no_overload(evaluator, name, operands);
  }
  // Both kinds keep their 64 bits in the same place.
  const auto x = static_cast<std::uint64_t>(a.integer);
  const auto y = static_cast<std::uint64_t>(b.integer);
  Value result = a;
  result.integer = static_cast<std::int64_t>(operation(x, y));
  return result;
}

Value bit_and(Evaluator& evaluator, Operands operands) {
  return bitwise(evaluator, "math.bitAnd", operands,
                 [](std::uint64_t x, std::uint64_t y) { return x & y; });
}
Value bit_or(Evaluator& evaluator, Operands operands) {
  return bitwise(evaluator, "math.bitOr", operands,
                 [](std::uint64_t x, std::uint64_t y) { return x | y; });
}
Value bit_xor(Evaluator& evaluator, Operands operands) {
  return bitwise(evaluator, "math.bitXor", operands,
                 [](std::uint64_t x, std::uint64_t y) { return x ^ y; });
}
Value bit_not(Evaluator& evaluator, Operands operands) {
  return bitwise(evaluator, "math.bitNot", operands,
                 [](std::uint64_t x, std::uint64_t) { return ~x; });
}

/// Zeros come in on either side; all bits are gone after 64 places.
Value shifted(Evaluator& evaluator, std::string_view name, Operands operands, bool left) {
  const Value& number = operands[0];
  const Value& places = operands[1];
  const bool whole = number.is(ValueKind::integer) || number.is(ValueKind::uinteger);
  if (!whole || !places.is(ValueKind::integer)) return no_overload(evaluator, name, operands);
  if (places.integer < 0) return evaluator.error("bits are shifted by a number from 0 upwards");
  const auto bits = static_cast<std::uint64_t>(number.integer);
  std::uint64_t moved = 0;
  if (places.integer < 64) moved = left ? bits << places.integer : bits >> places.integer;
  Value result = number;
  result.integer = static_cast<std::int64_t>(moved);
  return result;
}

Value shift_left(Evaluator& evaluator, Operands operands) {
  return shifted(evaluator, "math.bitShiftLeft", operands, true);
}
Value shift_right(Evaluator& evaluator, Operands operands) {
  return shifted(evaluator, "math.bitShiftRight", operands, false);
}

constexpr std::string_view extremes =
    "(int) -> int; (uint) -> uint; (double) -> double; (int, int) -> int; (uint, uint) -> uint; "
    "(double, double) -> double; (dyn, dyn) -> dyn; (list(int)) -> int; (list(uint)) -> uint; "
    "(list(double)) -> double; (list(dyn)) -> dyn";
constexpr std::string_view of_double = "(double) -> double";
constexpr std::string_view test_of_double = "(double) -> bool";
constexpr std::string_view of_two_wholes = "(int, int) -> int; (uint, uint) -> uint";
constexpr std::string_view shift = "(int, int) -> int; (uint, int) -> uint";

constexpr Builtin mathematics_table[] = {
    {"math.greatest", extremes, greatest, Takes::ranges,
     "the largest of its numbers, however many, or of a list of numbers", Fails::sometimes},
    {"math.least", extremes, least, Takes::ranges,
     "the smallest of its numbers, however many, or of a list of numbers", Fails::sometimes},
    {"math.ceil", of_double, ceil, Takes::ranges, "the next whole number upwards", Fails::never},
    {"math.floor", of_double, floor, Takes::ranges, "the next whole number downwards",
     Fails::never},
    {"math.round", of_double, round, Takes::ranges,
     "the nearest whole number; of two the one away from zero", Fails::never},
    {"math.trunc", of_double, trunc, Takes::ranges, "without what stands after the point",
     Fails::never},
    {"math.sign", "(int) -> int; (double) -> double; (uint) -> uint", sign, Takes::ranges,
     "-1, 0 or 1", Fails::never},
    {"math.sqrt", "(double) -> double; (int) -> double; (uint) -> double", square_root,
     Takes::ranges, "the square root; of a negative number no number (NaN)", Fails::never},
    {"math.isNaN", test_of_double, is_nan, Takes::values,
     "whether it is no number, as 0.0 / 0.0 is none", Fails::never},
    {"math.isInf", test_of_double, is_infinite, Takes::values, "whether it is infinite",
     Fails::never},
    {"math.isFinite", test_of_double, is_finite, Takes::values,
     "whether it is neither infinite nor no number", Fails::never},
    {"math.bitAnd", of_two_wholes, bit_and, Takes::values, "the bits that both have", Fails::never},
    {"math.bitOr", of_two_wholes, bit_or, Takes::values, "the bits that either has", Fails::never},
    {"math.bitXor", of_two_wholes, bit_xor, Takes::values, "the bits that one of them has",
     Fails::never},
    {"math.bitNot", "(int) -> int; (uint) -> uint", bit_not, Takes::values,
     "every bit turned into the other", Fails::never},
    {"math.bitShiftLeft", shift, shift_left, Takes::values,
     "the bits moved to the left, zeros after them"},
    {"math.bitShiftRight", shift, shift_right, Takes::values,
     "the bits moved to the right, zeros before them"},
};

}  // namespace

std::span<const Builtin> mathematics_builtins() {
  return mathematics_table;
}

}  // namespace eraudit
