#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;
using eraudit::test::rate;

constexpr std::string_view mixed = R"(
  nodes: {C: {c1: {wage: 100 NPR, n: 2..3}}, R: {r1: {}}}
  edges:
    paid:
      - {id: f1, from: r1, to: c1, amount: 50 NPR, on: 2026-01-10}
      - {id: f2, from: r1, to: c1, amount: 2 USD, on: 2026-02-10}
      - {id: f3, from: r1, to: c1, amount: 10 NPR, on: 2026-03-10}
  complete: [{node: c1, list: fees}]
)";

TEST_CASE("expression: money is exact, and rounds half to even where it must",
          "[expression][money]") {
  Evaluation given("nodes: {C: {c1: {wage: 100.05 NPR}}}");
  CHECK(given("c.wage") == "100.05 NPR");
  CHECK(given("c.wage * 3") == "300.15 NPR");
  CHECK(given("c.wage / 2") == "50.02 NPR");
  CHECK(given("money('0.15 NPR') / 2") == "0.08 NPR");
  CHECK(given("c.wage * 0.5") == "50.02 NPR");
  CHECK(given("-c.wage") == "-100.05 NPR");
  CHECK(given("abs(-c.wage)") == "100.05 NPR");
  CHECK(given("c.wage / money('50 NPR')") == "2.001");
  CHECK(given("c.wage / 0") == "error: division by zero");
  CHECK(given("c.wage / money('0 NPR')") == "error: division by zero: the amount is 0");
  CHECK(given("c.wage * 100000000000000") == "error: the amount of money is too large");
  CHECK(given("money('1200 NPR/year')") == "100 NPR");
  CHECK(given("money('5 XY' + 'Z')").starts_with("error: amount '5 XYZ' is not money: "));
  CHECK(given("money('5..6' + ' NPR')") == "error: amount '5..6 NPR' is a range: write one amount");
}

TEST_CASE("expression: zero needs no currency", "[expression][money]") {
  Evaluation given(mixed);
  CHECK(given("c.wage > 0") == "true");
  CHECK(given("0 < c.wage") == "true");
  CHECK(given("c.wage == 0") == "false");
  CHECK(given("c.wage - c.wage == 0") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > 0") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('0 EUR')") == "true");
  CHECK(given("c.fees.filter(f, f.amount < 0).map(f, f.amount).sum()") == "0");
  CHECK(given("c.fees.filter(f, f.amount < 0).map(f, f.amount).sum() == 0") == "true");
  CHECK(given("c.fees.filter(f, f.amount < 0).map(f, f.amount).sum() / c.wage") == "0");
  CHECK(given("c.fees.filter(f, f.amount < 0).map(f, f.amount).sum() < c.wage") == "true");
}

TEST_CASE("expression: a mixed sum keeps its terms", "[expression][money]") {
  Evaluation given(mixed);
  CHECK(given("c.fees.map(f, f.amount).sum()") == "60 NPR + 2 USD");
  CHECK(given("c.fees.map(f, f.amount).sum() + c.wage") == "160 NPR + 2 USD");
  CHECK(given("c.fees.map(f, f.amount).sum() - money('2 USD')") == "60 NPR + 0 USD");
  CHECK(given("c.fees.map(f, f.amount).sum() * 2") == "120 NPR + 4 USD");
  CHECK(given("c.fees.map(f, f.amount).sum() / 2") == "30 NPR + 1 USD");
}

TEST_CASE("expression: without a rate a comparison waits for it, unless the sign decides",
          "[expression][money]") {
  Evaluation given(mixed);
  CHECK(given("money('2 USD') > money('200 NPR')") == "not known: rate(USD, NPR, 2026-06-30)");
  CHECK(given("money('2 USD') > money('0 NPR')") == "true");
  CHECK(given("money('2 USD') > money('-5 NPR')") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('59 NPR')") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('61 NPR')") ==
        "not known: rate(USD, NPR, 2026-02-10)");
  CHECK(given("c.fees.map(f, f.amount).sum() / c.wage") == "at least 0.6");
  CHECK(given("c.fees.map(f, f.amount).sum() / c.wage > 0.5") == "true");
  CHECK(given("money('2 USD') == money('2 NPR')") == "not known: rate(USD, NPR, 2026-06-30)");
}

