#pragma once
// How little could have gone unnoticed where only some were asked.

#include <cstdint>
#include <optional>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// How many of `of` must be affected for the chance that none of `asked`, drawn from them at random
/// and without putting anybody back, is one of them to be 5 % or less: the smallest K with
/// C(of - K, asked) / C(of, asked) <= 0.05 (hypergeometric distribution). From 1 to `of`.
/// Nothing if `asked` is not from 1 to `of`, or `of` is over 10,000,000. O(of), in practice O(K).
[[nodiscard]] ERAUDIT_API std::optional<std::int64_t> smallest_noticed(std::int64_t asked,
                                                                       std::int64_t of) noexcept;

}  // namespace eraudit
