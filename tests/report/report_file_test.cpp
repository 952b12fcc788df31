// Reports that come from files.

#include "eraudit/report/report_file.hpp"

#include <memory>
#include <string>

#include "eraudit/report/formats.hpp"
#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::test::changed_sample;
using eraudit::test::has;

namespace {

Checked<ReportFile> read_text(std::string text) {
  return read_report(std::make_shared<const Source>("report.json", std::move(text)));
}

const Diagnostic& only(const Checked<ReportFile>& read) {
  INFO(to_text(read.diagnostics()));
  REQUIRE_FALSE(read);
  REQUIRE(read.diagnostics().items().size() == 1);
  return read.diagnostics().items().front();
}

}  // namespace

TEST_CASE("report: what was written can be read, and gives the same bytes", "[report][file]") {
  const ReportFile written = test::sample_report();
  const auto read = read_text(std::string(written.text()));
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  CHECK(read.diagnostics().empty());
  for (const ReportFormat& format : report_formats()) {
    INFO(format.name);
    CHECK(format.write(*read, "fr") == format.write(written, "fr"));
  }
}

TEST_CASE("report: a report that was changed after it was written is refused", "[report][file]") {
  std::string text(test::sample_report().text());
  const std::size_t at = text.find("\"verdict\": \"fail\"");
  REQUIRE(at != std::string::npos);
  const auto read = read_text(text.replace(at, 17, "\"verdict\": \"suspect\""));
  const Diagnostic& diagnostic = only(read);
  CHECK(diagnostic.id == "report-digest");
  CHECK(diagnostic.position.line == 3);
  CHECK(diagnostic.position.column == 16);
}

TEST_CASE("report: another JSON file is no report", "[report][file]") {
  const auto no_map = read_text("[1]\n");
  CHECK(only(no_map).id == "report-form");
  CHECK(only(no_map).message == "this is no report of the form 'eraudit:report/1'");
  const auto other = read_text("{\"schema\": \"eraudit:report/2\"}\n");
  CHECK(only(other).id == "report-form");
  CHECK(only(other).position.column == 12);
  CHECK_FALSE(read_text("{"));
  CHECK_FALSE(read_text(""));
}

TEST_CASE("report: what does not have the shape is told with its place", "[report][file]") {
  const auto verdict =
      read_text(changed_sample("\"verdict\": \"fail\"", "\"verdict\": \"failed\""));
  CHECK(only(verdict).id == "report-value");
  CHECK(only(verdict).message == "'failed' may not stand here");
  CHECK(only(verdict).help == "did you mean 'fail'?");

  const auto type =
      read_text(changed_sample("\"findings_dropped\": 0", "\"findings_dropped\": \"0\""));
  CHECK(only(type).id == "report-type");
  CHECK(only(type).message == "integer is expected here, not string");

  const auto missing = read_text(changed_sample("\"audience\": \"internal\",", ""));
  CHECK(only(missing).id == "report-missing-key");
  CHECK(only(missing).message == "'audience' is missing");

  const auto unknown =
      read_text(changed_sample("\"audience\":", "\"audiense\": \"internal\", \"audience\":"));
  CHECK(only(unknown).id == "report-unknown-key");
  CHECK(only(unknown).message == "there is no key 'audiense' here");
  CHECK(only(unknown).help == "did you mean 'audience'?");

  const auto negative =
      read_text(changed_sample("\"findings_dropped\": 0", "\"findings_dropped\": -1"));
  CHECK(only(negative).message == "-1 is less than 0");

  const auto day =
      read_text(changed_sample("\"as_of\": \"2026-06-30\"", "\"as_of\": \"30.6.2026\""));
  CHECK(only(day).id == "report-value");
}

TEST_CASE("report: all mistakes are told at once", "[report][file]") {
  std::string text = changed_sample("\"audience\": \"internal\",", "");
  text.replace(text.find("\"stopped\": false"), 16, "\"stopped\": 0");
  const auto read = read_text(std::move(text));
  REQUIRE_FALSE(read);
  CHECK(read.diagnostics().errors() == 2);
}

TEST_CASE("report: formats are found by name", "[report][file]") {
  REQUIRE(find_report_format("html") != nullptr);
  CHECK(find_report_format("html")->media_type == "text/html");
  CHECK(find_report_format("json")->write(test::sample_report(), "en") ==
        test::sample_report().text());
  CHECK(find_report_format("HTML") == nullptr);
  CHECK(find_report_format("") == nullptr);
}
