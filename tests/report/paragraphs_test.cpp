// Text in lines of at most so many columns.

#include "eraudit/report/detail/paragraphs.hpp"

#include <random>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::detail::Paragraphs;
using eraudit::test::lines_of;

namespace {

std::string hanging(std::size_t width, std::string_view lead, std::string_view text) {
  Paragraphs out(width);
  out.hanging(lead, text);
  return std::move(out).text();
}

std::string words(std::size_t count, const std::string& word) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : " ") + word;
  return text;
}

}  // namespace

TEST_CASE("report: long lines go on under their first word", "[report][paragraphs]") {
  CHECK(hanging(60, "  x ", "paid to be recruited: 100000 to 150000 NPR, may be more; in months") ==
        "  x paid to be recruited: 100000 to 150000 NPR, may be more;\n"
        "    in months\n");
  CHECK(hanging(80, "Remedy  ", "Repay.") == "Remedy  Repay.\n");
  // Just as long as the line, and one more.
  CHECK(hanging(60, "", words(20, "ab") + " c") == words(20, "ab") + "\nc\n");
  CHECK(hanging(60, "", words(19, "ab") + " abc") == words(19, "ab") + " abc\n");
}

TEST_CASE("report: no line begins with a stop or a sign that belongs to a number",
          "[report][paragraphs]") {
  CHECK(hanging(60, "", words(20, "ab") + " ; c") == words(19, "ab") + "\nab ; c\n");
  CHECK(hanging(60, "", words(19, "ab") + " 6,5 % de") == words(19, "ab") + "\n6,5 % de\n");
  CHECK(hanging(60, "", words(19, "ab") + " « c » de") == words(19, "ab") + "\n« c » de\n");
  // Conditions are no prose: what begins with such a sign is a word.
  CHECK(hanging(60, "", words(19, "ab") + " && !c") == words(19, "ab") + " &&\n!c\n");
  const std::string name(60, 'n');
  CHECK(hanging(60, "", name + " ;") == name + "\n;\n");
}

TEST_CASE("report: columns are counted as a terminal shows them", "[report][paragraphs]") {
  // Two octets for one column: as many words on a line as without the accent.
  CHECK(hanging(60, "", words(25, "été")) == words(15, "été") + "\n" + words(10, "été") + "\n");
  // Three octets for two columns.
  CHECK(hanging(60, "", words(25, "労働")) ==
        words(12, "労働") + "\n" + words(12, "労働") + "\n労働\n");
  // A combining accent takes none.
  CHECK(hanging(60, "", words(16, "e\xCC\x81te\xCC\x81")) ==
        words(15, "e\xCC\x81te\xCC\x81") + "\ne\xCC\x81te\xCC\x81\n");
  // The lead, too, is as wide as it looks.
  CHECK(hanging(60, "Réseau  ", words(30, "ab")) ==
        "Réseau  " + words(17, "ab") + "\n        " + words(13, "ab") + "\n");
}

TEST_CASE("report: a word that is longer than its line is not cut", "[report][paragraphs]") {
  const std::string path(70, 'p');
  CHECK(hanging(60, "    ", "at " + path + " there") == "    at\n" + path + "\n    there\n");
  // One that fits without its indentation begins further left.
  const std::string name(58, 'n');
  CHECK(hanging(60, "    ", "at " + name + " there") == "    at\n  " + name + "\n    there\n");
  CHECK(hanging(60, "    ", name) == "  " + name + "\n");
  // A lead that says something stays on its line.
  CHECK(hanging(60, "Basis  ", name) == "Basis\n  " + name + "\n");
}

TEST_CASE("report: blanks are kept inside of a line and dropped at its ends",
          "[report][paragraphs]") {
  CHECK(hanging(60, "  ", "a  ->  b") == "  a  ->  b\n");
  CHECK(hanging(60, "  ", "  a b  ") == "  a b\n");
  CHECK(hanging(60, "  ", words(19, "ab") + "   and more") ==
        "  " + words(19, "ab") + "\n  and more\n");
  CHECK(hanging(60, "Inputs  ", "") == "Inputs\n");
  CHECK(hanging(60, "    ", "").empty());
  CHECK(hanging(60, "    ", "   ").empty());
  Paragraphs out(60);
  out.line("a  ");
  CHECK(std::move(out).text() == "a\n");
}

TEST_CASE("report: lines have at least 60 columns", "[report][paragraphs]") {
  CHECK(hanging(10, "", words(25, "ab")) == words(20, "ab") + "\n" + words(5, "ab") + "\n");
}

TEST_CASE("report: blank lines stand between paragraphs, one at a time", "[report][paragraphs]") {
  Paragraphs out(60);
  out.blank();
  out.line("a");
  out.blank();
  out.blank();
  out.line("b");
  CHECK(std::move(out).text() == "a\n\nb\n");
}

TEST_CASE("report: any text keeps its words and fits its lines", "[report][paragraphs][property]") {
  std::mt19937 random(20260630);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const std::vector<std::string> signs = {"a", "é", "労", "-", "e\xCC\x81", "."};
  for (int round = 0; round < 2000; ++round) {
    const std::size_t width = 60 + below(61);
    const std::string lead(below(50), ' ');
    std::vector<std::string> given;
    std::string text;
    for (std::size_t count = below(40); count > 0; --count) {
      std::string word;
      for (std::size_t length = 1 + below(below(10) == 0 ? 140 : 12); length > 0; --length) {
        word += signs[below(signs.size())];
      }
      text += word + std::string(1 + below(3), ' ');
      given.push_back(std::move(word));
    }
    INFO("width " << width << ", lead " << lead.size() << ": " << text);
    const std::string out = hanging(width, lead, text);
    CHECK(test::untidy_lines(out, width).empty());
    std::vector<std::string> kept;
    std::string word;
    for (const char c : out + " ") {
      if (c != ' ' && c != '\n') {
        word += c;
      } else if (!word.empty()) {
        kept.push_back(std::move(word));
        word.clear();
      }
    }
    CHECK(kept == given);
    // Only a word that no line could hold may be wider than the line.
    for (const std::string& line : lines_of(out)) {
      if (display_width(line) > width) {
        CHECK(line.find(' ') == std::string::npos);
      }
    }
  }
}
