#pragma once
// Amounts as rules write them.

#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/money.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::detail {

struct Amount {
  std::optional<Money> money;
  std::string problem;  ///< of the text, if it is no amount
};

/// What `money('...')` means: a wage per year or week is kept per month like those of the network.
[[nodiscard]] Amount read_amount(std::string_view text);
/// Of an operation that calls `money` with a constant text which is an amount.
[[nodiscard]] std::optional<Money> constant_amount(const Program& program,
                                                   const Operation& operation);

}  // namespace eraudit::detail
