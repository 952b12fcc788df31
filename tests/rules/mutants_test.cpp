// Rules with one small mistake.

#include "eraudit/rules/mutants.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

using Lines = std::vector<std::string>;

/// `where line:column written -> instead`, of each mutant of `rule: a`, `subject: (c:Cohort)`.
Lines mutants(const std::string& rest, MutantCounts* counts = nullptr) {
  const ScratchFolder folder;
  const std::string path = folder.write("a.yaml", "rule: a\n" + rest + "message: m\n");
  Lines lines;
  const auto made = for_each_mutant(std::span(&path, 1), {}, [&](const Mutant& mutant) {
    CHECK(mutant.rules.size() == 1);
    CHECK(mutant.rules.find("a"));
    lines.push_back(mutant.where + " " + std::to_string(mutant.position.line) + ":" +
                    std::to_string(mutant.position.column) + " " + mutant.written + " -> " +
                    (mutant.instead.empty() ? "nothing" : mutant.instead));
  });
  REQUIRE(made);
  REQUIRE(made->size() == 1);
  CHECK((*made)[0].made == lines.size());
  if (counts != nullptr) *counts = (*made)[0];
  return lines;
}

}  // namespace

TEST_CASE("rules: comparisons, numbers and operands are changed where they stand",
          "[rules][mutants]") {
  CHECK(mutants("subject: (c:Cohort)\nfail_if: c.workers > 5 && c.weekly_hours <= 60.0\n") ==
        Lines{"fail_if 3:10 c.workers > 5 -> nothing",
              "fail_if 3:20 > -> >=", "fail_if 3:20 > -> <", "fail_if 3:22 5 -> 6",
              "fail_if 3:22 5 -> 4", "fail_if 3:24 && -> ||",
              "fail_if 3:27 c.weekly_hours <= 60.0 -> nothing", "fail_if 3:42 <= -> <",
              "fail_if 3:42 <= -> >=", "fail_if 3:45 60.0 -> 61.0", "fail_if 3:45 60.0 -> 59.0"});
}

TEST_CASE("rules: quantifiers, negations, values of enumerations, amounts and days are changed",
          "[rules][mutants]") {
  CHECK(mutants("subject: (c:Cohort)\npass_if: |\n"
                "  !c.fees.exists(f, f.borne_by in ['worker', 'shared'] ||\n"
                "    f.amount >= money('10.50 USD') || f.on == date('2026-03-01'))\n") ==
        Lines{"pass_if 4:3 ! -> nothing", "pass_if 4:11 exists -> all",
              "pass_if 4:21 f.borne_by in ['worker', 'shared'] -> nothing",
              "pass_if 4:36 'worker' -> 'employer'", "pass_if 4:46 'shared' -> 'other'",
              "pass_if 4:56 || -> &&", "pass_if 5:5 f.amount >= money('10.50 USD') -> nothing",
              "pass_if 5:14 >= -> >", "pass_if 5:14 >= -> <=",
              "pass_if 5:23 '10.50 USD' -> '10.51 USD'", "pass_if 5:23 '10.50 USD' -> '10.49 USD'",
              "pass_if 5:39 f.on == date('2026-03-01') -> nothing",
              "pass_if 5:44 == -> !=", "pass_if 5:52 '2026-03-01' -> '2026-03-02'",
              "pass_if 5:52 '2026-03-01' -> '2026-02-28'"});
}

TEST_CASE("rules: entries of let that only a message reads are left alone", "[rules][mutants]") {
  CHECK(mutants("subject: (c:Cohort)\nlet:\n  shown: c.workers > 1\n  used: c.workers == women\n"
                "  women: c.women\nfail_if: used\nmessage: \"{shown}\"\n#") ==
        Lines{"let used 5:19 == -> !="});
}

TEST_CASE("rules: conditions in patterns are changed, and those of when", "[rules][mutants]") {
  CHECK(
      mutants("match: \"(c:Cohort)<-[e:charged WHERE e.borne_by == 'worker']-(r:Recruiter)\"\n"
              "subject: c\nwhen: c.origin != c.destination\n"
              "let:\n  up: {exists: \"(r)<-[:engages]-(x:Recruiter WHERE x.identified != true)\"}\n"
              "fail_if: up\n") == Lines{"match 2:49 == -> !=", "match 2:52 'worker' -> 'employer'",
                                        "when 4:16 != -> ==", "let up 6:65 != -> =="});
}

TEST_CASE("rules: the value behind a key in a pattern is changed, what is not written is not",
          "[rules][mutants]") {
  CHECK(mutants(
            "match: \"(c:Cohort)<-[:recruited]-(r:Recruiter {role: 'agency', identified: true})\"\n"
            "subject: c\nfail_if: r.identified\n") == Lines{"match 2:54 'agency' -> 'sub_agent'"});
}

TEST_CASE("rules: a change that the checker refuses is no mutant", "[rules][mutants]") {
  MutantCounts counts;
  // Without the guard the licence may not be read.
  const Lines lines =
      mutants("subject: (r:Recruiter)\nfail_if: has(r.licence) && r.licence == 'x'\n", &counts);
  CHECK(lines == Lines{"fail_if 3:28 r.licence == 'x' -> nothing", "fail_if 3:38 == -> !="});
  CHECK(counts.refused == 2);
}

TEST_CASE("rules: a long rule has as many mutants as the bound says, the same each time",
          "[rules][mutants]") {
  std::string condition = "c.workers > 0";
  for (int number = 1; number < 200; ++number) {
    condition += " || c.workers == " + std::to_string(number);
  }
  MutantCounts counts;
  const Lines lines = mutants("subject: (c:Cohort)\nfail_if: " + condition + "\n", &counts);
  CHECK(lines.size() + counts.refused == most_mutants);
  CHECK(counts.left_out > 100);
  CHECK(lines == mutants("subject: (c:Cohort)\nfail_if: " + condition + "\n"));
}
