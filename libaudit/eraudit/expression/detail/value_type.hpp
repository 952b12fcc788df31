#pragma once
// From values to types.

#include "eraudit/expression/type.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit::detail {

/// What `type(value)` says: `dyn` of what is not one whole value.
[[nodiscard]] TypeKind type_kind(const Value& value);

}  // namespace eraudit::detail
