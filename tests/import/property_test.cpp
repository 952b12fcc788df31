// Laws of import, on random tables.

#include <algorithm>
#include <random>

#include "eraudit/import/detail/table_import.hpp"
#include "eraudit/network/write.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

using Row = std::vector<std::string>;

/// A mapping that uses everything: columns alone, several columns, conditions, maps, gathering,
/// keys.
const Mapping& everything() {
  static const Mapping map = mapping(R"y(
as_of: 2024-06-30
salt: pepper
absent: [nobody]
sources: {list: {class: government-list}, paper: {class: contract}}
source: list
table:
  ragged: pad
  columns:
    a: A
    b: B
    c: {header: C, fillers: [zip]}
    d: {header: D, required: false}
    who: {header: WHO, person: key_only}
    gone: {header: GONE, person: drop}
  skip_if: "row.b == 'skip'"
nodes:
  agency:
    kind: Recruiter
    id: slug(normal_name(row.a))
    when: filled.a
    attributes:
      name: {value: row.a, many: most_frequent}
      also_written: {value: row.a, many: all, except: name}
      country: {value: country(row.b), otherwise: unknown}
      role: {constant: agency}
      licence: row.b
      workers: "row.a == row.b ? 1 : 2"
      since: as_of
  single:
    kind: Recruiter
    id: "'who-' + row.who"
    when: "!filled.a || filled.b"
    source: paper
    attributes: {role: {map: {column: c, values: {one: agency, two: individual}, otherwise: unknown}}}
  statement:
    kind: Recruitment
    id: row_key
    attributes: {city: row.d, country: {value: "filled.d ? country(row.b) : country(row.c)", otherwise: unknown}}
  order: {kind: Order, id: "row.b + '/' + row.c", when: has(row.c), attributes: {number: row.c}}
  line: {kind: Order, id: "row_key + '/' + string(repeat)", when: filled.d}
edges:
  - {kind: through, from: statement, to: agency, attributes: {as_written: row.a}}
  - {kind: through, from: statement, to: single, when: "row.b != row.c"}
  - {kind: for_order, from: statement, to: order, id: "row_key + row.d"}
complete:
  - {node: statement, list: agencies, when: filled.a}
)y");
  return map;
}

std::string random_cell(std::mt19937& random) {
  static const char* const texts[] = {"",
                                      "N/A",
                                      " n/a ",
                                      "-",
                                      "nobody",
                                      "zip",
                                      "one",
                                      "two",
                                      "MEXICO",
                                      "Nepal",
                                      "NP",
                                      "skip",
                                      "Del Al, Inc.",
                                      "DEL AL INC",
                                      "Del-Al",
                                      "J&H Recruiting",
                                      "j and h recruiting",
                                      "Łódź",
                                      "\"q\"",
                                      "a\nb",
                                      "null",
                                      "Unknown",
                                      "x y"};
  return texts[random() % std::size(texts)];
}

std::string csv(const Row& header, const std::vector<Row>& rows,
                const std::vector<std::size_t>& order) {
  std::string out;
  const auto add = [&](const Row& row) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i != 0) out += ',';
      out += '"';
      for (const char c : row[order[i]]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += '\n';
  };
  add(header);
  for (const Row& row : rows) add(row);
  return out;
}

struct RandomTable {
  Row header{"A", "B", "C", "D", "WHO", "GONE"};
  std::vector<Row> rows;
  std::vector<std::size_t> columns{0, 1, 2, 3, 4, 5};

  explicit RandomTable(std::mt19937& random) {
    for (auto n = 1 + random() % 12; n != 0; --n) {
      Row row;
      for (std::size_t i = 0; i < header.size(); ++i) row.push_back(random_cell(random));
      if (random() % 2 == 0) row[0] = "Del Al";
      rows.push_back(std::move(row));
    }
    if (random() % 4 == 0) columns = {0, 1, 2, 4, 5};
  }
  [[nodiscard]] std::string text() const { return csv(header, rows, columns); }
};

}  // namespace

TEST_CASE("import: the order of rows and columns never changes the network", "[import][property]") {
  std::mt19937 random(11);
  int imported = 0;
  for (int round = 0; round < 300; ++round) {
    RandomTable table(random);
    const std::string before = table.text();
    INFO(before);
    const auto first = import_texts(everything(), {before});
    std::shuffle(table.rows.begin(), table.rows.end(), random);
    std::shuffle(table.columns.begin(), table.columns.end(), random);
    const auto second = import_texts(everything(), {table.text()});
    REQUIRE(bool(first) == bool(second));
    if (!first) continue;
    ++imported;
    REQUIRE(yaml(*first) == yaml(*second));
  }
  CHECK(imported > 100);
}

