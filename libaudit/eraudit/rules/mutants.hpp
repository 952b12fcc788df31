#pragma once
// Rules with one small mistake made on purpose: cases that do not notice one leave a gap.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// A rule that differs in one place from the one that was written.
struct Mutant {
  std::string rule;   ///< id
  std::string where;  ///< `fail_if`, `when`, `let borne`, `match`
  std::string file;
  Position position;    ///< of what was changed
  std::string written;  ///< `<`
  std::string instead;  ///< `<=`; empty: it was dropped
  Rules rules;          ///< the changed rule alone
};

/// What became of one rule.
struct MutantCounts {
  std::string rule;
  std::size_t made = 0;
  std::size_t refused = 0;   ///< do not load: a checker would have found the mistake
  std::size_t left_out = 0;  ///< beyond `most_mutants`
};

/// Of one rule; of more, as many are taken, evenly spread over it.
inline constexpr std::size_t most_mutants = 400;

/// Loads the rules that `what` names, as `load_rules` does, and hands each mutant of each of them
/// to `use`, in the order of files and places. Changed are the condition, `when`, the conditions in
/// patterns and those entries of `let` that a verdict hangs on, one place at a time: a comparison
/// (its boundary, its direction), `&&` and `||`, a `!` that is dropped, `all` and `exists`, an
/// operand that is dropped, a number, amount or day by one step, a value of an enumeration by the
/// next. The same rules give the same mutants. Counts are in the order of the rules' ids. Throws
/// `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<std::vector<MutantCounts>> for_each_mutant(
    std::span<const std::string> what, const LoadOptions& options,
    const std::function<void(const Mutant&)>& use);

}  // namespace eraudit
