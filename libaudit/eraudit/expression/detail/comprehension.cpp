// `all`, `exists`, `exists_one`, `map`, `filter` and their two-variable forms over lists and maps;
// `sortBy`.
//
// A list may be partial. An element that may be missing counts for a result only together with the
// facts it hangs on. What further elements would do is found by trying the body on an element of
// which nothing is known: if that gives a value, it does so for any element.

#include <fmt/format.h>

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/sorting.hpp"
#include "eraudit/expression/plain_value.hpp"

namespace eraudit::detail {

/// What is iterated over: the items of a list or the keys of a map.
template <bool traced>
struct Machine<traced>::Source {
  const Comprehension* what = nullptr;
  std::span<const Value> items;
  std::span<const Value> seconds;  ///< values of a map
  std::span<const FactSet* const> possible;
  const FactSet* more = nullptr;
  bool more_non_negative = false;
  bool is_map = false;

  [[nodiscard]] const FactSet* possible_at(std::size_t position) const {
    return possible.empty() ? nullptr : possible[position];
  }

  // What stands before the item that was asked for last: they are asked for in order.
  mutable std::size_t passed = 0;
  mutable std::int64_t certain_before = 0;
  mutable const FactSet* possible_before = nullptr;

  /// The place of an item: certain only if nothing before it may be missing or added.
  [[nodiscard]] Value place_of(Evaluator& evaluator, std::size_t position) const {
    for (; passed < position; ++passed) {
      const FactSet* const hangs_on = possible_at(passed);
      if (hangs_on == nullptr) ++certain_before;
      possible_before = evaluator.merge(possible_before, hangs_on);
    }
    const Value least = Value::of(certain_before);
    if (more != nullptr) {
      return evaluator.range(least, Value::null(), evaluator.merge(more, possible_before));
    }
    return evaluator.range(least, Value::of(static_cast<std::int64_t>(position)), possible_before);
  }
};

namespace {

/// Restores what the frame knows of the surrounding comprehension.
class BodyScope {
 public:
  explicit BodyScope(Frame& frame)
      : frame_(frame), in_body_(frame.in_body), element_(frame.element), possible_(frame.possible) {
    ++frame_.depth;
    frame_.in_body = true;
  }
  ~BodyScope() {
    --frame_.depth;
    frame_.in_body = in_body_;
    frame_.element = element_;
    frame_.possible = possible_;
  }
  BodyScope(const BodyScope&) = delete;
  BodyScope& operator=(const BodyScope&) = delete;

