// Lists by their places, all of them plain: `sort reverse slice flatten first last indexOf
// lastIndexOf lists.range`. `reverse`, `indexOf` and `lastIndexOf` also of texts.
//
// Which item stands at which place of a partial list is not known: there they wait for its facts.

#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/code_points.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/sorting.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::no_overload;
using Operands = std::span<const Value>;

/// A list of items that live as long as the evaluation does: nothing is copied.
Value borrowed(Evaluator& evaluator, std::span<const Value> items) {
  Value value = Value::make(ValueKind::list);
  value.list = evaluator.state().arena.make(ListData{.items = items});
  return value;
}

/// Room for so many items, or the error that it is too much.
Value make_room(Evaluator& evaluator, std::size_t count, std::span<Value>& items) {
  Evaluator::State& state = evaluator.state();
  if (!state.spend(count / 4 + 1) || !state.reserve(count * sizeof(Value))) {
    return state.limit_error;
  }
  items = state.arena.array<Value>(count);
  return Value::null();
}

Value sort(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list)) return no_overload(evaluator, "sort", operands);
  const std::span<const Value> items = operands[0].list->items;
  std::span<Value> sorted;
  const Value room = make_room(evaluator, items.size(), sorted);
  if (!room.is(ValueKind::null)) return room;
  const auto places = evaluator.state().arena.array<std::uint32_t>(items.size());
  const Value problem = detail::sort_places(evaluator, "sort", items, places);
  if (!problem.is(ValueKind::null)) return problem;
  for (std::size_t at = 0; at < places.size(); ++at) sorted[at] = items[places[at]];
  return borrowed(evaluator, sorted);
}

Value reversed_text(Evaluator& evaluator, std::string_view text) {
  Evaluator::State& state = evaluator.state();
  if (!state.spend(text.size() / 8) || !state.reserve(text.size())) return state.limit_error;
  const std::span<char> out = state.arena.array<char>(text.size());
  std::size_t to = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t width = detail::width_of(text[at]);
    to -= width;
    std::copy_n(text.data() + at, width, out.data() + to);
    at += width;
  }
  return Value::of(std::string_view(out.data(), out.size()));
}

Value reverse(Evaluator& evaluator, Operands operands) {
  if (operands[0].is(ValueKind::text)) return reversed_text(evaluator, operands[0].as_text());
  if (!operands[0].is(ValueKind::list)) return no_overload(evaluator, "reverse", operands);
  const std::span<const Value> items = operands[0].list->items;
  std::span<Value> turned;
  const Value room = make_room(evaluator, items.size(), turned);
  if (!room.is(ValueKind::null)) return room;
  std::reverse_copy(items.begin(), items.end(), turned.begin());
  return borrowed(evaluator, turned);
}

Value slice(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list) || !operands[1].is(ValueKind::integer) ||
      !operands[2].is(ValueKind::integer)) {
    return no_overload(evaluator, "slice", operands);
  }
  const std::span<const Value> items = operands[0].list->items;
  const std::int64_t from = operands[1].integer;
  const std::int64_t to = operands[2].integer;
  if (from < 0 || to < from || to > static_cast<std::int64_t>(items.size())) {
    return evaluator.error(fmt::format("there is no part from {} to {} of a list of {} items", from,
                                       to, items.size()));
  }
  return borrowed(evaluator, items.subspan(static_cast<std::size_t>(from),
                                           static_cast<std::size_t>(to - from)));
}

/// Puts the items on the stack of values, those of lists in their place, `depth` levels down. False
/// if that is too much.
bool flatten_into(Evaluator::State& state, std::span<const Value> items, std::int64_t depth) {
  const detail::Descent down(state, 0);
  if (!down) return false;
  for (const Value& item : items) {
    if (!state.spend(1)) return false;
    if (depth > 0 && item.is(ValueKind::list)) {
      if (!flatten_into(state, item.list->items, depth - 1)) return false;
    } else {
      state.values.push_back(item);
    }
  }
  return true;
}

Value flatten(Evaluator& evaluator, Operands operands) {
  const bool deep = operands.size() == 2;
  if (!operands[0].is(ValueKind::list) || (deep && !operands[1].is(ValueKind::integer))) {
    return no_overload(evaluator, "flatten", operands);
  }
  const std::int64_t depth = deep ? operands[1].integer : 1;
  if (depth < 0) return evaluator.error("a list is flattened by a number of levels from 0 upwards");
  Evaluator::State& state = evaluator.state();
  const detail::Scratch scratch(state);
  if (!flatten_into(state, operands[0].list->items, depth)) return state.limit_error;
  return evaluator.list(scratch.values());
}

Value first(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list)) return no_overload(evaluator, "first", operands);
  const std::span<const Value> items = operands[0].list->items;
  return items.empty() ? detail::none(evaluator) : detail::some(evaluator, items.front());
}

Value last(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::list)) return no_overload(evaluator, "last", operands);
  const std::span<const Value> items = operands[0].list->items;
  return items.empty() ? detail::none(evaluator) : detail::some(evaluator, items.back());
}

