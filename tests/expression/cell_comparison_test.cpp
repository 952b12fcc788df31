// Comparisons of one cell with constants are looked up instead of run. A trace runs each operation
// for itself: both must come to the same, for the same number of steps.

#include <random>
#include <set>
#include <string>
#include <vector>

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/code_set.hpp"
#include "tests/expression/evaluation.hpp"
#include "tests/expression/soundness_network.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

struct Run {
  std::string outcome;
  std::uint64_t steps = 0;
  friend bool operator==(const Run&, const Run&) = default;
};

Run run(Evaluation& given, const BoundProgram& program, bool traced) {
  given.evaluator().trace(traced);
  Evaluator& evaluator = given.row();
  const Value value = evaluator.evaluate(program);
  Run result{given.outcome(value), evaluator.fuel_used()};
  evaluator.trace(false);
  return result;
}

/// The outcome, after both ways agreed.
std::string both(Evaluation& given, const BoundProgram& program, const std::string& text) {
  const Run looked_up = run(given, program, false);
  const Run step_by_step = run(given, program, true);
  INFO(text);
  CHECK(looked_up.outcome == step_by_step.outcome);
  CHECK(looked_up.steps == step_by_step.steps);
  return looked_up.outcome;
}

std::string both(Evaluation& given, const std::string& text) {
  return both(given, given.program(text), text);
}

/// The same for a text that is one comparison of a cell.
std::string compared(Evaluation& given, const std::string& text) {
  const BoundProgram& program = given.program(text);
  INFO(text);
  CHECK(program.binding().comparisons.size() == 1);
  return both(given, program, text);
}

const std::vector<std::string> networks = {
    "nodes: {C: {c1: {n: 3, m: -2, x: 2.5, t: x, wage: 100 NPR, d: 2026-06-30, b: true}}}",
    "nodes: {C: {c1: {n: 2..4, m: -3..-1, x: 0.5..3, t: y, wage: 50..150 NPR, d: 2026-06}}}",
    "nodes: {C: {c1: {n: 0, m: 9007199254740993, x: 0, wage: 0 USD, d: 2026-07-01}}}",
    "nodes: {C: {c1: {}}}",
    R"(
      sources: {paper: {class: contract}, talk: {class: worker_interview}}
      nodes:
        C:
          c1:
            n: [{value: 1, source: paper}, {value: 2, source: talk}]
            wage: [{value: 1 NPR, source: paper}, {value: 2 NPR, source: talk}]
            t: [{value: x, source: paper}, {value: y, source: talk}]
    )",
};

