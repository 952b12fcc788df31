#pragma once
// Of conditions that are not known: the smallest sets of which some answers decide a verdict.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/expression/skeleton.hpp"

namespace eraudit::evaluate_detail {

/// So many conditions are in one set at most.
inline constexpr std::size_t most_together = 3;

struct DecidingSet {
  std::vector<std::uint32_t> conditions;  ///< their numbers, in order
  std::bitset<verdicts.size()> outcomes;  ///< verdicts that some answers to these give
};

/// The verdict under these answers, one for each condition; of those not answered, `unknown`.
using VerdictOf = std::function<Verdict(std::span<const Skeleton::Outcome>)>;

/// Sets of which some answers give `fail`, `pass` or `not_applicable`, with the other conditions
/// left open, and of which no part does; fewest conditions first, then in the order of their
/// numbers. None if there are more than `most_open_conditions`: what is not searched is not
/// claimed.
[[nodiscard]] std::vector<DecidingSet> smallest_sets(std::size_t conditions,
                                                     const VerdictOf& verdict_of);

}  // namespace eraudit::evaluate_detail
