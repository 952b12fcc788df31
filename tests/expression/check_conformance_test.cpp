#include <map>
#include <string>

#include "tests/expression/cel_conformance.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

TEST_CASE("expression: every core test of cel-spec is read and checked as it should be",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  std::size_t core = 0;
  for (const CelTest& test : suite.tests) {
    if (!test.core()) continue;
    ++core;
    INFO(test.id << ": " << test.expression);
    const Environment environment = environment_of(test);
    const Checked<ProgramPtr> program = compile_test(test, environment);
    // What ends in an error may be refused; all else must be accepted.
    if (test.expected_error && !program) continue;
    INFO(to_text(program.diagnostics()));
    REQUIRE(program);
    if (!test.expected_type.empty()) CHECK(cel_type_text((*program)->type()) == test.expected_type);
  }
  CHECK(core == 668);
}

/// Tests of types that this profile fails on purpose, with the reason.
const std::map<std::string, std::string>& deviations() {
  static const std::map<std::string, std::string> all = {
      {"type_deduction/legacy_nullable_types/null_assignable_to_abstract_parameter_candidate",
       "null is no optional value: a list of both is a list of anything"}};
  return all;
}

TEST_CASE("expression: tests of the types of optionals, besides the stated deviations",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  std::size_t tests = 0;
  for (const CelTest& test : suite.tests) {
    if (test.core() || test.needs_proto || test.expected_type.empty()) continue;
    if (test.needs_ext != std::vector<std::string>{"optionals"}) continue;
    ++tests;
    INFO(test.id << ": " << test.expression);
    const Environment environment = environment_of(test);
    const Checked<ProgramPtr> program = compile_test(test, environment);
    INFO(to_text(program.diagnostics()));
    REQUIRE(program);
    const bool passes = cel_type_text((*program)->type()) == test.expected_type;
    // A deviation that is none any more is struck from the list.
    CHECK(passes != deviations().contains(test.id));
  }
  CHECK(tests == 3);
}

TEST_CASE("expression: every test of unknowns is read and checked", "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the tests of unknowns");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/unknown");
  CHECK(suite.tests.size() == 268);
  for (const CelTest& test : suite.tests) {
    INFO(test.id << ": " << test.expression);
    const Environment environment = environment_of(test);
    const Checked<ProgramPtr> program = compile_test(test, environment);
    INFO(to_text(program.diagnostics()));
    REQUIRE(program);
  }
}

TEST_CASE("expression: nothing in the CEL tests crashes the parser or the checker",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  std::map<std::string, std::size_t> accepted;
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
