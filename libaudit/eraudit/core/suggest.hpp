#pragma once
// "Did you mean ...?"

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// The candidate that `name` is most likely a misspelling of: fewest edits (insert, delete,
/// replace, swap of neighbours), at most a third of the length of `name` and at least one; case,
/// `-` and `_` count as equal. Ties go to the earlier candidate. Nothing if none is near.
/// O(candidates * length^2).
[[nodiscard]] ERAUDIT_API std::optional<std::string_view> nearest_name(
    std::string_view name, std::span<const std::string_view> candidates);

/// A help line for an unknown name: "did you mean 'amount'?", or, if nothing is near, "one of: a,
/// b, c" with at most eight candidates.
[[nodiscard]] ERAUDIT_API std::string suggest(std::string_view name,
                                              std::span<const std::string_view> candidates);

}  // namespace eraudit
