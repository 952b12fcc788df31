#pragma once
// Which limit stopped an evaluation. The error says it in English; reports in their language.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

struct LimitReached {
  enum class Limit : std::uint8_t {
    steps,       ///< of evaluation (`Limits::fuel`)
    rule_steps,  ///< over all subjects of a rule (`Limits::rule_fuel`): the rest is not judged
    bytes,       ///< of lists and texts (`Limits::value_bytes`)
    levels,      ///< of operations inside one another
    rows,        ///< of a pattern (`Limits::rows`)
    hops,        ///< of a part of a pattern that names no end
    facts,  ///< that a verdict waits for (`Limits::facts_per_verdict`): counted, not told apart
    combinations,  ///< of statements that disagree: then the verdict is `conflict`
    findings,      ///< (`Limits::findings`): counted, not listed
  };
  Limit limit = Limit::steps;
  std::uint64_t most = 0;  ///< how many there may be
  std::string part{};      ///< of `hops`: of the pattern, as written
  friend auto operator<=>(const LimitReached&, const LimitReached&) = default;
};

/// `steps`, `bytes` ...: the code in report.json.
[[nodiscard]] ERAUDIT_API std::string_view to_text(LimitReached::Limit limit) noexcept;
[[nodiscard]] ERAUDIT_API std::optional<LimitReached::Limit> parse_limit(
    std::string_view text) noexcept;

/// `10000 steps of evaluation (fuel)`: what errors say, with the field of `Limits` if it is one.
[[nodiscard]] ERAUDIT_API std::string to_text(const LimitReached& reached);
/// What such a text was made of; nothing for any other.
[[nodiscard]] ERAUDIT_API std::optional<LimitReached> parse_limit_reached(std::string_view text);

}  // namespace eraudit
