#include <string>

#include "tests/expression/schema_support.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

/// `int` if it checks without a word; else `column+width id: message | help` of each message, one a
/// line.
std::string checked(const std::string& text, const Environment& environment) {
  const auto program = compile(ExpressionText::of(text), environment);
  std::string out;
  for (const Diagnostic& diagnostic : program.diagnostics().items()) {
    if (!out.empty()) out += "\n";
    out +=
        std::to_string(diagnostic.position.column) + "+" + std::to_string(diagnostic.width) + " ";
    if (diagnostic.level == DiagnosticLevel::warning) out += "warning ";
    out += diagnostic.id + ": " + diagnostic.message;
    if (!diagnostic.help.empty()) out += " | " + diagnostic.help;
  }
  if (out.empty()) out = (*program)->type().text(small_schema().get());
  return out;
}

std::string checked(const std::string& text) {
  return checked(text, small_environment());
}

TEST_CASE("expression: the checker finds the type of everything", "[expression][check]") {
  CHECK(checked("1 + 2") == "int");
  CHECK(checked("1u + 2u") == "uint");
  CHECK(checked("d * 2.0") == "double");
  CHECK(checked("s + 'x'") == "string");
  CHECK(checked("b'x' + b'y'") == "bytes");
  CHECK(checked("null") == "null_type");
  CHECK(checked("ok && n > 1 || !ok") == "bool");
  CHECK(checked("ok ? n : 2") == "int");
  CHECK(checked("ok ? n : any") == "dyn");
  CHECK(checked("[1, 2]") == "list(int)");
  CHECK(checked("[1, 2.0]") == "list(dyn)");
  CHECK(checked("[[1], []]") == "list(list(int))");
  CHECK(checked("[]") == "list(dyn)");
  CHECK(checked("[] + [1]") == "list(int)");
  CHECK(checked("{'a': 1}") == "map(string, int)");
  CHECK(checked("{'a': 1, 2: 'b'}") == "map(dyn, dyn)");
  CHECK(checked("{}") == "map(dyn, dyn)");
  CHECK(checked("m.k + m['k']") == "int");
  CHECK(checked("any.a.b[0].c") == "dyn");
  CHECK(checked("type(1)") == "type(int)");
  CHECK(checked("type(1) == int") == "bool");
  CHECK(checked("[1, 2].map(i, i * 2)") == "list(int)");
  CHECK(checked("[1, 2].map(i, i > 1, string(i))") == "list(string)");
  CHECK(checked("[1, 2].filter(i, i > 1)") == "list(int)");
  CHECK(checked("m.map(k, m[k])") == "list(int)");
  CHECK(checked("m.filter(k, m[k] > 1)") == "list(string)");
  CHECK(checked("[1].exists(i, i > 0) || [1].all(i, i > 0) || [1].exists_one(i, i > 0)") == "bool");
  CHECK(checked("[].map(i, i)") == "list(dyn)");
  CHECK(checked("any.map(i, i.x)") == "list(dyn)");
  CHECK(checked("['a'].transformList(i, v, v + string(i))") == "list(string)");
  CHECK(checked("['a'].transformMap(i, v, v)") == "map(int, string)");
  CHECK(checked("m.transformMap(k, v, v > 1, double(v))") == "map(string, double)");
  CHECK(checked("m.transformMapEntry(k, v, {v: k})") == "map(int, string)");
  CHECK(checked("m.exists(k, v, k == 'a' && v == 1)") == "bool");
  CHECK(checked("m.existsOne(k, v, v == 1)") == "bool");
  CHECK(checked("cel.bind(a, n + 1, a * a)") == "int");
  CHECK(checked("n < 1.5 && 1u == n && n in [2.0]") == "bool");
  CHECK(checked("as_of - day") == "int");
  CHECK(checked("day + days(90)") == "date");
  CHECK(checked("paid * 2 + paid") == "money");
  CHECK(checked("paid / paid") == "double");
}

TEST_CASE("expression: nodes and edges are read as the schema has them", "[expression][check]") {
  CHECK(checked("c.workers") == "int");
  CHECK(checked("c.base_wage") == "money");
  CHECK(checked("c.recruited < as_of") == "bool");
  CHECK(checked("c.sectors") == "list(string)");
  CHECK(checked("c.fees") == "list(edge(charged))");
  CHECK(checked("c.fee_takers") == "list(Recruiter)");
  CHECK(checked("r.engaged_by") == "list(edge(engages))");
  CHECK(checked("r.clients") == "list(Company|Facility|Recruiter)");
  CHECK(checked("z.engaged") == "list(Recruiter)");
  CHECK(checked("f.from") == "Recruiter");
  CHECK(checked("f.to.workers") == "int");
  CHECK(checked("f.from.charges[0].amount") == "money");
  CHECK(checked("c.id + f.id + c.kind + f.kind") == "string");
  CHECK(checked("z.name") == "string");
  CHECK(checked("c.fees.map(e, e.amount).sum()") == "money");
  CHECK(checked("c.fees.filter(e, e.borne_by == 'worker').map(e, e.amount).max() > 0") == "bool");
  CHECK(checked("c.fees.size() + size(c.fees)") == "int");
  CHECK(checked("c.fees.all(e, e.from.country == c.origin)") == "bool");
  CHECK(checked("row.Employer + row['Employer']") == "string");
  CHECK(checked("row.Fee * 2.0") == "double");
  CHECK(checked("r in c.fee_takers && c.fees[0].from == r") == "bool");
}

