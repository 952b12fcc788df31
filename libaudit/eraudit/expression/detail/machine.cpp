#include "eraudit/expression/detail/machine.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eraudit/expression/detail/navigation.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/plain_value.hpp"

namespace eraudit::detail {
namespace {

/// Operators with so many operands or fewer need no room on the evaluator's stack.
constexpr std::size_t few = 4;
/// To compare texts of so many bytes is paid for.
constexpr std::size_t long_text = 256;

bool is_boolean(const Value& value) {
  return value.is(ValueKind::boolean);
}

/// Computes an operator on the spot if its operands are plain numbers or texts of one kind.
bool fast_result(Fast fast, const Value& a, const Value& b, Value& result) {
  if (a.kind != b.kind) return false;
  if (a.is(ValueKind::integer)) {
    switch (fast) {
      case Fast::less:
        result = Value::of(a.integer < b.integer);
        return true;
      case Fast::less_equal:
        result = Value::of(a.integer <= b.integer);
        return true;
      case Fast::greater:
        result = Value::of(a.integer > b.integer);
        return true;
      case Fast::greater_equal:
        result = Value::of(a.integer >= b.integer);
        return true;
      case Fast::equal:
        result = Value::of(a.integer == b.integer);
        return true;
      case Fast::not_equal:
        result = Value::of(a.integer != b.integer);
        return true;
      case Fast::add:
        result = Value::of(std::int64_t{0});
        return !__builtin_add_overflow(a.integer, b.integer, &result.integer);
      case Fast::subtract:
        result = Value::of(std::int64_t{0});
        return !__builtin_sub_overflow(a.integer, b.integer, &result.integer);
      case Fast::multiply:
        result = Value::of(std::int64_t{0});
        return !__builtin_mul_overflow(a.integer, b.integer, &result.integer);
      case Fast::none:
      case Fast::amount:
        return false;
    }
  }
  if (a.is(ValueKind::number)) {
    switch (fast) {
      case Fast::less:
        result = Value::of(a.number < b.number);
        return true;
      case Fast::less_equal:
        result = Value::of(a.number <= b.number);
        return true;
      case Fast::greater:
        result = Value::of(a.number > b.number);
        return true;
      case Fast::greater_equal:
        result = Value::of(a.number >= b.number);
        return true;
      case Fast::equal:
        result = Value::of(a.number == b.number);
        return true;
      case Fast::not_equal:
        result = Value::of(a.number != b.number);
        return true;
      case Fast::add:
        result = Value::of(a.number + b.number);
        return true;
      case Fast::subtract:
        result = Value::of(a.number - b.number);
        return true;
      case Fast::multiply:
        result = Value::of(a.number * b.number);
        return true;
      case Fast::none:
      case Fast::amount:
        return false;
    }
  }
  const bool equality = fast == Fast::equal || fast == Fast::not_equal;
  if (a.is(ValueKind::text) && equality && (a.size != b.size || a.size < long_text)) {
    result = Value::of((a.as_text() == b.as_text()) == (fast == Fast::equal));
    return true;
  }
  return false;
}

bool is_set(const Variable& variable, const Evaluator::State& state) {
  return variable.row == state.row && variable.state == Variable::State::set &&
         !variable.has_unknown_parts;
}

std::string_view written(const Frame& frame, std::uint32_t id) {
  return frame.program->text_of(frame.program->operation(id));
}

/// Counts how deep operations stand in each other.
class Level {
 public:
  explicit Level(std::uint32_t& depth) : depth_(depth) { ++depth_; }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  std::uint32_t& depth_;
};

void place_limit(Evaluator::State& state, const Program& program) {
  if (state.placed) return;
  const std::uint32_t node = state.limit_error.error->node;
  const std::uint32_t id = node < program.operations.size() ? node : program.root;
  state.place_limit(place_in_file(program.text, program.operation(id).span));
}

template <bool traced>
Value run_as(Evaluator& evaluator, const BoundProgram& program, std::uint32_t root,
             std::span<const Value> inputs, bool has_inputs, std::uint32_t parent,
             std::uint32_t depth) {
  Evaluator::State& state = evaluator.state();
  const BoundProgram::Binding& binding = program.binding();
  if (!has_inputs && binding.slots > state.variables.size()) {
    state.variables.resize(binding.slots);
  }
  Frame frame;
  frame.bound = &program;
  frame.program = &program.program();
  frame.binding = &binding;
  frame.locals = state.arena.array<Value>(frame.program->locals).data();
  frame.inputs = inputs;
  frame.has_inputs = has_inputs;
  frame.parent = parent;
  frame.depth = depth;
  const std::uint32_t operation = std::exchange(state.operation, root);
  const Value value = Machine<traced>(evaluator).eval(frame, root);
  if (state.exhausted) [[unlikely]]
    place_limit(state, *frame.program);
  state.operation = operation;
  return value;
}

}  // namespace

Value run(Evaluator& evaluator, const BoundProgram& program) {
  const std::uint32_t root = program.program().root;
  return evaluator.state().tracing
             ? run_as<true>(evaluator, program, root, {}, false, UINT32_MAX, 0)
             : run_as<false>(evaluator, program, root, {}, false, UINT32_MAX, 0);
}

Value run(Evaluator& evaluator, const BoundProgram& program, std::span<const Value> inputs) {
  return run_as<false>(evaluator, program, program.program().root, inputs, true, UINT32_MAX, 0);
}

Value run_part(Evaluator& evaluator, const BoundProgram& program, std::uint32_t operation) {
  return run_as<false>(evaluator, program, operation, {}, false, UINT32_MAX, 0);
}

/// What a comparison of a cell with constants comes to, if its operations need not run for that: it
/// spends what they would, and leaves to them whatever they would not get through.
template <bool traced>
std::optional<bool> Machine<traced>::compare_cell(const Frame& frame, const CellComparison& cell) {
  if (!state_.masked.empty() || state_.admission != nullptr || !state_.assumed.empty() ||
      state_.fuel + cell.steps() > state_.fuel_limit || state_.depth + 1 >= most_nested) {
    return std::nullopt;
  }
  const Value* object = nullptr;
  if (cell.of_local()) {
    object = &frame.locals[cell.object()];
  } else {
    if (frame.has_inputs) return std::nullopt;
    const Variable& variable = state_.variables[cell.object()];
    if (!is_set(variable, state_)) return std::nullopt;
    object = &variable.value;
  }
  const std::optional<bool> answer = cell.answer(*object, state_.context.as_of);
  if (answer) {
    state_.fuel += cell.steps();
    state_.operation = cell.last_operation();
  }
  return answer;
}

template <bool traced>
Value Machine<traced>::dispatch(Frame& frame, std::uint32_t id) {
  const Instruction& instruction = frame.binding->instructions[id];
  switch (instruction.op) {
    case Op::constant:
      return frame.program->constants[instruction.payload];
    case Op::as_of:
      return Value::of(state_.context.as_of);
    case Op::local:
      return frame.locals[instruction.payload];
    case Op::variable: {
      if (!frame.has_inputs) {
        const Variable& variable = state_.variables[instruction.payload];
        if (is_set(variable, state_)) return variable.value;
      }
      break;
    }
    case Op::call:
      if constexpr (!traced) {
        if (instruction.cell != nullptr) {
          const std::optional<bool> answer = compare_cell(frame, *instruction.cell);
          if (answer) return Value::of(*answer);
        }
        // The call and the text in it.
        if (instruction.fast == Fast::amount && state_.fuel < state_.fuel_limit &&
            state_.depth < most_nested) {
          ++state_.fuel;
          state_.operation = id;
          return Value::of(instruction.amount, state_.context.as_of);
        }
      }
      break;
    case Op::and_:
    case Op::or_:
      if (state_.depth < most_nested) {
        const Level level(state_.depth);
        return junction(frame, instruction, instruction.op == Op::or_);
      }
      break;
    default:
      break;
  }
  return nested(frame, instruction, id);
}

template <bool traced>
Value Machine<traced>::nested(Frame& frame, const Instruction& instruction, std::uint32_t id) {
  if (state_.depth >= most_nested) {
    state_.operation = id;
    return state_.out_of(LimitReached::Limit::levels, most_nested);
  }
  const Level level(state_.depth);
  const BoundProgram::Binding& binding = *frame.binding;
  const auto child = [&](std::size_t index) { return eval(frame, instruction.children[index]); };
  switch (instruction.op) {
    case Op::variable:
      return variable(frame, instruction, id);
    case Op::attribute: {
      const Value object = child(0);
      state_.operation = id;
      return read_attribute(evaluator_, binding.attributes[instruction.payload], object);
    }
    case Op::has_attribute:
      return has_attribute(evaluator_, binding.attributes[instruction.payload], child(0));
    case Op::list: {
      const Value node = child(0);
      state_.operation = id;
      return read_list(evaluator_, binding.lists[instruction.payload], node);
    }
    case Op::edge_end:
      return edge_end(evaluator_, child(0), instruction.payload == 0 ? Side::from : Side::to);
    case Op::identity:
      return identity(evaluator_, child(0), instruction.payload == 1);
    case Op::select:
      return select(frame, instruction, false);
    case Op::has_select:
      return select(frame, instruction, true);
    case Op::optional_select:
      return select(frame, instruction, false);
    case Op::index:
      return index(frame, instruction);
    case Op::not_:
      return not_operator(child(0));
    case Op::conditional:
      return conditional(frame, instruction);
    case Op::make_list:
      return instruction.payload == 0 ? make_list(frame, instruction)
                                      : list_of_optionals(frame, instruction);
    case Op::optional_entry:
      return child(0);
    case Op::make_map:
      return make_map(frame, instruction);
    case Op::call: {
      // One or two plain operands: most of what runs.
      if (instruction.count == 2) {
        const std::array<Value, 2> operands = {child(0), child(1)};
        Value result;
        if (instruction.fast != Fast::none &&
            fast_result(instruction.fast, operands[0], operands[1], result)) {
          return result;
        }
        state_.operation = id;
        state_.result_type = instruction.type;
        if (operands[0].is_whole() && operands[1].is_whole()) {
          return instruction.apply(evaluator_, operands);
        }
        return strict(instruction, operands);
      }
      const Value result = call(frame, instruction);
      state_.operation = id;
      return result;
    }
    case Op::table:
      return table(frame, instruction);
    case Op::comprehension: {
      const Value result = comprehension(frame, instruction);
      state_.operation = id;
      return result;
    }
    case Op::fail:
      state_.operation = id;
      return evaluator_.error(frame.program->names[instruction.payload]);
    case Op::constant:
    case Op::as_of:
    case Op::local:
    case Op::and_:
    case Op::or_:
      break;
  }
  return Value::null();
}

template <bool traced>
Value Machine<traced>::variable(Frame& frame, const Instruction& instruction, std::uint32_t id) {
  const Slot slot = instruction.payload;
  if (frame.has_inputs) {
    if (slot < frame.inputs.size()) return frame.inputs[slot];
    state_.operation = id;
    return evaluator_.error(fmt::format("'{}' has no value", written(frame, id)));
  }
  if (state_.variables[slot].row != state_.row) state_.variables[slot] = {.row = state_.row};
  {
    const Variable& now = state_.variables[slot];
    if (now.state == Variable::State::unset && !now.has_unknown_parts) {
      state_.operation = id;
      return evaluator_.error(fmt::format("'{}' has no value", written(frame, id)));
    }
    if (now.state == Variable::State::running) {
      state_.operation = id;
      return evaluator_.error(fmt::format("'{}' depends on itself", written(frame, id)));
    }
  }
  // Variables may move while others are evaluated: no reference is kept across that.
  Value value = state_.variables[slot].value;
  if (state_.variables[slot].state == Variable::State::lazy) {
    state_.variables[slot].state = Variable::State::running;
    if (LazyValue* const host = state_.variables[slot].host) {
      const bool tracing = std::exchange(state_.tracing, false);  // what the host does is its own
      value = host->compute(evaluator_);
      state_.tracing = tracing;
    } else {
      const BoundProgram& program = *state_.variables[slot].program;
      value = run_as<traced>(evaluator_, program, program.program().root, {}, false, frame.parent,
                             frame.depth + 1);
    }
  }
  if (state_.variables[slot].has_unknown_parts) {
    for (std::size_t index = 0; index < state_.declared.size(); ++index) {
      const DeclaredUnknown& declared = state_.declared[index];
      if (declared.slot == slot) {
        value = with_unknown(evaluator_, value, declared.name, declared.path);
      }
    }
  }
  Variable& done = state_.variables[slot];
  done.state = Variable::State::set;
  done.has_unknown_parts = false;
  done.value = value;
  return value;
}

template <bool traced>
Value Machine<traced>::junction(Frame& frame, const Instruction& instruction, bool deciding) {
  Waiting waiting;
  Value error = Value::null();
  Value odd = Value::null();
  bool has_odd = false;
  for (std::uint32_t index = 0; index < instruction.count; ++index) {
    const Value value = eval(frame, instruction.children[index]);
    if (is_boolean(value)) {
      if (value.boolean == deciding) return value;
    } else if (value.is(ValueKind::unknown)) {
      waiting.add(evaluator_, value);
    } else if (value.is(ValueKind::error)) {
      if (state_.exhausted) return value;
      if (!error.is(ValueKind::error)) error = value;
    } else if (!has_odd) {
      odd = value;
      has_odd = true;
    }
  }
  if (waiting.facts != nullptr) {
    if (error.is(ValueKind::error) || has_odd) waiting.flags |= Value::may_fail;
    return evaluator_.unknown(waiting.facts, waiting.flags);
  }
  if (error.is(ValueKind::error)) return error;
  if (has_odd) {
    return no_overload(evaluator_, deciding ? "_||_" : "_&&_", std::span(&odd, 1));
  }
  return Value::of(!deciding);
}

template <bool traced>
Value Machine<traced>::not_operator(const Value& operand) {
  switch (operand.kind) {
    case ValueKind::boolean:
      return Value::of(!operand.boolean);
    case ValueKind::error:
      return operand;
    case ValueKind::unknown:
      return evaluator_.unknown(operand.facts, operand.flags & Value::may_fail);
    default:
      return no_overload(evaluator_, "!_", std::span(&operand, 1));
  }
}

namespace {

bool has_sign(const Type& type) {
  return type.is_numeric() || type.is(TypeKind::money);
}

}  // namespace

template <bool traced>
Value Machine<traced>::conditional(Frame& frame, const Instruction& instruction) {
  const Value condition = eval(frame, instruction.children[0]);
  if (is_boolean(condition)) {
    return eval(frame, instruction.children[condition.boolean ? 1 : 2]);
  }
  if (condition.is(ValueKind::error)) return condition;
  if (!condition.is(ValueKind::unknown)) {
    return no_overload(evaluator_, "_?_:_", std::span(&condition, 1));
  }
  // Only the condition counts for what is waited for. But whether a list may keep such an element,
  // and what a sum over it can be at least, hangs on both branches; in the body of a comprehension,
  // what could rule out their errors or settle their sign is waited for, too.
  Waiting waiting;
  waiting.add(evaluator_, condition);
  bool never_negative = true;
  const FactSet* signs = nullptr;
  for (const std::size_t branch : {1U, 2U}) {
    const Value value = attempt(frame, instruction.children[branch]);
    if (state_.exhausted) return value;
    if (value.is(ValueKind::error)) waiting.flags |= Value::may_fail;
    if (value.is(ValueKind::unknown) && value.has(Value::may_fail)) {
      waiting.add(evaluator_, frame.in_body ? value.facts : nullptr, value.flags);
    }
    if (state_.all_needs) waiting.add(evaluator_, evaluator_.waits_for(value));
    never_negative = never_negative && not_negative(evaluator_, value);
    if (frame.in_body && has_sign(*instruction.type)) {
      signs = evaluator_.merge(signs, sign_facts(evaluator_, value));
    }
  }
  if (never_negative) {
    waiting.flags |= Value::non_negative;
  } else {
    waiting.add(evaluator_, signs);
  }
  return evaluator_.unknown(waiting.facts, waiting.flags);
}

template <bool traced>
Value Machine<traced>::call(Frame& frame, const Instruction& instruction) {
  const auto apply = [&](std::span<const Value> operands) {
    state_.result_type = instruction.type;
    for (const Value& operand : operands) {
      if (!operand.is_whole()) return strict(instruction, operands);
    }
    return instruction.apply(evaluator_, operands);
  };
  if (instruction.count <= few) {
    std::array<Value, few> operands;
    for (std::uint32_t index = 0; index < instruction.count; ++index) {
      operands[index] = eval(frame, instruction.children[index]);
    }
    return apply(std::span<const Value>(operands).first(instruction.count));
  }
  const std::span<Value> operands = state_.arena.array<Value>(instruction.count);
  for (std::uint32_t index = 0; index < instruction.count; ++index) {
    operands[index] = eval(frame, instruction.children[index]);
  }
  return apply(operands);
}

template <bool traced>
bool Machine<traced>::may_fail(const Instruction& instruction, std::span<const Value> operands) {
  switch (instruction.fails) {
    case Fails::never:
      return false;
    case Fails::on_zero:
      return !not_zero(operands.back());
    case Fails::on_pattern:
      return !operands.back().is(ValueKind::text) ||
             state_.pattern(operands.back().as_text()) == nullptr;
    case Fails::sometimes:
      break;
  }
  return true;
}

/// At least one operand is an error, an unknown, a range or partial.
template <bool traced>
Value Machine<traced>::strict(const Instruction& instruction, std::span<const Value> operands) {
  for (const Value& operand : operands) {
    if (operand.is(ValueKind::error)) return operand;
  }
  Waiting waiting;
  for (const Value& operand : operands) {
    if (operand.is(ValueKind::unknown)) {
      waiting.add(evaluator_, operand);
    } else if (operand.is(ValueKind::list) && operand.list->whole != nullptr) {
      waiting.add(evaluator_, operand.list->whole);
    } else if (operand.is(ValueKind::map) && operand.map->whole != nullptr) {
      waiting.add(evaluator_, operand.map->whole);
    }
  }
  if (waiting.facts == nullptr) {
    if (instruction.takes == Takes::ranges) return instruction.apply(evaluator_, operands);
    for (const Value& operand : operands) {
      waiting.add(evaluator_, evaluator_.waits_for(operand));
    }
  }
  if (may_fail(instruction, operands)) {
    // A range that does not hold zero any more could rule that out.
    if (operands.back().is(ValueKind::range)) {
      waiting.add(evaluator_, operands.back().range->facts);
    }
    waiting.flags |= Value::may_fail;
  }
  if (instruction.sign != Sign::open) {
    const bool holds = instruction.sign == Sign::not_negative ||
                       std::all_of(operands.begin(), operands.end(), [&](const Value& operand) {
                         return not_negative(evaluator_, operand);
                       });
    if (holds) {
      waiting.flags |= Value::non_negative;
    } else {
      for (const Value& operand : operands) {
        waiting.add(evaluator_, sign_facts(evaluator_, operand));
      }
    }
  }
  return evaluator_.unknown(waiting.facts, waiting.flags);
}

template <bool traced>
Value Machine<traced>::make_list(Frame& frame, const Instruction& instruction) {
  const std::span<Value> items = state_.arena.array<Value>(instruction.count);
  Waiting waiting;
  Value error = Value::null();
  for (std::uint32_t index = 0; index < instruction.count; ++index) {
    items[index] = eval(frame, instruction.children[index]);
    if (items[index].is(ValueKind::unknown)) waiting.add(evaluator_, items[index]);
    if (items[index].is(ValueKind::error) && !error.is(ValueKind::error)) error = items[index];
  }
  if (error.is(ValueKind::error)) return error;
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, waiting.flags);
  Value value = Value::make(ValueKind::list);
  value.list = state_.arena.make(ListData{.items = items});
  for (const Value& item : items) {
    if (!item.is_whole()) value.flags = Value::waits;
  }
  return value;
}

