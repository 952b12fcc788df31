#pragma once
// Which conditions of rules their cases have seen come out each way.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// An operand of `&&`, `||`, `!` or `?:`, what `all`, `exists` and `filter` ask of each element, or
/// a condition as a whole.
struct CoveredCondition {
  std::string where;  ///< `fail_if`, `when`, `let borne`, `match`
  std::string text;   ///< as written
  Position position;
  bool was_true = false;
  bool was_false = false;
  bool was_unknown = false;
  bool can_be_false = true;    ///< not `has()` of what always exists, known or not
  bool can_be_unknown = true;  ///< it reads something that may not be known

  /// Whether it came out every way that it can.
  [[nodiscard]] bool complete() const noexcept {
    return was_true && (was_false || !can_be_false) && (was_unknown || !can_be_unknown);
  }
};

struct RuleCoverage {
  std::string rule;  ///< id
  std::string file;
  std::size_t cases = 0;
  std::vector<CoveredCondition> conditions;  ///< by place
};

/// Runs the cases beside the rules that `what` names and notes how each condition of `when`, `let`,
/// `match` and of the rule itself came out for the subjects that the cases expect something of.
/// What was not asked, because what stands before it had decided, counts for nothing. The
/// conditions inside of a pattern in `let` are not watched; whether it was found is. Programs that
/// only messages and severities read are left out. In the order of rule ids. Throws `Error`
/// (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<std::vector<RuleCoverage>> cover_rules(
    std::span<const std::string> what, const LoadOptions& options = {});

}  // namespace eraudit
