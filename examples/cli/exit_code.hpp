#pragma once
// What the shell is told. docs/reference/exit-codes.md says the same.

namespace eraudit::cli {

enum ExitCode : int {
  checked = 0,          ///< something was checked; nothing at or above --fail-on
  found = 1,            ///< a finding at or above --fail-on
  undecided = 2,        ///< a rule broke, or more is undecided than --allow-undecided lets pass
  nothing_checked = 3,  ///< no rule applied to anything
  usage = 64,
  bad_data = 65,  ///< a mistake in a network, rule, mapping or rates file, or an input limit
  no_input = 66,
  internal = 70,
  cannot_write = 73,
  interrupted = 130,
};

}  // namespace eraudit::cli
