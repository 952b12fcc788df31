#pragma once
// What a rule's verdict hangs on.

#include <set>

#include "eraudit/core/export.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit {

/// Slots of the entries of `let` that `at`, `when`, the condition or the patterns read, directly or
/// through others. Those of messages and severities are not among them.
[[nodiscard]] ERAUDIT_API std::set<Slot> lets_of_verdict(const Rule& rule);

}  // namespace eraudit
