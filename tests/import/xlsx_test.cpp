// Workbooks: what their cells, sheets and headers mean.

#include "eraudit/import/detail/number_format.hpp"
#include "eraudit/import/detail/xlsx_workbook.hpp"
#include "tests/import/support.hpp"
#include "tests/import/workbook.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;
using detail::NumberFormat;

namespace {

Mapping names(const std::string& table = "") {
  return mapping(
      "table: {columns: {id: ID, a: {header: A, required: false}, b: {header: B, "
      "required: false}}" +
      table + R"(}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a, licence: row.b}}}
)");
}

Checked<ImportResult> import_book(const Mapping& map, const std::string& bytes) {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", bytes)};
  return import_tables(map, paths);
}

std::string book_messages(const Mapping& map, const Book& made) {
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", made.bytes())};
  return folder.relative(to_text(import_tables(map, paths).diagnostics()));
}

ImportResult import_rows(const std::string& rows, const std::string& after = "") {
  Book made;
  made.sheets = {{"Sheet1", rows, after, ""}};
  return import_book(names(), made.bytes()).value();
}

std::uint64_t count_of(const std::vector<ImportReport::Rows>& rows, std::string_view why) {
  for (const ImportReport::Rows& r : rows) {
    if (r.why == why) return r.count;
  }
  return 0;
}

std::string shown(std::string_view written, std::string_view format, bool from_1904 = false) {
  return detail::shown_number(written, detail::format_of(format), from_1904).text;
}

}  // namespace

TEST_CASE("import: a sheet is read like a table", "[import][xlsx]") {
  const ImportResult result =
      import_rows(sheet_rows({{"ID", "A", "B"}, {"x", "Del Al & Sons", "=12"}, {"y", "", "L-1"}}));
  CHECK(cell(result.network, "x", "name") == "Del Al & Sons");
  CHECK(cell(result.network, "x", "licence") == "12");
  CHECK(cell(result.network, "y", "name").empty());
  CHECK(cell(result.network, "y", "licence") == "L-1");
  const ImportReport::Input& input = result.report.inputs.at(0);
  CHECK(input.format == "xlsx");
  CHECK(input.sheet == "Sheet1");
  CHECK(input.header_line == 1);
  CHECK(result.report.rows_in == 2);
  CHECK(result.network.origin(*result.network.find("y")).line == 3);
}

TEST_CASE("import: texts of a workbook may be shared, rich, inline or of a formula",
          "[import][xlsx]") {
  Book made;
  made.texts =
      "<si><t>ID</t></si><si><t>A</t></si>"
      "<si><r><rPr><b/></rPr><t>Del </t></r><r><t xml:space=\"preserve\">Al</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh></si><si><t>x_x000D_y _x0041_ _x00zz_</t></si>"
      "<si><t/></si>";
  made.sheets = {{"S",
                  R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="str"><f>CONCAT("a","1")</f><v>a1</v></c><c r="B2" t="s"><v>2</v></c></row>
<row><c><v>7</v></c><c t="s"><v>3</v></c></row>
<row r="9"><c r="A9" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="B9" t="s"><v>4</v></c></row>
<row r="10"><c r="A10" t="b"><v>1</v></c><c r="B10" t="b"><v>0</v></c></row>)",
                  "", ""}};
  const ImportResult result = import_book(names(), made.bytes()).value();
  CHECK(cell(result.network, "a1", "name") == "Del Al");
  CHECK(cell(result.network, "7", "name") == "x\ry A _x00zz_");
  CHECK(cell(result.network, "inline", "name").empty());
  CHECK(cell(result.network, "true", "name") == "false");
}

