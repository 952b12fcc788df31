#include "eraudit/core/diagnostic.hpp"

#include <sstream>

#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

std::string rendered(std::string text, Span span, std::string help = "") {
  Diagnostics diagnostics;
  diagnostics.error(Source("a.yaml", std::move(text)), span, "test-id", "it is wrong",
                    std::move(help));
  return to_text(diagnostics);
}

Diagnostic plain(std::string file, DiagnosticLevel level = DiagnosticLevel::error) {
  Diagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.message = "m";
  diagnostic.file = std::move(file);
  return diagnostic;
}

}  // namespace

TEST_CASE("core: a diagnostic shows its line, a caret and what to write", "[core][diagnostic]") {
  std::string text(13, '\n');
  text += "fail_if: f.amount > \"none\"\n";
  Diagnostics diagnostics;
  diagnostics.error(Source("rules/packs/core/worker-paid.yaml", text), {22, 17}, "rule-type",
                    "'f.amount' is money, but is compared with text",
                    "to ask whether anything was charged, write `f.amount > 0`");
  CHECK(
      to_text(diagnostics) ==
      R"(rules/packs/core/worker-paid.yaml:14:10: error: 'f.amount' is money, but is compared with text [rule-type]
   14 | fail_if: f.amount > "none"
      |          ^~~~~~~~~~~~~~~~~
  help: to ask whether anything was charged, write `f.amount > 0`
)");
}

TEST_CASE("core: a span of several lines is underlined to the end of its first",
          "[core][diagnostic]") {
  CHECK(rendered("a: [1,\n 2]\n", {3, 7}) ==
        "a.yaml:1:4: error: it is wrong [test-id]\n    1 | a: [1,\n      |    ^~~\n");
}

TEST_CASE("core: a place without width, at the end of a line or of the file has a caret",
          "[core][diagnostic]") {
  CHECK(rendered("a: b\nc", {4, 0}) ==
        "a.yaml:1:5: error: it is wrong [test-id]\n    1 | a: b\n      |     ^\n");
  CHECK(rendered("a: b\nc", {6, 5}) ==
        "a.yaml:2:2: error: it is wrong [test-id]\n    2 | c\n      |  ^\n");
  CHECK(rendered("a: b\nc", {99, 5}) ==
        "a.yaml:2:2: error: it is wrong [test-id]\n    2 | c\n      |  ^\n");
  CHECK(rendered("a\n\nb", {2, 1}) ==
        "a.yaml:2:1: error: it is wrong [test-id]\n");  // nothing to show
}

TEST_CASE("core: the caret stands under wide and combining characters", "[core][diagnostic]") {
  CHECK(rendered("日本: x\n", {8, 1}) ==
        "a.yaml:1:5: error: it is wrong [test-id]\n    1 | 日本: x\n      |       ^\n");
  CHECK(rendered("日本: x\n", {3, 3}) ==
        "a.yaml:1:2: error: it is wrong [test-id]\n    1 | 日本: x\n      |   ^~\n");
  CHECK(rendered("e\u0301: x\n", {5, 1}) ==
        "a.yaml:1:5: error: it is wrong [test-id]\n    1 | e\u0301: x\n      |    ^\n");
}

TEST_CASE("core: tabs are shown as blanks and the caret stays in place", "[core][diagnostic]") {
  CHECK(rendered("\ta\tb\n", {3, 1}) ==
        "a.yaml:1:4: error: it is wrong [test-id]\n    1 |         a       b\n      |              "
        "   ^\n");
}

TEST_CASE("core: a line cannot command the terminal", "[core][diagnostic]") {
  CHECK(rendered("\x1B[2J: \u202E"
                 "x y\n",
                 {10, 1}) ==
        "a.yaml:1:9: error: it is wrong [test-id]\n    1 | \\u{1B}[2J: \\u{202E}x y\n      |       "
        "              ^\n");
  Diagnostic diagnostic = plain("a\nb\x1B.yaml");
  diagnostic.message = "the key '\x1B[31m' is here again";
  diagnostic.help = "first line\nsecond \x07 line";
  CHECK(to_text(diagnostic) ==
        "a\\u{A}b\\u{1B}.yaml: error: the key '\\u{1B}[31m' is here again\n"
        "  help: first line\n        second \\u{7} line\n");
}

