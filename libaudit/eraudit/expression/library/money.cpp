// `money`.

#include <fmt/format.h>

#include "eraudit/expression/detail/amount.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {

detail::Amount detail::read_amount(std::string_view text) {
  MoneyProblem problem;
  const auto read = parse_money(text, &problem);
  if (!read) {
    return {std::nullopt,
            fmt::format("amount '{}' is not money: {}", text.substr(0, 100), problem.message)};
  }
  if (read->low != read->high) {
    return {std::nullopt, fmt::format("amount '{}' is a range: write one amount", text)};
  }
  if (read->period == WagePeriod::none) return {read->low, {}};
  const auto monthly = per_month(read->low, read->period);
  if (!monthly) return {std::nullopt, fmt::format("amount '{}' is too large", text)};
  return {*monthly, {}};
}

std::optional<Money> detail::constant_amount(const Program& program, const Operation& operation) {
  if (operation.op != Op::call || builtins()[operation.payload].name != "money") {
    return std::nullopt;
  }
  const Operation& argument = program.operation(program.children_of(operation)[0]);
  if (argument.op != Op::constant) return std::nullopt;
  const Value& text = program.constants[argument.payload];
  if (!text.is(ValueKind::text)) return std::nullopt;
  return read_amount(text.as_text()).money;
}

namespace {

using Operands = std::span<const Value>;

Value to_money(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::money)) return value;
  if (!value.is(ValueKind::text)) return detail::no_overload(evaluator, "money", operands);
  const std::string_view text = value.as_text();
  Evaluator::State& state = evaluator.state();
  if (!state.spend(text.size() / 16)) return state.limit_error;
  const auto known = state.amounts.find(text);
  if (known != state.amounts.end()) return Value::of(known->second, state.context.as_of);

  const detail::Amount read = detail::read_amount(text);
  if (!read.money) return evaluator.error(read.problem);
  if (state.amounts.size() >= detail::amounts_kept) state.amounts.clear();
  state.amounts.emplace(text, *read.money);
  return Value::of(*read.money, state.context.as_of);
}

constexpr Builtin money_table[] = {
    {"money", "(string) -> money; (money) -> money", to_money, Takes::values,
     "an amount: `money('10000 NPR')`, of a wage `money('1500 MYR/month')`", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> money_builtins() {
  return money_table;
}

}  // namespace eraudit
