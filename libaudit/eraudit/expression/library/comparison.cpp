// `== != < <= > >= in`.

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using Operands = std::span<const Value>;

Value compared(Evaluator& evaluator, std::string_view name, Operands operands, unsigned truths) {
  const detail::Orders orders = detail::orders(evaluator, operands[0], operands[1]);
  if ((orders.possible & detail::is_incomparable) != 0) {
    return detail::no_overload(evaluator, name, operands);
  }
  return detail::decide(evaluator, orders, truths);
}

Value less(Evaluator& evaluator, Operands operands) {
  return compared(evaluator, "_<_", operands, detail::is_less);
}
Value less_equal(Evaluator& evaluator, Operands operands) {
  return compared(evaluator, "_<=_", operands, detail::is_less | detail::is_equal);
}
Value greater(Evaluator& evaluator, Operands operands) {
  return compared(evaluator, "_>_", operands, detail::is_greater);
}
Value greater_equal(Evaluator& evaluator, Operands operands) {
  return compared(evaluator, "_>=_", operands, detail::is_greater | detail::is_equal);
}

Value equal(Evaluator& evaluator, Operands operands) {
  return detail::equals(evaluator, operands[0], operands[1]);
}

Value not_equal(Evaluator& evaluator, Operands operands) {
  Value result = detail::equals(evaluator, operands[0], operands[1]);
  if (result.is(ValueKind::boolean)) result.boolean = !result.boolean;
  return result;
}

Value in(Evaluator& evaluator, Operands operands) {
  const Value& wanted = operands[0];
  const Value& where = operands[1];
  if (where.is(ValueKind::list)) return detail::contained(evaluator, wanted, *where.list);
  if (where.is(ValueKind::map)) {
    if (wanted.is(ValueKind::range)) return evaluator.unknown(wanted.range->facts);
    return Value::of(detail::find_key(evaluator, *where.map, wanted) != nullptr);
  }
  return detail::no_overload(evaluator, "_in_", operands);
}

constexpr std::string_view ordered =
    "(int, int) -> bool; (double, double) -> bool; (money, money) -> bool; (date, date) -> bool; "
    "(string, string) -> bool; (uint, uint) -> bool; (bool, bool) -> bool; (bytes, bytes) -> bool; "
    "(timestamp, timestamp) -> bool; (duration, duration) -> bool";

constexpr Builtin comparison_table[] = {
    {"_==_", "(A, A) -> bool", equal, Takes::ranges, "whether two values are the same",
     Fails::never},
    {"_!=_", "(A, A) -> bool", not_equal, Takes::ranges, "whether two values differ", Fails::never},
    {"_<_", ordered, less, Takes::ranges, "less, earlier, before in the order of code points",
     Fails::never},
    {"_<=_", ordered, less_equal, Takes::ranges, "less or equal", Fails::never},
    {"_>_", ordered, greater, Takes::ranges, "greater, later", Fails::never},
    {"_>=_", ordered, greater_equal, Takes::ranges, "greater or equal", Fails::never},
    {"_in_", "(A, list(A)) -> bool; (A, map(A, B)) -> bool", in, Takes::ranges,
     "whether a list holds a value, or a map a key", Fails::never},
};

}  // namespace

std::span<const Builtin> comparison_builtins() {
  return comparison_table;
}

}  // namespace eraudit
