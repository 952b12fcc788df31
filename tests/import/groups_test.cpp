// Rows per worker that become rows per group, cells with several texts, tables joined by key.

#include "eraudit/import/detail/row_groups.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

/// A payroll, as it comes: one row per worker, with names and passports.
const std::string payroll_map = R"(
as_of: 2026-06-30
salt: pepper
table:
  columns:
    name: {header: Worker Name, person: drop}
    passport: {header: Passport No, person: key_only}
    agency: Agency
    origin: Origin
    arrival: {header: Arrival, date: DD/MM/YYYY}
    fee: {header: Fee paid, money: {currency: NPR, format: indian}}
    receipt: Receipt
  group_by:
    by: {agency: slug(row.agency), origin: row.origin}
    values:
      workers: count
      persons: {distinct: row.passport}
      answered: {known: row.fee}
      paid: {share: "row.fee != '0 NPR'"}
      low: {min: row.fee}
      middle: {median: row.fee}
      high: {max: row.fee}
      all: {sum: row.fee}
      arrived: {window: row.arrival}
nodes:
  cohort:
    kind: Recruiter
    id: row.agency + '-' + row.origin
    attributes:
      workers: row.workers
      since: row.arrived
      fee: row.low
      name: row.middle + ' ' + row.high
      licence: row.paid_said + ' of ' + row.paid_asked
  order: {kind: Order, id: "'o-' + row.agency + row.origin", attributes: {number: row.persons}}
)";

const std::string payroll =
    "Worker Name,Passport No,Agency,Origin,Arrival,Fee paid,Receipt\n"
    "Canary One,P1,Sunrise,NP,01/02/2024,\"1,05,000\",yes\n"
    "Canary Two,P2,SUNRISE,NP,15/03/2024,\"95,000\",no\n"
    "Canary Three,P3,Sunrise,NP,03/02/2024,,no\n"
    "Canary Three,P3,Sunrise,NP,03/02/2024,0,no\n"
    "Canary Four,P4,Horizon,BD,01/01/2024,4.5 lakh,yes\n"
    "Canary Five,P5,Horizon,N/A,02/01/2024,4 lakh,yes\n";

std::string grouped(const std::string& values, const std::string& rows,
                    const std::string& of = "row.g") {
  const Mapping map = mapping(R"(
table:
  columns: {g: G, a: {header: A, required: false}}
  group_by:
    by: {g: )" + of + R"(}
    values: {v: )" + values + R"(}
nodes: {r: {kind: Recruiter, id: row.g, attributes: {name: row.v}}}
)");
  const auto result = import_texts(map, {"G,A\n" + rows});
  if (!result) return import_messages(map, "G,A\n" + rows).substr(10);
  return cell(result->network, "x", "name");
}

}  // namespace

TEST_CASE("import: rows per worker become groups", "[import][groups]") {
  const ImportResult result = import_text(mapping(payroll_map), payroll);
  const Network& network = result.network;
  CHECK(cell(network, "sunrise-NP", "workers") == "4");
  CHECK(cell(network, "sunrise-NP", "since") == "2024-02-01/2024-03-15");
  CHECK(cell(network, "sunrise-NP", "fee") == "0 NPR");
  CHECK(cell(network, "sunrise-NP", "name") == "95000 NPR 105000 NPR");
  CHECK(cell(network, "sunrise-NP", "licence") == "2 of 3");
  CHECK(cell(network, "o-sunriseNP", "number") == "3");
  CHECK(cell(network, "horizon-BD", "fee") == "450000 NPR");
  // Nobody said where one of them comes from: a group of its own, not a vanished worker.
  REQUIRE(result.report.groups.size() == 1);
  const ImportReport::Groups& groups = result.report.groups[0];
  CHECK(groups.rows == 6);
  CHECK(groups.groups == 3);
  CHECK(groups.smallest == 1);
  REQUIRE(result.report.nodes_made.size() == 2);
  CHECK(result.report.nodes_made[0].rows == 2);
  CHECK(result.report.nodes_made[0].not_made.at(0).why == "its id is not known");
  CHECK(result.report.nodes_made[0].not_made.at(0).examples.at(0).line == 7);
  CHECK(to_text(result.report).find("groups: 6 rows became 3, the smallest of 1") !=
        std::string::npos);
}

