// eraudit explain RULE SUBJECT NETWORK, eraudit ask NETWORK

#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/report/ask_list.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/summary.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

std::size_t rule_of(const Assessment& assessment, const std::string& id) {
  if (const auto rule = assessment.rules().find(id)) return *rule;
  std::vector<std::string_view> ids;
  for (const Rule& rule : assessment.rules().all()) ids.emplace_back(rule.id);
  throw UsageError{fmt::format("there is no rule '{}'", id), suggest(id, ids)};
}

NodeId subject_of(const Assessment& assessment, const Rule& rule, const std::string& id) {
  const Network& network = assessment.network();
  std::vector<std::string_view> ids;
  for (const KindId kind : rule.kinds) {
    for (const NodeId node : network.nodes(kind)) ids.push_back(network.id(node));
  }
  const auto node = network.find(id);
  if (!node) throw UsageError{fmt::format("the network has no node '{}'", id), suggest(id, ids)};
  for (const KindId kind : rule.kinds) {
    if (network.kind(*node) == kind) return *node;
  }
  throw UsageError{fmt::format("'{}' is a {}, which '{}' does not judge", id,
                               network.schema().kind(network.kind(*node)).name, rule.id),
                   suggest(id, ids)};
}

/// `text`, or the other one that the command can write.
std::string format_of(const Arguments& arguments, const std::string& other) {
  std::string format = arguments.text("format", "text");
  if (format != "text" && format != other) {
    throw UsageError{fmt::format("there is no format '{}'", format), "one of: text, " + other};
  }
  return format;
}

}  // namespace

int run_explain(const Arguments& arguments) {
  require_positional(arguments, 3, "RULE SUBJECT NETWORK");
  const TextOptions options = text_options(arguments);
  const std::string format = format_of(arguments, "json");
  const Assessment assessment = assess(arguments, arguments.positional[2]);
  const std::size_t rule = rule_of(assessment, arguments.positional[0]);
  const NodeId subject =
      subject_of(assessment, assessment.rules().all()[rule], arguments.positional[1]);
  const Explanation explanation = assessment.explain(rule, subject, options.language);
  print(format == "json" ? write_explanation_json(assessment, explanation)
                         : describe(assessment, explanation, options));
  return checked;
}

int run_ask(const Arguments& arguments) {
  require_positional(arguments, 1, "NETWORK");
  const TextOptions options = text_options(arguments);
  const std::string format = format_of(arguments, "csv");
  const Assessment assessment = assess(arguments, arguments.positional[0]);
  if (assessment.empty()) {
    note("eraudit: nothing was checked: no rule applied to anything in this network\n");
    return nothing_checked;
  }
  print(format == "csv" ? write_asks_csv(assessment, options.language)
                        : ask_list(assessment, options));
  return checked;
}

}  // namespace eraudit::cli
