// Values that are unknown in part because somebody said so (`Evaluator::set_unknown`).

#include <charconv>
#include <fmt/format.h>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/plain_value.hpp"

namespace eraudit::detail {
namespace {

const FactSet* fact_named(Evaluator& evaluator, std::string_view name) {
  const Fact fact = evaluator.named(name);
  return evaluator.facts(std::span(&fact, 1));
}

/// One step of a path: a field, an index, or any.
struct Step {
  enum class Kind : std::uint8_t { field, index, any } kind = Kind::field;
  std::string_view field;
  std::int64_t index = 0;
  std::size_t length = 0;  ///< of its text
};

Step first_step(std::string_view path) {
  Step step;
  if (path.starts_with(".*")) {
    step.kind = Step::Kind::any;
    step.length = 2;
  } else if (path.starts_with('.')) {
    step.length = path.find_first_of(".[", 1);
    if (step.length == std::string_view::npos) step.length = path.size();
    step.field = path.substr(1, step.length - 1);
  } else if (path.starts_with('[')) {
    const std::size_t close = path.find(']');
    if (close != std::string_view::npos) {
      step.kind = Step::Kind::index;
      step.length = close + 1;
      const auto digits = path.substr(1, close - 1);
      const auto [end, problem] =
          std::from_chars(digits.data(), digits.data() + digits.size(), step.index);
      if (problem != std::errc() || end != digits.data() + digits.size()) step.length = 0;
    }
  }
  if (step.length == 0 || (step.kind == Step::Kind::field && step.field.empty())) {
    throw Error(ErrorCode::bad_argument, fmt::format("'{}' is no path below a variable", path));
  }
  return step;
}

std::string joined(std::string_view trail, std::string_view step) {
  return std::string(trail).append(step);
}

}  // namespace

Value unknown_below(Evaluator& evaluator, const MapData& map, const Value& key) {
  const std::string_view trail = evaluator.name(map.whole->facts.front());
  const std::string step = key.is(ValueKind::text)
                               ? joined(".", key.as_text())
                               : fmt::format("[{}]", plain_value(evaluator, key).value);
  return evaluator.unknown(fact_named(evaluator, joined(trail, step)));
}

Value with_unknown(Evaluator& evaluator, const Value& value, std::string_view trail,
                   std::string_view path) {
  if (path.empty()) return evaluator.unknown(fact_named(evaluator, trail));
  const Step step = first_step(path);
  const std::string_view rest = path.substr(step.length);
  const std::string below = joined(trail, path.substr(0, step.length));
  Evaluator::State& state = evaluator.state();
  const FactSet* const whole = fact_named(evaluator, trail);

  if (value.is(ValueKind::list) && step.kind != Step::Kind::field) {
    ListData data = *value.list;
    const std::span<Value> items = state.arena.copy(data.items);
    for (std::size_t index = 0; index < items.size(); ++index) {
      if (step.kind == Step::Kind::index && static_cast<std::int64_t>(index) != step.index) {
        continue;
      }
      items[index] =
          with_unknown(evaluator, items[index], fmt::format("{}[{}]", trail, index), rest);
    }
    data.items = items;
    data.whole = whole;
    Value result = Value::make(ValueKind::list);
    result.flags = Value::waits;
    result.list = state.arena.make(data);
    return result;
  }

  MapData data;
  if (value.is(ValueKind::map)) data = *value.map;
  data.whole = whole;
  if (step.kind == Step::Kind::any) {
    data.any_key_unknown = true;
    data.keys = {};
    data.values = {};
  } else {
    const Value key =
        step.kind == Step::Kind::field ? evaluator.text(step.field) : Value::of(step.index);
    const Value* const known = find_key(evaluator, data, key);
    const std::size_t count = data.keys.size() + (known == nullptr ? 1 : 0);
    const std::span<Value> keys = state.arena.array<Value>(count);
    const std::span<Value> values = state.arena.array<Value>(count);
    std::copy(data.keys.begin(), data.keys.end(), keys.begin());
    std::copy(data.values.begin(), data.values.end(), values.begin());
    const std::size_t at =
        known == nullptr ? count - 1 : static_cast<std::size_t>(known - data.values.data());
    keys[at] = key;
    values[at] = with_unknown(evaluator, known == nullptr ? Value::null() : *known, below, rest);
    data.keys = keys;
    data.values = values;
  }
  Value result = Value::make(ValueKind::map);
  result.flags = Value::waits;
  result.map = state.arena.make(data);
  return result;
}

}  // namespace eraudit::detail
