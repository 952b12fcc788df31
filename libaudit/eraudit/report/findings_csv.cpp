#include "eraudit/report/findings_csv.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "eraudit/report/detail/csv_cell.hpp"
#include "eraudit/report/detail/report_view.hpp"

namespace eraudit {
namespace detail {

std::string csv_cell(std::string_view text) {
  // Also as East Asian keyboards write them.
  constexpr std::array<std::string_view, 11> formulas{
      "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
  const bool formula = std::any_of(formulas.begin(), formulas.end(),
                                   [&](std::string_view begin) { return text.starts_with(begin); });
  std::string cell(formula ? "'" : "");
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c == '\n' || c == '\r' || c == '\0' ? ' ' : c;
  }
  if (cell.find_first_of("\",;\t") == std::string::npos && !formula) return cell;
  return "\"" + cell + "\"";
}

}  // namespace detail

namespace {

using detail::member;
using detail::text_in;
using detail::text_of;

constexpr std::array<std::string_view, 19> csv_columns{
    "id",       "verdict", "result",  "severity_low", "severity_high", "indicator", "rule",
    "title",    "kind",    "subject", "message",      "remedy",        "days",      "basis",
    "rests_on", "sides",   "error",   "file",         "line"};

/// `np-24.base_wage = 1500 MYR [payroll]; ...`
std::string rests_on(DocumentNode witness, const detail::Wording& words) {
  std::string out;
  for (std::size_t i = 0; i < witness.size(); ++i) {
    const DocumentNode reading = witness.at(i);
    const std::string_view source = text_of(reading, "source");
    out += fmt::format("{}{} = {}", i == 0 ? "" : "; ", text_of(reading, "fact"),
                       words.value(read_plain_value(member(reading, "value"))));
    if (!source.empty()) out += fmt::format(" [{}]", source);
  }
  return out;
}

std::string provisions(DocumentNode rule) {
  std::string out;
  for (const detail::Cited& cited : detail::basis_of(rule)) {
    out += fmt::format("{}{}{}{}", out.empty() ? "" : "; ", cited.standard,
                       cited.reference.empty() ? "" : ", ", cited.reference);
  }
  return out;
}

}  // namespace

std::string write_findings_csv(const ReportFile& report, std::string_view language) {
  const detail::RuleIndex rules(report.root());
  const detail::ReportLabels labels(report.root());
  const detail::Wording words(language, &labels);
  const DocumentNode findings = member(report.root(), "findings");
  std::string out = "\uFEFF";
  const auto row = [&](const auto& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) out += ',';
      out += detail::csv_cell(cells[i]);
    }
    out += "\r\n";
  };
  row(csv_columns);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const DocumentNode finding = findings.at(i);
    const DocumentNode rule = rules.find(text_of(finding, "rule"));
    const DocumentNode subject = member(finding, "subject");
    const DocumentNode severity = member(finding, "severity");
    const auto remedy = rule.find("remedy");
    const auto error = finding.find("error");
    const auto text = [](std::string_view view) { return std::string(view); };
    const std::vector<std::string> cells{
        text(text_of(finding, "id")),
        text(text_of(finding, "verdict")),
        text(label(detail::verdict_of(finding), language)),
        text(text_of(severity, "low")),
        text(text_of(severity, "high")),
        text(text_of(finding, "indicator")),
        text(text_of(finding, "rule")),
        text(text_in(member(rule, "title"), language)),
        text(text_of(subject, "kind")),
        text(text_of(subject, "id")),
        words.led(detail::verdict_of(finding), text_in(member(finding, "message"), language)),
        remedy ? text(text_in(member(*remedy, "text"), language)) : std::string(),
        remedy ? text(text_of(*remedy, "days") == "null" ? "" : text_of(*remedy, "days"))
               : std::string(),
        provisions(rule),
        rests_on(member(finding, "witness"), words),
        detail::sides_in_line(finding, words),
        error ? text(error->text()) : std::string(),
        text(text_of(subject, "file")),
        text(text_of(subject, "line"))};
    row(cells);
  }
  return out;
}

}  // namespace eraudit
