// What an assessment says about a run as a whole.

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::network_of;
using eraudit::test::node;
using eraudit::test::on;
using eraudit::test::rules_of;
using eraudit::test::ScratchFolder;

namespace {

/// `high test.a on x`, gravest first.
std::vector<std::string> list(const Assessment& assessment) {
  std::vector<std::string> out;
  for (const Finding& finding : assessment.findings()) {
    std::string severity(to_text(finding.severity.high));
    if (finding.severity.low != finding.severity.high) {
      severity = std::string(to_text(finding.severity.low)) + ".." + severity;
    }
    out.push_back(std::string(to_text(finding.verdict)) + " " + severity + " " +
                  assessment.rules().all()[finding.rule].id + " on " +
                  std::string(assessment.network().id(finding.subject)));
  }
  return out;
}

/// `test.a charged.amount: 2 verdicts, 3 facts: x.y, ...`
std::vector<std::string> asks(const Assessment& assessment) {
  std::vector<std::string> out;
  for (const Ask& ask : assessment.asks()) {
    std::string text = assessment.rules().all()[ask.rule].id + " " + ask.path + ": " +
                       std::to_string(ask.verdicts) + " verdicts, " +
                       (ask.at_least ? "at least " : "") + std::to_string(ask.facts) + " facts:";
    for (const std::string& name : ask.names) text += " " + name;
    out.push_back(text);
  }
  return out;
}

Rules two_rules() {
  const ScratchFolder folder;
  folder.write(
      "a.yaml",
      "rule: test.a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: m\nseverity: low\n");
  folder.write("b.yaml",
               "rule: test.b\nsubject: (c:Cohort)\nfail_if: c.workers / c.women > 1\nmessage: "
               "m\nseverity: high\n");
  return load_rules(folder.path()).value();
}

}  // namespace

TEST_CASE("evaluate: findings come gravest first", "[evaluate]") {
  const Rules rules = two_rules();
  const Network network = network_of(
      "nodes: {Cohort: {z: {workers: 9, women: 1}, b: {workers: 9, women: 0}, a: {workers: 8, "
      "women: 8}}}");
  CHECK(list(evaluate(network, rules, on())) ==
        std::vector<std::string>{"fail high test.b on z", "fail low test.a on a",
                                 "fail low test.a on b", "fail low test.a on z",
                                 "error high test.b on b"});
}

