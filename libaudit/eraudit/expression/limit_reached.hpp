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
    steps,     ///< of evaluation (`Limits::fuel`)
    bytes,     ///< of lists and texts (`Limits::value_bytes`)
    levels,    ///< of operations inside one another
    rows,      ///< of a pattern
    hops,      ///< of a part of a pattern that names no end
    facts,     ///< that a verdict waits for (`Limits::facts_per_verdict`): counted, not told apart
    findings,  ///< (`Limits::findings`): counted, not listed
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

/// `limit reached: 10000 steps of evaluation`: the message of the error.
[[nodiscard]] ERAUDIT_API std::string limit_message(const LimitReached& reached);
/// What `limit_message` was made of; nothing for any other message.
[[nodiscard]] ERAUDIT_API std::optional<LimitReached> limit_in(std::string_view message);

}  // namespace eraudit
