#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

constexpr std::string_view one_node = R"(
  nodes:
    C: {c1: {n: 2..4, m: -3..-1, x: 0.5..1.5, d: 2026-06, b: true}}
)";

TEST_CASE("expression: sums, differences and products of ranges hold every result",
          "[expression][ranges]") {
  Evaluation given(one_node);
  CHECK(given("c.n") == "2 to 4");
  CHECK(given("c.n + 1") == "3 to 5");
  CHECK(given("c.n + c.m") == "-1 to 3");
  CHECK(given("c.n - c.m") == "3 to 7");
  CHECK(given("c.n * c.m") == "-12 to -2");
  CHECK(given("c.m * c.m") == "1 to 9");
  CHECK(given("-c.m") == "1 to 3");
  CHECK(given("c.x + 1.0") == "1.5 to 2.5");
  CHECK(given("c.x * -2.0") == "-3 to -1");
  CHECK(given("abs(c.m)") == "1 to 3");
  CHECK(given("abs(c.n + c.m)") == "0 to 3");
  CHECK(given("double(c.n)") == "2 to 4");
  CHECK(given("int(c.x)") == "0 to 1");
}

TEST_CASE("expression: a product with zero is zero", "[expression][ranges]") {
  Evaluation given(one_node);
  CHECK(given("c.n * 0") == "0");
}

TEST_CASE("expression: a range is divided unless the divisor may be zero", "[expression][ranges]") {
  Evaluation given(one_node);
  CHECK(given("12 / c.n") == "3 to 6");
  CHECK(given("c.n / 2") == "1 to 2");
  CHECK(given("12 / c.m") == "-12 to -4");
  CHECK(given("12 / (c.n - 3)") == "not known: c1.n");
  CHECK(given("12 / (c.n - c.n)") == "not known: c1.n");
  CHECK(given("c.n / 0") == "error: division by zero");
  CHECK(given("1.0 / (c.x - 1.0)") == "not known: c1.x");
  CHECK(given("c.n % 2") == "not known: c1.n");
}

TEST_CASE("expression: a range that overflows as a whole is an error, else it is not known",
          "[expression][ranges]") {
  Evaluation given(one_node);
  CHECK(given("9223372036854775807 + c.n") == "error: integer overflow");
  CHECK(given("9223372036854775804 + c.n") == "not known: c1.n");
  CHECK(given("9223372036854775803 + c.n") == "9223372036854775805 to 9223372036854775807");
  CHECK(given("-9223372036854775807 - c.n") == "error: integer overflow");
}

TEST_CASE("expression: a comparison decides where ranges do not overlap", "[expression][ranges]") {
  Evaluation given(one_node);
  CHECK(given("c.n > 1") == "true");
  CHECK(given("c.n > 2") == "not known: c1.n");
  CHECK(given("c.n > 4") == "false");
  CHECK(given("c.n >= 2") == "true");
  CHECK(given("c.n < 2") == "false");
  CHECK(given("c.n <= 4") == "true");
  CHECK(given("c.n == 5") == "false");
  CHECK(given("c.n != 5") == "true");
  CHECK(given("c.n == 3") == "not known: c1.n");
  CHECK(given("c.m < c.n") == "true");
  CHECK(given("c.n + 1 > c.n") == "not known: c1.n");  // ranges are taken for independent
  CHECK(given("c.n > 1.5") == "true");
  CHECK(given("c.n in [0, 1, 5]") == "false");
  CHECK(given("c.n in [0, 3]") == "not known: c1.n");
  CHECK(given("dyn(c.n) == 'x'") == "false");
}

