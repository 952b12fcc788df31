// Severity and tables, with the pack in tests/evaluate/packs/fees.

#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using eraudit::test::network_of;
using eraudit::test::project_file;

namespace {

const Rules& pack() {
  static const Rules rules = load_rules(project_file("tests/evaluate/packs/fees")).value();
  return rules;
}

Explanation judge(std::string_view rule, const Network& network,
                  std::string_view day = "2026-06-30") {
  Options options;
  options.as_of = parse_date(day);
  return evaluate(network, pack(), options).explain(*pack().find(rule), network.find("a").value());
}

Network paid(std::string_view cohort, std::string_view amount) {
  return network_of(
      "nodes: {Cohort: {a: {" + std::string(cohort) + "}}, Recruiter: {r: {}}}\n" +
      "edges: {charged: [{from: r, to: a, category: medical, borne_by: worker, amount: " +
      std::string(amount) + "}]}\ncomplete: [{node: a, list: fees}]");
}

std::string severity(std::string_view cohort, std::string_view amount) {
  const Explanation explanation = judge("test-fees.worker-paid", paid(cohort, amount));
  std::string out = std::string(to_text(explanation.verdict)) + " " +
                    std::string(to_text(explanation.severity.low));
  if (explanation.severity.low != explanation.severity.high) {
    out += ".." + std::string(to_text(explanation.severity.high));
  }
  return out;
}

}  // namespace

TEST_CASE("evaluate: a severity is read from a table by facts", "[evaluate][table]") {
  const std::string wage = "base_wage: 1000 MYR/month";
  CHECK(severity("workers: 100, women: 4, " + wage, "999 MYR") == "fail low");
  CHECK(severity("workers: 100, women: 4, " + wage, "1000 MYR") == "fail medium");
  CHECK(severity("workers: 100, women: 5, " + wage, "999 MYR") == "fail medium");
  CHECK(severity("workers: 100, women: 5, " + wage, "1000 MYR") == "fail high");
  CHECK(severity("workers: 100, women: 5, " + wage, "2999.99 MYR") == "fail high");
  CHECK(severity("workers: 100, women: 5, " + wage, "3000 MYR") == "fail critical");
}

TEST_CASE("evaluate: unknown inputs give a range of severities and never change the verdict",
          "[evaluate][table]") {
  const std::string wage = "base_wage: 1000 MYR/month";
  CHECK(severity("workers: 100", "3000 MYR") == "fail low..critical");
  CHECK(severity("workers: 100, women: 5", "3000 MYR") == "fail medium..critical");
  CHECK(severity("workers: 100, women: 4", "3000 MYR") == "fail low..medium");
  CHECK(severity("workers: 100, " + wage, "500 MYR") == "fail low..medium");
  CHECK(severity("workers: 100, women: 5, " + wage, "1500..4000 MYR") == "fail high..critical");
  CHECK(severity("workers: 100, women: 5, " + wage, "1500..2500 MYR") == "fail high");
  CHECK(severity("workers: 100, women: 5, " + wage, "100 NPR") == "fail medium..critical");
}

TEST_CASE("evaluate: a severity that breaks is a range, not an error of the rule",
          "[evaluate][table]") {
  CHECK(severity("workers: 100, women: 5, base_wage: 0 MYR/month", "3000 MYR") ==
        "fail medium..critical");
}

TEST_CASE("evaluate: sorting takes the upper end of a severity", "[evaluate][table]") {
  const Network network = network_of(R"(
nodes:
  Cohort: {a: {workers: 100, women: 50, base_wage: 1000 MYR/month}, b: {workers: 100}}
  Recruiter: {r: {}}
edges:
  charged:
    - {from: r, to: a, category: medical, borne_by: worker, amount: 2000 MYR}
    - {from: r, to: b, category: medical, borne_by: worker, amount: 2000 MYR}
complete: [{node: a, list: fees}, {node: b, list: fees}]
)");
  Options options;
  options.as_of = parse_date("2026-06-30");
  const std::string id = "test-fees.worker-paid";
  const Assessment assessment = evaluate(network, pack().select(std::span(&id, 1)), options);
  REQUIRE(assessment.findings().size() == 2);
  CHECK(network.id(assessment.findings()[0].subject) == "b");
  CHECK(assessment.findings()[0].severity == SeverityRange{Severity::low, Severity::critical});
  CHECK(network.id(assessment.findings()[1].subject) == "a");
}

TEST_CASE("evaluate: a table answers for its days and computes its cells", "[evaluate][table]") {
  const auto verdict = [](std::string_view cohort, std::string_view amount) {
    return judge("test-fees.over-cap", paid(cohort, amount));
  };
  CHECK(verdict("origin: NP, recruited: 2024-02-01", "10000 NPR").verdict == Verdict::pass);
  const Explanation above = verdict("origin: NP, recruited: 2024-02-01", "10001 NPR");
  CHECK(above.verdict == Verdict::fail);
  CHECK(above.message == "10001 NPR is more than 10000 NPR");
  CHECK(verdict("origin: NP, recruited: 2015-07-05", "10001 NPR").verdict == Verdict::pass);
  CHECK(verdict("origin: PH, recruited: 2024-02-01, base_wage: 500 USD/month", "500 USD").verdict ==
        Verdict::pass);
  CHECK(verdict("origin: PH, recruited: 2024-02-01, base_wage: 500 USD/month", "501 USD").verdict ==
        Verdict::fail);
}

TEST_CASE("evaluate: what a table does not hold is unknown, with the question of the table",
          "[evaluate][table]") {
  const Explanation explanation =
      judge("test-fees.over-cap", paid("origin: VN, recruited: 2024-02-01", "10000 NPR"));
  CHECK(explanation.verdict == Verdict::unknown);
  REQUIRE(explanation.waits_for.size() == 1);
  CHECK(explanation.waits_for[0].reading.path == "table cap");
  CHECK(explanation.waits_for[0].reading.name == "cap(VN, 2024-02-01)");
  CHECK(explanation.waits_for[0].question.in("en") ==
        "What may workers be charged in this country?");
  Options options;
  options.as_of = parse_date("2026-06-30");
  const Network network = network_of(
      "nodes: {Cohort: {a: {origin: VN, recruited: 2024-02-01}, b: {origin: VN, recruited: "
      "2024-02-01},"
      " c: {origin: ID, recruited: 2024-02-01}}}\n"
      "complete: [{node: a, list: fees}, {node: b, list: fees}, {node: c, list: fees}]");
  const std::string id = "test-fees.over-cap";
  const Assessment assessment = evaluate(network, pack().select(std::span(&id, 1)), options);
  REQUIRE(assessment.asks().size() == 1);
  CHECK(assessment.asks()[0].path == "table cap");
  CHECK(assessment.asks()[0].verdicts == 3);
  CHECK(assessment.asks()[0].facts == 2);
  CHECK(assessment.asks()[0].names ==
        std::vector<std::string>{"cap(ID, 2024-02-01)", "cap(VN, 2024-02-01)"});
}
