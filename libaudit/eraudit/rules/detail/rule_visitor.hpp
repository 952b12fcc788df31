#pragma once
// Each rule with what it was read from, while rules are loaded.

#include <functional>
#include <span>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::rules_detail {

/// A rule without mistakes, its document, and what was known besides; nothing outlives the call.
using RuleVisitor = std::function<void(const Rule&, const Document&, const RuleSurroundings&)>;

/// `load_rules`, and `visit` for each rule as it is read, whatever is wrong elsewhere.
[[nodiscard]] Checked<Rules> load_rules(std::span<const std::string> what,
                                        const LoadOptions& options, const RuleVisitor& visit);

}  // namespace eraudit::rules_detail
