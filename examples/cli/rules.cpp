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

/// As written, without the line break that a block ends with.
void show_text(std::string& text, std::string_view key, std::string_view written) {
  while (written.ends_with('\n')) written.remove_suffix(1);
  text += fmt::format("  {:<8} {}\n", key, written);
}

void show_expression(std::string& text, std::string_view key, const ProgramPtr& program) {
  if (program) show_text(text, key, program->text.text);
}

int show(const Rules& rules, const std::string& id, const std::string& language) {
  const auto found = rules.find(id);
  if (!found) {
    std::vector<std::string_view> ids;
    for (const Rule& rule : rules.all()) ids.emplace_back(rule.id);
    throw UsageError{fmt::format("there is no rule '{}'", id), suggest(id, ids)};
  }
  const Rule& rule = rules.all()[*found];
  std::string text = fmt::format("{}   version {}   {}\n{}\n\n", rule.id, rule.version,
                                 to_text(rule.status), rule.title.in(language));
  if (!rule.why.empty()) text += fmt::format("{}\n\n", rule.why.in(language));
  std::string kinds;
  for (const KindId kind : rule.kinds) {
    kinds += (kinds.empty() ? "" : " | ") + rules.schema()->kind(kind).name;
  }
  text += fmt::format("  {:<9}{} ({})\n", "subject", rule.subject, kinds);
  if (rule.match) show_text(text, "match", rule.match->text().text);
  show_expression(text, "when", rule.when);
  for (const Let& let : rule.lets) {
    show_expression(text, "  " + let.name, let.program);
    if (let.pattern) {
      show_text(text, "  " + let.name,
                (let.counts ? "count: " : "exists: ") + let.pattern->text().text);
    }
  }
  show_expression(text, rule.fails_if_true ? "fail_if" : "pass_if", rule.condition);
  show_expression(text, "at", rule.at);
  if (rule.severity_program) {
    show_expression(text, "severity", rule.severity_program);
  } else {
    text += fmt::format("  {:<9}{}\n", "severity", label(rule.severity, language));
  }
  if (rule.remedy) text += fmt::format("\nRemedy  {}\n", rule.remedy->text.in(language));
  for (const Basis& basis : rule.basis) {
    text += fmt::format("Basis   {} ({})\n", basis.provision, basis.relation);
  }
  for (const auto& [path, question] : rule.asks) {
    text += fmt::format("Ask     {}: {}\n", path, question.in(language));
  }
  for (const std::string& lack : rule.lacks) text += fmt::format("Lacks   {}\n", lack);
  text += fmt::format("File    {}\n", rule.file);
  print(text);
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
