#pragma once
// What a rule can be loaded with and had better not have.

#include <span>
#include <string>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// Loads the rules that `what` names, as `load_rules` does. With errors there are only those. Else
/// the warnings of loading (unlike units, conditions that are constant by themselves, entries that
/// nobody uses), and besides:
///
///     lint-threshold-source  a number or amount that an attribute is compared with, in a rule that
///                            names no source
///     lint-dead-condition    an operand that, after what stands before it, can never be true or
///                            never be false
///     lint-overlap           two rules that find the same
///     lint-wording           a word that accuses, in any language
///     lint-no-question       a fact that the rule may wait for, and no question for it
///     lint-missing-language  a message or question without a language that the title has
///
/// In the order of files and places. Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Diagnostics lint_rules(std::span<const std::string> what,
                                                 const LoadOptions& options = {});

}  // namespace eraudit
