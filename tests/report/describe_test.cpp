// One verdict, with what it rests on and what would change it.

#include <stop_token>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/report/summary.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::has;
using eraudit::test::network_of;
using eraudit::test::rules_of;
using eraudit::test::ScratchFolder;
using eraudit::test::untidy_lines;
using eraudit::test::usual_day;

namespace {

/// What is said of `subject` under the first rule, without the footer.
std::string description(const Assessment& assessment, std::string_view subject,
                        const TextOptions& options = {}) {
  const NodeId node = assessment.network().find(subject).value();
  const std::string text =
      describe(assessment, assessment.explain(0, node, options.language), options);
  const std::size_t footer = text.rfind("\n\n");
  REQUIRE(footer != std::string::npos);
  return text.substr(0, footer + 1);
}

Rules fee_rule(const ScratchFolder& folder) {
  return load_rules(folder.write("fees.yaml", R"(rule: test.fees
version: 2
status: draft
indicator: recruitment-fees-charged
title: {en: Fees, fr: Frais}
why: {en: Fees indebt. Does not say who is to answer for them., fr: Les frais endettent.}
subject: (c:Cohort)
when: |
  c.workers > 0
let:
  service: |
    c.fees.filter(f,
      f.category == 'service-fee')
fail_if: |
  service.exists(f, f.amount > 0)
severity: high
message: {en: "paid {service.map(f, f.amount)}", fr: "payé {service.map(f, f.amount)}"}
basis:
  - {provision: ilo-conv-c181-no-fees, relation: subset}
remedy: {en: Repay., fr: Rembourser., days: 1}
)"))
      .value();
}

Network fees() {
  const auto document = read_yaml(std::make_shared<const Source>("network.yaml", R"(
eraudit: network/1
sources: {voices: {class: worker_interview, place: off_site}}
nodes:
  Recruiter: {sunrise: {}}
  Cohort: {np-24: {workers: 48}, np-25: {}, np-26: {workers: 0}, np-27: {workers: 3}}
edges:
  charged:
    - {from: sunrise, to: np-24, category: service-fee, amount: 900 USD, on: 2024-03-01, source: voices}
complete: [{node: np-27, list: fees, source: voices}]
)"))
                            .value();
  return read_network(*document).value();
}

}  // namespace

TEST_CASE("report: an explanation shows the conditions with what was read and where it stands",
          "[report][describe]") {
  const ScratchFolder folder;
  const Assessment assessment = evaluate(fees(), fee_rule(folder), usual_day());
  TextOptions wide;
  wide.width = 120;
  const std::string text = folder.relative(description(assessment, "np-24", wide));
  CHECK(text ==
        R"(test.fees   Fees
  Group of workers np-24   x indicator present   severity: high   [draft rule]

  paid 900 USD, may be more

Applies when  fees.yaml:9
  c.workers > 0  ->  yes
      np-24.workers = 48  network.yaml:6

fail_if  fees.yaml:15
  service.exists(f, f.amount > 0)  ->  yes
    service = c.fees.filter(f, f.category == 'service-fee')  ->  charged(sunrise, np-24, service-fee, 2024-03-01), may
    be more
        np-24.fees = 1 edge, may be more
        charged(sunrise, np-24, service-fee, 2024-03-01).category = recruitment service  network.yaml:9  [voices]
    for charged(sunrise, np-24, service-fee, 2024-03-01): f.amount > 0  ->  yes
        charged(sunrise, np-24, service-fee, 2024-03-01).amount = 900 USD  network.yaml:9  [voices]

Rests on
    np-24.workers = 48  network.yaml:6
    charged(sunrise, np-24, service-fee, 2024-03-01).amount = 900 USD  network.yaml:9  [voices]
    np-24.fees = 1 edge, may be more
    charged(sunrise, np-24, service-fee, 2024-03-01).category = recruitment service  network.yaml:9  [voices]

Without one of these it would be undecided
    np-24.workers = 48  network.yaml:6
    charged(sunrise, np-24, service-fee, 2024-03-01).amount = 900 USD  network.yaml:9  [voices]
    charged(sunrise, np-24, service-fee, 2024-03-01).category = recruitment service  network.yaml:9  [voices]

Remedy
    Repay. (1 day)

About the rule
    Fees indebt. Does not say who is to answer for them.

Basis
    ILO Conventions and Protocol, C181 Article 7(1): Private agencies charge workers nothing (ilo-conv-c181-no-fees; the
    rule asks less)
)");
}

TEST_CASE("report: an undecided verdict says what it waits for, with the question",
          "[report][describe]") {
  const ScratchFolder folder;
  const Assessment assessment = evaluate(fees(), fee_rule(folder), usual_day());
  const std::string text = folder.relative(description(assessment, "np-25"));
  INFO(text);
  CHECK(has(text, "  Group of workers np-25   ? not enough information   [draft rule]\n"));
  CHECK(has(text,
            "\nWaits for\n    np-25.workers  network.yaml:6\n      How many workers does this "));
  CHECK(has(text, "\n    np-25.fees  network.yaml:6\n      Did anybody else take money"));
  // What it waits for is nothing to rest on.
  CHECK_FALSE(has(text, "Rests on"));
  // It found nothing, so there is nothing to remedy and nothing grave.
  CHECK_FALSE(has(text, "Remedy"));
  CHECK_FALSE(has(text, "severity"));
  CHECK(has(text, "About the rule"));
}

TEST_CASE("report: an undecided verdict says what would be enough, and what is asked later",
          "[report][describe]") {
  const Rules rules = cohort_rule(
      "when: c.women > 0\nfail_if: 'c.permit_tied ? c.weekly_hours > 48.0 : c.workers > 5'");
  const auto about = [&](std::string_view cohort, const TextOptions& options = {}) {
    const Network network = network_of("nodes: {Cohort: {a: {" + std::string(cohort) + "}}}");
    return description(evaluate(network, rules, usual_day()), "a", options);
  };
  const std::string text = about("women: 3");
  INFO(text);
  CHECK(has(text, R"(
Would decide it, with some answers
    a.permit_tied + a.weekly_hours  ->  indicator present; not found in what was
    checked
    a.permit_tied + a.workers  ->  indicator present; not found in what was
    checked

Asked later
    if this holds: c.permit_tied
      a.weekly_hours  network.yaml:1
        How many hours )"));
  CHECK(has(text, "\n    if this does not hold: c.permit_tied\n      a.workers  network.yaml:1\n"));
  // A question that stands under 'Waits for' does not stand here once more.
  const std::string open = about("");
  INFO(open);
  CHECK(has(open, "\n    a.women  ->  not applicable\n"));
  CHECK(has(open,
            "\n    if this holds: c.women > 0\n      a.permit_tied\n    if this holds: c.permit"));
  TextOptions french;
  french.language = "fr";
  CHECK(has(about("", french),
            "\nTrancheraient, avec certaines réponses\n    a.women  ->  sans objet\n"));
  CHECK(has(about("", french), "\nÀ demander plus tard\n    si cela est vrai : c.women > 0\n"));
  CHECK(has(about("", french), "\n    si cela n’est pas vrai : c.permit_tied\n"));
  const std::string decided = about("women: 3, permit_tied: false, workers: 9");
  INFO(decided);
  CHECK_FALSE(has(decided, "with some answers"));
  CHECK_FALSE(has(decided, "Asked later"));
}

TEST_CASE("report: more open conditions than are searched are told", "[report][describe]") {
  std::string condition = "c.women > 3";
  for (int number = 0; number < 12; ++number) {
    condition += " || c.workers > " + std::to_string(number);
  }
  const std::string text = description(evaluate(network_of("nodes: {Cohort: {a: {}}}"),
                                                cohort_rule("fail_if: " + condition), usual_day()),
                                       "a");
  INFO(text);
  CHECK(has(text, "\n13 of its conditions are open: too many to look for the fewest answers that"));
  CHECK_FALSE(has(text, "with some answers"));
}

TEST_CASE("report: many facts that are needed together are counted", "[report][describe]") {
  std::string yaml = "nodes: {Recruiter: {r: {}}, Cohort: {a: {}}}\nedges: {charged: [";
  for (int i = 10; i < 20; ++i) yaml += "{from: r, to: a, on: 20" + std::to_string(i) + "-01-01}, ";
  const Rules rules = cohort_rule("fail_if: c.fees.map(f, f.amount).sum() > money('9 USD')");
  const std::string text = description(
      evaluate(network_of(yaml + "]}\ncomplete: [{node: a, list: fees}]"), rules, usual_day()),
      "a");
  INFO(text);
  CHECK(has(text, " and 2 more  ->  "));
}

TEST_CASE("report: a rule that does not apply, or did not find, says why", "[report][describe]") {
  const ScratchFolder folder;
  const Assessment assessment = evaluate(fees(), fee_rule(folder), usual_day());
  const std::string off = description(assessment, "np-26");
  INFO(off);
  CHECK(has(off, "  Group of workers np-26   - not applicable   [draft rule]\n"));
  CHECK(has(off, "  c.workers > 0  ->  no\n      np-26.workers = 0  network.yaml:6\n"));
  CHECK_FALSE(has(off, "fail_if"));
  const std::string good = description(assessment, "np-27");
  INFO(good);
  CHECK(has(good, ". not found in what was checked"));
  CHECK(has(good, "np-27.fees = no edges, that is all"));
  CHECK_FALSE(has(good, "Remedy"));
}

TEST_CASE("report: an explanation is in the language asked for", "[report][describe]") {
  const ScratchFolder folder;
  const Assessment assessment = evaluate(fees(), fee_rule(folder), usual_day());
  TextOptions french;
  french.language = "fr";
  const std::string text = description(assessment, "np-24", french);
  INFO(text);
  CHECK(has(text, "test.fees   Frais\n"));
  CHECK(has(text, "  Groupe de travailleurs np-24   x indicateur constaté   gravité : élevée"));
  CHECK(has(text, "\nS’applique si  "));
  CHECK(has(text, "    pour charged(sunrise, np-24, service-fee, 2024-03-01) : f.amount > 0"));
  CHECK(has(text, "\nS’appuie sur\n"));
  CHECK(has(text, "\nRemède\n    Rembourser. (1 jour)\n"));
  CHECK(has(text, "\nÀ propos de la règle\n    Les frais endettent.\n"));
  CHECK(has(text, "la règle demande moins)"));
  CHECK(has(text, "\n  payé 900 USD, peut-être davantage\n"));
  CHECK(has(text, "np-24.fees = 1 lien, peut-être davantage"));
  for (const char* english : {"may be", "Group of", "edge", "Rests", "one of"}) {
    INFO(english);
    CHECK_FALSE(has(text, english));
  }
  CHECK(has(description(assessment, "np-25", french), "c.workers > 0  ->  non connu\n"));
  TextOptions spanish;
  spanish.language = "es";
  // The rule has no Spanish message; what it says is then English throughout.
  CHECK(has(description(assessment, "np-24", spanish), "\n  paid 900 USD, may be more\n"));
  CHECK(has(description(assessment, "np-27", spanish), "np-27.fees = ningún enlace, eso es todo"));
}

TEST_CASE("report: a rule that broke says how", "[report][describe]") {
  const Rules rules = cohort_rule("fail_if: c.workers / c.women > 1");
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9, women: 0}}}");
  const std::string text = description(evaluate(network, rules, usual_day()), "a");
  INFO(text);
  CHECK(has(text, "  Group of workers a   E rule could not run   [draft rule]\n"));
  CHECK(has(text, "division by zero"));
  CHECK_FALSE(has(text, "severity"));
}