 private:
  Frame& frame_;
  bool in_body_;
  Value element_;
  const FactSet* possible_;
};

}  // namespace

template <bool traced>
void Machine<traced>::enter(Frame& frame, const Source& source, std::size_t position) {
  Value* const locals = frame.locals + source.what->first_local;
  locals[0] = source.items[position];
  if (source.what->two_variables) {
    if (source.is_map) {
      locals[1] = source.seconds[position];
    } else {
      locals[1] = locals[0];
      locals[0] = source.place_of(evaluator_, position);
    }
  }
  if constexpr (traced) {
    frame.element = source.items[position];
    frame.possible = source.possible_at(position);
  }
}

/// An element of which nothing is known.
template <bool traced>
void Machine<traced>::enter_unseen(Frame& frame, const Source& source) {
  Value* const locals = frame.locals + source.what->first_local;
  locals[0] = evaluator_.unknown(source.more,
                                 source.more_non_negative ? unsigned{Value::non_negative} : 0U);
  if (source.what->two_variables) locals[1] = locals[0];
}

template <bool traced>
Value Machine<traced>::comprehension(Frame& frame, const Instruction& instruction) {
  const Comprehension& what = frame.program->comprehensions[instruction.payload];
  const Value range = eval(frame, instruction.children[0]);
  if (what.macro == Macro::bind) {
    frame.locals[what.first_local] = range;
    return eval(frame, instruction.children[1]);
  }
  if (what.macro >= Macro::optional_or) return optional_operation(frame, instruction, what, range);
  if (range.is(ValueKind::error)) return range;
  if (range.is(ValueKind::unknown)) return over_unknown(frame, instruction, what, range);

  Source source;
  source.what = &what;
  if (range.is(ValueKind::list)) {
    const ListData& list = *range.list;
    source.items = list.items;
    source.possible = list.possible;
    source.more = list.more;
    source.more_non_negative = list.more_non_negative;
  } else if (range.is(ValueKind::map)) {
    if (range.map->whole != nullptr) {  // which keys there are is not known
      Value unknown = evaluator_.unknown(range.map->whole);
      return over_unknown(frame, instruction, what, unknown);
    }
    source.items = range.map->keys;
    source.seconds = range.map->values;
    source.is_map = true;
  } else {
    return evaluator_.error(fmt::format("a {} has no elements to go through", kind_name(range)));
  }

  const BodyScope scope(frame);
  switch (what.macro) {
    case Macro::all:
      return quantifier(frame, instruction, source, false);
    case Macro::exists:
      return quantifier(frame, instruction, source, true);
    case Macro::exists_one:
      return exists_one(frame, instruction, source);
    case Macro::map:
    case Macro::filter:
    case Macro::map_if:
      return build_list(frame, instruction, source, what.macro);
    case Macro::transform_map:
      return build_map(frame, instruction, source, false);
    case Macro::transform_map_entry:
      return build_map(frame, instruction, source, true);
    case Macro::sort_by:
      return sort_by(frame, instruction, source);
    case Macro::bind:
    case Macro::optional_or:
    case Macro::optional_or_value:
    case Macro::optional_map:
    case Macro::optional_flat_map:
      break;
  }
  return Value::null();
}

/// A list that is not known at all: the result waits for it, and may fail where the body may.
template <bool traced>
Value Machine<traced>::over_unknown(Frame& frame, const Instruction& instruction,
                                    const Comprehension& what, const Value& range) {
  Source source;
  source.what = &what;
  source.more = range.facts;
  Waiting waiting;
  waiting.add(evaluator_, range);
  const bool nested = frame.in_body;
  const BodyScope scope(frame);
  enter_unseen(frame, source);
  for (std::uint32_t part = 1; part < instruction.count; ++part) {
    const Value value = attempt(frame, instruction.children[part]);
    if (state_.exhausted) return value;
    if (value.is(ValueKind::error)) waiting.flags |= Value::may_fail;
    if (value.is(ValueKind::unknown) && value.has(Value::may_fail)) {
      waiting.add(evaluator_, nested ? value.facts : nullptr, value.flags);
    }
    if (state_.all_needs) waiting.add(evaluator_, evaluator_.waits_for(value));
  }
  return evaluator_.unknown(waiting.facts, waiting.flags);
}

template <bool traced>
Value Machine<traced>::quantifier(Frame& frame, const Instruction& instruction,
                                  const Source& source, bool deciding) {
  Waiting waiting;
  Value error = Value::null();
  const std::uint32_t body = instruction.children[1];
  const auto look_at = [&](const Value& value, const FactSet* possible) {
    if (value.is(ValueKind::boolean)) {
      if (value.boolean == deciding) waiting.add(evaluator_, possible);
    } else if (value.is(ValueKind::unknown)) {
      waiting.add(evaluator_, value);
      waiting.add(evaluator_, possible);
    } else {
      waiting.add(evaluator_, possible, Value::may_fail);
    }
  };
  for (std::size_t position = 0; position < source.items.size(); ++position) {
    enter(frame, source, position);
    Value value = eval(frame, body);
    if (state_.exhausted) return state_.limit_error;
    const FactSet* const possible = source.possible_at(position);
    if (possible == nullptr && value.is(ValueKind::boolean)) {
      if (value.boolean == deciding) return value;
      continue;
    }
    const bool odd = !value.is(ValueKind::boolean) && !value.is(ValueKind::unknown);
    if (possible == nullptr && odd) {
      if (!value.is(ValueKind::error)) {
        value = no_overload(evaluator_, deciding ? "_||_" : "_&&_", std::span(&value, 1));
      }
      if (!error.is(ValueKind::error)) error = value;
      continue;
    }
    look_at(value, possible);
  }
  if (source.more != nullptr) {
    enter_unseen(frame, source);
    const Value value = attempt(frame, body);
    if (state_.exhausted) return state_.limit_error;
    look_at(value, source.more);
  }
  if (waiting.facts != nullptr) {
    if (error.is(ValueKind::error)) waiting.flags |= Value::may_fail;
    return evaluator_.unknown(waiting.facts, waiting.flags);
  }
  return error.is(ValueKind::error) ? error : Value::of(!deciding);
}

template <bool traced>
Value Machine<traced>::exists_one(Frame& frame, const Instruction& instruction,
                                  const Source& source) {
  std::size_t certain = 0;
  Waiting waiting;  // whatever may add a match
  Waiting failing;  // whatever may turn out to be an error
  const std::uint32_t body = instruction.children[1];
  const auto look_at = [&](const Value& value, const FactSet* possible) {
    if (value.is(ValueKind::boolean)) {
      if (!value.boolean) return;
      if (possible == nullptr) ++certain;
      waiting.add(evaluator_, possible);
    } else if (value.is(ValueKind::unknown)) {
      Waiting& into = value.has(Value::may_fail) ? failing : waiting;
      into.add(evaluator_, value);
      into.add(evaluator_, possible);
    } else {
      failing.add(evaluator_, possible, Value::may_fail);
    }
  };
  for (std::size_t position = 0; position < source.items.size(); ++position) {
    enter(frame, source, position);
    const Value value = eval(frame, body);
    if (state_.exhausted) return state_.limit_error;
    const FactSet* const possible = source.possible_at(position);
    if (possible == nullptr) {
      if (value.is(ValueKind::error)) return value;
      if (!value.is(ValueKind::boolean) && !value.is(ValueKind::unknown)) {
        return no_overload(evaluator_, "exists_one", std::span(&value, 1));
      }
    }
    look_at(value, possible);
  }
  if (source.more != nullptr) {
    enter_unseen(frame, source);
    const Value value = attempt(frame, body);
    if (state_.exhausted) return state_.limit_error;
    look_at(value, source.more);
  }
  if (failing.facts != nullptr) {
    return evaluator_.unknown(evaluator_.merge(failing.facts, waiting.facts), Value::may_fail);
  }
  if (certain > 1) return Value::of(false);
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts);
  return Value::of(certain == 1);
}

