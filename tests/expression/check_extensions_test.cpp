// What the checker says about wrong calls of the extensions: position, text, and what to write.

#include <string>

#include "tests/expression/schema_support.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

/// The type if it checks without a word; else `column+width id: message | help` of each message.
std::string checked(const std::string& text) {
  const auto program = compile(ExpressionText::of(text), small_environment());
  std::string out;
  for (const Diagnostic& diagnostic : program.diagnostics().items()) {
    if (!out.empty()) out += "\n";
    out +=
        std::to_string(diagnostic.position.column) + "+" + std::to_string(diagnostic.width) + " ";
    out += diagnostic.id + ": " + diagnostic.message;
    if (!diagnostic.help.empty()) out += " | " + diagnostic.help;
  }
  if (out.empty()) out = (*program)->type().text(small_schema().get());
  return out;
}

struct Mistake {
  std::string text;
  std::string expected;
};

TEST_CASE("extensions: the checker finds the types of their results", "[expression][check]") {
  CHECK(checked("s.charAt(0) + s.substring(1) + s.trim().lowerAscii()") == "string");
  CHECK(checked("s.split(',')") == "list(string)");
  CHECK(checked("s.split(',').join('-').size()") == "int");
  CHECK(checked("'%d of %s'.format([n, s])") == "string");
  CHECK(checked("math.greatest(n, 2)") == "int");
  CHECK(checked("math.greatest(n, 2.0)") == "dyn");
  CHECK(checked("math.least(d, 2.0, 3.5)") == "double");
  CHECK(checked("math.least([n, 2])") == "int");
  CHECK(checked("math.ceil(d) + math.abs(d)") == "double");
  CHECK(checked("math.abs(paid)") == "money");
  CHECK(checked("c.fees.map(e, e.amount).sort()") == "list(money)");
  CHECK(checked("c.fees.sortBy(e, e.on)") == "list(edge(charged))");
  CHECK(checked("c.fees.sortBy(e, e.on).first()") == "optional_type(edge(charged))");
  CHECK(checked("[[1], [2]].flatten()") == "list(int)");
  CHECK(checked("[1, 2].slice(0, 1).reverse()") == "list(int)");
  CHECK(checked("lists.range(n)") == "list(int)");
  CHECK(checked("sets.intersects(c.sectors, ['farm'])") == "bool");
  CHECK(checked("base64.decode(base64.encode(b'x'))") == "bytes");
  CHECK(checked("m.?k") == "optional_type(int)");
  CHECK(checked("m.?k.orValue(0)") == "int");
  CHECK(checked("m[?s].optMap(x, string(x))") == "optional_type(string)");
  CHECK(checked("m.?k.optFlatMap(x, optional.of(d))") == "optional_type(double)");
  CHECK(checked("r.?licence") == "optional_type(string)");
  CHECK(checked("r.?licence_until.orValue(as_of) < as_of") == "bool");
  CHECK(checked("row.?Fee.or(optional.none()).orValue(0.0)") == "double");
  CHECK(checked("any.?x.y[0]") == "optional_type(dyn)");
  CHECK(checked("[?m.?k, 2]") == "list(int)");
  CHECK(checked("{'a': 1, ?'b': m.?k}") == "map(string, int)");
  CHECK(checked("optional.of(1) == optional.none()") == "bool");
}