/// The place of a text in another, from a place on or (backwards) up to it; -1 if there is none.
Value place_in_text(Evaluator& evaluator, std::string_view name, Operands operands,
                    bool backwards) {
  if (!operands[1].is(ValueKind::text) ||
      (operands.size() == 3 && !operands[2].is(ValueKind::integer))) {
    return no_overload(evaluator, name, operands);
  }
  const std::string_view text = operands[0].as_text();
  const std::string_view part = operands[1].as_text();
  if (!evaluator.state().spend(text.size() * (part.size() + 64) / 1024)) {
    return evaluator.state().limit_error;
  }
  std::size_t from = backwards ? text.size() : 0;
  if (operands.size() == 3) {
    const auto byte = detail::byte_at(text, operands[2].integer);
    if (!byte) {
      return evaluator.error(fmt::format("place {} is outside a text of {} characters",
                                         operands[2].integer, code_points(text)));
    }
    from = *byte;
  }
  const std::size_t found = backwards ? text.rfind(part, from) : text.find(part, from);
  if (found == std::string_view::npos) return Value::of(std::int64_t{-1});
  return Value::of(static_cast<std::int64_t>(code_points(text.substr(0, found))));
}

/// The place of a value in a list; -1 if there is none.
Value place_in_list(Evaluator& evaluator, std::string_view name, Operands operands,
                    bool backwards) {
  if (operands.size() != 2) return no_overload(evaluator, name, operands);
  const std::span<const Value> items = operands[0].list->items;
  if (!evaluator.state().spend(items.size())) return evaluator.state().limit_error;
  for (std::size_t step = 0; step < items.size(); ++step) {
    const std::size_t at = backwards ? items.size() - 1 - step : step;
    const Value same = detail::equals(evaluator, items[at], operands[1]);
    if (same.is_true()) return Value::of(static_cast<std::int64_t>(at));
    if (!same.is_false()) return same;  // money without a rate
  }
  return Value::of(std::int64_t{-1});
}

Value place(Evaluator& evaluator, std::string_view name, Operands operands, bool backwards) {
  if (operands[0].is(ValueKind::text)) return place_in_text(evaluator, name, operands, backwards);
  if (operands[0].is(ValueKind::list)) return place_in_list(evaluator, name, operands, backwards);
  return no_overload(evaluator, name, operands);
}

Value index_of(Evaluator& evaluator, Operands operands) {
  return place(evaluator, "indexOf", operands, false);
}
Value last_index_of(Evaluator& evaluator, Operands operands) {
  return place(evaluator, "lastIndexOf", operands, true);
}

Value range(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::integer)) return no_overload(evaluator, "lists.range", operands);
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(operands[0].integer, 0));
  Evaluator::State& state = evaluator.state();
  if (count > state.context.limits.value_bytes) {
    state.out_of_bytes();
    return state.limit_error;
  }
  std::span<Value> items;
  const Value room = make_room(evaluator, count, items);
  if (!room.is(ValueKind::null)) return room;
  for (std::size_t at = 0; at < count; ++at) items[at] = Value::of(static_cast<std::int64_t>(at));
  return borrowed(evaluator, items);
}

constexpr std::string_view sortable =
    "list(int).sort() -> list(int); list(double).sort() -> list(double); "
    "list(money).sort() -> list(money); list(date).sort() -> list(date); "
    "list(string).sort() -> list(string); list(uint).sort() -> list(uint); "
    "list(bool).sort() -> list(bool); list(bytes).sort() -> list(bytes); "
    "list(timestamp).sort() -> list(timestamp); list(duration).sort() -> list(duration)";

constexpr Builtin sequences_table[] = {
    {"sort", sortable, sort, Takes::values, "the items in ascending order", Fails::sometimes},
    {"reverse", "list(A).reverse() -> list(A); string.reverse() -> string", reverse, Takes::values,
     "from the last item, or character, to the first", Fails::never},
    {"slice", "list(A).slice(int, int) -> list(A)", slice, Takes::values,
     "the items from a place up to before another, the first being 0", Fails::sometimes},
    {"flatten", "list(list(A)).flatten() -> list(A); list(A).flatten(int) -> list(dyn)", flatten,
     Takes::values, "the items of the lists in a list, one level down or so many",
     Fails::sometimes},
    {"first", "list(A).first() -> optional_type(A)", first, Takes::values,
     "an optional with the first item, or without a value", Fails::never},
    {"last", "list(A).last() -> optional_type(A)", last, Takes::values,
     "an optional with the last item, or without a value", Fails::never},
    {"indexOf",
     "string.indexOf(string) -> int; string.indexOf(string, int) -> int; list(A).indexOf(A) -> int",
     index_of, Takes::values, "the first place of a part or an item, from a place on; -1 if none",
     Fails::sometimes},
    {"lastIndexOf",
     "string.lastIndexOf(string) -> int; string.lastIndexOf(string, int) -> int; "
     "list(A).lastIndexOf(A) -> int",
     last_index_of, Takes::values, "the last place of a part or an item, up to a place; -1 if none",
     Fails::sometimes},
    {"lists.range", "(int) -> list(int)", range, Takes::values,
     "the whole numbers from 0 up to before another", Fails::never},
};

}  // namespace

std::span<const Builtin> sequences_builtins() {
  return sequences_table;
}

}  // namespace eraudit
