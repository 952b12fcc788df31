#pragma once
// What an auditor reads on a terminal.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/risk/risk.hpp"

namespace eraudit {

struct TextOptions {
  std::string language = "en";  ///< rules in it where they can, else in English
  std::size_t width = 80;       ///< columns; at least 60
  bool colour = false;
  std::size_t findings = 10;  ///< shown in the summary; the rest is counted
  std::size_t asks = 10;
  std::optional<Risk> risk{};  ///< ratings of the same assessment, to show where to look first
  std::size_t ratings = 5;     ///< of these
};

/// Counts of every verdict, the gravest findings, what to ask next, how far each rule could judge,
/// what was not checked. Gives no all-clear while anything is fail, suspect, conflict, unknown or
/// error; a run that checked nothing says so first. Plain lines, no tables drawn; none is wider
/// than `width`, unless a single word is.
[[nodiscard]] ERAUDIT_API std::string summary(const Assessment& assessment,
                                              const TextOptions& options = {});

/// One verdict with its conditions, what was read and where it stands, and what would change it.
[[nodiscard]] ERAUDIT_API std::string describe(const Assessment& assessment,
                                               const Explanation& explanation,
                                               const TextOptions& options = {});

/// One rule (index into `rules.all()`): its logic as its file has it, what it rests on, what it
/// asks, what a draft lacks. Its logic is not broken into lines of `width`.
[[nodiscard]] ERAUDIT_API std::string describe_rule(const Rules& rules, std::size_t rule,
                                                    const TextOptions& options = {});

/// `10,000 steps of evaluation: rule test.rule, 1 subject`: a limit that a run reached, and where.
[[nodiscard]] ERAUDIT_API std::string describe_limit(const LimitHit& hit,
                                                     std::string_view language = "en");

/// What a diagnostic means and what to do about it, under its id, in English; empty for an id that
/// does not exist.
[[nodiscard]] ERAUDIT_API std::string describe_diagnostic(std::string_view id,
                                                          const TextOptions& options = {});

}  // namespace eraudit
