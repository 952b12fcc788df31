// What is wrong in a table, at the line and column of its cell.

#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

const Mapping& map() {
  static const Mapping mapped = mapping(R"(
table:
  columns: {id: ID, a: [A, Alpha], b: {header: B, required: false}}
nodes:
  r:
    kind: Recruiter
    id: row.id
    attributes: {workers: row.a, country: country(row.b)}
)");
  return mapped;
}

}  // namespace

TEST_CASE("import: a value that cannot be read is an error at its cell", "[import][malformed]") {
  CHECK(import_messages(map(), "ID,A,B\nx,12,MX\ny,twelve,MX\n") ==
        "table.csv:3:3: error: Recruiter.workers: 'workers' takes a whole number, not 'twelve' "
        "[import-value]\n"
        "    3 | ...twelve\n"
        "      |    ^~~~~~\n"
        "  help: write a number such as 48, or 900..1400 if only its bounds are known\n");
  CHECK(import_messages(map(), "ID,A,B\n\"Ł,ó\",\"-7\",\n") ==
        "table.csv:2:7: error: Recruiter.workers: 'workers' cannot be negative "
        "[import-value]\n"
        "    2 | ...\"-7\"\n"
        "      |    ^~~~\n");
  CHECK(import_messages(map(), "ID,B,A\nx,Mexcio,1\n") ==
        "table.csv:2:3: error: Recruiter.country: 'Mexcio' is no country code or English country "
        "name "
        "that is known here [import-value]\n"
        "    2 | ...Mexcio\n"
        "      |    ^~~~~~\n");
}

TEST_CASE("import: every mistake of a table is found", "[import][malformed]") {
  const auto result = import_texts(map(), {"ID,A,B\nx,a,b\ny,1,MX\nz,c,d\n"});
  CHECK_FALSE(result);
  CHECK(result.diagnostics().errors() == 4);
}

TEST_CASE("import: a mistake in a text of several lines has a place and no line",
          "[import][malformed]") {
  const auto text = import_messages(map(), "ID,A\nx,\"1\n2\"\n");
  CHECK(text.starts_with("table.csv:2:3: error: Recruiter.workers: "));
  CHECK(text.find(" | ") == std::string::npos);
}

TEST_CASE("import: an id of which nothing is left is an error", "[import][malformed]") {
  const Mapping names = mapping(R"(
table: {columns: {a: A}}
nodes: {r: {kind: Recruiter, id: normal_name(row.a)}}
)");
  CHECK(import_messages(names, "A\n!?!\n") ==
        "table.csv:2:1: error: r: nothing is left of '!?!' as an id [import-empty-id]\n"
        "    2 | !?!\n"
        "      | ^~~\n"
        "  help: if this text says nothing, list it under `fillers`\n");
}

TEST_CASE("import: an id that cannot be one is an error at its cell", "[import][malformed]") {
  CHECK(import_messages(map(), "A,ID\n1,\"x\ty\"\n2,x\n3,\"x\ty\"\n") ==
        "table.csv:2:3: error: r: the id 'x\\u{9}y' holds a control character [import-bad-id]\n"
        "    2 | ...\"x   y\"\n"
        "      |    ^~~~~~~\n"
        "  help: slug(...) or normal_name(...) make an id of any name\n"
        "table.csv:4:3: error: r: the id 'x\\u{9}y' holds a control character [import-bad-id]\n"
        "    4 | ...\"x   y\"\n"
        "      |    ^~~~~~~\n"
        "  help: slug(...) or normal_name(...) make an id of any name\n");
  const std::string longest(256, 'x');
  CHECK(import_texts(map(), {"A,ID\n1," + longest + "\n"}));
  CHECK(import_messages(map(), "A,ID\n1," + longest + "x\n").find("import-bad-id") !=
        std::string::npos);
}

