// Rule files that are right, and what they lack.

#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::rules_of;
using eraudit::test::ScratchFolder;

namespace {

using Names = std::vector<std::string>;

constexpr const char* whole = R"(rule: recruitment-fees.worker-paid
version: 3
status: stable
indicator: recruitment-fees-charged
title: {en: Workers paid, fr: Ils ont payé, es: Pagaron}
why: {en: It matters.}
references: [a book]
subject: (c:Cohort)
when: c.workers > 0
let:
  paid: borne.map(f, f.amount).sum()
  borne: c.fees.filter(f, f.borne_by == 'worker')
fail_if: |
  borne.exists(f,
    f.amount > 0)
at: c.arrived
severity: high
proof: {fail: corroborated, pass: supported}
message: {en: "{paid} of {{all}}", fr: "{paid}", es: "{paid}"}
basis: [{provision: ilo-fee-definition, relation: equal}, {provision: rba-a1-no-fees, relation: subset}]
ask: {charged.amount: {en: Receipts?, fr: Reçus ?}}
remedy: {en: Repay, fr: Rembourser, days: 90}
since: 2019-03-28
until: 2030-12-31
)";

const Rule& only(const Rules& rules) {
  REQUIRE(rules.size() == 1);
  return rules.all()[0];
}

}  // namespace

TEST_CASE("rules: every key of a rule file is read", "[rules]") {
  const ScratchFolder folder;
  const std::string path = folder.write("paid.yaml", whole);
  folder.write("paid.test.yaml", "[]");
  const Rules rules = load_rules(path).value();
  const Rule& rule = only(rules);
  const Schema& schema = *rules.schema();
  CHECK(rule.id == "recruitment-fees.worker-paid");
  CHECK(rule.version == 3);
  CHECK(rule.status == RuleStatus::stable);
  CHECK(rule.lacks.empty());
  CHECK(rule.indicator == "recruitment-fees-charged");
  CHECK(rule.title.in("fr") == "Ils ont payé");
  CHECK(rule.why.in("en") == "It matters.");
  CHECK(rule.references == Names{"a book"});
  CHECK(rule.subject == "c");
  CHECK(rule.kinds == std::vector<KindId>{*schema.find_kind("Cohort")});
  REQUIRE(rule.when);
  CHECK(rule.when->text.text == "c.workers > 0");
  REQUIRE(rule.lets.size() == 2);
  CHECK(rule.lets[0].name == "borne");  // after what it uses
  CHECK(rule.lets[1].name == "paid");
  CHECK(rule.fails_if_true);
  REQUIRE(rule.condition);
  CHECK(rule.position.line == 14);
  CHECK(rule.position.column == 3);
  REQUIRE(rule.at);
  CHECK(rule.at->type().is(TypeKind::date));
  CHECK(rule.severity == Severity::high);
  CHECK_FALSE(rule.severity_program);
  CHECK(rule.proof.fail == ProofLevel::corroborated);
  CHECK(rule.proof.pass == ProofLevel::supported);
  REQUIRE(rule.message.size() == 3);
  CHECK(rule.message[0].first == "en");
  REQUIRE(rule.message[0].second.parts.size() == 2);
  CHECK(rule.message[0].second.parts[0].program);
  CHECK(rule.message[0].second.parts[1].text == " of {all}");
  REQUIRE(rule.basis.size() == 2);
  CHECK(rule.basis[1].provision == "rba-a1-no-fees");
  CHECK(rule.basis[1].relation == "subset");
  REQUIRE(rule.ask("charged.amount") != nullptr);
  CHECK(rule.ask("charged.amount")->in("fr") == "Reçus ?");
  CHECK(rule.ask("charged.category") == nullptr);
  REQUIRE(rule.remedy);
  CHECK(rule.remedy->text.in("fr") == "Rembourser");
  CHECK(rule.remedy->days == 90);
  CHECK(rule.since == parse_date("2019-03-28"));
  CHECK(rule.until == parse_date("2030-12-31"));
  CHECK(rule.file == path);
  CHECK(rule.sha256 == sha256(whole));
  CHECK(rule.reads == Names{"Cohort.arrived", "Cohort.workers", "charged.amount",
                            "charged.borne_by", "Cohort.fees"});
  CHECK(rule.pack.empty());
}

TEST_CASE("rules: four keys make a draft, and it is told what it lacks", "[rules]") {
  const Rules rules =
      rules_of("rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: too many\n");
  const Rule& rule = only(rules);
  CHECK(rule.status == RuleStatus::draft);
  CHECK(rule.version == 1);
  CHECK(rule.severity == Severity::medium);
  CHECK(rule.lacks == Names{"status", "version", "indicator", "title", "message in fr and es",
                            "why (why it matters, what counts, what it does not say)", "basis",
                            "remedy", "cases beside it (rule.test.yaml)"});
}

TEST_CASE("rules: a draft lacks the languages that are missing, and questions nobody has put",
          "[rules]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 5\ntitle: {en: A, es: B}\n");
  const Names& lacks = only(rules).lacks;
  CHECK(std::count(lacks.begin(), lacks.end(), "title in fr") == 1);
  CHECK(std::count(lacks.begin(), lacks.end(), "message in fr and es") == 1);
}

