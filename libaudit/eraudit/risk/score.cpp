#include "eraudit/risk/detail/score.hpp"

#include <algorithm>

namespace eraudit::risk_detail {
namespace {

constexpr std::int64_t whole = 1'000'000'000;

}  // namespace

Thousandths Tally::score(const Exposure& exposure) const noexcept {
  std::size_t leader = counts_.size() - 1;
  while (leader > 0 && counts_[leader] == 0) --leader;
  if (leader == 0) return 0;
  const Thousandths least = exposure.severities[leader].least;
  const Thousandths most =
      leader + 1 < counts_.size() ? exposure.severities[leader + 1].least - 1 : Thousandths{1000};
  // Rounded down at each step, from the gravest on, so that the same findings give the same number.
  std::int64_t left = whole;
  for (std::size_t severity = leader; severity > 0; --severity) {
    std::uint32_t others = counts_[severity] - (severity == leader ? 1 : 0);
    for (; others > 0 && left > 0; --others) {
      left = left * (1000 - exposure.severities[severity].adds) / 1000;
    }
  }
  return least + static_cast<Thousandths>(std::max(most - least, 0) * (whole - left) / whole);
}

}  // namespace eraudit::risk_detail