TEST_CASE("import: a header that is missing is named", "[import][malformed]") {
  CHECK(import_messages(map(), "ID,Alhpa\nx,1\n") ==
        "table.csv:1:1: error: no header is 'A' or 'Alpha', which the mapping calls 'a' "
        "[import-missing-column]\n"
        "  help: the header 'Alhpa' is near; add it to the mapping if it is meant\n");
  // A table without a header: its first row may be about somebody, and is not shown.
  const auto text = import_messages(map(), "7,Maria Perez,2000-01-01\n");
  CHECK(text ==
        "table.csv:1:1: error: no header is 'ID', which the mapping calls 'id' "
        "[import-missing-column]\n"
        "  help: if tables without it are fine, say required: false\n"
        "table.csv:1:1: error: no header is 'A' or 'Alpha', which the mapping calls 'a' "
        "[import-missing-column]\n"
        "  help: if tables without it are fine, say required: false\n");
}

TEST_CASE("import: two headers for one column are refused", "[import][malformed]") {
  CHECK(import_messages(map(), "ID,A,Alpha\nx,1,2\n") ==
        "table.csv:1:6: error: a second header for the column 'a'; the first is at column 4 "
        "[import-header-twice]\n"
        "  help: keep one of them under `header:` in the mapping\n");
}

TEST_CASE("import: a table with no known header is refused", "[import][malformed]") {
  const Mapping loose = mapping(R"(
table: {columns: {a: {header: A, required: false}}}
nodes: {r: {kind: Recruiter, id: row.a}}
)");
  CHECK(
      import_messages(loose, "x,y\n1,2\n") ==
      "table.csv:1:1: error: no header of this table is known to the mapping [import-no-columns]\n"
      "  help: a row of it must be the names of the columns\n");
  CHECK(import_messages(loose, "") ==
        "table.csv: error: the table is empty [import-no-header]\n"
        "  help: a row of it must be the names of its columns\n");
  CHECK(import_messages(loose, "\n\n") ==
        "table.csv: error: the table is empty [import-no-header]\n"
        "  help: a row of it must be the names of its columns\n");
}

TEST_CASE("import: ragged rows are refused", "[import][malformed]") {
  CHECK(import_messages(map(), "ID,A,B\nx,1\n") ==
        "table.csv:2:1: error: this row has 2 fields, the header 3 [import-row-too-short]\n"
        "  help: `ragged: pad` in the mapping reads what is missing as not known, `ragged: skip` "
        "leaves "
        "such rows out\n");
  CHECK(import_messages(map(), "ID,A,B\nx,1,MX,more\n") ==
        "table.csv:2:8: error: this row has 4 fields, the header 3 [import-row-too-long]\n"
        "  help: a text with the delimiter in it must stand in quotes; `ragged: skip` leaves such "
        "rows "
        "out\n");
  CHECK(import_texts(map(), {"ID,A,B\nx,1,MX,, \n"}));  // nothing is lost
}

TEST_CASE("import: what CSV itself forbids is an error without the row", "[import][malformed]") {
  CHECK(import_messages(map(), "ID,A\nx,\"1\"2\n") ==
        "table.csv:2:6: error: text after the closing quote of a field [csv-text-after-quote]\n"
        "  help: a quote inside of a quoted field is written twice: \"\"\n");
  CHECK(import_messages(map(), "ID,A\nx\xC3\xA9,1\n\xFF,2\n") ==
        "table.csv:3:1: error: the byte \\x{FF} is not valid UTF-8 [csv-encoding]\n"
        "  help: save the file as UTF-8\n");
  CHECK(import_messages(map(), "ID,A\nx,\"1\n")
            .starts_with("table.csv:2:3: error: the quote that opens this field is never closed "
                         "[csv-unclosed-quote]\n"));
  CHECK(import_messages(map(), std::string("ID,A\nx,1\0\n", 10))
            .starts_with("table.csv:2:4: error: a NUL character in this row [csv-nul]\n"));
}

