// eraudit check NETWORK

#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/report/summary.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"
#include "outputs.hpp"

namespace eraudit::cli {
namespace {

Severity threshold_of(const Arguments& arguments) {
  const std::string text = arguments.text("fail-on", "low");
  const auto severity = parse_severity(text);
  if (!severity) {
    throw UsageError{fmt::format("'{}' is not a severity", text),
                     "one of: none, low, medium, high, critical"};
  }
  return *severity;
}

double allowed_undecided(const Arguments& arguments) {
  const std::string text = arguments.text("allow-undecided", "100");
  const auto value = parse_number(text);
  if (!value || *value < 0 || *value > 100) {
    throw UsageError{fmt::format("'{}' is not a percentage", text), "a number from 0 to 100"};
  }
  return *value;
}

ExitCode judge(const Assessment& assessment, Severity threshold, bool strict, double allowed) {
  if (assessment.empty()) return nothing_checked;
  for (const Finding& finding : assessment.findings()) {
    const bool counts =
        finding.verdict == Verdict::fail || (strict && finding.verdict == Verdict::suspect);
    if (counts && finding.severity.high >= threshold) return found;
  }
  const RuleCounts totals = assessment.totals();
  if (totals.by_verdict[std::size_t(Verdict::error)] != 0) return undecided;
  const std::uint64_t open = totals.applicable - totals.decided;
  if (static_cast<double>(open) * 100 > allowed * static_cast<double>(totals.applicable)) {
    return undecided;
  }
  return checked;
}

}  // namespace

int run_check(const Arguments& arguments) {
  require_positional(arguments, 1, "NETWORK");
  const std::vector<Output> outputs = outputs_of(arguments, Text::allowed);
  const Severity threshold = threshold_of(arguments);
  const double allowed = allowed_undecided(arguments);
  const TextOptions options = text_options(arguments);

  const Assessment assessment = assess(arguments, arguments.positional[0]);
  const Risk risk = rate(assessment, exposure_of(arguments, assessment.network().schema()));
  std::optional<ReportFile> report;  // made once, if a format is made of it
  for (const Output& output : outputs) {
    if (output.file.empty() && arguments.has("quiet")) continue;
    if (output.format == nullptr) {
      TextOptions text = options;
      text.risk = risk;
      if (!output.file.empty()) text.colour = false;
      put(arguments, output, summary(assessment, text));
      continue;
    }
    if (!report) {
      ReportOptions with;
      with.risk = risk;
      report = make_report(assessment, with);
    }
    put(arguments, output, output.format->write(*report, options.language));
  }
  if (was_interrupted()) return interrupted;
  const ExitCode code = judge(assessment, threshold, arguments.has("strict"), allowed);
  if (code == nothing_checked) {
    note("eraudit: nothing was checked: no rule applied to anything in this network\n");
  }
  return code;
}

}  // namespace eraudit::cli
