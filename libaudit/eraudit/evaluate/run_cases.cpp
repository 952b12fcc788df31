#include "eraudit/evaluate/run_cases.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "eraudit/evaluate/detail/case_run.hpp"

namespace eraudit {
namespace {

constexpr std::size_t most_lines = 40;
constexpr Verdict needed[] = {Verdict::fail, Verdict::pass, Verdict::unknown,
                              Verdict::not_applicable};

std::string joined(const std::vector<std::string>& items, std::string_view none) {
  if (items.empty()) return std::string(none);
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

/// The facts waited for by their schema paths, in order, each once.
std::vector<std::string> paths_of(const Explanation& explanation) {
  std::set<std::string> paths;
  for (const Missing& missing : explanation.waits_for) paths.insert(missing.reading.path);
  return {paths.begin(), paths.end()};
}

std::string first_line(const std::string& text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (space) {
      blank = !out.empty();
    } else {
      if (blank) out += ' ';
      blank = false;
      out += c;
    }
  }
  return out;
}

/// For those who write rules: truth values as rules have them.
std::string written(const PlainValue& value) {
  return value.kind == PlainValue::Kind::boolean ? value.value : to_text(value, "en");
}

void append_condition(const Condition& condition, std::size_t depth,
                      std::vector<std::string>& lines) {
  if (lines.size() >= most_lines) return;
  std::string line(4 + 2 * depth, ' ');
  line += first_line(condition.text) + ": " + written(condition.outcome);
  if (!condition.readings.empty()) {
    std::vector<std::string> readings;
    for (const Reading& reading : condition.readings)
      readings.push_back(reading.name + " = " + written(reading.value));
    line += " (" + joined(readings, "") + ")";
  }
  lines.push_back(std::move(line));
  for (const Condition& variable : condition.variables)
    append_condition(variable, depth + 1, lines);
  for (const Condition& part : condition.parts) append_condition(part, depth + 1, lines);
}

std::string why(const Explanation& explanation) {
  std::vector<std::string> lines;
  if (!explanation.error.empty()) lines.push_back("    error: " + explanation.error);
  if (!explanation.waits_for.empty()) {
    std::vector<std::string> names;
    for (const Missing& missing : explanation.waits_for) names.push_back(missing.reading.name);
    lines.push_back("    waits for " + joined(names, ""));
  }
  if (explanation.when) {
    lines.emplace_back("    when");
    append_condition(*explanation.when, 1, lines);
  }
  if (explanation.condition) {
    lines.emplace_back("    condition");
    append_condition(*explanation.condition, 1, lines);
  }
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

/// What differs, in lines; empty if nothing does.
std::string compare(const Expectation& expected, const Assessment& assessment, std::size_t rule,
                    NodeId subject) {
  const Verdict verdict = assessment.verdict(rule, subject);
  const Explanation explanation = assessment.explain(rule, subject);
  std::string out;
  const auto differs = [&](std::string_view what, const std::string& wanted,
                           const std::string& came) {
    out.append("  ")
        .append(expected.subject)
        .append(": expected ")
        .append(what)
        .append(" ")
        .append(wanted);
    out.append(", got ").append(came).append("\n");
  };
  if (verdict != expected.verdict) {
    differs("verdict", std::string(to_text(expected.verdict)), std::string(to_text(verdict)));
  }
  if (expected.ask) {
    std::vector<std::string> wanted = *expected.ask;
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    const std::vector<std::string> came = paths_of(explanation);
    if (wanted != came) differs("ask", joined(wanted, "for nothing"), joined(came, "none"));
  }
  if (!expected.message.empty() && expected.message != explanation.message) {
    differs("message", "\"" + expected.message + "\"",
            explanation.message.empty() ? "none" : "\"" + explanation.message + "\"");
  }
  if (expected.severity) {
    const SeverityRange came = explanation.severity;
    if (came != SeverityRange{*expected.severity, *expected.severity}) {
      std::string text(to_text(came.low));
      if (came.low != came.high) text.append(" to ").append(to_text(came.high));
      const bool finding = explanation.verdict < Verdict::unknown;
      differs("severity", std::string(to_text(*expected.severity)), finding ? text : "none");
    }
  }
  return out.empty() ? out : out + why(explanation);
}

CaseResult run(const Case& one, const CaseFile& file, const Rules& rules, const Limits& limits) {
  CaseResult result;
  result.file = file.file;
  result.rule = file.rule;
  result.name = one.name;
  result.position = one.position;
  const Assessment assessment = evaluate_detail::assess_case(one, rules, limits);
  const std::size_t rule = *rules.find(file.rule);
  for (const Expectation& expected : one.expect) {
    result.difference += compare(expected, assessment, rule, *one.network->find(expected.subject));
  }
  result.passed = result.difference.empty();
  return result;
}

}  // namespace

Checked<CaseReport> run_cases(std::span<const std::string> what, const LoadOptions& options) {
  const Checked<evaluate_detail::RulesWithCases> loaded =
      evaluate_detail::load_with_cases(what, options);
  if (!loaded) return loaded.diagnostics();
  const auto& [rules, files] = *loaded;
  CaseReport report;
  std::map<std::string, std::set<Verdict>> seen;
  for (const Rule& rule : rules.all()) seen[rule.id];
  for (const CaseFile& file : files) {
    // Only the rule itself: the others have cases of their own.
    const Rules own = rules.select(std::span(&file.rule, 1));
    for (const Case& one : file.cases) {
      for (const Expectation& expected : one.expect) seen[file.rule].insert(expected.verdict);
      CaseResult result = run(one, file, own, options.limits);
      ++(result.passed ? report.passed : report.failed);
      report.results.push_back(std::move(result));
    }
  }
  for (const auto& [id, verdicts_seen] : seen) {
    const Rule& rule = rules.all()[*rules.find(id)];
    std::vector<std::string> missing;
    for (const Verdict verdict : needed) {
      // It applies to all.
      if (verdict == Verdict::not_applicable && !rule.when && !rule.match) continue;
      if (verdicts_seen.count(verdict) == 0) missing.emplace_back(to_text(verdict));
    }
    if (!missing.empty()) report.gaps.push_back(id + ": no case for " + joined(missing, ""));
  }
  return {std::move(report), loaded.diagnostics()};
}

}  // namespace eraudit
