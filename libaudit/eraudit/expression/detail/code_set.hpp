#pragma once
// A few of the codes of a dictionary.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace eraudit::detail {

/// Asked once per row: a bit for each code from the lowest to the highest, unless they lie so far
/// apart that searching them is cheaper than the memory.
class CodeSet {
 public:
  CodeSet() = default;
  explicit CodeSet(std::vector<std::uint32_t> codes) : codes_(std::move(codes)) {
    std::sort(codes_.begin(), codes_.end());
    if (codes_.empty() || codes_.back() - codes_.front() >= most_bits) return;
    first_ = codes_.front();
    words_.resize((codes_.back() - first_) / 64 + 1);
    for (const std::uint32_t code : codes_) {
      words_[(code - first_) / 64] |= std::uint64_t{1} << ((code - first_) % 64);
    }
  }

  [[nodiscard]] bool contains(std::uint32_t code) const noexcept {
    const std::uint32_t bit = code - first_;  // far above all words for a code below the first
    if (bit / 64 < words_.size()) return ((words_[bit / 64] >> (bit % 64)) & 1) != 0;
    return words_.empty() && std::binary_search(codes_.begin(), codes_.end(), code);
  }

 private:
  static constexpr std::uint32_t most_bits = 1U << 14;
  std::uint32_t first_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> codes_;
};

}  // namespace eraudit::detail
