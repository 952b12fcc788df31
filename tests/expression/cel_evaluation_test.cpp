// The conformance data from end to end: read, check, bind, evaluate.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "eraudit/expression/evaluator.hpp"
#include "tests/expression/cel_conformance.hpp"
#include "tests/expression/cel_values.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

/// Tests that this profile fails on purpose, with the reason.
const std::map<std::string, std::string>& deviations() {
  static const std::string zones = "names of time zones are refused: offsets and UTC only";
  static const std::map<std::string, std::string> all = {
      {"timestamps/timestamp_selectors_tz/getDate", zones},
      {"timestamps/timestamp_selectors_tz/getDayOfMonth_name_pos", zones},
      {"timestamps/timestamp_selectors_tz/getDayOfMonth_name_neg", zones},
      {"timestamps/timestamp_selectors_tz/getDayOfYear", zones},
      {"timestamps/timestamp_selectors_tz/getMinutes", zones},
  };
  return all;
}

std::string outcome_of(const CelTest& test, Evaluator& evaluator) {
  const Environment environment = environment_of(test);
  const Checked<ProgramPtr> program = compile_test(test, environment);
  if (!program) return "error(" + to_text(program.diagnostics()) + ")";
  const BoundProgram bound = bind(*program, nullptr);
  evaluator.begin();
  for (const CelBinding& binding : test.bindings) {
    const auto slot = environment.find_variable(binding.name);
    if (slot && binding.value) evaluator.set(*slot, cel_value(evaluator, *binding.value));
  }
  for (const std::string& trail : test.unknown) {
    const std::string name = trail.substr(0, trail.find_first_of(".["));
    const auto slot = environment.find_variable(name);
    REQUIRE(slot);
    evaluator.set_unknown(*slot, name, trail.substr(name.size()));
  }
  return cel_text(evaluator, evaluator.evaluate(bound));
}

TEST_CASE("expression: every core test of cel-spec gives its value, besides the stated deviations",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  Evaluator evaluator(nullptr, {});
  std::size_t passed = 0;
  std::vector<std::string> deviated;
  for (const CelTest& test : suite.tests) {
    if (!test.core() || test.check_only) continue;
    const std::string outcome = outcome_of(test, evaluator);
    const bool is_error = outcome.starts_with("error(");
    const std::string expected =
        test.expected_value ? cel_text(evaluator, cel_value(evaluator, *test.expected_value))
                            : std::string(test.expected_error ? "an error" : "true");
    const bool passes = test.expected_error ? is_error : outcome == expected;
    if (passes) {
      ++passed;
      continue;
    }
    deviated.push_back(test.id);
    INFO(test.id << ": " << test.expression << "\n  expected " << expected << "\n  got      "
                 << outcome);
    CHECK(deviations().contains(test.id));
  }
  // A deviation that is none any more is struck from the list.
  for (const auto& [id, reason] : deviations()) {
    INFO(id << ": " << reason);
    CHECK(std::find(deviated.begin(), deviated.end(), id) != deviated.end());
  }
  CHECK(passed + deviations().size() == 664);  // four of 668 are for the checker only
}

TEST_CASE("expression: the tests of unknowns give their sets", "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the tests of unknowns");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/unknown");
  Evaluator evaluator(nullptr, {});
  std::size_t passed = 0;
  for (const CelTest& test : suite.tests) {
    const std::string outcome = outcome_of(test, evaluator);
    std::string expected = "an error";
    if (test.expected_value) {
      expected = cel_text(evaluator, cel_value(evaluator, *test.expected_value));
    } else if (!test.expected_error) {
      std::vector<std::string> names = test.expected_unknown;
      std::sort(names.begin(), names.end());
      expected = "unknown{";
      for (const std::string& name : names) {
        if (&name != names.data()) expected += ", ";
        expected += name;
      }
      expected += "}";
    }
    INFO(test.id << ": " << test.expression);
    if (test.expected_error) {
      CHECK(outcome.starts_with("error("));
    } else {
      CHECK(outcome == expected);
    }
    ++passed;
  }
  CHECK(passed == 268);
}

}  // namespace