TEST_CASE("import: rows may be spread over files", "[import][property]") {
  std::mt19937 random(12);
  for (int round = 0; round < 100; ++round) {
    RandomTable table(random);
    RandomTable half = table;
    const auto cut = static_cast<std::ptrdiff_t>(table.rows.size() / 2);
    const auto whole = import_texts(everything(), {table.text()});
    half.rows.erase(half.rows.begin() + cut, half.rows.end());
    RandomTable rest = table;
    rest.rows.erase(rest.rows.begin(), rest.rows.begin() + cut);
    const auto parts = import_texts(everything(), {rest.text(), half.text()});
    REQUIRE(bool(whole) == bool(parts));
    if (whole) REQUIRE(yaml(*whole) == yaml(*parts));
  }
}

TEST_CASE("import: short cuts mean what the evaluator means", "[import][property]") {
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    const ScratchFolder folder;
    const std::vector<std::string> paths = {folder.write("table.csv", RandomTable(random).text())};
    const auto run = [&](detail::Evaluation evaluation) {
      return detail::TableImport(everything(), {}, evaluation).run(paths);
    };
    const auto fast = run(detail::Evaluation::fast);
    const auto plain = run(detail::Evaluation::plain);
    REQUIRE(to_text(fast.diagnostics()) == to_text(plain.diagnostics()));
    REQUIRE(bool(fast) == bool(plain));
    if (!fast) continue;
    REQUIRE(yaml(*fast) == yaml(*plain));
    REQUIRE(write_json(fast->report) == write_json(plain->report));
  }
}

TEST_CASE("import: a filler says as much as an empty cell", "[import][property]") {
  std::mt19937 random(14);
  for (int round = 0; round < 200; ++round) {
    RandomTable table(random);
    const auto with = import_texts(everything(), {table.text()});
    for (Row& row : table.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const bool filler =
            i == 2 ? row[i] == "zip" : row[i] == "N/A" || row[i] == " n/a " || row[i] == "-";
        if (filler) row[i] = random() % 2 == 0 ? "" : "  ";
      }
    }
    const auto without = import_texts(everything(), {table.text()});
    REQUIRE(bool(with) == bool(without));
    if (!with) continue;
    REQUIRE(yaml(*with) == yaml(*without));
    REQUIRE(with->report.rows_used == without->report.rows_used);
  }
}

TEST_CASE("import: a filler is nowhere in the network", "[import][property]") {
  std::mt19937 random(15);
  const std::string canary = "zip";
  for (int round = 0; round < 200; ++round) {
    RandomTable table(random);
    for (Row& row : table.rows) {
      for (const std::size_t i : {0u, 1u, 3u, 4u}) {
        if (row[i] == canary) row[i] = "zap";  // a text there: only C has this filler
      }
    }
    const auto result = import_texts(everything(), {table.text()});
    if (result) REQUIRE(yaml(*result).find(canary) == std::string::npos);
  }
}

TEST_CASE("import: columns whose texts never repeat are read all the same", "[import][property]") {
  // Beyond 65,536 unlike texts of a column, texts are no longer numbered.
  const Mapping map = mapping(R"(
table: {columns: {id: ID, n: N}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {workers: row.n, name: plain_name(row.id)}}}
)");
  std::string table = "ID,N\n";
  const int rows = 70'000;
  for (int i = 0; i < rows; ++i) {
    table += "Id " + std::to_string(i) + "," + (i % 7 == 0 ? "N/A" : std::to_string(i)) + "\n";
  }
  const ImportResult result = import_text(map, table);
  CHECK(result.report.nodes == rows);
  CHECK(cell(result.network, "Id 69999", "workers") == "69999");
  CHECK(cell(result.network, "Id 69999", "name") == "id 69999");
  CHECK(cell(result.network, "Id 69993", "workers").empty());
  CHECK(result.report.columns[1].fillers == std::vector<ImportReport::Counted>{{"N/A", rows / 7}});
  CHECK(result.report.columns[1].filled == rows - rows / 7);
}
