#pragma once
// How much a statement counts.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// In order, weakest first.
enum class ProofLevel : std::uint8_t {
  any,           ///< somebody said so, if only about themselves
  stated,        ///< by a source that is no party speaking about itself, and not out of date
  supported,     ///< by a source that is good for the topic
  corroborated,  ///< by two of independent classes, or by several interviews held one by one
};
inline constexpr std::array proof_levels = {ProofLevel::any, ProofLevel::stated,
                                            ProofLevel::supported, ProofLevel::corroborated};

[[nodiscard]] ERAUDIT_API std::string_view to_text(ProofLevel level) noexcept;
[[nodiscard]] ERAUDIT_API std::optional<ProofLevel> parse_proof_level(
    std::string_view text) noexcept;

}  // namespace eraudit
