// What design.md says about a rule that judges one subject, sentence by sentence.

#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::network_of;
using eraudit::test::node;
using eraudit::test::on;
using eraudit::test::rules_of;

namespace {

/// The verdict on the cohort `a`, and what it waits for: `unknown: Cohort.workers, charged.amount`.
std::string judge(const Rules& rules, const Network& network, const Options& options = on()) {
  const Assessment assessment = evaluate(network, rules, options);
  const Explanation explanation = assessment.explain(0, node(network, "a"));
  std::string out(to_text(assessment.verdict(0, node(network, "a"))));
  std::string separator = ": ";
  for (const auto& [reading, question] : explanation.waits_for) {
    out += separator + reading.path;
    separator = ", ";
  }
  if (!explanation.error.empty()) out += ": " + explanation.error;
  return out;
}

std::string judge(std::string_view rule, std::string_view cohort) {
  return judge(cohort_rule(rule),
               network_of("nodes: {Cohort: {a: {" + std::string(cohort) + "}}}"));
}

}  // namespace

TEST_CASE("evaluate: 'fail_if' that is true is a fail, one that is false a pass", "[evaluate]") {
  CHECK(judge("fail_if: c.workers > 5", "workers: 6") == "fail");
  CHECK(judge("fail_if: c.workers > 5", "workers: 5") == "pass");
}

TEST_CASE("evaluate: 'pass_if' that is true is a pass, one that is false a fail", "[evaluate]") {
  CHECK(judge("pass_if: c.workers > 5", "workers: 6") == "pass");
  CHECK(judge("pass_if: c.workers > 5", "workers: 5") == "fail");
}

TEST_CASE("evaluate: what is not known decides nothing, whichever way the rule is written",
          "[evaluate]") {
  CHECK(judge("fail_if: c.workers > 5", "") == "unknown: Cohort.workers");
  CHECK(judge("pass_if: c.workers > 5", "") == "unknown: Cohort.workers");
}

TEST_CASE("evaluate: a missing fact does not hide what is certain without it", "[evaluate]") {
  CHECK(judge("fail_if: c.workers > 5 || c.women > 5", "workers: 6") == "fail");
  CHECK(judge("fail_if: c.workers > 5 && c.women > 5", "workers: 5") == "pass");
}

TEST_CASE("evaluate: an estimate decides where all of it lies on one side", "[evaluate]") {
  CHECK(judge("fail_if: c.workers > 5", "workers: 6..9") == "fail");
  CHECK(judge("fail_if: c.workers > 5", "workers: 1..5") == "pass");
  CHECK(judge("fail_if: c.workers > 5", "workers: 1..9") == "unknown: Cohort.workers");
}

TEST_CASE("evaluate: 'when' that is false makes a rule not applicable", "[evaluate]") {
  CHECK(judge("when: c.women > 0\nfail_if: c.workers > 5", "women: 0, workers: 9") ==
        "not_applicable");
  CHECK(judge("when: c.women > 0\nfail_if: c.workers > 5", "women: 0") == "not_applicable");
}

TEST_CASE("evaluate: 'when' that is true leaves it to the condition", "[evaluate]") {
  const std::string rule = "when: c.women > 0\nfail_if: c.workers > 5";
  CHECK(judge(rule, "women: 1, workers: 9") == "fail");
  CHECK(judge(rule, "women: 1, workers: 5") == "pass");
  CHECK(judge(rule, "women: 1") == "unknown: Cohort.workers");
}

TEST_CASE("evaluate: 'when' unknown makes the verdict unknown and is asked for first",
          "[evaluate]") {
  const std::string rule = "when: c.workers > 0\nfail_if: c.base_wage > 0 && c.women > 5";
  CHECK(judge(rule, "women: 9, base_wage: 1 USD/month") == "unknown: Cohort.workers");
  CHECK(judge(rule, "") == "unknown: Cohort.workers, Cohort.women, Cohort.base_wage");
}

