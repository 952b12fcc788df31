#include "eraudit/network/read.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/detail/reader.hpp"

namespace eraudit {
namespace detail {
namespace {

namespace fs = std::filesystem;

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Names in `path`, sorted; what the system or a person keeps there for other purposes is left out.
std::vector<std::string> entries_of(const std::string& path) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(path, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.') && !ends_with_any(name, {".md", ".txt"})) {
      names.push_back(std::move(name));
    }
  }
  if (failure) {
    throw Error(ErrorCode::no_such_file,
                fmt::format("cannot read the folder '{}': {}", path, failure.message()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

NetworkReader::NetworkReader(SchemaPtr schema, const Limits& limits)
    : builder_(std::move(schema), limits), state_(builder_.state()), limits_(limits) {
  locator_.shape(state_.nodes.size(), state_.edges.size());
  state_.locator = &locator_;
}

std::uint16_t NetworkReader::register_file(const Source& source) {
  return builder_.file(source.name(), sha256(source.text()), source.text().size());
}

void NetworkReader::locate_rows(std::size_t table, std::size_t first_row, const Source& source,
                                FileLocator::CsvColumns columns) {
  locator_.add_csv_rows(table, static_cast<std::uint32_t>(first_row), source,
                        state_.files[file_ - 1u].sha256, columns);
}

Checked<Network> NetworkReader::finish() {
  return builder_.build();
}

void NetworkReader::read_folder(const std::string& path) {
  std::vector<std::string> known = {"network.yaml", "network.json", "sources.csv", "complete.csv",
                                    "schema.yaml"};
  const auto kinds = state_.schema->kinds();
  const auto edges = state_.schema->edges();
  for (const NodeKind& kind : kinds) known.push_back(kind.name + ".csv");
  for (const EdgeKind& edge : edges) known.push_back(edge.name + ".csv");
  const std::vector<std::string> names = entries_of(path);
  const auto there = [&](const std::string& name) {
    return std::binary_search(names.begin(), names.end(), name);
  };
  const auto full = [&](const std::string& name) { return (fs::path(path) / name).string(); };
  bool any = false;
  for (const std::string& name : names) {
    // How the tables came to be, and rates that go with them, are not the network.
    if (name == "import-report.json" || name == "rates.yaml") continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      any = any || name != "schema.yaml";
      continue;
    }
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    state_.diagnostics.error(full(name), "network-unknown-file",
                             "a network folder has no file of this name",
                             suggest(name, candidates));
  }
  if (!any && !state_.diagnostics.has_errors()) {
    state_.diagnostics.error(
        path, "network-empty-folder", "this folder holds no network",
        "it needs a network.yaml, or tables such as Cohort.csv and charged.csv");
  }
  if (there("network.yaml") && there("network.json")) {
    state_.diagnostics.error(full("network.json"), "network-two-files",
                             "this folder has a network.yaml and a network.json",
                             "keep one of them");
  }
  for (const char* name : {"network.yaml", "network.json"}) {
    if (!there(name)) continue;
    Checked<DocumentPtr> document = eraudit::read_document(full(name), limits_);
    state_.diagnostics.append(document.diagnostics());
    if (!document) continue;
    keep(*document);
    read_document((*document)->root(), true);
  }
  std::string buffer;
  const auto table = [&](const std::string& name, const auto& read) {
    if (!there(name)) return;
    const std::string file = full(name);
    Source source(file, read_text(file, limits_.data_file_bytes, std::move(buffer)));
    read(source);
    buffer = std::move(source).take_text();
  };
  table("sources.csv", [&](const Source& source) { read_source_table(source); });
  for (std::uint16_t kind = 0; kind < kinds.size(); ++kind) {
    table(kinds[kind].name + ".csv",
          [&](const Source& source) { read_node_table(source, KindId{kind}); });
  }
  for (std::uint16_t kind = 0; kind < edges.size(); ++kind) {
    table(edges[kind].name + ".csv",
          [&](const Source& source) { read_edge_table(source, EdgeKindId{kind}); });
  }
  table("complete.csv", [&](const Source& source) { read_completion_table(source); });
}

namespace {

Checked<Network> too_much(const Limits& limits, std::string_view file, const Error& error) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  diagnostics.error(file, "network-limit", error.what());
  return diagnostics;
}

/// The schema of a folder: its own, if it brings one.
Checked<SchemaPtr> schema_of(const std::string& path, const SchemaPtr& base, const Limits& limits) {
  const fs::path own = fs::path(path) / "schema.yaml";
  if (!fs::exists(own)) return base;
  Checked<DocumentPtr> document = read_document(own.string(), limits);
  if (!document) return document.diagnostics();
  return read_schema(**document, base);
}

}  // namespace
}  // namespace detail

Checked<Network> read_network(const std::string& path, const ReadOptions& options) {
  const SchemaPtr base = options.schema ? options.schema : recruitment_schema();
  std::error_code failure;
  try {
    if (detail::fs::is_directory(path, failure)) {
      const Checked<SchemaPtr> schema = detail::schema_of(path, base, options.limits);
      if (!schema) return schema.diagnostics();
      detail::NetworkReader reader(*schema, options.limits);
      reader.read_folder(path);
      return reader.finish();
    }
    Checked<DocumentPtr> document = read_document(path, options.limits);
    if (!document) return document.diagnostics();
    return read_network(**document, options);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit_exceeded) throw;
    return detail::too_much(options.limits, path, error);
  }
}

Checked<Network> read_network(const Document& document, const ReadOptions& options) {
  try {
    detail::NetworkReader reader(options.schema ? options.schema : recruitment_schema(),
                                 options.limits);
    reader.read_document(document.root(), true);
    return reader.finish();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit_exceeded) throw;
    return detail::too_much(options.limits, document.source().name(), error);
  }
}

Checked<Network> read_network(DocumentNode node, const ReadOptions& options) {
  try {
    detail::NetworkReader reader(options.schema ? options.schema : recruitment_schema(),
                                 options.limits);
    reader.read_document(node, false);
    return reader.finish();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit_exceeded) throw;
    return detail::too_much(options.limits, node.document().source().name(), error);
  }
}

}  // namespace eraudit
