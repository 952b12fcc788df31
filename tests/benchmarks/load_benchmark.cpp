// Loading networks of 10,000, 100,000 and 1,000,000 nodes, 3.2 edges each, from CSV tables: those
// that shared/bench/gen.cpp makes, and those that this library writes. Rates are per second of
// processor time, so that a busy machine counts less; the floors (what must be done to every byte,
// however it is read) are measured in the same run.

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/benchmarks/generated_folders.hpp"
#include "tests/benchmarks/machine.hpp"
#include "tests/benchmarks/synthetic.hpp"

using namespace eraudit;

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path;
  test::Tables tables;
};

test::GeneratedFolders& folders() {
  static test::GeneratedFolders all(ERAUDIT_GENERATOR, "load");
  return all;
}

Folder generated(const benchmark::State& state) {
  const auto& folder = folders().with(state.range(0));
  return {folder.tables, folder.counts};
}

/// Tables that this library writes, made when first asked for.
const Folder& written(std::int64_t nodes) {
  static std::map<std::int64_t, Folder> all;
  const auto [found, added] = all.try_emplace(nodes);
  Folder& folder = found->second;
  if (!added) return folder;
  folder.path = folders().root() / ("written-" + std::to_string(nodes));
  fs::create_directories(folders().root());
  const Network network = test::synthetic_network({static_cast<std::uint32_t>(nodes), 7, false});
  write_network_folder(network, folder.path.string(), Overwrite::no);
  for (const auto& file : fs::directory_iterator(folder.path)) {
    folder.tables.bytes += file.file_size();
  }
  folder.tables.nodes = network.node_count();
  folder.tables.edges = network.edge_count();
  return folder;
}

void count_bytes(benchmark::State& state, std::uint64_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void load(benchmark::State& state, const Folder& from) {
  std::uint64_t network_bytes = 0;
  std::uint64_t peak = 0;
  test::PeakMemory memory;
  for (auto _ : state) {
    memory.forget();
    const Network network = read_network(from.path.string()).value();
    if (network.node_count() != from.tables.nodes || network.edge_count() != from.tables.edges) {
      state.SkipWithError("other nodes or edges than were written");
      return;
    }
    network_bytes = network.memory_bytes();
    peak = test::peak_memory();
  }
  const auto nodes = static_cast<double>(from.tables.nodes);
  state.counters["bytes/node"] = static_cast<double>(network_bytes) / nodes;
  state.counters["bytes/edge"] =
      static_cast<double>(network_bytes) / static_cast<double>(from.tables.edges);
  memory.tell(state);
  state.counters["peak/node"] = static_cast<double>(peak) / nodes;
  state.counters["edges"] = static_cast<double>(from.tables.edges);
  count_bytes(state, from.tables.bytes);
}

void load_generated(benchmark::State& state) {
  load(state, generated(state));
}
void load_written(benchmark::State& state) {
  load(state, written(state.range(0)));
}

std::vector<SourcePtr> tables_of(const Folder& from) {
  std::vector<SourcePtr> tables;
  for (const auto& entry : fs::directory_iterator(from.path)) {
    if (entry.path().extension() == ".csv") {
      tables.push_back(read_file(entry.path().string(), Limits().data_file_bytes));
    }
  }
  return tables;
}

/// Floor: the bytes from the system, where their lines begin, their digest.
void read_and_digest(benchmark::State& state) {
  const Folder from = generated(state);
  for (auto _ : state) {
    for (const SourcePtr& table : tables_of(from)) {
      benchmark::DoNotOptimize(sha256(table->text()));
    }
  }
  count_bytes(state, from.tables.bytes);
}

/// Floor: the fields of every row, and nothing done with them.
void split_rows(benchmark::State& state) {
  const Folder from = generated(state);
  const std::vector<SourcePtr> tables = tables_of(from);
  for (auto _ : state) {
    std::size_t fields = 0;
    Diagnostics diagnostics(20, 1000);
    for (const SourcePtr& table : tables) {
      read_csv(
          *table, {},
          [&](std::uint32_t, std::span<const CsvField> row) {
            fields += row.size();
            return true;
          },
          diagnostics);
    }
    benchmark::DoNotOptimize(fields);
  }
  count_bytes(state, from.tables.bytes);
}

/// Floor: the ends of the lines alone.
void find_lines(benchmark::State& state) {
  const Folder from = generated(state);
  const std::vector<SourcePtr> tables = tables_of(from);
  for (auto _ : state) {
    std::size_t lines = 0;
    for (const SourcePtr& table : tables) {
      std::string_view rest = table->text();
      while (!rest.empty()) {
        const void* end = std::memchr(rest.data(), '\n', rest.size());
        if (end == nullptr) break;
        rest.remove_prefix(
            static_cast<std::size_t>(static_cast<const char*>(end) - rest.data() + 1));
        ++lines;
      }
    }
    benchmark::DoNotOptimize(lines);
  }
  count_bytes(state, from.tables.bytes);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int count, char** arguments) {
  if (std::string_view(ERAUDIT_GENERATOR).empty()) {
    std::puts(
        "SKIPPED load_generated and the floors: no bench/gen.cpp in $ERAUDIT_SHARED or ../shared "
        "when this was configured");
  } else {
    benchmark::RegisterBenchmark("load_generated", load_generated)->Apply(sizes);
    benchmark::RegisterBenchmark("read_and_digest", read_and_digest)->Apply(sizes);
    benchmark::RegisterBenchmark("split_rows", split_rows)->Apply(sizes);
    benchmark::RegisterBenchmark("find_lines", find_lines)->Apply(sizes);
  }
  benchmark::RegisterBenchmark("load_written", load_written)->Apply(sizes);
  return test::run_benchmarks(count, arguments);
}
