#pragma once
// The seven answers to a rule, and how grave a finding is.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// Worst first: as a subject's verdicts are folded, the smaller wins.
enum class Verdict : std::uint8_t {
  fail,      ///< the indicator is there, with the proof the rule demands
  suspect,   ///< it is there, on weaker proof
  conflict,  ///< admissible claims disagree and the verdict hangs on which is true
  error,     ///< the rule itself broke
  unknown,   ///< what is known does not decide
  pass,      ///< not found in what was checked
  not_applicable,
};
inline constexpr std::array verdicts{Verdict::fail,          Verdict::suspect, Verdict::conflict,
                                     Verdict::error,         Verdict::unknown, Verdict::pass,
                                     Verdict::not_applicable};

/// The code, for rules and machines: `fail`, `not_applicable`.
[[nodiscard]] ERAUDIT_API std::string_view to_text(Verdict verdict);
[[nodiscard]] ERAUDIT_API std::optional<Verdict> parse_verdict(std::string_view code);
/// For people, in `en`, `fr` or `es` (else en): `indicator present`, `not found in what was
/// checked`.
[[nodiscard]] ERAUDIT_API std::string_view label(Verdict verdict, std::string_view language);

/// Of a finding, least first. `none`: no severity (a connection to examine).
enum class Severity : std::uint8_t { none, low, medium, high, critical };

[[nodiscard]] ERAUDIT_API std::string_view to_text(Severity severity);
[[nodiscard]] ERAUDIT_API std::optional<Severity> parse_severity(std::string_view code);
[[nodiscard]] ERAUDIT_API std::string_view label(Severity severity, std::string_view language);

}  // namespace eraudit
