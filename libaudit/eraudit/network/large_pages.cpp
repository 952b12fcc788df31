#include "eraudit/network/detail/large_pages.hpp"

#include <cstdint>
#include <sys/mman.h>

namespace eraudit::detail {

void prefer_large_pages(void* begin, std::size_t bytes) noexcept {
#if defined(MADV_HUGEPAGE)
  constexpr std::size_t fewest = std::size_t{4} << 20;
  constexpr std::uintptr_t small_page = 4096;
  if (bytes < fewest) return;
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const auto from = (address + small_page - 1) & ~(small_page - 1);
  const auto to = (address + bytes) & ~(small_page - 1);
  (void)::madvise(static_cast<char*>(begin) + (from - address), to - from, MADV_HUGEPAGE);
#else
  (void)begin;
  (void)bytes;
#endif
}

}  // namespace eraudit::detail
