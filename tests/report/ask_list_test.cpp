// What would settle the undecided verdicts, as a work list.

#include <string>

#include "eraudit/report/summary.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::has;
using eraudit::test::network_of;
using eraudit::test::usual_day;

TEST_CASE("report: a list of asks names the question, the fact and where it is missing",
          "[report][asks]") {
  const Network network = network_of("nodes: {Cohort: {a: {}, b: {workers: 9}, c: {}}}");
  const Rules rules =
      cohort_rule("fail_if: c.workers > 5\nask: {Cohort.workers: {en: How many?, fr: Combien ?}}");
  const Assessment assessment = evaluate(network, rules, usual_day());
  CHECK(ask_list(assessment) ==
        "  1. How many?\n"
        "     To ask of: the employer\n"
        "     Cohort.workers   test.rule   would help to settle 2 verdicts\n"
        "       a.workers, c.workers\n");
  TextOptions french;
  french.language = "fr";
  CHECK(ask_list(assessment, french) ==
        "  1. Combien ?\n"
        "     À demander à : l'employeur\n"
        "     Cohort.workers   test.rule   aiderait à trancher 2 résultats\n"
        "       a.workers, c.workers\n");
}

TEST_CASE("report: facts that a list of asks does not name are counted", "[report][asks]") {
  std::string yaml = "nodes: {Cohort: {";
  for (int i = 10; i < 40; ++i) yaml += "c" + std::to_string(i) + ": {}, ";
  const Assessment assessment =
      evaluate(network_of(yaml + "}}"), cohort_rule("fail_if: c.workers > 5"), usual_day());
  REQUIRE(assessment.asks().size() == 1);
  const Ask& ask = assessment.asks()[0];
  REQUIRE(ask.facts == 30);
  REQUIRE(ask.names.size() < 30);
  TextOptions wide;
  wide.width = 200;
  CHECK(has(ask_list(assessment, wide),
            ", and " + std::to_string(30 - ask.names.size()) + " more\n"));
}

TEST_CASE("report: too many facts to tell apart are at least so many", "[report][asks]") {
  std::string yaml = "nodes: {Recruiter: {r: {}}, Cohort: {";
  for (int i = 10; i < 40; ++i) yaml += "c" + std::to_string(i) + ": {}, ";
  yaml += "}}\nedges: {recruited: [";
  for (int i = 10; i < 40; ++i) yaml += "{from: r, to: c" + std::to_string(i) + "}, ";
  yaml += "]}\n";
  const Rules rules = test::rules_of(
      "rule: test.rule\nsubject: (r:Recruiter)\nfail_if: r.cohorts.exists(c, c.workers > "
      "5)\nmessage: m\n");
  Options options = usual_day();
  options.limits.facts_per_verdict = 4;
  const Assessment assessment = evaluate(network_of(yaml), rules, options);
  bool any = false;
  for (const Ask& ask : assessment.asks()) any = any || ask.at_least;
  REQUIRE(any);
  CHECK(has(ask_list(assessment), ", and at least "));
}

TEST_CASE("report: an empty list of asks says why it is empty", "[report][asks]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 5");
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9}}}");
  CHECK(ask_list(evaluate(network, rules, usual_day())) == "No verdict waits for information.\n");
  CHECK(ask_list(evaluate(network_of("{}"), rules, usual_day())) ==
        "NOTHING WAS CHECKED\n"
        "  No rule came to judge anything in this network. That says nothing about\n"
        "  anybody in it.\n");
  CHECK(ask_list(test::forged(network, rules, {Verdict::unknown})) ==
        "Verdicts without enough information: 1. What they wait for was not established.\n");
}
