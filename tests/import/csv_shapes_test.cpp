// CSV in the shapes in which people send it.

#include "eraudit/import/detail/encoding.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

Mapping names(const std::string& table = "") {
  return mapping(
      "table: {columns: {id: ID, a: {header: [A, Nom], required: false}, b: {header: B, "
      "required: false}}" +
      table + R"(}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a, workers: row.b}}}
)");
}

/// UTF-8 as UTF-16.
std::string wide(std::string_view text, bool big, bool mark) {
  std::u16string units;
  if (mark) units += u'\uFEFF';
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    std::uint32_t point = bytes == 1 ? byte : byte & (0x7Fu >> bytes);
    for (std::size_t k = 1; k < bytes; ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    i += bytes;
    if (point >= 0x10000) {
      units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
      units += static_cast<char16_t>(point);
    }
  }
  std::string out;
  for (const char16_t unit : units) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

std::string encoding_of(const ImportResult& result) {
  return result.report.inputs.at(0).encoding;
}

}  // namespace

TEST_CASE("import: encodings are found out", "[import][csv]") {
  const std::string table = "ID,A\nx,Zoë 日本 𝄞\n";
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      INFO(big << mark);
      const ImportResult result = import_text(names(), wide(table, big, mark));
      CHECK(cell(result.network, "x", "name") == "Zoë 日本 𝄞");
      CHECK(encoding_of(result) == (big ? "utf-16be" : "utf-16le"));
    }
  }
  CHECK(encoding_of(import_text(names(), table)) == "utf-8");
  CHECK(encoding_of(import_text(names(), "\xEF\xBB\xBF" + table)) == "utf-8");
  const auto guessed = import_texts(names(), {"ID,A\nx,Zo\xEB \x80 5\n"});
  REQUIRE(guessed);
  CHECK(cell(guessed->network, "x", "name") == "Zoë € 5");
  CHECK(encoding_of(*guessed) == "windows-1252");
  REQUIRE(guessed.diagnostics().items().size() == 1);
  CHECK(guessed.diagnostics().items()[0].id == "import-encoding-guessed");
}

TEST_CASE("import: an encoding that is named is not guessed at", "[import][csv]") {
  const auto named = import_texts(names(", encoding: windows-1252"), {"ID,A\nx,Zo\xEB\n"});
  REQUIRE(named);
  CHECK(named.diagnostics().empty());
  CHECK(cell(named->network, "x", "name") == "Zoë");
  // The same bytes, otherwise read: what is named holds.
  CHECK(cell(import_text(names(", encoding: windows-1252"), "ID,A\nx,Zo\xC3\xAB\n").network, "x",
             "name") == "ZoÃ«");
  CHECK(import_messages(names(", encoding: utf-8"), "ID,A\nx,Zo\xEB\n") ==
        "table.csv:2:5: error: the byte \\x{EB} is not valid UTF-8 [csv-encoding]\n"
        "  help: save the file as UTF-8\n");
  CHECK(cell(import_text(names(", encoding: utf-16le"), wide("ID,A\nx,日\n", false, false)).network,
             "x", "name") == "日");
}

TEST_CASE("import: what is nothing in an encoding has a place", "[import][csv]") {
  CHECK(import_messages(names(", encoding: windows-1252"), "ID,A\n\xEB,\x81\n") ==
        "table.csv:2:3: error: the byte 81 is no character of Windows-1252 [csv-encoding]\n"
        "  help: name the right encoding with `encoding:` in the mapping, or save the file as "
        "UTF-8\n");
  std::string half = wide("ID,A\nx,", false, true);
  half += std::string("\x00\xD8", 2) + wide("\n", false, false);
  CHECK(import_messages(names(), half)
            .starts_with("table.csv:2:3: error: the unit D800 is half a character of UTF-16 "
                         "[csv-encoding]\n"));
  CHECK(import_messages(names(), wide("ID,A\nx,1\n", true, true) + "x")
            .starts_with("table.csv:3:1: error: the last character of UTF-16 is cut off"));
  CHECK(import_messages(names(", encoding: utf-8"), wide("ID\nx\n", true, true))
            .starts_with("table.csv: error: the file is marked as utf-16be, and the mapping says "
                         "utf-8"));
  CHECK(import_messages(names(", encoding: utf-16"), "ID\nx\n")
            .starts_with("table.csv: error: the file has no mark that says which of the two"));
}

