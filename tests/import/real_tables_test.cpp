// Tables that nobody made for these tests, read where they stand.

#include <algorithm>
#include <chrono>
#include <iostream>

#include "eraudit/import/detail/table_import.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

std::size_t count(const Network& network, std::string_view kind) {
  return network.nodes(*network.schema().find_kind(kind)).size();
}

/// A mapping under the recruitment schema.
Mapping recruitment_mapping(const std::string& yaml) {
  auto document =
      read_yaml(std::make_shared<const Source>("map.yaml", "eraudit: mapping/1\n" + yaml));
  return read_mapping(*document.value()).value();
}

ImportResult import_file(const Mapping& mapping, const std::string& path) {
  const std::vector<std::string> paths = {path};
  return import_tables(mapping, paths).value();
}

}  // namespace

TEST_CASE("import: the H-2B recruiter table, counted", "[import][real]") {
  const std::string data = shared_data_or_skip("H-2B recruiters");
  if (data.empty()) return;
  const auto document = read_document(project_file("examples/networks/us-h2b/mapping.yaml"));
  const Mapping map = read_mapping(*document.value()).value();
  const auto begin = std::chrono::steady_clock::now();
  const std::string table = data + "/data/real/us-dol-h2/derived/h2b_fy2021_recruiters.csv";
  const ImportResult result = import_file(map, table);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::cerr << "H-2B recruiters imported in " << seconds.count() << " s\n";
  const Network& network = result.network;
  const Schema& schema = network.schema();

  // tests/import/h2b_counts_test.py makes each of these without the library.
  const auto states = result.report.inputs.at(0).rows;  // the table that comes with the mapping
  CHECK(states == 110);
  CHECK(result.report.inputs.at(1).rows == 44'434);
  CHECK(result.report.rows_in == 44'434 + states);
  CHECK(result.report.rows_used == 44'434 + states);
  CHECK(result.report.repeated.count == 2);  // two rows differ from others in their fillers only
  CHECK(count(network, "Recruitment") == 44'434);
  CHECK(count(network, "JobOrder") == 4'185);
  CHECK(count(network, "Recruiter") == 196 + 847);
  CHECK(result.report.spelled_ids == 196);
  const auto& made = result.report.nodes_made;
  const auto agency =
      std::find_if(made.begin(), made.end(), [](const auto& one) { return one.entry == "agency"; });
  REQUIRE(agency != made.end());
  CHECK(agency->rows == 44'434 - 232);

  const NodeKind& recruiter = schema.kind(*schema.find_kind("Recruiter"));
  const AttributeId role = *recruiter.find("role");
  std::size_t agencies = 0;
  for (const NodeId node : network.nodes(*schema.find_kind("Recruiter"))) {
    agencies += network.cell(node, role).low == CellValue(std::string("agency"));
  }
  CHECK(agencies == 196);

  std::size_t without = 0;
  const KindId recruitment = *schema.find_kind("Recruitment");
  const ListId list = schema.find_list(recruitment, "agencies")->list;
  const EdgeKindId through = *schema.find_edge("through");
  for (const EdgeTable& edges : network.tables()) {
    if (edges.kind != through) continue;
    for (const NodeId node : network.nodes(recruitment)) {
      const std::uint32_t row = node.index - network.nodes(recruitment).first;
      without += edges.out_offsets[row] == edges.out_offsets[row + 1];
      if (row == 0) CHECK(network.complete(node, list));
    }
  }
  CHECK(without == 232);
  CHECK(cell(network, "skilled-staffing-solutions", "name") == "Skilled Staffing Solutions");
  CHECK(cell(network, "skilled-staffing-solutions", "active_in") == "JM; US");
  CHECK(network.claims().empty());

  const ScratchFolder folder;
  write_import(result, folder.file("network"), Overwrite::no);
  const auto read = read_network(folder.file("network"));
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  CHECK(read->node_count() == network.node_count());
  CHECK(read->edge_count() == network.edge_count());
  CHECK(write_network_json(*read) == write_network_json(network));
}

TEST_CASE("import: a list of debarments", "[import][real]") {
  const std::string data = shared_data_or_skip("debarments");
  if (data.empty()) return;
  const Mapping map = recruitment_mapping(R"(
fillers: []
table:
  columns: {program: Program, name: Entity Debarred, city: City, state: State, start: Start Date, end: End Date}
nodes:
  company:
    kind: Company
    id: slug(normal_name(row.name)) + '-' + slug(row.city)
    attributes: {name: {value: row.name, many: most_frequent}, city: row.city, country: {constant: US}, region: "'US-' + row.state"}
)");
  const std::vector<std::string> paths = {
      data + "/data/real/us-dol-h2/debarments/debarments-2010-2014.csv"};
  const auto result = import_tables(map, paths);
  INFO(to_text(result.diagnostics()));
  // One firm stands in the state column with a Canadian province; nothing is taken for granted.
  if (result) {
    CHECK(result->report.rows_in == 141);
    CHECK(count(result->network, "Company") > 120);
  } else {
    CHECK(result.diagnostics().items()[0].position.line > 1);
  }
}

TEST_CASE("import: lists of certifications", "[import][real]") {
  const std::string data = shared_data_or_skip("certification lists");
  if (data.empty()) return;
  const Mapping map = recruitment_mapping(R"(
fillers: []
table:
  columns: {case: case_no, employer: employer_name, city: employer_city, state: employer_state, status: case_status,
            day: last_event_date, workers: n_certified}
nodes:
  order:
    kind: JobOrder
    id: row.case
    attributes:
      number: row.case
      workers_approved: row.workers
      decided: row.day
      status:
        map:
          column: status
          values:
            DETERMINATION ISSUED - CERTIFICATION: approved
            DETERMINATION ISSUED - PARTIAL CERTIFICATION: approved
            DETERMINATION ISSUED - DENIED: refused
            DETERMINATION ISSUED - WITHDRAWN: withdrawn
          otherwise: unknown
  employer: {kind: Company, id: slug(normal_name(row.employer)), attributes: {name: {value: row.employer, many: most_frequent}}}
edges: [{kind: orders, from: employer, to: order}]
)");
  const ImportResult result = import_file(
      map, data + "/data/real/us-dol-h2/certification-lists/t-bell-since-2015-01-30.csv");
  CHECK(result.report.rows_in == 4);
  CHECK(count(result.network, "Company") == 1);
  CHECK(cell(result.network, "H-300-15121-607906", "decided") == "2015-05-12");
  CHECK(cell(result.network, "H-300-15121-607906", "workers_approved") == "0");
}

TEST_CASE("import: lists of facilities as brands publish them", "[import][real]") {
  const std::string data = shared_data_or_skip("facility lists");
  if (data.empty()) return;
  const Mapping map = recruitment_mapping(R"(
fillers: [N/A, "-"]
table: {columns: {country: country, name: name, address: address, sector: {header: sector, required: false}}}
nodes:
  plant:
    kind: Facility
    id: normal_name(row.name) + ' ' + row_key
    attributes: {name: row.name, country: {value: country(row.country), otherwise: unknown}}
)");
  for (const char* list : {"2", "3", "4", "5"}) {
    const ImportResult result = import_file(
        map, data + "/data/real/opensupplyhub/management/commands/facility_lists/" + list + ".csv");
    INFO(list << "\n" << to_text(result.report));
    CHECK(result.report.rows_in >= 19);
    CHECK(result.report.rows_used + result.report.skipped.size() >= result.report.rows_in);
    CHECK(result.report.unreadable.empty());  // every country is known
  }
}

TEST_CASE("import: the files of csv-spectrum", "[import][real]") {
  const std::string data = shared_data_or_skip("csv-spectrum");
  if (data.empty()) return;
  const std::string folder = data + "/data/real/csv-spectrum/csvs/";
  const Mapping abc = mapping(R"(
table: {columns: {a: A, b: B, c: {header: C, required: false}}}
nodes: {r: {kind: Recruiter, id: row.a, attributes: {name: row.b, licence: row.c}}}
)");
  const auto value = [&](const char* file, const char* id, const char* attribute) {
    return cell(import_file(abc, folder + file).network, id, attribute);
  };
  CHECK(value("empty.csv", "1", "name").empty());
  CHECK(value("empty_crlf.csv", "2", "licence") == "4");
  CHECK(value("escaped_quotes.csv", "1", "name") == "ha \"ha\" ha");
  const Mapping lines = mapping(R"(
table: {columns: {a: A, b: B, c: C}}
nodes: {r: {kind: Recruiter, id: row.c, attributes: {name: row.a, licence: row.b}}}
)");
  CHECK(cell(import_file(lines, folder + "newlines.csv").network, "6", "name") ==
        "Once upon \na time");
  CHECK(cell(import_file(lines, folder + "newlines_crlf.csv").network, "9", "name") == "7");
  CHECK(value("quotes_and_newlines.csv", "1", "name").find("\"ha\"") != std::string::npos);
  CHECK(value("simple.csv", "1", "licence") == "3");
  CHECK(value("simple_crlf.csv", "1", "licence") == "3");
  CHECK(value("utf8.csv", "4", "licence") == "ʤ");
  const Mapping json = mapping(R"(
table: {columns: {key: key, val: val}}
nodes: {r: {kind: Recruiter, id: row.key, attributes: {name: row.val}}}
)");
  CHECK(cell(import_file(json, folder + "json.csv").network, "1", "name") ==
        R"({"type": "Point", "coordinates": [102.0, 0.5]})");
  const Mapping persons = mapping(R"(
salt: pepper
table: {columns: {first: {header: first, person: drop}, last: {header: last, person: key_only}, city: city, zip: zip}}
nodes: {r: {kind: Recruitment, id: row.zip + row.last, attributes: {city: row.city}}}
)");
  const ImportResult result = import_file(persons, folder + "comma_in_quotes.csv");
  CHECK(yaml(result).find("Anytown, WW") != std::string::npos);
  CHECK(yaml(result).find("Doe") == std::string::npos);
}

TEST_CASE("import: lists without a header and with nulls of their own are refused or read",
          "[import][real]") {
  const std::string data = shared_data_or_skip("sanctions lists");
  if (data.empty()) return;
  const Mapping map = recruitment_mapping(R"(
fillers: ["-0-"]
table: {columns: {number: ent_num, name: {header: SDN_Name, required: false}}}
nodes: {c: {kind: Company, id: row.number, attributes: {name: row.name}}}
)");
  const std::vector<std::string> headerless = {
      data + "/data/real/sanctions/internal/ofactest/testdata/sdn.csv"};
  const auto refused = import_tables(map, headerless);
  REQUIRE_FALSE(refused);
  CHECK(refused.diagnostics().items()[0].id == "import-missing-column");
}