TEST_CASE("expression: partial dates are ranges of days", "[expression][ranges][date]") {
  Evaluation given(one_node);
  CHECK(given("c.d") == "2026-06-01 to 2026-06-30");
  CHECK(given("c.d <= as_of") == "true");
  CHECK(given("c.d < date('2026-06-01')") == "false");
  CHECK(given("c.d > date('2026-06-15')") == "not known: c1.d");
  CHECK(given("c.d + days(1)") == "2026-06-02 to 2026-07-01");
  CHECK(given("c.d - days(c.n)") == "2026-05-28 to 2026-06-28");
  CHECK(given("as_of - c.d") == "0 to 29");
  CHECK(given("add_months(c.d, 1)") == "2026-07-01 to 2026-07-30");
  CHECK(given("months_between(date('2026-01-15'), c.d)") == "4 to 5");
  CHECK(given("c.d.getDate() == 3") == "not known: c1.d");
}

TEST_CASE("expression: what is not known passes through, and errors beat it",
          "[expression][unknown]") {
  Evaluation given("nodes: {C: {c1: {n: 1}}}");
  CHECK(given("c.m + c.n") == "not known: c1.m");
  CHECK(given("c.m > c.x") == "not known: c1.m, c1.x");
  CHECK(given("c.m / 0 > 1 || c.n / 0 > 1") == "not known: c1.m");
  CHECK(given("c.m + c.n / 0") == "error: division by zero");
  CHECK(given("c.b && c.n > 5") == "false");
  CHECK(given("c.b || c.n == 1") == "true");
  CHECK(given("c.b ? c.m > 0 : c.x > 0.0") == "not known: c1.b");
  CHECK(given("has(c.m)") == "not known: c1.m");
  CHECK(given("has(c.n)") == "true");
  CHECK(given("[c.n, c.m].size() == 2") == "not known: c1.m");
}

constexpr std::string_view fees = R"(
  nodes: {C: {c1: {n: 2}}, R: {r1: {n: 1}, r2: {}}}
  edges:
    paid:
      - {id: f1, from: r1, to: c1, k: 3, t: x, amount: 10 NPR, b: true}
      - {id: f2, from: r2, to: c1, k: 1..2, amount: 5 NPR}
)";

TEST_CASE("expression: an open list may hold more than is known", "[expression][ranges][list]") {
  Evaluation given(fees);
  CHECK(given("c.fees.size()") == "at least 2");
  CHECK(given("c.fees.size() >= 2") == "true");
  CHECK(given("c.fees.size() > 2") == "not known: c1.fees");
  CHECK(given("c.fees.exists(f, f.k > 2)") == "true");
  CHECK(given("c.fees.exists(f, f.k > 5)") == "not known: c1.fees");
  CHECK(given("c.fees.all(f, f.k > 5)") == "false");
  CHECK(given("c.fees.all(f, f.k > 0)") == "not known: c1.fees");
  CHECK(given("c.fees.exists(f, f.k == 2)") == "not known: f2.k, c1.fees");
  CHECK(given("c.fees.exists_one(f, f.k > 0)") == "false");
  CHECK(given("c.fees.exists_one(f, f.k > 2)") == "not known: c1.fees");
  CHECK(given("c.fees.map(f, f.k).sum()") == "at least 4");
  CHECK(given("c.fees.map(f, f.k).sum() > 3") == "true");
  CHECK(given("c.fees.map(f, f.k).sum() <= 9") == "not known: f2.k, c1.fees");
  CHECK(given("c.fees.map(f, f.k).min()") == "0 to 2");
  CHECK(given("c.fees.map(f, f.k).max()") == "at least 3");
  CHECK(given("c.fees.map(f, f.j).sum()") == "not known: f1.j, f2.j, c1.fees");
  CHECK(given("c.fees[0].k") == "not known: c1.fees");
  CHECK(given("'x' in c.fees.map(f, f.t)") == "true");
  CHECK(given("'y' in c.fees.map(f, f.t)") == "not known: f2.t, c1.fees");
}

