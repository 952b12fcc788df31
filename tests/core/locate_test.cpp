// Every byte of a scalar's text is found where it was written.

#include <random>
#include <string>

#include "eraudit/core/document.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

DocumentPtr yaml(const std::string& text) {
  auto document = read_yaml(std::make_shared<const Source>("x.yaml", text));
  INFO(text << to_text(document.diagnostics()));
  REQUIRE(document);
  return *document;
}

/// The places of all bytes of the text, and its end, from the beginning of the scalar.
std::string places(DocumentNode node) {
  std::string out;
  for (std::size_t at = 0; at <= node.text().size(); ++at) {
    out += std::to_string(node.locate(at) - node.span().offset) + " ";
  }
  return out;
}

/// Whether `written`, at `place`, says `byte` by an escape or a line break.
bool is_made(const std::string& text, std::uint32_t place, char byte) {
  const char there = text.at(place);
  if (there == '\\') return true;
  return (there == '\n' || there == '\r') && (byte == ' ' || byte == '\n');
}

/// Checks all texts in `node`: places grow, and each byte is what stands there or was made there.
void check(const std::string& text, DocumentNode node) {
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (node.is_map()) check(text, node.key(index));
    check(text, node.at(index));
  }
  const std::string_view found = node.text();
  std::uint32_t before = node.span().offset;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const std::uint32_t place = node.locate(at);
    const bool inside = place >= before && place < node.span().offset + node.span().length;
    if (!inside || (text[place] != found[at] && !is_made(text, place, found[at]))) {
      FAIL_CHECK("byte " << at << " of '" << found << "' at " << place << " in:\n" << text);
      return;
    }
    before = place;
  }
  const std::vector<std::uint32_t> places = node.places();
  bool same = places.size() == found.size() + 1;
  for (std::size_t at = 0; same && at < places.size(); ++at) same = places[at] == node.locate(at);
  if (!same && node.is_scalar()) FAIL_CHECK("all places at once are others in:\n" << text);
  const std::uint32_t end = node.locate(found.size());
  if (end < before || end > node.span().offset + node.span().length) FAIL_CHECK(text);
}

}  // namespace

TEST_CASE("core: places in plain and quoted scalars of one line", "[core][locate]") {
  const DocumentPtr document = yaml("plain: a b\nsingle: 'it''s'\ndouble: \"a\\tb\\u00e9c\"\n");
  CHECK(places(document->root().at(0)) == "0 1 2 3 ");
  CHECK(places(document->root().at(1)) == "1 2 3 5 6 ");
  CHECK(places(document->root().at(2)) ==
        "1 2 4 5 5 11 12 ");  // é is two bytes, both from its escape
  CHECK(document->root().at(0).locate(99) == document->root().at(0).locate(3));
}

TEST_CASE("core: places in scalars that fold", "[core][locate]") {
  const DocumentPtr document = yaml(
      "plain: a \n   b\n\n   c\nsingle: 'a\n   b''c\n\n\n   d '\ndouble: \" a\\\n   b\n   \\ "
      "c\"\n");
  const DocumentNode root = document->root();
  CHECK(root.at(0).text() == "a b\nc");
  CHECK(places(root.at(0)) == "0 2 6 8 12 13 ");
  CHECK(root.at(1).text() == "a b'c\n\nd ");
  CHECK(places(root.at(1)) == "1 2 6 7 9 11 12 16 17 18 ");
  CHECK(root.at(2).text() == " ab  c");
  CHECK(places(root.at(2)) == "1 2 8 9 13 15 16 ");
}

TEST_CASE("core: places in blocks", "[core][locate]") {
  const DocumentPtr document = yaml(
      "when: |\n  c.x > 1\n    && y\n\n  end\nfold: >-\n\n  a\n  b\n\n  c\n   d\n  e\nstated: "
      "|2+\n    a\n  b\n\nlist:\n- |\n z\n- - >1\n    f\n   g\n");
  const DocumentNode root = document->root();
  CHECK(root.at(0).text() == "c.x > 1\n  && y\n\nend\n");
  CHECK(places(root.at(0)) == "4 5 6 7 8 9 10 11 14 15 16 17 18 19 20 21 24 25 26 27 27 ");
  CHECK(root.at(1).text() == "\na b\nc\n d\ne");
  CHECK(places(root.at(1)) == "3 6 7 10 12 15 16 19 20 21 24 25 ");
  CHECK(root.at(2).text() == "  a\nb\n\n");
  CHECK(places(root.at(2)) == "6 7 8 9 12 13 14 14 ");
  CHECK(root.at(3).at(0).text() == "z\n");
  CHECK(places(root.at(3).at(0)) == "3 4 4 ");
  CHECK(root.at(3).at(1).at(0).text() == " f\ng\n");
  CHECK(places(root.at(3).at(1).at(0)) == "6 7 8 12 13 13 ");
}

