#include <fstream>
#include <sstream>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

/// A mapping with one node and these attributes.
Mapping one_node(const std::string& attributes, const std::string& columns = "") {
  return mapping(R"(
table: {columns: {id: ID, a: A, b: {header: B, required: false})" +
                 columns + R"(}}
nodes:
  r:
    kind: Recruiter
    id: row.id
    attributes:
)" + attributes);
}

std::uint64_t count_of(const std::vector<ImportReport::Rows>& rows, std::string_view why) {
  for (const ImportReport::Rows& r : rows) {
    if (r.why == why) return r.count;
  }
  return 0;
}

}  // namespace

TEST_CASE("import: rows become nodes and edges", "[import]") {
  const Mapping map = mapping(R"(
as_of: 2021-09-30
sources: {form: {class: government-list, ref: form 9142B}}
table:
  columns: {case: CASE_NUMBER, agency: [AGENCY, EMPLOYER], town: TOWN, country: COUNTRY}
nodes:
  order: {kind: Order, id: row.case, attributes: {number: row.case}}
  statement:
    kind: Recruitment
    id: row.case + '/' + row_key
    attributes: {city: row.town, country: country(row.country)}
  agency:
    kind: Recruiter
    id: slug(normal_name(row.agency))
    attributes:
      name: {value: row.agency, many: most_frequent}
      also_written: {value: row.agency, many: all, except: name}
      role: "'agency'"
edges:
  - {kind: for_order, from: statement, to: order}
  - {kind: through, from: statement, to: agency, attributes: {as_written: row.agency}}
complete: [{node: statement, list: agencies}]
)");
  const ImportResult result = import_text(map, R"(CASE_NUMBER,EMPLOYER,TOWN,COUNTRY
H-1,"Del Al Associates, Inc.",Monterrey,MEXICO
H-1,DEL AL ASSOCIATES INC,San Lucas,GUATEMALA
H-2,"Del Al Associates, Inc.",,N/A
H-2,n/a,Kingston,JAMAICA
)");
  const Network& network = result.network;
  const Schema& schema = network.schema();
  CHECK(network.as_of() == parse_date("2021-09-30"));
  CHECK(network.nodes(*schema.find_kind("Order")).size() == 2);
  CHECK(network.nodes(*schema.find_kind("Recruitment")).size() == 4);
  CHECK(network.nodes(*schema.find_kind("Recruiter")).size() == 1);
  CHECK(network.edge_count() == 7);
  CHECK(cell(network, "del-al-associates", "name") == "Del Al Associates, Inc.");
  CHECK(cell(network, "del-al-associates", "also_written") == "DEL AL ASSOCIATES INC");
  CHECK(cell(network, "del-al-associates", "role") == "agency");

  // The row that names no agency: the list is complete and has nothing in it.
  const ListName agencies = *schema.find_list(*schema.find_kind("Recruitment"), "agencies");
  int complete = 0;
  for (const NodeId node : network.nodes(*schema.find_kind("Recruitment"))) {
    complete += network.complete(node, agencies.list);
    CHECK(network.sources()[network.source(node)].id == "form");
    CHECK(network.origin(node).line >= 2);
  }
  CHECK(complete == 4);
  CHECK(network.claims().empty());
  CHECK(network.inputs().size() == 2);  // and the mapping

  const ImportReport& report = result.report;
  CHECK(report.rows_in == 4);
  CHECK(report.rows_used == 4);
  REQUIRE(report.nodes_made.size() == 3);
  CHECK(report.nodes_made[2].entry == "agency");
  CHECK(report.nodes_made[2].rows == 3);
  CHECK(count_of(report.nodes_made[2].not_made, "its id is not known") == 1);
  CHECK(count_of(report.edges_made[1].not_made, "no agency in this row") == 1);
  CHECK(report.spelling_count == 2);
  CHECK(report.spelled_ids == 1);
  REQUIRE(report.spellings.size() == 1);
  CHECK(report.spellings[0].texts ==
        std::vector<ImportReport::Counted>{{"Del Al Associates, Inc.", 2},
                                           {"DEL AL ASSOCIATES INC", 1}});
}

