// eraudit rules new, lint, fmt: for those who write rules

#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/layout.hpp"
#include "eraudit/rules/lint.hpp"
#include "eraudit/rules/starter.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

std::vector<std::string> without_first(const std::vector<std::string>& words) {
  return {words.begin() + 1, words.end()};
}

/// The first line of files in a folder where the JSON Schema stands: editors complete by it.
std::string for_editors(const std::string& file) {
  constexpr std::string_view schema = "rule.schema.json";
  if (!std::filesystem::exists(std::filesystem::path(file).replace_filename(schema))) return {};
  return fmt::format("# yaml-language-server: $schema={}\n", schema);
}

/// Both or none: neither is replaced without leave.
void write_both(const std::string& file, const StartedRule& rule, bool force) {
  const std::string cases = cases_beside(file);
  for (const std::string& one : {file, cases}) {
    if (!force && std::filesystem::exists(one)) {
      throw Error(ErrorCode::file_exists, one + " exists already");
    }
  }
  const Overwrite overwrite = force ? Overwrite::yes : Overwrite::no;
  const std::string first_line = for_editors(file);
  write_file(file, first_line + rule.rule, overwrite);
  write_file(cases, first_line + rule.cases, overwrite);
  print(fmt::format("{}\n{}\n", file, cases));
  note(fmt::format("next: eraudit rules test {}\n", file));
}

}  // namespace

int run_rules_new(const Arguments& arguments) {
  const std::vector<std::string> words = without_first(arguments.positional);
  if (words.empty()) {
    std::string text;
    for (const RuleStarter& starter : rule_starters()) {
      text += fmt::format("{:<12}{}\n", starter.name, starter.summary);
    }
    print(text);
    note("eraudit rules new TEMPLATE ID writes a rule and its cases\n");
    return 0;
  }
  if (words.size() == 1) {
    throw UsageError{
        "the id of the new rule is missing",
        fmt::format("write for instance 'eraudit rules new {} my.first-rule'", words[0])};
  }
  require_positional(arguments, 3, "ID");
  const StartedRule rule = start_rule(words[0], words[1]);
  const std::string file = arguments.text("output", words[1] + ".yaml");
  if (!file.ends_with(".yaml") && !file.ends_with(".yml")) {
    throw UsageError{fmt::format("'{}' is no name of a rule file", file), "its name ends in .yaml"};
  }
  write_both(file, rule, arguments.has("force"));
  return 0;
}

int run_rules_lint(const Arguments& arguments) {
  const std::vector<std::string> what = rule_files(arguments);
  const LoadOptions options{schema_of(arguments), {}};
  const Diagnostics found = lint_rules(what, options);
  if (found.has_errors()) throw BadInput{found};
  const std::size_t count = found.items().size() + found.dropped();
  print(fmt::format("{}{} {}\n", to_text(found), count, count == 1 ? "finding" : "findings"));
  return count == 0 ? checked : ExitCode::found;
}

int run_rules_fmt(const Arguments& arguments) {
  const std::vector<std::string> files = without_first(arguments.positional);
  if (files.empty()) throw UsageError{"FILE is missing", "name the rule files to lay out"};
  // All or none: a file that cannot be laid out leaves the others as they are, too.
  std::vector<std::pair<std::string, std::string>> changed;
  Diagnostics refused;
  for (const std::string& file : files) {
    const SourcePtr source = read_file(file, Limits{}.rule_file_bytes);
    const auto text = lay_out_rule(source);
    refused.append(text.diagnostics());
    if (text && *text != source->text()) changed.emplace_back(file, *text);
  }
  if (refused.has_errors()) throw BadInput{refused};
  const bool check = arguments.has("check");
  for (const auto& [file, text] : changed) {
    if (!check) write_file(file, text, Overwrite::yes);
    print(file + "\n");
  }
  return check && !changed.empty() ? found : checked;
}

}  // namespace eraudit::cli
