#pragma once
// Rules to begin with: each loads as it is, and its cases pass.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"

namespace eraudit {

struct RuleStarter {
  std::string name;     ///< `max_amount`
  std::string summary;  ///< one line
};

/// What ships in rules/starters, by name.
[[nodiscard]] ERAUDIT_API std::vector<RuleStarter> rule_starters();

/// Texts of two files.
struct StartedRule {
  std::string rule;
  std::string cases;
};

/// The starter, with `id` as the id of its rule. Throws `Error` (`bad_argument`) with the nearest
/// name if there is no such starter, and if `id` cannot be the id of a rule.
[[nodiscard]] ERAUDIT_API StartedRule start_rule(std::string_view starter, std::string_view id);

}  // namespace eraudit
