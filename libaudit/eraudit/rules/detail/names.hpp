#pragma once
// Which names an expression uses.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "eraudit/expression/syntax.hpp"

namespace eraudit::rules_detail {

/// Indices into `names` of those that `tree` uses and no comprehension in it hides, in order.
[[nodiscard]] std::vector<std::size_t> free_names(const SyntaxTree& tree,
                                                  std::span<const std::string_view> names);

}  // namespace eraudit::rules_detail
