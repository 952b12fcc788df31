#include "eraudit/core/source.hpp"

#include "tests/support/catch.hpp"

using eraudit::Position;
using eraudit::Source;

TEST_CASE("core: lines and columns count from 1, columns in code points", "[core][source]") {
  const Source source("a.yaml", "id: é\nnaïve 日本\n\nend");
  CHECK(source.position(0) == Position{1, 1, 0});
  CHECK(source.position(4) == Position{1, 5, 4});  // é
  CHECK(source.position(6) == Position{1, 6, 6});  // the line feed after it
  CHECK(source.position(7) == Position{2, 1, 7});
  CHECK(source.position(14) == Position{2, 7, 14});  // 日
  CHECK(source.position(17) == Position{2, 8, 17});  // 本
  CHECK(source.position(21) == Position{3, 1, 21});
  CHECK(source.position(22) == Position{4, 1, 22});
  CHECK(source.position(25) == Position{4, 4, 25});
  CHECK(source.position(99) == Position{4, 4, 25});  // beyond the end is the end
}

TEST_CASE("core: columns of a long line are counted from where counting left off",
          "[core][source]") {
  std::string text = "\xEF\xBB\xBF";
  for (int i = 0; i < 10'000; ++i) text += i % 3 == 0 ? "\u00e9" : (i % 7 == 0 ? "\u65e5" : "a");
  text += "\n" + text.substr(3);
  const Source source("long.json", text);
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  for (std::uint32_t byte = 3; byte < text.size(); ++byte) {
    if ((static_cast<unsigned char>(text[byte]) & 0xC0u) == 0x80u) continue;
    const Position found = source.position(byte);
    if (found != Position{line, column, byte}) REQUIRE(found == Position{line, column, byte});
    ++column;
    if (text[byte] == '\n') {
      ++line;
      column = 1;
    }
  }
  CHECK(line == 2);
}

TEST_CASE("core: a line ends with LF, CRLF or CR", "[core][source]") {
  const Source source("a.csv", "a\r\nbc\rd\n\re");
  CHECK(source.line(1) == "a");
  CHECK(source.line(2) == "bc");
  CHECK(source.line(3) == "d");
  CHECK(source.line(4).empty());
  CHECK(source.line(5) == "e");
  CHECK(source.line(6).empty());
  CHECK(source.line(0).empty());
  CHECK(source.position(3) == Position{2, 1, 3});
  CHECK(source.position(6) == Position{3, 1, 6});
  CHECK(source.position(9) == Position{5, 1, 9});
}

TEST_CASE("core: an empty text has one empty line", "[core][source]") {
  const Source source("empty", "");
  CHECK(source.position(0) == Position{1, 1, 0});
  CHECK(source.line(1).empty());
  CHECK(source.line(1).data() != nullptr);
}

TEST_CASE("core: a byte order mark is no column", "[core][source]") {
  const Source source("bom",
                      "\xEF\xBB\xBF"
                      "ab\nc");
  CHECK(source.line(1) == "ab");
  CHECK(source.position(0) == Position{1, 1, 0});
  CHECK(source.position(3) == Position{1, 1, 3});
  CHECK(source.position(4) == Position{1, 2, 4});
  CHECK(source.position(6) == Position{2, 1, 6});
}

TEST_CASE("core: every byte has the place that counting by hand gives it", "[core][source]") {
  const std::string text = "a\r\n\r\r\n\n\xC3\xA9x\r\xE6\x97\xA5\n";
  const Source source("x", text);
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    // The middle of a character has the column after it: code points that began before.
    if ((byte & 0xC0u) != 0x80u) {
      INFO("byte " << at);
      CHECK(source.position(at) == Position{line, column, at});
      ++column;
    }
    if (byte == '\n' || (byte == '\r' && text[at + 1] != '\n')) {
      ++line;
      column = 1;
    }
  }
}
