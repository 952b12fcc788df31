// Patterns over networks of 10,000, 100,000 and 1,000,000 nodes: whether there is a row, the
// smallest one, all of them, for every cohort. Items are cohorts.

#include <array>
#include <benchmark/benchmark.h>
#include <string>

#include "eraudit/pattern/matcher.hpp"
#include "tests/benchmarks/machine.hpp"
#include "tests/benchmarks/sizes.hpp"
#include "tests/benchmarks/synthetic.hpp"

using namespace eraudit;
using test::sizes;

namespace {

/// `ask` of every cohort.
template <class Ask>
void ask_all(benchmark::State& state, const char* text, const Ask& ask) {
  const Network network =
      test::synthetic_network({static_cast<std::uint32_t>(state.range(0)), 7, false});
  Environment environment(network.schema_ptr());
  const PatternPtr pattern = compile_match(ExpressionText::of(text), environment, "c").value();
  const BoundPattern bound = bind(pattern, network);
  const Date day = parse_date("2026-06-30").value();
  Evaluator evaluator(&network, {day, day, {}, {}});
  Matcher matcher(bound, evaluator);
  const auto cohorts = network.nodes(*network.schema().find_kind("Cohort"));
  std::uint64_t found = 0;
  test::PeakMemory memory;
  for (auto _ : state) {
    found = 0;
    for (const NodeId cohort : cohorts) {
      evaluator.begin();
      found += ask(matcher, cohort);
    }
  }
  memory.tell(state);
  state.counters["found"] = static_cast<double>(found);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cohorts.size()));
}

const char* const chain = "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-{1,5}(f:Facility)";
const char* const steps = "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-(p:Recruiter)";

void chain_exists(benchmark::State& state) {
  ask_all(state, chain, [](Matcher& matcher, NodeId cohort) {
    return matcher.exists(cohort).is(ValueKind::boolean) ? 1 : 0;
  });
}
void chain_smallest(benchmark::State& state) {
  ask_all(state, chain,
          [](Matcher& matcher, NodeId cohort) { return matcher.smallest(cohort).size(); });
}
void all_rows_of_two_steps(benchmark::State& state) {
  ask_all(state, steps,
          [](Matcher& matcher, NodeId cohort) { return matcher.rows(cohort).size(); });
}

}  // namespace

BENCHMARK(chain_exists)->Apply(sizes);
BENCHMARK(chain_smallest)->Apply(sizes);
BENCHMARK(all_rows_of_two_steps)->Apply(sizes);

int main(int count, char** arguments) {
  return test::run_benchmarks(count, arguments);
}