TEST_CASE("import: texts are read as the attribute's type", "[import]") {
  const Mapping map = one_node(R"(
      workers: row.a
      since: row.b
      wage: row.a + ' NPR/month'
      fee: row.a + ' USD'
      licensed: row.b == '2024-03-01'
      rate: double(row.a) / 4.0
)");
  const ImportResult result = import_text(map, "ID,A,B\nx, 12 ,2024-03-01\n");
  CHECK(cell(result.network, "x", "workers") == "12");
  CHECK(cell(result.network, "x", "since") == "2024-03-01");
  CHECK(cell(result.network, "x", "wage") == "12 NPR/month");
  CHECK(cell(result.network, "x", "fee") == "12 USD");
  CHECK(cell(result.network, "x", "licensed") == "true");
  CHECK(cell(result.network, "x", "rate") == "3.0");
}

TEST_CASE("import: ranges and partial dates stay what they are", "[import]") {
  const Mapping map = one_node(R"(
      workers: row.a
      since: row.b
)");
  const ImportResult result = import_text(map, "ID,A,B\nx,900..1400,2024-03\n");
  CHECK(cell(result.network, "x", "workers") == "900..1400");
  CHECK(cell(result.network, "x", "since") == "2024-03-01/2024-03-31");
}

TEST_CASE("import: values of expressions are taken if they fit", "[import]") {
  const Mapping map = one_node(R"(
      workers: size(row.a)
      rate: size(row.a) + 1
      since: date(row.b)
      fee: money(row.a + ' USD')
      licensed: "true"
      also_written: "[row.a, row.a + '!']"
      roles: "['agency', 'lender']"
)");
  const ImportResult result = import_text(map, "ID,A,B\nx,120,2024-03-01\n");
  CHECK(cell(result.network, "x", "workers") == "3");
  CHECK(cell(result.network, "x", "rate") == "4.0");
  CHECK(cell(result.network, "x", "since") == "2024-03-01");
  CHECK(cell(result.network, "x", "fee") == "120 USD");
  CHECK(cell(result.network, "x", "licensed") == "true");
  CHECK(cell(result.network, "x", "also_written") == "120; 120!");
  CHECK(cell(result.network, "x", "roles") == "agency; lender");
}

TEST_CASE("import: a text in a list is one item, whatever stands in it", "[import]") {
  const Mapping map = one_node("      also_written: row.a\n");
  const ImportResult result = import_text(map, "ID,A\nx,Smith; Sons\n");
  CHECK(cell(result.network, "x", "also_written") == "\"Smith; Sons\"");
}

TEST_CASE("import: an empty cell and a filler are not known", "[import]") {
  const Mapping map = one_node(R"(
      name: row.a
      licence: row.b
      licensed: has(row.a)
)");
  for (const char* text : {"", "  ", "\"\"", "N/A", " n/a\t", "-", "\xC2\xA0"}) {
    INFO(text);
    const ImportResult result = import_text(map, std::string("ID,A,B\nx,") + text + ",1\n");
    CHECK(cell(result.network, "x", "name").empty());
    CHECK(cell(result.network, "x", "licensed").empty());  // has() of what nobody said
  }
  // What nobody listed is a text.
  const ImportResult result = import_text(map, "ID,A,B\nx,null,none\n");
  CHECK(cell(result.network, "x", "name") == "null");
  CHECK(yaml(result).find("name: \"null\"") != std::string::npos);
  CHECK(cell(result.network, "x", "licence") == "none");
  CHECK(cell(result.network, "x", "licensed") == "true");
}