TEST_CASE("import: no worker reaches network, report or message", "[import][groups][persons]") {
  const Mapping map = mapping(payroll_map);
  const ImportResult result = import_text(map, payroll);
  const std::string all = yaml(result) + to_text(result.report) + write_json(result.report);
  for (const char* canary : {"anary", "P1", "P5"}) CHECK(all.find(canary) == std::string::npos);
  const std::string wrong = import_messages(
      map, payroll + "Canary Six,P6,Sunrise,NP,01/02/2024,1.05.000,yes\nCanary,P7,x,y,z,5,6\n");
  CHECK(wrong.find("table.csv:8:37: error: fee: ") != std::string::npos);
  CHECK(wrong.find("table.csv:9:15: error: arrival: ") != std::string::npos);
  CHECK(wrong.find("anary") == std::string::npos);
  CHECK(wrong.find("P6") == std::string::npos);
}

TEST_CASE("import: the order of rows does not change the groups", "[import][groups]") {
  std::string reversed = payroll.substr(0, payroll.find('\n') + 1);
  std::vector<std::string> lines;
  for (std::size_t at = reversed.size(); at < payroll.size();) {
    const std::size_t end = payroll.find('\n', at) + 1;
    lines.insert(lines.begin(), payroll.substr(at, end - at));
    at = end;
  }
  for (const std::string& line : lines) reversed += line;
  const Mapping map = mapping(payroll_map);
  CHECK(yaml(import_text(map, payroll)) == yaml(import_text(map, reversed)));
}

TEST_CASE("import: what a group says of its rows", "[import][groups]") {
  CHECK(grouped("count", "x,1\nx,\ny,3\n") == "2");
  CHECK(grouped("{known: row.a}", "x,1\nx,\nx,3\n") == "2");
  CHECK(grouped("{distinct: row.a}", "x,1\nx,1\nx,3\n") == "2");
  CHECK(grouped("{min: row.a}", "x,10\nx,9\nx,\n") == "9");
  CHECK(grouped("{max: row.a}", "x,10\nx,9.5\n") == "10");
  CHECK(grouped("{median: row.a}", "x,10\nx,9\nx,1\n") == "9");
  CHECK(grouped("{median: row.a}", "x,10\nx,9\n") == "9.5");
  CHECK(grouped("{median: row.a}", "x,0.01 USD\nx,0.02 USD\n") == "0.02 USD");
  CHECK(grouped("{median: row.a}", "x,0.02 USD\nx,0.03 USD\n") == "0.02 USD");
  CHECK(grouped("{sum: row.a}", "x,10 USD\nx,9.5 USD\n") == "19.50 USD");
  CHECK(grouped("{sum: row.a}", "x,1500 MYR/month\nx,1200 MYR/month\n") == "2700 MYR/month");
  CHECK(grouped("{sum: row.a}", "x,10\nx,\n").empty());  // of a part it is no sum
  CHECK(grouped("{sum: row.a}", "x,0.5\nx,2\n") == "2.5");
  CHECK(grouped("{min: row.a}", "x,900..1400 USD\nx,1000 USD\n") == "900 USD");
  CHECK(grouped("{max: row.a}", "x,900..1400 USD\nx,1000 USD\n") == "1400 USD");
  CHECK(grouped("{median: row.a}", "x,900..1400 USD\n").empty());
  CHECK(grouped("{window: row.a}", "x,2024-03\nx,2024-02-10\n") == "2024-02-10/2024-03-31");
  CHECK(grouped("{min: row.a}", "x,2024-03-01\nx,2024-02-10\n") == "2024-02-10");
  CHECK(grouped("{min: row.a}", "x,\n").empty());
  CHECK(grouped("{max: size(row.a)}", "x,abc\nx,de\n") == "3");
}