TEST_CASE("expression: what an attribute says about its values goes with them",
          "[expression][check]") {
  const auto type = [](const std::string& text) {
    const auto program = compile(ExpressionText::of(text), small_environment());
    INFO(to_text(program.diagnostics()));
    REQUIRE(program);
    return (*program)->type();
  };
  CHECK(type("c.workers").unit() == "people");
  CHECK(type("c.workers").non_negative());
  CHECK(type("c.workers + 1").unit() == "people");
  CHECK(type("c.workers + 1").non_negative());
  CHECK(type("c.workers * 2").unit() == "people");
  CHECK_FALSE(type("c.workers - 1").non_negative());
  CHECK_FALSE(type("-c.workers").non_negative());
  CHECK_FALSE(type("c.workers * -2").non_negative());
  CHECK(type("c.weekly_hours / 5.0").unit() == "hours/week");
  CHECK(type("c.base_wage").wage());
  CHECK(type("c.fees.map(e, e.amount)").element().non_negative());
  CHECK(type("c.fees.map(e, e.amount).sum()").non_negative());
  CHECK_FALSE(type("c.fees.map(e, e.amount - paid)").element().non_negative());
  CHECK(type("ok ? c.workers : 0").non_negative());
  CHECK_FALSE(type("ok ? c.workers : n").non_negative());
  CHECK(type("r.role").enumeration() != nullptr);
  CHECK(type("r.role").enumeration()->name == "role");
}

TEST_CASE("expression: an unknown attribute or list is an error with the nearest name",
          "[expression][check]") {
  CHECK(checked("c.workres > 0") ==
        "3+7 cel-unknown-attribute: there is no 'workres' in a Cohort | did you mean 'workers'?");
  CHECK(checked("c.fess") ==
        "3+4 cel-unknown-attribute: there is no 'fess' in a Cohort | did you mean 'fees'?");
  CHECK(checked("f.amuont") ==
        "3+6 cel-unknown-attribute: there is no 'amuont' in a 'charged' edge | did you mean "
        "'amount'?");
  CHECK(checked("z.headcount") ==
        "3+9 cel-unknown-attribute: 'z' is a Company, Facility or Recruiter: Facility has "
        "'headcount', "
        "Company and Recruiter have not | ask for the kind in another rule, or let every kind have "
        "the "
        "attribute");
  CHECK(checked("x.headcnt") ==
        "3+7 cel-unknown-attribute: there is no 'headcnt' in a Company or Facility | one of: name, "
        "country, "
        "engagements, engaged, id, kind");
  CHECK(checked("c.amount") ==
        "3+6 cel-unknown-attribute: there is no 'amount' in a Cohort | each of its "
        "`fees` has it: write `.fees.map(x, x.amount)`");
  CHECK(checked("f.workers") ==
        "3+7 cel-unknown-attribute: there is no 'workers' in a 'charged' edge | "
        "Cohort has it: write `.to.workers`");
  CHECK(checked("f.payers") ==
        "3+6 cel-unknown-attribute: 'payers' of 'charged' is two numbers | write `payers_said` or "
        "`payers_asked`");
  CHECK(checked("c.from") ==
        "3+4 cel-unknown-attribute: 'c' is a Cohort: only edges have 'from' | one of: workers, "
        "weekly_hours, "
        "base_wage, recruited, origin, founded, sectors, fees, ... (11 in all)");
  CHECK(
      checked("c.fees.amount") ==
      "8+6 cel-type: 'c.fees' is a list of 'charged' edges, which has no fields | of each element: "
      "`c.fees.map(x, x.amount)`, or `c.fees.exists(x, x.amount ...)`");
  CHECK(checked("c.fees.length") ==
        "8+6 cel-type: 'c.fees' is a list of 'charged' edges, which has no fields "
        "| write `c.fees.size()`");
  CHECK(checked("c.workers.x") == "11+1 cel-type: 'c.workers' is int, which has no fields");
  CHECK(checked("row.Emplyer") ==
        "5+7 cel-unknown-field: 'row' has no field 'Emplyer' | did you mean 'Employer'?");
  CHECK(checked("row['Fees']") ==
        "5+6 cel-unknown-field: 'row' has no field 'Fees' | did you mean 'Fee'?");
}

TEST_CASE("expression: an attribute must be of one type in every kind it is read from",
          "[expression][check]") {
  Environment environment(small_schema());
  environment.add_variable("y", Type::node({*small_schema()->find_kind("Company"),
                                            *small_schema()->find_kind("Cohort")}));
  environment.add_variable("e", Type::edge({*small_schema()->find_edge("charged"),
                                            *small_schema()->find_edge("engages")}));
  CHECK(checked("y.founded", environment) ==
        "3+7 cel-type: 'founded' is date in Company and int in Cohort | an attribute must be of "
        "one type in "
        "every kind that 'y' may be");
  CHECK(checked("e.amount", environment) ==
        "3+6 cel-type: 'amount' is money in charged and int in engages | an attribute must be of "
        "one type in "
        "every kind that 'e' may be");
  CHECK(checked("e.from.name", environment) == "string");
}