TEST_CASE("import: a column may have fillers of its own", "[import]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID, country: {header: C, fillers: ["--"]}, town: T}}
nodes: {r: {kind: Recruitment, id: row.id, attributes: {country: row.country, city: row.town}}}
)");
  const ImportResult result = import_text(map, "ID,C,T\nx,--,N/A\ny,NA,-\n");
  CHECK(cell(result.network, "x", "country").empty());
  CHECK(cell(result.network, "x", "city").empty());
  CHECK(cell(result.network, "y", "country") == "NA");
  CHECK(result.report.columns[1].suspicious == std::vector<ImportReport::Counted>{{"NA", 1}});
}

TEST_CASE("import: a text that says there is none makes a cell absent", "[import]") {
  const Mapping map = mapping(R"(
absent: [none required]
table: {columns: {id: ID, a: A}}
nodes:
  r: {kind: Recruiter, id: row.id, attributes: {licence: row.a, licensed: has(row.a)}}
)");
  const ImportResult result = import_text(map, "ID,A\nx,None Required\ny,L-1\n");
  CHECK(cell(result.network, "x", "licence") == "null");
  CHECK(cell(result.network, "x", "licensed") == "false");
  CHECK(cell(result.network, "y", "licence") == "L-1");
  CHECK(cell(result.network, "y", "licensed") == "true");
  CHECK(result.report.columns[1].absent ==
        std::vector<ImportReport::Counted>{{"None Required", 1}});
}

TEST_CASE("import: a node is made only where its condition certainly holds", "[import]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID, a: A}}
nodes: {r: {kind: Recruiter, id: row.id, when: row.a == 'yes'}}
)");
  const ImportResult result = import_text(map, "ID,A\nx,yes\ny,no\nz,\n");
  CHECK(result.report.nodes == 1);
  const auto& made = result.report.nodes_made[0];
  CHECK(made.rows == 1);
  CHECK(count_of(made.not_made, "when is false") == 1);
  CHECK(count_of(made.not_made, "when is not known") == 1);
}

TEST_CASE("import: rows are skipped and counted with their reason", "[import]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID, status: STATUS}, skip_if: "row.status == 'withdrawn'"}
nodes: {r: {kind: Recruiter, id: row.id}}
)");
  const ImportResult result = import_text(
      map, "ID,STATUS\na,open\n,\nb,withdrawn\nc,N/A\nID,STATUS\nd,open\ne,withdrawn\n");
  const ImportReport& report = result.report;
  CHECK(report.rows_in == 7);
  CHECK(report.rows_used == 2);
  CHECK(report.nodes == 2);
  CHECK(count_of(report.skipped, "all of it is empty") == 1);
  CHECK(count_of(report.skipped, "skip_if: row.status == 'withdrawn'") == 2);
  CHECK(count_of(report.skipped, "it is the header once more") == 1);
  CHECK(count_of(report.skipped,
                 "skip_if cannot be decided, since what it reads is not known: row.status == "
                 "'withdrawn'") == 1);
}

TEST_CASE("import: whether a cell is filled is always known", "[import]") {
  const Mapping map = mapping(R"(
table:
  columns: {id: ID, status: STATUS}
  skip_if: "filled.status && row.status == 'withdrawn'"
nodes: {r: {kind: Recruiter, id: row.id}}
)");
  const ImportResult result = import_text(map, "ID,STATUS\na,open\nb,withdrawn\nc,N/A\n");
  CHECK(result.report.rows_used == 2);
  CHECK(result.report.skipped.size() == 1);
}

TEST_CASE("import: a column may be missing if the mapping says so", "[import]") {
  const Mapping map = one_node(R"(
      name: row.a
      licence: "filled.b ? row.b : row.a"
)");
  const ImportResult result = import_text(map, "A,ID,Town\nn,x,t\n");
  CHECK(cell(result.network, "x", "licence") == "n");
  CHECK(result.report.inputs[0].missing_columns == std::vector<std::string>{"b"});
  CHECK(result.report.inputs[0].unused_headers == std::vector<std::string>{"Town"});
}

