#pragma once
// Where to look first: ratings of companies, facilities and recruiters, from their own verdicts and
// from those they are near to. No verdict: nobody is found to do anything by being near.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/risk/exposure.hpp"

namespace eraudit {

/// From what was found to what may be: `low` counts findings only, at the lower end of their
/// severities; `high` also what is suspected, contested, broken and not known, all at their worst.
struct RatingRange {
  Thousandths low = 0;
  Thousandths high = 0;
  friend bool operator==(const RatingRange&, const RatingRange&) = default;
};

/// What one verdict adds to a rating.
struct Contribution {
  std::uint32_t rule = 0;  ///< index into `Rules::all()`
  NodeId subject;          ///< the rated node, or whose verdict counts as its own
  Verdict verdict = Verdict::unknown;
  SeverityRange severity;
  RatingRange adds;
};

/// What reaches a node from another one.
struct Reached {
  NodeId from;
  RatingRange rating;        ///< that of `from`, times the weights
  std::vector<EdgeId> path;  ///< from the node to `from`; never empty
};

struct Rating {
  NodeId node;
  RatingRange own;      ///< sum of its contributions
  RatingRange reached;  ///< the most that reaches it from another one; 0 if nothing does
  /// The larger of both, end by end. The order of ratings.
  [[nodiscard]] RatingRange total() const noexcept {
    return {std::max(own.low, reached.low), std::max(own.high, reached.high)};
  }
  Severity gravest = Severity::none;  ///< of its own findings, upper end
  std::uint32_t applicable = 0;       ///< verdicts that count as its own and apply
  std::uint32_t decided = 0;          ///< of these
  std::uint32_t best_rank = 1;        ///< 1 + those that are above it whatever comes out
  std::uint32_t worst_rank = 1;       ///< 1 + those that may be above it
};

/// A cheap handle on shared immutable state; keeps its assessment alive. Safe from many threads.
class ERAUDIT_API Risk {
 public:
  [[nodiscard]] const Assessment& assessment() const noexcept;
  [[nodiscard]] const Exposure& exposure() const noexcept;
  /// Everyone who is rated: by `total`, low end first, then high end, then id.
  [[nodiscard]] std::span<const Rating> ratings() const noexcept;
  /// Null if the node is not rated. O(1).
  [[nodiscard]] const Rating* rating(NodeId node) const noexcept;
  /// What its own rating is made of, what adds most first; both ends add up to `Rating::own`.
  /// O(verdicts that count as its own).
  [[nodiscard]] std::vector<Contribution> contributions(NodeId node) const;
  /// Where the lower end of what reaches it comes from, or the upper end if the lower is 0. Of
  /// equal ways the shortest, then from the smallest node, then over the smallest. Nothing if
  /// nothing reaches it.
  [[nodiscard]] std::optional<Reached> reached(NodeId node) const;

  struct State;
  explicit Risk(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

/// O(verdicts + most_steps * edges of the lists that reach). Edges that do not hold on the as-of
/// day carry nothing; those that may hold carry to the upper end only. `exposure` null: the one
/// that ships. Throws `Error` (`bad_argument`) if it was read for a schema with other kinds.
[[nodiscard]] ERAUDIT_API Risk rate(const Assessment& assessment, ExposurePtr exposure = nullptr);

}  // namespace eraudit