TEST_CASE("expression: an unknown name or function is an error with the nearest name",
          "[expression][check]") {
  CHECK(checked("payd > 0") ==
        "1+4 cel-unknown-name: there is nothing named 'payd' | did you mean 'paid'?");
  CHECK(checked("workers > 0") ==
        "1+7 cel-unknown-name: there is nothing named 'workers' | write `c.workers`");
  CHECK(checked("True") == "1+4 cel-unknown-name: there is nothing named 'True' | write `true`");
  CHECK(checked("today()") ==
        "1+5 cel-unknown-function: there is no function 'today' | the engine has no clock: write "
        "`as_of`");
  CHECK(checked("Cohort") ==
        "1+6 cel-unknown-name: there is nothing named 'Cohort' | 'Cohort' is a kind: to "
        "ask for it, write `x.kind == 'Cohort'`");
  CHECK(checked("siz(c.fees)") ==
        "1+3 cel-unknown-function: there is no function 'siz' | did you mean 'size'?");
  CHECK(checked("len(s)") ==
        "1+3 cel-unknown-function: there is no function 'len' | write `size(x)`");
  CHECK(checked("s.startWith('a')") ==
        "3+9 cel-unknown-function: there is no method 'startWith' | did you mean 'startsWith'?");
  CHECK(checked("startsWith(s, 'a')") ==
        "1+10 cel-type: 'startsWith' is a method | write `s.startsWith('a')`");
  CHECK(
      checked("c.workers()") ==
      "3+7 cel-unknown-function: there is no method 'workers' | 'workers' is no method: leave the "
      "parentheses out");
  CHECK(checked("all(c.fees, e, true)") ==
        "13+1 cel-unknown-name: there is nothing named 'e' | one of: c, r, x, z, f, ok, n, d, ... "
        "(15 in all)\n"
        "1+3 cel-unknown-function: there is no function 'all' | write `list.all(x, ...)`");
  CHECK(checked("c.fees.exists(true)") ==
        "8+6 cel-unknown-function: there is no method 'exists' | write "
        "`list.exists(x, ...)`: first a name for the element");
}

TEST_CASE("expression: an unknown value of an enumeration is an error wherever it is compared",
          "[expression][check]") {
  const std::string mistake =
      " cel-unknown-value: 'wroker' is no value of 'charged.borne_by' | did you mean 'worker'?";
  CHECK(checked("f.borne_by == 'wroker'") == "15+8" + mistake);
  CHECK(checked("'wroker' != f.borne_by") == "1+8" + mistake);
  CHECK(checked("f.borne_by in ['worker', 'wroker']") == "26+8" + mistake);
  CHECK(checked("c.fees.all(e, e.borne_by == (ok ? 'worker' : 'wroker'))") == "46+8" + mistake);
  CHECK(checked("'frm' in c.sectors") ==
        "1+5 cel-unknown-value: 'frm' is no value of 'Cohort.sectors' | did you mean 'farm'?");
  CHECK(checked("c.sectors.exists(k, k == 'frm')") ==
        "26+5 cel-unknown-value: 'frm' is no value of 'sectors' | did you mean 'farm'?");
  CHECK(checked("c.sectors == ['farm', 'x']") ==
        "23+3 cel-unknown-value: 'x' is no value of 'Cohort.sectors' | one of: farm, factory");
  CHECK(checked("f.borne_by == 'worker' && r.role in ['agency', 'sub_agent']") == "bool");
}

TEST_CASE("expression: names of kinds are checked", "[expression][check]") {
  CHECK(checked("z.kind in ['Facility', 'Recruiter']") == "bool");
  CHECK(checked("z.kind == 'Facilty'") ==
        "11+9 cel-unknown-value: there is no node kind 'Facilty' | did you mean 'Facility'?");
  CHECK(checked("z.kind == 'Cohort'") ==
        "11+8 warning cel-constant-condition: this is never 'Cohort': it is a "
        "Company, Facility or Recruiter");
  CHECK(checked("f.kind == 'engages'") ==
        "11+9 warning cel-constant-condition: this is never 'engages': it is a 'charged' edge");
  CHECK(checked("f.kind == 'Cohort'") ==
        "11+8 cel-unknown-value: there is no edge kind 'Cohort' | one of: "
        "charged, engages");
}

TEST_CASE("expression: codes of countries and languages are checked", "[expression][check]") {
  CHECK(checked("c.origin == 'NP' && c.origin in ['BD', 'MY']") == "bool");
  CHECK(checked("c.origin == 'Nepal'") ==
        "13+7 cel-unknown-value: 'Nepal' is no code of a country | write 'NP'");
  CHECK(checked("c.origin in ['NP', 'in']") ==
        "20+4 cel-unknown-value: 'in' is no code of a country | write 'IN'");
  CHECK(checked("c.origin != ''") ==
        "13+2 cel-unknown-value: this is never an empty text | what nobody said makes a "
        "condition unknown by itself: no need to ask");
  CHECK(checked("'Nepali' in r.languages") ==
        "1+8 cel-unknown-value: 'Nepali' is no code of a language | languages are written by their "
        "code in lower "
        "case: 'ne'");
}