TEST_CASE("evaluate: 'when' unknown with a condition that is good either way is not applicable",
          "[evaluate]") {
  CHECK(judge("when: c.women > 0\nfail_if: c.workers > 5", "workers: 5") == "not_applicable");
  CHECK(judge("when: c.women > 0\npass_if: c.workers > 5", "workers: 6") == "not_applicable");
}

TEST_CASE("evaluate: a rule that breaks is an error, unless what is certain absorbs it",
          "[evaluate]") {
  CHECK(judge("fail_if: c.workers / c.women > 5", "workers: 6, women: 0") ==
        "error: division by zero");
  CHECK(judge("fail_if: c.workers / c.women > 5 || c.workers > 5", "workers: 6, women: 0") ==
        "fail");
  CHECK(judge("fail_if: c.workers / c.women > 5 && c.workers > 6", "workers: 6, women: 0") ==
        "pass");
  CHECK(judge("when: c.workers / c.women > 5\nfail_if: c.workers > 5", "workers: 6, women: 0") ==
        "error: division by zero");
}

TEST_CASE(
    "evaluate: a condition that breaks is no error while it is not known whether the rule applies",
    "[evaluate]") {
  CHECK(judge("when: c.weekly_hours > 48.0\nfail_if: c.workers / c.women > 5",
              "workers: 6, women: 0") == "unknown: Cohort.weekly_hours");
  CHECK(judge("when: c.weekly_hours > 48.0\nfail_if: c.workers / c.women > 5",
              "workers: 6, women: 0, weekly_hours: 40") == "not_applicable");
}

TEST_CASE("evaluate: what is known not to exist is no gap", "[evaluate]") {
  CHECK(judge("fail_if: has(c.left)", "left: null") == "pass");
  CHECK(judge("fail_if: has(c.left)", "left: 2024-05-01") == "fail");
  CHECK(judge("fail_if: has(c.left)", "") == "unknown: Cohort.left");
  CHECK(judge("when: has(c.left)\nfail_if: c.left < as_of", "left: 2024-05-01") == "fail");
  CHECK(judge("when: has(c.left)\nfail_if: c.left < as_of", "left: null") == "not_applicable");
}

TEST_CASE("evaluate: a list is open until somebody says that it is all", "[evaluate]") {
  const Rules rules = cohort_rule("fail_if: c.fees.exists(f, f.amount > 0)");
  const std::string nodes = "nodes: {Cohort: {a: {}}, Recruiter: {r: {}}}\n";
  CHECK(judge(rules, network_of(nodes)) == "unknown: Cohort.fees");
  CHECK(judge(rules, network_of(nodes + "complete: [{node: a, list: fees}]")) == "pass");
  const std::string charge =
      "edges: {charged: [{from: r, to: a, category: medical, amount: 10 USD}]}\n";
  CHECK(judge(rules, network_of(nodes + charge)) == "fail");
  const std::string free =
      "edges: {charged: [{from: r, to: a, category: medical, amount: 0 USD}]}\n";
  CHECK(judge(rules, network_of(nodes + free)) == "unknown: Cohort.fees");
  CHECK(judge(rules, network_of(nodes + free + "complete: [{node: a, list: fees}]")) == "pass");
  const std::string open = "edges: {charged: [{from: r, to: a, category: medical}]}\n";
  CHECK(judge(rules, network_of(nodes + open)) == "unknown: charged.amount, Cohort.fees");
  CHECK(judge(rules, network_of(nodes + open + "complete: [{node: a, list: fees}]")) ==
        "unknown: charged.amount");
}

