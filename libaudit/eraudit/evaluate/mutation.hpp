#pragma once
// How many small mistakes in rules their cases would notice.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// A change to a rule after which each of its cases gives the same verdicts as before.
struct Survivor {
  std::string where;  ///< `fail_if`, `when`, `let borne`, `match`
  std::string file;
  Position position;
  std::string written;  ///< `<`
  std::string instead;  ///< `<=`; empty: it was dropped
};

struct MutationScore {
  std::string rule;  ///< id
  std::size_t cases = 0;
  std::size_t total = 0;     ///< mutants that load
  std::size_t killed = 0;    ///< of these, those that change the verdict of a case
  std::size_t refused = 0;   ///< do not load, and are not counted
  std::size_t left_out = 0;  ///< beyond `most_mutants`
  std::vector<Survivor> survivors;
};

/// Runs the cases beside the rules that `what` names over every mutant (rules/mutants.hpp) of them.
/// A mutant counts as killed if the verdict of a subject that a case expects something of is
/// another than that of the rule as written. In the order of rule ids, survivors by place; the same
/// files give the same scores. Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<std::vector<MutationScore>> mutate_rules(
    std::span<const std::string> what, const LoadOptions& options = {});

}  // namespace eraudit
