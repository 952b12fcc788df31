#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

TEST_CASE("expression: a cell is known, unknown, absent, a range or disputed",
          "[expression][navigation]") {
  Evaluation given(R"(
    sources:
      paper: {class: contract}
      talk: {class: worker_interview}
    nodes:
      C:
        c1:
          n: 3
          a: null
          m: [{value: 1, source: paper}, {value: 2, source: talk}]
          t: y
          wage: 7 NPR
          d: 2026-06-01
          b: false
  )");
  CHECK(given("c.n") == "3");
  CHECK(given("c.t") == "y");
  CHECK(given("c.wage") == "7 NPR");
  CHECK(given("c.d") == "2026-06-01");
  CHECK(given("c.b") == "false");
  CHECK(given("c.x") == "not known: c1.x");
  CHECK(given("c.m") == "not known: c1.m");
  CHECK(given("has(c.m)") == "not known: c1.m");
  CHECK(given("has(c.a)") == "false");
  CHECK(given("has(c.a) && c.a > 1") == "false");
  CHECK(given("has(c.a) ? c.a : 5") == "5");
  CHECK(given("c.id + '/' + c.kind") == "c1/C");
  given.environment().require_guards = false;
  CHECK(given("c.a > 1") == "error: 'a' has no value here");
}

constexpr std::string_view payments = R"(
  nodes:
    C: {c1: {n: 1}, c2: {}}
    R: {r1: {n: 1, b: true}, r2: {n: 2}, r3: {}}
  edges:
    paid:
      - {id: p3, from: r2, to: c1, k: 3}
      - {id: p1, from: r1, to: c1, k: 1}
      - {id: p2, from: r1, to: c1, k: 2}
      - {id: p4, from: r1, to: c2, k: 4}
  complete: [{node: c1, list: fees}, {node: r1, list: pays}]
)";

TEST_CASE("expression: edges come by id, neighbours once each", "[expression][navigation]") {
  Evaluation given(payments);
  CHECK(given("c.fees") == "p1, p2, p3");
  CHECK(given("c.fees.map(f, f.k)") == "1, 2, 3");
  CHECK(given("c.takers") == "r1, r2");
  CHECK(given("c.takers.map(r, r.n).sum()") == "3");
  CHECK(given("c.fees.map(f, f.from)") == "r1, r1, r2");
  CHECK(given("c.fees[0].to == c") == "true");
  CHECK(given("c.fees[0].from.pays") == "p1, p2, p4");
  CHECK(given("c.fees[0].from.payers") == "c1, c2");
  CHECK(given("c.fees[0].id + ' ' + c.fees[0].kind") == "p1 paid");
  CHECK(given("c.fees[2].from.pays") == "p3, may be more");
  CHECK(given("c.fees[9].k") == "error: index 9 is outside a list of 3 items");
  CHECK(given("c.held") == "none known, may be more");
  CHECK(given("c.held.size()") == "at least 0");
  CHECK(given("c.takers.exists(r, r.b)") == "true");
  CHECK(given("c.takers.all(r, r.b)") == "not known: r2.b");
  CHECK(given("c.fees == c.fees.filter(f, true)") == "true");
  CHECK(given("c.fees[0] in c.fees[0].from.pays") == "true");
}

TEST_CASE("expression: events after the day of the evaluation are not seen",
          "[expression][navigation][date]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}}}
    edges:
      paid:
        - {id: a-before, from: r1, to: c1, on: 2026-06-29, k: 1}
        - {id: b-today, from: r1, to: c1, on: 2026-06-30, k: 2}
        - {id: c-after, from: r1, to: c1, on: 2026-07-01, k: 4}
        - {id: d-some-day, from: r1, to: c1, k: 8}
        - {id: e-this-year, from: r1, to: c1, on: 2026, k: 16}
        - {id: f-next-year, from: r1, to: c1, on: 2027, k: 32}
        - {id: g-last-year, from: r1, to: c1, on: 2025, k: 64}
    complete: [{node: c1, list: fees}]
  )");
  CHECK(given("c.fees") == "a-before, b-today, d-some-day, possibly e-this-year, g-last-year");
  CHECK(given("c.fees.map(f, f.k).sum()") == "75 to 91");
  CHECK(given("c.fees.exists(f, f.k == 16)") == "not known: e-this-year.on");
  CHECK(given("c.fees.exists(f, f.k == 32)") == "false");
}

