#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

TEST_CASE("import: a mapping is read and checked", "[import][mapping]") {
  const Mapping map = mapping(R"(
about: Recruiters of a list
as_of: 2021-09-30
sources: {form: {class: government-list, date: 2021-10-01, ref: form, page: 3}}
source: form
absent: [none required]
table:
  delimiter: ";"
  ragged: pad
  columns:
    case: CASE_NUMBER
    agency: {header: [AGENCY, Employer Name]}
    country: {header: [COUNTRY], required: false, fillers: [N/A]}
  skip_if: "!filled.case"
nodes:
  agency:
    kind: Recruiter
    id: slug(normal_name(row.agency))
    when: filled.agency
    attributes:
      name: {value: row.agency, many: most_frequent}
      also_written: {value: row.agency, many: all, except: name}
      country: {value: country(row.country), otherwise: unknown}
      role: {constant: agency}
      workers: 12
      licensed: true
      licence: null
  statement: {kind: Recruitment, id: row_key}
edges:
  - {kind: through, from: statement, to: agency, attributes: {as_written: row.agency}}
complete: [{node: statement, list: agencies}]
)");
  CHECK(map.file() == "map.yaml");
  CHECK(map.sha256().starts_with("sha256:"));
  CHECK(map.schema() == import_schema());
}

TEST_CASE("import: without a schema a mapping speaks of the recruitment schema",
          "[import][mapping]") {
  auto document = read_yaml(std::make_shared<const Source>("map.yaml", R"(eraudit: mapping/1
fillers: []
table: {columns: {name: NAME}}
nodes: {r: {kind: Recruiter, id: row.name, attributes: {name: row.name, role: {constant: agency}}}}
)"));
  const auto read = read_mapping(**document);
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  CHECK(read->schema() == recruitment_schema());
  CHECK(read.diagnostics().empty());
}

TEST_CASE("import: a mapping extends the schema with a file beside it", "[import][mapping]") {
  const ScratchFolder folder;
  folder.write("more.yaml", R"(eraudit: schema/1
name: more
extends: import-test
kinds:
  Permit: {attributes: {number: {type: string}}}
)");
  const std::string path = folder.write("map.yaml", R"(eraudit: mapping/1
schema: more.yaml
fillers: []
table: {columns: {number: NO}}
nodes: {permit: {kind: Permit, id: row.number, attributes: {number: row.number}}}
)");
  const auto document = read_document(path);
  const auto read = read_mapping(**document, import_schema());
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  const std::vector<std::string> tables = {folder.write("t.csv", "NO\nP-1\n")};
  const auto result = import_tables(*read, tables);
  INFO(to_text(result.diagnostics()));
  REQUIRE(result);
  CHECK(cell(result->network, "P-1", "number") == "P-1");
}

TEST_CASE("import: a column that nothing reads is a warning", "[import][mapping]") {
  const auto read = read_mapping_text(R"(eraudit: mapping/1
fillers: []
table: {columns: {name: NAME, town: TOWN, last: {header: LAST_NAME, person: drop}}}
nodes: {r: {kind: Recruiter, id: row.name}}
)");
  REQUIRE(read);
  CHECK(to_text(read.diagnostics()) ==
        "map.yaml:3:31: warning: nothing reads the column 'town' [mapping-column-unread]\n"
        "    3 | table: {columns: {name: NAME, town: TOWN, last: {header: LAST_NAME, person: "
        "drop}}}\n"
        "      |                               ^~~~\n");
  const auto more = read_mapping_text(R"(eraudit: mapping/1
fillers: []
table: {columns: {name: NAME, town: TOWN, zip: ZIP}}
nodes: {r: {kind: Recruiter, id: row.name}}
)");
  CHECK(to_text(more.diagnostics())
            .starts_with("map.yaml:3:31: warning: nothing reads the columns 'town', 'zip' "
                         "[mapping-column-unread]\n"));
}
