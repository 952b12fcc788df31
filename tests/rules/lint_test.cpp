// What rules had better not have: what is said, and where.

#include "eraudit/rules/lint.hpp"

#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

/// Without the lines that show the source.
std::string said(const std::vector<std::pair<std::string, std::string>>& files) {
  const ScratchFolder folder;
  for (const auto& [name, text] : files) folder.write(name, text);
  const std::string path = folder.path();
  const Diagnostics found = lint_rules(std::span(&path, 1));
  std::string out;
  for (const Diagnostic& one : found.items()) {
    CHECK(one.level == DiagnosticLevel::warning);
    out += one.file + ":" + std::to_string(one.position.line) + ":" +
           std::to_string(one.position.column) + ": " + one.message + " [" + one.id + "]\n";
  }
  return folder.relative(out);
}

std::string of_cohorts(const std::string& rest) {
  return said({{"a.yaml", "rule: a\nsubject: (c:Cohort)\n" + rest + "\nmessage: m\n"}});
}

}  // namespace

TEST_CASE("rules: attributes in unlike units are not compared", "[rules][lint]") {
  CHECK(said({{"a.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: |
  c.loans.exists(l, l.rate_percent > c.weekly_hours)
message: m
)"}}) == "a.yaml:4:21: 'l.rate_percent' is in percent/year, 'c.weekly_hours' in hours/week "
         "[cel-unlike-units]\n");
}

TEST_CASE("rules: a number that an attribute is compared with needs a source", "[rules][lint]") {
  CHECK(of_cohorts("fail_if: c.weekly_hours > 60.0") ==
        "a.yaml:3:10: '60.0' is a line that somebody drew, and the rule does not say who "
        "[lint-threshold-source]\n");
  CHECK(of_cohorts("let:\n  most: money('10 USD')\nfail_if: c.fees.exists(f, most < f.amount)") ==
        "a.yaml:5:27: 'most' is a line that somebody drew, and the rule does not say who "
        "[lint-threshold-source]\n");
  CHECK(of_cohorts("fail_if: c.weekly_hours > 60.0\nreferences: [RBA VAP Standard 8.0.2 A3]") ==
        "");
  CHECK(of_cohorts("fail_if: c.weekly_hours > 60.0\nbasis: [{provision: rba-a3-hours, relation: "
                   "subset}]") == "");
  // That there is anything at all, and how many edges are known, are no lines.
  CHECK(of_cohorts("fail_if: c.workers > 0 && c.fees.size() > 1") == "");
}

TEST_CASE("rules: a condition that what stands before it has decided", "[rules][lint]") {
  const std::string source = "\nreferences: [somewhere]";
  CHECK(of_cohorts("fail_if: c.workers > 5 && c.workers < 3" + source) ==
        "a.yaml:3:27: 'c.workers < 3' can never be true: what stands before it says so "
        "[lint-dead-condition]\n");
  CHECK(of_cohorts("fail_if: c.workers > 5 && c.workers < 6" + source) != "");
  CHECK(of_cohorts("fail_if: c.weekly_hours > 5.0 && c.weekly_hours < 6.0" + source) == "");
  CHECK(of_cohorts("fail_if: c.workers > 5 || c.workers <= 5" + source) ==
        "a.yaml:3:27: 'c.workers <= 5' is always true: what stands before it says so "
        "[lint-dead-condition]\n");
  CHECK(of_cohorts("when: c.migration != 'local'\nfail_if: c.migration == 'local'" + source) ==
        "a.yaml:4:10: 'c.migration == 'local'' can never be true: what stands before it says "
        "so [lint-dead-condition]\n");
  CHECK(of_cohorts("fail_if: c.migration in ['local', 'internal', 'international']" + source) ==
        "a.yaml:3:10: 'c.migration in ['local', 'internal', 'international']' is always true: "
        "the schema allows no other value [lint-dead-condition]\n");
  CHECK(of_cohorts("fail_if: \"c.migration == 'local' ? c.workers > 5 : c.migration == 'local'\"" +
                   source) ==
        "a.yaml:3:11: 'c.migration == 'local'' is asked again where it can never be true: what "
        "stands before it says "
        "so [lint-dead-condition]\n");
  CHECK(of_cohorts("fail_if: has(c.left) && has(c.left)" + source) ==
        "a.yaml:3:10: 'has(c.left)' is asked again where it is always true: what stands before it "
        "says so "
        "[lint-dead-condition]\n");
}

TEST_CASE("rules: alternatives of one attribute are known as a choice", "[rules][lint]") {
  CHECK(of_cohorts("when: c.migration == 'local' || c.migration == 'internal'\n"
                   "fail_if: c.migration == 'international'") ==
        "a.yaml:4:10: 'c.migration == 'international'' can never be true: what stands before it "
        "says so [lint-dead-condition]\n");
  CHECK(of_cohorts("when: \"!(c.migration != 'local' && c.migration != 'internal')\"\n"
                   "fail_if: c.migration == 'international'") != "");
  CHECK(of_cohorts("when: c.migration == 'local' || c.origin == 'NP'\n"
                   "fail_if: c.migration == 'international'") == "");
}

TEST_CASE("rules: what a pattern has ruled out is not found in its rows", "[rules][lint]") {
  CHECK(said({{"a.yaml", R"(rule: a
match: |
  (c:Cohort)<-[:recruited]-(r:Recruiter WHERE r.role != 'agency')<-[e:engages {written: true}]-{1,3}(s:Recruiter)
subject: c
fail_if: r.role == 'agency' || s.role == 'agency' || e.exists(one, !one.written)
message: m
)"}}) == "a.yaml:5:10: 'r.role == 'agency'' can never be true: what stands before it says so "
         "[lint-dead-condition]\n");
}

TEST_CASE("rules: what a filter left out is not found behind it", "[rules][lint]") {
  CHECK(said({{"a.yaml", R"(rule: a
subject: (c:Cohort)
let:
  service: |
    c.fees.filter(f, f.category in ['service-fee', 'illegitimate'])
fail_if: |
  service.exists(g, g.category == 'medical' && g.amount > 0)
message: m
)"}}) == "a.yaml:7:21: 'g.category == 'medical'' can never be true: what stands before it says "
         "so [lint-dead-condition]\n");
  // Beside each other the same name stands for other elements.
  CHECK(of_cohorts("fail_if: c.fees.exists(f, f.category == 'medical') && c.fees.exists(f, "
                   "f.category == 'insurance')") == "");
}

TEST_CASE("rules: amounts in two currencies say nothing about each other", "[rules][lint]") {
  CHECK(of_cohorts("references: [here]\nfail_if: c.base_wage > money('100 USD/month') && "
                   "c.base_wage < money('50 MYR/month')") == "");
  CHECK(of_cohorts("references: [here]\nfail_if: c.base_wage > money('100 USD/month') && "
                   "c.base_wage < money('50 USD/month')") ==
        "a.yaml:4:50: 'c.base_wage < money('50 USD/month')' can never be true: what stands "
        "before it says so [lint-dead-condition]\n");
}

TEST_CASE("rules: two rules that find the same", "[rules][lint]") {
  const std::string first =
      "rule: one\nindicator: recruitment-fees-charged\nsubject: (c:Cohort)\n"
      "fail_if: c.fees.exists(f, f.borne_by == 'worker' && f.amount > 0)\nmessage: m\n";
  CHECK(said({{"a.yaml", first},
              {"b.yaml",
               "rule: two\nindicator: recruitment-fees-charged\nsubject: (who:Cohort)\nlet:\n"
               "  taken: who.fees\n"
               "fail_if: \"taken.exists(x, 0 < x.amount && 'worker' == x.borne_by)\"\nmessage: "
               "m\n"}}) ==
        "b.yaml:6:11: rule 'one' at a.yaml:4 asks the same of the same subjects "
        "[lint-overlap]\n");
  CHECK(said({{"a.yaml", first},
              {"b.yaml",
               "rule: two\nindicator: recruitment-fees-charged\nsubject: (c:Cohort)\n"
               "pass_if: \"!c.fees.exists(f, f.borne_by == 'worker' && f.amount > 0)\"\n"
               "message: m\n"}}) != "");
  // Of other subjects, for another indicator, by another condition.
  CHECK(said({{"a.yaml", first},
              {"b.yaml",
               "rule: two\nindicator: illegitimate-payments\nsubject: (c:Cohort)\n"
               "fail_if: c.fees.exists(f, f.borne_by == 'worker' && f.amount > 0)\nmessage: "
               "m\n"}}) == "");
  CHECK(said({{"a.yaml", first + "when: c.origin == 'NP'\n"},
              {"b.yaml",
               "rule: two\nindicator: recruitment-fees-charged\nsubject: (c:Cohort)\n"
               "when: c.origin == 'BD'\n"
               "fail_if: c.fees.exists(f, f.borne_by == 'worker' && f.amount > 0)\nmessage: "
               "m\n"}}) == "");
}

TEST_CASE("rules: rules overlap where their kinds of subject do", "[rules][lint]") {
  const auto with = [](const std::string& id, const std::string& subject) {
    return "rule: " + id + "\nsubject: " + subject +
           "\nfail_if: p.listings.exists(l, l.match == 'confirmed')\nmessage: m\n";
  };
  CHECK(said({{"a.yaml", with("one", "(p:Company|Facility)")},
              {"b.yaml", with("two", "(p:Facility|Recruiter)")}}) ==
        "b.yaml:3:10: rule 'one' at a.yaml:3 asks the same of the same subjects [lint-overlap]\n");
  CHECK(said({{"a.yaml", with("one", "(p:Company)")}, {"b.yaml", with("two", "(p:Recruiter)")}}) ==
        "");
}

TEST_CASE("rules: two rules that read the same and share a condition", "[rules][lint]") {
  const auto with = [](const std::string& id, const std::string& condition) {
    return "rule: " + id + "\nsubject: (c:Cohort)\nfail_if: " + condition + "\nmessage: m\n";
  };
  CHECK(said({{"a.yaml", with("one", "c.origin != c.destination && c.workers > c.women")},
              {"b.yaml", with("two", "c.workers < c.women && c.origin != c.destination")}}) ==
        "b.yaml:3:10: rule 'one' at a.yaml:3 reads the same facts, and one of its conditions is "
        "one of these [lint-overlap]\n");
  CHECK(said({{"a.yaml", with("one", "c.origin != c.destination && c.workers > c.women")},
              {"b.yaml", with("two", "c.origin == c.destination && c.workers < c.women")}}) == "");
}

TEST_CASE("rules: words that accuse, in any language", "[rules][lint]") {
  CHECK(said({{"a.yaml", R"(rule: a
title: {en: The agency is guilty, fr: L’agence est COUPABLE}
why:
  en: |
    Proof of a Violation: {guilty} slaves. Innocent and unguilty words stand.
  es: No dice que alguien sea culpable.  # wording: it says so of nobody
subject: (c:Cohort)
fail_if: c.workers == c.women
message: {en: m, fr: "c'est illégal"}
remedy: See the trafficker list
)"}}) == "a.yaml:2:27: 'guilty' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:2:52: 'COUPABLE' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:5:5: 'Proof of' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:5:16: 'Violation' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:5:28: 'guilty' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:5:36: 'slaves' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:9:29: 'illégal' accuses, or says more than a rule can know [lint-wording]\n"
         "a.yaml:10:17: 'trafficker' accuses, or says more than a rule can know [lint-wording]\n");
}

TEST_CASE("rules: a language of the title that message or question lacks", "[rules][lint]") {
  CHECK(said({{"a.yaml", R"(rule: a
title: {en: T, fr: T, ne: T}
subject: (c:Cohort)
fail_if: c.workers == c.women
message: {en: m, fr: m}
ask:
  Cohort.workers: How many?
  Cohort.women: {en: q, fr: q, ne: q}
)"}}) == "a.yaml:5:1: the title speaks ne, and the message does not [lint-missing-language]\n"
         "a.yaml:7:3: the title speaks fr and ne, and the question for 'Cohort.workers' does not "
         "[lint-missing-language]\n");
}

TEST_CASE("rules: warnings of loading are findings too", "[rules][lint]") {
  CHECK(of_cohorts("let: {x: c.women}\nfail_if: c.workers < 0") ==
        "a.yaml:3:7: 'let' entry 'x' is not used [rule-unused-let]\n"
        "a.yaml:4:10: this can never be true: 'c.workers' is never negative "
        "[cel-constant-condition]\n");
}

TEST_CASE("rules: what does not load is not linted", "[rules][lint]") {
  const ScratchFolder folder;
  const std::string path = folder.write("a.yaml", "rule: a\ntitle: guilty\n");
  const Diagnostics found = lint_rules(std::span(&path, 1));
  CHECK(found.has_errors());
  for (const Diagnostic& one : found.items()) CHECK(one.id != "lint-wording");
}

TEST_CASE("rules: the pack that ships has nothing to find", "[rules][lint]") {
  CHECK(to_text(lint_rules({})) == "");
}
