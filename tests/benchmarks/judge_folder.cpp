// judge_folder FOLDER [ROUNDS]: how much processor time it takes to read a network and to judge it
// with the rules that ship, each the best of some rounds (default 3). tests/python/benchmark.py
// sets its own beside it.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/rules/rules.hpp"

namespace {

double processor_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
double best(int rounds, const Work& work) {
  double least = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const double begin = processor_seconds();
    work();
    least = std::min(least, processor_seconds() - begin);
  }
  return least;
}

void judge(const char* folder, int rounds) {
  using namespace eraudit;
  const Network network = read_network(folder).value();
  LoadOptions load;
  load.schema = network.schema_ptr();
  const Rules rules = load_rules("core", load).value();
  Options options;
  options.as_of = parse_date("2026-06-30");
  std::size_t findings = 0;
  const double judging =
      best(rounds, [&] { findings = evaluate(network, rules, options).findings().size(); });
  const double reading = best(1, [&] { static_cast<void>(read_network(folder).value()); });
  std::printf("{\"read\": %.3f, \"evaluate\": %.3f, \"findings\": %zu}\n", reading, judging,
              findings);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 3) {
    std::fputs("judge_folder FOLDER [ROUNDS]\n", stderr);
    return 64;
  }
  try {
    judge(arguments[1], count == 3 ? std::max(1, std::atoi(arguments[2])) : 3);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 65;
  }
}
