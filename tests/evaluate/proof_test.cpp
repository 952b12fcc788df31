// Who says so, how sure, and who disagrees (design.md §4: proof is masking).

#include <random>
#include <string>
#include <vector>

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

namespace {

const std::string sources = R"yaml(
sources:
  one-voice:  {class: worker_interview, date: 2026-05-14, place: off_site, chosen_by: auditor, sample: 1, of: 48}
  voices:     {class: worker_interview, date: 2026-05-14, place: off_site, chosen_by: auditor, sample: 11, of: 48}
  in-a-group: {class: worker_interview, date: 2026-05-14, place: off_site, chosen_by: auditor, sample: 11, of: 48, separate: false}
  arranged:   {class: worker_interview, date: 2026-05-13, place: on_site, chosen_by: management, sample: 4, of: 36}
  old-voices: {class: worker_interview, date: 2020-05-14, place: off_site, chosen_by: auditor, sample: 11, of: 48}
  undated:    {class: worker_interview, place: off_site, chosen_by: auditor, sample: 11, of: 48}
  receipts:   {class: payment-proof, date: 2026-05-14}
  contracts:  {class: contract, date: 2026-05-12}
  payroll:    {class: payroll, date: 2026-05-31}
  walk:       {class: observation, date: 2026-05-12}
  form:       {class: self_declaration, date: 2026-02-20}
)yaml";

/// The verdict on the cohort `a` of a rule, as of 2026-06-30.
std::string judge(std::string_view rule, std::string_view rest) {
  const Network network = network_of(sources + std::string(rest));
  const Assessment assessment = evaluate(network, cohort_rule(rule), on("2026-06-30"));
  return std::string(to_text(assessment.verdict(0, node(network, "a"))));
}

constexpr std::string_view fee_rule =
    "proof: {fail: corroborated, pass: corroborated}\n"
    "fail_if: c.fees.exists(f, f.amount > 0)";

std::string fee(std::string_view said) {
  return "nodes:\n  Cohort: {a: {}}\n  Recruiter: {r: {}}\nedges:\n  charged: [" +
         std::string(said) + "]\n";
}

std::string paid_by(std::string_view source) {
  return judge(fee_rule, fee("{from: r, to: a, category: service-fee, amount: 100 USD, source: " +
                             std::string(source) + "}"));
}

constexpr std::string_view hours_rule =
    "proof: {fail: supported, pass: supported}\n"
    "fail_if: c.weekly_hours > 60.0";

std::string hours(std::string_view rule, std::string_view claims) {
  return judge(rule, "nodes: {Cohort: {a: {weekly_hours: [" + std::string(claims) + "]}}}\n");
}

}  // namespace

TEST_CASE("proof: nothing is weighed where nobody is named", "[evaluate][proof]") {
  const Network network =
      network_of(fee("{from: r, to: a, category: service-fee, amount: 100 USD}"));
  const Assessment assessment = evaluate(network, cohort_rule(fee_rule), on("2026-06-30"));
  CHECK(assessment.verdict(0, node(network, "a")) == Verdict::fail);
}

TEST_CASE("proof: several workers who were asked one by one corroborate one another",
          "[evaluate][proof]") {
  CHECK(paid_by("voices") == "fail");
  CHECK(paid_by("one-voice") == "suspect");
  CHECK(paid_by("in-a-group") == "suspect");
}

TEST_CASE("proof: one paper is not enough where two are demanded", "[evaluate][proof]") {
  CHECK(paid_by("receipts") == "suspect");
}

TEST_CASE("proof: what is old or undated is too little", "[evaluate][proof]") {
  CHECK(paid_by("old-voices") == "suspect");
  CHECK(paid_by("undated") == "suspect");
}

