// eraudit rules list | show RULE | test | schema

#include "eraudit/rules/rules.hpp"

#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/evaluate/run_cases.hpp"
#include "eraudit/report/summary.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

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

int test(const Arguments& arguments, const SchemaPtr& schema) {
  const CaseReport report = require(run_cases(arguments.texts("rules"), LoadOptions{schema, {}}));
  std::string text;
  for (const CaseResult& result : report.results) {
    if (result.passed) continue;
    text += fmt::format("{}:{}: {}: {}\n{}\n", result.file, result.position.line, result.rule,
                        printable(result.name), result.difference);
  }
  for (const std::string& gap : report.gaps) text += fmt::format("gap: {}\n", gap);
  text += fmt::format("{} passed, {} failed\n", report.passed, report.failed);
  print(text);
  if (report.results.empty()) {
    note("eraudit: no cases were found beside these rules\n");
    return nothing_checked;
  }
  return report.failed == 0 ? checked : found;
}

}  // namespace

int run_rules(const Arguments& arguments) {
  if (arguments.positional.empty())
    throw UsageError{"rules what?", "one of: list, show RULE, test, schema"};
  const std::string& what = arguments.positional[0];
  const std::string language = arguments.text("lang", "en");
  const SchemaPtr schema = schema_of(arguments);
  if (what == "list") {
    require_positional(arguments, 1, "list");
    return list(rules_of(arguments, schema), language);
  }
  if (what == "show") {
    require_positional(arguments, 2, "RULE");
    return show(rules_of(arguments, schema), arguments.positional[1], language);
  }
  if (what == "test") {
    require_positional(arguments, 1, "test");
    return test(arguments, schema);
  }
  if (what == "schema") {
    require_positional(arguments, 1, "schema");
    print(rule_json_schema(*schema));
    return 0;
  }
  throw UsageError{fmt::format("rules has no '{}'", what), "one of: list, show RULE, test, schema"};
}

}  // namespace eraudit::cli
