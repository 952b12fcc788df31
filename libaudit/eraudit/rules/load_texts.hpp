#pragma once
// Rules from texts in hand.

#include <span>
#include <string>

#include "eraudit/core/source.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// As `load_rules`, and besides each of `texts` is one rule file under its name (JSON if that ends
/// in `.json`, else YAML), without cases or tables of its own. Without `what` there are only these;
/// with neither, the built-in pack `core`.
[[nodiscard]] ERAUDIT_API Checked<Rules> load_rules(std::span<const std::string> what,
                                                    std::span<const SourcePtr> texts,
                                                    const LoadOptions& options = {});

}  // namespace eraudit
