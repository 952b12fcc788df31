// Rules over chains in every form of report: the path stands beside the finding.

#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/markdown.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/report_file.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/report/xml.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::has;
using eraudit::test::network_of;
using eraudit::test::rules_of;
using eraudit::test::usual_day;

namespace {

/// `himal` engages `town`, who engages `hill`; `himal` recruited `c`. Names may be hostile.
Assessment chain(const std::string& hill = "hill") {
  const Network network = network_of(R"(
sources: {voices: {class: worker-interview-offsite}}
nodes:
  Recruiter: {himal: {role: agency}, town: {role: agency}, ')" +
                                     hill + R"(': {role: sub_agent}}
  Cohort: {c: {workers: 9}}
edges:
  recruited: [{from: himal, to: c}]
  engages: [{from: himal, to: town, written: true}, {from: town, to: ')" +
                                     hill +
                                     R"(', written: false, source: voices}]
)");
  return evaluate(network, rules_of(R"(rule: test.chain
match: |
  (c:Cohort)<-[:recruited]-(:Recruiter)-[h:engages WHERE h.written || h.to.role == 'sub_agent']->{0,3}(x:Recruiter WHERE x.role != 'individual')
subject: c
fail_if: x.role != 'agency' || x.engagements.exists(e, e.written)
severity: critical
message: found
)"),
                  usual_day());
}

}  // namespace

TEST_CASE("report: report.json has the path of the witness and the other rows",
          "[report][json][match]") {
  const auto source = std::make_shared<const Source>("report.json", write_report_json(chain()));
  const auto report = read_report(source);  // of the shape that ships
  REQUIRE(report);
  const DocumentNode finding = report->root().find("findings")->at(0);
  const DocumentNode path = *finding.find("path");
  REQUIRE(path.size() == 2);
  CHECK(path.at(0).text() == "c");
  CHECK(path.at(1).text() == "himal");
  const DocumentNode rows = *finding.find("match")->find("rows");
  REQUIRE(rows.size() == 2);
  const DocumentNode longest = rows.at(1).find("paths")->at(0);
  CHECK(longest.find("text")->text() == "c <- himal -> town -> hill");
  CHECK(longest.find("nodes")->size() == 4);
  const DocumentNode edge = longest.find("edges")->at(2);
  CHECK(edge.find("edge")->text() == "engages");
  CHECK(edge.find("from")->text() == "town");
  CHECK(edge.find("to")->text() == "hill");
  CHECK(edge.find("source")->text() == "voices");
  CHECK(finding.find("explanation")->find("where")->size() == 1);
}

TEST_CASE("report: other formats show the path too", "[report][match]") {
  const Assessment assessment = chain();
  const ReportFile report = make_report(assessment);
  CHECK(has(summary(assessment), "      c <- himal (and 1 more)\n"));
  CHECK(has(write_markdown(report), "**Chain:** `c <- himal`"));
  CHECK(has(write_markdown(report), "* `c <- himal -> town -> hill`"));
  CHECK(has(write_xml(report), "<path text=\"c &lt;- himal\">"));
  CHECK(has(write_xml(report), "<match more=\"0\">"));
  CHECK(has(write_html(report), " ← <bdi>himal</bdi> → <bdi>town</bdi>"));
  CHECK(has(write_html(report), "\"html-path\":"));  // the page's script has the word for it
}

TEST_CASE("report: an explanation shows the rows before the condition", "[report][match]") {
  const Assessment assessment = chain();
  const std::string text =
      describe(assessment, assessment.explain(0, assessment.network().find("c").value()));
  INFO(text);
  CHECK(has(text, "\n  c <- himal\n    for himal: x.role != 'individual'  ->  yes\n"));
  CHECK(has(text, "\n  c <- himal -> town -> hill\n"));
  CHECK(text.find("match  ") < text.find("fail_if  "));
  CHECK(has(text, "for himal: x.role"));
}

TEST_CASE("report: names on a path stay text", "[report][match]") {
  const std::string name = "<img src=x onerror=alert(1)>";
  const ReportFile report = make_report(chain(name));
  CHECK_FALSE(has(write_html(report), name));
  CHECK(has(write_html(report), "&lt;img src=x onerror=alert(1)&gt;"));
}
