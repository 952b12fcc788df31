#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

struct Both {
  std::string text;
  std::string json;
};

Both report() {
  const Mapping map = mapping(R"(
absent: [none required]
table:
  columns:
    id: ID
    agency: AGENCY
    country: COUNTRY
    licence: {header: LICENCE, required: false}
    last: {header: LAST_NAME, person: drop}
  skip_if: "row.id == 'TEST'"
nodes:
  statement: {kind: Recruitment, id: row.id, attributes: {country: {value: country(row.country), otherwise: unknown}}}
  agency:
    kind: Recruiter
    id: slug(normal_name(row.agency))
    attributes: {name: {value: row.agency, many: most_frequent}, licence: row.licence}
edges: [{kind: through, from: statement, to: agency}]
)");
  const ScratchFolder folder;
  const std::vector<std::string> tables = {
      folder.write("table.csv", R"(ID,AGENCY,COUNTRY,LAST_NAME,TOWN
1,"Del Al, Inc.",MEXICO,Canary,x
2,DEL AL INC,Mexcio,Canary,x
3,N/A,Unknown,Canary,x
TEST,x,y,Canary,x
)")};
  const ImportResult result = import_tables(map, tables).value();
  Both out{folder.relative(to_text(result.report)), folder.relative(write_json(result.report))};
  const auto cut = [](std::string& text) {  // digests differ with every change of the mapping above
    for (std::size_t at = 0; (at = text.find("sha256:", at)) != std::string::npos; ++at) {
      text.replace(at + 7, 64, "...");
    }
  };
  cut(out.json);
  return out;
}

}  // namespace

TEST_CASE("import: the report for people", "[import][report]") {
  CHECK(report().text == R"(table.csv: 4 rows (csv, utf-8, comma)
  columns that the mapping does not read: TOWN
  columns that are not in this table: licence
rows: 4 read, 3 used
  skipped: 1: skip_if: row.id == 'TEST' (table.csv:5)
columns:
  id: 4 filled, 0 empty
  agency: 3 filled, 0 empty
    not known: 'N/A' 1
  country: 4 filled, 0 empty
    read as texts, though they look like fillers: 'Unknown' 1
  licence: 0 filled, 0 empty
  last: dropped, not looked at
values that could not be read, taken as not known:
  Recruitment.country: 'Mexcio' 1 (table.csv:3)
  Recruitment.country: 'Unknown' 1 (table.csv:4)
nodes:
  statement: 3 rows
  agency: 2 rows
    not made: 1: its id is not known (table.csv:4)
edges:
  through(statement, agency): 2 rows
    not made: 1: no agency in this row (table.csv:4)
names: 2 spellings became 1 ids
  Recruiter del-al:
    written: 'DEL AL INC' 1, 'Del Al, Inc.' 1
network: 4 nodes, 2 edges
           1  Recruiter
           3  Recruitment
           2  through
)");
}

TEST_CASE("import: the report for programs", "[import][report]") {
  const std::string json = report().json;
  auto document = read_json(std::make_shared<const Source>("report.json", json));
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  const DocumentNode root = (*document)->root();
  CHECK(root.find("eraudit")->text() == "import-report/1");
  CHECK(root.find("rows")->find("read")->integer() == 4);
  CHECK(root.find("rows")->find("skipped")->at(0).find("examples")->at(0).find("line")->integer() ==
        5);
  CHECK(root.find("columns")->at(4).find("person")->text() == "drop");
  CHECK(root.find("columns")->at(2).find("suspicious")->at(0).find("text")->text() == "Unknown");
  CHECK(root.find("unreadable")->size() == 2);
  CHECK(root.find("names")->find("merged")->at(0).find("id")->text() == "del-al");
  CHECK(root.find("names")->find("merged")->at(0).find("texts")->size() == 2);
  CHECK(root.find("network")->find("node_counts")->at(0).find("kind")->text() == "Recruiter");
  CHECK(root.find("inputs")->at(0).find("unused_headers")->at(0).text() == "TOWN");
  CHECK(json.find("Canary") == std::string::npos);
}

TEST_CASE("import: the same table gives the same report", "[import][report]") {
  const Both first = report();
  const Both second = report();
  CHECK(first.text == second.text);
  CHECK(first.json == second.json);
}

TEST_CASE("import: of many columns those are listed of which there is something to say",
          "[import][report]") {
  ImportReport report;
  for (int i = 0; i < 40; ++i)
    report.columns.push_back({"c" + std::to_string(i), "", 1, 0, {}, {}, {}});
  CHECK(to_text(report).find("  c39: 1 filled, 0 empty\n") != std::string::npos);
  report.columns.push_back({"odd", "", 2, 0, {{"N/A", 1}}, {}, {}});
  report.columns.push_back({"never", "", 0, 9, {}, {}, {}});
  report.columns.push_back({"key", "key_only", 9, 0, {}, {}, {}});
  const std::string text = to_text(report);
  CHECK(text.find(
            "columns:\n  odd: 2 filled, 0 empty\n    not known: 'N/A' 1\n  never: 0 filled, 9 "
            "empty\n  key: 9 filled, 0 empty, used in ids only\n  and 40 more, filled and without "
            "fillers\n") != std::string::npos);
}

TEST_CASE("import: hidden sheets are told once for a workbook", "[import][report]") {
  ImportReport report;
  for (const char* sheet : {"A", "B"}) {
    ImportReport::Input& input = report.inputs.emplace_back();
    input.path = "book.xlsx";
    input.sheet = sheet;
    input.hidden_sheets = {"Old"};
  }
  const std::string text = to_text(report);
  const std::size_t first = text.find("hidden sheets, not read: Old");
  REQUIRE(first != std::string::npos);
  CHECK(text.find("hidden sheets", first + 1) == std::string::npos);
}
