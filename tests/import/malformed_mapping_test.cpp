// What is wrong in a mapping, at its place.

#include <string>

#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

/// `3:7 id: message | help`, one line each.
std::string found(const std::string& text) {
  const auto read = read_mapping_text(text);
  CHECK(bool(read) == !read.diagnostics().has_errors());
  std::string out;
  for (const Diagnostic& item : read.diagnostics().items()) {
    if (item.level == DiagnosticLevel::warning) continue;
    out += std::to_string(item.position.line) + ':' + std::to_string(item.position.column) + ' ' +
           item.id + ": " + item.message;
    if (!item.help.empty()) out += " | " + item.help;
    out += '\n';
  }
  return out;
}

/// What is wrong with a mapping whose nodes are `nodes`, which begins on line 5.
std::string in_nodes(const std::string& nodes) {
  return found(R"(eraudit: mapping/1
fillers: [N/A]
table: {columns: {id: ID, name: NAME, person: {header: WORKER, person: key_only}, last: {header: LAST_NAME, person: drop}}}
nodes:
)" + nodes);
}

std::string in_attribute(const std::string& attribute) {
  return in_nodes("  r:\n    kind: Recruiter\n    id: row.id\n    attributes:\n" + attribute);
}

std::string in_table(const std::string& table) {
  return found("eraudit: mapping/1\nfillers: []\ntable:\n" + table +
               "nodes: {r: {kind: Recruiter, id: row.id}}\n");
}

}  // namespace

TEST_CASE("import: a file that is no mapping says so", "[import][malformed]") {
  CHECK(
      found("a: 1\n") ==
      "1:1 mapping-unknown-key: a mapping has no key 'a' | one of: eraudit, about, schema, as_of, "
      "sources, source, fillers, absent, ... (14 in all)\n"
      "1:1 mapping-form: this file does not say what it is | begin it with `eraudit: mapping/1`\n"
      "1:1 mapping-missing-key: a mapping needs the key 'fillers' | list the texts that say "
      "nothing, "
      "such as [N/A, n/a, none, \"-\"]; [] if only empty cells say nothing\n"
      "1:1 mapping-missing-key: a mapping needs the key 'table' | it names the columns of the "
      "table\n");
  CHECK(found("[]\n") == "1:1 mapping-not-map: a mapping file must be a map, not a list\n");
  CHECK(
      found("eraudit: network/1\nfillers: []\ntable: {columns: {id: ID}}\n"
            "nodes: {r: {kind: Recruiter, id: row.id}}\n") ==
      "1:10 mapping-form: this file says that it is 'network/1' | a mapping begins with `eraudit: "
      "mapping/1`\n");
}

TEST_CASE("import: unknown keys of a mapping come with the nearest one", "[import][malformed]") {
  CHECK(in_nodes("  r: {kind: Recruiter, id: row.id, atributes: {}}\n") ==
        "5:36 mapping-unknown-key: a node has no key 'atributes' | did you mean 'attributes'?\n");
  CHECK(in_table("  columns: {id: {header: ID, requird: true}}\n") ==
        "4:30 mapping-unknown-key: a column has no key 'requird' | did you mean 'required'?\n");
  CHECK(in_table("  columns: {id: ID}\n  colums: {}\n") ==
        "5:3 mapping-unknown-key: table has no key 'colums' | did you mean 'columns'?\n");
  CHECK(in_attribute("      name: {valeu: row.name}\n") ==
        "9:14 mapping-unknown-key: Recruiter.name has no key 'valeu' | did you mean 'value'?\n"
        "9:13 mapping-attribute: Recruiter.name needs exactly one of value, constant and map\n");
}

