#include <random>
#include <string>

#include "eraudit/expression/syntax.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/print_expression.hpp"

namespace {

using namespace eraudit;

std::string parsed(const std::string& text) {
  const auto tree = parse_expression(ExpressionText::of(text));
  if (!tree) return to_text(tree.diagnostics());
  return test::print_expression(*tree).value_or("not sayable");
}

TEST_CASE("expression: operators bind as CEL says", "[expression][parser]") {
  CHECK(parsed("a + b * c - d") == "((a + (b * c)) - d)");
  CHECK(parsed("a - b - c") == "((a - b) - c)");
  CHECK(parsed("a * b / c % d") == "(((a * b) / c) % d)");
  CHECK(parsed("a + b == c - d") == "((a + b) == (c - d))");
  CHECK(parsed("a < b == c") == "((a < b) == c)");
  CHECK(parsed("a in b && c") == "((a in b) && c)");
  CHECK(parsed("a || b && c || d") == "(a || (b && c) || d)");
  CHECK(parsed("a && b && c && d") == "(a && b && c && d)");
  CHECK(parsed("(a && b) && c") == "((a && b) && c)");
  CHECK(parsed("a ? b : c ? d : e") == "(a ? b : (c ? d : e))");
  CHECK(parsed("a || b ? c || d : e") == "((a || b) ? (c || d) : e)");
  CHECK(parsed("!a.b && !!c") == "((!a.b) && (!(!c)))");
  CHECK(parsed("-a.b + -(c)") == "((-a.b) + (-c))");
  CHECK(parsed("!a == b") == "((!a) == b)");
}

TEST_CASE("expression: the minus of a number belongs to the number", "[expression][parser]") {
  CHECK(parsed("-1") == "-1");
  CHECK(parsed("- 1") == "-1");
  CHECK(parsed("-9223372036854775808") == "-9223372036854775808");
  CHECK(parsed("-(9223372036854775807)") == "(-(9223372036854775807))");
  CHECK(parsed("a -1") == "(a - 1)");
  CHECK(parsed("a - -1") == "(a - -1)");
  CHECK(parsed("--1") == "(--1)");
  CHECK(parsed("-1.5e3") == "-1500.0");
  CHECK(parsed("-5u") == "(-5u)");
  CHECK(parsed("-0x10") == "-16");
  CHECK(parsed("-0.0") == "-0.0");
}

TEST_CASE("expression: numbers are read as CEL writes them", "[expression][parser]") {
  CHECK(parsed("0") == "0");
  CHECK(parsed("007") == "7");
  CHECK(parsed("0xfF") == "255");
  CHECK(parsed("0XFFu") == "255u");
  CHECK(parsed("18446744073709551615u") == "18446744073709551615u");
  CHECK(parsed("9223372036854775807") == "9223372036854775807");
  CHECK(parsed(".5") == "0.5");
  CHECK(parsed("1.5") == "1.5");
  CHECK(parsed("1e3") == "1000.0");
  CHECK(parsed("1E-3") == "0.001");
  CHECK(parsed("6.02e+23") == "6.02e+23");
  CHECK(parsed("1e-400") == "0.0");
}

TEST_CASE("expression: texts and bytes are read with all their escapes", "[expression][parser]") {
  CHECK(parsed("'a'") == "'a'");
  CHECK(parsed("\"it's\"") == "'it\\'s'");
  CHECK(parsed(R"('\\ \? \" \' \`')") == R"('\\ ? " \' `')");
  CHECK(parsed(R"('\a\b\f\n\r\t\v')") == R"('\x07\x08\x0c\n\x0d\x09\x0b')");
  CHECK(parsed(R"('\x41\X42\103é\U0001F62C')") == "'ABC\u00E9\U0001F62C'");
  CHECK(parsed(R"('\xe9\351')") == "'\u00E9\u00E9'");
  CHECK(parsed(R"(r'\d+\'')") != R"('\\d+\\')");
  CHECK(parsed(R"(r'\d+\n')") == R"('\\d+\\n')");
  CHECK(parsed(R"(R"""a"b""")") == R"('a"b')");
  CHECK(parsed("'''it's\n''x'''") == "'it\\'s\\n\\'\\'x'");
  CHECK(parsed("\"\"\"a\r\nb\"\"\"") == R"('a\x0d\nb')");
  CHECK(parsed(R"(b'\xff\101é')") == R"(b'\xff\x41\xc3\xa9')");
  CHECK(parsed(R"(br'\x')") == R"(b'\x5c\x78')");
  CHECK(parsed(R"(Rb"\x")") == R"(b'\x5c\x78')");
  CHECK(parsed("''") == "''");
  CHECK(parsed("''''''") == "''");
  CHECK(parsed("b''") == "b''");
  CHECK(parsed("'\u0928\u0947'") == "'\u0928\u0947'");
}

TEST_CASE("expression: members, calls, lists, maps and messages are read", "[expression][parser]") {
  CHECK(parsed("a.b.c[0].d(1, 'x').e") == "a.b.c[0].d(1, 'x').e");
  CHECK(parsed(".a.b") == ".a.b");
  CHECK(parsed(".f(1)") == ".f(1)");
  CHECK(parsed("f()") == "f()");
  CHECK(parsed("a.`content-type`.`x y`") == "a.`content-type`.`x y`");
  CHECK(parsed("a.for") == "a.for");
  CHECK(parsed("a.as().package") == "a.as().package");
  CHECK(parsed("[]") == "[]");
  CHECK(parsed("[1, 2,]") == "[1, 2]");
  CHECK(parsed("{}") == "{}");
  CHECK(parsed("{'a': 1, 2: [3],}") == "{'a': 1, 2: [3]}");
  CHECK(parsed("a.B{c: 1, `d-e`: 2,}") == "a.B{c: 1, `d-e`: 2}");
  CHECK(parsed(".a.B{}") == ".a.B{}");
  CHECK(parsed("a.?b[?c]") == "a.?b[?c]");
  CHECK(parsed("[?a, b]") == "[?a, b]");
  CHECK(parsed("{?'k': v}") == "{?'k': v}");
  CHECK(parsed("{true: 1}[true]") == "{true: 1}[true]");
  CHECK(parsed("1.f()") == "(1).f()");
  CHECK(parsed("'a'.size()") == "'a'.size()");
  CHECK(parsed("(a).b") == "a.b");
}

TEST_CASE("expression: blanks and comments stand anywhere", "[expression][parser]") {
  CHECK(parsed("  a\t&&\n\r\f b  ") == "(a && b)");
  CHECK(parsed("a // first\n && // and\n b // last") == "(a && b)");
  CHECK(parsed("a //\r\n+ b") == "(a + b)");
}

TEST_CASE("expression: spans cover what was written, parentheses of the inside included",
          "[expression][parser]") {
  const std::string text = "(a || b) && c.d[0].e(f) == -1";
  const auto tree = parse_expression(ExpressionText::of(text));
  REQUIRE(tree);
  const auto written = [&](Span span) { return text.substr(span.offset, span.length); };
  const SyntaxNode& whole = tree->nodes[tree->root];
  CHECK(written(whole.span) == text);
  CHECK(written(whole.at) == "&&");
  CHECK(written(tree->child(whole, 0).span) == "a || b");
  const SyntaxNode& comparison = tree->child(whole, 1);
  CHECK(written(comparison.span) == "c.d[0].e(f) == -1");
  CHECK(written(comparison.at) == "==");
  const SyntaxNode& call = tree->child(comparison, 0);
  CHECK(written(call.span) == "c.d[0].e(f)");
  CHECK(written(call.at) == "e");
  const SyntaxNode& index = tree->child(call, 0);
  CHECK(written(index.span) == "c.d[0]");
  CHECK(written(tree->child(index, 0).at) == "d");
  CHECK(written(tree->child(comparison, 1).span) == "-1");
}

TEST_CASE("expression: a tree printed and read again is the same tree", "[expression][parser]") {
  std::mt19937 random(20240301);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const auto make = [&](const auto& self, int depth) -> std::string {
    static constexpr const char* leaves[] = {"a",    ".b",   "1",    "-7", "2u", "1.5",    "'x'",
                                             "b'y'", "true", "null", "[]", "{}", "r'\\d'", "-0x1F"};
    if (depth == 0) return leaves[below(14)];
    const auto inner = [&] { return self(self, depth - 1); };
    static constexpr const char* signs[] = {
        "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "in", "&&", "||"};
    switch (below(9)) {
      case 0:
        return inner() + " " + signs[below(14)] + " " + inner();
      case 1:
        return "(" + inner() + ")";
      case 2:
        return "!(" + inner() + ")";
      case 3:
        return "(" + inner() + ").f(" + inner() + ")";
      case 4:
        return "(" + inner() + ")[" + inner() + "]";
      case 5:
        return "[" + inner() + ", " + inner() + ",]";
      case 6:
        return "{" + inner() + ": " + inner() + "}";
      case 7:
        return "(" + inner() + " ? " + inner() + " : " + inner() + ")";
      default:
        return "g(" + inner() + ").h";
    }
  };
  for (int i = 0; i < 2'000; ++i) {
    const std::string text = make(make, 1 + static_cast<int>(below(5)));
    const std::string once = parsed(text);
    INFO(text);
    CHECK(parsed(once) == once);
  }
}

TEST_CASE("expression: cut anywhere, a text is read or refused, never more",
          "[expression][parser]") {
  const std::string text =
      "c.fees.filter(f, f.borne_by in ['worker', \"shared\"]).map(f, f.amount).sum() > money('0 "
      "USD') && "
      "!has(c.x) || {1: 2.5e3}[r'\\d'] != b'\\xff' // \u00E9\n ? a.?b : -0x1Fu";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto tree = parse_expression(ExpressionText::of(text.substr(0, length)));
    if (!tree) CHECK(tree.diagnostics().errors() == 1);
  }
  std::mt19937 random(7);
  static constexpr std::string_view junk = "()[]{}.,:?!&|=<>+-*/%'\"`\\ \nabr01ux_\xC3\xA9\x01";
  for (int i = 0; i < 20'000; ++i) {
    std::string broken = text;
    for (auto edits = 1 + random() % 3; edits != 0; --edits) {
      broken[random() % broken.size()] = junk[random() % junk.size()];
    }
    const auto tree = parse_expression(ExpressionText::of(broken));
    if (!tree) CHECK(tree.diagnostics().errors() == 1);
  }
}

TEST_CASE("expression: what CEL asks to be accepted at least is accepted", "[expression][parser]") {
  std::string sum = "1";
  std::string relations = "true";
  std::string members = "a";
  std::string conditionals;
  std::string conjunction = "a";
  for (int i = 0; i < 100; ++i) {
    sum += " + 1";
    relations += " == true";
    members += ".b[0]";
    conditionals += "a ? b : ";
  }
  for (int i = 0; i < 10'000; ++i) conjunction += " && a";
  for (const std::string& text :
       {sum, relations, members, conditionals + "c", conjunction,
        std::string(200, '(') + "a" + std::string(200, ')'),
        std::string(200, '[') + std::string(200, ']'), std::string(200, '!') + "a"}) {
    CHECK(parse_expression(ExpressionText::of(text)));
  }
}

}  // namespace