TEST_CASE("import: what cannot be taken together is an error at its cell", "[import][groups]") {
  CHECK(grouped("{sum: row.a}", "x,10 USD\nx,9 NPR\n") ==
        "3:3: error: v: USD and NPR stand in one group [import-group]\n"
        "    3 | ...9 NPR\n"
        "      |    ^~~~~\n"
        "  help: tell the groups apart by it, too\n");
  CHECK(grouped("{max: row.a}", "x,ten\n") ==
        "2:3: error: v: 'ten' is no number, day or amount of money [import-group]\n"
        "    2 | ...ten\n"
        "      |    ^~~\n");
  CHECK(grouped("{sum: row.a}", "x,2024-01-01\n")
            .starts_with("2:3: error: v: days cannot be added up"));
  CHECK(grouped("{window: row.a}", "x,12\n").starts_with("2:3: error: v: '12' is no day"));
  CHECK(grouped("count", "x,ten\n", "string(int(row.a))").starts_with("2:3: error: g: "));
}

TEST_CASE("import: quantities are read as network files write them", "[import][groups]") {
  using Kind = detail::Quantity::Kind;
  CHECK(detail::read_quantity("12")->kind == Kind::integer);
  CHECK(detail::read_quantity("1.5")->kind == Kind::number);
  CHECK(detail::read_quantity("2024-03-01")->kind == Kind::date);
  CHECK(detail::read_quantity("12 USD")->kind == Kind::money);
  CHECK(detail::read_quantity("10..12")->high_number == 12.0);
  CHECK_FALSE(detail::read_quantity("12..10"));
  CHECK_FALSE(detail::read_quantity("many"));
}

TEST_CASE("import: a cell with several texts makes several nodes", "[import][split]") {
  const Mapping map = mapping(R"y(
table:
  columns:
    case: Case
    agency: {header: Agencies, split: ["|", ";"]}
    town: {header: Towns, split: "|", required: false}
nodes:
  order: {kind: Order, id: row.case}
  statement: {kind: Recruitment, id: "row.case + '/' + slug(row.agency)", attributes: {city: row.town}}
  agency: {kind: Recruiter, id: slug(row.agency), attributes: {name: row.agency}}
edges:
  - {kind: through, from: statement, to: agency}
  - {kind: for_order, from: statement, to: order}
)y");
  const ImportResult result = import_text(
      map, "Case,Agencies,Towns\n1,Del Al | Sunrise;,Lima|Quito\n2,Del Al,Lima\n3,,\n4,a|b,Lima\n");
  const Network& network = result.network;
  CHECK(network.node_count() == 4 + 4 + 5);
  CHECK(network.edge_count() == 10);
  CHECK(cell(network, "1/sunrise", "city") == "Quito");
  CHECK(cell(network, "4/b", "city") == "Lima");
  CHECK(cell(network, "del-al", "name") == "Del Al");
  CHECK(result.report.rows_used == 4);
  CHECK(import_messages(map, "Case,Agencies,Towns\n1,a|b|c,Lima|Quito\n") ==
        "table.csv:2:9: error: 2 texts stand here and 3 under 'agency', so it is not said which "
        "belong together [import-split]\n"
        "    2 | ...Lima|Quito\n"
        "      |    ^~~~~~~~~~\n");
}

TEST_CASE("import: parts of a cell do not make an edge twice that they do not differ in",
          "[import][split]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID, to: To, tag: {header: Tags, split: ";"}}}
nodes:
  r: {kind: Recruitment, id: row.id}
  a: {kind: Recruiter, id: row.to, attributes: {also_written: {value: row.tag, many: all}}}
edges:
  - {kind: through, from: r, to: a}
)");
  const ImportResult result = import_text(map, "ID,To,Tags\nx,y,b;a\n");
  CHECK(result.network.edge_count() == 1);
  CHECK(cell(result.network, "y", "also_written") == "a; b");
}

