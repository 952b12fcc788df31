#include "eraudit/expression/explain.hpp"

#include <fmt/format.h>

#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"
#include "tests/support/plain_value.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;
using eraudit::test::rate;
using eraudit::test::written;

/// The tree as indented lines: what a reader would see of it.
void print(const Condition& condition, const std::string& indent, std::string& out) {
  out += indent;
  if (!condition.name.empty()) out += condition.name + " = ";
  if (condition.element) {
    out += fmt::format("[{}{}] ", written(*condition.element), condition.possible ? "?" : "");
  }
  out += fmt::format("{} -> {}", condition.text, written(condition.outcome));
  if (condition.more_parts > 0) out += fmt::format(" (and {} more)", condition.more_parts);
  out += "\n";
  for (const Reading& reading : condition.readings) {
    out += fmt::format("{}  * {} ({}): {}", indent, reading.name, reading.path,
                       written(reading.value));
    if (!reading.source.empty()) out += " by " + reading.source;
    if (reading.line > 0) out += fmt::format(" line {}", reading.line);
    out += "\n";
  }
  if (condition.more_readings > 0)
    out += fmt::format("{}  * and {} more\n", indent, condition.more_readings);
  for (const Condition& variable : condition.variables) print(variable, indent + "  ", out);
  for (const Condition& part : condition.parts) print(part, indent + "  ", out);
}

std::string explained(Evaluation& given, std::string_view text) {
  const BoundProgram& program = given.program(text);
  std::string out = "\n";
  print(explain(given.row(), program), "", out);
  return out;
}

constexpr std::string_view network = R"(sources:
  paper: {class: contract}
  talk: {class: worker_interview}
nodes:
  C:
    c1: {n: 2, b: false, wage: 100 NPR, m: [{value: 1, source: paper}, {value: 2, source: talk}]}
  R: {r1: {n: 1}}
edges:
  paid:
    - {id: f1, from: r1, to: c1, k: 1, t: y, amount: 5 NPR, source: paper}
    - {id: f2, from: r1, to: c1, k: 7, amount: 2 USD}
    - {id: f3, from: r1, to: c1, k: 9, t: x, amount: 20 NPR, source: talk}
complete: [{node: c1, list: fees, source: talk}]
)";

TEST_CASE("expression: an explanation shows each condition with what was read",
          "[expression][explain]") {
  Evaluation given(network);
  CHECK(explained(given, "c.n > 1 && (c.b || c.x > 0.5)") == R"(
c.n > 1 && (c.b || c.x > 0.5) -> not known
  c.n > 1 -> true
    * c1.n (C.n): 2 line 6
  c.b || c.x > 0.5 -> not known
    c.b -> false
      * c1.b (C.b): false line 6
    c.x > 0.5 -> not known
      * c1.x (C.x): not known line 6
)");
}

TEST_CASE("expression: the elements that decide come first", "[expression][explain]") {
  Evaluation given(network);
  CHECK(explained(given, "c.fees.exists(f, f.t == 'x' && f.k > 5)") == R"(
c.fees.exists(f, f.t == 'x' && f.k > 5) -> true
  * c1.fees (C.fees): 3 edges, that is all by talk line 13
  [f3] f.t == 'x' && f.k > 5 -> true
    f.t == 'x' -> true
      * f3.t (paid.t): x by talk line 12
    f.k > 5 -> true
      * f3.k (paid.k): 9 by talk line 12
  [f2] f.t == 'x' && f.k > 5 -> not known
    f.t == 'x' -> not known
      * f2.t (paid.t): not known line 11
    f.k > 5 -> true
      * f2.k (paid.k): 7 line 11
  [f1] f.t == 'x' && f.k > 5 -> false
    f.t == 'x' -> false
      * f1.t (paid.t): y by paper line 10
)");
}