TEST_CASE("report: elements that may not belong, and those left out, are told",
          "[report][describe]") {
  std::string yaml = "nodes: {Recruiter: {r: {}}, Cohort: {c: {}}}\nedges: {charged: [";
  for (int i = 10; i < 26; ++i) {
    yaml += "{from: r, to: c, on: 20" + std::to_string(i) + "-01-01, amount: 0 USD}, ";
  }
  yaml += "{from: r, to: c, on: 2024-06-30/2027-01-01, category: service-fee, amount: 7 USD}]}";
  const Rules rules = cohort_rule("fail_if: c.fees.exists(f, f.amount > 0)");
  TextOptions wide;
  wide.width = 120;
  const std::string text = description(evaluate(network_of(yaml), rules, usual_day()), "c", wide);
  INFO(text);
  CHECK(has(
      text,
      "    for charged(r, c, service-fee, 2024-06-30/2027-01-01), if it belongs here: f.amount > "
      "0  ->  yes\n"));
  // Sixteen are shown.
  CHECK(test::times(text, "    for charged(") == 16);
  CHECK(has(text, "\n    and 1 more\n"));
}

TEST_CASE("report: deep conditions stay on the page", "[report][describe]") {
  std::string condition = "c.workers > 5";
  for (int depth = 0; depth < 40; ++depth)
    condition = "(" + condition + " && true == (1 < 2)) || c.women > 7";
  const Rules rules = cohort_rule("fail_if: |\n  " + condition);
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9, women: 1}}}");
  TextOptions narrow;
  narrow.width = 60;
  const std::string text = description(evaluate(network, rules, usual_day()), "a", narrow);
  INFO(text);
  CHECK(untidy_lines(text, 60) == std::vector<std::string>{});
}

TEST_CASE("report: what was not judged says why", "[report][describe]") {
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9}}}");
  const Rules later = cohort_rule("fail_if: c.workers > 5\nsince: 2027-01-01");
  CHECK(has(description(evaluate(network, later, usual_day()), "a"),
            "- not applicable   [draft rule]\n  not in force on this day\n"));
  std::stop_source stop;
  stop.request_stop();
  Options options = usual_day();
  options.stop = stop.get_token();
  const Rules now = cohort_rule("fail_if: c.workers > 5");
  const std::string stopped = description(evaluate(network, now, options), "a");
  INFO(stopped);
  CHECK(has(stopped, "? not enough information"));
  CHECK(has(stopped, "  not judged before the run stopped\n"));
}
