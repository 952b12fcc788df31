#include "tests/benchmarks/machine.hpp"

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace eraudit::test {
namespace {

/// The rest of the first line of `path` that begins with `name`, without what stands around it.
std::string line_of(const char* path, std::string_view name) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name)) continue;
    const std::size_t first = line.find_first_not_of(": \t", name.size());
    return first == std::string::npos ? std::string() : line.substr(first);
  }
  return {};
}

std::uint64_t status_bytes(std::string_view name) {
  return std::strtoull(line_of("/proc/self/status", name).c_str(), nullptr, 10) * 1024;
}

double megabytes(std::uint64_t bytes) {
  return static_cast<double>(bytes) / 1e6;
}

}  // namespace

void PeakMemory::forget() {
  std::ofstream("/proc/self/clear_refs") << "5";
  before_ = status_bytes("VmRSS");
}

void PeakMemory::tell(benchmark::State& state) const {
  const std::uint64_t peak = peak_memory();
  if (peak == 0) return;
  state.counters["before_MB"] = megabytes(before_);
  state.counters["peak_MB"] = megabytes(peak);
}

std::uint64_t peak_memory() {
  return status_bytes("VmHWM");
}

int run_benchmarks(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 64;
  const auto tell = [](const char* name, const std::string& value) {
    benchmark::AddCustomContext(name, value.empty() ? "not known" : value);
  };
  tell("processor", line_of("/proc/cpuinfo", "model name"));
  tell("memory", line_of("/proc/meminfo", "MemTotal"));
  tell("memory_free", line_of("/proc/meminfo", "MemAvailable"));
  tell("compiler", __VERSION__);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace eraudit::test