TEST_CASE("import: an id under two kinds is an error of the table", "[import][malformed]") {
  const Mapping two = mapping(R"(
table: {columns: {id: ID}}
nodes: {r: {kind: Recruiter, id: row.id}, o: {kind: Order, id: row.id}}
)");
  const auto text = import_messages(two, "ID\nx\n");
  CHECK(text.starts_with("table.csv:2:1: error: "));
  CHECK(text.find("'x'") != std::string::npos);
}

TEST_CASE("import: a text that says there is none needs an attribute that may be absent",
          "[import][malformed]") {
  const Mapping none = mapping(R"(
absent: [none]
table: {columns: {id: ID, a: A}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a}}}
)");
  CHECK(
      import_messages(none, "ID,A\nx,None\n") ==
      "table.csv:2:3: error: Recruiter.name: it cannot be said that there is none [import-value]\n"
      "    2 | ...None\n"
      "      |    ^~~~\n"
      "  help: take the text out of `absent`, or let the schema say may_be_absent: true\n");
}

TEST_CASE("import: a map without the text is an error", "[import][malformed]") {
  const Mapping mapped = mapping(R"(
table: {columns: {id: ID, a: A}}
nodes:
  r: {kind: Recruiter, id: row.id, attributes: {country: {map: {column: a, values: {Mexico: MX}}}}}
)");
  CHECK(import_messages(mapped, "ID,A\nx,mexico\ny,Nepal\n") ==
        "table.csv:3:3: error: Recruiter.country: 'Nepal' is not among the texts of its map "
        "[import-value]\n"
        "    3 | ...Nepal\n"
        "      |    ^~~~~\n"
        "  help: add it under `values`, or say otherwise: unknown\n");
}

TEST_CASE("import: an expression that fails is an error at the cell it reads",
          "[import][malformed]") {
  const Mapping numbers = mapping(R"(
table: {columns: {id: ID, a: A, b: B}}
nodes:
  r:
    kind: Recruiter
    id: row.id
    when: int(row.a) > 0
    attributes: {workers: int(row.a) / int(row.b)}
)");
  const auto text = import_messages(numbers, "ID,A,B\nw,6,2\nx,six,2\ny,6,0\n");
  CHECK(text.find("table.csv:3:3: error: r: when: ") != std::string::npos);
  CHECK(text.find("table.csv:4:3: error: Recruiter.workers: ") != std::string::npos);
}

TEST_CASE("import: as_of without a day is an error of the mapping", "[import][malformed]") {
  const Mapping dated = mapping(R"(
table: {columns: {id: ID}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {since: as_of}}}
)");
  CHECK(import_messages(dated, "ID\nx\n") ==
        "map.yaml:5:62: error: this reads as_of, and no day is given [import-no-day]\n"
        "    5 | nodes: {r: {kind: Recruiter, id: row.id, attributes: {since: as_of}}}\n"
        "      |                                                              ^~~~~\n"
        "  help: add `as_of:` to the mapping, or give a day with the import\n");
}

TEST_CASE("import: limits are kept", "[import][limits]") {
  ImportOptions options;
  options.limits.csv_rows = 3;  // the header is one
  CHECK(import_texts(map(), {"ID,A\nx,1\ny,1\n"}, options));
  CHECK_FALSE(import_texts(map(), {"ID,A\nx,1\ny,1\nz,1\n"}, options));
  options = {};
  options.limits.data_file_bytes = 9;
  CHECK(import_texts(map(), {"ID,A\nx,1\n"}, options));
  CHECK_THROWS_AS(import_texts(map(), {"ID,A\nx,12\n"}, options), Error);
  options = {};
  options.limits.nodes = 1;
  CHECK(import_texts(map(), {"ID,A\nx,1\n"}, options));
  CHECK_THROWS_AS(import_texts(map(), {"ID,A\nx,1\ny,1\n"}, options), Error);
}