TEST_CASE("import: headers are compared without regard to case and signs", "[import]") {
  const Mapping map = mapping(R"(
table: {columns: {name: [RECRUITER_EMPLOYER_NAME, Agency]}}
nodes: {r: {kind: Recruiter, id: row.name}}
)");
  for (const char* header : {"RECRUITER_EMPLOYER_NAME", " Recruiter Employer Name ",
                             "\xEF\xBB\xBFrecruiter-employer-name", "AGENCY", "\"Agency:\""}) {
    INFO(header);
    CHECK(import_text(map, std::string(header) + "\nx\n").report.nodes == 1);
  }
}

TEST_CASE("import: a value map reads texts without regard to case", "[import]") {
  const Mapping map = one_node(R"(
      country: {map: {column: a, values: {Mexique: MX, "Les États-Unis": US}, otherwise: unknown}}
      licence: {map: {column: b, values: {"0": null, "1": L-1}}}
)");
  const ImportResult result =
      import_text(map, "ID,A,B\nx,MEXIQUE,0\ny,les ÉTATS-unis ,1\nz,Nepal,\nw,Nepal,1\n");
  CHECK(cell(result.network, "x", "country") == "MX");
  CHECK(cell(result.network, "x", "licence") == "null");
  CHECK(cell(result.network, "y", "country") == "US");
  CHECK(cell(result.network, "y", "licence") == "L-1");
  CHECK(cell(result.network, "z", "country").empty());
  REQUIRE(result.report.unreadable.size() == 1);
  CHECK(result.report.unreadable[0].attribute == "Recruiter.country");
  CHECK(result.report.unreadable[0].value == "Nepal");
  CHECK(result.report.unreadable[0].count == 2);
  CHECK(result.report.unreadable[0].examples[0].line == 4);
}

TEST_CASE("import: what cannot be read is not known if the mapping says so", "[import]") {
  const Mapping map = one_node("      country: {value: country(row.a), otherwise: unknown}\n");
  const ImportResult result = import_text(map, "ID,A\nx,MEXICO\ny,Mexcio\nz,N/A\n");
  CHECK(cell(result.network, "x", "country") == "MX");
  CHECK(cell(result.network, "y", "country").empty());
  CHECK(import_text(map, "ID,A\nx,Mexcio\nx,Mexcio\n").report.unreadable[0].count == 2);
  REQUIRE(result.report.unreadable.size() == 1);  // a filler is not unreadable
  CHECK(result.report.unreadable[0].value == "Mexcio");
}

TEST_CASE("import: rows that disagree about a node are statements against each other", "[import]") {
  const Mapping map = one_node("      name: row.a\n      licence: row.b\n");
  const ImportResult result =
      import_text(map, "ID,A,B\nx,one,L\nx,two,L\nx,one,L\nx,one,\ny,one,L\n");
  const NodeId x = *result.network.find("x");
  const AttributeId name = *result.network.schema().kinds()[0].find("name");
  CHECK(result.network.column(KindId{0}, name).disputed.test(0));
  CHECK(result.network.claims(x, name).size() == 2);
  CHECK(cell(result.network, "x", "licence") == "L");
  CHECK(cell(result.network, "y", "name") == "one");
}

TEST_CASE("import: many gathers what rows say", "[import]") {
  const Mapping map = one_node(R"(
      name: {value: row.a, many: most_frequent}
      also_written: {value: row.a, many: all, except: name}
      country: {value: row.b, many: most_frequent}
)");
  const ImportResult result =
      import_text(map, "ID,A,B\nx,b,MX\nx,a,US\nx,c,MX\nx,c,\ny,only,\nz,q,\nz,p,NP\nx,N/A,N/A\n");
  CHECK(cell(result.network, "x", "name") == "c");
  CHECK(cell(result.network, "x", "also_written") == "a; b");
  CHECK(cell(result.network, "x", "country") == "MX");
  CHECK(cell(result.network, "y", "name") == "only");
  CHECK(cell(result.network, "y", "also_written").empty());
  CHECK(cell(result.network, "z", "name") == "p");  // of equals the first by text
  CHECK(cell(result.network, "z", "also_written") == "q");
  CHECK(result.network.claims().empty());
}

