// One rule in words.

#include <string>

#include "eraudit/core/text.hpp"
#include "eraudit/report/summary.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::has;

TEST_CASE("report: a rule is shown as its file has it, and says what it lacks", "[report][rule]") {
  const Rules rules = test::rules_of(
      "rule: test.rule\n"
      "match: |\n"
      "  chain = (c:Cohort)<-[:recruited]-(r:Recruiter)\n"
      "subject: c\n"
      "when: c.workers > 0\n"
      "let:\n"
      "  a_long_name: |\n"
      "    c.fees.filter(f,\n"
      "      f.amount > 0)\n"
      "  banned: {exists: '(r)-[:listed]->(:Measure)'}\n"
      "fail_if: banned\n"
      "severity: high\n"
      "message: m\n"
      "basis: [{provision: ilo-conv-c181-no-fees, relation: subset}]\n"
      "ask: {Cohort.workers: {en: How many?, fr: Combien ?}}\n"
      "remedy: {en: Repay, days: 90}\n");
  const std::string shown = describe_rule(rules, 0);
  CHECK(has(shown, "test.rule   version 1   draft\n"));
  CHECK(has(shown,
            "subject  c (Cohort)\n"
            "match\n"
            "    chain = (c:Cohort)<-[:recruited]-(r:Recruiter)\n"
            "when\n"
            "    c.workers > 0\n"
            "let a_long_name\n"
            "    c.fees.filter(f,\n"
            "      f.amount > 0)\n"
            "let banned, exists\n"
            "    (r)-[:listed]->(:Measure)\n"
            "fail_if\n"
            "    banned\n"
            "severity  high\n"));
  CHECK(has(shown, "\nRemedy\n    Repay (90 days)\n"));
  CHECK(has(shown, "\nWhat it asks\n    Cohort.workers: How many?\n"));
  CHECK(has(shown, "\nWhat it lacks to be stable\n    status\n"));
  TextOptions french;
  french.language = "fr";
  CHECK(has(describe_rule(rules, 0, french),
            "\nCe qu’elle demande\n    Cohort.workers: Combien ?\n"));
}

TEST_CASE("report: the rules that ship are shown in 80 columns, their logic aside",
          "[report][rule]") {
  const Rules rules = load_rules("core").value();
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    for (const char* language : {"en", "fr", "es"}) {
      TextOptions options;
      options.language = language;
      const std::string shown = describe_rule(rules, rule, options);
      INFO(shown);
      CHECK(has(shown, rules.all()[rule].id));
      CHECK(has(shown, rules.all()[rule].fails_if_true ? "\nfail_if\n" : "\npass_if\n"));
      bool logic = false;
      std::size_t begin = 0;
      while (begin < shown.size()) {
        const std::size_t end = shown.find('\n', begin);
        const std::string line = shown.substr(begin, end - begin);
        if (line.starts_with("subject")) logic = true;
        if (line.empty()) logic = false;
        if (!logic) CHECK(display_width(line) <= 80);
        begin = end + 1;
      }
    }
  }
}
