#pragma once
// Rows that many subjects have in common, judged once.
//
// All groups that one recruiter recruited have the same chain behind him. Where a pattern's first
// step is a plain edge, and the condition reads nothing but the node at the other end of the chain,
// what stands behind a node of that first step is judged once and kept. Without it, judging costs
// groups times sub-agents of one recruiter.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/pattern/matcher.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit::evaluate_detail {

struct BoundRule;

/// What all rows of a subject came to. The facts are in order, each once.
struct RowsTogether {
  bool any = false;  ///< there is a row
  bool bad = false;  ///< one is bad
  std::vector<Fact> waits;
};

/// Of one rule. Not for many threads.
class SharedRows {
 public:
  /// Whether its rows can be judged in this way.
  [[nodiscard]] static bool possible(const BoundRule& rule);

  SharedRows(const BoundRule& rule, const Network& network, const EvaluationContext& context);

  /// Null if that cannot be said, or a limit would be near: then each row is judged for itself,
  /// with the same verdict. (Of detours between two nodes of the first step, one way may name facts
  /// that the other does not.) `used`: fuel that the subject has spent already. Valid until the
  /// next call. Never hangs on which subjects were asked of before.
  [[nodiscard]] const RowsTogether* judge(NodeId subject, std::uint64_t used);
  /// The steps of the last call, with those that were done for others before.
  [[nodiscard]] std::uint64_t cost() const noexcept { return cost_; }

 private:
  /// What stands behind a node of the first step.
  struct Behind {
    RowsTogether rows;
    bool judged = false;  ///< no condition broke, and no limit was reached
    std::uint64_t cost = 0;
    std::uint64_t ends = 0;
  };
  [[nodiscard]] const Behind& behind(NodeId node);
  [[nodiscard]] bool judge_behind(NodeId node, Behind& behind);

  const BoundRule& rule_;
  EvaluationContext context_;
  Evaluator evaluator_;
  Matcher matcher_;
  Slot end_ = 0;
  PatternPart part_;
  RowsTogether together_;
  std::vector<Fact> merged_;
  std::unordered_map<std::uint32_t, Behind> behind_;
  std::size_t kept_facts_ = 0;
  std::uint64_t cost_ = 0;
};

}  // namespace eraudit::evaluate_detail
