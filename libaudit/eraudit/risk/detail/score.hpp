#pragma once
// One number from many findings: the gravest leads, and none is averaged away.

#include <array>
#include <cstdint>

#include "eraudit/risk/exposure.hpp"
#include "eraudit/rules/verdict.hpp"

namespace eraudit::risk_detail {

/// How many findings there are of each severity.
class Tally {
 public:
  void add(Severity severity) noexcept { ++counts_[static_cast<std::size_t>(severity)]; }

  /// The gravest alone gives its `least`; each other one closes the share `adds` of what is left to
  /// the next severity's `least`. Whatever is added or made graver, the score never falls. Does
  /// not depend on the order in which findings were added.
  [[nodiscard]] Thousandths score(const Exposure& exposure) const noexcept;

 private:
  std::array<std::uint32_t, 5> counts_{};  ///< by Severity
};

}  // namespace eraudit::risk_detail
