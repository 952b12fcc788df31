#pragma once
// What rules would cost on one network, told before they are run.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// In steps of the evaluator, as `Limits::fuel` counts them. A plain value.
///
/// `most` is meant to be an upper bound: every list as long as the longest of its kind, every
/// branch taken, nothing found early. (Not counted: messages; looking for facts by name where a row
/// waits for thousands of them.) A bound may be far above what any subject needs, and is no reason
/// to refuse a rule. `typical` takes every list as long as the mean, and is no bound.
struct RuleCost {
  std::uint32_t rule = 0;      ///< index into `Rules::all()`
  std::uint64_t subjects = 0;  ///< nodes of the subject's kinds
  double typical = 0;          ///< for one subject
  double heaviest = 0;  ///< for the dearest subject, as `most`, but each pattern is searched once
  double most = 0;      ///< for one subject
  double run = 0;       ///< for all of them, as `typical`

  /// The innermost of the loops that take most of it: what to look at first. Line 0: there is none.
  std::string file;
  Position position;
  std::string text;             ///< `c.fees.exists(f, ...)`, its beginning
  std::vector<double> lengths;  ///< the longest lists of the loops within each other, outside first
  double part = 0;              ///< steps of it, at most
};

struct CostOptions {
  Limits limits{};
  /// Also count the ways that patterns can take: O(edges * hops) for each pattern. Without it what
  /// a pattern finds counts, but not what looking for it takes.
  bool patterns = true;
};

/// One for each rule, in their order. Throws `Error` (`bad_argument`) as `evaluate` does. O(nodes)
/// for each list that a rule reads.
[[nodiscard]] ERAUDIT_API std::vector<RuleCost> expected_costs(const Network& network,
                                                               const Rules& rules,
                                                               const CostOptions& options = {});

/// `3`, `1,200`, `6e10`: nobody needs the digits of a guess.
[[nodiscard]] ERAUDIT_API std::string rough_text(double steps);

/// A warning `rule-cost` for each of which the dearest subject may need more than `Limits::fuel`
/// (`heaviest`), or all subjects more than `Limits::rule_fuel`, with the place of its dearest part.
/// Never an error: nobody knows before what is found early.
[[nodiscard]] ERAUDIT_API Diagnostics cost_warnings(const Rules& rules,
                                                    std::span<const RuleCost> costs,
                                                    const Limits& limits = {});

}  // namespace eraudit
