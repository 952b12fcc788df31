// What the suite says of the language, tests/conformance holds.

#include <string>

#include "tests/expression/cel_conformance.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

TEST_CASE("expression: nothing in the CEL tests crashes the parser or the checker",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  for (const CelTest& test : suite.tests) {
    if (test.core()) continue;
    const Environment environment = environment_of(test);
    const Checked<ProgramPtr> program = compile_test(test, environment);
    if (!program) {
      for (const Diagnostic& diagnostic : program.diagnostics().items()) {
        INFO(test.id << ": " << test.expression << "\n" << to_text(diagnostic));
        // Optional syntax, messages and extensions are read, and refused by name.
        CHECK(diagnostic.id != "cel-syntax");
      }
    }
  }
}

}  // namespace