TEST_CASE("expression: states count within since and until, both included",
          "[expression][navigation][date]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}, r2: {}, r3: {}}}
    edges:
      holds:
        - {id: a-now, from: r1, to: c1, since: 2026-06-30, until: 2026-06-30}
        - {id: b-over, from: r1, to: c1, since: 2026-01-01, until: 2026-06-29}
        - {id: c-not-yet, from: r1, to: c1, since: 2026-07-01, until: 2027-01-01}
        - {id: d-no-end-stated, from: r2, to: c1, since: 2026-01-01}
        - {id: e-no-begin, from: r2, to: c1, until: 2026-12-31}
        - {id: f-begins-this-year, from: r3, to: c1, since: 2026, until: 2027-01-01}
    complete: [{node: c1, list: held}]
  )");
  CHECK(given("c.held") ==
        "a-now, possibly d-no-end-stated, e-no-begin, possibly f-begins-this-year");
  CHECK(given("c.held.exists(h, h.id == 'd-no-end-stated')") == "not known: d-no-end-stated.until");
  CHECK(given("c.holders") == "r1, r2, possibly r3");
  CHECK(given("c.held.map(h, h.valid_on(date('2026-03-01')))") ==
        "false, possibly not known, true, possibly not known");
  CHECK(given("c.held.all(h, h.valid_on(date('2027-02-01')))") == "false");
  given.evaluator().at(eraudit::test::date("2026-06-29"));
  CHECK(given("c.held.exists(h, h.id == 'b-over')") == "true");
  CHECK(given("c.held.exists(h, h.id == 'a-now')") == "false");
}

TEST_CASE("expression: whether a state held on a day", "[expression][navigation][date]") {
  Evaluation given(R"(
    nodes: {C: {c1: {d: 2026-03, n: 1}}, R: {r1: {}}}
    edges:
      holds:
        - {id: h1, from: r1, to: c1, since: 2026-01-10, until: 2026-12-31}
        - {id: h2, from: r1, to: c1, since: 2026-01-01/2026-01-31, until: 2026-12-31}
    complete: [{node: c1, list: held}]
  )");
  CHECK(given("c.held[0].valid_on(date('2026-01-10'))") == "true");
  CHECK(given("c.held[0].valid_on(date('2026-01-09'))") == "false");
  CHECK(given("valid_on(c.held[0], date('2026-12-31'))") == "true");
  CHECK(given("c.held[0].valid_on(c.d)") == "true");
  CHECK(given("c.held[0].valid_on(c.d - days(70))") == "not known: c1.d");
  CHECK(given("c.held[1].valid_on(date('2026-01-05'))") == "not known: h2.since");
  CHECK(given("c.held[1].valid_on(date('2026-02-01'))") == "true");
  CHECK(given("c.held[1].valid_on(date('2025-02-01'))") == "false");
  CHECK(given("valid_on(c, as_of)") ==
        "error: what has neither 'since' nor 'until' is not valid on a day");
}

TEST_CASE("expression: what is unknown below an unknown waits for the same",
          "[expression][navigation]") {
  Evaluation given(R"(
    nodes: {C: {c1: {}}, R: {r1: {}}}
    edges: {paid: [{id: f1, from: r1, to: c1, k: 1}]}
  )");
  CHECK(given("c.fees.map(f, f.from.n).sum()") == "not known: r1.n, c1.fees");
  CHECK(given("c.fees.exists(f, f.from.pays.exists(g, g.k > 1))") == "not known: r1.pays, c1.fees");
}

TEST_CASE("expression: a program is bound to networks of its schema only", "[expression][bind]") {
  Evaluation given(payments);
  const Network other = eraudit::test::network("nodes: {Cohort: {x: {}}}");
  const auto program = compile(ExpressionText::of("c.fees.size() > 1"), given.environment());
  REQUIRE(program);
  CHECK_THROWS_WITH(eraudit::bind(*program, &other),
                    Catch::Matchers::Contains("is not the one the expression was checked with"));
  CHECK_THROWS_WITH(eraudit::bind(*program, nullptr),
                    "the expression reads a network, but there is none");
}

}  // namespace