TEST_CASE("expression: each term is converted at the rate of its own day", "[expression][money]") {
  Evaluation given(
      mixed, {rate("USD", "NPR", "2026-01-01", 13'000), rate("USD", "NPR", "2026-02-05", 14'000),
              rate("USD", "NPR", "2026-06-01", 20'000)});
  CHECK(given("c.fees.map(f, f.amount).sum() / c.wage") == "3.4");
  CHECK(given("c.fees.map(f, f.amount).sum() == money('340 NPR')") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('339.99 NPR')") == "true");
  CHECK(given("money('2 USD') == money('400 NPR')") == "true");  // as of the evaluation
  // NPR 60 are 0.46 USD (50 at 1/130, rounded to 0.38) and 0.07 (10 at 1/140).
  CHECK(given("c.fees.map(f, f.amount).sum() == money('2.45 USD')") == "true");
  CHECK(given("c.fees.map(f, f.amount).max()") == "2 USD");
}

TEST_CASE("expression: an event whose day is open has no rate yet", "[expression][money]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}}}
    edges: {paid: [{id: f1, from: r1, to: c1, amount: 2 USD, on: 2026-02}]}
    complete: [{node: c1, list: fees}]
  )",
                   {rate("USD", "NPR", "2026-01-01", 13'000)});
  CHECK(given("c.fees.map(f, f.amount).sum() > money('100 NPR')") == "not known: f1.on");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('1 USD')") == "true");
  CHECK(given("c.fees.map(f, f.amount).sum() > 0") == "true");
}

TEST_CASE("expression: ranges of money", "[expression][money][ranges]") {
  Evaluation given(R"(
    nodes: {C: {c1: {wage: 100..200 NPR, n: 2..3}}, R: {r1: {}}}
    edges:
      paid:
        - {id: f1, from: r1, to: c1, amount: 900..1400 USD}
        - {id: f2, from: r1, to: c1, amount: 50..60 NPR}
    complete: [{node: c1, list: fees}]
  )");
  CHECK(given("c.wage") == "100 to 200 NPR");
  CHECK(given("c.wage * c.n") == "200 to 600 NPR");
  CHECK(given("c.wage / c.n") == "33.33 to 100 NPR");
  CHECK(given("c.wage / (c.n - 2)") == "not known: c1.n, c1.wage");
  CHECK(given("c.wage - money('150 NPR')") == "-50 to 50 NPR");
  CHECK(given("c.wage > money('50 NPR')") == "true");
  CHECK(given("c.wage > money('150 NPR')") == "not known: c1.wage");
  CHECK(given("money('300 NPR') / c.wage") == "1.5 to 3");
  CHECK(given("c.fees.map(f, f.amount).sum()") == "50 to 60 NPR + 900 to 1400 USD");
  CHECK(given("c.fees.map(f, f.amount).sum() > money('49 NPR')") == "true");
  CHECK(given("c.fees.filter(f, f.amount > money('1 USD')).size()") == "1 to 2");
  CHECK(given("c.fees.exists(f, f.amount > money('2000 USD'))") ==
        "not known: f2.amount, rate(NPR, USD, 2026-06-30)");
}

TEST_CASE("expression: the smallest and largest amount", "[expression][money][ranges]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}}}
    edges:
      paid:
        - {id: f1, from: r1, to: c1, amount: 90..140 NPR, t: x}
        - {id: f2, from: r1, to: c1, amount: 50..60 NPR, t: x}
        - {id: f3, from: r1, to: c1, amount: 100 NPR}
    complete: [{node: c1, list: fees}]
  )");
  CHECK(given("c.fees.map(f, f.amount).min()") == "50 to 60 NPR");
  CHECK(given("c.fees.map(f, f.amount).max()") == "100 to 140 NPR");
  CHECK(given("c.fees.filter(f, f.t == 'x').map(f, f.amount).max()") == "90 to 140 NPR");
  CHECK(given("c.fees.filter(f, f.amount < 0).map(f, f.amount).max()") ==
        "error: max of an empty list");
}

TEST_CASE("money: the smallest of one amount on several days waits for the day",
          "[expression][money]") {
  Evaluation given(R"(
    nodes: {C: {c1: {wage: 2 USD}}, R: {r1: {}}}
    edges:
      paid:
        - {id: f0, from: r1, to: c1, amount: 3 NPR, on: 2026-05-31}
        - {id: f1, from: r1, to: c1, amount: 3 NPR..4.50 NPR, on: 2026-06-20}
    complete: [{node: c1, list: fees}]
  )");
  CHECK(given("c.wage == c.fees.map(f, f.amount).min() + c.wage * 0.0") == "not known: f1.amount");
}

}  // namespace
