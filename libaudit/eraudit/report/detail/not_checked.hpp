#pragma once
// What was not checked, and why.

#include <optional>
#include <string_view>

#include "eraudit/evaluate/assessment.hpp"

namespace eraudit::detail {

/// A key of the engine's texts, or nothing if what is said was weighed as it should be.
[[nodiscard]] std::optional<std::string_view> proof_reservation(ProofWeighed weighed) noexcept;

/// The same, or nothing if the rule decided something.
[[nodiscard]] std::optional<std::string_view> not_checked_reason(const RuleCounts& counts) noexcept;

}  // namespace eraudit::detail