template <bool traced>
Value Machine<traced>::make_map(Frame& frame, const Instruction& instruction) {
  const std::size_t most = instruction.count / 2;
  const std::span<Value> keys = state_.arena.array<Value>(most);
  const std::span<Value> values = state_.arena.array<Value>(most);
  std::size_t count = 0;
  Waiting waiting;
  Value error = Value::null();
  const auto look_at = [&](const Value& value) {
    if (value.is(ValueKind::unknown)) waiting.add(evaluator_, value);
    if (value.is(ValueKind::error) && !error.is(ValueKind::error)) error = value;
  };
  MapData data;
  for (std::size_t entry = 0; entry < most; ++entry) {
    const Value key = eval(frame, instruction.children[2 * entry]);
    look_at(key);
    if (key.is(ValueKind::range)) {
      waiting.add(evaluator_, key.range->facts, Value::may_fail);
    } else if (!error.is(ValueKind::error) && key.is_whole() && !is_key(key)) {
      error = evaluator_.error(fmt::format("a {} cannot be the key of a map", kind_name(key)));
    }
    const std::uint32_t child = instruction.children[2 * entry + 1];
    Value value = eval(frame, child);
    look_at(value);
    if (frame.binding->instructions[child].op == Op::optional_entry && !is_absent(value)) {
      if (!is_optional(value)) {
        value = no_overload(evaluator_, "{?_: _}", std::span(&value, 1));
        look_at(value);
      } else if (const Value* const inner = value_of(value)) {
        value = *inner;
      } else {
        continue;
      }
    }
    data.keys = keys.first(count);
    data.values = values.first(count);
    if (!error.is(ValueKind::error) && key.is_whole() && find_key(evaluator_, data, key)) {
      error = evaluator_.error(
          fmt::format("the map has two keys {}", plain_value(evaluator_, key).value));
    }
    keys[count] = key;
    values[count++] = value;
  }
  if (error.is(ValueKind::error)) return error;
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, Value::may_fail);
  data.keys = keys.first(count);
  data.values = values.first(count);
  Value value = Value::make(ValueKind::map);
  value.map = state_.arena.make(data);
  for (const Value& item : data.values) {
    if (!item.is_whole()) value.flags = Value::waits;
  }
  return value;
}

