// Rating companies, facilities and recruiters of networks of 10,000, 100,000 and 1,000,000 nodes.

#include <benchmark/benchmark.h>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/risk/risk.hpp"
#include "tests/benchmarks/synthetic.hpp"

using namespace eraudit;

namespace {

Assessment assessed(const benchmark::State& state) {
  const Network network =
      test::synthetic_network({static_cast<std::uint32_t>(state.range(0)), 7, false});
  Options options;
  options.as_of = parse_date("2026-06-30");
  options.threads = 0;
  return evaluate(network, load_rules("core").value(), options);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)
      ->Arg(100'000)
      ->Arg(1'000'000)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

void rate_all(benchmark::State& state) {
  const Assessment assessment = assessed(state);
  std::size_t rated = 0;
  for (auto _ : state) rated = rate(assessment).ratings().size();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rated));
}

/// What a report shows: reasons and path of the ten highest.
void explain_ten(benchmark::State& state) {
  const Risk risk = rate(assessed(state));
  for (auto _ : state) {
    for (const Rating& rating : risk.ratings().first(10)) {
      benchmark::DoNotOptimize(risk.contributions(rating.node).size());
      benchmark::DoNotOptimize(risk.reached(rating.node).has_value());
    }
  }
}

}  // namespace

BENCHMARK(rate_all)->Apply(sizes);
BENCHMARK(explain_ten)->Apply(sizes);

BENCHMARK_MAIN();
