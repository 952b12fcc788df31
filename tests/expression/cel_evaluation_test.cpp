// The conformance data from end to end: read, check, bind, evaluate.

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
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

/// The reference of rules with line ends as blanks.
std::string reference() {
  std::string page = read_text(project_file("docs/reference/rules.md"), std::size_t{1} << 20);
  std::replace(page.begin(), page.end(), '\n', ' ');
  return page;
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
  CHECK(reference().find("659 of 664 of the core") != std::string::npos);
}

/// A file of tests of an extension, and how many of its tests are evaluated here: all that need
/// neither messages nor an extension that this profile lacks.
struct Extension {
  std::string_view file;
  std::string_view name;  ///< as the reference has it
  std::size_t tests;
};
constexpr Extension extensions[] = {
    {"bindings_ext", "bindings", 4}, {"encoders_ext", "encoders", 3},
    {"fields", "quoted fields", 3},  {"macros2", "comprehensions with two variables", 27},
    {"math_ext", "math", 130},       {"optionals", "optionals", 37},
    {"string_ext", "strings", 130}};

bool evaluated_here(const CelTest& test) {
  if (test.core() || test.needs_proto || test.check_only) return false;
  return std::none_of(test.needs_ext.begin(), test.needs_ext.end(), [](const std::string& one) {
    return one == "block" || one == "network" || one == "proto_ext";
  });
}

TEST_CASE("expression: every test of an extension of this profile gives its value",
          "[expression][conformance]") {
  const std::string shared = shared_data_or_skip("the conformance tests of CEL");
  if (shared.empty()) return;
  const CelSuite suite = load_cel_suite(shared + "/conformance/cel");
  Evaluator evaluator(nullptr, {});
  std::map<std::string, std::size_t, std::less<>> passed;
  for (const CelTest& test : suite.tests) {
    if (!evaluated_here(test)) continue;
    const std::string outcome = outcome_of(test, evaluator);
    const std::string expected =
        test.expected_value ? cel_text(evaluator, cel_value(evaluator, *test.expected_value))
                            : std::string(test.expected_error ? "an error" : "true");
    INFO(test.id << ": " << test.expression << "\n  expected " << expected << "\n  got      "
                 << outcome);
    const bool passes = test.expected_error ? outcome.starts_with("error(") : outcome == expected;
    CHECK(passes);
    if (passes) ++passed[test.id.substr(0, test.id.find('/'))];
  }
  for (const Extension& extension : extensions) {
    INFO(extension.file);
    const auto found = passed.find(extension.file);
    REQUIRE(found != passed.end());
    CHECK(found->second == extension.tests);
    const std::string said = std::string(extension.name) + " " + std::to_string(extension.tests) +
                             " of " + std::to_string(extension.tests);
    CHECK(reference().find(said) != std::string::npos);
  }
  CHECK(passed.size() == std::size(extensions));
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
