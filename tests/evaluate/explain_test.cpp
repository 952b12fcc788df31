#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::network_of;
using eraudit::test::on;
using eraudit::test::rules_of;

namespace {

Explanation explain(const Rules& rules, const Network& network, std::string_view language = "en") {
  return evaluate(network, rules, on()).explain(0, network.find("a").value(), language);
}

std::vector<std::string> names(const std::vector<Reading>& readings) {
  std::vector<std::string> out;
  for (const Reading& reading : readings) out.push_back(reading.name);
  std::sort(out.begin(), out.end());
  return out;
}

using Names = std::vector<std::string>;

constexpr const char* charged = R"(
sources: {voices: {class: worker-interview-offsite, date: 2026-05-14}}
nodes: {Cohort: {a: {workers: 48, base_wage: 1500 MYR/month}}, Recruiter: {sunrise: {name: Sunrise Overseas}}}
edges:
  charged:
    - {from: sunrise, to: a, category: medical, amount: 0 MYR, source: voices}
    - {from: sunrise, to: a, category: service-fee, amount: 900 MYR, source: voices}
complete: [{node: a, list: fees}]
)";

}  // namespace

TEST_CASE(
    "evaluate: a message tells values of an enumeration in words, numbers as its language does",
    "[evaluate]") {
  const Rules rules = rules_of(R"(
rule: test.rule
subject: (c:Cohort)
fail_if: c.fees.exists(f, f.amount > 0)
message:
  en: "{c.fees.map(f, f.category)}: {1.0 / 8.0}"
  fr: "{c.fees.map(f, f.category)} : {1.0 / 8.0}"
)");
  const Network network = network_of(charged);
  const Explanation explanation = explain(rules, network);
  CHECK(explanation.message == "recruitment service, medical: 0.125");
  CHECK(explain(rules, network, "fr").message == "service de recrutement, frais médicaux : 0,125");
  // What the network writes is what a reading says.
  REQUIRE(explanation.condition);
  for (const Reading& reading : explanation.witness)
    CHECK(reading.value.value != "service de recrutement");
}

TEST_CASE("evaluate: an explanation of a fail has the message, the condition and what it rests on",
          "[evaluate]") {
  const Rules rules = rules_of(R"(
rule: test.rule
subject: (c:Cohort)
when: c.workers > 0
let: {paid: 'c.fees.map(f, f.amount).sum()'}
fail_if: c.fees.exists(f, f.amount > 0)
message:
  en: "{c.workers} workers paid {paid} to {c.fee_takers}; {{really}}"
  fr: "{c.workers} travailleurs ont payé {paid}"
severity: high
)");
  const Network network = network_of(charged);
  const Explanation explanation = explain(rules, network);
  CHECK(explanation.verdict == Verdict::fail);
  CHECK(explanation.severity == SeverityRange{Severity::high, Severity::high});
  CHECK(explanation.message == "48 workers paid 900 MYR to Sunrise Overseas; {really}");
  CHECK(explain(rules, network, "fr").message == "48 travailleurs ont payé 900 MYR");
  CHECK(explain(rules, network, "fr-CA").message == "48 travailleurs ont payé 900 MYR");
  CHECK(explain(rules, network, "es").message == explanation.message);
  REQUIRE(explanation.when);
  CHECK(explanation.when->outcome.value == "true");
  CHECK(explanation.when->position.line == 4);
  CHECK(explanation.when->position.column == 7);
  REQUIRE(explanation.condition);
  CHECK(explanation.condition->outcome.value == "true");
  CHECK(explanation.condition->text == "c.fees.exists(f, f.amount > 0)");
  CHECK(explanation.waits_for.empty());
  const auto amount = std::find_if(
      explanation.witness.begin(), explanation.witness.end(),
      [](const Reading& r) { return r.name == "charged(sunrise, a, service-fee, ?).amount"; });
  REQUIRE(amount != explanation.witness.end());
  CHECK(amount->value.kind == PlainValue::Kind::money);
  CHECK(amount->value.value == "900 MYR");
  CHECK(amount->path == "charged.amount");
  CHECK(amount->source == "voices");
  CHECK(amount->line == 7);
}

