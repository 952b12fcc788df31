#pragma once
// Scenarios derived from the openCypher TCK, as far as one linear pattern says them.

#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "tests/conformance/outcome.hpp"

namespace eraudit::test {

/// Reads the pattern of a scenario, finds its rows and does the RETURN itself. Skipped, with the
/// reason, is what no linear pattern says. Never throws.
[[nodiscard]] Outcome run_scenario(DocumentNode scenario);

void run_match_suite(const std::vector<std::string>& folders, const Wanted& wanted,
                     const std::function<void(const Outcome&)>& done);

}  // namespace eraudit::test
