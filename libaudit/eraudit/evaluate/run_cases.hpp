#pragma once
// Runs the cases that stand beside rules.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

struct CaseResult {
  std::string file;
  std::string rule;
  std::string name;
  bool passed = false;
  std::string
      difference;  ///< what was expected, what came, and why (the explanation); empty if passed
  Position position;
};

struct CaseReport {
  std::vector<CaseResult> results;
  /// Rules whose cases lack one of fail, pass, unknown or, with a `when`, not_applicable: `id: no
  /// case for unknown`.
  std::vector<std::string> gaps;
  std::size_t passed = 0;
  std::size_t failed = 0;
};

/// Cases of the built-in packs, pack folders or rule files that `what` names, as `load_rules` reads
/// them.
[[nodiscard]] ERAUDIT_API Checked<CaseReport> run_cases(std::span<const std::string> what,
                                                        const LoadOptions& options = {});

}  // namespace eraudit
