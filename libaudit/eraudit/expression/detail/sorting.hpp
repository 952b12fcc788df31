#pragma once
// The order of several values. Private to the module.

#include <cstdint>
#include <span>
#include <string_view>

#include "eraudit/expression/evaluator.hpp"

namespace eraudit::detail {

/// Puts the places of `keys` (0, 1, 2 ...) into `places` in ascending order of the keys, equal ones
/// as they stand; not-a-number comes last. Null, or what stands in the way: an error if two keys
/// have no order (`name`: of the function), an unknown if a rate is missing. Keys are plain values.
[[nodiscard]] Value sort_places(Evaluator& evaluator, std::string_view name,
                                std::span<const Value> keys, std::span<std::uint32_t> places);

}  // namespace eraudit::detail