TEST_CASE("proof: two independent classes that say the same corroborate each other",
          "[evaluate][proof]") {
  const auto both = [](std::string_view a, std::string_view b) {
    return judge(
        fee_rule,
        fee("{from: r, to: a, category: service-fee, on: 2024-05-01, amount: 100 USD, source: " +
            std::string(a) +
            "}, {from: r, to: a, category: service-fee, on: 2024-05-01, amount: 100 USD, source: " +
            std::string(b) + "}"));
  };
  CHECK(both("one-voice", "receipts") == "fail");
  CHECK(both("one-voice", "in-a-group") == "suspect");  // one class
  CHECK(both("one-voice", "walk") == "suspect");        // a walk shows nothing of fees
  CHECK(both("one-voice", "form") == "suspect");
}

TEST_CASE("proof: a self-declaration alone never passes, nor do interviews that were arranged",
          "[evaluate][proof]") {
  const auto nothing_paid = [](std::string_view source) {
    return judge(fee_rule, fee("{from: r, to: a, category: service-fee, amount: 0 USD, source: " +
                               std::string(source) + "}") +
                               "complete: [{node: a, list: fees, source: " + std::string(source) +
                               "}]\n");
  };
  CHECK(nothing_paid("voices") == "pass");
  CHECK(nothing_paid("form") == "unknown");
  CHECK(nothing_paid("arranged") == "unknown");
}

TEST_CASE("proof: 'that is all' must come from the workers where the topic says so",
          "[evaluate][proof]") {
  const std::string supported =
      "proof: {fail: supported, pass: supported}\n"
      "fail_if: c.fees.exists(f, f.amount > 0)";
  const auto complete = [&](std::string_view source) {
    return judge(supported, "nodes: {Cohort: {a: {}}}\ncomplete: [{node: a, list: fees, source: " +
                                std::string(source) + "}]\n");
  };
  CHECK(complete("one-voice") == "pass");
  CHECK(complete("receipts") == "unknown");
}

TEST_CASE("proof: facts of no topic always count", "[evaluate][proof]") {
  CHECK(judge("proof: {fail: corroborated, pass: corroborated}\nfail_if: c.workers > 5",
              "nodes: {Cohort: {a: {workers: 6, source: form}}}\n") == "fail");
}

TEST_CASE("proof: where two who count disagree, it is a conflict", "[evaluate][proof]") {
  CHECK(hours(hours_rule, "{value: 70, source: payroll}, {value: 48, source: voices}") ==
        "conflict");
}

TEST_CASE("proof: who disagrees without counting makes no conflict", "[evaluate][proof]") {
  CHECK(hours(hours_rule, "{value: 70, source: payroll}, {value: 48, source: form}") == "fail");
  CHECK(hours(hours_rule, "{value: 48, source: payroll}, {value: 70, source: form}") == "pass");
}

TEST_CASE("proof: a disagreement on which nothing hangs is none", "[evaluate][proof]") {
  CHECK(hours(hours_rule, "{value: 70, source: payroll}, {value: 72, source: voices}") == "fail");
  CHECK(hours(hours_rule, "{value: 48, source: payroll}, {value: 50, source: voices}") == "pass");
}

TEST_CASE("proof: to find takes less than to clear, if the rule says so", "[evaluate][proof]") {
  const std::string rule =
      "proof: {fail: supported, pass: corroborated}\n"
      "fail_if: c.weekly_hours > 60.0";
  CHECK(hours(rule, "{value: 70, source: payroll}") == "fail");
  CHECK(hours(rule, "{value: 48, source: payroll}") == "unknown");
  CHECK(hours(rule, "{value: 48, source: payroll}, {value: 48, source: one-voice}") == "pass");
}