const Mistake mistakes[] = {
    // Texts.
    {"lowerAscii(s)", "1+10 cel-type: 'lowerAscii' is a method | write `s.lowerAscii()`"},
    {"s.lower() == 'x'",
     "3+5 cel-unknown-function: there is no method 'lower' | write `text.lowerAscii()`, or "
     "`plain_name(text)` to compare names"},
    {"s.charAt('a')",
     "3+6 cel-type: 'charAt' of text does not take (string) | there is "
     "`string.charAt(int) -> string`"},
    {"n.substring(1)",
     "3+9 cel-type: 'n' is int, which has no method 'substring' | there is "
     "`string.substring(int) -> string`, `string.substring(int, int) -> string`"},
    {"[1, 2].join(',')",
     "8+4 cel-type: 'join' of a list of int does not take (string) | there is "
     "`list(string).join() -> string`, `list(string).join(string) -> string`"},
    {"s.quote()",
     "3+5 cel-unknown-function: there is no method 'quote' | write `strings.quote(s)`"},
    {"s.replace('a')",
     "3+7 cel-type: 'replace' of text does not take (string) | there is "
     "`string.replace(string, string) -> string`, "
     "`string.replace(string, string, int) -> string`"},
    // Formats, each clause at its place.
    {"'%d of %q'.format([n, n])",
     "8+2 cel-literal: '%q' is no clause of a format | there are %s, %d, %f, %e, %b, %o, %x, %X; "
     "a percent sign is `%%`"},
    {"'%s%'.format([s])",
     "4+1 cel-literal: this '%' has no letter after it | a percent sign is written `%%`"},
    {"'%.3d'.format([n])",
     "2+4 cel-literal: '%.3d': only %f and %e take digits | write `%d`, or `%.2f`"},
    {"'%s of %s'.format([s])", "19+3 cel-type: the format asks for 2 values, here are 1"},
    {"'%s and %d'.format([s, s])",
     "24+1 cel-type: '%d' writes a whole number; this is text | `%s` writes anything"},
    {"'%d'.format(['x'])",
     "14+3 cel-type: '%d' writes a whole number; this is text | `%s` writes anything"},
    {"'%d'.format(n)",
     "6+6 cel-type: 'format' of text does not take (int) | there is "
     "`string.format(list(dyn)) -> string`"},
    // Mathematics.
    {"math.cel(d)",
     "6+3 cel-unknown-function: there is no function 'math.cel' | did you mean 'math.ceil'?"},
    {"ceil(d)", "1+4 cel-unknown-function: there is no function 'ceil' | write `math.ceil(...)`"},
    {"d.round()", "3+5 cel-unknown-function: there is no method 'round' | write `math.round(d)`"},
    {"math.greatest(n, s)", "18+1 cel-type: 'math.greatest' compares numbers; this is text"},
    {"math.greatest(paid, paid)",
     "15+4 cel-type: 'math.greatest' compares numbers; this is money | write "
     "`[paid, paid].max()`\n21+4 cel-type: 'math.greatest' compares numbers; this is money | "
     "write `[paid, paid].max()`"},
    {"math.least()",
     "6+5 cel-type: 'math.least' compares numbers, here are none | write `math.least(a, b)`"},
    {"math.least([])", "12+2 cel-type: 'math.least' compares numbers, here are none"},
    {"math.least(c.sectors)",
     "12+9 cel-type: 'math.least' compares numbers; this is a list of text | write "
     "`c.sectors.min()`"},
    {"math.ceil(n)",
     "6+4 cel-type: 'math.ceil' does not take (int) | there is `math.ceil(double) -> double`"},
    {"math.size([1])",
     "6+4 cel-unknown-function: there is no function 'math.size' | it has no family name: write "
     "`x.size()` or `size(x)`"},
    {"math + 1",
     "1+4 cel-unknown-name: there is nothing named 'math' | 'math' is the family name of "
     "functions: write `math.function(...)`"},
    // Lists and sets.
    {"c.fees.sort()",
     "8+4 cel-type: there is no 'sort' of a list of 'charged' edges | take a value of each "
     "first: `c.fees.map(x, x...).sort()`"},
    {"c.fees.sortBy(e, e.from)",
     "18+6 cel-type: 'sortBy' sorts by something that has an order; this is a Recruiter | write "
     "`e.from.id`"},
    {"m.sortBy(k, k)",
     "1+1 cel-type: 'sortBy' sorts a list; this is a map | sort its keys: `map.map(k, k).sort()`"},
    {"c.fees.sortBy(f.on)",
     "8+6 cel-unknown-function: there is no method 'sortBy' | write `list.sortBy(x, ...)`: first "
     "a name for the element"},
    {"sets.intersect([1], [1])",
     "6+9 cel-unknown-function: there is no function 'sets.intersect' | did you mean "
     "'sets.intersects'?"},
    {"sets.contains(n, [1])",
     "6+8 cel-type: 'sets.contains' does not take (int, list(int)) | there is "
     "`sets.contains(list(A), list(A)) -> bool`"},
    {"[1, 2].slice(1)",
     "8+5 cel-type: 'slice' of a list of int does not take (int) | there is "
     "`list(A).slice(int, int) -> list(A)`"},
    // Optional values.
    {"m.?k > 0",
     "1+8 cel-type: 'm.?k' is an optional value, but is compared with int | say what holds "
     "without a value: `m.?k.orValue(...)`"},
    {"m.?k + 1", "6+1 cel-type: '+' does not go with an optional value and int"},
    {"ok && any.?x",
     "7+6 cel-type: '&&' joins conditions; this is an optional value | say what holds without a "
     "value: `any.?x.orValue(false)`"},
    {"n.orValue(1)",
     "3+7 cel-type: 'n' is int, not optional | it is always there: leave `.orValue(...)` out"},
    {"m.k.orValue(1)", "5+7 cel-type: 'm.k' is int, not optional | write `m.?k.orValue(...)`"},
    {"ok.or(ok)", "4+2 cel-type: 'ok' is bool, not optional | conditions are joined with `||`"},
    {"m.?k.or(1)", "9+1 cel-type: 'or' takes an optional value; this is int | write `.orValue(1)`"},
    {"m.?k.orValue('x')",
     "14+3 cel-type: 'm.?k' holds int, but this is text | both must be of one type"},
    {"m.?k.optFlatMap(x, x + 1)",
     "20+5 cel-type: 'optFlatMap' takes an optional value; this is int | write `.optMap(...)`"},
    {"[?n]",
     "3+1 cel-type: an optional value stands after '?'; this is int | leave the `?` out, or "
     "write `optional.of(n)`"},
    {"{?s: n}",
     "6+1 cel-type: an optional value stands after '?'; this is int | leave the `?` out, or "
     "write `optional.of(n)`"},
    {"c.?fees", "4+4 cel-macro: 'fees' of a Cohort is always there | leave the `?` out"},
    {"c.?id", "4+2 cel-macro: 'id' of a Cohort is always there | leave the `?` out"},
    {"c.?workres",
     "4+7 cel-unknown-attribute: there is no 'workres' in a Cohort | did you mean 'workers'?"},
    {"row.?Fees", "6+4 cel-unknown-field: 'row' has no field 'Fees' | did you mean 'Fee'?"},
    {"has(m.?k.x)", "10+1 cel-type: 'm.?k' is an optional value, which has no fields"},
    {"has(m.?k)", "5+4 cel-macro: has() asks for a field | write `m.?k.hasValue()`"},
    {"optional.off(1)",
     "10+3 cel-unknown-function: there is no function 'optional.off' | did you mean "
     "'optional.of'?"},
};

TEST_CASE("extensions: a wrong call is an error at its place that says what to write",
          "[expression][check]") {
  for (const Mistake& mistake : mistakes) {
    INFO(mistake.text);
    CHECK(checked(mistake.text) == mistake.expected);
  }
}

TEST_CASE("extensions: a required type that is optional", "[expression][check]") {
  const auto program = compile(ExpressionText::of("any.?x.optMap(x, true)"), small_environment(),
                               Type(TypeKind::boolean));
  REQUIRE_FALSE(program);
  const Diagnostic& one = program.diagnostics().items()[0];
  CHECK(one.message == "this must be a condition, but is an optional value");
  CHECK(one.help == "say what holds without a value: `any.?x.optMap(x, true).orValue(...)`");
}

}  // namespace
