#pragma once
// A syntax tree as text again.

#include <optional>
#include <string>

#include "eraudit/expression/syntax.hpp"

namespace eraudit::fuzz {

/// With brackets around everything that has parts. Nothing for the few trees whose names do not
/// say how they were quoted.
[[nodiscard]] std::optional<std::string> print_expression(const SyntaxTree& tree);

/// Where two trees differ; empty if they say the same. Places do not count.
[[nodiscard]] std::string tree_difference(const SyntaxTree& a, const SyntaxTree& b);

}  // namespace eraudit::fuzz