TEST_CASE("expression: money is compared with money, or with nothing at all",
          "[expression][check]") {
  CHECK(checked("f.amount > 0") == "bool");
  CHECK(checked("0.0 != f.amount") == "bool");
  CHECK(checked("f.amount > money('100 USD')") == "bool");
  CHECK(checked("f.amount > 100") ==
        "1+14 cel-type: 'f.amount' is money, but is compared with int | an amount "
        "has a currency: `money('100 USD')`; only 0 needs none");
  CHECK(checked("f.amount > n") ==
        "1+12 cel-type: 'f.amount' is money, but is compared with int | an amount has "
        "a currency: `money('12.50 USD')`; only 0 needs none");
  CHECK(checked("f.amount > \"none\"") ==
        "1+17 cel-type: 'f.amount' is money, but is compared with text | to ask whether there is "
        "any amount, "
        "write `f.amount > 0`; an amount is written `money('12.50 USD')`");
  CHECK(checked("'100 NPR' <= f.amount") ==
        "1+21 cel-type: 'f.amount' is money, but is compared with text | write `money('100 NPR')`");
  CHECK(checked("c.base_wage + 5") ==
        "13+1 cel-type: '+' does not go with money and int | an amount has a "
        "currency: `money('12.50 USD')`");
  CHECK(checked("ok ? paid : 0") ==
        "4+1 cel-type: '?:' gives money on one side and int on the other | an "
        "amount has a currency: `money('0 USD')`");
  CHECK(checked("money('12.50 USX')") ==
        "7+11 cel-literal: '12.50 USX' is no amount of money: 'USX' is no ISO 4217 currency code | "
        "did you mean "
        "'UGX'?");
}

TEST_CASE("expression: dates are compared with dates", "[expression][check]") {
  CHECK(checked("day > date('2026-01-01')") == "bool");
  CHECK(checked("day > '2026-01-01'") ==
        "1+18 cel-type: 'day' is a date, but is compared with text | write `date('2026-01-01')`");
  CHECK(checked("day > 2026-01-01") ==
        "1+16 cel-type: 'day' is a date, but is compared with int | write `date('2026-01-01')`");
  CHECK(checked("day > timestamp('2026-01-01T00:00:00Z')") ==
        "1+39 cel-type: 'day' is a date, but is compared with a timestamp | dates have no time of "
        "day: write "
        "`date('2026-01-01')`");
  CHECK(checked("day + 90") ==
        "5+1 cel-type: '+' does not go with a date and int | write `days(90)`, or "
        "`add_months(date, n)`");
  CHECK(checked("day + day") ==
        "5+1 cel-type: '+' does not go with a date and a date | `date - date` is the "
        "number of days between them");
  CHECK(checked("date('2026-02-30')") ==
        "6+12 cel-literal: '2026-02-30' is no date | a date is written '2026-03-01'");
  CHECK(checked("date('2026-02')") ==
        "6+9 cel-literal: '2026-02' is no date | a literal date is one day: "
        "'2026-03-01'");
}

TEST_CASE("expression: operands that cannot match are errors that say what to write",
          "[expression][check]") {
  CHECK(checked("n + d") ==
        "3+1 cel-type: '+' does not go with int and double | CEL does not mix int and "
        "double: write `double(n)`");
  CHECK(checked("d * 2") ==
        "3+1 cel-type: '*' does not go with double and int | CEL does not mix int and "
        "double: write `2.0`");
  CHECK(checked("s + n") == "3+1 cel-type: '+' does not go with text and int | write `string(n)`");
  CHECK(checked("-ok") == "1+1 cel-type: '-' does not go with bool | write `!`");
  CHECK(checked("!n") ==
        "2+1 cel-type: '!' negates a condition; this is int | compare it: `n > 0`");
  CHECK(checked("ok && c.fees") ==
        "7+6 cel-type: '&&' joins conditions; this is a list of 'charged' edges | ask "
        "for its elements: `c.fees.size() > 0` or `.exists(x, ...)`");
  CHECK(checked("n == 1 || 2") ==
        "11+1 cel-type: '||' joins conditions; this is int | compare each: `x == 1 || x "
        "== 2`, or write `x in [1, 2]`");
  CHECK(checked("s == 'a' || 'b'") ==
        "13+3 cel-type: '||' joins conditions; this is text | compare each: `x == "
        "'a' || x == 'b'`, or write `x in ['a', 'b']`");
  CHECK(checked("n ? 1 : 2") ==
        "1+1 cel-type: a condition stands before '?'; this is int | compare it: `n > 0`");
  CHECK(checked("ok ? 1 : 'a'") ==
        "4+1 cel-type: '?:' gives int on one side and text on the other | both values "
        "must be of one type");
  CHECK(checked("ok == 'true'") ==
        "1+12 cel-type: 'ok' is bool, but is compared with text | it is true or false "
        "by itself: write `ok` or `!ok`");
  CHECK(checked("c.workers == '48'") ==
        "1+17 cel-type: 'c.workers' is int, but is compared with text | a number stands without "
        "quotes: 48");
  CHECK(checked("s == 48") ==
        "1+7 cel-type: 's' is text, but is compared with int | text stands in quotes: '48'");
  CHECK(checked("c == 'np-24'") ==
        "1+12 cel-type: 'c' is a Cohort, but is compared with text | compare its id: `c.id == "
        "'...'`");
  CHECK(checked("c == r") == "1+6 cel-type: 'c' is a Cohort, but is compared with a Recruiter");
  CHECK(checked("r.licence_until == null") ==
        "1+23 cel-type: 'r.licence_until' is a date, but is compared with null | to ask whether it "
        "exists, write "
        "`!has(r.licence_until)`\n1+15 cel-missing-guard: 'r.licence_until' may be absent: ask "
        "with has() first | "
        "write `has(r.licence_until) && ...`, or `has(r.licence_until) ? r.licence_until : other`");
  CHECK(checked("s in 'abc'") ==
        "6+5 cel-type: 'in' looks into a list or a map; this is text | for parts of a "
        "text: `'abc'.contains(s)`; for one of several values: `x in ['a', 'b']`");
  CHECK(checked("n in ['a']") == "1+10 cel-type: 'n' is int, but is looked for in a list of text");
  CHECK(checked("c.fees == 1") ==
        "1+11 cel-type: 'c.fees' is a list of 'charged' edges, but is compared with int "
        "| to look into a list, write `1 in c.fees`");
  CHECK(checked("[1] < [2]") ==
        "1+9 cel-type: '<' asks for an order, and a list of int has none | compare their sizes: "
        "`.size()`");
  CHECK(checked("s[0]") ==
        "2+1 cel-type: 's' is text, which has no elements | parts of a text are read with "
        "`.charAt(0)`, `.substring(0, 2)`, found with `.contains('...')`");
  CHECK(checked("[1][-1]") ==
        "5+2 cel-type: the elements of a list are numbered from 0 | the last one is "
        "`list[list.size() - 1]`");
  CHECK(checked("[1]['a']") ==
        "5+3 cel-type: the elements of a list are numbered: this is text | conditions go "
        "into `.filter(x, ...)`");
  CHECK(checked("m[1]") == "3+1 cel-type: the keys of this map are text, this is int");
  CHECK(checked("{1.5: 1}") ==
        "2+3 cel-type: a key of a map cannot be double | keys are string, int, uint or bool");
  CHECK(checked("size(c)") ==
        "1+4 cel-type: 'size' does not take (Cohort) | there is `size(list(A)) -> int`, "
        "`size(string) -> int`, `size(map(A, B)) -> int`, `size(bytes) -> int`");
  CHECK(checked("c.fees.sum()") ==
        "8+3 cel-type: there is no 'sum' of a list of 'charged' edges | take a value of "
        "each first: `c.fees.map(x, x...).sum()`");
  CHECK(checked("s.matches('a(b')") ==
        "12+3 cel-literal: this is no pattern: missing ): a(b | patterns are those "
        "of RE2: no look-around, no back-references");
}

