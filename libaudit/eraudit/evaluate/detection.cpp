#include "eraudit/evaluate/detection.hpp"

namespace eraudit {

std::optional<std::int64_t> smallest_noticed(std::int64_t asked, std::int64_t of) noexcept {
  constexpr std::int64_t most = 10'000'000;
  constexpr double missed = 0.05;
  if (asked < 1 || asked > of || of > most) return std::nullopt;
  // C(of - K, asked) / C(of, asked), from K to K + 1.
  double none_noticed = 1;
  std::int64_t affected = 0;
  while (none_noticed > missed) {
    none_noticed *= static_cast<double>(of - asked - affected) / static_cast<double>(of - affected);
    ++affected;
  }
  return affected;
}

}  // namespace eraudit