TEST_CASE("proof: a conflict shows both sides with all who say so", "[evaluate][proof]") {
  const Network network =
      network_of(sources +
                 "nodes: {Cohort: {a: {weekly_hours: [{value: 48, source: voices}, "
                 "{value: 70, source: payroll}, {value: 70, source: contracts}]}}}\n");
  const Assessment assessment = evaluate(network, cohort_rule(hours_rule), on("2026-06-30"));
  const Explanation explanation = assessment.explain(0, node(network, "a"));
  REQUIRE(explanation.verdict == Verdict::conflict);
  REQUIRE(explanation.sides.size() == 2);
  CHECK(explanation.sides[0].verdict == Verdict::fail);
  REQUIRE(explanation.sides[0].says.size() == 1);
  CHECK(explanation.sides[0].says[0].name == "a.weekly_hours");
  CHECK(to_text(explanation.sides[0].says[0].value, "en") == "70");
  CHECK(explanation.sides[0].says[0].source == "contracts, payroll");
  CHECK(explanation.sides[1].verdict == Verdict::pass);
  CHECK(explanation.sides[1].says[0].source == "voices");
}

TEST_CASE("proof: what is said too weakly is named, and asked for", "[evaluate][proof]") {
  const Network network =
      network_of(sources + "nodes: {Cohort: {a: {weekly_hours: 48, source: form}}}\n");
  const Assessment assessment = evaluate(network, cohort_rule(hours_rule), on("2026-06-30"));
  const Explanation explanation = assessment.explain(0, node(network, "a"));
  REQUIRE(explanation.verdict == Verdict::unknown);
  REQUIRE(explanation.too_weak.size() == 1);
  CHECK(explanation.too_weak[0].name == "a.weekly_hours");
  CHECK(explanation.too_weak[0].source == "form");
  REQUIRE(assessment.asks().size() == 1);
  CHECK(assessment.asks()[0].path == "Cohort.weekly_hours");
  CHECK(assessment.asks()[0].verdicts == 1);
  CHECK(assessment.asks()[0].stated == 1);
}

TEST_CASE("proof: a suspicion is asked for too", "[evaluate][proof]") {
  const Network network =
      network_of(sources + "nodes: {Cohort: {a: {weekly_hours: 70, source: form}}}\n");
  const Assessment assessment = evaluate(network, cohort_rule(hours_rule), on("2026-06-30"));
  CHECK(assessment.verdict(0, node(network, "a")) == Verdict::suspect);
  REQUIRE(assessment.asks().size() == 1);
  CHECK(assessment.asks()[0].stated == 1);
}

TEST_CASE("proof: what others say against it stands beside a finding", "[evaluate][proof]") {
  const Network network = network_of(
      sources +
      "nodes: {Cohort: {a: {weekly_hours: [{value: 70, source: payroll}, {value: 48, source: "
      "form}, {value: 48, source: arranged}]}}}\n");
  const Assessment assessment = evaluate(network, cohort_rule(hours_rule), on("2026-06-30"));
  const Explanation explanation = assessment.explain(0, node(network, "a"));
  REQUIRE(explanation.verdict == Verdict::fail);
  REQUIRE(explanation.against.size() == 1);
  CHECK(explanation.against[0].name == "a.weekly_hours");
  CHECK(to_text(explanation.against[0].value, "en") == "48");
  CHECK(explanation.against[0].source == "arranged, form");
}

TEST_CASE("proof: what is not found says how far those asked could have noticed",
          "[evaluate][proof]") {
  const auto pass = [](std::string_view source) {
    const Network network =
        network_of(sources + "nodes: {Cohort: {a: {}}}\ncomplete: [{node: a, list: fees, source: " +
                   std::string(source) + "}]\n");
    const Assessment assessment = evaluate(
        network,
        cohort_rule("proof: {fail: stated, pass: stated}\nfail_if: c.fees.exists(f, f.amount > 0)"),
        on("2026-06-30"));
    return assessment.explain(0, node(network, "a"));
  };
  const Explanation explanation = pass("voices");
  REQUIRE(explanation.verdict == Verdict::pass);
  REQUIRE(explanation.detection.size() == 1);
  CHECK(explanation.detection[0].source == "voices");
  CHECK(explanation.detection[0].asked == 11);
  CHECK(explanation.detection[0].of == 48);
  CHECK(explanation.detection[0].affected == 11);
}