TEST_CASE("expression: macros say what they take", "[expression][check]") {
  CHECK(checked("c.fees.exists(1, true)") ==
        "15+1 cel-macro: a name for the element belongs here, not '1' | write `list.exists(x, "
        "condition about x)`");
  CHECK(checked("c.fees.exists(e, e.amount)") ==
        "18+8 cel-type: 'exists' takes a condition; this is money | compare it: `e.amount > 0`");
  CHECK(checked("n.all(e, e > 1)") ==
        "1+1 cel-type: 'all' goes through a list or a map; this is int");
  CHECK(checked("c.filter(e, true)") ==
        "1+1 cel-type: 'filter' goes through a list or a map; this is a Cohort | name one of its "
        "lists");
  CHECK(checked("m.all(k, k, true)") == "10+1 cel-macro: the two names must differ");
  CHECK(checked("has(c)") ==
        "5+1 cel-macro: has() asks for a field | a name is always there; its fields may not "
        "be: `has(c.field)`");
  CHECK(checked("has(c.fees)") ==
        "5+6 cel-macro: 'c.fees' is a list: it is always there, if only empty | write "
        "`c.fees.size() > 0`");
  CHECK(checked("has(c.fees.size())") ==
        "5+13 cel-macro: has() asks for a field | a result is always there; to "
        "ask for elements, write `.size() > 0`");
  CHECK(checked("has(r.licenc)") ==
        "7+6 cel-unknown-attribute: there is no 'licenc' in a Recruiter | did you mean 'licence'?");
  CHECK(checked("has(r.id)") == "5+4 cel-macro: 'id' is always there | leave the has() out");
  CHECK(checked("has(c.workers)") == "bool");
  CHECK(checked("has(m.k) && has(m['k']) && has(m[s]) && has(any.x) && has(row.Fee)") == "bool");
  CHECK(checked("transformList") ==
        "1+13 cel-unknown-name: there is nothing named 'transformList' | one of: c, r, "
        "x, z, f, ok, n, d, ... (15 in all)");
}

