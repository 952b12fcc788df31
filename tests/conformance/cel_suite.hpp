#pragma once
// Tests of expressions: those of cel-spec and those of unknowns, in the encodings of their READMEs.

#include <string>
#include <vector>

#include "eraudit/expression/evaluator.hpp"
#include "tests/conformance/outcome.hpp"
#include "tests/expression/cel_conformance.hpp"

namespace eraudit::test {

/// Reads, checks, binds and evaluates it. Never throws.
[[nodiscard]] Outcome run_cel_test(const CelTest& test, Evaluator& evaluator);

/// Why this language cannot be asked, or nothing: messages, or an extension that it does not have.
/// Which it has is asked of the language itself.
[[nodiscard]] std::string beyond(const CelTest& test);

void run_cel_suite(const std::vector<std::string>& folders, const Wanted& wanted,
                   const std::function<void(const Outcome&)>& done);

}  // namespace eraudit::test
