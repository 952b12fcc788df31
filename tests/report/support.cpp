#include "tests/report/support.hpp"

#include <memory>

#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/evaluate/detail/state.hpp"
#include "eraudit/network/read.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit::test {
namespace {

SourcePtr sample_file(const std::string& name) {
  const std::string path = project_file("examples/networks/gloves-np-my/" + name);
  return std::make_shared<const Source>(name, std::string(read_file(path, 1 << 20)->text()));
}

}  // namespace

Options usual_day() {
  Options options;
  options.as_of = parse_date("2026-06-30");
  return options;
}

Assessment forged(const Network& network, const Rules& rules, const std::vector<Verdict>& said,
                  std::uint64_t findings_dropped) {
  EvaluationContext context;
  context.as_of = *usual_day().as_of;
  context.at = context.as_of;
  auto state = std::make_shared<Assessment::State>(network, rules, context, nullptr);
  state->run.as_of = context.as_of;
  state->run.findings_dropped = findings_dropped;
  for (const Rule& rule : state->rules.all()) {
    state->bound.push_back(evaluate_detail::bind_rule(rule, *rules.schema(), state->network));
    state->results.emplace_back();
  }
  evaluate_detail::RuleResult& result = state->results.front();
  const auto nodes = network.nodes(state->rules.all().front().kinds.front());
  result.population.parts = {{nodes.first, static_cast<std::uint32_t>(said.size()), 0}};
  result.population.size = said.size();
  result.counts.selected = said.size();
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Verdict verdict = said[i];
    result.verdicts.push_back(static_cast<std::uint8_t>(verdict));
    ++result.counts.by_verdict[static_cast<std::size_t>(verdict)];
    result.counts.applicable += verdict != Verdict::not_applicable;
    result.counts.decided +=
        verdict == Verdict::fail || verdict == Verdict::suspect || verdict == Verdict::pass;
    if (verdict >= Verdict::unknown) continue;
    state->findings.push_back(
        {0, result.population.at(i), verdict, {Severity::low, Severity::low}});
  }
  return Assessment(std::move(state));
}

Assessment sample() {
  Options options = usual_day();
  options.rates = read_rates(sample_file("rates.yaml")).value();
  const auto document = read_yaml(sample_file("network.yaml")).value();
  return evaluate(read_network(*document).value(), load_rules("core").value(), options);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.emplace_back(text.substr(0, text[end] == '\n' ? end : end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string> untidy_lines(std::string_view text, std::size_t width) {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(text)) {
    const std::size_t first = line.find_first_not_of(' ');
    const bool single = first != std::string::npos && line.find(' ', first) == std::string::npos;
    if (line.ends_with(' ') || (display_width(line) > width && !single)) found.push_back(line);
  }
  return found;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

}  // namespace eraudit::test
