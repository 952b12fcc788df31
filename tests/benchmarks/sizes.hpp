#pragma once
// The sizes that everything is measured at, so that what grows faster than it should shows.

#include <benchmark/benchmark.h>

namespace eraudit::test {

inline void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)
      ->Arg(100'000)
      ->Arg(1'000'000)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace eraudit::test