TEST_CASE("import: two entries of one kind may make the same node", "[import]") {
  const Mapping map = mapping(R"(
sources: {list: {}, other: {}}
source: list
table: {columns: {a: A, b: B}}
nodes:
  first: {kind: Recruiter, id: row.a, attributes: {name: {value: row.a, many: most_frequent}}}
  second: {kind: Recruiter, id: row.b, source: other, attributes: {name: row.b}}
)");
  const ImportResult result = import_text(map, "A,B\nx,y\ny,x\nz,x\n");
  CHECK(result.report.nodes == 3);
  CHECK(cell(result.network, "x", "name") == "x");
  CHECK(cell(result.network, "z", "name") == "z");
}

TEST_CASE("import: several files of one shape are one table", "[import]") {
  const Mapping map = one_node("      name: {value: row.a, many: most_frequent}\n");
  const auto result =
      import_texts(map, {"ID,A\nx,one\n", "A,B,ID\ntwo,,x\ntwo,,x\n", "ID,A\ny,three\n"});
  INFO(to_text(result.diagnostics()));
  REQUIRE(result);
  CHECK(result->report.rows_in == 4);
  CHECK(result->report.inputs.size() == 3);
  CHECK(result->report.inputs[1].rows == 2);
  CHECK(cell(result->network, "x", "name") == "two");
  CHECK(result->network.inputs().size() == 4);  // and the mapping
}

TEST_CASE("import: other delimiters", "[import]") {
  const Mapping map = mapping(R"(
table: {delimiter: tab, columns: {id: ID, a: A}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a}}}
)");
  CHECK(cell(import_text(map, "ID\tA\nx\t\"a\tb\"\n").network, "x", "name") == "a\tb");
}

TEST_CASE("import: rows that are too short are filled up if the mapping says so", "[import]") {
  const std::string table = "ID,A,B\nx,one,two\ny,one\nz\nw,one,two,\n";
  const std::string body = R"(, columns: {id: ID, a: A, b: B}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a, licence: row.b}}}
)";
  const ImportResult padded = import_text(mapping("table: {ragged: pad" + body), table);
  CHECK(padded.report.nodes == 4);
  CHECK(cell(padded.network, "y", "name") == "one");
  CHECK(cell(padded.network, "y", "licence").empty());
  CHECK(count_of(padded.report.padded, "shorter than the header") == 2);
  const ImportResult skipped = import_text(mapping("table: {ragged: skip" + body), table);
  CHECK(skipped.report.nodes == 2);
  CHECK(count_of(skipped.report.skipped, "it has another number of fields than the header") == 2);
}

TEST_CASE("import: expressions may read the day", "[import]") {
  const Mapping map = one_node("      since: as_of - days(30)\n");
  ImportOptions options;
  options.as_of = parse_date("2024-03-31");
  const ImportResult result = import_text(map, "ID,A\nx,1\n", options);
  CHECK(cell(result.network, "x", "since") == "2024-03-01");
  CHECK(result.network.as_of() == options.as_of);
}

TEST_CASE("import: edges may have ids of their own", "[import]") {
  const Mapping map = mapping(R"(
table: {columns: {a: A, b: B, no: NO}}
nodes:
  s: {kind: Recruitment, id: row.a}
  r: {kind: Recruiter, id: row.b}
edges: [{kind: through, from: s, to: r, id: "'e' + row.no", when: "row.no != '3'"}]
)");
  const ImportResult result = import_text(map, "A,B,NO\ns,r,1\ns,r,2\ns,r,3\n");
  CHECK(result.report.edges == 2);
  CHECK(result.network.name(EdgeId{0}) == "e1");
  CHECK(result.report.edges_made[0].rows == 2);
}