TEST_CASE("proof: what cannot all be tried is a conflict, and the run says so",
          "[evaluate][proof]") {
  std::string text = sources + "nodes:\n  Cohort: {a: {}}\n  Recruiter: {";
  std::string edges;
  for (int i = 0; i < 9; ++i) {
    const std::string id = "r" + std::to_string(i);
    text += id + ": {}, ";
    edges += "    - {from: " + id +
             ", to: a, category: service-fee, amount: [{value: 1 USD, source: voices}, "
             "{value: 2 USD, source: receipts}]}\n";
  }
  text += "}\nedges:\n  charged:\n" + edges + "complete: [{node: a, list: fees, source: voices}]\n";
  const Network network = network_of(text);
  const Rules rules = cohort_rule(
      "proof: {fail: supported, pass: supported}\n"
      "fail_if: c.fees.map(f, f.amount).sum() > money('1000 USD')");
  const Assessment assessment = evaluate(network, rules, on("2026-06-30"));
  CHECK(assessment.verdict(0, node(network, "a")) == Verdict::conflict);
  REQUIRE(assessment.run().limits_hit.size() == 1);
  CHECK(assessment.run().limits_hit[0].reached ==
        LimitReached{LimitReached::Limit::combinations, 256});
}

namespace {

struct Draft {
  std::vector<std::pair<int, std::string>> claims;  ///< value, source
};

std::string text_of(const Draft& draft) {
  std::string out;
  for (const auto& [value, source] : draft.claims) {
    out += (out.empty() ? "{value: " : ", {value: ") + std::to_string(value) +
           ", source: " + source + "}";
  }
  return out;
}

}  // namespace

TEST_CASE("proof: laws on random statements", "[evaluate][proof]") {
  const std::vector<std::string> all = {"one-voice", "voices",  "arranged",  "old-voices",
                                        "receipts",  "payroll", "contracts", "form"};
  const std::vector<std::string> levels = {"any", "stated", "supported", "corroborated"};
  std::mt19937 random(20261130);
  const auto pick = [&](std::size_t count) { return random() % count; };
  for (int round = 0; round < 300; ++round) {
    const std::string rule = "proof: {fail: " + levels[1 + pick(3)] +
                             ", pass: " + levels[1 + pick(3)] + "}\nfail_if: c.weekly_hours > 60.0";
    Draft draft;
    for (std::size_t count = pick(4); count > 0; --count) {
      draft.claims.emplace_back(pick(2) == 0 ? 48 : 70, all[pick(all.size())]);
    }
    CAPTURE(rule, text_of(draft));
    const auto judged = [&](const Draft& of) {
      return of.claims.empty() ? judge(rule, "nodes: {Cohort: {a: {}}}\n")
                               : hours(rule, text_of(of));
    };
    const std::string before = judged(draft);

    Draft turned = draft;
    std::shuffle(turned.claims.begin(), turned.claims.end(), random);
    CHECK(judged(turned) == before);  // the order of statements does not matter

    Draft weaker = draft;  // a party that speaks about itself settles and unsettles nothing
    weaker.claims.emplace_back(pick(2) == 0 ? 48 : 70, "form");
    const std::string with_form = judged(weaker);
    if (before == "fail" || before == "pass" || before == "conflict") CHECK(with_form == before);
    if (before == "unknown") CHECK((with_form == "unknown" || with_form == "suspect"));

    Draft more = draft;  // more is known: what was decided stays, or sources disagree
    more.claims.emplace_back(pick(2) == 0 ? 48 : 70, all[pick(all.size())]);
    const std::string after = judged(more);
    if (before == "fail") CHECK(after != "pass");
    if (before == "pass") CHECK(after != "fail");
  }
}