TEST_CASE("expression: a condition that is not known makes an element possible",
          "[expression][ranges][list]") {
  Evaluation given(std::string(fees) + "\n  complete: [{node: c1, list: fees}]");
  CHECK(given("c.fees.size()") == "2");
  CHECK(given("c.fees.filter(f, f.t == 'x').size()") == "1 to 2");
  CHECK(given("c.fees.filter(f, f.t == 'x').map(f, f.k).sum()") == "3 to 5");
  CHECK(given("c.fees.filter(f, f.t == 'x').map(f, f.k).max()") == "3");
  CHECK(given("c.fees.filter(f, f.t == 'y').map(f, f.k).max()") == "not known: f2.k, f2.t");
  CHECK(given("c.fees.filter(f, f.t == 'y').exists(f, f.k < 9)") == "not known: f2.t");
  CHECK(given("c.fees.filter(f, f.t == 'x').all(f, f.k > 2)") == "not known: f2.t");
  CHECK(given("c.fees.filter(f, f.t == 'x')") == "f1, possibly f2");
  CHECK(given("c.fees.filter(f, f.t == 'x') == c.fees") == "not known: f2.t");
  CHECK(given("c.fees.map(f, f.amount).sum()") == "15 NPR");
}

TEST_CASE("expression: a list does not hide that one of its elements may be an error",
          "[expression][ranges][list]") {
  Evaluation given(std::string(fees) + "\n  complete: [{node: c1, list: fees}]");
  CHECK(given("c.fees.map(f, 6 / f.j).size()") == "not known: f1.j, f2.j");
  CHECK(given("c.fees.map(f, f.j + 1).size()") == "2");
  CHECK(given("c.fees.filter(f, 6 / f.j > 1).size() >= 0") == "not known: f1.j, f2.j");
  CHECK(given("c.fees.map(f, f.b ? 1 / 0 : 2).size()") == "error: division by zero");
  CHECK(given("c.fees.filter(f, f.k < 3).map(f, f.b ? 1 / 0 : 2).size()") == "not known: f2.b");
  Evaluation open(fees);
  CHECK(open("c.fees.map(f, 6 / f.k).size() > 1") == "not known: c1.fees");
  CHECK(open("c.fees.map(f, f.k / 6).size() > 1") == "true");
  CHECK(open("c.fees.map(f, c.n / 0).size()") == "error: division by zero");
}

TEST_CASE("expression: amounts that nobody stated cannot lower a sum",
          "[expression][ranges][list]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}}}
    edges:
      paid:
        - {id: f1, from: r1, to: c1, k: 3, amount: 10 NPR}
        - {id: f2, from: r1, to: c1}
    complete: [{node: c1, list: fees}]
  )");
  CHECK(given("c.fees.map(f, f.k).sum()") == "at least 3");
  CHECK(given("c.fees.map(f, f.k * 2 + 1).sum()") == "at least 7");
  CHECK(given("c.fees.map(f, f.k - 1).sum()") == "not known: f2.k");
  CHECK(given("c.fees.map(f, f.amount).sum()") == "at least 10 NPR");
  CHECK(given("c.fees.map(f, f.amount).sum() > 0") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('9 NPR')") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('11 NPR')") == "not known: f2.amount");
  CHECK(given("c.fees.map(f, f.amount).sum() == 0") == "false");
  CHECK(given("c.fees.map(f, f.amount).sum() < 0") == "false");
}

TEST_CASE("expression: lists one after the other keep what is open", "[expression][ranges][list]") {
  Evaluation given(std::string(fees) + "\n  complete: [{node: c1, list: fees}]");
  CHECK(given("(c.fees + c.fees.filter(f, f.t == 'x')).size()") == "3 to 4");
  CHECK(given("c.fees.map(f, f.t).distinct().size()") == "not known: f2.t");
  CHECK(given("c.fees.map(f, f.from).distinct().size()") == "2");
  CHECK(given("[3, 1, 3].distinct()") == "3, 1");
}

TEST_CASE("expression: the place of an element in a partial list is a range",
          "[expression][ranges][list]") {
  Evaluation given(fees);
  const std::string text = "c.fees.exists(i, f, f.k > 2 && i == 0)";
  const Checked<ProgramPtr> checked = compile(ExpressionText::of(text), given.environment());
  if (checked) CHECK(given(text) == "not known: c1.fees");
}

}  // namespace
