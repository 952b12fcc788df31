#pragma once
// On which machine was measured, and how much memory it took: what every benchmark says with its
// times.

#include <benchmark/benchmark.h>
#include <cstdint>

namespace eraudit::test {

/// The most memory that this process held while it measured. Linux only; elsewhere nothing is told.
class PeakMemory {
 public:
  PeakMemory() { forget(); }
  /// From here on.
  void forget();
  /// In MB: `before` (what was held when it began: the network, and what else the benchmark keeps)
  /// and `peak` (the most since then).
  void tell(benchmark::State& state) const;

 private:
  std::uint64_t before_ = 0;  ///< bytes
};

/// The most bytes held since the last `PeakMemory::forget`; 0 where the system does not say.
[[nodiscard]] std::uint64_t peak_memory();

/// `main` of every benchmark: says what the machine is (processor, memory, compiler) above the
/// results, in the console and in JSON.
[[nodiscard]] int run_benchmarks(int count, char** arguments);

}  // namespace eraudit::test
