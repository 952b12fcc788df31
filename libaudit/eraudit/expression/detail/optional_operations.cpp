// What is done with optionals besides plain functions: `or orValue optMap optFlatMap`, and entries
// of lists that may be left out.

#include <fmt/format.h>

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {

template <bool traced>
Value Machine<traced>::list_of_optionals(Frame& frame, const Instruction& instruction) {
  const Scratch scratch(state_);
  Waiting waiting;
  Value error = Value::null();
  for (std::uint32_t index = 0; index < instruction.count; ++index) {
    const std::uint32_t child = instruction.children[index];
    Value item = eval(frame, child);
    if (frame.binding->instructions[child].op == Op::optional_entry && !is_absent(item)) {
      if (!is_optional(item)) {
        item = no_overload(evaluator_, "[?_]", std::span(&item, 1));
      } else if (const Value* const inner = value_of(item)) {
        item = *inner;
      } else {
        continue;
      }
    }
    if (item.is(ValueKind::unknown)) waiting.add(evaluator_, item);
    if (item.is(ValueKind::error) && !error.is(ValueKind::error)) error = item;
    state_.values.push_back(item);
  }
  if (error.is(ValueKind::error)) return error;
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, waiting.flags);
  return evaluator_.list(scratch.values());
}

template <bool traced>
Value Machine<traced>::optional_operation(Frame& frame, const Instruction& instruction,
                                          const Comprehension& what, const Value& operand) {
  const std::uint32_t body = instruction.children[1];
  const bool maps = what.macro == Macro::optional_map || what.macro == Macro::optional_flat_map;
  if (operand.is(ValueKind::error)) return operand;
  if (operand.is(ValueKind::unknown)) {
    if (maps) return over_unknown(frame, instruction, what, operand);
    // Whether the other side is needed is not known: all that counts of it is whether it may fail.
    Waiting waiting;
    waiting.add(evaluator_, operand);
    const Value other = attempt(frame, body);
    if (state_.exhausted) return other;
    if (other.is(ValueKind::error)) waiting.flags |= Value::may_fail;
    if (other.is(ValueKind::unknown) && other.has(Value::may_fail)) {
      waiting.add(evaluator_, frame.in_body ? other.facts : nullptr, other.flags);
    }
    if (state_.all_needs) waiting.add(evaluator_, evaluator_.waits_for(other));
    return evaluator_.unknown(waiting.facts, waiting.flags);
  }
  const std::string_view name = frame.program->text_of(frame.program->operation(body));
  const auto refused = [&](const Value& value) {
    return evaluator_.error(fmt::format("'{}' is {}, not optional", name, kind_name(value)));
  };
  if (!is_optional(operand)) {
    return evaluator_.error(fmt::format("this is {}, not optional", kind_name(operand)));
  }
  const Value* const inner = value_of(operand);
  if (what.macro == Macro::optional_or_value) return inner ? *inner : eval(frame, body);
  if (maps != (inner != nullptr)) return operand;
  if (maps) frame.locals[what.first_local] = *inner;
  const Value result = eval(frame, body);
  if (what.macro == Macro::optional_map) return some(evaluator_, result);
  return is_absent(result) || is_optional(result) ? result : refused(result);
}

template Value Machine<false>::optional_operation(Frame&, const Instruction&, const Comprehension&,
                                                  const Value&);
template Value Machine<true>::optional_operation(Frame&, const Instruction&, const Comprehension&,
                                                 const Value&);
template Value Machine<false>::list_of_optionals(Frame&, const Instruction&);
template Value Machine<true>::list_of_optionals(Frame&, const Instruction&);

}  // namespace eraudit::detail
