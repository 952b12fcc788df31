#pragma once
// A syntax tree as text again.

#include <optional>
#include <string>

#include "eraudit/expression/syntax.hpp"

namespace eraudit::test {

/// With brackets around every operator, so that it shows what binds to what, and reads as the same
/// tree. Nothing for the few trees whose names do not say how they were quoted.
[[nodiscard]] std::optional<std::string> print_expression(const SyntaxTree& tree);

/// Where two trees differ; empty if they say the same. Places do not count.
[[nodiscard]] std::string tree_difference(const SyntaxTree& a, const SyntaxTree& b);

}  // namespace eraudit::test
