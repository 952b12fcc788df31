#pragma once
// How many steps a search takes, told before it is run: the ways there are to walk from each node
// of one network are counted, not followed. Shared between modules, not installed.

#include <cstdint>
#include <span>
#include <vector>

#include "eraudit/expression/cost.hpp"
#include "eraudit/pattern/matcher.hpp"

namespace eraudit {

/// From a start node: the mean of all, and the most of any.
struct PatternCost {
  Expected steps;
  /// Rows, at most `PatternLimits::rows`.
  Expected rows;
  double heaviest = 0;  ///< steps of the dearest start if each edge is taken once; no bound
};

/// Edges that a row can have.
[[nodiscard]] ERAUDIT_API double longest_row(const Pattern& pattern) noexcept;

/// Every edge counts, whatever its days and conditions say, and walks that repeat an edge do, too:
/// `most` is an upper bound of the fuel of one search. `typical` takes each edge once. O(edges that
/// can be walked * hops).
[[nodiscard]] ERAUDIT_API PatternCost expected_cost(const BoundPattern& pattern,
                                                    std::span<const ValueSize> variables,
                                                    NetworkSizes& sizes, const Limits& limits = {});

}  // namespace eraudit
