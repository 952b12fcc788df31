#pragma once
// Why a text is not money. Only called for a text that `parse_money` refused.

#include <string_view>

#include "eraudit/core/money.hpp"

namespace eraudit::detail {

[[nodiscard]] MoneyProblem explain_money(std::string_view text);

/// Why there is no such currency code, and what to write instead.
[[nodiscard]] MoneyProblem explain_currency(std::string_view code);

/// `code` was a currency of ISO 4217 once.
[[nodiscard]] bool withdrawn_currency(std::string_view code);

}  // namespace eraudit::detail
