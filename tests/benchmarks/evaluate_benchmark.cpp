// Judging networks of 10,000, 100,000 and 1,000,000 nodes with the rules that ship.

#include <benchmark/benchmark.h>
#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/sizes.hpp"
#include "tests/benchmarks/synthetic.hpp"

using namespace eraudit;
using test::sizes;
using test::SyntheticShape;

namespace {

const Rules& core_rules() {
  static const Rules rules = load_rules("core").value();
  return rules;
}

Options usual(unsigned threads) {
  Options options;
  options.as_of = parse_date("2026-06-30");
  options.threads = threads;
  return options;
}

Network network_of(const benchmark::State& state) {
  return test::synthetic_network({static_cast<std::uint32_t>(state.range(0)), 7, false});
}

void count_verdicts(benchmark::State& state, std::uint64_t selected) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(selected));
}

void judge(benchmark::State& state, const Rules& rules, unsigned threads) {
  const Network network = network_of(state);
  const Options options = usual(threads);
  std::uint64_t selected = 0;
  for (auto _ : state) {
    const Assessment assessment = evaluate(network, rules, options);
    selected = assessment.totals().selected;
    benchmark::DoNotOptimize(assessment.findings().data());
  }
  count_verdicts(state, selected);
}

void all_rules(benchmark::State& state) {
  judge(state, core_rules(), 1);
}
void all_rules_two_threads(benchmark::State& state) {
  judge(state, core_rules(), 2);
}

/// One rule at a time, so that a slow one shows.
void one_rule(benchmark::State& state, const std::string& id) {
  judge(state, core_rules().select(std::span(&id, 1)), 1);
}

/// What a program does that keeps its own rows: builder to verdicts.
void build_and_judge(benchmark::State& state) {
  const test::Synthetic synthetic({static_cast<std::uint32_t>(state.range(0)), 7, false});
  const Options options = usual(1);
  std::uint64_t selected = 0;
  for (auto _ : state) {
    NetworkBuilder builder(recruitment_schema());
    synthetic.tell(builder);
    const Network network = builder.build().value();
    selected = evaluate(network, core_rules(), options).totals().selected;
  }
  count_verdicts(state, selected);
}

}  // namespace

BENCHMARK(all_rules)->Apply(sizes);
BENCHMARK(all_rules_two_threads)->Apply(sizes);
BENCHMARK(build_and_judge)->Apply(sizes);

int main(int argc, char* argv[]) {
  for (const Rule& rule : core_rules().all()) {
    benchmark::RegisterBenchmark(("one_rule/" + rule.id).c_str(), one_rule, rule.id)->Apply(sizes);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