TEST_CASE("expression: what is looked up comes to what its operations come to",
          "[expression][cell-comparison]") {
  const std::vector<std::pair<std::string, std::vector<std::string>>> sides = {
      {"c.n", {"3", "2", "2.5", "0"}},
      {"c.m", {"-2", "9007199254740992.0", "9007199254740993", "double('NaN')", "-1e300"}},
      {"c.x", {"2.5", "2", "3", "0.0", "double('NaN')", "double('Infinity')"}},
      {"c.d", {"date('2026-06-30')", "as_of"}},
      {"c.wage",
       {"0", "0.0", "money('0 USD')", "money('100 NPR')", "money('1 USD')", "money('1 EUR')",
        "money('1200 NPR/year')"}},
  };
  std::set<std::string> outcomes;
  for (const std::string& network : networks) {
    Evaluation given(network, {test::rate("USD", "NPR", "2026-06-01", 13'000)});
    for (const auto& [cell, constants] : sides) {
      for (const std::string& constant : constants) {
        for (const char* const sign : {" < ", " <= ", " > ", " >= ", " == ", " != "}) {
          outcomes.insert(compared(given, cell + sign + constant));
          outcomes.insert(compared(given, constant + sign + cell));
        }
      }
    }
    for (const char* const text :
         {"c.t == 'x'", "c.t != 'x'", "c.t in ['x']", "c.t in ['y', 'x']"}) {
      outcomes.insert(compared(given, text));
    }
  }
  CHECK(outcomes.contains("true"));
  CHECK(outcomes.contains("false"));
  CHECK(outcomes.contains("not known: c1.n"));
}

TEST_CASE("expression: what is no cell beside a constant runs as it is written",
          "[expression][cell-comparison]") {
  Evaluation given(networks[0]);
  given.let("other", "c");
  for (const char* const text :
       {"c.n < c.m", "c.n + 1 < 5", "2 < 3", "c.b == true", "c.n in [1, 3]", "c.t < 'y'",
        "c.wage > money(c.t)", "'x' in [c.t]", "c.n == dyn('a')"}) {
    INFO(text);
    CHECK(given.program(text).binding().comparisons.empty());
    static_cast<void>(both(given, text));
  }
  CHECK(compared(given, "other.n > 2") == "true");
  CHECK(compared(given, "other.n > 2 && other.b") == "true");
}

TEST_CASE("expression: what is looked up of the elements of a list",
          "[expression][cell-comparison]") {
  Evaluation given(R"(
    nodes: {C: {c1: {n: 2}}, R: {r1: {n: 1}, r2: {}}}
    edges:
      paid:
        - {id: f1, from: r1, to: c1, k: 3, t: x, amount: 10 NPR, on: 2026-06-01}
        - {id: f2, from: r2, to: c1, k: 1..2, amount: 5 NPR, on: 2026-07-01}
        - {id: f3, from: r2, to: c1, t: y}
  )");
  CHECK(compared(given, "c.fees.exists(f, f.k > 2)") == "true");
  CHECK(compared(given, "c.fees.all(f, f.k < 2)") == "false");
  CHECK(compared(given, "c.fees.filter(f, f.t in ['x', 'y']).size()") == "at least 2");
  CHECK(compared(given, "c.fees.map(f, f.amount > money('7 NPR'))") ==
        compared(given, "c.fees.map(f, money('7 NPR') < f.amount)"));
  CHECK(compared(given, "c.fees.exists(f, f.on > as_of)") == "not known: f3.on, c1.fees");
  CHECK(compared(given, "c.takers.exists(r, r.n == 1)") == "true");
}

TEST_CASE("expression: a constant amount takes the steps of the call that it is",
          "[expression][cell-comparison]") {
  Evaluation given(networks[0]);
  CHECK(both(given, "money('100 NPR')") == "100 NPR");
  CHECK(both(given, "c.wage + money('0.05 NPR') > money('1200 NPR/year')") == "true");
  given.environment().checked = false;
  CHECK(both(given, "money('much') > c.wage || c.b") == "true");
  CHECK(both(given, "money('5..6 NPR')") ==
        "error: amount '5..6 NPR' is a range: write one amount");
}

TEST_CASE("expression: what is masked is not looked up", "[expression][cell-comparison]") {
  Evaluation given(networks[0]);
  const NodeId c1 = test::node(given.network(), "c1");
  const Fact n = Fact::of(c1, *test::tiny_schema()->kind(KindId{0}).find("n"));
  given.evaluator().mask(std::span(&n, 1));
  CHECK(compared(given, "c.n > 2") == "not known: c1.n");
  CHECK(compared(given, "c.x > 2.0") == "true");
  given.evaluator().mask({});
  CHECK(compared(given, "c.n > 2") == "true");
}

TEST_CASE("expression: what is looked up is cut off where its operations would be",
          "[expression][cell-comparison][limits]") {
  for (std::uint64_t fuel = 1; fuel < 24; ++fuel) {
    Limits limits;
    limits.fuel = fuel;
    Evaluation given(networks[0], {}, limits);
    for (const char* const text : {"c.n > 2 && c.t in ['x', 'y']", "c.wage > money('1 NPR') || c.b",
                                   "c.x < 2.0 || c.n == 3"}) {
      static_cast<void>(both(given, text));
    }
  }
}

TEST_CASE("expression: what is looked up nests as deep as its operations",
          "[expression][cell-comparison][limits]") {
  Evaluation given(networks[0]);
  given.let("v0", "c.n > 2");
  for (int level = 1; level <= 1'000; ++level) {
    given.let("v" + std::to_string(level), "v" + std::to_string(level - 1) + " || c.n > 5");
  }
  std::set<std::string> outcomes;
  for (int level = 990; level <= 1'000; ++level) {
    outcomes.insert(both(given, "v" + std::to_string(level)));
  }
  CHECK(outcomes ==
        std::set<std::string>{"true", "error: limit reached: 2000 levels of operations"});
}

TEST_CASE("expression: texts are looked up by their codes, in every kind that has the attribute",
          "[expression][cell-comparison]") {
  const Network network = test::network(R"(
    nodes:
      Company: {a: {country: NP}, b: {country: BD}}
      Recruiter: {r: {country: NP, role: agency}, s: {}}
      Cohort: {c: {origin: NP}}
  )");
  const Schema& schema = network.schema();
  Environment environment(network.schema_ptr());
  const std::vector<KindId> kinds = {*schema.find_kind("Company"), *schema.find_kind("Recruiter")};
  const Slot slot = environment.add_variable("p", Type::node(kinds));
  Evaluator evaluator(&network, {});
  const auto outcomes = [&](const char* text) {
    const BoundProgram bound =
        eraudit::bind(compile(ExpressionText::of(text), environment).value(), &network);
    CHECK(bound.binding().comparisons.size() == 1);
    std::string all;
    for (const char* const id : {"a", "b", "r", "s", "c"}) {
      std::string one;
      for (const bool traced : {false, true}) {
        evaluator.trace(traced);
        evaluator.begin();
        evaluator.set(slot, Value::of(test::node(network, id)));
        const Value value = evaluator.evaluate(bound);
        std::string text_of = evaluator.describe(value) + " ";
        if (traced) CHECK(one == text_of);
        one = std::move(text_of);
      }
      all += one;
    }
    return all;
  };
  const std::string not_there = "error: a node has no attribute 'country' ";
  CHECK(outcomes("p.country == 'NP'") == "yes no yes not known " + not_there);
  CHECK(outcomes("p.country != 'NP'") == "no yes no not known " + not_there);
  CHECK(outcomes("p.country in ['NP', 'BD', 'IN']") == "yes yes yes not known " + not_there);
  CHECK(outcomes("p.country in ['IN', 'ID']") == "no no no not known " + not_there);
  CHECK(outcomes("p.country == 'IN'") == "no no no not known " + not_there);
}

TEST_CASE("expression: a set of codes holds its codes and no others",
          "[expression][cell-comparison]") {
  std::mt19937 random(7);
  for (const std::uint32_t range : {1U, 3U, 64U, 200U, 16'384U, 16'385U, 4'000'000U, 0xFFFFFFFFU}) {
    for (std::size_t size = 0; size < 6; ++size) {
      std::set<std::uint32_t> codes;
      for (std::size_t at = 0; at < size; ++at)
        codes.insert(static_cast<std::uint32_t>(random()) % range);
      const detail::CodeSet set(std::vector<std::uint32_t>(codes.begin(), codes.end()));
      std::vector<std::uint32_t> asked = {0, 1, 63, 64, 16'383, 16'384, range, 0xFFFFFFFF};
      for (const std::uint32_t code : codes) {
        for (const std::uint32_t near : {code - 1, code, code + 1, code + 64})
          asked.push_back(near);
      }
      for (const std::uint32_t code : asked) CHECK(set.contains(code) == codes.contains(code));
    }
  }
}

}  // namespace
