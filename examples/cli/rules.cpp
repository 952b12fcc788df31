// eraudit rules list | show RULE | schema, and what stands in rules_author.cpp, rules_cost.cpp and
// rules_test.cpp

#include "eraudit/rules/rules.hpp"

#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/report/summary.hpp"
#include "inputs.hpp"
#include "language.hpp"

namespace eraudit::cli {
namespace {

constexpr std::string_view parts =
    "one of: list, show RULE, new, test, lint, cost NETWORK, fmt, schema";

int list(const Rules& rules, const std::string& language) {
  std::string text;
  for (const Rule& rule : rules.all()) {
    text += fmt::format("{:<44} v{:<3}{:<11}{}\n", rule.id, rule.version, to_text(rule.status),
                        rule.title.in(language));
  }
  print(text);
  return 0;
}

int show(const Rules& rules, const std::string& id, const std::string& language) {
  const auto found = rules.find(id);
  if (!found) {
    std::vector<std::string_view> ids;
    for (const Rule& rule : rules.all()) ids.emplace_back(rule.id);
    throw UsageError{fmt::format("there is no rule '{}'", id), suggest(id, ids)};
  }
  TextOptions options;
  options.language = language;
  print(describe_rule(rules, *found, options));
  return 0;
}

}  // namespace

int run_rules(const Arguments& arguments) {
  if (arguments.positional.empty()) throw UsageError{"rules what?", std::string(parts)};
  const std::string& what = arguments.positional[0];
  if (what == "new") return run_rules_new(arguments);
  if (what == "test") return run_rules_test(arguments);
  if (what == "lint") return run_rules_lint(arguments);
  if (what == "cost") return run_rules_cost(arguments);
  if (what == "fmt") return run_rules_fmt(arguments);
  const SchemaPtr schema = schema_of(arguments);
  if (what == "list") {
    require_positional(arguments, 1, "list");
    const Rules rules = rules_of(arguments, schema);
    const std::string language = language_of(arguments);
    settle_language(language, rules);
    return list(rules, language);
  }
  if (what == "show") {
    require_positional(arguments, 2, "RULE");
    const Rules rules = rules_of(arguments, schema);
    const std::string language = language_of(arguments);
    settle_language(language, rules);
    return show(rules, arguments.positional[1], language);
  }
  if (what == "schema") {
    require_positional(arguments, 1, "schema");
    print(rule_json_schema(*schema));
    return 0;
  }
  throw UsageError{fmt::format("rules has no '{}'", what), std::string(parts)};
}

}  // namespace eraudit::cli