TEST_CASE("core: places in lines of Windows", "[core][locate]") {
  const DocumentPtr document =
      yaml("a: |\r\n  x\r\n  y\r\nb: p\r\n  q\r\n\r\n  r\r\nc: \"s\\\r\n  t\"\r\n");
  CHECK(document->root().at(0).text() == "x\ny\n");
  CHECK(places(document->root().at(0)) == "5 6 10 11 11 ");
  CHECK(document->root().at(1).text() == "p q\nr");
  CHECK(places(document->root().at(1)) == "0 1 5 8 12 13 ");
  CHECK(places(document->root().at(2)) == "1 7 8 ");
}

TEST_CASE("core: places in JSON texts", "[core][locate]") {
  const auto document =
      read_json(std::make_shared<const Source>("x", R"(["ab", "a\nb\ud83d\ude42c\/"])"));
  REQUIRE(document);
  CHECK(places((*document)->root().at(0)) == "1 2 3 ");
  CHECK(places((*document)->root().at(1)) == "1 2 4 5 5 5 5 17 18 20 ");
}

TEST_CASE("core: every byte of any scalar is found where it was written", "[core][locate]") {
  std::mt19937 random(23);
  const auto pick = [&](std::size_t count) { return random() % count; };
  const std::string words[] = {"a",    "bc",    "c.x > 1", "&& d", "é", "日本", "x: y", "# z",
                               "it's", "\"q\"", "\\",      "-",    "[", "  ",   "e\tf"};
  int texts = 0;
  for (int round = 0; round < 3'000; ++round) {
    const std::string line_end = pick(4) == 0 ? "\r\n" : "\n";
    const std::string indentation(1 + pick(4), ' ');
    std::string text = "first: 1" + line_end;
    std::string parent;
    if (pick(3) == 0) {
      text += "outer:" + line_end;
      parent = "  ";
    }
    text += parent + "key: ";
    const auto line = [&](bool block) {
      std::string out;
      for (std::size_t count = 1 + pick(3); count > 0; --count) {
        std::string word = words[pick(std::size(words))];
        if (!block && (word.find_first_of("#:\\\"'-[") != word.npos || word == "  ")) word = "w";
        out += word + (count > 1 ? " " : "");
      }
      return out;
    };
    const auto breaks = [&] {
      std::string out = line_end;
      while (pick(4) == 0) out += line_end;
      return out;
    };
    const std::size_t lines = 1 + pick(4);
    switch (pick(5)) {
      case 0:  // plain
        for (std::size_t count = 0; count < lines; ++count) {
          text += (count == 0 ? "p " : parent + indentation + "c ") + line(false) +
                  (count + 1 < lines ? breaks() : line_end);
        }
        break;
      case 1:
        text += '\'';
        for (std::size_t count = 0; count < lines; ++count) {
          text += (count == 0 ? "" : parent + indentation) + (pick(3) == 0 ? "''" : "") +
                  line(false) + (count + 1 < lines ? breaks() : "");
        }
        text += "'" + line_end;
        break;
      case 2:
        text += '"';
        for (std::size_t count = 0; count < lines; ++count) {
          const std::string escapes[] = {"",     "\\t",  "\\u00e9",     "\\x41",
                                         "\\\"", "\\\\", "\\U0001F642", "\\ "};
          text += (count == 0 ? "" : parent + indentation) + escapes[pick(8)] + line(false) +
                  escapes[pick(8)] +
                  (count + 1 < lines ? (pick(3) == 0 ? "\\" + line_end : breaks()) : "");
        }
        text += "\"" + line_end;
        break;
      default: {
        const bool stated = pick(3) == 0;
        const char* const chomping[] = {"", "-", "+"};
        text += pick(2) == 0 ? "|" : ">";
        if (stated) text += std::to_string(indentation.size());
        text += chomping[pick(3)] + std::string(pick(3) == 0 ? "  # remark" : "") + line_end;
        if (pick(4) == 0) text += line_end;
        for (std::size_t count = 0; count < lines; ++count) {
          // Without a digit the first line sets the indentation, so it may not begin with blanks.
          const std::string more(count == 0 && !stated ? 0 : pick(3), ' ');
          std::string content = line(true);
          while (count == 0 && !stated && (content[0] == ' ')) content.erase(0, 1);
          text += parent + indentation + more + (content.empty() ? "x" : content) + breaks();
        }
      }
    }
    text += "last: 2" + line_end;
    const auto document = read_yaml(std::make_shared<const Source>("x.yaml", text));
    if (!document) {
      // Blanks at odd places are not read alike by both parsers; all else must be.
      if (document.diagnostics().items()[0].id != "yaml-ambiguous")
        FAIL_CHECK(text << to_text(document.diagnostics()));
      continue;
    }
    ++texts;
    check(text, (*document)->root());
  }
  CHECK(texts > 2'700);
}
