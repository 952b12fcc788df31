#pragma once
// How far those who say that something is not there could have noticed it, by rule.

#include <cstdint>
#include <string>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"

namespace eraudit::detail {

/// One source that passes of a rule rest on.
struct RuleDetection {
  Detection detection;
  std::uint64_t verdicts = 0;  ///< passes that rest on it
};

struct RuleDetections {
  std::vector<RuleDetection> all;  ///< by id of the source
  std::uint64_t omitted = 0;       ///< passes that were not looked at
};

/// Looks at the first `most` passes of a rule, and takes them from `most`. Nothing for a rule that
/// demands no proof to pass, or where nothing was weighed.
[[nodiscard]] RuleDetections detections_of(const Assessment& assessment, std::size_t rule,
                                           std::size_t& most);

}  // namespace eraudit::detail
