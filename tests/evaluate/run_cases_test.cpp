#include "eraudit/evaluate/run_cases.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using eraudit::test::project_file;
using eraudit::test::ScratchFolder;

namespace {

constexpr const char* rule = R"(rule: test.rule
subject: (c:Cohort)
when: c.workers > 0
fail_if: c.fees.exists(f, f.amount > 0)
message: "{c.workers} workers paid"
severity: high
)";

CaseReport run(std::string_view cases) {
  const ScratchFolder folder;
  folder.write("a.yaml", rule);
  folder.write("a.test.yaml", cases);
  const std::string path = folder.path();
  return run_cases(std::span(&path, 1)).value();
}

}  // namespace

TEST_CASE("evaluate: the cases of a pack are run and counted", "[evaluate][cases]") {
  const std::string path = project_file("tests/evaluate/packs/fees");
  const CaseReport report = run_cases(std::span(&path, 1)).value();
  for (const CaseResult& result : report.results) {
    INFO(result.name << "\n" << result.difference);
    CHECK(result.passed);
  }
  CHECK(report.passed == 4);
  CHECK(report.failed == 0);
  REQUIRE(report.results.size() == 4);
  CHECK(report.results[0].rule == "test-fees.worker-paid");
  CHECK(report.results[0].name == "fees were charged");
  CHECK(report.results[0].position.line == 1);
  CHECK(report.gaps ==
        std::vector<std::string>{"test-fees.over-cap: no case for fail, pass, unknown"});
}

TEST_CASE("evaluate: a case that comes out differently says what was expected, what came, and why",
          "[evaluate][cases]") {
  const CaseReport report = run(R"(
- case: wrong in everything
  network:
    nodes: {Recruiter: {r: {}}, Cohort: {np-24: {workers: 48}}}
    edges: {charged: [{from: r, to: np-24, category: medical, amount: 5 USD}]}
  expect: {subject: np-24, verdict: unknown, ask: [charged.amount], message: nobody paid, severity: low}
- case: waits for something else
  network: {nodes: {Cohort: {np-24: {}}}, complete: [{node: np-24, list: fees}]}
  expect: {subject: np-24, verdict: pass, ask: [Cohort.fees]}
)");
  CHECK(report.passed == 0);
  CHECK(report.failed == 2);
  REQUIRE(report.results.size() == 2);
  const std::string& first = report.results[0].difference;
  INFO(first);
  CHECK(first.find("  np-24: expected verdict unknown, got fail\n") == 0);
  CHECK(first.find("  np-24: expected ask charged.amount, got none\n") != std::string::npos);
  CHECK(first.find("  np-24: expected message \"nobody paid\", got \"48 workers paid\"\n") !=
        std::string::npos);
  CHECK(first.find("  np-24: expected severity low, got high\n") != std::string::npos);
  CHECK(first.find("charged(r, np-24, medical, ?).amount = 5 USD") != std::string::npos);
  const std::string& second = report.results[1].difference;
  INFO(second);
  CHECK(second.find("  np-24: expected verdict pass, got not_applicable\n") == 0);
  CHECK(report.gaps == std::vector<std::string>{"test.rule: no case for fail, not_applicable"});
}

TEST_CASE("evaluate: cases speak for 2026-06-30 unless they or their network say another day",
          "[evaluate][cases]") {
  const ScratchFolder folder;
  folder.write("a.yaml",
               "rule: test.rule\nsubject: (c:Cohort)\nfail_if: c.arrived < as_of\nmessage: m\n");
  folder.write("a.test.yaml", R"(
- case: usual
  network: {nodes: {Cohort: {a: {arrived: 2026-06-29}, b: {arrived: 2026-06-30}}}}
  expect: [{subject: a, verdict: fail}, {subject: b, verdict: pass}]
- case: of the network
  network: {as_of: 2020-01-01, nodes: {Cohort: {a: {arrived: 2026-06-29}}}}
  expect: {subject: a, verdict: pass}
- case: of the case
  as_of: 2027-01-01
  network: {as_of: 2020-01-01, nodes: {Cohort: {a: {arrived: 2026-06-29}}}}
  expect: {subject: a, verdict: fail}
)");
  const std::string path = folder.path();
  const CaseReport report = run_cases(std::span(&path, 1)).value();
  for (const CaseResult& result : report.results) {
    INFO(result.name << "\n" << result.difference);
    CHECK(result.passed);
  }
  CHECK(report.passed == 3);
}

TEST_CASE("evaluate: cases may bring exchange rates", "[evaluate][cases]") {
  const ScratchFolder folder;
  folder.write("a.yaml",
               "rule: test.rule\nsubject: (c:Cohort)\nfail_if: c.fees.exists(f, f.amount > "
               "c.base_wage)\nmessage: m\n");
  folder.write("a.test.yaml", R"(
- case: without a rate
  network: &n
    nodes: {Recruiter: {r: {}}, Cohort: {a: {base_wage: 100 MYR/month}}}
    edges: {charged: [{from: r, to: a, category: medical, amount: 2817 NPR}]}
    complete: [{node: a, list: fees}]
  expect: {subject: a, verdict: unknown, ask: [rate]}
- case: with one
  rates: [{from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}]
  network: *n
  expect: {subject: a, verdict: fail}
- case: with another
  rates: {max_age_days: 400, rates: [{from: MYR, to: NPR, on: 2025-06-30, rate: 28.18}]}
  network: *n
  expect: {subject: a, verdict: pass}
)");
  const std::string path = folder.path();
  const CaseReport report = run_cases(std::span(&path, 1)).value();
  for (const CaseResult& result : report.results) {
    INFO(result.name << "\n" << result.difference);
    CHECK(result.passed);
  }
  CHECK(report.passed == 3);
}