TEST_CASE("import: delimiters are found by the columns that the mapping names", "[import][csv]") {
  struct Shape {
    std::string table;
    std::string delimiter;
  };
  const Shape shapes[] = {
      {"ID,A,B\nx,y,1\n", "comma"},
      {"ID;A;B\nx;y;1\n", "semicolon"},
      {"ID\tA\tB\nx\ty\t1\n", "tab"},
      {"ID|A|B\nx|y|1\n", "bar"},
      {"sep=;\r\nID;A;B\r\nx;y;1\r\n", "semicolon"},
      {"ID\nx\n", "comma"},
      {"List, of; agencies | 2021\n\nID;A\nx;y\n", "semicolon"},
      {"\"ID\"\t\"A\"\n\"x\"\t\"y\"\n", "tab"},
  };
  for (const Shape& shape : shapes) {
    INFO(shape.table);
    const ImportResult result = import_text(names(), shape.table);
    CHECK(result.network.node_count() == 1);
    CHECK(result.report.inputs[0].delimiter == shape.delimiter);
  }
  // Named, it holds.
  CHECK(import_messages(names(", delimiter: \",\""), "ID;A\nx;y\n").find("import-missing-column") !=
        std::string::npos);
}

TEST_CASE("import: titles, blank rows and totals of a CSV table are skipped and counted",
          "[import][csv]") {
  const ImportResult result = import_text(names(), R"(List of agencies;;
as of 2021;;
;;
ID;A;B
x;Delta;3
;;
ID;A;B
y;Echo;4
Grand total;;7
)");
  CHECK(result.network.node_count() == 2);
  std::vector<std::pair<std::string, std::uint64_t>> skipped;
  for (const auto& rows : result.report.skipped) skipped.emplace_back(rows.why, rows.count);
  CHECK(skipped ==
        std::vector<std::pair<std::string, std::uint64_t>>{{"all of it is empty", 2},
                                                           {"it is the header once more", 1},
                                                           {"it adds up other rows", 1},
                                                           {"it stands above the header", 2}});
  CHECK(result.report.rows_in == 8);
  CHECK(result.network.origin(*result.network.find("y")).line == 8);
}

TEST_CASE("import: a header further down is named with its row when something is missing",
          "[import][csv]") {
  const Mapping strict = mapping(R"(
table: {columns: {id: ID, a: Agency, b: Country}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a, country: row.b}}}
)");
  CHECK(import_messages(strict, "Some list\n\nID,Agency,Cuontry\nx,y,NP\n") ==
        "table.csv:3:1: error: no header is 'Country', which the mapping calls 'b' "
        "[import-missing-column]\n"
        "  help: the header 'Cuontry' is near; add it to the mapping if it is meant\n");
}

TEST_CASE("import: every line end, and none at the end", "[import][csv]") {
  for (const char* table : {"ID,A\nx,y\nz,\"1\r\n2\"", "ID,A\r\nx,y\r\nz,\"1\r\n2\"\r\n",
                            "ID,A\rx,y\rz,\"1\r\n2\"\r", "ID,A\r\nx,y\nz,\"1\r\n2\"\n"}) {
    INFO(table);
    const ImportResult result = import_text(names(), table);
    CHECK(cell(result.network, "x", "name") == "y");
    CHECK(cell(result.network, "z", "name") == "1\r\n2");
    CHECK(result.network.origin(*result.network.find("z")).line == 3);
  }
}
