#include "eraudit/expression/explain.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/readings.hpp"
#include "eraudit/expression/lazy_value.hpp"

namespace eraudit {
namespace {

using Step = Evaluator::Step;
using detail::Readings;

/// The steps of one evaluation as a tree.
class Trace {
 public:
  explicit Trace(std::vector<Step> steps) : steps_(std::move(steps)), first_(steps_.size() + 1) {
    for (std::size_t index = 0; index < steps_.size(); ++index) {
      if (steps_[index].parent != index) ++first_[steps_[index].parent + 1];
    }
    for (std::size_t index = 1; index < first_.size(); ++index) first_[index] += first_[index - 1];
    children_.resize(first_.back());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t index = 0; index < steps_.size(); ++index) {
      if (steps_[index].parent == index) continue;
      children_[next[steps_[index].parent]++] = static_cast<std::uint32_t>(index);
    }
  }

  [[nodiscard]] const Step& step(std::uint32_t index) const { return steps_[index]; }
  [[nodiscard]] std::span<const std::uint32_t> children(std::uint32_t index) const {
    return std::span(children_).subspan(first_[index], first_[index + 1] - first_[index]);
  }
  [[nodiscard]] const Operation& operation(std::uint32_t index) const {
    return steps_[index].program->program().operation(steps_[index].operation);
  }

 private:
  std::vector<Step> steps_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> children_;
};

/// What decides comes first, then what might, then the rest; elements that are certain before
/// possible ones.
int rank(const Value& value, bool possible, bool deciding) {
  if (value.is(ValueKind::boolean)) {
    if (value.boolean != deciding) return 4;
    return possible ? 1 : 0;
  }
  return value.is(ValueKind::error) ? 3 : 2;
}

class Explainer {
 public:
  Explainer(Evaluator& evaluator, const Trace& trace) : evaluator_(evaluator), trace_(trace) {}

  Condition condition(std::uint32_t index) {
    const Step& step = trace_.step(index);
    const Operation& operation = trace_.operation(index);
    Condition result = outline(step, operation);
    Readings readings(evaluator_, result);
    switch (operation.op) {
      case Op::and_:
      case Op::or_:
      case Op::not_:
      case Op::conditional:
        for (const std::uint32_t child : trace_.children(index)) {
          result.parts.push_back(condition(child));
        }
        break;
      case Op::comprehension:
        comprehension(index, operation, result, readings);
        break;
      default:
        collect(index, result, readings);
    }
    return result;
  }

 private:
  Condition outline(const Step& step, const Operation& operation) {
    const Program& program = step.program->program();
    Condition result;
    result.text = std::string(program.text_of(operation));
    result.position = detail::position_in_file(program.text, operation.span);
    result.outcome = plain_value(evaluator_, step.value, &operation.type);
    result.kind = step.value.kind;
    if (const FactSet* const facts = evaluator_.waits_for(step.value)) {
      result.waits_for.assign(facts->facts.begin(), facts->facts.end());
    }
    return result;
  }

  void comprehension(std::uint32_t index, const Operation& operation, Condition& result,
                     Readings& readings) {
    const Program& program = trace_.step(index).program->program();
    const Macro macro = program.comprehensions[operation.payload].macro;
    const bool quantifies =
        macro == Macro::all || macro == Macro::exists || macro == Macro::exists_one;
    if (!quantifies) {
      collect(index, result, readings);
      return;
    }
    const auto children = trace_.children(index);
    if (children.empty()) return;
    collect(children[0], result, readings);
    std::vector<std::uint32_t> elements(children.begin() + 1, children.end());
    const bool deciding = macro != Macro::all;
    std::stable_sort(elements.begin(), elements.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto of = [&](std::uint32_t at) {
        const Step& step = trace_.step(at);
        return rank(step.value, step.possible != nullptr, deciding);
      };
      return of(a) < of(b);
    });
    const std::size_t most = evaluator_.context().limits.witnesses;
    if (elements.size() > most) {
      result.more_parts = elements.size() - most;
      elements.resize(most);
    }
    for (const std::uint32_t element : elements) {
      Condition part = condition(element);
      part.element = plain_value(evaluator_, trace_.step(element).element);
      part.possible = trace_.step(element).possible != nullptr;
      result.parts.push_back(std::move(part));
    }
  }

  /// What was read for a value that is not taken apart.
  void collect(std::uint32_t index, Condition& result, Readings& readings) {
    const Step& step = trace_.step(index);
    const Operation& operation = trace_.operation(index);
    const auto children = trace_.children(index);
    readings.add_conversions(index);
    if (operation.op == Op::variable) {
      if (!children.empty()) {
        variable(step, operation, children[0], result);
      } else {
        host_variable(step, operation, result);
      }
      return;
    }
    for (const std::uint32_t child : children) collect(child, result, readings);
    const BoundProgram::Binding& binding = step.program->binding();
    const Value object = children.empty() ? Value::null() : trace_.step(children[0]).value;
    switch (operation.op) {
      case Op::attribute:
      case Op::has_attribute:
        readings.add_cell(binding.attributes[operation.payload], object);
        break;
      case Op::list:
        readings.add_list(binding.lists[operation.payload], object, step.value);
        break;
      case Op::table:
        readings.add_table(binding.tables[operation.payload].table->name(), operation.payload,
                           step.program->program().text_of(operation), step.value);
        break;
      default:
        break;
    }
  }

  /// A `let` name, explained where it was worked out.
  void variable(const Step& step, const Operation& operation, std::uint32_t definition,
                Condition& result) {
    Condition part = condition(definition);
    part.name = std::string(step.program->program().text_of(operation));
    result.variables.push_back(std::move(part));
  }

  /// The same of one that a host computes.
  void host_variable(const Step& step, const Operation& operation, Condition& result) {
    const auto& variables = evaluator_.state().variables;
    const std::string_view name = step.program->program().text_of(operation);
    if (operation.payload >= variables.size()) return;
    const detail::Variable& variable = variables[operation.payload];
    if (variable.row != evaluator_.state().row || variable.host == nullptr) return;
    auto part = variable.host->explain(evaluator_, step.value);
    if (!part) return;
    part->name = std::string(name);
    result.variables.push_back(*std::move(part));
  }

  Evaluator& evaluator_;
  const Trace& trace_;
};

}  // namespace

Condition explain(Evaluator& evaluator, const BoundProgram& program) {
  Evaluator::State& state = evaluator.state();
  state.ask_again();
  const std::uint64_t fuel = std::exchange(state.fuel, 0);
  const std::uint64_t fuel_end =
      std::exchange(state.fuel_end, state.arena.over() ? 0 : state.fuel_limit);
  const bool exhausted = std::exchange(state.exhausted, false);
  state.placed = false;
  // A host's variable may be explained in the course of this.
  auto steps = std::exchange(state.steps, {});
  auto conversions = std::exchange(state.conversions, {});
  state.tracing = true;
  const Value value = evaluator.evaluate(program);
  state.tracing = false;
  const Trace trace(std::exchange(state.steps, {}));
  Condition result = Explainer(evaluator, trace).condition(0);
  if (value.is(ValueKind::error)) result.outcome = plain_value(evaluator, value);
  result.kind = value.kind;
  state.fuel = fuel;
  state.fuel_end = fuel_end;
  state.exhausted = exhausted;
  state.steps = std::move(steps);
  state.conversions = std::move(conversions);
  return result;
}

}  // namespace eraudit
