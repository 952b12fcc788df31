#pragma once
// Order and equality of all values, and interval arithmetic on ranges.

#include "eraudit/expression/evaluator.hpp"

namespace eraudit::detail {

/// How two values may stand to each other; a set of bits, since of ranges more than one may be
/// true.
enum Order : unsigned {
  is_less = 1,
  is_equal = 2,
  is_greater = 4,
  is_unordered = 8,     ///< NaN
  is_incomparable = 16  ///< not of comparable kinds: for `<` no overload
};

/// Of plain values besides money; numbers of unlike kinds compare as CEL has it: an integer is
/// rounded to a double first.
[[nodiscard]] unsigned order(const Value& a, const Value& b);

struct Orders {
  unsigned possible = 0;
  const FactSet* facts = nullptr;  ///< what would leave only one
};

/// Of values, ranges and money. Two ranges are taken for independent even if they come from one
/// fact.
[[nodiscard]] Orders orders(Evaluator& evaluator, const Value& a, const Value& b);

/// True if only orders of `truths` are possible, false if none is, else what it waits for.
[[nodiscard]] Value decide(Evaluator& evaluator, const Orders& orders, unsigned truths);

/// CEL's `==` on anything but errors and unknowns: values of unlike kinds are unequal.
[[nodiscard]] Value equals(Evaluator& evaluator, const Value& a, const Value& b);
/// The same for whole values.
[[nodiscard]] bool equal(Evaluator& evaluator, const Value& a, const Value& b);

/// Whether a list, plain or partial, holds a value: as `exists(e, e == wanted)` over it.
[[nodiscard]] Value contained(Evaluator& evaluator, const Value& wanted, const ListData& list);

enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide };

/// On two operands of which one is a range (not of money): the smallest range that holds all
/// results. An unknown if some but not all results are errors; an error if all are.
[[nodiscard]] Value on_ranges(Evaluator& evaluator, Arithmetic operation, const Value& a,
                              const Value& b);

/// The ends of a range, or the value twice. An end that is not bounded is null.
struct Ends {
  Value low;
  Value high;
  const FactSet* facts = nullptr;
};
[[nodiscard]] Ends ends_of(const Value& value);

/// Applies a function that keeps the order to both ends of a range. An unknown if it is an error
/// for one of them, an error if for both.
template <class Function>
[[nodiscard]] Value on_ends(Evaluator& evaluator, const Value& value, const Function& function) {
  const RangeData& range = *value.range;
  const auto end = [&](const Value& from) {
    return from.is(ValueKind::null) ? from : function(from);
  };
  const Value low = end(range.low);
  const Value high = end(range.high);
  const bool low_fails = low.is(ValueKind::error);
  const bool high_fails = high.is(ValueKind::error);
  if (low_fails && high_fails) return low;
  if (low_fails || high_fails) return evaluator.unknown(range.facts, Value::may_fail);
  return evaluator.range(low, high, range.facts);
}

/// Not negative, whatever turns out; false for a list.
[[nodiscard]] bool not_negative(const Value& value);
/// The same; of a list: none of its items is.
[[nodiscard]] bool not_negative(Evaluator& evaluator, const Value& value);
/// What could make it `not_negative` once it is known: facts of a range or sum with negative parts;
/// null if nothing, or if it is so already. Who waits for a sign waits for these, too.
[[nodiscard]] const FactSet* sign_facts(Evaluator& evaluator, const Value& value);
/// Neither zero nor possibly zero: a number, or a range without it.
[[nodiscard]] bool not_zero(const Value& value);

inline constexpr std::int64_t nanoseconds_per_day = 86'400'000'000'000;

}  // namespace eraudit::detail
