#include "tests/conformance/cel_suite.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <string_view>
#include <utility>

#include "eraudit/core/error.hpp"
#include "tests/expression/cel_values.hpp"

namespace eraudit::test {
namespace {

/// Whether the language accepts what only this extension brings.
bool has_extension(const std::string& name) {
  static constexpr std::pair<std::string_view, std::string_view> probes[] = {
      {"bindings", "cel.bind(x, 1, x + x) == 2"},    {"comprehensions_v2", "[1].all(i, v, v > i)"},
      {"encoders", "base64.encode(b'a') == 'YQ=='"}, {"math", "math.greatest(1, 2) == 2"},
      {"optionals", "optional.of(1).hasValue()"},    {"quoted_fields", "{'a-b': 1}.`a-b` == 1"},
      {"strings", "'abc'.charAt(1) == 'b'"},
  };
  static std::map<std::string, bool> known;
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  const auto probe = std::find_if(std::begin(probes), std::end(probes),
                                  [&](const auto& one) { return one.first == name; });
  bool has = false;
  if (probe != std::end(probes)) {
    CelTest test;
    test.id = name;
    test.expression = probe->second;
    test.needs_ext = {name};
    has = static_cast<bool>(compile_test(test, environment_of(test)));
  }
  known.emplace(name, has);
  return has;
}

std::string unknown_text(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string out = "unknown{";
  for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
  return out + "}";
}

std::string evaluated(const CelTest& test, const Environment& environment,
                      const ProgramPtr& program, Evaluator& evaluator) {
  const BoundProgram bound = eraudit::bind(program, nullptr);
  evaluator.begin();
  for (const CelBinding& binding : test.bindings) {
    const auto slot = environment.find_variable(binding.name);
    if (slot && binding.value) evaluator.set(*slot, cel_value(evaluator, *binding.value));
  }
  for (const std::string& trail : test.unknown) {
    const std::string name = trail.substr(0, trail.find_first_of(".["));
    const auto slot = environment.find_variable(name);
    if (!slot) return "no variable " + name;
    evaluator.set_unknown(*slot, name, trail.substr(name.size()));
  }
  return cel_text(evaluator, evaluator.evaluate(bound));
}

std::string expected_text(const CelTest& test, Evaluator& evaluator) {
  if (test.expected_error) return "an error";
  if (!test.expected_unknown.empty()) return unknown_text(test.expected_unknown);
  if (test.check_only) return "accepted";
  if (!test.expected_value) return "true";
  return cel_text(evaluator, cel_value(evaluator, *test.expected_value));
}

void judge(const CelTest& test, Evaluator& evaluator, Outcome& out) {
  evaluator.begin();
  out.expected = expected_text(test, evaluator);
  const Environment environment = environment_of(test);
  const Checked<ProgramPtr> program = compile_test(test, environment);
  if (!program) {
    out.got = "error(" + to_text(program.diagnostics()) + ")";
    if (!test.expected_error) out.kind = Outcome::Kind::failed;
    return;
  }
  out.got = test.check_only ? "accepted" : evaluated(test, environment, *program, evaluator);
  const bool agrees = test.expected_error ? out.got.starts_with("error(") : out.got == out.expected;
  if (!agrees) out.kind = Outcome::Kind::failed;
  const std::string type = cel_type_text((*program)->type());
  if (test.expected_type.empty() || type == test.expected_type) return;
  out.kind = Outcome::Kind::failed;
  out.expected += " of type " + test.expected_type;
  out.got += " of type " + type;
}

}  // namespace

std::string beyond(const CelTest& test) {
  if (test.needs_proto) return "protocol buffers";
  for (const std::string& name : test.needs_ext) {
    if (!has_extension(name)) return "extension " + name;
  }
  return {};
}

Outcome run_cel_test(const CelTest& test, Evaluator& evaluator) {
  Outcome out;
  out.id = test.id;
  out.asked = test.expression;
  for (const std::string& name : test.needs_ext) {
    out.group += (out.group.empty() ? "" : " and ") + name;
  }
  const bool of_unknowns = test.possible_outcomes || !test.unknown.empty();
  if (out.group.empty()) out.group = of_unknowns ? test.id.substr(0, test.id.find('/')) : "core";
  try {
    judge(test, evaluator, out);
  } catch (const std::exception& problem) {
    out.kind = Outcome::Kind::failed;
    out.got = std::string("an exception: ") + problem.what();
  }
  return out;
}

void run_cel_suite(const std::vector<std::string>& folders, const Wanted& wanted,
                   const std::function<void(const Outcome&)>& done) {
  static_cast<void>(json_files(folders));  // says what is wrong with a folder
  Evaluator evaluator(nullptr, {});
  for (const std::string& folder : folders) {
    const CelSuite suite = load_cel_suite(folder);
    for (const DocumentPtr& document : suite.documents) {
      if (document->root().find("tests")->size() == 0) {
        throw Error(ErrorCode::bad_argument, "a file in '" + folder + "' has no tests");
      }
    }
    for (const CelTest& test : suite.tests) {
      if (!wanted(test.id)) continue;
      if (std::string reason = beyond(test); !reason.empty()) {
        Outcome skipped;
        skipped.kind = Outcome::Kind::skipped;
        skipped.id = test.id;
        skipped.reason = std::move(reason);
        done(skipped);
        continue;
      }
      done(run_cel_test(test, evaluator));
    }
  }
}

}  // namespace eraudit::test
