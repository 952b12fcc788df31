// `optional.of optional.none optional.ofNonZeroValue hasValue value`. What may leave an operand
// alone (`or`, `orValue`, `optMap`, `optFlatMap`) is in detail/optional_operations.cpp.

#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using Operands = std::span<const Value>;

Value of(Evaluator& evaluator, Operands operands) {
  return detail::some(evaluator, operands[0]);
}

Value none(Evaluator& evaluator, Operands /*operands*/) {
  return detail::none(evaluator);
}

bool is_zero(const Value& value) {
  switch (value.kind) {
    case ValueKind::null:
      return true;
    case ValueKind::boolean:
      return !value.boolean;
    case ValueKind::integer:
    case ValueKind::uinteger:
    case ValueKind::duration:
    case ValueKind::money:
      return value.integer == 0;
    case ValueKind::number:
      return value.number == 0;
    case ValueKind::text:
    case ValueKind::bytes:
      return value.size == 0;
    case ValueKind::list:
      return value.list->items.empty();
    case ValueKind::map:
      return value.map->keys.empty();
    case ValueKind::record:
      return detail::is_optional(value) && detail::value_of(value) == nullptr;
    default:
      return false;
  }
}

Value of_non_zero(Evaluator& evaluator, Operands operands) {
  return is_zero(operands[0]) ? detail::none(evaluator) : detail::some(evaluator, operands[0]);
}

Value has_value(Evaluator& evaluator, Operands operands) {
  if (!detail::is_optional(operands[0])) {
    return detail::no_overload(evaluator, "hasValue", operands);
  }
  return Value::of(detail::value_of(operands[0]) != nullptr);
}

Value value(Evaluator& evaluator, Operands operands) {
  if (!detail::is_optional(operands[0])) return detail::no_overload(evaluator, "value", operands);
  const Value* const inner = detail::value_of(operands[0]);
  return inner != nullptr ? *inner : evaluator.error("the optional has no value");
}

constexpr Builtin optionals_table[] = {
    {"optional.of", "(A) -> optional_type(A)", of, Takes::ranges, "an optional that holds a value",
     Fails::never},
    {"optional.none", "() -> optional_type(A)", none, Takes::ranges, "an optional without a value",
     Fails::never},
    {"optional.ofNonZeroValue", "(A) -> optional_type(A)", of_non_zero, Takes::values,
     "an optional, without a value if that is 0, false, null or empty", Fails::never},
    {"hasValue", "optional_type(A).hasValue() -> bool", has_value, Takes::ranges,
     "whether an optional holds a value", Fails::never},
    {"value", "optional_type(A).value() -> A", value, Takes::ranges,
     "what an optional holds; an error if it holds nothing", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> optionals_builtins() {
  return optionals_table;
}

}  // namespace eraudit