TEST_CASE("expression: a sum is explained by what went into it, rates and variables included",
          "[expression][explain]") {
  Evaluation given(network, {rate("USD", "NPR", "2026-01-01", 14'000)});
  given.let("worst", "c.fees.filter(f, f.k > 5)");
  given.let("paid", "worst.map(f, f.amount).sum()");
  CHECK(explained(given, "paid / c.wage > 1.5") == R"(
paid / c.wage > 1.5 -> true
  * rate USD to NPR on 2026-06-30 (rate): 1 USD = 140 NPR (2026-01-01)
  * c1.wage (C.wage): 100 NPR line 6
  paid = worst.map(f, f.amount).sum() -> 20 NPR + 2 USD
    * f2.amount (paid.amount): 2 USD line 11
    * f3.amount (paid.amount): 20 NPR by talk line 12
    worst = c.fees.filter(f, f.k > 5) -> f2, f3
      * c1.fees (C.fees): 3 edges, that is all by talk line 13
      * f1.k (paid.k): 1 by paper line 10
      * f2.k (paid.k): 7 line 11
      * f3.k (paid.k): 9 by talk line 12
)");
}

TEST_CASE("expression: an explanation names both sides of a dispute and what is missing",
          "[expression][explain]") {
  Evaluation given(network);
  CHECK(explained(given, "c.m > 1") == R"(
c.m > 1 -> not known
  * c1.m (C.m): sources disagree: 1 (paper), 2 (talk) by paper, talk line 6
)");
  CHECK(explained(given, "money('2 USD') > c.wage ? true : c.held.size() > 0") == R"(
money('2 USD') > c.wage ? true : c.held.size() > 0 -> not known
  money('2 USD') > c.wage -> not known
    * rate USD to NPR on 2026-06-30 (rate): not known
    * c1.wage (C.wage): 100 NPR line 6
)");
  CHECK(explained(given, "has(c.a) && c.a > 1 || c.held.size() > 0") == R"(
has(c.a) && c.a > 1 || c.held.size() > 0 -> not known
  has(c.a) && c.a > 1 -> not known
    has(c.a) -> not known
      * c1.a (C.a): not known line 6
    c.a > 1 -> not known
      * c1.a (C.a): not known line 6
  c.held.size() > 0 -> not known
    * c1.held (C.held): no edges, may be more
)");
}

TEST_CASE("expression: an explanation is the same however often it is asked for",
          "[expression][explain]") {
  Evaluation given(network);
  given.let("worst", "c.fees.filter(f, f.k > 5)");
  const BoundProgram& program = given.program("worst.exists(f, f.k > 8) && 1 / (c.n - 2) > 0");
  Evaluator& evaluator = given.row();
  const std::uint64_t before = evaluator.fuel_used();
  std::string first;
  print(explain(evaluator, program), "", first);
  CHECK(evaluator.fuel_used() == before);
  static_cast<void>(evaluator.evaluate(program));
  std::string second;
  print(explain(evaluator, program), "", second);
  CHECK(first == second);
  CHECK(first.find("error: division by zero") != std::string::npos);
}

TEST_CASE("expression: an explanation keeps some elements and counts the others",
          "[expression][explain]") {
  std::string yaml = "nodes: {C: {c1: {}}, R: {r1: {}}}\nedges:\n  paid:\n";
  for (int edge = 10; edge < 40; ++edge) {
    yaml += fmt::format("    - {{id: f{}, from: r1, to: c1, k: {}}}\n", edge, edge);
  }
  Evaluation given(yaml);
  const Condition all = explain(given.row(), given.program("c.fees.all(f, f.k < 100)"));
  CHECK(all.parts.size() == 16);
  CHECK(all.more_parts == 14);
  REQUIRE(all.waits_for.size() == 1);
  CHECK(given.fact_text(all.waits_for[0]) == "c1.fees");
  Limits limits;
  limits.facts_per_verdict = 5;
  Evaluation few(yaml, {}, limits);
  const Condition sum = explain(few.row(), few.program("c.fees.map(f, f.k).sum() > 1"));
  CHECK(sum.readings.size() == 5);
  CHECK(sum.more_readings == 26);
}

TEST_CASE("expression: conditions stand where they are written", "[expression][explain]") {
  Evaluation given(network);
  const Condition both = explain(given.row(), given.program("c.n > 1 &&\n  !c.b"));
  REQUIRE(both.parts.size() == 2);
  CHECK(both.position == Position{1, 1, 0});
  CHECK(both.parts[1].position == Position{2, 3, 13});
  CHECK(both.parts[1].text == "!c.b");
  REQUIRE(both.parts[1].parts.size() == 1);
  CHECK(both.parts[1].parts[0].position == Position{2, 4, 14});
}

}  // namespace
