#pragma once
// In which order to ask, so that each answer settles as much as it can.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/evaluate/assessment.hpp"

namespace eraudit {

/// One question: all that is asked under one schema path, whichever rules wait for it.
struct PlannedAsk {
  std::string path;
  std::vector<std::uint32_t> asks;  ///< places in `Assessment::asks`, one per rule
  /// Verdicts that wait for it, and maybe for more; of those that the plan is about.
  std::uint64_t waiting = 0;
  /// Verdicts that then wait for nothing more: the questions before it and this one are all that
  /// they wait for. An answer can raise a new question (`Explanation::later`).
  std::uint64_t settles = 0;
  Severity gravest = Severity::none;  ///< the gravest that one of these can become
  std::uint64_t settled = 0;          ///< with the questions before it
  std::uint64_t at_most = 0;          ///< no choice of as many questions settles more
};

struct AskPlan {
  std::vector<PlannedAsk> asks;  ///< in the order in which to ask
  std::uint64_t waiting = 0;     ///< verdicts that the plan is about
  std::uint64_t left_out = 0;    ///< verdicts that wait for more than could be told apart
};

/// Greedy: again and again what settles most verdicts per question asked (then: graver ones, more
/// that wait for it, the path). A choice of k questions cannot be more than `at_most` better: each
/// verdict is shared out evenly over the questions it waits for, and a choice that settles it has
/// all its shares; so what k questions settle is at most the sum of the k largest totals.
/// Of more than 1,024 different sets of questions those that fewest verdicts wait for are left out.
/// O(questions^2 * sets).
[[nodiscard]] ERAUDIT_API AskPlan plan_asks(const Assessment& assessment);

}  // namespace eraudit
