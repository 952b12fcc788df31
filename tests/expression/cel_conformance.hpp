#pragma once
// The conformance tests of cel-spec (shared/conformance/cel) and the tests of unknowns beside them
// (shared/conformance/unknown), ready to compile and to run.
//
//   const CelSuite suite = load_cel_suite(shared_data() + "/conformance/cel");
//   for (const CelTest& test : suite.tests) {
//     if (!test.core()) continue;
//     const Environment environment = environment_of(test);        // variables and functions
//     declared const Checked<ProgramPtr> program = compile_test(test, environment);
//     // A refused program satisfies an expected error. Else bind it without a network and set its
//     variables: for (const CelBinding& binding : test.bindings) {
//       const auto slot = environment.find_variable(binding.name);  // nothing for `true`, `false`
//       if (slot && binding.value) evaluator.set(*slot, <Value of *binding.value>);
//     }
//     // test.expected_value, expected_error: what must come out; encoded as the README of the data
//     says.
//   }
//
// Nodes point into the documents of the suite: keep it alive.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::test {

struct CelBinding {
  std::string name;
  std::optional<DocumentNode> value;  ///< else the variable is an error or unknown
};

struct CelTest {
  std::string id;
  std::string expression;
  std::string container;
  bool checked = true;
  bool macros = true;
  bool check_only = false;
  bool needs_proto = false;
  std::vector<std::string> needs_ext;
  std::vector<std::string> upstream_skips;
  std::vector<CelBinding> bindings;
  std::vector<std::string> unknown;   ///< of the unknown data: paths declared unknown
  std::optional<DocumentNode> types;  ///< `type_env`
  std::optional<DocumentNode> expected_value;
  std::string expected_type;  ///< as the data spells it; empty: any
  bool expected_error = false;
  std::vector<std::string> expected_unknown;
  std::optional<DocumentNode> possible_outcomes;

  /// Neither messages nor extensions.
  [[nodiscard]] bool core() const { return !needs_proto && needs_ext.empty(); }
};

struct CelSuite {
  std::vector<DocumentPtr> documents;
  std::vector<CelTest> tests;
};

/// All `*.json` of a folder, by name. Throws if one cannot be read.
[[nodiscard]] CelSuite load_cel_suite(const std::string& folder);

[[nodiscard]] Environment environment_of(const CelTest& test);
[[nodiscard]] Checked<ProgramPtr> compile_test(const CelTest& test, const Environment& environment);

/// `list(T)`, `message(google.protobuf.Duration)` ... as a type; what this profile lacks is dyn.
[[nodiscard]] Type parse_cel_type(std::string_view text);
/// The other way round.
[[nodiscard]] std::string cel_type_text(const Type& type);

}  // namespace eraudit::test
