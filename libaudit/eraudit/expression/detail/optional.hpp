#pragma once
// Optional values: a record of the type `optional_type` with one field or none. Private to the
// module.

#include <string_view>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit::detail {

inline constexpr std::string_view optional_name = "optional_type";

/// What values of `type optional_type` point to.
[[nodiscard]] const Type& optional_constant();
/// `optional_type(inner)`.
[[nodiscard]] Type optional_of(Type inner);
[[nodiscard]] bool is_optional(const Type& type);
[[nodiscard]] bool is_optional(const Value& value);

/// An optional that holds `value`, which may be a range or partial list; an error or unknown stays
/// what it is.
[[nodiscard]] Value some(Evaluator& evaluator, const Value& value);
[[nodiscard]] Value none(Evaluator& evaluator);
/// Nothing that an optional could hold.
[[nodiscard]] inline bool is_absent(const Value& value) noexcept {
  return value.is(ValueKind::error) || value.is(ValueKind::unknown);
}
/// What an optional holds; null if nothing, or if `optional` is none.
[[nodiscard]] const Value* value_of(const Value& optional);

}  // namespace eraudit::detail
