#include <string>

#include "eraudit/expression/syntax.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;

struct Malformed {
  std::string text;
  std::string expected;  ///< `line:column+width message | help`
};

std::string refused(const ExpressionText& text) {
  const auto tree = parse_expression(text);
  if (tree) return "accepted";
  CHECK(tree.diagnostics().items().size() == 1);
  const Diagnostic& one = tree.diagnostics().items()[0];
  std::string out = std::to_string(one.position.line) + ":" + std::to_string(one.position.column) +
                    "+" + std::to_string(one.width) + " " + one.message;
  if (!one.help.empty()) out += " | " + one.help;
  return out;
}

const Malformed malformed[] = {
    // Operators of other languages.
    {"a = 1", "1:3+1 '=' is no operator of CEL | to compare, write `==`"},
    {"a === b", "1:3+3 '===' is no operator of CEL | to compare, write `==`"},
    {"a !== b", "1:3+3 '!==' is no operator of CEL | to compare, write `!=`"},
    {"a <> b", "1:3+2 '<>' is no operator of CEL | to ask whether two values differ, write `!=`"},
    {"a =< b", "1:3+2 '=<' is no operator of CEL | write `<=`"},
    {"a => b", "1:3+2 '=>' is no operator of CEL | write `>=`"},
    {"a =~ b",
     "1:3+2 '=~' is no operator of CEL | to match a pattern, write `text.matches(r'...')`"},
    {"a := b",
     "1:3+2 ':=' is no operator of CEL | names are given under `let:`; to compare, write `==`"},
    {"a & b", "1:3+1 '&' is no operator of CEL | write `&&`"},
    {"a | b", "1:3+1 '|' is no operator of CEL | write `||`"},
    {"a and b", "1:3+3 'and' is no operator of CEL | write `&&`"},
    {"a OR b", "1:3+2 'OR' is no operator of CEL | write `||`"},
    {"not a", "1:1+3 'not' is no operator of CEL | write `!`"},
    {"not (a)", "1:1+3 'not' is no operator of CEL | write `!`"},
    {"(a and b)", "1:4+3 'and' is no operator of CEL | write `&&`"},
    {"a is null", "1:3+2 'is' is no operator of CEL | to compare, write `==`"},
    {"a not in b",
     "1:3+3 'not' is no operator of CEL | write `!(x in list)` for \"not in\", `!=` for \"is "
     "not\""},
    {"a !in b", "1:3+1 expected an operator, found '!' | write `!(x in list)` for \"not in\""},
    {"a ** b", "1:3+2 '**' is no operator of CEL | CEL has no powers: write `x * x`"},
    {"a ^ b",
     "1:3+1 the character '^' does not belong here | CEL has no such operator; a power is written "
     "`x * x`"},
    {"a ?? b", "1:3+2 '?\?' is no operator of CEL | write `has(x) ? x : other`"},
    {"a -> b",
     "1:3+2 '->' is no operator of CEL | arrows belong in `match:`; fields are read with `.`"},
    {"a like 'x%'",
     "1:3+4 'like' is no operator of CEL | to match a pattern, write `text.matches(r'pattern')`"},
    {"a contains 'x'",
     "1:3+8 'contains' is no operator of CEL | methods are called: `text.contains('part')`; for "
     "lists write `item in "
     "list`"},
    {"a between 1 and 2", "1:3+7 'between' is no operator of CEL | write `low <= x && x <= high`"},
    {"if a then b else c",
     "1:1+2 'if' is a reserved word of CEL | write `condition ? value : other`"},
    {"a if b else c", "1:3+2 'if' is no operator of CEL | write `condition ? value : other`"},
    {"for x in y",
     "1:1+3 'for' is a reserved word of CEL | there are no loops: write `list.exists(x, "
     "condition)`, "
     "`list.all(...)`, `list.filter(...)` or `list.map(...)`"},
    {"let x = 1",
     "1:1+3 'let' is a reserved word of CEL | names are given under `let:` of the rule, or as "
     "`cel.bind(name, value, "
     "expression)`"},
    {"function(a)",
     "1:1+8 'function' is a reserved word of CEL | functions cannot be defined in an expression"},
    {"a + package", "1:5+7 'package' is a reserved word of CEL"},
    // Brackets: the one that was opened is what is at fault.
    {"x in [1, 2", "1:6+1 this '[' is not closed | add ']'"},
    {"f(a, b", "1:2+1 this '(' is not closed | add ')'"},
    {"(a && b", "1:1+1 this '(' is not closed | add ')'"},
    {"a.exists(f,", "1:9+1 this '(' is not closed | add ')'"},
    {"{'a': 1", "1:1+1 this '{' is not closed | add '}'"},
    {"a[0", "1:2+1 this '[' is not closed | add ']'"},
    {"a.b{", "1:4+1 this '{' is not closed | add '}'"},
    {"a &&\n  (b ||\n   c", "2:3+1 this '(' is not closed | add ')'"},
    {"(a && b]", "1:8+1 expected ')', found ']' | the innermost open bracket is '('"},
    {"f(a]", "1:4+1 expected ',' or ')', found ']' | the innermost open bracket is '('"},
    {"[a, (b])", "1:7+1 expected ')', found ']' | the innermost open bracket is '('"},
    {"a)", "1:2+1 this ')' closes nothing"},
    {"a]", "1:2+1 this ']' closes nothing"},
    {"a}", "1:2+1 this '}' closes nothing"},
    {"()", "1:2+1 expected a value, found ')'"},
    {"a[]", "1:3+1 expected a value, found ']'"},
    {"a in (1, 2)", "1:8+1 expected ')', found ',' | a list is written in square brackets: [a, b]"},
    // Lists, maps, calls.
    {"[1 2]", "1:4+1 expected an operator or ',' or ']', found '2' | items are separated by ','"},
    {"f(a b)", "1:5+1 expected an operator or ',' or ')', found 'b' | items are separated by ','"},
    {"[,]", "1:2+1 expected a value, found ','"},
    {"f(,a)", "1:3+1 expected a value, found ','"},
    {"f(a,)", "1:4+1 nothing follows ',' | a call has no comma before ')'"},
    {"{'a' 1}",
     "1:6+1 expected ':' and a value, found '1' | a map is written {key: value}, a list [a, b]"},
    {"{'a', 1}",
     "1:5+1 expected ':' and a value, found ',' | a map is written {key: value}, a list [a, b]"},
    {"{'a': }", "1:5+1 nothing follows ':'"},
    {"a[1:2]",
     "1:4+1 expected ']', found ':' | a part of a list is written `list.slice(from, to)`, "
     "conditions on elements `list.filter(x, condition)`"},
    {"a, b",
     "1:2+1 expected an operator, found ',' | a list is written in square brackets: [a, b]"},
    // Something is missing.
    {"", "1:1+1 there is no expression"},
    {"  // only a comment", "1:1+19 there is no expression"},
    {"a ==", "1:3+2 nothing follows '=='"},
    {"a &&", "1:3+2 nothing follows '&&'"},
    {"(a && )", "1:4+2 nothing follows '&&'"},
    {"&& a", "1:1+2 expected a value, found '&&'"},
    {"a && || b", "1:6+2 expected a value, found '||'"},
    {"a ? b", "1:3+1 this '?' has no ':' | write `condition ? value : other`"},
    {"(a ? b)", "1:4+1 this '?' has no ':' | write `condition ? value : other`"},
    {"a ? : b", "1:5+1 expected a value, found ':' | write `condition ? value : other`"},
    {"a ? b :", "1:7+1 nothing follows ':'"},
    {"a : b",
     "1:3+1 expected an operator, found ':' | `:` belongs to `condition ? value : other` and to "
     "maps"},
    {"a b", "1:3+1 expected an operator, found 'b' | conditions are joined with `&&` or `||`"},
    {"a 'b'",
     "1:3+3 expected an operator, found the text 'b' | conditions are joined with `&&` or `||`"},
    {"+1", "1:1+1 expected a value, found '+' | there is no leading plus"},
    {"a.", "1:2+1 nothing follows '.'"},
    {"a.'b'",
     "1:3+3 expected the name of a field, found the text 'b' | write `x['name']` or x.`name`"},
    {"a.1",
     "1:2+2 '.1' is no field: names begin with a letter | the elements of a list are numbered: "
     "`list[0]`"},
    {"a.*",
     "1:3+1 expected the name of a field, found '*' | over all elements of a list: `list.map(x, "
     "x.name)`"},
    {"a.true", "1:3+4 'true' cannot be the name of a field | write `x['true']`"},
    {"a.in", "1:3+2 'in' cannot be the name of a field | write `x['in']`"},
    {"in a", "1:1+2 expected a value, found 'in' | write `item in list`"},
    {".1a", "1:1+3 '.1a' is no number | names begin with a letter, and text stands in quotes"},
    // Text.
    {"'worker",
     "1:1+1 this text is not closed | text that begins with ' ends with ' on the same line; long "
     "text goes "
     "between '''"},
    {"a == \"worker'",
     "1:6+1 this text is not closed | text that begins with \" ends with \" on the same line; long "
     "text goes between \"\"\""},
    {"'a\nb'",
     "1:1+1 this text is not closed | text that begins with ' ends with ' on the same line; long "
     "text goes "
     "between '''"},
    {"r'''a''", "1:1+4 this text is not closed | text that begins with ''' ends with '''"},
    {"'abc\\",
     "1:1+1 this text is not closed | a backslash is written \\\\, or the text as r'...'"},
    {"'it's'",
     "1:5+1 expected an operator, found 's' | an apostrophe inside text is written \\', or the "
     "text in "
     "double quotes"},
    {"'\\d+'",
     "1:2+2 '\\d' is no escape of CEL | patterns are best written raw: r'\\d+'; a backslash itself "
     "is \\\\"},
    {"'\\x4'", "1:2+3 '\\x4' is no complete escape | 2 hexadecimal digits belong there"},
    {"'\\18'", "1:2+2 '\\1' is no complete escape | 3 octal digits belong there"},
    {"'\\400'",
     "1:2+2 '\\4' is no escape of CEL | patterns are best written raw: r'\\d+'; a backslash itself "
     "is \\\\"},
    {"'\\u12'", "1:2+4 '\\u12' is no complete escape | 4 hexadecimal digits belong there"},
    {"'\\ud800'",
     "1:2+6 '\\ud800' is no character | surrogates are no characters: write the character itself, "
     "or \\U "
     "with eight digits"},
    {"'\\U00110000'", "1:2+10 '\\U00110000' is no character | the last one is \\U0010FFFF"},
    {"b'\\u0041'", "1:3+2 '\\u' cannot stand in bytes | write the octets: \\xC3\\xBF"},
    {"'\xC3\xA9\xC3\xA9' \\",
     "1:6+1 the character '\\' does not belong here | backslashes stand inside quotes only"},
    // Characters that look like others.
    {"\xE2\x80\x98worker\xE2\x80\x99",
     "1:1+1 the character '\xE2\x80\x98' does not belong here | these are typographic quotes: "
     "write '...'"},
    {"a == \xE2\x80\x9Cx\xE2\x80\x9D",
     "1:6+1 the character '\xE2\x80\x9C' does not belong here | these are typographic quotes: "
     "write \"...\""},
    {"a \xE2\x89\xA5 1", "1:3+1 the character '\xE2\x89\xA5' does not belong here | write `>=`"},
    {"a \xE2\x80\x93 b",
     "1:3+1 the character '\xE2\x80\x93' does not belong here | this is a dash: write `-`"},
    {"a\xC2\xA0&& b",
     "1:2+1 the character '\xC2\xA0' does not belong here | this is a no-break space: write an "
     "ordinary one"},
    {"na\xC3\xAFve",
     "1:3+1 the character '\xC3\xAF' does not belong here | names are written with a-z, A-Z, 0-9 "
     "and _; "
     "other characters stand in quotes"},
    {"\xE2\x82\xAC"
     "5",
     "1:1+1 the character '\xE2\x82\xAC' does not belong here | money is written `money('12.50 "
     "EUR')`"},
    {"a # comment", "1:3+1 the character '#' does not belong here | comments begin with `//`"},
    {"a; b",
     "1:2+1 the character ';' does not belong here | an expression has no end mark; conditions are "
     "joined with `&&` or "
     "`||`"},
    // Numbers.
    {"9223372036854775808",
     "1:1+19 this number is too large for an int of 64 bits | with a decimal point it is a double"},
    {"-9223372036854775809",
     "1:1+20 this number is too large for an int of 64 bits | with a decimal point it is a double"},
    {"99999999999999999999",
     "1:1+20 this number is too large for 64 bits | with a decimal point it is a double: "
     "99999999999999999999.0"},
    {"18446744073709551616u", "1:1+21 this number is too large for 64 bits"},
    {"0x10000000000000000", "1:1+19 this number is too large for 64 bits"},
    {"1e999", "1:1+5 this number is too large for a double"},
    {"0x", "1:1+2 '0x' is no number | hexadecimal digits follow `0x`: 0x1F"},
    {"0x1g", "1:1+4 '0x1g' is no number | names begin with a letter, and text stands in quotes"},
    {"1_000_000", "1:1+9 '1_000_000' is no number | write the digits without separators: 1000000"},
    {"1500 MYR", "1:6+3 expected an operator, found 'MYR' | write `money('1500 MYR')`"},
    {"1500MYR", "1:1+7 '1500MYR' is no number | write `money('1500 MYR')`"},
    {"90 days", "1:4+4 expected an operator, found 'days' | write `days(90)`"},
    {"90d", "1:1+3 '90d' is no number | write `days(90)`"},
    {"48h", "1:1+3 '48h' is no number | write `duration('48h')`"},
    {"1..3",
     "1:1+4 '1..3' is no number | CEL has no ranges: write `low <= x && x <= high`; how often an "
     "edge repeats is "
     "written -[...]-{1,3} in `match:`"},
    {"*1..3",
     "1:1+1 expected a value, found '*' | how often an edge repeats is written -[...]-{1,3} in "
     "`match:`"},
    // Backticks.
    {"`a`",
     "1:1+3 expected a value, found '`a`' | backticks quote names of fields, after '.'; text "
     "stands in '...' or "
     "\"...\""},
    {"a.`b", "1:3+1 this name is not closed | a name in backticks ends with '`'"},
    {"a.``", "1:3+2 a name in backticks is empty"},
    {"a.`b+c`",
     "1:5+1 a name in backticks cannot have this character | letters, digits, `_ . - /` and blanks "
     "can stand "
     "there; any key can be read as x['...']"},
    {"a.b{'c': 1}",
     "1:5+3 expected the name of a field, found the text 'c' | write `x['name']` or x.`name`"},
    {"\xFF", "1:1+1 this is not valid UTF-8"},
};

