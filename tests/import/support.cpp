#include "tests/import/support.hpp"

#include "eraudit/core/error.hpp"
#include "eraudit/import/detail/table_import.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::test {
namespace {

constexpr std::string_view schema_text = R"(eraudit: schema/1
name: import-test
kinds:
  Recruiter:
    attributes:
      name: {type: string}
      also_written: {type: list(string)}
      country: {type: string, format: country}
      role: {type: enum, values: {agency: agency, individual: individual}}
      roles: {type: list(enum), values: {agency: agency, lender: lender}}
      workers: {type: int, non_negative: true}
      licence: {type: string, may_be_absent: true}
      since: {type: date, may_be_absent: true}
      wage: {type: money, per: month}
      fee: {type: money, non_negative: true}
      licensed: {type: bool}
      rate: {type: double}
  Recruitment:
    attributes:
      country: {type: string, format: country}
      city: {type: string}
  Order:
    attributes:
      number: {type: string}
edges:
  through:
    from: {kinds: [Recruitment], edges: agency_links, nodes: agencies}
    to: {kinds: [Recruiter], edges: recruitment_links, nodes: recruitments}
    attributes:
      as_written: {type: string}
      amount: {type: money}
  for_order:
    from: {kinds: [Recruitment], edges: order_links, nodes: orders}
    to: {kinds: [Order], edges: for_links, nodes: recruitments}
source_classes:
  government-list: {label: list, about: a list}
  contract-document: {label: contract, about: a contract, aliases: [contract]}
)";

DocumentPtr document(std::string name, std::string text) {
  auto read = read_yaml(std::make_shared<const Source>(std::move(name), std::move(text)));
  return read.value();
}

}  // namespace

const SchemaPtr& import_schema() {
  static const SchemaPtr schema =
      read_schema(*document("schema.yaml", std::string(schema_text))).value();
  return schema;
}

Checked<Mapping> read_mapping_text(std::string_view yaml) {
  auto read = read_yaml(std::make_shared<const Source>("map.yaml", std::string(yaml)));
  if (!read) return read.diagnostics();
  return read_mapping(**read, import_schema());
}

Mapping mapping(std::string_view yaml) {
  const std::string head = "eraudit: mapping/1\nfillers: [N/A, \"-\"]\n";
  return read_mapping_text(head + std::string(yaml)).value();
}

std::string mapping_messages(std::string_view yaml) {
  return to_text(read_mapping_text(yaml).diagnostics());
}

Checked<ImportResult> import_texts(const Mapping& mapping, const std::vector<std::string>& tables,
                                   const ImportOptions& options) {
  const ScratchFolder folder;
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string name = i == 0 ? "table.csv" : "table" + std::to_string(i + 1) + ".csv";
    paths.push_back(folder.write(name, tables[i]));
  }
  return import_tables(mapping, paths, options);
}

ImportResult import_text(const Mapping& mapping, std::string_view table,
                         const ImportOptions& options) {
  return import_texts(mapping, {std::string(table)}, options).value();
}

std::string import_messages(const Mapping& mapping, std::string_view table,
                            const ImportOptions& options) {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("table.csv", table)};
  return folder.relative(to_text(import_tables(mapping, paths, options).diagnostics()));
}

Checked<ImportResult> import_plainly(const Mapping& mapping, std::string_view table,
                                     const ImportOptions& options) {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("table.csv", table)};
  return detail::TableImport(mapping, options, detail::Evaluation::plain).run(paths);
}

std::string yaml(const ImportResult& result) {
  return write_network_yaml(result.network);
}

std::string cell(const Network& network, std::string_view node, std::string_view attribute) {
  const auto id = network.find(node);
  if (!id) throw Error(ErrorCode::bad_argument, "no node " + std::string(node));
  const NodeKind& kind = network.schema().kind(network.kind(*id));
  const auto named = kind.find(attribute);
  if (!named) throw Error(ErrorCode::bad_argument, "no attribute " + std::string(attribute));
  return to_text(network.cell(*id, *named), kind.attributes[named->index]);
}

}  // namespace eraudit::test
