// Files that are no workbook, or are made to harm who opens them: refused by what they are, soon
// and with little memory.

#include <ctime>
#include <sys/resource.h>

#include "eraudit/import/detail/table_files.hpp"
#include "eraudit/import/detail/xml_scanner.hpp"
#include "tests/import/support.hpp"
#include "tests/import/workbook.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

const Mapping& map() {
  static const Mapping mapped = mapping(R"(
table: {columns: {id: ID, a: {header: A, required: false}}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a}}}
)");
  return mapped;
}

std::string messages(const std::string& bytes, const ImportOptions& options = {}) {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", bytes)};
  return folder.relative(to_text(import_tables(map(), paths, options).diagnostics()));
}

Book plain() {
  Book made;
  made.sheets = {{"S", sheet_rows({{"ID", "A"}, {"x", "1"}}), "", ""}};
  return made;
}

/// The id of the only message.
std::string refused(const std::string& bytes, const ImportOptions& options = {}) {
  const std::string text = messages(bytes, options);
  const std::size_t open = text.find('[');
  const std::size_t close = text.find(']');
  return open == std::string::npos ? text : text.substr(open + 1, close - open - 1);
}

std::string with_part(const std::string& name, const std::string& bytes) {
  Book made = plain();
  made.more.push_back({name, bytes});
  return made.bytes();
}

// Under sanitizers everything is slower and larger.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double allowed_ms = 1000;
constexpr long allowed_kilobytes = 1024 * 1024;
#else
constexpr double allowed_ms = 50;
constexpr long allowed_kilobytes = 64 * 1024;
#endif

/// Kilobytes that were ever resident.
long peak() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("import: what is no workbook is named as what it is", "[import][xlsx][refused]") {
  const auto ole = [](std::string_view stream) {
    std::string out = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(512, '\0');
    for (const char c : stream) {
      out += c;
      out += '\0';
    }
    return out;
  };
  CHECK(messages(ole("EncryptedPackage")) ==
        "book.xlsx: error: this is a workbook that is protected by a password "
        "[table-not-readable]\n  help: save a copy without one\n");
  CHECK(messages(ole("Workbook")) ==
        "book.xlsx: error: this is a workbook of the old form (.xls), which is not read "
        "[table-not-readable]\n"
        "  help: open it in a spreadsheet program and save it as .xlsx or .csv\n");
  CHECK(messages("%PDF-1.7\n").find("this is a PDF, and no table") != std::string::npos);
  CHECK(messages(" <HTML><table>").find("this is a web page") != std::string::npos);
  CHECK(messages("\x1F\x8B\x08").find("this is a packed file") != std::string::npos);
  CHECK(messages(zip({{"xl/workbook.bin", "x"}})).find("(.xlsb)") != std::string::npos);
  CHECK(messages(zip({{"mimetype", "application/vnd.oasis"}, {"content.xml", "<a/>"}}))
            .find("(.ods)") != std::string::npos);
  CHECK(messages(zip({{"word/document.xml", "<a/>"}})).find("a text or a presentation") !=
        std::string::npos);
  CHECK(messages(zip({{"table.csv", "ID\nx\n"}})) ==
        "book.xlsx: error: this is a ZIP archive, and no workbook [table-not-readable]\n"
        "  help: unpack it and name the table that is in it\n");
}

TEST_CASE("import: a damaged workbook is refused", "[import][xlsx][refused]") {
  const std::string whole = plain().bytes();
  CHECK(messages(whole).empty());
  CHECK(refused(whole.substr(0, whole.size() / 2)) == "xlsx-damaged");
  CHECK(refused("PK\x03\x04") == "xlsx-damaged");
  std::string flipped = whole;
  flipped[60] = static_cast<char>(flipped[60] ^ 0x5A);
  CHECK(refused(flipped) == "xlsx-damaged");
  CHECK(refused(zip(plain().parts(), 3)) == "xlsx-damaged");
  CHECK(refused(zip({{"[Content_Types].xml", "<a/>", true, {}, true}})) == "xlsx-encrypted");
}

