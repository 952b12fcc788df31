// eraudit check NETWORK

#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/summary.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

struct Output {
  std::string format;
  std::string file;  ///< empty: standard output
};

std::vector<Output> outputs_of(const Arguments& arguments) {
  std::vector<Output> outputs;
  for (const std::string& word : arguments.texts("format")) {
    const std::size_t equals = word.find('=');
    Output output{word.substr(0, equals),
                  equals == std::string::npos ? std::string() : word.substr(equals + 1)};
    if (output.format != "text" && output.format != "json") {
      throw UsageError{fmt::format("there is no format '{}'", output.format), "one of: text, json"};
    }
    if (equals != std::string::npos && output.file.empty()) {
      throw UsageError{fmt::format("'{}' names no file", word), "write it as json=report.json"};
    }
    outputs.push_back(std::move(output));
  }
  if (outputs.empty()) outputs.push_back({"text", ""});
  return outputs;
}

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
  const std::vector<Output> outputs = outputs_of(arguments);
  const Severity threshold = threshold_of(arguments);
  const double allowed = allowed_undecided(arguments);
  const TextOptions options = text_options(arguments);
  const Overwrite overwrite = arguments.has("force") ? Overwrite::yes : Overwrite::no;

  const Assessment assessment = assess(arguments, arguments.positional[0]);
  for (const Output& output : outputs) {
    if (output.file.empty() && arguments.has("quiet")) continue;
    TextOptions text = options;
    if (!output.file.empty()) text.colour = false;
    const std::string content =
        output.format == "json" ? write_report_json(assessment) : summary(assessment, text);
    output.file.empty() ? print(content) : write_file(output.file, content, overwrite);
  }
  if (was_interrupted()) return interrupted;
  const ExitCode code = judge(assessment, threshold, arguments.has("strict"), allowed);
  if (code == nothing_checked) {
    note("eraudit: nothing was checked: no rule applied to anything in this network\n");
  }
  return code;
}

}  // namespace eraudit::cli
