// What would settle the undecided verdicts, as a work list.

#include "eraudit/report/ask_list.hpp"

#include <string>

#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::has;
using eraudit::test::network_of;
using eraudit::test::times;
using eraudit::test::usual_day;

TEST_CASE("report: a list of asks names the question, the fact and where it is missing",
          "[report][asks]") {
  const Network network = network_of("nodes: {Cohort: {a: {}, b: {workers: 9}, c: {}}}");
  const Rules rules =
      cohort_rule("fail_if: c.workers > 5\nask: {Cohort.workers: {en: How many?, fr: Combien ?}}");
  const Assessment assessment = evaluate(network, rules, usual_day());
  CHECK(ask_list(assessment) ==
        "To ask of: the employer\n"
        "  1. How many?\n"
        "     with the questions before it, settles 2 verdicts (up to medium); 2 verdicts\n"
        "     wait for it\n"
        "     Cohort.workers   test.rule\n"
        "       a.workers, c.workers\n"
        "\n"
        "Asked in this order, the first 1 settle 2 of 2 verdicts that wait; no other\n"
        "choice of as many could settle more than 2. An answer may raise a new question.\n");
  TextOptions french;
  french.language = "fr";
  CHECK(has(ask_list(assessment, french), "À demander à : l'employeur\n  1. Combien ?\n"));
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

TEST_CASE("report: one question of several rules stands once, where it settles most first",
          "[report][asks]") {
  const Network network = network_of(
      "nodes: {Cohort: {a: {weekly_hours: 1}, b: {weekly_hours: 1}, c: {workers: 1}, d: {}}}");
  // `workers` alone settles a and b, `weekly_hours` alone c; d needs both.
  const Rules rules = cohort_rule("fail_if: c.workers > 5 && c.weekly_hours > 60.0");
  const Assessment assessment = evaluate(network, rules, usual_day());
  const std::string text = ask_list(assessment);
  // By whom to ask, in the order of the first question of each.
  CHECK(text.find("  1. ") < text.find("  2. "));
  CHECK(times(text, "Cohort.workers") == 1);
  CHECK(times(text, "Cohort.weekly_hours") == 1);
  CHECK(times(text, "To ask of: ") == 2);
}

TEST_CASE("report: the table of asks is for spreadsheets", "[report][asks]") {
  const Network network = network_of("nodes: {Cohort: {=a: {}, b: {workers: 9}, c: {}}}");
  const Rules rules =
      cohort_rule("fail_if: c.workers > 5\nask: {Cohort.workers: {en: '=How many?'}}");
  const std::string table = write_asks_csv(evaluate(network, rules, usual_day()), "en");
  CHECK(has(table, "\uFEFForder,respondent,question,path,settles,severity,settled,at_most,"));
  CHECK(has(table, "1,the employer,\"'=How many?\",Cohort.workers,2,medium,2,2,2,0,test.rule,"));
  CHECK(has(table, "\"'=a.workers; c.workers\","));
}