TEST_CASE("import: numbers mean what the format of their cell says", "[import][xlsx]") {
  CHECK(shown("44260", "dd/mm/yyyy") == "2021-03-05");
  CHECK(shown("44260.4375", "[$-409]d-mmm-yy h:mm AM/PM;@") == "2021-03-05T10:30:00");
  CHECK(shown("44260.4375", "yyyy\"-\"mm\"-\"dd") == "2021-03-05");
  CHECK(shown("44260.999999999", "yyyy-mm-dd h:mm") == "2021-03-06");
  CHECK(shown("0.4375", "h:mm") == "10:30:00");
  CHECK(shown("1.5", "[h]:mm") == "36:00:00");
  CHECK(shown("918", "00000") == "00918");
  CHECK(shown("123456", "00000") == "123456");
  CHECK(shown("12.5", "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)") == "12.5");
  CHECK(shown("5", "\"days\" 0") == "5");
  CHECK(shown("5", "General") == "5");
  CHECK(shown("0.12", "0.00%") == "0.12");
  // As typed, not as stored.
  CHECK(shown("7.7400000000000002", "General") == "7.74");
  CHECK(shown("2.3386996000000001E6", "General") == "2338699.6");
  CHECK(shown("1E+20", "General") == "100000000000000000000");
  CHECK(shown("123456789012345678", "0") == "123456789012345678");
  CHECK(shown("-0", "General") == "0");
  CHECK_FALSE(detail::shown_number("12x", {}, false).sound);
  CHECK(detail::builtin_format(14).kind == NumberFormat::Kind::date);
  CHECK(detail::builtin_format(22).kind == NumberFormat::Kind::date_time);
  CHECK(detail::builtin_format(46).kind == NumberFormat::Kind::elapsed);
  CHECK(detail::builtin_format(4).kind == NumberFormat::Kind::plain);
}

TEST_CASE("import: days are counted from 1900, with a day that never was, or from 1904",
          "[import][xlsx]") {
  CHECK(shown("1", "yyyy") == "1900-01-01");
  CHECK(shown("59", "yyyy") == "1900-02-28");
  CHECK(shown("61", "yyyy") == "1900-03-01");
  const auto phantom = detail::shown_number("60", detail::format_of("d/m/y"), false);
  CHECK_FALSE(phantom.sound);
  CHECK(phantom.text == "60 is no day: it stands for the 29th of February 1900, which never was");
  CHECK_FALSE(detail::shown_number("0", detail::format_of("d/m/y"), false).sound);
  CHECK_FALSE(detail::shown_number("-1", detail::format_of("d/m/y"), false).sound);
  CHECK_FALSE(detail::shown_number("2958466", detail::format_of("d/m/y"), false).sound);
  CHECK(shown("2958465", "d/m/y") == "9999-12-31");
  CHECK(shown("0", "d/m/y", true) == "1904-01-01");
  CHECK(shown("42798", "d/m/y", true) == "2021-03-05");

  Book made;
  made.from_1904 = true;
  made.formats =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
  made.sheets = {
      {"S",
       sheet_row(1, {"ID", "A"}) +
           R"(<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2" s="1"><v>42798</v></c></row>)",
       "", ""}};
  CHECK(cell(import_book(names(), made.bytes())->network, "x", "name") == "2021-03-05");
}

TEST_CASE("import: what a cell could not compute is not known, and counted", "[import][xlsx]") {
  const ImportResult result = import_rows(
      sheet_row(1, {"ID", "A", "B"}) +
      R"(<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>A2</f></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>y</t></is></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" t="str"><f>""</f><v></v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>z</t></is></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4"><f>1+1</f><v>2</v></c></row>)");
  CHECK(cell(result.network, "x", "name").empty());
  CHECK(cell(result.network, "x", "licence").empty());
  CHECK(cell(result.network, "y", "licence").empty());
  CHECK(cell(result.network, "z", "licence") == "2");
  const auto& cells = result.report.inputs[0].cells;
  CHECK(count_of(cells, "#N/A, read as not known") == 2);
  CHECK(count_of(cells, "#DIV/0!, read as not known") == 1);
  CHECK(count_of(cells, "a formula without a computed value, read as not known") == 1);
  CHECK(cells[0].examples[0].line == 2);
  CHECK(cells[0].examples[0].file.ends_with("book.xlsx!Sheet1"));
}

TEST_CASE("import: merged cells say the same in all of them", "[import][xlsx]") {
  const ImportResult result = import_rows(
      sheet_rows({{"ID", "A", "B"}, {"x", "Delta", "1"}, {"y", "", "2"}, {"z", "", "3"}}),
      R"(<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>)");
  CHECK(cell(result.network, "x", "name") == "Delta");
  CHECK(cell(result.network, "y", "name") == "Delta");
  CHECK(cell(result.network, "z", "name").empty());
  CHECK(result.report.inputs[0].merged_areas == 1);
  CHECK(count_of(result.report.inputs[0].cells, "filled from a merged area") == 1);
}