TEST_CASE("import: unknown names of the schema come with the nearest one", "[import][malformed]") {
  CHECK(
      in_nodes("  r: {kind: Recruter, id: row.id}\n") ==
      "5:13 mapping-unknown-kind: the schema has no kind 'Recruter' | did you mean 'Recruiter'?\n");
  CHECK(in_attribute("      nmae: row.name\n") ==
        "9:7 mapping-unknown-attribute: the kind Recruiter has no attribute 'nmae' | did you mean "
        "'name'?\n");
  const std::string nodes =
      "  r: {kind: Recruiter, id: row.id}\n  s: {kind: Recruitment, id: row.id}\n";
  CHECK(in_nodes(nodes + "edges: [{kind: throuh, from: s, to: r}]\n") ==
        "7:16 mapping-unknown-edge: the schema has no edge 'throuh' | did you mean 'through'?\n");
  CHECK(in_nodes(nodes + "edges: [{kind: through, from: s, to: rr}]\n") ==
        "7:38 mapping-unknown-node: `nodes` has no entry 'rr' | did you mean 'r'?\n");
  CHECK(
      in_nodes(nodes + "edges: [{kind: through, from: r, to: s}]\n") ==
      "7:31 mapping-edge-end: 'r' is a Recruiter, which through does not allow to begin it | kinds "
      "allowed there: Recruitment\n"
      "7:38 mapping-edge-end: 's' is a Recruitment, which through does not allow to end it | kinds "
      "allowed there: Recruiter\n");
  CHECK(in_nodes(nodes +
                 "edges: [{kind: through, from: s, to: r, attributes: {amout: row.name}}]\n") ==
        "7:54 mapping-unknown-attribute: the edge through has no attribute 'amout' | did you mean "
        "'amount'?\n");
  CHECK(in_nodes(nodes + "complete: [{node: s, list: agencis}]\n") ==
        "7:28 mapping-unknown-list: a Recruitment has no list 'agencis' | did you mean "
        "'agencies'?\n");
  CHECK(in_nodes(nodes + "complete: [{node: s}]\n") ==
        "7:12 mapping-missing-key: a statement of completeness needs the key 'list' | it names a "
        "list "
        "of that node\n");
}

TEST_CASE("import: mistakes in expressions are placed inside them", "[import][malformed]") {
  // Unknown column: the place of the name, inside plain, quoted and block scalars.
  const std::string plain = in_attribute("      name: row.name + row.nam\n");
  CHECK(plain.starts_with("9:"));
  CHECK(plain.find("'nam'") != std::string::npos);
  CHECK(plain.find("did you mean 'name'?") != std::string::npos);
  const std::string block = in_attribute("      name: >-\n        row.name +\n        row.nam\n");
  CHECK(block.starts_with("11:"));
  CHECK(in_attribute("      name: row.name +\n").starts_with("9:"));
  CHECK(in_attribute("      name: normal_nme(row.name)\n").find("normal_name") !=
        std::string::npos);
  CHECK(in_nodes("  r: {kind: Recruiter, id: row.id, when: row.id}\n").starts_with("5:"));
  CHECK(in_nodes("  r: {kind: Recruiter, id: size(row.id)}\n").starts_with("5:"));
}

TEST_CASE("import: a bare word is no expression", "[import][malformed]") {
  CHECK(in_attribute("      role: agency\n") ==
        "9:13 mapping-bare-word: Recruiter.role is an expression, and 'agency' alone is nothing it "
        "can "
        "read | for the text itself write {constant: agency}\n");
  CHECK(in_attribute("      role: 'agency'\n") ==
        "9:13 mapping-bare-word: Recruiter.role is an expression, and 'agency' alone is nothing it "
        "can "
        "read | for the text itself write {constant: agency}\n");
  CHECK(
      in_attribute("      name: name\n") ==
      "9:13 mapping-bare-word: Recruiter.name is an expression, and 'name' alone is nothing it can "
      "read | for the column write row.name; for the text itself {constant: name}\n");
}

TEST_CASE("import: constants are checked when the mapping is read", "[import][malformed]") {
  const auto id_at = [](const std::string& text) { return text.substr(0, text.find(':', 5)); };
  CHECK(id_at(in_attribute("      role: \"'agancy'\"\n")) == "9:14 mapping-constant");
  CHECK(id_at(in_attribute("      role: \"filled.id ? 'agency' : 'agancy'\"\n")) ==
        "9:37 mapping-constant");
  CHECK(in_attribute("      role: {constant: agancy}\n").starts_with("9:24 "));
  CHECK(in_attribute("      workers: {constant: -1}\n").starts_with("9:27 "));
  CHECK(in_attribute("      workers: {constant: twelve}\n").starts_with("9:27 "));
  CHECK(id_at(in_attribute("      name: null\n")) == "9:13 mapping-type");
  CHECK(in_attribute("      country: {map: {column: name, values: {Mexico: MEX}}}\n")
            .starts_with("9:54 "));
  CHECK(
      in_attribute("      country: {map: {column: name, values: {Mexico: MX, MEXICO: MX}}}\n") ==
      "9:58 mapping-value-twice: 'MEXICO' stands here twice | texts are compared without regard to "
      "case\n");
}

