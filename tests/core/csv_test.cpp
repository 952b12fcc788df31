#include "eraudit/core/csv.hpp"

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

using Row = std::vector<std::string>;

struct Result {
  std::vector<Row> rows;
  std::vector<std::uint32_t> lines;
  Diagnostics diagnostics;
  std::size_t passed = 0;
};

Result read(const std::string& text, const CsvOptions& options = {}) {
  Result result;
  const Source source("x.csv", text);
  result.passed = read_csv(
      source, options,
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        Row row;
        for (const CsvField& field : fields) row.emplace_back(field.text);
        result.rows.push_back(std::move(row));
        result.lines.push_back(line);
        return true;
      },
      result.diagnostics);
  CHECK(result.passed == result.rows.size());
  return result;
}

using Rows = std::vector<Row>;
using Lines = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("core: CSV rows come with their fields and lines", "[core][csv]") {
  const Result result = read("id,name\n1,Ram\n\n2,\"Sita, \"\"the\nsecond\"\"\"\n3,x\n");
  CHECK(result.rows ==
        Rows{{"id", "name"}, {"1", "Ram"}, {"2", "Sita, \"the\nsecond\""}, {"3", "x"}});
  CHECK(result.lines == Lines{1, 2, 4, 6});
  CHECK(result.diagnostics.empty());
}

TEST_CASE("core: CSV rows end with LF, CRLF, CR or the file", "[core][csv]") {
  CHECK(read("a,b\r\nc,d\re,f\ng,h").rows == Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g", "h"}});
  CHECK(read("a,b\r\nc,d\re,f\ng,h").lines == Lines{1, 2, 3, 4});
  CHECK(read("\"a\r\nb\rc\nd\",x\r\ny").rows == Rows{{"a\r\nb\rc\nd", "x"}, {"y"}});
  CHECK(read("\"a\r\nb\rc\nd\",x\r\ny").lines == Lines{1, 5});
}

TEST_CASE("core: empty fields, empty rows and empty files differ", "[core][csv]") {
  CHECK(read("").rows.empty());
  CHECK(read("\n\r\n\r").rows.empty());
  CHECK(read("\xEF\xBB\xBF").rows.empty());
  CHECK(read(",").rows == Rows{{"", ""}});
  CHECK(read("a,\n,b\n").rows == Rows{{"a", ""}, {"", "b"}});
  CHECK(read("\"\"\n").rows == Rows{{""}});
  CHECK(read(" \n").rows == Rows{{" "}});
  CHECK(read("a,b,c\nd\n").rows ==
        Rows{{"a", "b", "c"}, {"d"}});  // ragged rows are the caller's affair
}

TEST_CASE("core: a quote in the middle of a field belongs to its text", "[core][csv]") {
  CHECK(read("a\"b,5\"\n").rows == Rows{{"a\"b", "5\""}});
}

TEST_CASE("core: CSV fields know where they stand and how they were written", "[core][csv]") {
  const std::string text =
      "\xEF\xBB\xBF"
      "é,\"a\"\"b\",\"\",\r\n x,\"y\"\n";
  const Source source("x.csv", text);
  Diagnostics diagnostics;
  std::string seen;
  read_csv(
      source, {},
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        for (const CsvField& field : fields) {
          seen += std::to_string(line) + ":" +
                  std::to_string(source.position(field.offset).column) + " " +
                  text.substr(field.offset, field.length) + (field.quoted ? " quoted|" : "|");
        }
        return true;
      },
      diagnostics);
  CHECK(seen == "1:1 é|1:3 \"a\"\"b\" quoted|1:10 \"\" quoted|1:13 |2:1  x|2:4 \"y\" quoted|");
}

TEST_CASE("core: other delimiters than the comma", "[core][csv]") {
  CsvOptions options;
  options.delimiter = ';';
  CHECK(read("a;b,c\n\"x;y\";z\n", options).rows == Rows{{"a", "b,c"}, {"x;y", "z"}});
  options.delimiter = '\t';
  CHECK(read("a\tb\n", options).rows == Rows{{"a", "b"}});
  for (const char bad : {'"', '\n', '\r', '\0'}) {
    options.delimiter = bad;
    CHECK_THROWS_AS(read("a", options), Error);
  }
}

TEST_CASE("core: reading CSV stops when the caller has enough", "[core][csv]") {
  Diagnostics diagnostics;
  int rows = 0;
  const Source source("x", "a\nb\nc\n\"unclosed");
  CHECK(read_csv(
            source, {}, [&](std::uint32_t, std::span<const CsvField>) { return ++rows < 2; },
            diagnostics) == 2);
  CHECK(rows == 2);
  CHECK(diagnostics.empty());
}

TEST_CASE("core: a bad CSV row is left out and the others are read", "[core][csv]") {
  const Result quote = read("a\n\"b\"c,d\n\"e\nf\"g\nh\n");
  CHECK(quote.rows == Rows{{"a"}, {"h"}});
  CHECK(quote.lines == Lines{1, 5});
  CHECK(quote.diagnostics.errors() == 2);
  const Result byte = read("a\nb\xFF,\xFE\nc\nd\xC3\ne\n");
  CHECK(byte.rows == Rows{{"a"}, {"c"}, {"e"}});
  CHECK(byte.diagnostics.errors() == 2);
  const Result nul = read(std::string("a\nb\0\nc\n\0d\0\ne\n", 13));
  CHECK(nul.rows == Rows{{"a"}, {"c"}, {"e"}});
  CHECK(nul.diagnostics.errors() == 2);
  CHECK(read("a\n\"b").rows == Rows{{"a"}});
}