namespace {

/// A position in a list: an int, or another number that is whole.
bool position_of(const Value& key, std::int64_t& position) {
  switch (key.kind) {
    case ValueKind::integer:
      position = key.integer;
      return true;
    case ValueKind::uinteger:
      position = key.uinteger > INT64_MAX ? -1 : key.integer;
      return true;
    case ValueKind::number:
      if (!(key.number >= -0x1p52 && key.number <= 0x1p52)) return false;
      position = static_cast<std::int64_t>(key.number);
      return static_cast<double>(position) == key.number;
    default:
      return false;
  }
}

}  // namespace

template <bool traced>
Value Machine<traced>::index(Frame& frame, const Instruction& instruction) {
  Value operand = eval(frame, instruction.children[0]);
  const Value key = eval(frame, instruction.children[1]);
  if (operand.is(ValueKind::error)) return operand;
  if (key.is(ValueKind::error)) return key;
  Waiting waiting;
  if (operand.is(ValueKind::unknown)) waiting.add(evaluator_, operand.facts);
  if (key.is(ValueKind::unknown)) waiting.add(evaluator_, key.facts);
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, Value::may_fail);
  if (key.is(ValueKind::range)) {
    return evaluator_.unknown(evaluator_.merge(key.range->facts, evaluator_.waits_for(operand)),
                              Value::may_fail);
  }
  const bool optional = instruction.payload == 1 || is_optional(operand);
  if (is_optional(operand)) {
    const Value* const inner = value_of(operand);
    if (inner == nullptr) return operand;
    operand = *inner;
  }
  if (operand.is(ValueKind::list)) {
    const ListData& list = *operand.list;
    std::int64_t position = 0;
    if (!position_of(key, position)) {
      const Value operands[] = {operand, key};
      return no_overload(evaluator_, "_[_]", operands);
    }
    if (list.partial()) {
      const FactSet* facts = list.more;
      for (const FactSet* possible : list.possible) facts = evaluator_.merge(facts, possible);
      return evaluator_.unknown(facts, Value::may_fail);
    }
    if (position < 0 || position >= static_cast<std::int64_t>(list.items.size())) {
      if (optional) return none(evaluator_);
      return evaluator_.error(
          fmt::format("index {} is outside a list of {} items", position, list.items.size()));
    }
    const Value& item = list.items[static_cast<std::size_t>(position)];
    return optional ? some(evaluator_, item) : item;
  }
  if (operand.is(ValueKind::map)) {
    if (const Value* const found = find_key(evaluator_, *operand.map, key)) {
      return optional ? some(evaluator_, *found) : *found;
    }
    if (operand.map->any_key_unknown) return unknown_below(evaluator_, *operand.map, key);
    if (optional) return none(evaluator_);
    return evaluator_.error(fmt::format("no such key: {}", plain_value(evaluator_, key).value));
  }
  const Value operands[] = {operand, key};
  return no_overload(evaluator_, "_[_]", operands);
}