TEST_CASE("import: a value of another type is refused with what to write", "[import][malformed]") {
  CHECK(in_attribute("      workers: size(row.name) > 2\n") ==
        "9:16 mapping-type: Recruiter.workers is int, but this gives bool | write an int, or a "
        "string\n");
  CHECK(in_attribute("      workers: double(row.name)\n") ==
        "9:16 mapping-type: Recruiter.workers is int, but this gives double | write int(...)\n");
  CHECK(in_attribute("      name: size(row.name)\n") ==
        "9:13 mapping-type: Recruiter.name is string, but this gives int | write string(...)\n");
  CHECK(in_attribute("      wage: money(row.name)\n") ==
        "9:13 mapping-type: Recruiter.wage is money, but this gives money | give a string with the "
        "period, such as '1500 MYR/month'\n");
  CHECK(in_attribute("      name: [row.name]\n") ==
        "9:13 mapping-not-expression: Recruiter.name must be an expression, not a list\n");
}

TEST_CASE("import: what is done with many rows is checked", "[import][malformed]") {
  CHECK(in_attribute("      name: {value: row.name, many: most_frequnt}\n") ==
        "9:37 mapping-many: many: 'most_frequnt' is nothing that can be done | did you mean "
        "'most_frequent'?\n");
  CHECK(
      in_attribute("      name: {value: row.name, many: all}\n") ==
      "9:37 mapping-many: Recruiter.name keeps one value, not all of them | use most_frequent, or "
      "claims to keep each as a statement\n");
  CHECK(in_attribute("      also_written: {value: row.name, many: all, except: name}\n") ==
        "9:7 mapping-except: except: name must be an attribute with `many: most_frequent` here\n");
  CHECK(in_attribute("      also_written: {value: row.name, except: name}\n") ==
        "9:47 mapping-except: except goes with `many: all`\n");
  CHECK(in_attribute("      name: {value: row.name, otherwise: unknwn}\n") ==
        "9:42 mapping-otherwise: otherwise 'unknwn' is nothing that can be done | did you mean "
        "'unknown'?\n");
  CHECK(in_attribute("      name: {value: row.name, constant: x}\n") ==
        "9:13 mapping-attribute: Recruiter.name needs exactly one of value, constant and map\n");
}

TEST_CASE("import: columns are checked", "[import][malformed]") {
  CHECK(in_table("  columns: {id: ID, agency: [Agency, AGENCY_NAME], name: agency}\n") ==
        "4:52 mapping-header-twice: the header 'agency' is that of the column 'agency' already | "
        "headers are compared without regard to case and signs\n");
  CHECK(
      in_table("  columns: {id: ID, first-name: X}\n") ==
      "4:21 mapping-column-name: 'first-name' cannot name a column in expressions | use letters, "
      "digits and _, and no word of CEL; the header in the file may be anything: header: [...]\n");
  CHECK(in_table("  columns: {id: ID, in: X}\n").starts_with("4:21 mapping-column-name"));
  CHECK(in_table("  columns: {id: ID, from: X, kind: Y}\n").empty());
  CHECK(in_table("  columns: {id: {header: 12}}\n") ==
        "4:26 mapping-not-text: a header must be a text or a list of texts, not a number\n");
  CHECK(in_table("  columns: {id: {header: [ID, 12]}}\n") ==
        "4:31 mapping-not-text: a header must be a text, not a number | write it in quotes: "
        "\"12\"\n");
  CHECK(in_table("  columns: {id: {required: true}}\n") ==
        "4:17 mapping-missing-key: a column needs the key 'header' | it is the text above the "
        "column\n");
  CHECK(in_table("  columns: {id: {header: ID, required: yes}}\n") ==
        "4:40 mapping-not-boolean: required must be true or false, not 'yes'\n");
  CHECK(in_table("  columns: {id: ID}\n  delimiter: \";;\"\n") ==
        "5:14 mapping-delimiter: ';;' is no delimiter | write one sign, such as \";\" or \"|\", or "
        "tab\n");
  CHECK(in_table("  columns: {id: ID}\n  ragged: fill\n") ==
        "5:11 mapping-ragged: 'fill' is nothing to do with a ragged row | one of: error, pad, "
        "skip\n");
  CHECK(in_table("  columns: {}\n") == "4:12 mapping-no-columns: the table has no columns\n");
}