template <bool traced>
Value Machine<traced>::build_list(Frame& frame, const Instruction& instruction,
                                  const Source& source, Macro macro) {
  const Scratch scratch(state_);
  Waiting failing;  // whatever may turn out to be an error of the whole
  const bool conditional = macro != Macro::map;
  const bool transforms = macro != Macro::filter;
  const std::uint32_t condition_id = instruction.children[1];
  const std::uint32_t transform_id = instruction.children[macro == Macro::map_if ? 2 : 1];
  bool partial = source.more != nullptr;

  // One element: its value and what it hangs on; false if it is not in the result.
  const auto work_out = [&](auto&& evaluate, Value& value, const FactSet*& possible, Value& error) {
    if (conditional) {
      const Value condition = evaluate(condition_id);
      if (condition.is(ValueKind::boolean)) {
        if (!condition.boolean) return false;
      } else if (condition.is(ValueKind::unknown)) {
        if (condition.has(Value::may_fail)) {
          failing.add(evaluator_, condition);
          failing.add(evaluator_, possible);
        }
        possible = evaluator_.merge(possible, condition.facts);
      } else {
        error = condition.is(ValueKind::error)
                    ? condition
                    : no_overload(evaluator_, "filter", std::span(&condition, 1));
        return false;
      }
    }
    if (transforms) {
      value = evaluate(transform_id);
      if (value.is(ValueKind::error)) {
        error = value;
        return false;
      }
      if (value.is(ValueKind::unknown) && value.has(Value::may_fail)) {
        failing.add(evaluator_, value);
        failing.add(evaluator_, possible);
      }
    }
    return true;
  };

  for (std::size_t position = 0; position < source.items.size(); ++position) {
    enter(frame, source, position);
    const FactSet* possible = source.possible_at(position);
    Value value = source.items[position];
    Value error = Value::null();
    const bool kept =
        work_out([&](std::uint32_t id) { return eval(frame, id); }, value, possible, error);
    if (state_.exhausted) return state_.limit_error;
    if (error.is(ValueKind::error)) {
      if (possible == nullptr) return error;
      failing.add(evaluator_, possible, Value::may_fail);
    }
    if (!kept) continue;
    partial = partial || possible != nullptr;
    state_.values.push_back(value);
    state_.possible.push_back(possible);
  }

  ListData data;
  if (source.more != nullptr) {
    enter_unseen(frame, source);
    const FactSet* possible = source.more;
    Value value = frame.locals[source.what->first_local];
    Value error = Value::null();
    const bool kept =
        work_out([&](std::uint32_t id) { return attempt(frame, id); }, value, possible, error);
    if (state_.exhausted) return state_.limit_error;
    if (error.is(ValueKind::error)) failing.add(evaluator_, possible, Value::may_fail);
    if (kept) {
      data.more = evaluator_.merge(possible, sign_facts(evaluator_, value));
      data.more_non_negative = not_negative(evaluator_, value);
    }
  }
  if (failing.facts != nullptr) return evaluator_.unknown(failing.facts, Value::may_fail);

  const std::size_t count = scratch.values().size();
  if (!state_.reserve(count * sizeof(Value) * 2)) return state_.limit_error;
  data.items = state_.arena.copy(scratch.values());
  Value result = Value::make(ValueKind::list);
  if (data.more != nullptr) result.flags = Value::waits;
  if (partial) {
    bool any = false;
    for (const FactSet* const possible : scratch.possible()) any = any || possible != nullptr;
    if (any) {
      data.possible = state_.arena.copy(scratch.possible());
      result.flags = Value::waits;
    }
  }
  for (const Value& item : data.items) {
    if (!item.is_whole()) result.flags = Value::waits;
  }
  result.list = state_.arena.make(data);
  return result;
}

