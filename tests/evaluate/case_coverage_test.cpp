// Which conditions the cases of a rule have seen come out each way.

#include "eraudit/evaluate/case_coverage.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

using Lines = std::vector<std::string>;

/// `where line:column text tfu`: a letter for each way that was seen, `-` for one that was not, `.`
/// if it cannot be unknown.
Lines coverage(const std::string& rule, const std::string& cases) {
  const ScratchFolder folder;
  const std::string path = folder.write("a.yaml", "rule: a\n" + rule + "message: m\n");
  folder.write("a.test.yaml", cases);
  const auto covered = cover_rules(std::span(&path, 1)).value();
  REQUIRE(covered.size() == 1);
  CHECK(covered[0].rule == "a");
  Lines lines;
  for (const CoveredCondition& one : covered[0].conditions) {
    std::string ways;
    ways += one.was_true ? 't' : '-';
    ways += one.was_false ? 'f' : '-';
    ways += one.was_unknown ? 'u' : one.can_be_unknown ? '-' : '.';
    CHECK(one.complete() == (ways == "tfu" || ways == "tf."));
    lines.push_back(one.where + " " + std::to_string(one.position.line) + ":" +
                    std::to_string(one.position.column) + " " + one.text + " " + ways);
  }
  return lines;
}

}  // namespace

TEST_CASE("evaluate: each operand is watched, and only what was asked counts",
          "[evaluate][coverage]") {
  CHECK(coverage("subject: (c:Cohort)\nwhen: c.workers > 0\n"
                 "fail_if: c.workers > 5 && !(c.women > 2 || c.women == 1)\n",
                 R"(
- case: few, so that the women are not asked for
  network: {nodes: {Cohort: {few: {workers: 3}, none: {workers: 0}}}}
  expect: [{subject: few, verdict: pass}, {subject: none, verdict: not_applicable}]
- case: many
  network: {nodes: {Cohort: {many: {workers: 6, women: 2}, open: {workers: 6}}}}
  expect: [{subject: many, verdict: fail}, {subject: open, verdict: unknown}]
)") == Lines{"when 3:7 c.workers > 0 tf-",
             "fail_if 4:10 c.workers > 5 && !(c.women > 2 || c.women == 1) tfu",
             "fail_if 4:10 c.workers > 5 tf-", "fail_if 4:29 c.women > 2 -fu",
             "fail_if 4:44 c.women == 1 -fu"});
}

TEST_CASE("evaluate: what quantifiers and filters ask is watched, in let too",
          "[evaluate][coverage]") {
  CHECK(coverage("subject: (c:Cohort)\nlet:\n  taken: c.fees.filter(f, f.borne_by == 'worker')\n"
                 "  shown: c.fees.filter(f, f.category == 'medical')\n"
                 "fail_if: taken.exists(f, f.amount > 0)\nmessage: \"{shown}\"\n#",
                 R"(
- case: one
  network:
    nodes: {Recruiter: {r: {}}, Cohort: {c: {}}}
    edges: {charged: [{from: r, to: c, category: medical, borne_by: worker, amount: 5 USD}]}
  expect: {subject: c, verdict: fail}
)") == Lines{"let taken 4:27 f.borne_by == 'worker' t--",
             "fail_if 6:10 taken.exists(f, f.amount > 0) t--", "fail_if 6:26 f.amount > 0 t--"});
}

TEST_CASE("evaluate: what is always known cannot be seen unknown", "[evaluate][coverage]") {
  CHECK(coverage("subject: (c:Cohort)\nfail_if: c.fees.exists(f, f.from.kind == 'Recruiter')\n", R"(
- case: a recruiter, and an authority
  network:
    nodes: {Recruiter: {r: {}}, Authority: {a: {}}, Cohort: {c: {}, d: {}, e: {}}}
    edges: {charged: [{from: a, to: c}, {from: r, to: c}, {from: a, to: d}]}
    complete: [{node: d, list: fees}]
  expect: [{subject: c, verdict: fail}, {subject: d, verdict: pass}, {subject: e, verdict: unknown}]
)") == Lines{"fail_if 3:10 c.fees.exists(f, f.from.kind == 'Recruiter') tfu",
             "fail_if 3:27 f.from.kind == 'Recruiter' tf."});
}

TEST_CASE("evaluate: conditions of a match are watched, and each of its rows",
          "[evaluate][coverage]") {
  CHECK(coverage("match: \"(c:Cohort)<-[:recruited]-(r:Recruiter WHERE r.role == 'agency')\"\n"
                 "subject: c\nfail_if: r.identified == false\n",
                 R"(
- case: two
  network:
    nodes: {Recruiter: {r: {role: agency, identified: true}, s: {role: agency, identified: false}, t: {role: individual}}, Cohort: {c: {}}}
    edges: {recruited: [{from: r, to: c}, {from: s, to: c}, {from: t, to: c}]}
  expect: {subject: c, verdict: fail}
)") == Lines{"match 2:53 r.role == 'agency' tf-", "fail_if 4:10 r.identified == false tf-"});
}

TEST_CASE("evaluate: a rule without cases has seen nothing", "[evaluate][coverage]") {
  const ScratchFolder folder;
  const std::string path = folder.write(
      "a.yaml", "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > c.women\nmessage: m\n");
  const auto covered = cover_rules(std::span(&path, 1)).value();
  REQUIRE(covered.size() == 1);
  CHECK(covered[0].cases == 0);
  REQUIRE(covered[0].conditions.size() == 1);
  CHECK_FALSE(covered[0].conditions[0].was_true);
  CHECK_FALSE(covered[0].conditions[0].complete());
}
