// Rating companies, facilities and recruiters of networks of 10,000, 100,000 and 1,000,000 nodes.

#include <benchmark/benchmark.h>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/risk/risk.hpp"
#include "tests/benchmarks/assessed.hpp"
#include "tests/benchmarks/machine.hpp"
#include "tests/benchmarks/sizes.hpp"

using namespace eraudit;
using test::assessed;
using test::sizes;

namespace {

void rate_all(benchmark::State& state) {
  const Assessment assessment = assessed(state.range(0));
  std::size_t rated = 0;
  test::PeakMemory memory;
  for (auto _ : state) rated = rate(assessment).ratings().size();
  memory.tell(state);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rated));
}

/// What a report shows: reasons and path of the ten highest.
void explain_ten(benchmark::State& state) {
  const Risk risk = rate(assessed(state.range(0)));
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

int main(int count, char** arguments) {
  return test::run_benchmarks(count, arguments);
}
