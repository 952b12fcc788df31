// Building, writing and walking networks of 10,000, 100,000 and 1,000,000 nodes, and reading them
// from documents; load_benchmark.cpp reads tables.

#include <benchmark/benchmark.h>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/benchmarks/machine.hpp"
#include "tests/benchmarks/sizes.hpp"
#include "tests/benchmarks/synthetic.hpp"

using namespace eraudit;
using test::sizes;
using test::Synthetic;
using test::SyntheticShape;

namespace {

SyntheticShape shape_of(const benchmark::State& state, bool shuffled = false) {
  return {static_cast<std::uint32_t>(state.range(0)), 7, shuffled};
}

void build(benchmark::State& state, bool shuffled) {
  const Synthetic synthetic(shape_of(state, shuffled));
  std::size_t bytes = 0;
  std::size_t nodes = 0;
  std::size_t edges = 0;
  test::PeakMemory memory;
  for (auto _ : state) {
    NetworkBuilder builder(recruitment_schema());
    synthetic.tell(builder);
    const Network network = builder.build().value();
    bytes = network.memory_bytes();
    nodes = network.node_count();
    edges = network.edge_count();
  }
  memory.tell(state);
  state.counters["bytes_per_node"] = static_cast<double>(bytes) / static_cast<double>(nodes);
  state.counters["edges_per_node"] = static_cast<double>(edges) / static_cast<double>(nodes);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(nodes + edges));
}
void build_sorted(benchmark::State& state) {
  build(state, false);
}
void build_shuffled(benchmark::State& state) {
  build(state, true);
}

/// What filling the builder costs, without `build`.
void tell(benchmark::State& state) {
  const Synthetic synthetic(shape_of(state));
  for (auto _ : state) {
    NetworkBuilder builder(recruitment_schema());
    synthetic.tell(builder);
    benchmark::DoNotOptimize(builder.node_count());
  }
}

std::string folder(const char* name, const benchmark::State& state) {
  return (std::filesystem::temp_directory_path() /
          ("eraudit-benchmark-" + std::to_string(::getpid()) + "-" + name +
           std::to_string(state.range(0))))
      .string();
}

void write_tables(benchmark::State& state) {
  const std::string path = folder("written", state);
  const Network network = test::synthetic_network(shape_of(state));
  std::uint64_t bytes = 0;
  for (auto _ : state) write_network_folder(network, path, Overwrite::yes);
  for (const auto& file : std::filesystem::directory_iterator(path)) bytes += file.file_size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  std::filesystem::remove_all(path);
}

void read_document_text(benchmark::State& state, bool json) {
  const Network network = test::synthetic_network(shape_of(state));
  const auto source = std::make_shared<const Source>(
      json ? "n.json" : "n.yaml", json ? write_network_json(network) : write_network_yaml(network));
  Limits limits;
  limits.document_nodes = 200'000'000;
  for (auto _ : state) {
    const auto document = (json ? read_json(source, limits) : read_yaml(source, limits)).value();
    benchmark::DoNotOptimize(read_network(*document, {nullptr, limits}).value().node_count());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(source->text().size()));
}
void read_json_text(benchmark::State& state) {
  read_document_text(state, true);
}
void read_yaml_text(benchmark::State& state) {
  read_document_text(state, false);
}

void write_json_text(benchmark::State& state) {
  const Network network = test::synthetic_network(shape_of(state));
  std::size_t bytes = 0;
  for (auto _ : state) bytes = write_network_json(network).size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

/// One look-up by id, in an order that no cache likes.
void find_by_id(benchmark::State& state) {
  const Network network = test::synthetic_network(shape_of(state));
  std::uint32_t at = 0;
  const auto count = static_cast<std::uint32_t>(network.node_count());
  for (auto _ : state) {
    at = (at + 611'953) % count;
    benchmark::DoNotOptimize(network.find(network.id(NodeId{at})));
  }
}

/// Every in-edge of every cohort: the fees that it paid, added up.
void sum_over_edges(benchmark::State& state) {
  const Network network = test::synthetic_network(shape_of(state));
  const Schema& schema = network.schema();
  const KindId cohort = *schema.find_kind("Cohort");
  const EdgeKindId charged = *schema.find_edge("charged");
  const AttributeId amount = *schema.edge(charged).find("amount");
  std::int64_t edges = 0;
  for (auto _ : state) {
    std::int64_t sum = 0;
    edges = 0;
    for (const std::uint16_t index : network.tables(cohort, {charged, Side::to})) {
      const EdgeTable& table = network.tables()[index];
      const Column& column = table.columns[amount.index];
      for (const std::uint32_t row : table.in_rows) {
        sum += column.known.test(row) ? column.longs[row] : 0;
      }
      edges += static_cast<std::int64_t>(table.size());
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * edges);
}

}  // namespace

BENCHMARK(build_sorted)->Apply(sizes);
BENCHMARK(build_shuffled)->Apply(sizes);
BENCHMARK(tell)->Apply(sizes);
BENCHMARK(write_tables)->Apply(sizes);
BENCHMARK(read_json_text)->Apply(sizes);
BENCHMARK(read_yaml_text)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(write_json_text)->Apply(sizes);
BENCHMARK(find_by_id)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(sum_over_edges)->Apply(sizes);
int main(int count, char** arguments) {
  return test::run_benchmarks(count, arguments);
}
