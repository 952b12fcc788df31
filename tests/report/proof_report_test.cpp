// What is not settled, in every form of the report: who disagrees, in equal weight, and what is
// stated too weakly.

#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/report/findings_csv.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/markdown.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/report/xml.hpp"
#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;
using eraudit::test::has;
using eraudit::test::node;
using eraudit::test::times;

namespace {

/// `torn`: payroll and workers disagree. `told`, `quiet`: only a form speaks, of much and of
/// little.
constexpr std::string_view network_text = R"yaml(
sources:
  voices:  {class: worker_interview, date: 2026-05-14, place: off_site, chosen_by: auditor, sample: 11, of: 48}
  payroll: {class: payroll, date: 2026-05-31}
  form:    {class: self_declaration, date: 2026-02-20}
nodes:
  Cohort:
    torn:  {weekly_hours: [{value: 48, source: payroll}, {value: 70, source: voices}]}
    told:  {weekly_hours: 70, source: form}
    quiet: {weekly_hours: 48, source: form}
)yaml";

constexpr std::string_view rule_text = R"yaml(
rule: test.hours
subject: (c:Cohort)
fail_if: c.weekly_hours > 60.0
severity: high
proof: {fail: supported, pass: supported}
message: {en: "{c.weekly_hours} hours", fr: "{c.weekly_hours} heures", ne: "घण्टा"}
)yaml";

Assessment assessed() {
  return evaluate(test::network_of(network_text), test::rules_of(rule_text), test::usual_day());
}

std::string described(const Assessment& assessment, std::string_view id,
                      const std::string& language = "en") {
  TextOptions options;
  options.language = language;
  options.width = 200;
  return describe(assessment,
                  assessment.explain(0, node(assessment.network(), std::string(id)), language),
                  options);
}

}  // namespace

TEST_CASE("report: an explanation shows both sides of a conflict", "[report][proof]") {
  const std::string text = described(assessed(), "torn");
  CHECK(has(text, "sources disagree"));
  CHECK(has(text, "As some sources have it: 70 hours"));
  CHECK(has(text, "    If this is right: indicator present\n      torn.weekly_hours = 70  "));
  CHECK(has(text,
            "    If this is right: not found in what was checked\n"
            "      torn.weekly_hours = 48  "));
  CHECK(has(described(assessed(), "torn", "fr"), "Selon certaines sources : 70 heures"));
}

TEST_CASE("report: an explanation shows what is stated too weakly", "[report][proof]") {
  const std::string told = described(assessed(), "told");
  CHECK(has(told, "signs to be confirmed"));
  CHECK(has(told, "To be confirmed: 70 hours"));
  CHECK(has(told, "Stated, on weaker evidence than the rule asks for\n    told.weekly_hours = 70"));
  const std::string quiet = described(assessed(), "quiet");
  CHECK(has(quiet, "not enough information"));
  CHECK(
      has(quiet, "Stated, on weaker evidence than the rule asks for\n    quiet.weekly_hours = 48"));
}

TEST_CASE("report: the summary says what is not settled, and by what it was weighed",
          "[report][proof]") {
  TextOptions options;
  options.width = 200;
  const std::string text = summary(assessed(), options);
  CHECK(has(text, "To be confirmed: 70 hours"));
  CHECK(has(text, "As some sources have it: 70 hours"));
  CHECK(has(text, "would help to settle 2 verdicts; stated for 2 of them, on too little evidence"));
  CHECK(has(text, "How much each class of source counts is a proposal whose figures nobody has"));
}

TEST_CASE("report: a network that names nobody is not weighed, and every form says so",
          "[report][proof]") {
  const std::string_view bare = "nodes: {Cohort: {a: {weekly_hours: 70}}}";
  const Assessment assessment =
      evaluate(test::network_of(bare), test::rules_of(rule_text), test::usual_day());
  CHECK(assessment.run().proof == ProofWeighed::no_sources);
  TextOptions options;
  options.width = 200;
  constexpr std::string_view words = "No source is named with its class";
  CHECK(has(summary(assessment, options), words));
  const ReportFile report = make_report(assessment);
  CHECK(has(std::string(report.text()), R"("proof": "no-sources")"));
  CHECK(has(write_html(report), words));
  CHECK(has(write_markdown(report), words));
  CHECK(has(write_xml(report, "en"), R"(proof="no-sources")"));
}

TEST_CASE("report: the file of weights stands among the inputs", "[report][proof]") {
  const std::string text(make_report(assessed()).text());
  CHECK(has(text, R"("role": "proof")"));
  CHECK(has(text, "proof.yaml"));
  CHECK(has(text, R"("proof": "by-draft")"));
}

TEST_CASE("report: a message in a language of the rule keeps it beside the engine's words",
          "[report][proof]") {
  const std::string page = write_html(make_report(assessed()));
  CHECK(has(page, "To be confirmed: <bdi"));
}

TEST_CASE("report: every form shows both sides", "[report][proof]") {
  const ReportFile report = make_report(assessed());
  const std::string line =
      "torn.weekly_hours = 70 [voices]: indicator present; torn.weekly_hours = 48 [payroll]: not "
      "found in what was checked";
  CHECK(has(write_findings_csv(report, "en"), line));
  CHECK(has(write_html(report), line));
  const std::string xml = write_xml(report, "en");
  CHECK(has(xml, R"(<side verdict="fail">)"));
  CHECK(has(xml, R"(<side verdict="pass">)"));
  CHECK(times(xml, "<too-weak>") == 1);
  const std::string markdown = write_markdown(report);
  CHECK(has(markdown, "indicator present; torn.weekly\\_hours = 48"));
}
