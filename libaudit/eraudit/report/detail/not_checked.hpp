#pragma once
// Rules that said nothing about anybody, and why.

#include <optional>
#include <string_view>

#include "eraudit/evaluate/assessment.hpp"

namespace eraudit::detail {

/// A key of the engine's texts, or nothing if the rule decided something.
[[nodiscard]] std::optional<std::string_view> not_checked_reason(const RuleCounts& counts) noexcept;

}  // namespace eraudit::detail
