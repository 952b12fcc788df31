// Who says what a row makes: one source for a table, or one that each row names.

#include "tests/import/support.hpp"
#include "tests/import/workbook.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

const std::string sources = R"(
sources:
  list: {class: government-list, ref: list-2026.csv}
  papers: {class: contract, ref: Folder A}
  twin: {class: contract, ref: same}
  other: {class: contract, ref: same}
)";

const std::string by_row = sources + R"(
table: {columns: {id: ID, name: Name, said_by: Known from}}
nodes:
  r: {kind: Recruiter, id: row.id, attributes: {name: row.name}, source: {column: said_by}}
)";

/// Sources of the node's name, joined.
std::string sources_of(const ImportResult& result, const std::string& node) {
  const std::string text = yaml(result);
  const std::size_t at = text.find("    " + node + ":");
  if (at == std::string::npos) return "no such node";
  const std::string line = text.substr(at, text.find('\n', at) - at);
  std::string out;
  for (std::size_t s = line.find("source: "); s != std::string::npos;
       s = line.find("source: ", s + 1)) {
    out += (out.empty() ? "" : " ") + line.substr(s + 8, line.find_first_of(",}", s) - s - 8);
  }
  return out;
}

std::string first_message(const std::string& map, const std::string& table) {
  const std::string text = import_messages(mapping(map), table);
  return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE("import: a column names the source of each row, by id or ref", "[import][source]") {
  const auto result = import_text(mapping(by_row),
                                  "ID,Name,Known from\na,A,list\nb,B,LIST-2026.csv\nc,C,folder a\n"
                                  "d,D,\ne,E,N/A\nf,F,papers\n");
  CHECK(sources_of(result, "a") == "list");
  CHECK(sources_of(result, "b") == "list");
  CHECK(sources_of(result, "c") == "papers");
  CHECK(sources_of(result, "d").empty());
  CHECK(sources_of(result, "e").empty());
  CHECK(sources_of(result, "f") == "papers");
}

TEST_CASE("import: a row that names no source has that of the top", "[import][source]") {
  const auto result =
      import_text(mapping("source: papers\n" + by_row), "ID,Name,Known from\na,A,list\nb,B,\n");
  CHECK(sources_of(result, "a") == "list");
  CHECK(sources_of(result, "b") == "papers");
}

TEST_CASE("import: rows with the same texts and unlike sources are claims of both",
          "[import][source]") {
  const auto result = import_text(mapping(by_row),
                                  "ID,Name,Known from\na,A,list\na,A,papers\na,A,list\na,B,twin\n");
  CHECK(cell(result.network, "a", "name").empty());  // disputed
  const std::string said = sources_of(result, "a");
  for (const char* source : {"list", "papers", "twin"}) {
    INFO(said);
    CHECK(said.find(source) != std::string::npos);
  }
}

TEST_CASE("import: a text that names no source is an error at its cell", "[import][source]") {
  CHECK(import_messages(mapping(by_row), "ID,Name,Known from\na,A,papres\n") ==
        "table.csv:2:5: error: r: 'papres' is no source of the mapping [import-unknown-source]\n"
        "    2 | ...papres\n"
        "      |    ^~~~~~\n"
        "  help: did you mean 'papers'?\n");
  // What two sources are called says which of them neither.
  CHECK(first_message(by_row, "ID,Name,Known from\na,A,same\n") ==
        "table.csv:2:5: error: r: 'same' is no source of the mapping [import-unknown-source]");
  Book made;
  made.sheets = {{"S", sheet_rows({{"ID", "Name", "Known from"}, {"a", "A", "nobody"}}), "", ""}};
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", made.bytes())};
  CHECK(folder.relative(to_text(import_tables(mapping(by_row), paths).diagnostics()))
            .starts_with("book.xlsx!S!C2: error: r: 'nobody' is no source"));
}

TEST_CASE("import: edges, statements of completeness and groups have sources by row, too",
          "[import][source]") {
  const auto result = import_text(mapping(sources + R"(
table:
  columns: {id: ID, agency: Agency, said_by: Known from}
  group_by:
    by: {id: row.id, agency: row.agency, said_by: row.said_by}
    values: {workers: count}
nodes:
  line: {kind: Recruitment, id: row.id, source: null}
  agency: {kind: Recruiter, id: row.agency, source: null, attributes: {workers: row.workers}}
edges:
  - {kind: through, from: line, to: agency, attributes: {as_written: row.agency}, source: {column: said_by}}
complete:
  - {node: line, list: agencies, source: {column: said_by}}
)"),
                                  "ID,Agency,Known from\nl1,a,list\nl1,a,list\nl2,b,papers\n");
  const std::string text = yaml(result);
  INFO(text);
  CHECK(text.find("{from: l1, to: a, as_written: a, source: list}") != std::string::npos);
  CHECK(text.find("{from: l2, to: b, as_written: b, source: papers}") != std::string::npos);
  CHECK(text.find("{node: l1, list: agency_links, source: list}") != std::string::npos);
  CHECK(text.find("{node: l2, list: agency_links, source: papers}") != std::string::npos);
  CHECK(sources_of(result, "a").empty());
}

TEST_CASE("import: a table may have a source of its own", "[import][source]") {
  const auto result = import_texts(mapping(sources + R"(
tables:
  one: {columns: {id: ID}, source: list, nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.id}}}}
  two:
    source: {column: said_by}
    columns: {number: Number, said_by: By}
    nodes:
      o: {kind: Order, id: row.number, attributes: {number: row.number}}
      p: {kind: Order, id: "'p' + row.number", attributes: {number: row.number}, source: papers}
)"),
                                   {"ID\na\n", "Number,By\nn1,twin\nn2,\n"});
  REQUIRE(result);
  CHECK(sources_of(*result, "a") == "list");
  CHECK(sources_of(*result, "n1") == "twin");
  CHECK(sources_of(*result, "n2").empty());
  CHECK(sources_of(*result, "pn1") == "papers");
}

TEST_CASE("import: sources that a mapping cannot take are refused with their place",
          "[import][source][malformed]") {
  const auto found = [](const std::string& source) {
    return mapping_messages(
        "eraudit: mapping/1\nfillers: []\nsources: {a: {}, b: {}}\n"
        "table: {columns: {id: ID, who: {header: Passport, person: drop}}}\n"
        "nodes: {r: {kind: Recruiter, id: row.id, source: " +
        source + "}}\n");
  };
  CHECK(found("a").empty());
  CHECK(found("null").empty());
  CHECK(found("c").starts_with(
      "map.yaml:5:50: error: there is no source 'c' [mapping-unknown-source]"));
  CHECK(found("{column: di}")
            .starts_with("map.yaml:5:59: error: there is no column 'di' [mapping-unknown-column]"));
  CHECK(found("{column: who}")
            .starts_with("map.yaml:5:59: error: the column 'who' names persons and can be no value "
                         "[mapping-person-leaks]"));
  CHECK(found("{}").starts_with("map.yaml:5:50: error: "));
  CHECK(found("{column: id, otherwise: a}").find("[mapping-unknown-key]") != std::string::npos);
  CHECK(found("[a, b]").find("map.yaml:5:50: error: ") == 0);
}
