// eraudit validate FILE...

#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/risk/exposure.hpp"
#include "eraudit/rules/proof_table.hpp"
#include "eraudit/rules/rules.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

struct Outcome {
  Diagnostics diagnostics;
  std::string what;  ///< `a network of 12 nodes and 9 edges`
};

Outcome network_outcome(const Checked<Network>& network) {
  Outcome outcome{network.diagnostics(), {}};
  if (network) {
    outcome.what = fmt::format("a network of {} nodes and {} edges", network->node_count(),
                               network->edge_count());
  }
  return outcome;
}

Outcome rules_outcome(const std::string& path) {
  const Checked<Rules> rules = load_rules(path);
  Outcome outcome{rules.diagnostics(), {}};
  if (rules) outcome.what = fmt::format("{} rules", rules->size());
  return outcome;
}

bool is_network_folder(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() == ".csv" || name == "network.yaml" || name == "network.json")
      return true;
  }
  return false;
}

Outcome document_outcome(const std::string& path, const Document& document) {
  const DocumentNode root = document.root();
  std::string form;
  if (root.is_map()) {
    if (const auto mark = root.find("eraudit")) form = std::string(mark->text());
    if (root.find("rule")) return rules_outcome(path);
  }
  if (form.starts_with("network/")) return network_outcome(read_network(path));
  if (form.starts_with("schema/")) {
    const auto schema = read_schema(document, recruitment_schema());
    return {schema.diagnostics(), "a schema"};
  }
  if (form.starts_with("mapping/")) {
    const auto mapping = read_mapping(document);
    return {mapping.diagnostics(), "a mapping"};
  }
  if (form.starts_with("rates/")) {
    const auto rates = read_rates(document.source_ptr());
    return {rates.diagnostics(), rates ? fmt::format("{} exchange rates", rates->size()) : ""};
  }
  if (form.starts_with("proof/")) {
    const auto proof = read_proof_table(document, *recruitment_schema());
    return {proof.diagnostics(), "how much each class of source counts"};
  }
  if (form.starts_with("exposure/")) {
    const auto exposure = read_exposure(document, *recruitment_schema());
    return {exposure.diagnostics(), "how ratings are made"};
  }
  if (form.starts_with("pack/") || form.starts_with("table/")) {
    return rules_outcome(std::filesystem::path(path).parent_path().string());
  }
  Outcome outcome;
  outcome.diagnostics.error(document.source(), root.span(), "validate-unknown-form",
                            "this file does not say what it is",
                            "begin it with 'eraudit: network/1' (or schema/1, mapping/1, rates/1, "
                            "table/1, exposure/1, proof/1), or "
                            "with 'rule: its-id'");
  return outcome;
}

Outcome outcome_of(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    return is_network_folder(path) ? network_outcome(read_network(path)) : rules_outcome(path);
  }
  if (path.ends_with(".csv")) {
    const auto rates = read_rates(read_file(path, Limits{}.data_file_bytes));
    return {rates.diagnostics(), rates ? fmt::format("{} exchange rates", rates->size()) : ""};
  }
  const auto document = read_document(path, {}, Aliases::expand);
  if (!document) return {document.diagnostics(), {}};
  return document_outcome(path, **document);
}

}  // namespace

int run_validate(const Arguments& arguments) {
  if (arguments.positional.empty())
    throw UsageError{"FILE is missing", "a network, rule, mapping, schema or rates file"};
  bool good = true;
  for (const std::string& path : arguments.positional) {
    const Outcome outcome = outcome_of(path);
    if (!outcome.diagnostics.empty()) note(to_text(outcome.diagnostics));
    if (outcome.diagnostics.has_errors()) {
      good = false;
      const std::size_t errors = outcome.diagnostics.errors();
      print(fmt::format("{}: {} error{}\n", path, errors, errors == 1 ? "" : "s"));
    } else {
      print(fmt::format("{}: {}\n", path, outcome.what));
    }
  }
  return good ? checked : bad_data;
}

}  // namespace eraudit::cli
