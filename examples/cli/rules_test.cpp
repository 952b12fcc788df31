// eraudit rules test [--coverage] [--mutate]

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/evaluate/case_coverage.hpp"
#include "eraudit/evaluate/mutation.hpp"
#include "eraudit/evaluate/run_cases.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

/// On one line, cut where it gets long.
std::string quote(std::string_view text) {
  constexpr std::size_t longest = 70;
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() > longest) {
    std::size_t end = longest - 3;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
    out += "...";
  }
  return "`" + printable(out) + "`";
}

std::string place(const std::string& file, const Position& position) {
  return fmt::format("{}:{}:{}", file, position.line, position.column);
}

std::string missing_ways(const CoveredCondition& condition) {
  std::string out;
  const auto add = [&](std::string_view way) {
    out.append(out.empty() ? "" : ", ").append("never ").append(way);
  };
  if (!condition.was_true) add("true");
  if (!condition.was_false && condition.can_be_false) add("false");
  if (!condition.was_unknown && condition.can_be_unknown) add("unknown");
  return out;
}

std::string coverage_text(const std::vector<RuleCoverage>& rules) {
  std::string lines;
  std::string table;
  for (const RuleCoverage& rule : rules) {
    std::size_t complete = 0;
    for (const CoveredCondition& condition : rule.conditions) {
      if (condition.complete()) {
        ++complete;
        continue;
      }
      lines +=
          fmt::format("{}: {}: {} in '{}' was {}\n", place(rule.file, condition.position),
                      rule.rule, quote(condition.text), condition.where, missing_ways(condition));
    }
    table += fmt::format("{:<44} {:>4} of {} conditions seen every way\n", rule.rule, complete,
                         rule.conditions.size());
  }
  return "\nCoverage\n" + lines + table;
}

std::string mutation_text(const std::vector<MutationScore>& scores) {
  std::string lines;
  std::string table;
  std::size_t total = 0;
  std::size_t killed = 0;
  for (const MutationScore& score : scores) {
    for (const Survivor& survivor : score.survivors) {
      const std::string change = survivor.instead.empty()
                                     ? quote(survivor.written) + " dropped"
                                     : quote(survivor.written) + " as " + quote(survivor.instead);
      lines +=
          fmt::format("{}: {}: no case notices {} in '{}'\n",
                      place(survivor.file, survivor.position), score.rule, change, survivor.where);
    }
    table += fmt::format("{:<44} {:>4}/{} killed", score.rule, score.killed, score.total);
    if (score.cases == 0) table += ", no cases";
    if (score.refused != 0) table += fmt::format(", {} do not load", score.refused);
    if (score.left_out != 0) table += fmt::format(", {} left out", score.left_out);
    table += "\n";
    total += score.total;
    killed += score.killed;
  }
  const double share =
      total == 0 ? 100.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(total);
  return fmt::format("\nMutants\n{}{}{:<44} {:>4}/{} killed ({:.1f} %)\n", lines, table, "all",
                     killed, total, share);
}

}  // namespace

int run_rules_test(const Arguments& arguments) {
  const std::vector<std::string> what = rule_files(arguments);
  const LoadOptions options{schema_of(arguments), {}};
  const CaseReport report = require(run_cases(what, options));
  std::string text;
  for (const CaseResult& result : report.results) {
    if (result.passed) continue;
    text += fmt::format("{}:{}: {}: {}\n{}\n", result.file, result.position.line, result.rule,
                        printable(result.name), result.difference);
  }
  for (const std::string& gap : report.gaps) text += fmt::format("gap: {}\n", gap);
  text += fmt::format("{} passed, {} failed\n", report.passed, report.failed);
  // Warnings of loading have been told.
  if (arguments.has("coverage")) text += coverage_text(cover_rules(what, options).value());
  if (arguments.has("mutate")) text += mutation_text(mutate_rules(what, options).value());
  print(text);
  if (report.results.empty()) {
    note("eraudit: no cases were found beside these rules\n");
    return nothing_checked;
  }
  return report.failed == 0 ? checked : found;
}

}  // namespace eraudit::cli