TEST_CASE("core: any table survives being written as CSV and read", "[core][csv]") {
  std::mt19937 random(11);
  const std::string alphabet = "ab,;\"\n\r é日\t'x";
  const auto pick = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
  };
  for (int round = 0; round < 1'500; ++round) {
    Rows rows;
    std::string text;
    const std::string ends[] = {"\n", "\r\n", "\r"};
    const std::string& end = ends[pick(2)];
    for (std::size_t row = 0, count = pick(4); row < count; ++row) {
      Row fields;
      for (std::size_t field = 0, most = pick(4); field <= most; ++field) {
        std::string value;
        for (std::size_t length = pick(30); length > 0; --length)
          value += alphabet[pick(alphabet.size() - 1)];
        // Whole characters only: cut what is half.
        std::string valid;
        for (const char byte : value) {
          if (static_cast<unsigned char>(byte) < 0x80) valid += byte;
        }
        const bool must_quote = valid.find_first_of(",\"\n\r") != valid.npos;
        if (field != 0) text += ',';
        if (must_quote || pick(1) == 0 || (valid.empty() && most == 0)) {
          text += '"';
          for (const char byte : valid) text += byte == '"' ? "\"\"" : std::string(1, byte);
          text += '"';
        } else {
          text += valid;
        }
        fields.push_back(valid);
      }
      rows.push_back(fields);
      text += end;
    }
    const Result result = read(text);
    if (result.rows != rows || result.diagnostics.has_errors()) FAIL_CHECK(text);
  }
}

TEST_CASE("core: no bytes make the CSV reader fail or lose count", "[core][csv]") {
  std::mt19937 random(13);
  const std::string alphabet("a,\"\n\r\0\xC3\xA9\xFF ", 11);
  for (int round = 0; round < 10'000; ++round) {
    std::string text;
    for (std::size_t length = random() % 40; length > 0; --length)
      text += alphabet[random() % alphabet.size()];
    const Source source("x", text);
    Diagnostics diagnostics;
    std::uint32_t before = 0;
    read_csv(
        source, {},
        [&](std::uint32_t line, std::span<const CsvField> fields) {
          bool good = line > before && !fields.empty();
          before = line;
          good = good && source.position(fields[0].offset).line == line;
          std::uint32_t end = 0;
          for (const CsvField& field : fields) {
            good = good && field.offset >= end && field.offset + field.length <= text.size();
            end = field.offset + field.length;
          }
          if (!good) FAIL_CHECK(text);
          return true;
        },
        diagnostics);
  }
}

TEST_CASE("core: where a CSV row begins in its file changes nothing in it", "[core][csv]") {
  // Bytes are looked at in blocks: every row is read at every distance from the front of one.
  std::mt19937 random(17);
  const std::string alphabet("aaaaaaaaaaaaaaaaé,,,\"\"\n\r\xFF ");
  const auto seen = [](const std::string& text, std::uint32_t skipped) {
    const Source source("x", text);
    Diagnostics diagnostics;
    std::string out;
    read_csv(
        source, {},
        [&](std::uint32_t line, std::span<const CsvField> fields) {
          out += std::to_string(line - skipped) + ":";
          for (const CsvField& field : fields) {
            out += std::to_string(field.offset - skipped) + "+" + std::to_string(field.length) +
                   (field.quoted ? "q" : "") + "[" + std::string(field.text) + "]";
          }
          out += "|";
          return true;
        },
        diagnostics);
    for (const Diagnostic& problem : diagnostics.items()) {
      out += problem.id + std::to_string(problem.position.byte - skipped) + "+" +
             std::to_string(problem.position.line - skipped) + problem.message;
    }
    return out;
  };
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t length = random() % 300; length > 0; --length)
      text += alphabet[random() % alphabet.size()];
    const std::string expected = seen(text, 0);
    for (std::uint32_t skipped = 1; skipped < 70; skipped += 3) {
      if (seen(std::string(skipped, '\n') + text, skipped) != expected) FAIL_CHECK(text);
    }
  }
}

TEST_CASE("core: CSV rows of many columns", "[core][csv]") {
  std::string text;
  Row row;
  for (int i = 0; i < 200; ++i) {
    row.push_back(i % 50 == 49 ? "q,\"" + std::to_string(i) : std::to_string(i));
    text += (i == 0 ? "" : ",");
    text += i % 50 == 49 ? "\"q,\"\"" + std::to_string(i) + "\"" : row.back();
  }
  CHECK(read(text + "\n" + text + "\r\nx\n").rows == Rows{row, row, {"x"}});
}

TEST_CASE("core: the CSV spectrum reads as its JSON says", "[core][csv]") {
  const std::string shared = test::shared_data_or_skip("CSV spectrum");
  if (shared.empty()) return;
  const std::filesystem::path folder = std::filesystem::path(shared) / "data/real/csv-spectrum";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "csvs")) {
    INFO(entry.path());
    const Result result = read(std::string(read_file(entry.path().string(), 1 << 20)->text()));
    CHECK(result.diagnostics.empty());
    const auto expected = read_document((folder / "json" / entry.path().stem()).string() + ".json");
    REQUIRE(expected);
    const DocumentNode rows = (*expected)->root();
    REQUIRE(result.rows.size() == rows.size() + 1);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      REQUIRE(result.rows[row + 1].size() == rows.at(row).size());
      for (std::size_t column = 0; column < result.rows[0].size(); ++column) {
        const auto cell = rows.at(row).find(result.rows[0][column]);
        REQUIRE(cell);
        // The JSON has its lines end in LF where the CSV has CRLF inside of quotes.
        std::string text = result.rows[row + 1][column];
        std::erase(text, '\r');
        std::string wanted(cell->text());
        std::erase(wanted, '\r');
        CHECK(text == wanted);
      }
    }
    ++files;
  }
  CHECK(files == 11);
}