template <bool traced>
Value Machine<traced>::build_map(Frame& frame, const Instruction& instruction, const Source& source,
                                 bool entries) {
  const bool conditional = instruction.count == 3;
  const std::uint32_t transform_id = instruction.children[conditional ? 2 : 1];
  Waiting waiting;
  // Keys and values take turns on the stack.
  const Scratch scratch(state_);
  const auto add = [&](const Value& key, const Value& value) {
    // Linear: maps built by rules are small, and others are paid for.
    if (!state_.spend(scratch.values().size() / 16)) return state_.limit_error;
    for (std::size_t at = 0; at < scratch.values().size(); at += 2) {
      if (order(scratch.values()[at], key) == is_equal) {
        return evaluator_.error(
            fmt::format("the map has two keys {}", plain_value(evaluator_, key).value));
      }
    }
    state_.values.push_back(key);
    state_.values.push_back(value);
    return Value::null();
  };
  const FactSet* open = source.more;
  for (const FactSet* const possible : source.possible) open = evaluator_.merge(open, possible);
  if (open != nullptr) waiting.add(evaluator_, open, Value::may_fail);

  for (std::size_t position = 0; position < source.items.size(); ++position) {
    if (source.possible_at(position) != nullptr) continue;
    enter(frame, source, position);
    const Value key = frame.locals[source.what->first_local];
    if (conditional) {
      const Value condition = eval(frame, instruction.children[1]);
      if (condition.is(ValueKind::error)) return condition;
      if (condition.is(ValueKind::unknown)) {
        waiting.add(evaluator_, condition.facts, Value::may_fail);
        continue;
      }
      if (!condition.is(ValueKind::boolean)) {
        return no_overload(evaluator_, "transformMap", std::span(&condition, 1));
      }
      if (!condition.boolean) continue;
    }
    const Value value = eval(frame, transform_id);
    if (state_.exhausted) return state_.limit_error;
    if (value.is(ValueKind::error)) return value;
    if (value.is(ValueKind::unknown)) {
      waiting.add(evaluator_, value.facts, Value::may_fail);
      continue;
    }
    if (!entries) {
      if (key.is_whole()) {
        const Value problem = add(key, value);
        if (problem.is(ValueKind::error)) return problem;
      }
      continue;
    }
    if (!value.is(ValueKind::map)) {
      return no_overload(evaluator_, "transformMapEntry", std::span(&value, 1));
    }
    if (value.map->whole != nullptr) {
      waiting.add(evaluator_, value.map->whole, Value::may_fail);
      continue;
    }
    for (std::size_t entry = 0; entry < value.map->keys.size(); ++entry) {
      const Value problem = add(value.map->keys[entry], value.map->values[entry]);
      if (problem.is(ValueKind::error)) return problem;
    }
  }
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, waiting.flags);
  const std::size_t count = scratch.values().size() / 2;
  if (!state_.reserve(count * sizeof(Value) * 2)) return state_.limit_error;
  const std::span<Value> keys = state_.arena.array<Value>(count);
  const std::span<Value> values = state_.arena.array<Value>(count);
  for (std::size_t index = 0; index < count; ++index) {
    keys[index] = scratch.values()[2 * index];
    values[index] = scratch.values()[2 * index + 1];
  }
  return evaluator_.map(keys, values);
}

