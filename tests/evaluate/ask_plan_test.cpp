// In which order to ask, so that each answer settles as much as it can.

#include "eraudit/evaluate/ask_plan.hpp"

#include <algorithm>
#include <random>
#include <set>
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

namespace {

Assessment judged(std::string_view network, std::string_view rule) {
  return evaluate(network_of(network), cohort_rule(rule), on("2026-06-30"));
}

/// What these questions settle, counted out.
std::uint64_t settled_by(const Assessment& assessment, const std::set<std::string>& paths) {
  std::uint64_t settled = 0;
  for (const WaitingSet& set : assessment.waiting()) {
    const bool all = std::all_of(set.asks.begin(), set.asks.end(), [&](std::uint32_t place) {
      return paths.contains(assessment.asks()[place].path);
    });
    if (all) settled += set.verdicts;
  }
  return settled;
}

}  // namespace

TEST_CASE("ask plan: what settles most is asked first", "[evaluate][asks]") {
  // Both conditions are needed of `a`; of `b` and `c` only the hours.
  const Assessment assessment = judged("nodes: {Cohort: {a: {}, b: {workers: 9}, c: {workers: 9}}}",
                                       "fail_if: c.workers > 5 && c.weekly_hours > 60.0");
  const AskPlan plan = plan_asks(assessment);
  REQUIRE(plan.asks.size() == 2);
  CHECK(plan.waiting == 3);
  CHECK(plan.left_out == 0);
  CHECK(plan.asks[0].path == "Cohort.weekly_hours");
  CHECK(plan.asks[0].waiting == 3);
  CHECK(plan.asks[0].settles == 2);
  CHECK(plan.asks[0].at_most == 2);
  CHECK(plan.asks[1].path == "Cohort.workers");
  CHECK(plan.asks[1].settles == 1);
  CHECK(plan.asks[1].settled == 3);
  CHECK(plan.asks[1].at_most == 3);
}

TEST_CASE("ask plan: questions that settle only together stand together", "[evaluate][asks]") {
  // Alone each of the first two settles nothing; the third settles one of the five.
  const Assessment assessment = judged(
      "nodes: {Cohort: {a: {weekly_hours: 70}, b: {weekly_hours: 70}, c: {weekly_hours: 70}, "
      "d: {weekly_hours: 70}, e: {workers: 9, base_wage: 9 USD/month}}}",
      "fail_if: c.workers > 5 && c.weekly_hours > 60.0 && c.base_wage > money('5 USD')");
  const AskPlan plan = plan_asks(assessment);
  REQUIRE(plan.asks.size() == 3);
  CHECK(plan.asks[0].settled == 0);
  CHECK(plan.asks[1].settled == 4);
  CHECK(plan.asks[2].path == "Cohort.weekly_hours");
  CHECK(plan.asks[2].settled == 5);
}

TEST_CASE("ask plan: nothing waits, nothing is asked", "[evaluate][asks]") {
  const AskPlan plan =
      plan_asks(judged("nodes: {Cohort: {a: {workers: 9}}}", "fail_if: c.workers > 5"));
  CHECK(plan.asks.empty());
  CHECK(plan.waiting == 0);
}

TEST_CASE("ask plan: laws on random gaps", "[evaluate][asks]") {
  const std::vector<std::string> attributes = {"workers", "weekly_hours", "base_wage", "origin"};
  const std::vector<std::string> values = {"9", "70", "9 USD/month", "NP"};
  std::mt19937 random(20261130);
  for (int round = 0; round < 200; ++round) {
    std::string network = "nodes:\n  Cohort:\n";
    for (int cohort = 0; cohort < 12; ++cohort) {
      network += "    c" + std::to_string(cohort) + ": {";
      for (std::size_t a = 0; a < attributes.size(); ++a) {
        if (random() % 2 == 0) network += attributes[a] + ": " + values[a] + ", ";
      }
      network += "}\n";
    }
    CAPTURE(network);
    const Assessment assessment =
        judged(network,
               "fail_if: c.workers > 5 && c.weekly_hours > 60.0 && c.base_wage > money('5 USD') "
               "&& c.origin == 'NP'");
    const AskPlan plan = plan_asks(assessment);
    std::set<std::string> asked;
    std::uint64_t settled = 0;
    for (const PlannedAsk& ask : plan.asks) {
      asked.insert(ask.path);
      settled += ask.settles;
      CHECK(ask.settled == settled);
      CHECK(ask.settled == settled_by(assessment, asked));
      // No choice of as many is beyond the bound.
      for (unsigned choice = 0; choice < 16; ++choice) {
        std::set<std::string> other;
        for (std::size_t a = 0; a < attributes.size(); ++a) {
          if ((choice >> a & 1U) != 0) other.insert("Cohort." + attributes[a]);
        }
        if (other.size() != asked.size()) continue;
        CHECK(settled_by(assessment, other) <= ask.at_most);
      }
    }
    CHECK(asked.size() == plan.asks.size());
    CHECK(settled == plan.waiting);  // all questions together settle all
  }
}