TEST_CASE("import: a header is found below titles, and may be stacked", "[import][xlsx]") {
  // As the H-2A debarment table has it: titles, an empty first column, headers in two rows.
  const Mapping map = mapping(R"(
table:
  columns: {id: Employer Information / Name, a: [Start date, Begin], b: {header: End date, required: false}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.a, licence: row.b}}}
)");
  Book made;
  made.sheets = {{"S",
                  sheet_row(2, {"", "H-2A Debarments"}) +
                      sheet_row(4, {"", "Employer Information", "", "Period", ""}) +
                      sheet_row(5, {"", " Name", "Duration", "Start date", "End date "}) +
                      sheet_row(6, {"", "Mata", "3 years", "2009", "2012"}) +
                      sheet_row(7, {"", "", "", "", ""}) +
                      sheet_row(8, {"", "Name", "Duration", "Start date", "End date"}) +
                      sheet_row(9, {"", "Bell", "1 year", "2010", "2011"}) +
                      sheet_row(10, {"", "Total", "", "=2"}),
                  R"(<mergeCells><mergeCell ref="B4:C4"/><mergeCell ref="D4:E4"/></mergeCells>)",
                  ""}};
  const ImportResult result = import_book(map, made.bytes()).value();
  CHECK(result.network.node_count() == 2);
  CHECK(cell(result.network, "Mata", "name") == "2009");
  CHECK(cell(result.network, "Bell", "licence") == "2011");
  CHECK(result.report.inputs[0].header_line == 5);
  CHECK(result.report.inputs[0].header_rows == 2);
  CHECK(count_of(result.report.skipped, "it stands above the header") == 1);
  CHECK(count_of(result.report.skipped, "all of it is empty") == 1);
  CHECK(count_of(result.report.skipped, "it is the header once more") == 1);
  CHECK(count_of(result.report.skipped, "it adds up other rows") == 1);
  CHECK(result.report.rows_in == 6);
  CHECK(result.report.rows_used == 2);
}

TEST_CASE("import: a second row of headers is taken if it adds columns", "[import][xlsx]") {
  const ImportResult result =
      import_rows(sheet_rows({{"ID", "Details", ""}, {"", "A", "B"}, {"x", "Delta", "1"}}),
                  R"(<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>)");
  CHECK(result.network.node_count() == 1);
  CHECK(cell(result.network, "x", "licence") == "1");
}

TEST_CASE("import: a firm may be called Total", "[import][xlsx]") {
  const ImportResult result =
      import_rows(sheet_rows({{"ID", "A", "B"}, {"Total", "Paris", "=1"}, {"Total", "", "=9"}}));
  CHECK(result.network.node_count() == 1);
  CHECK(cell(result.network, "Total", "name") == "Paris");
  CHECK(count_of(result.report.skipped, "it adds up other rows") == 1);
  Book made;
  made.sheets = {{"S", sheet_rows({{"ID", "A", "B"}, {"Total", "", "=9"}}), "", ""}};
  CHECK(import_book(names(", totals: read"), made.bytes())->network.node_count() == 1);
}

TEST_CASE("import: hidden rows are read and counted, or left out", "[import][xlsx]") {
  const std::string rows = sheet_row(1, {"ID", "A"}) + sheet_row(2, {"x", "1"}, "hidden=\"1\"") +
                           sheet_row(3, {"y", "2"});
  const ImportResult result = import_rows(rows);
  CHECK(result.network.node_count() == 2);
  CHECK(count_of(result.report.inputs[0].cells, "rows that are hidden in the workbook, and read") ==
        1);
  Book made;
  made.sheets = {{"S", rows, "", ""}};
  const ImportResult without = import_book(names(", hidden_rows: skip"), made.bytes()).value();
  CHECK(without.network.node_count() == 1);
  CHECK(count_of(without.report.skipped, "it is hidden") == 1);
}