/// Which place an element gets hangs on all keys: any that is not known leaves the whole unknown.
template <bool traced>
Value Machine<traced>::sort_by(Frame& frame, const Instruction& instruction, const Source& source) {
  if (source.is_map) return evaluator_.error("sortBy: a map has no order");
  Waiting waiting;
  waiting.add(evaluator_, source.more);
  for (const FactSet* const possible : source.possible) waiting.add(evaluator_, possible);
  const Scratch scratch(state_);
  for (std::size_t position = 0; position < source.items.size(); ++position) {
    enter(frame, source, position);
    const Value key = eval(frame, instruction.children[1]);
    if (state_.exhausted) return state_.limit_error;
    if (key.is(ValueKind::error)) {
      if (source.possible_at(position) == nullptr) return key;
      waiting.flags |= Value::may_fail;
    } else if (!key.is_whole()) {
      waiting.add(evaluator_, evaluator_.waits_for(key),
                  key.is(ValueKind::unknown) ? key.flags : 0U);
    }
    state_.values.push_back(key);
  }
  if (source.more != nullptr) {
    enter_unseen(frame, source);
    const Value key = attempt(frame, instruction.children[1]);
    if (state_.exhausted) return state_.limit_error;
    const bool fails =
        key.is(ValueKind::error) || (key.is(ValueKind::unknown) && key.has(Value::may_fail));
    if (fails) waiting.flags |= Value::may_fail;
  }
  if (waiting.facts != nullptr) return evaluator_.unknown(waiting.facts, waiting.flags);
  const std::size_t count = source.items.size();
  if (!state_.reserve(count * (sizeof(Value) + sizeof(std::uint32_t)))) return state_.limit_error;
  const auto places = state_.arena.array<std::uint32_t>(count);
  const Value problem = sort_places(evaluator_, "sortBy", scratch.values(), places);
  if (!problem.is(ValueKind::null)) return problem;
  const std::span<Value> sorted = state_.arena.array<Value>(count);
  for (std::size_t at = 0; at < count; ++at) sorted[at] = source.items[places[at]];
  return evaluator_.list(sorted);
}

template Value Machine<false>::over_unknown(Frame&, const Instruction&, const Comprehension&,
                                            const Value&);
template Value Machine<true>::over_unknown(Frame&, const Instruction&, const Comprehension&,
                                           const Value&);
template Value Machine<false>::comprehension(Frame&, const Instruction&);
template Value Machine<true>::comprehension(Frame&, const Instruction&);

}  // namespace eraudit::detail
