#pragma once
// Large memory that is read here and there: its places are found sooner in large pages.

#include <cstddef>

namespace eraudit::detail {

/// Asks the system to back these bytes, which nobody has touched yet, with large pages. A hint:
/// does nothing for few bytes or where it is not to be had.
void prefer_large_pages(void* begin, std::size_t bytes) noexcept;

}  // namespace eraudit::detail
