#include "eraudit/rules/cases.hpp"

#include <memory>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::ScratchFolder;

namespace {

Checked<CaseFile> read(const std::string& yaml) {
  static const Rules rules =
      cohort_rule("fail_if: c.workers > 5 && c.fees.exists(f, f.amount > 0)");
  const auto document = read_yaml(std::make_shared<const Source>("a.test.yaml", yaml));
  return read_cases(*document.value(), rules.all()[0], nullptr);
}

std::string mistakes(const std::string& yaml) {
  const auto cases = read(yaml);
  CHECK_FALSE(cases);
  std::string out;
  for (const Diagnostic& diagnostic : cases.diagnostics().items()) {
    out += std::to_string(diagnostic.position.line) + ":" +
           std::to_string(diagnostic.position.column) + " " + diagnostic.message + " [" +
           diagnostic.id + "]\n";
    if (!diagnostic.help.empty()) out += "  " + diagnostic.help + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("rules: a case is a network, a day, rates and what each subject must get",
          "[rules][cases]") {
  const CaseFile file = read(R"(
- case: first
  as_of: 2025-01-01
  rates: [{from: MYR, to: NPR, on: 2024-12-31, rate: 28.16}]
  network: {nodes: {Cohort: {a: {workers: 6}, b: {}}}}
  expect:
    - {subject: a, verdict: unknown, ask: [Cohort.fees]}
    - {subject: b, verdict: unknown, ask: [], message: m, severity: high}
- case: second
  network: {eraudit: network/1, nodes: {Cohort: {a: {}}}}
  expect: {subject: a, verdict: pass}
)")
                            .value();
  CHECK(file.file == "a.test.yaml");
  CHECK(file.rule == "test.rule");
  REQUIRE(file.cases.size() == 2);
  const Case& first = file.cases[0];
  CHECK(first.name == "first");
  CHECK(first.as_of == parse_date("2025-01-01"));
  CHECK(first.rates.size() == 1);
  const auto rate =
      first.rates.find(*Currency::from_code("MYR"), *Currency::from_code("NPR"), *first.as_of);
  REQUIRE(rate);
  CHECK(rate->numerator * 100 == rate->denominator * 2816);
  REQUIRE(first.network);
  CHECK(first.network->node_count() == 2);
  CHECK(first.position.line == 2);
  REQUIRE(first.expect.size() == 2);
  CHECK(first.expect[0].subject == "a");
  CHECK(first.expect[0].verdict == Verdict::unknown);
  REQUIRE(first.expect[0].ask);
  CHECK(*first.expect[0].ask == std::vector<std::string>{"Cohort.fees"});
  CHECK_FALSE(first.expect[0].severity);
  CHECK(first.expect[1].ask->empty());
  CHECK(first.expect[1].message == "m");
  CHECK(first.expect[1].severity == Severity::high);
  CHECK_FALSE(file.cases[1].as_of);
  CHECK_FALSE(file.cases[1].expect[0].ask);
  CHECK(file.cases[1].rates.empty());
}

TEST_CASE("rules: mistakes in cases are told with their places", "[rules][cases]") {
  CHECK(mistakes("case: x\n") ==
        "1:1 a file of cases is a list [case-wrong-shape]\n"
        "  write '- case: what happens', then its network and what to expect\n");
  CHECK(mistakes("[]") == "1:1 there are no cases in this file [case-none]\n");
  CHECK(mistakes("- {}") ==
        "1:3 a case needs 'case': what happens, in words [case-missing-key]\n"
        "1:3 a case needs 'network' [case-missing-key]\n"
        "1:3 a case needs 'expect' [case-missing-key]\n"
        "  write 'expect: {subject: ID, verdict: fail}'\n");
  CHECK(mistakes("- case: x\n  netwrok: {}\n  network: {nodes: {Cohort: {np-24: {}}}}\n"
                 "  expect: {subject: np-25, verdict: fails, asks: []}\n") ==
        "2:3 a case has no key 'netwrok' [case-unknown-key]\n"
        "  did you mean 'network'?\n"
        "4:21 the network of this case has no node 'np-25' [case-unknown-subject]\n"
        "  did you mean 'np-24'?\n"
        "4:37 'fails' is no verdict [case-bad-verdict]\n"
        "  did you mean 'fail'?\n"
        "4:44 what a case expects has no key 'asks' [case-unknown-key]\n"
        "  did you mean 'ask'?\n");
  CHECK(mistakes("- case: x\n  network: {nodes: {Facility: {f: {}}}}\n  expect: {subject: f, "
                 "verdict: fail}\n") ==
        "3:21 'f' is a Facility, and the rule judges Cohort [case-wrong-kind]\n");
  CHECK(
      mistakes("- case: x\n  network: {nodes: {Cohort: {a: {}}}}\n"
               "  expect: {subject: a, verdict: unknown, ask: [charged.amout, Cohort.women]}\n") ==
      "3:48 charged has no attribute 'amout' [case-unknown-path]\n"
      "  did you mean 'amount'?\n"
      "3:63 the rule never waits for 'Cohort.women' [case-unread-path]\n"
      "  did you mean 'Cohort.workers'?\n");
  CHECK(
      mistakes("- case: x\n  rates: [{from: MYR, to: NRP, on: 2024-13-01, rate: -1}, {from: MYR}]\n"
               "  network: {nodes: {Cohort: {a: {}}}}\n  expect: {subject: a, verdict: pass}\n") ==
      "2:27 'NRP' is no currency of ISO 4217 [case-unknown-currency]\n"
      "2:36 '2024-13-01' is not a day for 'on' [case-bad-date]\n"
      "  write a day as 2026-06-30\n"
      "2:54 '-1' is not a rate [case-bad-rate]\n"
      "  write a positive decimal of at most 18 digits\n"
      "2:59 a rate needs 'to' [case-missing-key]\n"
      "  write {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}\n"
      "2:59 a rate needs 'on' [case-missing-key]\n"
      "  write {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}\n"
      "2:59 a rate needs 'rate' [case-missing-key]\n"
      "  write {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}\n");
  const std::string one =
      "- case: x\n  network: {nodes: {Cohort: {a: {}}}}\n  expect: {subject: a, verdict: pass}\n";
  CHECK(mistakes(one + one) ==
        "4:9 the case at a.test.yaml:1 has the same name [case-duplicate-name]\n");
}

TEST_CASE("rules: what is wrong with the network of a case is told as in a network",
          "[rules][cases]") {
  const std::string text = mistakes(
      "- case: x\n  network: {nodes: {Cohort: {a: {wrkers: 6}}}}\n  expect: {subject: a, verdict: "
      "pass}\n");
  CHECK(text.find("2:34 ") == 0);
  CHECK(text.find("wrkers") != std::string::npos);
}

TEST_CASE("rules: cases without a rule beside them are a mistake", "[rules][cases]") {
  const ScratchFolder folder;
  folder.write("a.yaml", "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: m\n");
  folder.write("b.test.yaml", "[]");
  const std::string path = folder.path();
  const Rules rules = load_rules(path).value();
  const auto cases = load_cases(std::span(&path, 1), rules);
  CHECK_FALSE(cases);
  REQUIRE(cases.diagnostics().items().size() == 1);
  CHECK(cases.diagnostics().items()[0].id == "case-no-rule");
}