namespace {

const std::string joined_map = R"(
tables:
  cases:
    columns: {number: CASE_NO, employer: EMPLOYER, state: {header: STATE, required: false}}
    key: row.number
    nodes: {order: {kind: Order, id: row.number}}
  recruiters:
    columns: {case: CASE_NUMBER, agency: AGENCY}
    join: {cases: {on: row.case, take: {employer: employer, state: state}}}
    nodes:
      agency:
        kind: Recruiter
        id: slug(row.agency)
        attributes: {name: "row.agency + ' for ' + row.employer", licensed: filled.employer, licence: row.state}
)";

}  // namespace

TEST_CASE("import: a row is joined with the row of another table that has its key",
          "[import][join]") {
  const std::string cases = "CASE_NO,EMPLOYER,STATE\nH-1,Acme,TX\nH-2,Delta,N/A\nH-1,Acme,TX\n";
  const std::string recruiters =
      "CASE_NUMBER,AGENCY\nH-1,Sunrise\nH-2,Horizon\nH-9,Lost\n,Nobody\n";
  // Told apart by their columns, in any order.
  for (const bool swapped : {false, true}) {
    const auto result = import_texts(mapping(joined_map),
                                     {swapped ? recruiters : cases, swapped ? cases : recruiters});
    INFO(to_text(result.diagnostics()));
    REQUIRE(result);
    const Network& network = result->network;
    CHECK(cell(network, "sunrise", "name") == "Sunrise for Acme");
    CHECK(cell(network, "sunrise", "licence") == "TX");
    CHECK(cell(network, "horizon", "licence").empty());
    CHECK(cell(network, "lost", "name").empty());
    CHECK(cell(network, "lost", "licensed") == "false");
    CHECK(network.node_count() == 2 + 4);
    const auto& joins = result->report.joins;
    REQUIRE(joins.size() == 2);
    CHECK(joins[0].entry == "cases.key");
    CHECK(joins[0].rows == 2);
    CHECK(joins[1].entry == "recruiters with cases");
    CHECK(joins[1].rows == 2);
    REQUIRE(joins[1].not_made.size() == 2);
    CHECK(joins[1].not_made[0].why == "no row there has this key");
    CHECK(joins[1].not_made[1].why == "its key is not known");
  }
}

TEST_CASE("import: two rows of one table may be joined", "[import][join]") {
  const Mapping map = mapping(R"(
tables:
  states: {columns: {name: State, code: Code}, key: row.name}
  agencies:
    columns: {id: ID, from: From, to: To}
    join:
      origin: {table: states, on: row.from, take: {origin: code}}
      target: {table: states, on: row.to, take: {target: code}}
    nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.origin + row.target}}}
)");
  const auto result =
      import_texts(map, {"State,Code\nTexas,TX\nOhio,OH\n", "ID,From,To\nx,Ohio,Texas\n"});
  REQUIRE(result);
  CHECK(cell(result->network, "x", "name") == "OHTX");
}

TEST_CASE("import: a key that stands twice with other texts is an error", "[import][join]") {
  const auto result = import_texts(mapping(joined_map), {"CASE_NO,EMPLOYER\nH-1,Acme\nH-1,Delta\n",
                                                         "CASE_NUMBER,AGENCY\nH-1,Sunrise\n"});
  REQUIRE_FALSE(result);
  const Diagnostic& first = result.diagnostics().items().at(0);
  CHECK(first.id == "import-key-twice");
  CHECK(first.position.line == 3);
  CHECK(first.message.find("the key 'H-1' stands at ") == 0);
}

