// Judging networks of 10,000, 100,000 and 1,000,000 nodes with the rules that ship: loading the
// rules, binding them to a network, and judging all that they speak of.

#include <benchmark/benchmark.h>
#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/machine.hpp"
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
  test::PeakMemory memory;
  for (auto _ : state) {
    const Assessment assessment = evaluate(network, rules, options);
    selected = assessment.totals().selected;
    benchmark::DoNotOptimize(assessment.findings().data());
  }
  memory.tell(state);
  count_verdicts(state, selected);
}

void all_rules(benchmark::State& state) {
  judge(state, core_rules(), 1);
}
void all_rules_two_threads(benchmark::State& state) {
  judge(state, core_rules(), 2);
}

/// Reading the files of the rules and checking them against the schema; no network yet.
void load_and_check(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_rules("core").value().size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(core_rules().size()));
}

/// Columns, dictionary codes and tables of every expression and pattern of the rules: what
/// `evaluate` does before it judges. It must not grow with the network.
void bind_rules(benchmark::State& state) {
  const Network network = network_of(state);
  std::int64_t bound = 0;
  for (auto _ : state) {
    bound = 0;
    for (const Rule& rule : core_rules().all()) {
      const auto one = [&](const ProgramPtr& program) {
        if (program == nullptr) return;
        benchmark::DoNotOptimize(eraudit::bind(program, &network, rule.tables));
        ++bound;
      };
      one(rule.when);
      for (const Let& let : rule.lets) one(let.program);
      one(rule.condition);
      if (rule.match == nullptr) continue;
      benchmark::DoNotOptimize(eraudit::bind(rule.match, network, rule.tables));
      ++bound;
    }
  }
  state.SetItemsProcessed(state.iterations() * bound);
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

BENCHMARK(load_and_check)->Unit(benchmark::kMillisecond);
BENCHMARK(bind_rules)->Apply(sizes);
BENCHMARK(all_rules)->Apply(sizes);
BENCHMARK(all_rules_two_threads)->Apply(sizes);
BENCHMARK(build_and_judge)->Apply(sizes);

int main(int count, char** arguments) {
  for (const Rule& rule : core_rules().all()) {
    benchmark::RegisterBenchmark(("one_rule/" + rule.id).c_str(), one_rule, rule.id)->Apply(sizes);
  }
  return test::run_benchmarks(count, arguments);
}
