// Writing reports of networks of 10,000, 100,000 and 1,000,000 nodes. What a report holds grows
// with what was found: `findings` and `bytes` say how much that is.

#include <benchmark/benchmark.h>
#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/report/findings_csv.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/report_file.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/assessed.hpp"
#include "tests/benchmarks/machine.hpp"
#include "tests/benchmarks/sizes.hpp"

using namespace eraudit;
using test::assessed;
using test::sizes;

namespace {

void tell(benchmark::State& state, const Assessment& assessment, std::size_t bytes) {
  state.counters["findings"] = static_cast<double>(assessment.findings().size());
  state.counters["selected"] = static_cast<double>(assessment.totals().selected);
  state.counters["bytes"] = static_cast<double>(bytes);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void report_json(benchmark::State& state) {
  const Assessment assessment = assessed(state.range(0));
  std::size_t bytes = 0;
  test::PeakMemory memory;
  for (auto _ : state) bytes = write_report_json(assessment).size();
  memory.tell(state);
  tell(state, assessment, bytes);
}

void terminal_summary(benchmark::State& state) {
  const Assessment assessment = assessed(state.range(0));
  std::size_t bytes = 0;
  test::PeakMemory memory;
  for (auto _ : state) bytes = summary(assessment).size();
  memory.tell(state);
  tell(state, assessment, bytes);
}

/// Of a report that is at hand, as `eraudit report` does.
template <class Write>
void edition(benchmark::State& state, Write write) {
  const Assessment assessment = assessed(state.range(0));
  const ReportFile report = make_report(assessment);
  std::size_t bytes = 0;
  test::PeakMemory memory;
  for (auto _ : state) bytes = write(report).size();
  memory.tell(state);
  tell(state, assessment, bytes);
}

void html(benchmark::State& state) {
  edition(state, [](const ReportFile& report) { return write_html(report); });
}
void findings_csv(benchmark::State& state) {
  edition(state, [](const ReportFile& report) { return write_findings_csv(report); });
}

BENCHMARK(report_json)->Apply(sizes);
BENCHMARK(terminal_summary)->Apply(sizes);
BENCHMARK(html)->Apply(sizes);
BENCHMARK(findings_csv)->Apply(sizes);

}  // namespace

int main(int count, char** arguments) {
  return test::run_benchmarks(count, arguments);
}
