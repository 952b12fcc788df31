// This library beside a program that was written for one network and four questions alone
// (shared/bench/wcsr.cpp): both read what shared/bench/gen.cpp makes, answer the same, and stand in
// one run. `ratio` is the median time of this library over that of the program. Only work that is
// the same is compared:
//
//   load      files to a network that can be asked        w5; this library checks and digests too
//   cohorts   six columns of every cohort, one rule       w1, row by row (`columns`: over columns)
//   chains    reach over `engages`, five hops, one rule   w2
//   paths     the shortest chain of every finding         w2_paths
//
// Answers are compared as well: verdicts of `cohorts`, verdicts of `chains`, hops of `paths`.

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/generated_folders.hpp"
#include "tests/benchmarks/machine.hpp"

using namespace eraudit;

namespace {

constexpr std::array<std::int64_t, 3> sizes{10'000, 100'000, 1'000'000};
const char* const as_of = "2025-06-30";  // the day that the program speaks of

test::GeneratedFolders& folders() {
  static test::GeneratedFolders all(ERAUDIT_GENERATOR, "reference");
  return all;
}

/// What the program said, with one thread.
class Reference {
 public:
  explicit Reference(std::int64_t nodes) {
    const std::string command = std::string("'") + ERAUDIT_REFERENCE + "' '" +
                                folders().with(nodes).raw.string() + "' 1 5 '" +
                                (folders().root() / "out.jsonl").string() + "'";
    FILE* const pipe = ::popen(command.c_str(), "r");
    std::string said;
    std::array<char, 4096> part{};
    while (pipe != nullptr && std::fgets(part.data(), part.size(), pipe) != nullptr) {
      said += part.data();
    }
    if (pipe == nullptr || ::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
    said_ = read_json(std::make_shared<const Source>("reference", said)).value();
  }
  [[nodiscard]] double seconds(std::string_view step) const {
    return said_->root().find(step)->number().value();
  }
  [[nodiscard]] std::uint64_t check(std::string_view name) const {
    return static_cast<std::uint64_t>(said_->root().find("checks")->find(name)->number().value());
  }

 private:
  DocumentPtr said_;
};

const Reference& reference(std::int64_t nodes) {
  static std::map<std::int64_t, Reference> all;
  return all.try_emplace(nodes, nodes).first->second;
}

/// The last one asked for.
const Network& network(std::int64_t nodes) {
  static std::int64_t of = 0;
  static std::optional<Network> last;
  if (of != nodes) {
    last.reset();
    last = read_network(folders().with(nodes).tables.string()).value();
    of = nodes;
  }
  return *last;
}

Rules rule(const char* name, const Network& of) {
  LoadOptions options;
  options.schema = of.schema_ptr();
  return load_rules(std::string(ERAUDIT_SOURCE_DIR "/tests/benchmarks/reference/") + name, options)
      .value();
}

Options usual() {
  Options options;
  options.as_of = parse_date(as_of);
  return options;
}

std::uint64_t fails(const Assessment& assessment) {
  return assessment.totals().by_verdict[std::size_t(Verdict::fail)];
}

/// Times `work` again and again, and sets the median beside `theirs` (seconds).
template <class Work>
void compare(benchmark::State& state, double theirs, const Work& work) {
  std::vector<double> times;
  test::PeakMemory memory;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    times.push_back(time.count());
    state.SetIterationTime(time.count());
  }
  memory.tell(state);
  std::sort(times.begin(), times.end());
  state.counters["theirs_ms"] = theirs * 1e3;
  state.counters["ratio"] = times.empty() ? 0 : times[times.size() / 2] / theirs;
}

void expect(benchmark::State& state, std::uint64_t ours, std::uint64_t theirs) {
  state.counters["answers"] = static_cast<double>(ours);
  if (ours == theirs) return;
  state.SkipWithError(
      ("other answers: " + std::to_string(ours) + ", not " + std::to_string(theirs)).c_str());
}

void load(benchmark::State& state) {
  const auto& folder = folders().with(state.range(0));
  std::size_t nodes = 0;
  compare(state, reference(state.range(0)).seconds("w5"),
          [&] { nodes = read_network(folder.tables.string()).value().node_count(); });
  expect(state, nodes, folder.counts.nodes);
}

void judge(benchmark::State& state, const char* name, double theirs, std::uint64_t answers) {
  const Network& of = network(state.range(0));
  const Rules rules = rule(name, of);
  std::uint64_t found = 0;
  compare(state, theirs, [&] { found = fails(evaluate(of, rules, usual())); });
  expect(state, found, answers);
}

void cohorts(benchmark::State& state) {
  const Reference& program = reference(state.range(0));
  const double by_row = program.seconds("w1_row_interp");
  judge(state, "cohorts.yaml", by_row, program.check("w1"));
  state.counters["columns"] = state.counters["ratio"].value * by_row / program.seconds("w1");
}

void chains(benchmark::State& state) {
  const Reference& program = reference(state.range(0));
  judge(state, "chains.yaml", program.seconds("w2"), program.check("w2_hits"));
}

void paths(benchmark::State& state) {
  const Reference& program = reference(state.range(0));
  const Network& of = network(state.range(0));
  const Assessment assessment = evaluate(of, rule("chains.yaml", of), usual());
  std::uint64_t hops = 0;
  compare(state, program.seconds("w2_paths"), [&] {
    hops = 0;
    for (const Finding& finding : assessment.findings()) {
      const MatchedRows rows = assessment.match(finding.rule, finding.subject);
      hops += rows.rows.at(0).paths.at(0).edges.size();
    }
  });
  expect(state, hops, program.check("w2_hops"));
}

}  // namespace

int main(int count, char** arguments) {
  if (std::string_view(ERAUDIT_REFERENCE).empty()) {
    std::puts(
        "SKIPPED: no bench/gen.cpp and bench/wcsr.cpp in $ERAUDIT_SHARED or ../shared when this "
        "was configured");
    return 0;
  }
  for (const std::int64_t nodes : sizes) {
    const auto add = [&](const char* name, void (*function)(benchmark::State&)) {
      benchmark::RegisterBenchmark(name, function)
          ->Arg(nodes)
          ->Unit(benchmark::kMillisecond)
          ->UseManualTime();
    };
    add("load", load);
    add("cohorts", cohorts);
    add("chains", chains);
    add("paths", paths);
  }
  return test::run_benchmarks(count, arguments);
}
