// A first mapping for a table that nobody has described.

#include "eraudit/import/guess.hpp"

#include "tests/import/support.hpp"
#include "tests/import/workbook.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

std::string guessed(const std::string& name, const std::string& bytes) {
  const ScratchFolder folder;
  return folder.relative(guess_mapping(folder.write(name, bytes)).value());
}

}  // namespace

TEST_CASE("import: a first mapping says what a table seems to hold", "[import][guess]") {
  CHECK(guessed("agencies.csv",
                "Licensed agencies 2081;;;;;;\n;;;;;;\n"
                "Agency Name;Licence No;Issued;Fee;Capital;Owner's Passport No;Status\n"
                "Del Al;L-1;15/01/2021;Rs 1,05,000;1,000;Canary1;N/A\n"
                "Sunrise;L-2;03/02/2021;Rs 95,000;12,500;Canary2;active\n") ==
        R"yaml(eraudit: mapping/1
about: "first guess for agencies.csv: read and correct it"
# as_of: 2026-06-30        # TODO: the day the table speaks of
sources:
  table: {class: self-assessment, ref: "agencies.csv"}  # TODO: say who stated it
fillers: ["n/a"]  # texts that say nothing
table:
  columns:
    agency_name: {header: "Agency Name", person: none}
    licence_no: {header: "Licence No", person: none}
    issued: {header: "Issued", person: none, date: DD/MM/YYYY, otherwise: unknown, future: true}
    fee: {header: "Fee", person: none, money: {currency: NPR, format: "1,23,456.78"}, otherwise: unknown}  # TODO: name the currency that is meant
    capital: {header: "Capital", person: none, number: "1,234.56", otherwise: unknown}
    owner_s_passport_no: {header: "Owner's Passport No", person: drop}  # seems to name persons
    status: {header: "Status", person: none}
nodes:
  row:
    kind: Recruiter  # TODO: one per row; see `eraudit schema show`
    id: "'recruiter-' + slug(string(row.licence_no))"
    attributes:
      name: {value: row.agency_name, many: most_frequent}
)yaml");
}

TEST_CASE("import: a first mapping can be imported as it is", "[import][guess]") {
  Book made;
  made.sheets = {{"About", sheet_rows({{"notes"}}), "", ""},
                 {"Plants",
                  sheet_rows({{"", "List of plants"},
                              {"Plant Name", "Workers", "First name", "ID"},
                              {"Delta", "=120", "Canary", "F-1"},
                              {"Echo \"2\"", "=80", "Canary", "F-2"}}),
                  "", ""}};
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("plants.xlsx", made.bytes())};
  const std::string yaml = guess_mapping(paths[0]).value();
  INFO(yaml);
  CHECK(yaml.find("sheet: \"Plants\"") != std::string::npos);
  CHECK(yaml.find("anary") == std::string::npos);
  const auto document = read_yaml(std::make_shared<const Source>("map.yaml", yaml));
  REQUIRE(document);
  const auto mapping = read_mapping(**document);
  INFO(to_text(mapping.diagnostics()));
  REQUIRE(mapping);
  const auto result = import_tables(*mapping, paths);
  INFO(to_text(result.diagnostics()));
  REQUIRE(result);
  CHECK(result->network.find("facility-f-1"));
  CHECK(cell(result->network, "facility-f-2", "name") == "Echo \"2\"");
}

TEST_CASE("import: a first mapping has a table for each sheet that has one", "[import][guess]") {
  Book made;
  made.sheets = {{"Plants 2026", sheet_rows({{"Plant Name", "ID"}, {"Delta", "F-1"}}), "", ""},
                 {"Notes", sheet_rows({{"nothing to see"}}), "", ""},
                 {"Agencies", sheet_rows({{"Agency", "Licence No"}, {"Sunrise", "L-1"}}), "", ""},
                 {"Old", sheet_rows({{"Agency", "Licence No"}, {"Gone", "L-0"}}), "", "hidden"}};
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", made.bytes())};
  const std::string yaml = guess_mapping(paths[0]).value();
  INFO(yaml);
  CHECK(yaml.find("  plants_2026:\n    sheet: \"Plants 2026\"\n") != std::string::npos);
  CHECK(yaml.find("  agencies:\n    sheet: \"Agencies\"\n") != std::string::npos);
  CHECK(yaml.find("Notes") == std::string::npos);
  CHECK(yaml.find("Old") == std::string::npos);
  const auto document = read_yaml(std::make_shared<const Source>("map.yaml", yaml));
  const auto mapping = read_mapping(**document);
  INFO(to_text(mapping.diagnostics()));
  REQUIRE(mapping);
  const auto result = import_tables(*mapping, paths);
  INFO(to_text(result.diagnostics()));
  REQUIRE(result);
  CHECK(result->network.find("facility-f-1"));
  CHECK(result->network.find("recruiter-l-1"));
  CHECK(result->network.node_count() == 2);
}

TEST_CASE("import: a first mapping makes groups of rows that are persons", "[import][guess]") {
  const std::string table =
      "Payroll May\nWorker No,Batch,Agency,Hired (B.S.),Base wage\n"
      "W1,NP-24,Sunrise,2080-11-05,1500\nW2,NP-24,SUNRISE,2080-11-06,1500\n"
      "Worker No,Batch,Agency,Hired (B.S.),Base wage\nW3,NP-25,Horizon,2081-01-01,1700\n";
  const std::string yaml = guessed("payroll.csv", table);
  CHECK(yaml.find(R"yaml(table:
  columns:
    worker_no: {header: "Worker No", person: drop}  # seems to name persons
    batch: {header: "Batch", person: none}
    agency: {header: "Agency", person: none}
    hired_b_s: {header: "Hired (B.S.)", person: none, date: YYYY-MM-DD, calendar: bikram-sambat, otherwise: unknown, future: true}  # TODO: by its years; say if it is not
    base_wage: {header: "Base wage", person: none}
  group_by:  # a row per person becomes a row per group
    by: {batch: slug(row.batch)}  # TODO: leave out what does not make a group
    values: {workers: count}
nodes:
  group:
    kind: Cohort
    id: row.batch
    attributes: {workers: row.workers}
)yaml") != std::string::npos);
  const auto document = read_yaml(std::make_shared<const Source>("map.yaml", yaml));
  const auto mapping = read_mapping(**document);
  REQUIRE(mapping);
  const auto result = import_text(*mapping, table);
  CHECK(cell(result.network, "np-24", "workers") == "2");
  CHECK(cell(result.network, "np-25", "workers") == "1");
}

TEST_CASE("import: numbers of registers are no amounts of money", "[import][guess]") {
  const std::string yaml =
      guessed("a.csv", "Name,Number,Fee\nPadma,BD-2204,\"Tk 4,50,000/-\"\nRupsha,BD-2205,0\n");
  INFO(yaml);
  CHECK(yaml.find("number: {header: \"Number\", person: none}") != std::string::npos);
  CHECK(yaml.find("money: {currency: BDT, format: \"1,23,456.78\"}") != std::string::npos);
}

TEST_CASE("import: what is no table is not guessed at", "[import][guess]") {
  const ScratchFolder folder;
  CHECK(guess_mapping(folder.write("a.csv", "%PDF")).diagnostics().items().at(0).id ==
        "table-not-readable");
  CHECK(guess_mapping(folder.write("b.csv", "1,2\n3,4\n")).diagnostics().items().at(0).id ==
        "import-no-header");
  CHECK(guess_mapping(folder.write("c.csv", "")).diagnostics().items().at(0).id ==
        "import-no-header");
}
