// Rule files from texts in hand; what loads is laid out and judges a small network.

#include "eraudit/rules/rules.hpp"

#include <array>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/rules/layout.hpp"
#include "eraudit/rules/load_texts.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/network.hpp"

namespace eraudit::fuzz {
namespace {

constexpr std::string_view small = R"(
as_of: 2026-06-30
nodes:
  Company: {acme: {country: GB}}
  Facility: {delta: {country: MY}}
  Recruiter: {sunrise: {country: NP, licence: NP-1034}, hill: {licence: null}}
  Cohort: {np-24: {workers: 48, origin: NP, base_wage: 1500 MYR/month}, np-25: {}}
edges:
  recruited: [{from: sunrise, to: np-24}, {from: hill, to: np-25}]
  engages: [{from: hill, to: sunrise}, {from: delta, to: hill}]
  charged: [{from: sunrise, to: np-24, amount: 90000..145000 NPR}, {from: hill, to: np-25, borne_by: worker}]
complete: [{node: np-24, list: fees}]
)";

Checked<Rules> load(const SourcePtr& source) {
  return load_rules({}, std::span(&source, 1));
}

std::string all_of(const Assessment& assessment) {
  std::string out;
  for (std::uint32_t node = 0; node < assessment.network().node_count(); ++node) {
    out += to_text(assessment.verdict(0, NodeId{node}));
    out += "\n";
  }
  for (const Finding& finding : assessment.findings()) out += assessment.message(finding) + "\n";
  for (const Ask& ask : assessment.asks()) out += ask.path + " " + assessment.question(ask) + "\n";
  return out;
}

void judge(const Rules& rules) {
  static const Network network = test::network(small);
  Options options;
  options.limits.fuel = 5'000;
  options.limits.value_bytes = 1u << 18;
  options.limits.regex_memory_bytes = 1 << 16;
  const Assessment assessment = evaluate(network, rules, options);
  const std::string first = all_of(assessment);
  if (all_of(evaluate(network, rules, options)) != first) broken("twice gives the same", first);
  for (std::uint32_t node = 0; node < network.node_count(); ++node) {
    const Explanation why = assessment.explain(0, NodeId{node});
    require(why.verdict == assessment.verdict(0, NodeId{node}), "what is explained is the verdict");
  }
}

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes, "input.yaml");
  const auto rules = load(source);
  require_places(rules.diagnostics(), *source);

  const auto laid_out = lay_out_rule(source);
  require_places(laid_out.diagnostics(), *source);
  if (laid_out) {
    const auto twice = lay_out_rule(source_of(*laid_out, "input.yaml"));
    if (!twice || *twice != *laid_out) broken("laying out again changes nothing", *laid_out);
    if (rules && !load(source_of(*laid_out, "input.yaml"))) {
      broken("a rule loads as before when it is laid out", *laid_out);
    }
  }
  if (rules) judge(*rules);
}

const Target target("rules", run);

}  // namespace
}  // namespace eraudit::fuzz
