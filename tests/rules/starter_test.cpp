// Rules to begin with.

#include "eraudit/rules/starter.hpp"

#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/layout.hpp"
#include "eraudit/rules/lint.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

std::string refusal(std::string_view starter, std::string_view id) {
  try {
    static_cast<void>(start_rule(starter, id));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_argument);
    return error.what();
  }
  return "not refused";
}

}  // namespace

TEST_CASE("rules: six starters say in a line what they are for", "[rules][starter]") {
  std::vector<std::string> names;
  for (const RuleStarter& starter : rule_starters()) {
    names.push_back(starter.name);
    INFO(starter.name);
    CHECK(starter.summary.ends_with('.'));
    CHECK(starter.summary.size() > 20);
  }
  CHECK(names == std::vector<std::string>{"differs", "listed", "max_amount", "must_have", "path_to",
                                          "valid_on"});
}

TEST_CASE("rules: a starter loads without a word, under the id it was given, and is laid out",
          "[rules][starter]") {
  for (const RuleStarter& starter : rule_starters()) {
    INFO(starter.name);
    const StartedRule made = start_rule(starter.name, "ours.first-one");
    CHECK(made.rule.find("my.rule") == std::string::npos);
    const ScratchFolder folder;
    const std::string path = folder.write("a.yaml", made.rule);
    folder.write("a.test.yaml", made.cases);
    const auto rules = load_rules(path);
    INFO(to_text(rules.diagnostics()));
    REQUIRE(rules);
    CHECK(rules.diagnostics().empty());
    CHECK(rules->find("ours.first-one"));
    CHECK(rules->all()[0].status == RuleStatus::draft);
    CHECK_FALSE(rules->all()[0].indicator.empty());
    CHECK(load_cases(std::span(&path, 1), *rules).value()[0].cases.size() >= 4);
    CHECK(to_text(lint_rules(std::span(&path, 1))) == "");
    const auto source = std::make_shared<const Source>("a.yaml", made.rule);
    CHECK(lay_out_rule(source).value() == made.rule);
  }
}

TEST_CASE("rules: what is no starter, or no id, is refused with what to write",
          "[rules][starter]") {
  CHECK(refusal("max-amount", "a.b") ==
        "there is no template 'max-amount'; did you mean 'max_amount'?");
  CHECK(refusal("nothing", "a.b") ==
        "there is no template 'nothing'; one of: differs, listed, max_amount, must_have, path_to, "
        "valid_on");
  CHECK(refusal("listed", "Mine").starts_with("'Mine' cannot be the id of a rule; write"));
  CHECK(refusal("listed", "a..b").starts_with("'a..b' cannot be"));
  CHECK(refusal("listed", "").starts_with("'' cannot be"));
}
