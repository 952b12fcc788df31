// `money`.

#include <fmt/format.h>

#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using Operands = std::span<const Value>;

/// What a rule writes as an amount; a wage per year or week is kept per month like those of the
/// network.
Value to_money(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::money)) return value;
  if (!value.is(ValueKind::text)) return detail::no_overload(evaluator, "money", operands);
  const std::string_view text = value.as_text();
  Evaluator::State& state = evaluator.state();
  if (!state.spend(text.size() / 16)) return state.limit_error;
  const auto known = state.amounts.find(text);
  if (known != state.amounts.end()) return Value::of(known->second, state.context.as_of);

  MoneyProblem problem;
  const auto read = parse_money(text, &problem);
  if (!read) {
    return evaluator.error(
        fmt::format("amount '{}' is not money: {}", text.substr(0, 100), problem.message));
  }
  if (read->low != read->high) {
    return evaluator.error(fmt::format("amount '{}' is a range: write one amount", text));
  }
  Money money = read->low;
  if (read->period != WagePeriod::none) {
    const auto monthly = per_month(money, read->period);
    if (!monthly) return evaluator.error(fmt::format("amount '{}' is too large", text));
    money = *monthly;
  }
  if (state.amounts.size() >= detail::amounts_kept) state.amounts.clear();
  state.amounts.emplace(text, money);
  return Value::of(money, state.context.as_of);
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
