#pragma once
// Of a verdict that is not decided: what would be enough to decide it, and what would be asked
// after that.

#include <cstddef>
#include <string_view>
#include <vector>

#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/expression/fact.hpp"
#include "eraudit/expression/later.hpp"

namespace eraudit::evaluate_detail {

struct Outlook {
  struct Set {
    std::vector<Fact> facts;  ///< in the order of the conditions, each once
    std::size_t more = 0;     ///< left out
    std::vector<std::string_view> conditions;
    std::vector<Verdict> verdicts;
  };
  std::vector<Set> enough;          ///< as `Explanation::enough`
  std::size_t open_conditions = 0;  ///< as `Explanation::open_conditions`
  std::vector<BranchNeeds> later;   ///< `when` as a condition of `?:`, too
};

/// Of the subject that `judge` judged last, all rows of a match included, and that came to
/// `judgement`, which is unknown. Facts live until the judge's next row, texts as long as the rule.
[[nodiscard]] Outlook look_ahead(Judge& judge, const BoundRule& rule, const Judgement& judgement);

}  // namespace eraudit::evaluate_detail
