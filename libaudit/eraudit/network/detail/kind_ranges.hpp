#pragma once
// Nodes of one kind have consecutive numbers.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// The nodes of some kinds.
class KindRanges {
 public:
  KindRanges(const std::vector<KindId>& kinds, const std::vector<std::uint32_t>& kind_first) {
    for (const KindId kind : kinds) {
      ranges_.push_back({kind_first[kind.index], kind_first[kind.index + 1u]});
    }
    std::sort(ranges_.begin(), ranges_.end());
  }
  /// Which of the kinds, in their order, a node has that is of one of them.
  [[nodiscard]] std::size_t place_of(std::uint32_t node) const noexcept {
    std::size_t place = 0;
    while (node >= ranges_[place].second) ++place;
    return place;
  }
  [[nodiscard]] bool hold(std::uint32_t node) const noexcept {
    return std::any_of(ranges_.begin(), ranges_.end(), [node](const auto& range) {
      return node >= range.first && node < range.second;
    });
  }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

}  // namespace eraudit::detail