TEST_CASE("import: a table of the mapping that has no file is missed, unless it may be",
          "[import][join]") {
  const auto missing = import_texts(mapping(joined_map), {"CASE_NUMBER,AGENCY\nH-1,Sunrise\n"});
  REQUIRE_FALSE(missing);
  CHECK(missing.diagnostics().items().at(0).id == "import-table-missing");
  std::string optional = joined_map;
  optional.insert(optional.find("    key:"), "    required: false\n");
  const auto without = import_texts(mapping(optional), {"CASE_NUMBER,AGENCY\nH-1,Sunrise\n"});
  REQUIRE(without);
  CHECK(without->network.node_count() == 1);
  const auto neither = import_texts(mapping(joined_map), {"a,b\n1,2\n"});
  REQUIRE_FALSE(neither);
  CHECK(neither.diagnostics().items().at(0).id == "import-no-columns");
}

TEST_CASE("import: a file of another encoding than its table is told so", "[import][join]") {
  const Mapping map = mapping(R"(
tables:
  plants: {columns: {plant: Plant}, nodes: {r: {kind: Recruiter, id: row.plant}}}
  agencies:
    encoding: utf-8
    columns: {agency: Société, number: Numéro}
    nodes: {r: {kind: Recruiter, id: row.agency, attributes: {name: row.number}}}
)");
  const auto result = import_texts(map, {"Plant\nDelta\n", "Soci\xE9t\xE9,Num\xE9ro\nSunrise,1\n"});
  REQUIRE_FALSE(result);
  const Diagnostic& said = result.diagnostics().items().at(0);
  CHECK(said.id == "import-no-columns");
  CHECK(said.help ==
        "it may be 'agencies', but is not of the encoding that the mapping says it has");
}

TEST_CASE("import: a row that has to have a partner and has none is an error at its cell",
          "[import][join]") {
  std::string required = joined_map;
  required.replace(required.find("state: state}}"), 14, "state: state}, required: true}");
  const Mapping map = mapping(required);
  const std::string cases = "CASE_NO,EMPLOYER\nH-1,Acme\n";
  REQUIRE(import_texts(map, {cases, "CASE_NUMBER,AGENCY\nH-1,Sunrise\nN/A,Nobody\n"}));
  const auto result = import_texts(map, {cases, "CASE_NUMBER,AGENCY\nH-1,Sunrise\nH-2,Horizon\n"});
  REQUIRE_FALSE(result);
  REQUIRE(result.diagnostics().items().size() == 1);
  const Diagnostic& said = result.diagnostics().items()[0];
  CHECK(said.id == "import-no-partner");
  CHECK(said.message == "cases: the table 'cases' has no row for 'H-2'");
  CHECK(said.position.line == 3);
  CHECK(said.position.column == 1);
}

TEST_CASE("import: a file that is nearly one of several tables is told what it lacks",
          "[import][join]") {
  const auto near = import_texts(
      mapping(joined_map), {"CASE_NO,EMPLOYER\nH-1,Acme\n", "CASE_NUMBER,AGENCIES\nH-1,Sunrise\n"});
  REQUIRE_FALSE(near);
  REQUIRE(near.diagnostics().items().size() == 1);
  const Diagnostic& said = near.diagnostics().items()[0];
  CHECK(said.id == "import-no-columns");
  CHECK(said.help ==
        "the nearest is 'recruiters', for which 'AGENCY' is missing; if it is meant, correct the "
        "mapping");
}

TEST_CASE("import: a file may be named as the table it is", "[import][join]") {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {
      "cases=" + folder.write("a.csv", "CASE_NUMBER,AGENCY,CASE_NO,EMPLOYER\nH-1,x,H-1,Acme\n"),
      "recruiters=" + folder.write("b.csv", "CASE_NUMBER,AGENCY,CASE_NO,EMPLOYER\nH-1,y,H-1,Z\n")};
  const auto result = import_tables(mapping(joined_map), paths);
  REQUIRE(result);
  CHECK(cell(result->network, "y", "name") == "y for Acme");
  const std::vector<std::string> unnamed = {folder.file("a.csv"), folder.file("b.csv")};
  const auto either = import_tables(mapping(joined_map), unnamed);
  REQUIRE_FALSE(either);
  CHECK(either.diagnostics().items().at(0).id == "import-which-table");
}