TEST_CASE("import: names that lead out of a workbook, or stand twice, are refused",
          "[import][xlsx][refused]") {
  for (const char* name :
       {"../evil", "xl/../../evil", "/etc/passwd", "C:\\evil", "xl\\sheet.xml", ".."}) {
    INFO(name);
    CHECK(refused(with_part(name, "x")) == "xlsx-entry-name");
  }
  auto parts = plain().parts();
  parts.push_back(parts.front());
  CHECK(refused(zip(parts)) == "xlsx-entry-twice");
  const auto related = [](const std::string& target, const std::string& mode) {
    return with_part("xl/_rels/workbook.xml.rels",
                     "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"" +
                         target + "\"" + mode + "/></Relationships>");
  };
  CHECK(refused(related("../../etc/passwd", "")) == "xlsx-entry-name");
  // What lies outside is never fetched: there is no such sheet then.
  CHECK(refused(related("http://example.org/s.xml", " TargetMode=\"External\"")) ==
        "xlsx-no-sheets");
  CHECK(refused(related("worksheets/none.xml", "")) == "xlsx-part-missing");
}

TEST_CASE("import: XML tricks are refused", "[import][xlsx][refused]") {
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const auto body = [&](const std::string& xml) { return refused(with_part(sheet, xml)); };
  const std::string rows = sheet_rows({{"ID"}, {"x"}});
  std::string laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
  for (int i = 1; i < 10; ++i) {
    laughs += "<!ENTITY lol" + std::to_string(i) + " \"&lol;&lol;&lol;&lol;\">";
  }
  CHECK(body(laughs + "]><worksheet>&lol9;</worksheet>") == "xlsx-dtd");
  CHECK(body("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>") == "xlsx-dtd");
  CHECK(body("<worksheet><sheetData>&xxe;</sheetData></worksheet>") == "xlsx-entity");
  CHECK(body("<worksheet a=\"&xxe;\"/>") == "xlsx-entity");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  CHECK(body(deep) == "xlsx-too-deep");
  CHECK(body("<worksheet><sheetData></worksheet>") == "xlsx-xml");
  CHECK(body("<worksheet>") == "xlsx-xml");
  CHECK(body("<worksheet/><worksheet/>") == "xlsx-xml");
  CHECK(body("<worksheet a=\"<\"/>text") == "xlsx-xml");
  CHECK(body("<worksheet><a <b></a></worksheet>") == "xlsx-xml");
  CHECK(body("") == "xlsx-xml");
  CHECK(body("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>") == "xlsx-encoding");
  CHECK(body(std::string("\xFF\xFE<\0w\0", 6)) == "xlsx-encoding");
  CHECK(body("<worksheet><sheetData><row><c "
             "t=\"str\"><v>\xFF</v></c></row></sheetData></worksheet>") == "xlsx-encoding");
  CHECK(body("<worksheet><sheetData><row><c><v>\x01</v></c></row></sheetData></worksheet>") ==
        "xlsx-xml");
  CHECK(body("<worksheet><![CDATA[ ]]><!-- - --><sheetData>" + rows + "</sheetData></worksheet>")
            .empty());
}