TEST_CASE("evaluate: every node of the subject's kinds is judged, and no other", "[evaluate]") {
  const Rules rules = rules_of(
      "rule: test.rule\nsubject: (x:Facility|Company)\nfail_if: x.country == 'MY'\nmessage: m");
  const Network network = network_of(
      "nodes: {Company: {c1: {country: MY}, c2: {country: GB}}, Facility: {f1: {country: MY}, f2: "
      "{}},"
      " Recruiter: {r: {country: MY}}}");
  const Assessment assessment = evaluate(network, rules, on());
  CHECK(assessment.verdict(0, node(network, "c1")) == Verdict::fail);
  CHECK(assessment.verdict(0, node(network, "c2")) == Verdict::pass);
  CHECK(assessment.verdict(0, node(network, "f1")) == Verdict::fail);
  CHECK(assessment.verdict(0, node(network, "f2")) == Verdict::unknown);
  CHECK(assessment.verdict(0, node(network, "r")) == Verdict::not_applicable);
  CHECK(assessment.counts(0).selected == 4);
  CHECK(assessment.counts(0).applicable == 4);
  CHECK(assessment.counts(0).decided == 3);
  CHECK(assessment.explain(0, node(network, "r")).verdict == Verdict::not_applicable);
}

TEST_CASE("evaluate: a 'let' entry is evaluated when it is used, and not otherwise", "[evaluate]") {
  const std::string rule =
      "let: {broken: c.workers / c.women, used: c.workers + 1}\nfail_if: used > 5 || broken > 3";
  CHECK(judge(rule, "workers: 6, women: 0") == "fail");
  CHECK(judge(rule, "workers: 3, women: 0") == "error: division by zero");
}

TEST_CASE("evaluate: entries of 'let' may use each other in any order", "[evaluate]") {
  CHECK(judge("let: {a: b + 1, b: d * 2, d: c.workers}\nfail_if: a == 13", "workers: 6") == "fail");
  CHECK(judge("let: {a: b + 1, b: d * 2, d: c.workers}\nfail_if: a == 13", "") ==
        "unknown: Cohort.workers");
}

TEST_CASE("evaluate: 'at' is the day on which states are read", "[evaluate]") {
  const Rules rules = cohort_rule("at: c.arrived\nfail_if: c.employments.exists(e, true)");
  const std::string edges =
      "edges: {employs: [{from: f, to: a, since: 2024-01-01, until: 2024-12-31}]}\n"
      "complete: [{node: a, list: employments}]\n";
  const auto network = [&](const std::string& arrived) {
    return network_of("nodes: {Cohort: {a: {" + arrived + "}}, Facility: {f: {}}}\n" + edges);
  };
  CHECK(judge(rules, network("arrived: 2024-06-01")) == "fail");
  CHECK(judge(rules, network("arrived: 2025-06-01")) == "pass");
  CHECK(judge(rules, network("")) == "unknown: Cohort.arrived");
  CHECK(judge(rules, network("arrived: 2024-06")) == "unknown: Cohort.arrived");
  const Rules today = cohort_rule("fail_if: c.employments.exists(e, true)");
  CHECK(judge(today, network("")) == "pass");
  CHECK(judge(today, network(""), on("2024-03-01")) == "fail");
}

TEST_CASE("evaluate: outside of 'since' and 'until' a rule is not run", "[evaluate]") {
  const Rules rules = cohort_rule("since: 2020-01-01\nuntil: 2022-12-31\nfail_if: c.workers > 0");
  const Network network = network_of("nodes: {Cohort: {a: {workers: 3}}}");
  CHECK(judge(rules, network, on("2019-12-31")) == "not_applicable");
  CHECK(judge(rules, network, on("2020-01-01")) == "fail");
  CHECK(judge(rules, network, on("2022-12-31")) == "fail");
  CHECK(judge(rules, network, on("2023-01-01")) == "not_applicable");
  const Assessment assessment = evaluate(network, rules, on("2023-01-01"));
  CHECK(assessment.counts(0).skipped);
  CHECK(assessment.counts(0).selected == 1);
  CHECK(assessment.counts(0).applicable == 0);
  CHECK(assessment.empty());
}

