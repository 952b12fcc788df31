#include "eraudit/expression/detail/parts.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/expression/detail/machine.hpp"

namespace eraudit::detail {
namespace {

/// How many times the fuel of a row all parts together may use.
constexpr std::uint64_t rows_of_fuel = 32;

}  // namespace

Parts::Parts(Evaluator& evaluator)
    : evaluator_(evaluator),
      state_(evaluator.state()),
      fuel_(std::exchange(state_.fuel, 0)),
      exhausted_(std::exchange(state_.exhausted, false)) {}

Parts::~Parts() {
  state_.fuel = fuel_;
  state_.exhausted = exhausted_;
}

Value Parts::value(const BoundProgram& program, std::uint32_t operation) {
  cut_short_ = cut_short_ || spent_ / rows_of_fuel > state_.fuel_limit;
  if (cut_short_) return evaluator_.error("a limit was reached");
  const Value value = run_part(evaluator_, program, operation);
  spent_ += std::exchange(state_.fuel, 0);
  cut_short_ = std::exchange(state_.exhausted, false);
  return cut_short_ ? state_.limit_error : value;
}

const FactSet* Parts::may_need(const BoundProgram& program, std::uint32_t operation) {
  struct AllNeeds {
    explicit AllNeeds(Evaluator::State& of) : state(of) {
      state.ask_again();
      state.all_needs = true;
    }
    ~AllNeeds() {
      state.all_needs = false;
      state.ask_again();
    }
    Evaluator::State& state;
  } const mode(state_);
  return evaluator_.waits_for(value(program, operation));
}

const BoundProgram* Parts::definition(const Operation& operation) const {
  if (operation.op != Op::variable || operation.payload >= state_.variables.size()) return nullptr;
  const Variable& variable = state_.variables[operation.payload];
  const bool declared = std::any_of(
      state_.declared.begin(), state_.declared.end(),
      [&](const DeclaredUnknown& unknown) { return unknown.slot == operation.payload; });
  return variable.row == state_.row && !declared ? variable.program : nullptr;
}

}  // namespace eraudit::detail