template <bool traced>
Value Machine<traced>::select(Frame& frame, const Instruction& instruction, bool presence) {
  Value operand = eval(frame, instruction.children[0]);
  if (operand.is(ValueKind::error)) return operand;
  if (operand.is(ValueKind::unknown)) {
    const bool fixed = frame.program->operation(instruction.children[0]).type.is(TypeKind::record);
    return evaluator_.unknown(operand.facts,
                              fixed ? operand.flags & Value::may_fail : unsigned{Value::may_fail});
  }
  const bool optional = instruction.op == Op::optional_select || is_optional(operand);
  if (is_optional(operand)) {
    const Value* const inner = value_of(operand);
    if (inner == nullptr) return presence ? Value::of(false) : operand;
    operand = *inner;
  }
  const std::string_view name = frame.program->names[instruction.payload];
  const Value* found = nullptr;
  if (operand.is(ValueKind::map)) {
    const MapData& map = *operand.map;
    if (!state_.spend(map.keys.size() / 8)) return state_.limit_error;
    for (std::size_t entry = 0; entry < map.keys.size() && found == nullptr; ++entry) {
      if (map.keys[entry].is(ValueKind::text) && map.keys[entry].as_text() == name) {
        found = &map.values[entry];
      }
    }
    if (found == nullptr && map.any_key_unknown) {
      return unknown_below(evaluator_, map, Value::of(name));
    }
  } else if (operand.is(ValueKind::record)) {
    const auto& fields = operand.record->type->fields();
    for (std::size_t field = 0; field < fields.size() && found == nullptr; ++field) {
      if (fields[field].first == name) found = &operand.record->fields[field];
    }
  } else {
    return evaluator_.error(fmt::format("a {} has no field '{}'", kind_name(operand), name));
  }
  // A field of a record that is null is known not to exist; a map says what it says.
  const bool absent =
      found == nullptr || (operand.is(ValueKind::record) && found->is(ValueKind::null));
  if (presence) {
    return found != nullptr && found->is(ValueKind::unknown) ? *found : Value::of(!absent);
  }
  if (optional && absent) return none(evaluator_);
  if (found != nullptr) return optional ? some(evaluator_, *found) : *found;
  return evaluator_.error(fmt::format("no such key: {}", name));
}

template <bool traced>
Value Machine<traced>::table(Frame& frame, const Instruction& instruction) {
  const std::span<Value> operands = state_.arena.array<Value>(instruction.count);
  for (std::uint32_t index = 0; index < instruction.count; ++index) {
    operands[index] = eval(frame, instruction.children[index]);
  }
  return call_table(evaluator_, frame.binding->tables[instruction.payload], instruction.payload,
                    operands);
}

template Value Machine<false>::dispatch(Frame&, std::uint32_t);
template Value Machine<true>::dispatch(Frame&, std::uint32_t);

bool is_key(const Value& value) {
  return value.is(ValueKind::boolean) || value.is(ValueKind::integer) ||
         value.is(ValueKind::uinteger) || value.is(ValueKind::text);
}

const Value* find_key(Evaluator& evaluator, const MapData& map, const Value& key) {
  const std::size_t bytes = key.is(ValueKind::text) ? key.size : 0;
  if (!evaluator.state().spend(map.keys.size() * (8 + bytes / 8) / 64)) return nullptr;
  for (std::size_t entry = 0; entry < map.keys.size(); ++entry) {
    if (order(map.keys[entry], key) == is_equal) return &map.values[entry];
  }
  return nullptr;
}

}  // namespace eraudit::detail