TEST_CASE("evaluate: a rule that exceeds its budget is an error that names the limit; others go on",
          "[evaluate]") {
  const Rules rules = cohort_rule(
      "fail_if: c.languages.exists(x, c.languages.exists(y, c.languages.exists(z, x + y + z == "
      "'none')))");
  std::string many;
  for (int index = 0; index < 60; ++index) many += (index == 0 ? "" : ", ") + std::string("en");
  const Network network =
      network_of("nodes: {Cohort: {a: {languages: [" + many + "]}, b: {languages: [en]}}}");
  Options options = on();
  options.limits.fuel = 10'000;
  const Assessment assessment = evaluate(network, rules, options);
  CHECK(assessment.verdict(0, node(network, "a")) == Verdict::error);
  CHECK(assessment.verdict(0, node(network, "b")) == Verdict::pass);
  CHECK(assessment.explain(0, node(network, "a"))
            .error.starts_with("limit reached: 10000 steps of evaluation (fuel), at rule.yaml:4:"));
  REQUIRE(assessment.run().limits_hit.size() == 1);
  CHECK(assessment.run().limits_hit[0] ==
        LimitHit{{LimitReached::Limit::steps, 10'000}, "test.rule", "rule.yaml:4", 1});
  REQUIRE(assessment.findings().size() == 1);
  CHECK(assessment.findings()[0].verdict == Verdict::error);
}

TEST_CASE("evaluate: nothing to check is said", "[evaluate]") {
  const Rules rules = cohort_rule("when: c.women > 0\nfail_if: c.workers > 0");
  CHECK(evaluate(network_of("nodes: {}"), rules, on()).empty());
  CHECK(evaluate(network_of("nodes: {Facility: {f: {}}}"), rules, on()).empty());
  CHECK(evaluate(network_of("nodes: {Cohort: {a: {women: 0}}}"), rules, on()).empty());
  CHECK_FALSE(evaluate(network_of("nodes: {Cohort: {a: {}}}"), rules, on()).empty());
}

TEST_CASE("evaluate: the engine never reads the clock", "[evaluate]") {
  const Rules rules = cohort_rule("fail_if: c.arrived < as_of");
  const Network silent = network_of("nodes: {Cohort: {a: {arrived: 2024-01-01}}}");
  try {
    static_cast<void>(evaluate(silent, rules, {}));
    FAIL("a day was made up");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_argument);
  }
  const Network dated =
      network_of("as_of: 2023-01-01\nnodes: {Cohort: {a: {arrived: 2024-01-01}}}");
  CHECK(judge(rules, dated, {}) == "pass");
  CHECK(judge(rules, dated, on()) == "fail");
  CHECK(evaluate(dated, rules, {}).run().as_of == *parse_date("2023-01-01"));
}

TEST_CASE("evaluate: a missing exchange rate is not known, never nothing", "[evaluate]") {
  const Rules rules =
      cohort_rule("let: {paid: 'c.fees.map(f, f.amount).sum()'}\nfail_if: paid > c.base_wage");
  const Network network = network_of(
      "nodes: {Cohort: {a: {base_wage: 100 MYR/month}}, Recruiter: {r: {}}}\n"
      "edges: {charged: [{from: r, to: a, category: medical, on: 2026-06-01, amount: 9000 NPR}]}\n"
      "complete: [{node: a, list: fees}]");
  CHECK(judge(rules, network) == "unknown: rate");
  Options options = on();
  options.rates = Rates({{*Currency::from_code("MYR"), *Currency::from_code("NPR"),
                          *parse_date("2026-06-01"), 28, 1}},
                        31);
  CHECK(judge(rules, network, options) == "fail");
}

TEST_CASE("evaluate: rules for another schema are refused", "[evaluate]") {
  const auto document = read_yaml(std::make_shared<const Source>(
      "schema.yaml",
      "eraudit: schema/1\nname: other\nkinds: {Thing: {label: Thing, attributes: {size: {type: "
      "int, label: Size, ask: How big?}}}}"));
  const SchemaPtr schema = read_schema(*document.value()).value();
  const Network network = network_of("nodes: {Thing: {t: {size: 3}}}", schema);
  try {
    static_cast<void>(evaluate(network, cohort_rule("fail_if: c.workers > 0"), on()));
    FAIL("rules of another schema ran");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_argument);
  }
}
