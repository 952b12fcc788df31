#pragma once
// The smallest and the largest of several values. Private to the module.

#include <span>
#include <string_view>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit::detail {

/// What the items of a list are, besides those that are not known.
[[nodiscard]] ValueKind kind_of_items(const ListData& list, const Type* result);

/// The smallest or largest item of the list that is the first operand, plain or partial. An error
/// if there is none, or if the items have no order. `name`: of the function, for that error.
[[nodiscard]] Value extreme(Evaluator& evaluator, std::string_view name,
                            std::span<const Value> operands, bool smallest);

}  // namespace eraudit::detail
