#pragma once
// What will be needed once it is known which way a `?:` goes. Shared between modules, not
// installed.

#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit {

/// What one branch of a `?:` waits for, whose condition is not known.
struct BranchNeeds {
  std::string_view condition;  ///< as written; lives as long as the program
  bool outcome = true;         ///< the way the condition goes to this branch
  /// Less what the condition itself waits for. Lives until the evaluator's next row.
  const FactSet* facts = nullptr;
};

/// Of each `?:` that `program` comes to in the row that is set, in `let` variables too, outside of
/// what macros do for each element; branches within branches after those they stand in. Branches
/// that need nothing are left out. At most `Limits::witnesses`. Evaluates parts once more, with
/// fuel of their own.
[[nodiscard]] ERAUDIT_API std::vector<BranchNeeds> needed_later(Evaluator& evaluator,
                                                                const BoundProgram& program);

/// `facts` less those of `known`; null if nothing is left.
[[nodiscard]] ERAUDIT_API const FactSet* without(Evaluator& evaluator, const FactSet* facts,
                                                 const FactSet* known);

}  // namespace eraudit