TEST_CASE("import: sources are checked", "[import][malformed]") {
  const std::string rest =
      "fillers: []\ntable: {columns: {id: ID}}\nnodes: {r: {kind: Recruiter, id: row.id}}\n";
  const std::string head = "eraudit: mapping/1\n";
  CHECK(found(head + "sources: {form: {class: goverment-list}}\n" + rest)
            .starts_with(
                "2:25 mapping-unknown-source-class: 'goverment-list' is no class of source | "));
  CHECK(found(head + "sources: {form: {date: last week}}\n" + rest) ==
        "2:24 mapping-date: date 'last week' is no day | write it as 2021-09-30\n");
  CHECK(found(head + "sources: {form: {}}\nsource: from\n" + rest) ==
        "3:9 mapping-unknown-source: there is no source 'from' | did you mean 'form'?\n");
  CHECK(found(head + "source: form\n" + rest) ==
        "2:9 mapping-unknown-source: there is no source 'form' | describe it under `sources`\n");
  CHECK(found(head + "sources: {a: {}, b: {}}\n" + rest) ==
        "5:12 mapping-no-source: this says nothing of its source, and there are several | add "
        "`source:` here, at the table, or once at the top; `source: null` if nobody knows who says "
        "it\n");
  CHECK(found(head + "as_of: 30.9.2021\n" + rest) ==
        "2:8 mapping-date: as_of '30.9.2021' is no day | write it as 2021-09-30\n");
}

TEST_CASE("import: persons cannot leave their columns", "[import][malformed]") {
  CHECK(in_attribute("      name: row.person\n") ==
        "9:13 mapping-person-leaks: the column 'person' may only be used in ids\n");
  CHECK(in_attribute("      licensed: has(row.person)\n") ==
        "9:17 mapping-person-leaks: the column 'person' may only be used in ids\n");
  CHECK(in_attribute("      name: \"filled.id ? row.name : row.person\"\n") ==
        "9:37 mapping-person-leaks: the column 'person' may only be used in ids\n");
  CHECK(in_attribute("      name: {map: {column: person, values: {a: b}}}\n") ==
        "9:28 mapping-person-leaks: the column 'person' names persons and can be no value\n");
  CHECK(in_nodes("  r: {kind: Recruiter, id: row.id, when: row.person == 'x'}\n") ==
        "5:42 mapping-person-leaks: the column 'person' may only be used in ids | a condition may "
        "ask "
        "whether filled.person or has(row.person)\n");
  CHECK(
      in_nodes("  r: {kind: Recruiter, id: row.last}\n") ==
      "5:28 mapping-person-dropped: the column 'last' is dropped and cannot be read | to tell rows "
      "apart by it, declare it `person: key_only` and use it in an id\n");
  CHECK(in_nodes("  r: {kind: Recruiter, id: row.person, when: filled.person}\n").empty());
  CHECK(in_nodes("  r: {kind: Recruiter, id: \"row.id + string(row == row)\"}\n")
            .find("mapping-whole-row") != std::string::npos);
}

TEST_CASE("import: a column that looks like a person's must say so", "[import][malformed]") {
  CHECK(in_table("  columns: {id: ID, n: RECRUITER_LAST_NAME}\n") ==
        "4:21 mapping-person-undeclared: the column 'n' (header 'RECRUITER_LAST_NAME') looks like "
        "data of a person | say what becomes of it: `person: drop`, `person: key_only` (for ids, "
        "under a pseudonym), or `person: none` if it names no person\n");
  for (const char* header : {"Passport No.", "date of birth", "Surname", "E-Mail", "Worker Name"}) {
    INFO(header);
    CHECK(in_table(std::string("  columns: {id: ID, n: \"") + header + "\"}\n")
              .starts_with("4:21 mapping-person-undeclared"));
    CHECK(in_table(std::string("  columns: {id: ID, n: {header: \"") + header +
                   "\", person: none}}\n")
              .empty());
  }
  CHECK(in_table("  columns: {id: ID, n: Company Name, m: Employer}\n").empty());
  CHECK(in_table("  columns: {id: ID, n: {header: X, person: drp}}\n") ==
        "4:44 mapping-person: 'drp' is nothing to do with a person's column | did you mean "
        "'drop'?\n");
  CHECK(in_table("  columns: {id: ID, n: {header: X, opaque: true}}\n") ==
        "4:44 mapping-opaque: only a `person: key_only` column can be opaque\n");
}

TEST_CASE("import: all mistakes of a mapping are found at once", "[import][malformed]") {
  const std::string all = found(R"(eraudit: mapping/1
fillers: [N/A, 1]
table: {columns: {id: ID}, extra: 1}
nodes:
  r: {kind: Recruiter, id: row.idd, attributes: {nme: row.id, role: agency}}
  s: {kind: Nothing}
edges: [{kind: through, from: t}]
)");
  CHECK(std::count(all.begin(), all.end(), '\n') == 9);
}