TEST_CASE("evaluate: 'would change' lists the single cells whose loss would undo a verdict",
          "[evaluate]") {
  const Network network = network_of(charged);
  const Explanation fail =
      explain(cohort_rule("when: c.workers > 0\nfail_if: c.fees.exists(f, f.amount > 0)"), network);
  CHECK(names(fail.would_change) ==
        Names{"a.workers", "charged(sunrise, a, service-fee, ?).amount"});
  // Either of two reasons is enough, so neither alone undoes it.
  const Explanation twice =
      explain(cohort_rule("fail_if: c.workers > 40 || c.fees.exists(f, f.amount > 0)"), network);
  CHECK(twice.would_change.empty());
  const Explanation pass =
      explain(cohort_rule("fail_if: c.fees.exists(f, f.amount > money('1000 MYR'))"), network);
  CHECK(pass.verdict == Verdict::pass);
  CHECK(names(pass.would_change) == Names{"a.fees", "charged(sunrise, a, medical, ?).amount",
                                          "charged(sunrise, a, service-fee, ?).amount"});
  const Explanation aside =
      explain(cohort_rule("when: c.workers > 50\nfail_if: c.women > 3"), network);
  CHECK(aside.verdict == Verdict::not_applicable);
  CHECK(names(aside.would_change) == Names{"a.workers"});
  CHECK_FALSE(aside.condition);
}

TEST_CASE("evaluate: nothing stays masked after an explanation", "[evaluate]") {
  const Network network = network_of(charged);
  const Assessment assessment =
      evaluate(network, cohort_rule("fail_if: c.fees.exists(f, f.amount > 0)"), on());
  const NodeId a = network.find("a").value();
  const Explanation first = assessment.explain(0, a);
  const Explanation second = assessment.explain(0, a);
  CHECK(second.verdict == Verdict::fail);
  CHECK(second.condition->outcome.value == "true");
  CHECK(names(first.would_change) == names(second.would_change));
}

TEST_CASE("evaluate: an unknown says which facts it waits for, with their questions",
          "[evaluate]") {
  const Rules rules = cohort_rule(
      "when: c.women > 0\nfail_if: c.workers > 5\nask: {Cohort.workers: {en: How many?, fr: "
      "Combien ?}}");
  const Network network = network_of("nodes: {Cohort: {a: {}}}");
  const Explanation explanation = explain(rules, network, "fr");
  CHECK(explanation.verdict == Verdict::unknown);
  REQUIRE(explanation.waits_for.size() == 2);
  const Missing& women = explanation.waits_for[0];
  CHECK(women.reading.name == "a.women");
  CHECK(women.reading.path == "Cohort.women");
  CHECK(women.reading.value == PlainValue());
  CHECK_FALSE(women.question.empty());
  const Missing& workers = explanation.waits_for[1];
  CHECK(workers.reading.name == "a.workers");
  CHECK(workers.question.in("fr") == "Combien ?");
  CHECK(workers.reading.line == 1);
  CHECK(workers.reading.file == "network.yaml");
  CHECK(explanation.would_change.empty());
  CHECK(explanation.message.empty());
  REQUIRE(explanation.when);
  CHECK(explanation.when->kind == ValueKind::unknown);
  REQUIRE(explanation.condition);
}

TEST_CASE("evaluate: an error says what broke", "[evaluate]") {
  const Explanation explanation =
      explain(cohort_rule("fail_if: c.workers / c.women > 5"),
              network_of("nodes: {Cohort: {a: {workers: 6, women: 0}}}"));
  CHECK(explanation.verdict == Verdict::error);
  CHECK(explanation.error == "division by zero");
  REQUIRE(explanation.condition);
  CHECK(explanation.condition->kind == ValueKind::error);
}