TEST_CASE("expression: a malformed text is refused at its place, with what to write instead",
          "[expression][parser][malformed]") {
  static_assert(std::size(malformed) >= 60);
  for (const Malformed& one : malformed) {
    INFO(one.text);
    CHECK(refused(ExpressionText::of(one.text)) == one.expected);
  }
}

TEST_CASE("expression: nesting and length have limits", "[expression][parser][malformed]") {
  const auto repeated = [](std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  };
  const auto id = [](const std::string& text) {
    const auto tree = parse_expression(ExpressionText::of(text));
    return tree ? std::string("accepted") : tree.diagnostics().items()[0].id;
  };
  CHECK(id(repeated("(", 249) + "a" + repeated(")", 249)) == "accepted");
  CHECK(id(repeated("(", 251) + "a" + repeated(")", 251)) == "cel-limit");
  // What does not nest in the text nests in the tree.
  CHECK(id("1" + repeated(" + 1", 249)) == "accepted");
  CHECK(id("1" + repeated(" + 1", 250)) == "cel-limit");
  CHECK(id("a" + repeated(".b", 249)) == "accepted");
  CHECK(id("a" + repeated(".b", 250)) == "cel-limit");
  for (const std::string_view deep :
       {"(", "[", "{a:", "f(", "a[", "!", "- ", "a ? b : ", "a.f(", "x{a:"}) {
    INFO(deep);
    CHECK(id(repeated(deep, 20'000 / deep.size())) == "cel-limit");
  }
  CHECK(refused(ExpressionText::of(repeated("!", 251) + "a")) ==
        "1:250+1 this is nested deeper than 250 levels | split it up with `let:`");
  // Code points are counted, not bytes.
  CHECK(id("'" + repeated("\xC3\xA9", 99'998) + "'") == "accepted");
  CHECK(refused(ExpressionText::of("'" + repeated("\xC3\xA9", 99'999) + "'")) ==
        "1:1+1 this expression is longer than 100000 characters");
  CHECK(id("a" + repeated(" && a", 19'999)) == "accepted");
}

TEST_CASE("expression: a text cut off by a YAML comment is explained",
          "[expression][parser][malformed]") {
  const std::string file = "when: c.x == (1 + # of people\n";
  ExpressionText text;
  text.text = "c.x == (1 +";
  text.source = std::make_shared<const Source>("rule.yaml", file);
  for (std::uint32_t i = 0; i <= text.text.size(); ++i) text.offsets.push_back(6 + i);
  CHECK(refused(text) ==
        "1:17+1 nothing follows '+' | YAML reads ' #' as the begin of a comment: write the "
        "expression as a block "
        "(`|`)");
  text.text = "c.x == (1";
  CHECK(refused(text) == "1:14+1 this '(' is not closed | add ')'");
}

}  // namespace