TEST_CASE("expression: what may be absent is read behind a has()", "[expression][check]") {
  const std::string unguarded =
      " cel-missing-guard: 'r.licence' may be absent: ask with has() first | write `has(r.licence) "
      "&& ...`, or "
      "`has(r.licence) ? r.licence : other`";
  CHECK(checked("r.licence == 'x'") == "1+9" + unguarded);
  CHECK(checked("has(r.licence) && r.licence == 'x'") == "bool");
  CHECK(checked("has(r['licence']) && r.licence == 'x'") == "bool");
  // `&&` absorbs errors on either side: the order does not matter.
  CHECK(checked("r.licence == 'x' && ok && has(r.licence)") == "bool");
  CHECK(checked("!has(r.licence) || r.licence == 'x'") == "bool");
  CHECK(checked("has(r.licence) || r.licence == 'x'") == "19+9" + unguarded);
  CHECK(checked("!has(r.licence) && r.licence == 'x'") == "20+9" + unguarded);
  CHECK(checked("has(r.licence) ? r.licence : 'none'") == "string");
  CHECK(checked("has(r.licence) ? 'none' : r.licence") == "27+9" + unguarded);
  CHECK(checked("!has(r.licence) ? 'none' : r.licence") == "string");
  CHECK(checked("has(r.licence) && (ok || r.licence == 'x')") == "bool");
  CHECK(checked("has(r.licence) && c.fees.exists(e, e.from.name == r.licence)") == "bool");
  CHECK(checked("has(r.licence) && has(r.licence_until) && r.licence_until < as_of && r.licence == "
                "'x'") == "bool");
  CHECK(checked("!(has(r.licence) && ok) || r.licence == 'x'") == "bool");
  CHECK(checked("(!has(r.licence) || ok) && r.licence == 'x'") == "28+9" + unguarded);
  CHECK(checked("r.licence == 'x' || r.licence == 'y'") == "1+9" + unguarded);
  // One guard is for one attribute of one thing.
  CHECK(checked("has(r.licence_until) && r.licence == 'x'") == "25+9" + unguarded);
  CHECK(checked("c.fees.exists(e, has(e.repaid) && e.repaid > 0)") == "bool");
  CHECK(
      checked("c.fees.exists(e, has(e.from.licence)) && c.fees.exists(e, e.from.licence == 'x')") ==
      "59+14 cel-missing-guard: 'e.from.licence' may be absent: ask with has() first | write "
      "`has(e.from.licence) && ...`, or `has(e.from.licence) ? e.from.licence : other`");
  CHECK(checked("c.fees.filter(e, has(e.repaid)).map(e, e.repaid).sum() > 0") == "bool");
  CHECK(checked(
            "c.fees.filter(e, ok && has(e.repaid)).filter(e, e.amount > 0).all(k, k.repaid > 0)") ==
        "bool");
  CHECK(checked("c.fees.map(e, has(e.repaid), e.repaid).sum() > 0") == "bool");
  CHECK(checked("c.fees.filter(e, has(e.from.licence)).exists(e, e.from.licence == 'x')") ==
        "bool");
  CHECK(checked("cel.bind(a, f.from, has(a.licence) && a.licence == 'x')") == "bool");
  CHECK(checked("has(c.fees[0].repaid) && c.fees[0].repaid > 0") == "bool");
  Environment open = small_environment();
  open.require_guards = false;
  const auto program = compile(ExpressionText::of("r.licence == 'x'"), open);
  REQUIRE(program);
  CHECK((*program)->unguarded == std::vector<std::string>{"r.licence"});
}

TEST_CASE("expression: guards are seen through let names and a rule's when",
          "[expression][check]") {
  Environment environment = small_environment();
  environment.require_guards = false;
  const auto compile_let = [&](const std::string& text) {
    auto program = compile(ExpressionText::of(text), environment);
    REQUIRE(program);
    return *program;
  };
  const ProgramPtr known = compile_let("ok && has(r.licence)");
  const ProgramPtr number = compile_let("r.licence + '!'");
  const ProgramPtr repaid = compile_let("c.fees.filter(e, has(e.repaid))");
  environment.add_variable("known", known);
  environment.add_variable("number", number);
  environment.add_variable("repaid", repaid);
  environment.require_guards = true;
  CHECK(checked("known && r.licence == 'x'", environment) == "bool");
  CHECK(checked("!known || number == 'x'", environment) == "bool");
  CHECK(checked("number == 'x'", environment) ==
        "1+6 cel-missing-guard: 'r.licence' may be absent: ask with has() first | write "
        "`has(r.licence) && ...`, "
        "or `has(r.licence) ? r.licence : other`");
  CHECK(checked("repaid.all(e, e.repaid > 0)", environment) == "bool");
  environment.assume(*known);
  CHECK(checked("number == 'x' && r.licence != 'y'", environment) == "bool");
}

TEST_CASE("expression: what is worked out beforehand is told, if it decides a condition",
          "[expression][check]") {
  CHECK(checked("1 > 2") == "1+5 warning cel-constant-condition: this is always false");
  CHECK(checked("'a' == 'b' || ok") ==
        "1+10 warning cel-constant-condition: this is always false and changes nothing");
  CHECK(checked("date('2026-01-02') > date('2026-01-01') && ok") ==
        "1+39 warning cel-constant-condition: this is always true and changes nothing");
  CHECK(checked("true") == "bool");
  CHECK(checked("n / 0") ==
        "1+5 warning cel-always-error: this is always an error: division by zero");
  CHECK(checked("n == 1.5") == "6+3 warning cel-constant-condition: a whole number is never 1.5");
  CHECK(
      checked("c.origin == c.origin") ==
      "1+20 warning cel-constant-condition: both sides are 'c.origin', which says nothing about it "
      "| one of the two is a slip");
  CHECK(checked("c.fees.exists(e, e.borne_by.startsWith('wroker'))") ==
        "18+31 warning cel-constant-condition: this can never be true: no value of "
        "'charged.borne_by' has 'wroker' there | did you mean 'worker'?");
  CHECK(
      checked("c.fees.exists(e, n > 0)") ==
      "15+1 warning cel-unused-name: 'e' is not used: this says nothing about the elements | write "
      "`e.` before what is meant of each of them");
  CHECK(checked("c.fees.exists(n, n.amount > 0)") ==
        "15+1 warning cel-hidden-name: 'n' has a meaning outside, which is hidden here | give the "
        "element another name");
  CHECK(checked("c.fees.exists(e, true)") == "bool");
}