TEST_CASE("rules: without a severity of its own a rule has that of its indicator", "[rules]") {
  CHECK(only(cohort_rule("fail_if: c.workers > 5\nindicator: document-retention")).severity ==
        Severity::critical);
  CHECK(only(cohort_rule("fail_if: c.workers > 5\nindicator: document-retention\nseverity: low"))
            .severity == Severity::low);
}

TEST_CASE("rules: a subject may be of several kinds", "[rules]") {
  const Rules rules = rules_of(
      "rule: a\nsubject: \"( x : Facility | Company )\"\nfail_if: x.country == 'MY'\nmessage: m");
  const Rule& rule = only(rules);
  const Schema& schema = *rules.schema();
  CHECK(rule.subject == "x");
  CHECK(rule.kinds ==
        std::vector<KindId>{*schema.find_kind("Company"), *schema.find_kind("Facility")});
  CHECK(rule.reads == Names{"Company.country", "Facility.country"});
}

TEST_CASE("rules: 'pass_if' turns a rule round", "[rules]") {
  CHECK_FALSE(only(cohort_rule("pass_if: c.workers > 5")).fails_if_true);
}

TEST_CASE("rules: an expression may stand in quotes, in a block or over several lines", "[rules]") {
  for (const std::string written :
       {"fail_if: 'c.origin == ''NP'''", "fail_if: \"c.origin == 'NP'\"",
        "fail_if: |\n  c.origin ==\n    'NP'", "fail_if: >\n  c.origin ==\n  'NP'",
        "fail_if: c.origin\n  == 'NP'", "fail_if: c.origin == 'NP'"}) {
    INFO(written);
    CHECK(only(cohort_rule(written)).reads == Names{"Cohort.origin"});
  }
}

TEST_CASE("rules: an expression may be a bare word of YAML", "[rules]") {
  CHECK(only(cohort_rule("let: {n: 5, yes_it_is: true, d: 1.5}\n"
                         "fail_if: c.workers > n && yes_it_is && c.weekly_hours > d"))
            .lets.size() == 3);
}

TEST_CASE("rules: a 'let' entry that nobody uses is a warning", "[rules]") {
  const ScratchFolder folder;
  const auto rules = load_rules(
      folder.write("rule.yaml",
                   "rule: a\nsubject: (c:Cohort)\nlet:\n  used: c.workers\n  idle: c.women\n"
                   "  only_by_idle: idle + 1\nfail_if: used > 5\nmessage: m\n"));
  REQUIRE(rules);
  REQUIRE(rules.diagnostics().items().size() == 2);
  const Diagnostic& warning = rules.diagnostics().items()[0];
  CHECK(warning.level == DiagnosticLevel::warning);
  CHECK(warning.id == "rule-unused-let");
  CHECK(warning.message == "'let' entry 'idle' is not used");
  CHECK(warning.position.line == 5);
  CHECK(warning.position.column == 3);
  CHECK(rules.diagnostics().items()[1].message == "'let' entry 'only_by_idle' is not used");
}

TEST_CASE("rules: the variable of a comprehension hides a 'let' entry", "[rules]") {
  const Rules rules = cohort_rule(
      "let:\n  f: c.workers\n  g: c.fees.filter(f, f.borne_by == 'worker').size() + f\nfail_if: g "
      "> 5");
  CHECK(only(rules).lets.size() == 2);
  // Without hiding, this would be a circle.
  CHECK(only(cohort_rule("let:\n  f: c.fees.exists(f, f.amount > 0)\nfail_if: f")).lets.size() ==
        1);
}

TEST_CASE("rules: asking for what a rule never waits for is a warning", "[rules]") {
  const ScratchFolder folder;
  const auto rules = load_rules(folder.write("rule.yaml",
                                             "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > "
                                             "5\nmessage: m\nask: {Cohort.women: q}\n"));
  REQUIRE(rules);
  REQUIRE(rules.diagnostics().items().size() == 1);
  CHECK(rules.diagnostics().items()[0].id == "rule-unread-path");
  CHECK(rules.diagnostics().items()[0].position.line == 5);
  CHECK(rules.diagnostics().items()[0].position.column == 7);
}

TEST_CASE("rules: braces inside of an expression of a message belong to it", "[rules]") {
  const Rules nested = rules_of(
      "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\n"
      "message: \"{ {'a': '}'}['a'] } {c.origin + r'{'}{{}}\"\n");
  const auto& parts = only(nested).message[0].second.parts;
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].program->text.text == " {'a': '}'}['a'] ");
  CHECK(parts[1].text == " ");
  CHECK(parts[2].program->text.text == "c.origin + r'{'");
  CHECK(parts[3].text == "{}");
}

TEST_CASE("rules: what may be absent is guarded once, in 'when'", "[rules]") {
  CHECK(only(cohort_rule("when: has(c.left)\nlet: {gone: c.left < as_of}\nfail_if: gone"))
            .lets.size() == 1);
}