TEST_CASE("evaluate: beyond their limit findings are counted, the gravest kept", "[evaluate]") {
  std::string cohorts;
  for (int index = 0; index < 3'000; ++index) {
    cohorts += "c" + std::to_string(10'000 + index) + ": {workers: 9, women: 1}, ";
  }
  const Rules rules = two_rules();
  const Network network = network_of("nodes: {Cohort: {" + cohorts + "}}");
  Options options = on();
  options.limits.findings = 3;
  for (const unsigned threads : {1U, 3U}) {
    options.threads = threads;
    const Assessment assessment = evaluate(network, rules, options);
    CHECK(list(assessment) == std::vector<std::string>{"fail high test.b on c10000",
                                                       "fail high test.b on c10001",
                                                       "fail high test.b on c10002"});
    CHECK(assessment.run().findings_dropped == 5'997);
    CHECK(assessment.run().limits_hit ==
          std::vector<LimitHit>{{{LimitReached::Limit::findings, 3}, "", "", 5'997}});
    CHECK(assessment.counts(0).by_verdict[0] == 3'000);
  }
}

TEST_CASE("evaluate: counts say what was selected, applied to and decided", "[evaluate]") {
  const Rules rules = cohort_rule("when: c.women > 0\nfail_if: c.workers / c.women > 1");
  const Network network = network_of(
      "nodes: {Cohort: {a: {workers: 9, women: 1}, b: {workers: 1, women: 1}, c: {women: 0}, d: "
      "{women: 2}, e: {}}}");
  const Assessment assessment = evaluate(network, rules, on());
  const RuleCounts& counts = assessment.counts(0);
  CHECK(counts.selected == 5);
  CHECK(counts.applicable == 4);
  CHECK(counts.decided == 2);
  CHECK(counts.not_reached == 0);
  CHECK_FALSE(counts.skipped);
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts.by_verdict) sum += count;
  CHECK(sum == counts.selected);
  CHECK(counts.by_verdict[static_cast<std::size_t>(Verdict::unknown)] == 2);
  CHECK(assessment.totals().selected == 5);
  CHECK(assessment.worst(node(network, "a")) == Verdict::fail);
  CHECK(assessment.worst(node(network, "d")) == Verdict::unknown);
  CHECK(assessment.worst(node(network, "c")) == Verdict::not_applicable);
}

TEST_CASE("evaluate: asks are one line per rule and attribute, most verdicts first", "[evaluate]") {
  const Rules rules = cohort_rule(
      "fail_if: c.fees.exists(f, f.amount > 0) || c.recruiters.exists(r, r.role == 'sub_agent')");
  const Network network = network_of(R"(
nodes:
  Cohort: {a: {}, b: {}, c: {}}
  Recruiter: {r: {}, s: {}}
edges:
  charged:
    - {from: r, to: a, category: medical}
    - {from: s, to: a, category: medical}
    - {from: r, to: b, category: medical}
  recruited: [{from: r, to: a}, {from: r, to: b}, {from: s, to: b}]
complete: [{node: a, list: fees}, {node: c, list: recruitments}]
)");
  CHECK(asks(evaluate(network, rules, on())) ==
        std::vector<std::string>{
            "test.rule Cohort.fees: 2 verdicts, 2 facts: b.fees c.fees",
            "test.rule Cohort.recruitments: 2 verdicts, 2 facts: a.recruitments b.recruitments",
            "test.rule Recruiter.role: 2 verdicts, 2 facts: r.role s.role",
            "test.rule charged.amount: 2 verdicts, 3 facts: charged(r, a, medical, ?).amount "
            "charged(r, b, medical, ?).amount charged(s, a, medical, ?).amount"});
}

TEST_CASE("evaluate: a fact that many wait for is one fact", "[evaluate]") {
  std::string cohorts;
  std::string edges;
  for (int index = 0; index < 500; ++index) {
    cohorts += "c" + std::to_string(1'000 + index) + ": {}, ";
    edges += "{from: r, to: c" + std::to_string(1'000 + index) + "}, ";
  }
  const Network network = network_of("nodes: {Cohort: {" + cohorts +
                                     "}, Recruiter: {r: {}}}\nedges: {recruited: [" + edges + "]}");
  const Rules rules =
      cohort_rule("fail_if: c.recruiters.all(r, r.country == 'NP') && c.workers > 0");
  for (const unsigned threads : {1U, 2U, 8U}) {
    Options options = on();
    options.threads = threads;
    const auto found = asks(evaluate(network, rules, options));
    CHECK(found == std::vector<std::string>{
                       "test.rule Cohort.recruitments: 500 verdicts, 500 facts: c1000.recruitments "
                       "c1001.recruitments "
                       "c1002.recruitments c1003.recruitments c1004.recruitments",
                       "test.rule Cohort.workers: 500 verdicts, 500 facts: c1000.workers "
                       "c1001.workers c1002.workers "
                       "c1003.workers c1004.workers",
                       "test.rule Recruiter.country: 500 verdicts, 1 facts: r.country"});
  }
}

TEST_CASE("evaluate: facts are counted exactly where each subject has its own, however many",
          "[evaluate]") {
  constexpr std::size_t count = 40'000;
  NetworkBuilder builder(recruitment_schema());
  const KindId cohort = *recruitment_schema()->find_kind("Cohort");
  const KindId recruiter = *recruitment_schema()->find_kind("Recruiter");
  const EdgeKindId recruited = *recruitment_schema()->find_edge("recruited");
  for (std::size_t index = 0; index < count; ++index) {
    const NodeDraft node = builder.node(cohort, "c" + std::to_string(100'000 + index));
    const NodeDraft agency = builder.node(recruiter, "r" + std::to_string(100'000 + index / 2));
    static_cast<void>(builder.edge(recruited, agency, node));
  }
  const Network network = builder.build().value();
  const Rules rules =
      cohort_rule("fail_if: c.workers > 0 && c.recruiters.all(r, r.country == 'NP')");
  for (const unsigned threads : {1U, 4U}) {
    Options options = on();
    options.threads = threads;
    const Assessment assessment = evaluate(network, rules, options);
    REQUIRE(assessment.asks().size() == 3);
    CHECK(assessment.asks()[0].path == "Cohort.recruitments");
    CHECK(assessment.asks()[0].facts == count);
    CHECK_FALSE(assessment.asks()[0].at_least);
    CHECK(assessment.asks()[1].path == "Cohort.workers");
    CHECK(assessment.asks()[1].facts == count);
    CHECK_FALSE(assessment.asks()[1].at_least);
    // Shared by two cohorts each, and too many to tell apart: a lower bound, and it says so.
    CHECK(assessment.asks()[2].path == "Recruiter.country");
    CHECK(assessment.asks()[2].facts == 16'384);
    CHECK(assessment.asks()[2].at_least);
  }
}

TEST_CASE("evaluate: the question is the rule's own, else the schema's", "[evaluate]") {
  const Rules rules = cohort_rule(
      "fail_if: c.workers > 0 && c.women > 0\nask: {Cohort.workers: {en: How many?, fr: Combien "
      "?}}");
  const Network network = network_of("nodes: {Cohort: {a: {}}}");
  const Assessment assessment = evaluate(network, rules, on());
  REQUIRE(assessment.asks().size() == 2);
  CHECK(assessment.question(assessment.asks()[1]) == "How many?");
  CHECK(assessment.question(assessment.asks()[1], "fr-CH") == "Combien ?");
  CHECK(assessment.question(assessment.asks()[1], "es") == "How many?");
  const Schema& schema = network.schema();
  const NodeKind& cohort = schema.kind(*schema.find_kind("Cohort"));
  const LocalText& women = cohort.attributes[cohort.find("women")->index].ask;
  CHECK(assessment.question(assessment.asks()[0], "es") == women.in("es"));
  CHECK_FALSE(women.in("es").empty());
}

TEST_CASE("evaluate: a fingerprint is of the rule and the subject alone", "[evaluate]") {
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9}, b: {}}}");
  const Network other = network_of("nodes: {Cohort: {_0: {}, a: {workers: 1}}, Facility: {f: {}}}");
  const Assessment assessment = evaluate(network, cohort_rule("fail_if: c.workers > 5"), on());
  const std::string print = assessment.fingerprint(0, node(network, "a"));
  // printf 'test.rule\na' | sha256sum
  CHECK(print == "30b331af3779ad50");
  CHECK(evaluate(other, cohort_rule("pass_if: c.women > 5"), on("2020-01-01"))
            .fingerprint(0, node(other, "a")) == print);
  CHECK(assessment.fingerprint(0, node(network, "b")) != print);
}

TEST_CASE("evaluate: a run that is stopped says what it did not reach", "[evaluate]") {
  std::string cohorts;
  for (int index = 0; index < 5'000; ++index)
    cohorts += "c" + std::to_string(index) + ": {workers: 9}, ";
  const Network network = network_of("nodes: {Cohort: {" + cohorts + "}}");
  std::stop_source source;
  Options options = on();
  options.stop = source.get_token();
  options.progress = [&](const Progress& progress) {
    CHECK(progress.total == 5'000);
    if (progress.done > 0) source.request_stop();
  };
  const Assessment assessment = evaluate(network, cohort_rule("fail_if: c.workers > 5"), options);
  const RuleCounts& counts = assessment.counts(0);
  CHECK(assessment.run().stopped);
  CHECK(counts.by_verdict[static_cast<std::size_t>(Verdict::fail)] == 2'048);
  CHECK(counts.not_reached == 5'000 - 2'048);
  CHECK(counts.by_verdict[static_cast<std::size_t>(Verdict::unknown)] == counts.not_reached);
  CHECK(counts.applicable == 2'048);
  CHECK(assessment.asks().empty());
  CHECK_FALSE(assessment.empty());

  source = std::stop_source();
  source.request_stop();
  options.stop = source.get_token();
  options.progress = nullptr;
  const Assessment nothing = evaluate(network, cohort_rule("fail_if: c.workers > 5"), options);
  CHECK(nothing.empty());
  CHECK(nothing.counts(0).skipped);
  CHECK(nothing.run().stopped);
  CHECK(nothing.explain(0, node(network, "c0")).verdict == Verdict::unknown);
}

TEST_CASE("evaluate: progress ends with everything done, whatever the number of threads",
          "[evaluate]") {
  std::string cohorts;
  for (int index = 0; index < 6'000; ++index)
    cohorts += "c" + std::to_string(index) + ": {workers: 9}, ";
  const Network network = network_of("nodes: {Cohort: {" + cohorts + "}}");
  for (const unsigned threads : {1U, 4U}) {
    Options options = on();
    options.threads = threads;
    std::uint64_t last = 0;
    bool inside = false;
    options.progress = [&](const Progress& progress) {
      CHECK_FALSE(inside);
      inside = true;
      CHECK(progress.done >= last);
      last = progress.done;
      inside = false;
    };
    static_cast<void>(evaluate(network, cohort_rule("fail_if: c.workers > 5"), options));
    CHECK(last == 6'000);
  }
}

TEST_CASE("evaluate: what a callback throws reaches the caller", "[evaluate]") {
  const Network network = network_of("nodes: {Cohort: {a: {workers: 9}}}");
  for (const unsigned threads : {1U, 2U}) {
    Options options = on();
    options.threads = threads;
    options.progress = [](const Progress& progress) {
      if (progress.done > 0) throw std::runtime_error("enough");
    };
    CHECK_THROWS_WITH(evaluate(network, cohort_rule("fail_if: c.workers > 5"), options), "enough");
  }
}

TEST_CASE("evaluate: an assessment keeps its network and rules alive", "[evaluate]") {
  std::optional<Assessment> assessment;
  {
    const Network network = network_of("nodes: {Cohort: {a: {workers: 9}}}");
    const Rules rules = cohort_rule("fail_if: c.workers > 5");
    assessment = evaluate(network, rules, on());
  }
  REQUIRE(assessment->findings().size() == 1);
  CHECK(assessment->message(assessment->findings()[0]) == "found");
  CHECK(assessment->explain(0, assessment->findings()[0].subject).verdict == Verdict::fail);
}

TEST_CASE("evaluate: a rule or node that is not there is an exception", "[evaluate]") {
  const Network network = network_of("nodes: {Cohort: {a: {}}}");
  const Assessment assessment = evaluate(network, cohort_rule("fail_if: c.workers > 5"), on());
  CHECK_THROWS_AS(assessment.verdict(1, node(network, "a")), Error);
  CHECK_THROWS_AS(assessment.verdict(0, NodeId{1}), Error);
  CHECK_THROWS_AS(assessment.counts(7), Error);
  CHECK_THROWS_AS(assessment.explain(0, NodeId{1}), Error);
  CHECK_THROWS_AS(assessment.fingerprint(0, NodeId{1}), Error);
}