TEST_CASE("expression: codes have to exist, and values are looked up behind names",
          "[expression][check]") {
  CHECK(checked("c.origin == 'LN'") ==
        "13+4 cel-unknown-value: 'LN' is no code of a country | write the two capital letters of "
        "ISO 3166-1, such as NP");
  CHECK(
      checked("'xx' in r.languages") ==
      "1+4 cel-unknown-value: 'xx' is no code of a language | languages are written by their code "
      "in lower case: 'ne'");
  CHECK(checked("country('Nepall') == c.origin") ==
        "9+8 cel-literal: 'Nepall' is no country that is known here | write NP for Nepal");
  CHECK(checked("['wroker'].exists(e, e == f.borne_by)") ==
        "2+8 cel-unknown-value: 'wroker' is no value of 'charged.borne_by' | did you mean "
        "'worker'?");
  CHECK(checked("{'wroker': 1}[f.borne_by] == 1") ==
        "2+8 cel-unknown-value: 'wroker' is no value of 'charged.borne_by' | did you mean "
        "'worker'?");
  CHECK(checked("c.fees.map(e, e.borne_by).indexOf('wroker') == 0") ==
        "35+8 cel-unknown-value: 'wroker' is no value of 'borne_by' | did you mean 'worker'?");
  CHECK(checked("sets.intersects(c.fees.map(e, e.borne_by), ['wroker'])") ==
        "45+8 cel-unknown-value: 'wroker' is no value of 'borne_by' | did you mean 'worker'?");
  CHECK(checked("['x'].exists(e, ['y'].exists(g, g == e))") == "bool");
}

TEST_CASE("expression: conditions that hang on nothing are pointed out", "[expression][check]") {
  CHECK(checked("c.workers >= 0") ==
        "1+14 warning cel-constant-condition: this is always true: 'c.workers' is "
        "never negative");
  CHECK(checked("0 > c.workers") ==
        "1+13 warning cel-constant-condition: this can never be true: 'c.workers' is "
        "never negative");
  CHECK(checked("c.workers == -1") ==
        "1+15 warning cel-constant-condition: this can never be true: 'c.workers' is "
        "never negative");
  CHECK(checked("c.workers > 0 && c.workers <= 0") == "bool");
  CHECK(checked("r.role == f.borne_by") ==
        "1+20 warning cel-constant-condition: this can never be true: the two "
        "sides have no value in common");
  CHECK(checked("ok && true") ==
        "7+4 warning cel-constant-condition: this is always true and changes nothing");
  CHECK(checked("ok || true") ==
        "7+4 warning cel-constant-condition: this is always true, and so is the whole condition");
  CHECK(checked("true ? 1 : 2") == "1+4 warning cel-constant-condition: this is always true");
  CHECK(checked("double(c.workers) > c.weekly_hours") == "bool");
  CHECK(checked("c.workers > c.weekly_hours") ==
        "1+26 warning cel-unlike-units: 'c.workers' is in people, "
        "'c.weekly_hours' in hours/week");
}

TEST_CASE("expression: several mistakes are reported, and none twice", "[expression][check]") {
  CHECK(checked("c.workres > 0 && r.rol == 'agncy' && payd > n + d") ==
        "3+7 cel-unknown-attribute: there is no 'workres' in a Cohort | did you mean 'workers'?\n"
        "20+3 cel-unknown-attribute: there is no 'rol' in a Recruiter | did you mean 'role'?\n"
        "38+4 cel-unknown-name: there is nothing named 'payd' | did you mean 'paid'?\n"
        "47+1 cel-type: '+' does not go with int and double | CEL does not mix int and double: "
        "write `double(n)`");
  // What follows from a mistake is no further mistake.
  CHECK(checked("c.fess.filter(e, e.x > 1).map(e, e.y).sum() > c.z.y") ==
        "3+4 cel-unknown-attribute: there is no 'fess' in a Cohort | did you mean 'fees'?\n"
        "49+1 cel-unknown-attribute: there is no 'z' in a Cohort | one of: workers, weekly_hours, "
        "base_wage, "
        "recruited, origin, founded, sectors, fees, ... (11 in all)");
}

TEST_CASE("expression: what this profile leaves out is refused by name", "[expression][check]") {
  CHECK(checked("a.B{c: 1}") ==
        "1+3 cel-unsupported: 'a.B{...}': there are no messages in this profile of CEL | a "
        "map is written {'key': value}");
}

TEST_CASE("expression: an expression must have the type that its place asks for",
          "[expression][check]") {
  const auto as = [](const std::string& text, const Type& wanted) {
    const auto program = compile(ExpressionText::of(text), small_environment(), wanted);
    return program ? std::string("fine")
                   : program.diagnostics().items()[0].message + " | " +
                         program.diagnostics().items()[0].help;
  };
  CHECK(as("n > 1", TypeKind::boolean) == "fine");
  CHECK(as("any", TypeKind::boolean) == "fine");
  CHECK(as("[]", Type::list(TypeKind::integer)) == "fine");
  CHECK(as("n", TypeKind::boolean) == "this must be a condition, but is int | compare it: `n > 0`");
  CHECK(as("'n > 1'", TypeKind::boolean) ==
        "this must be a condition, but is text | the quotes make a text of it: leave them out");
  CHECK(as("c.fees", TypeKind::boolean) ==
        "this must be a condition, but is a list of 'charged' edges | ask for its elements: "
        "`c.fees.size() > 0` or "
        "`.exists(x, ...)`");
  CHECK(as("'2026-01-01'", TypeKind::date) ==
        "this must be a date, but is text | write `date('2026-01-01')`");
  CHECK(as("5", TypeKind::money) ==
        "this must be money, but is int | an amount has a currency: `money('12.50 USD')`");
  CHECK(as("5", TypeKind::number) == "this must be double, but is int | write `double(...)`");
}