TEST_CASE("import: forms of companies can be others", "[import]") {
  const Mapping map = mapping(R"y(
table: {columns: {a: A}}
nodes: {r: {kind: Recruiter, id: "slug(normal_name(row.a, company_forms + ['lc']))"}}
)y");
  const ImportResult result = import_text(map, "A\nSolstice L.C.\nSolstice\nSOLSTICE Inc\n");
  CHECK(result.report.nodes == 1);
  CHECK(result.report.spelling_count == 3);
}

TEST_CASE("import: the key of a row depends on what it says and on nothing else", "[import]") {
  const auto ids = [](const Mapping& map, std::string_view table) {
    std::vector<std::string> out;
    const ImportResult result = import_text(map, table);
    for (std::uint32_t i = 0; i < result.network.node_count(); ++i) {
      out.emplace_back(result.network.id(NodeId{i}));
    }
    return out;
  };
  const Mapping map = mapping(R"(
table: {columns: {a: A, b: {header: B, required: false}}}
nodes: {r: {kind: Recruiter, id: row_key}}
)");
  const auto one = ids(map, "A,B\nx,y\n");
  REQUIRE(one.size() == 1);
  CHECK(one[0].size() == 16);
  CHECK(ids(map, "B,C,A\r\n y ,z,\"x\"\r\n") == one);
  CHECK(ids(map, "A,B\nx,y\nx,y\n") == one);
  CHECK(ids(map, "A,B\ny,x\n") != one);
  CHECK(ids(map, "A\nxy\n") != one);
  CHECK(ids(map, "A,B\nx,N/A\n") == ids(map, "A\nx\n"));
}

TEST_CASE("import: rows that say the same are told apart by their number", "[import]") {
  const std::string body = R"y(
nodes: {r: {kind: Recruiter, id: "row_key + '/' + string(repeat)", attributes: {name: row.a}}}
)y";
  const std::string table = "A,B,C\nx,N/A,1\nx,,2\ny,-,3\nx,n/a,4\n";
  const ImportResult all = import_text(mapping("table: {columns: {a: A, b: B}}" + body), table);
  CHECK(all.report.nodes == 4);
  CHECK(all.report.repeated.count == 2);
  REQUIRE(all.report.repeated.examples.size() == 2);
  CHECK(all.report.repeated.examples[0].line == 3);
  CHECK(all.report.repeated.examples[1].line == 5);
  const ImportResult once =
      import_text(mapping("table: {columns: {a: A, b: B}, skip_if: repeat > 1}" + body), table);
  CHECK(once.report.nodes == 2);
  CHECK(once.report.rows_used == 2);
}

TEST_CASE("import: what was imported is written and read back", "[import]") {
  const ImportResult result = import_text(one_node("      name: row.a\n      licence: row.b\n"),
                                          "ID,A,B\nx,one,L-1\ny,\"a, b\",\n");
  const ScratchFolder folder;
  const std::string path = folder.file("network");
  write_import(result, path, Overwrite::no);
  CHECK_THROWS_AS(write_import(result, path, Overwrite::no), Error);
  write_import(result, path, Overwrite::yes);
  ReadOptions options;
  options.schema = import_schema();
  const auto read = read_network(path, options);
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  CHECK(write_network_yaml(*read) == yaml(result));
  std::ifstream file(path + "/import-report.json");
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str() == write_json(result.report));
}

TEST_CASE("import: a table without rows is a network without nodes and a warning", "[import]") {
  const auto result = import_texts(one_node("      name: row.a\n"), {"ID,A\n"});
  REQUIRE(result);
  CHECK(result->network.node_count() == 0);
  CHECK(result.diagnostics().items()[0].id == "import-no-rows");
}

TEST_CASE("import: the caller's mistakes are exceptions", "[import]") {
  const Mapping map = one_node("      name: row.a\n");
  CHECK_THROWS_AS(import_tables(map, {}), Error);
  const std::vector<std::string> nowhere = {"/nowhere/table.csv"};
  CHECK_THROWS_AS(import_tables(map, nowhere), Error);
}