TEST_CASE("import: bombs are refused at once and with little memory", "[import][xlsx][refused]") {
  struct Bomb {
    std::string id;
    std::string bytes;
  };
  const std::string zeros(64u << 20, '0');
  const std::string sheet = "xl/worksheets/sheet1.xml";
  std::vector<ZipPart> thousands(10'001);
  for (std::size_t i = 0; i < thousands.size(); ++i) thousands[i].name = std::to_string(i);
  auto lies = plain().parts();
  for (ZipPart& part : lies) {
    if (part.name == sheet) {
      std::string rows;
      while (rows.size() < 32u << 20) rows += "<row/>";
      part.bytes = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
      part.stated_size = 1000;
    }
  }
  std::vector<ZipPart> many;
  for (int i = 0; i < 40; ++i) {
    many.push_back({std::to_string(i), "x", false, 0x0FFF'FFFFu / 10});
  }
  const std::vector<Bomb> bombs = {
      {"xlsx-bomb", with_part(sheet, zeros)},
      {"xlsx-bomb", with_part("xl/media/image1.png", zeros)},
      {"xlsx-bomb", zip(lies)},
      {"xlsx-bomb", zip(many)},
      {"xlsx-too-many-entries", zip(thousands)},
      {"xlsx-too-many-entries", zip({{"a", "b"}}, 0xFFFE)},
      {"xlsx-too-large", zip({{"a", "b", false, 0x7FFF'FFFFu}})},
      {"xlsx-too-deep", with_part(sheet,
                                  [] {
                                    std::string deep;
                                    for (int i = 0; i < 20'000; ++i)
                                      deep += "<a" + std::to_string(i) + ">";
                                    return deep;
                                  }())},
  };
  const ScratchFolder folder;
  for (const Bomb& bomb : bombs) {
    const std::vector<std::string> paths = {folder.write("book.xlsx", bomb.bytes)};
    const long before = peak();
    const std::clock_t start = std::clock();
    const auto result = import_tables(map(), paths);
    // Of the processor: the machine may be busy with something else.
    const double took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    INFO(bomb.id << " " << bomb.bytes.size() << " bytes: " << took << " ms\n"
                 << to_text(result.diagnostics()));
    REQUIRE(result.diagnostics().items().size() == 1);
    CHECK(result.diagnostics().items()[0].id == bomb.id);
    CHECK(took < allowed_ms);
    CHECK(peak() - before < allowed_kilobytes);
  }
}

TEST_CASE("import: an archive that points behind the end of its file is refused",
          "[import][xlsx][refused]") {
  std::string bytes = zip({{"a", "b"}}, 0xFFFF);
  std::string pointer("PK\x06\x07", 4);
  pointer += std::string(4, '\0') + '\xDD' + std::string(7, '\xFF') + std::string(4, '\0');
  bytes.insert(bytes.size() - 22, pointer);          // the end record says: see there, at 2^64 - 35
  CHECK(refused(bytes) == "xlsx-too-many-entries");  // as the end record says itself
}

TEST_CASE("import: limits of a workbook are held at their edges", "[import][xlsx][refused]") {
  const std::string bytes = plain().bytes();
  const std::size_t entries = plain().parts().size();
  ImportOptions options;
  options.workbook.entries = entries;
  CHECK(messages(bytes, options).empty());
  options.workbook.entries = entries - 1;
  CHECK(refused(bytes, options) == "xlsx-too-many-entries");
  options = {};
  std::size_t total = 0;
  for (const ZipPart& part : plain().parts()) total += part.bytes.size();
  options.workbook.unpacked_bytes = total;
  CHECK(messages(bytes, options).empty());
  options.workbook.unpacked_bytes = total - 1;
  CHECK(refused(bytes, options) == "xlsx-too-large");
  options = {};
  options.workbook.xml_depth = 6;  // worksheet, sheetData, row, c, is, t
  CHECK(messages(bytes, options).empty());
  options.workbook.xml_depth = 5;
  CHECK(refused(bytes, options) == "xlsx-too-deep");
  options = {};
  Book merged = plain();
  merged.sheets[0].after =
      R"(<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="C1:C2"/></mergeCells>)";
  options.workbook.merged_areas = 2;
  CHECK(messages(merged.bytes(), options).empty());
  options.workbook.merged_areas = 1;
  CHECK(refused(merged.bytes(), options) == "xlsx-too-many-merged");
  options = {};
  options.limits.csv_columns = 2;
  CHECK(messages(bytes, options).empty());
  options.limits.csv_columns = 1;
  CHECK(refused(bytes, options) == "xlsx-too-many-columns");
}

TEST_CASE("import: XML may come in pieces of any size", "[import][xlsx]") {
  const std::string xml =
      "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<a:w xmlns:a='u'><!-- > < --><row r=\"1\"><c>1 &lt; "
      "2</c></row><x/><row/><![CDATA[<row>]]>\n<a:row q='>'>\xC3\xA9</a:row></a:w>\n";
  const std::vector<std::string> expected = {"<row r=\"1\"><c>1 &lt; 2</c></row>", "<row/>",
                                             "<a:row q='>'>\xC3\xA9</a:row>"};
  const WorkbookLimits limits;
  for (std::size_t piece = 1; piece < 40; ++piece) {
    std::vector<std::string> found;
    detail::XmlScanner scanner(limits, {"row"}, [&](std::span<char> element) {
      found.emplace_back(element.data(), element.size());
      return true;
    });
    for (std::size_t at = 0; at < xml.size(); at += piece) {
      REQUIRE(scanner.feed(std::string_view(xml).substr(at, piece)));
    }
    CHECK(scanner.finish());
    CHECK(found == expected);
  }
}
