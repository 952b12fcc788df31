// The report as XML; tests/cli holds it against its schema.

#include "eraudit/report/xml.hpp"

#include <memory>
#include <string>

#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::test::has;
using eraudit::test::times;

TEST_CASE("xml: it holds what the report holds", "[report][xml]") {
  const ReportFile report = test::sample_report();
  const std::string xml = write_xml(report);
  CHECK(
      xml.starts_with("<?xml version=\"1.0\"?>\n<report xmlns=\"urn:eraudit:report:1\" "
                      "report-id=\"sha256:"));
  CHECK(times(xml, "<finding ") == report.root().find("findings")->size());
  CHECK(times(xml, "<ask ") == report.root().find("asks")->size());
  CHECK(
      has(xml, "<label verdict=\"pass\">\n      <text lang=\"en\">not found in what was checked<"));
  // Every reading, every condition.
  CHECK(times(xml, "<reading ") == times(report.text(), "\"fact\": "));
  CHECK(times(xml, "<outcome ") == times(report.text(), "\"outcome\": "));
}

TEST_CASE("xml: names stay text", "[report][xml]") {
  const std::string xml = write_xml(test::hostile_report());
  CHECK_FALSE(has(xml, "<script"));
  CHECK_FALSE(has(xml, "<img"));
  CHECK(has(xml, "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(has(xml, "]]&gt;&lt;x&gt;&amp;amp;&amp;lt;"));
}

TEST_CASE("xml: characters that XML cannot hold are replaced", "[report][xml]") {
  auto source = std::make_shared<const Source>(
      "report.json",
      test::changed_sample("\"contract-folder\"", R"("a\u0001b\u001fc\ufffed\u00e9")"));
  const std::string xml = write_xml(read_report(std::move(source)).value());
  CHECK(has(xml, "a\uFFFDb\uFFFDc\uFFFDd\u00e9"));
  CHECK_FALSE(has(xml, "&#01;"));
  CHECK(xml.find('\x01') == std::string::npos);
}