TEST_CASE("core: of a long line the part around the place is shown", "[core][diagnostic]") {
  const std::string line = std::string(500, 'x') + "OOPS" + std::string(500, 'y');
  CHECK(rendered(line, {500, 4}) == "a.yaml:1:501: error: it is wrong [test-id]\n    1 | ..." +
                                        std::string(60, 'x') + "OOPS" + std::string(96, 'y') +
                                        "...\n      | " + std::string(63, ' ') + "^~~~\n");
  // A cut never splits a character.
  std::string wide;
  for (int count = 0; count < 200; ++count) wide += "é";
  const std::string shown = rendered(wide, {201, 1});
  CHECK(shown.find("\\x{") == std::string::npos);
  Diagnostics diagnostics;
  diagnostics.error(Source("a", line), {500, 4}, "i", "m");
  CHECK(diagnostics.items()[0].line.size() < 200);
  CHECK(diagnostics.items()[0].line_start == 441);
}

TEST_CASE("core: line numbers of any length keep the bar in one column", "[core][diagnostic]") {
  CHECK(rendered(std::string(1'234'566, '\n') + "abc", {1'234'567, 1}) ==
        "a.yaml:1234567:2: error: it is wrong [test-id]\n1234567 | abc\n        |  ^\n");
}

TEST_CASE("core: a diagnostic about a file as a whole has no place", "[core][diagnostic]") {
  Diagnostics diagnostics;
  diagnostics.error("network/", "network-empty", "there is no file in this folder",
                    "put one there");
  diagnostics.warning(Source("b", "x"), {0, 1}, "w", "perhaps");
  CHECK(to_text(diagnostics) ==
        "network/: error: there is no file in this folder [network-empty]\n  help: put one there\n"
        "b:1:1: warning: perhaps [w]\n    1 | x\n      | ^\n");
  std::ostringstream out;
  out << diagnostics;
  CHECK(out.str() == to_text(diagnostics));
}

TEST_CASE("core: twenty messages of a file are kept, a thousand in all, and the rest is counted",
          "[core][diagnostic]") {
  Diagnostics diagnostics;
  for (int count = 0; count < 21; ++count) diagnostics.add(plain("a"));
  diagnostics.add(plain("b"));
  CHECK(diagnostics.items().size() == 21);
  CHECK(diagnostics.dropped() == 1);
  CHECK(diagnostics.errors() == 22);
  CHECK(to_text(diagnostics).ends_with("b: error: m\n... and 1 more\n"));

  Diagnostics few(2, 3);
  for (const char* file : {"a", "a", "a", "b", "b"}) few.add(plain(file));
  CHECK(few.items().size() == 3);
  CHECK(few.dropped() == 2);
}

TEST_CASE("core: warnings are no errors, and a dropped error still is one", "[core][diagnostic]") {
  Diagnostics diagnostics(1, 10);
  CHECK(diagnostics.empty());
  diagnostics.add(plain("a", DiagnosticLevel::warning));
  CHECK_FALSE(diagnostics.has_errors());
  CHECK_FALSE(diagnostics.empty());
  diagnostics.add(plain("a"));
  CHECK(diagnostics.items().size() == 1);
  CHECK(diagnostics.has_errors());
}

TEST_CASE("core: appended diagnostics keep their counts", "[core][diagnostic]") {
  Diagnostics part(1, 10);
  part.add(plain("a", DiagnosticLevel::warning));
  part.add(plain("a"));
  part.add(plain("b"));
  Diagnostics all;
  all.append(part);
  CHECK(all.items() == part.items());
  CHECK(all.errors() == 2);
  CHECK(all.dropped() == 1);
}

TEST_CASE("core: messages of a file can be put in the order of their places",
          "[core][diagnostic]") {
  Diagnostics diagnostics;
  const auto add = [&](const char* file, std::uint32_t byte, const char* message) {
    Diagnostic diagnostic = plain(file);
    diagnostic.position = {1, byte + 1, byte};
    diagnostic.message = message;
    diagnostics.add(diagnostic);
  };
  add("b", 5, "b5");
  add("a", 9, "a9");
  add("b", 1, "b1");
  add("a", 9, "a9 too");
  add("a", 2, "a2");
  diagnostics.sort_by_place();
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.items()) order += diagnostic.message + ", ";
  CHECK(order == "b1, b5, a2, a9, a9 too, ");
}

TEST_CASE("core: a checked value without a value throws the text of its reasons",
          "[core][diagnostic]") {
  Diagnostics diagnostics;
  diagnostics.error("a.yaml", "x", "no");
  const Checked<int> nothing(diagnostics);
  CHECK_FALSE(nothing);
  try {
    (void)*nothing;
    FAIL("not thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_content);
    CHECK(std::string(error.what()) == "a.yaml: error: no [x]\n");
  }
  CHECK(*Checked<int>(3) == 3);
}