TEST_CASE("import: a sheet is found by its name, by a pattern or by its columns",
          "[import][xlsx]") {
  const auto rows = [](const std::string& id) { return sheet_rows({{"ID", "A"}, {id, "1"}}); };
  Book made;
  made.sheets = {{"Notes", sheet_rows({{"about", "this"}}), "", ""},
                 {"Jan 2021", rows("jan"), "", ""},
                 {"Old", rows("old"), "", "hidden"}};
  const ImportResult found = import_book(names(), made.bytes()).value();
  CHECK(found.network.find("jan"));
  CHECK_FALSE(found.network.find("old"));
  CHECK(found.report.inputs[0].hidden_sheets == std::vector<std::string>{"Old"});
  CHECK(import_book(names(", sheet: OLD"), made.bytes())->network.find("old"));

  made.sheets.push_back({"Feb 2021", rows("feb"), "", ""});
  CHECK(book_messages(names(), made) ==
        "book.xlsx: error: the sheets 'Jan 2021', 'Feb 2021' have these columns "
        "[import-which-sheet]\n"
        "  help: say which are meant: sheet: NAME in the mapping, or sheet: \"*\" for all of "
        "them\n");
  CHECK(import_book(names(", sheet: \"* 2021\""), made.bytes())->network.node_count() == 2);
  CHECK(book_messages(names(", sheet: Jam 2021"), made) ==
        "book.xlsx: error: no sheet is called 'Jam 2021' [import-no-sheet]\n"
        "  help: did you mean 'Jan 2021'?\n");
}

TEST_CASE("import: a mistake in a workbook stands at its cell", "[import][xlsx]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID, a: A}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {workers: row.a}}}
)");
  Book made;
  made.sheets = {
      {"Q1 & Q2", sheet_row(3, {"", "ID", "A"}) + sheet_row(17, {"", "x", "many"}), "", ""}};
  CHECK(book_messages(map, made) ==
        "book.xlsx!Q1 & Q2!C17: error: Recruiter.workers: 'workers' takes a whole number, not "
        "'many' [import-value]\n"
        "  help: write a number such as 48, or 900..1400 if only its bounds are known\n");
  // Each cell is a place of its own; still not more are named than of one file.
  std::string rows = sheet_row(1, {"ID", "A"});
  for (std::uint32_t i = 2; i < 52; ++i) rows += sheet_row(i, {"x" + std::to_string(i), "many"});
  made.sheets = {{"S", rows, "", ""}};
  const std::string messages = book_messages(map, made);
  CHECK(messages.find("book.xlsx!S!B21") != std::string::npos);
  CHECK(messages.find("book.xlsx!S!B22") == std::string::npos);
  CHECK(messages.find("and 30 more mistakes in this workbook") != std::string::npos);
}

TEST_CASE("import: a workbook and a CSV table of one content give one network", "[import][xlsx]") {
  const std::vector<std::vector<std::string>> rows = {
      {"ID", "A", "B"}, {"x", "Zoë", "1,5"}, {"y", "a \"b\"", ""}, {"z", "", "L\n2"}};
  std::string csv;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string text = row[i];
      for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
      }
      csv += (i == 0 ? "\"" : ",\"") + text + "\"";
    }
    csv += "\n";
  }
  CHECK(yaml(import_rows(sheet_rows(rows))) == yaml(import_text(names(), csv)));
}

TEST_CASE("import: cells beside a table of a workbook are counted", "[import][xlsx]") {
  const ImportResult result =
      import_rows(sheet_rows({{"ID", "A"}, {"x", "1", "", "a note"}, {"y", "2"}}));
  CHECK(result.network.node_count() == 2);
  CHECK(count_of(result.report.padded, "cells to the right of the header, which are not read") ==
        1);
}

TEST_CASE("import: addresses of cells", "[import][xlsx]") {
  CHECK(detail::cell_address(0, 1) == "A1");
  CHECK(detail::cell_address(25, 9) == "Z9");
  CHECK(detail::cell_address(26, 10) == "AA10");
  CHECK(detail::cell_address(701, 10) == "ZZ10");
  CHECK(detail::cell_address(702, 10) == "AAA10");
  CHECK(detail::cell_address(16'383, 1'048'576) == "XFD1048576");
}