TEST_CASE("expression: unchecked, what is not there is an error at run time",
          "[expression][check]") {
  Environment environment = small_environment();
  environment.checked = false;
  for (const char* const text :
       {"nothing || true", "f_unknown(1)", "1 + 'a'", "'a' && ok", "ok ? 1 : 'a'", "c.nothing",
        "n.x.y", "size(1, 2)", "1.foo()", "null < 1", "x.headcount", "r.licence", "a.B{c: 1}",
        "[1].map(1, 2)", "-'a'", "s[0]", "n in s"}) {
    INFO(text);
    CHECK(compile(ExpressionText::of(text), environment));
  }
  const auto program = compile(ExpressionText::of("nothing"), environment);
  CHECK((*program)->operations.back().op == Op::fail);
  CHECK((*program)->names[(*program)->operations.back().payload] ==
        "there is nothing named 'nothing'");
}

TEST_CASE("expression: names are looked for in the container, the longest first",
          "[expression][check]") {
  Environment environment;
  environment.container = "com.example";
  environment.add_variable("com.example.a.b", TypeKind::integer);
  environment.add_variable("com.a", Type::map(TypeKind::text, TypeKind::text));
  environment.add_variable("a.b", TypeKind::boolean);
  environment.add_variable("x", Type::map(TypeKind::text, TypeKind::number));
  environment.add_variable("x.y", TypeKind::bytes);
  const auto type = [&](const std::string& text) { return checked(text, environment); };
  CHECK(type("a.b") == "int");
  CHECK(type(".a.b") == "bool");
  CHECK(type("a.c") == "string");
  CHECK(type("x.y") == "bytes");
  CHECK(type("x.z") == "double");
  CHECK(type("[{'b': 'text'}].map(a, a.b)") == "list(string)");
  CHECK(type("[{'b': 'text'}].map(a, .a.b)") == "list(bool)");
}

TEST_CASE("expression: tables are typed functions", "[expression][check]") {
  Environment environment = small_environment();
  Attribute country;
  country.type = AttributeType::text;
  country.format = TextFormat::country;
  environment.add_table(std::make_shared<const Table>(
      "fee_cap",
      std::vector<TableInput>{{"origin", Type::of(country)},
                              {"on", TypeKind::date},
                              {"wage", TypeKind::money, false},
                              {"share", TypeKind::number}},
      Type::record("fee_cap", {{"cap", TypeKind::money}, {"covers", TypeKind::text}}),
      std::vector<TableRow>(), LocalText("?"), "fee_cap.yaml", ""));
  const auto type = [&](const std::string& text) { return checked(text, environment); };
  CHECK(type("fee_cap(c.origin, as_of, c.base_wage, 1).cap") == "money");
  CHECK(type("fee_cap('NP', c.recruited, c.base_wage, d).covers == 'all'") == "bool");
  CHECK(type("fee_cap(c.origin, as_of)") ==
        "1+7 cel-type: the table 'fee_cap' takes 4 values, here are 2 | write `fee_cap(origin, on, "
        "wage, share)`");
  CHECK(type("fee_cap('Nepal', '2026-01-01', 5, 1.0).cup") ==
        "9+7 cel-unknown-value: 'Nepal' is no code of a country | write 'NP'\n"
        "18+12 cel-type: 'on' of the table 'fee_cap' is a date, this is text | write "
        "`date('2026-01-01')`\n"
        "32+1 cel-type: 'wage' of the table 'fee_cap' is money, this is int | an amount has a "
        "currency: "
        "`money('12.50 USD')`\n"
        "40+3 cel-unknown-field: 'fee_cap' has no field 'cup' | did you mean 'cap'?");
  CHECK(type("fee_cop(1)") ==
        "1+7 cel-unknown-function: there is no function 'fee_cop' | did you mean 'fee_cap'?");
  CHECK(type("fee_cap") ==
        "1+7 cel-unknown-name: there is nothing named 'fee_cap' | 'fee_cap' is a table: write "
        "`fee_cap(...)`");
}

TEST_CASE("expression: an environment refuses names that are taken or are no names",
          "[expression][check]") {
  Environment environment(small_schema());
  CHECK(environment.add_variable("a", TypeKind::integer) == 0);
  CHECK(environment.add_variable("a.b", TypeKind::integer) == 1);
  CHECK(environment.find_variable("a.b") == Slot{1});
  for (const char* const name : {"a", "as_of", "true", "for", "1a", "a.", "", "a-b", "a b", ".a"}) {
    INFO(name);
    CHECK_THROWS_AS(environment.add_variable(name, Type()), Error);
  }
  CHECK_THROWS_AS(environment.add_function("f", "(int -> int"), Error);
  const auto size =
      std::make_shared<const Table>("size", std::vector<TableInput>(), Type::record("size", {}),
                                    std::vector<TableRow>(), LocalText(), "", "");
  CHECK_THROWS_AS(environment.add_table(size), Error);
}

TEST_CASE("expression: errors are placed in the file around the expression",
          "[expression][check]") {
  const auto source =
      std::make_shared<const Source>("rule.yaml", "when: |\n  c.workers > 0 &&\n  c.workres > 1\n");
  ExpressionText text;
  text.text = "c.workers > 0 &&\nc.workres > 1";
  text.source = source;
  for (std::uint32_t i = 0; i <= text.text.size(); ++i)
    text.offsets.push_back(i < 17 ? 10 + i : 12 + i);
  const auto program = compile(text, small_environment());
  REQUIRE_FALSE(program);
  CHECK(to_text(program.diagnostics()) ==
        "rule.yaml:3:5: error: there is no 'workres' in a Cohort [cel-unknown-attribute]\n"
        "    3 |   c.workres > 1\n"
        "      |     ^~~~~~~\n"
        "  help: did you mean 'workers'?\n");
}

}  // namespace
