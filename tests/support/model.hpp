#pragma once
// Text to networks and rules, for tests.

#include <string>
#include <string_view>

#include "eraudit/network/network.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::test {

/// Native YAML; `eraudit: network/1` may be missing. Throws with the diagnostics if it is refused.
[[nodiscard]] Network network_of(std::string_view yaml, SchemaPtr schema = nullptr);

/// One rule file. Throws with the diagnostics if it is refused.
[[nodiscard]] Rules rules_of(std::string_view yaml);

/// `rule: test.rule`, `subject: (c:Cohort)` and `message: found` before `rest`.
[[nodiscard]] Rules cohort_rule(std::string_view rest);

/// What is wrong with one rule file, without the path of its folder; it is called `rule.yaml`.
[[nodiscard]] std::string rule_mistakes(std::string_view yaml);

}  // namespace eraudit::test
