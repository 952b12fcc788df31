// The report as Markdown.

#include "eraudit/report/markdown.hpp"

#include <string>

#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::test::has;
using eraudit::test::times;

namespace {

std::string in(const ReportFile& report, const std::string& language) {
  MarkdownOptions options;
  options.language = language;
  return write_markdown(report, options);
}

std::size_t place_of(const std::string& text, std::string_view part) {
  INFO(part);
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return at;
}

}  // namespace

TEST_CASE(
    "markdown: what is grave comes first, then what to ask, then the rest and what was not checked",
    "[report][markdown]") {
  const std::string text = in(test::sample_report(), "en");
  const std::size_t grave = place_of(text, "\n## Grave and certain\n");
  const std::size_t ask = place_of(text, "\n## What to ask next\n");
  const std::size_t other = place_of(text, "\n## Other findings\n");
  const std::size_t open = place_of(text, "\n## What was not checked\n");
  CHECK(grave < ask);
  CHECK(ask < other);
  CHECK(other < open);
  CHECK(has(text, "### ⛔ "));
  CHECK(has(text, "- [ ] **"));
  CHECK(has(text, "| ❓ | "));
  CHECK(has(text, "not found in what was checked"));
}

TEST_CASE("markdown: it speaks three languages", "[report][markdown]") {
  const ReportFile report = test::sample_report();
  CHECK(has(in(report, "fr"), "\n## Que demander ensuite\n"));
  CHECK(has(in(report, "es"), "\n## Qué preguntar ahora\n"));
  CHECK(has(in(report, "fr"), "indicateur constaté"));
}

TEST_CASE("markdown: names make no markup, no link and no mention", "[report][markdown]") {
  const std::string text = in(test::hostile_report(), "en");
  // Ours, and no others.
  CHECK(times(text, "<details>") == test::hostile_names().size());
  CHECK(has(text, "\\<img src"));
  CHECK(has(text, "https:\u2060//example"));
  CHECK(has(text, "@\u2060someone"));
  CHECK(has(text, "\\*\\*bold\\*\\*"));
  CHECK(has(text, "\\u{202E}"));
  for (const std::string& line : test::lines_of(text)) {
    INFO(line);
    // Outside of code nothing begins a tag but our own.
    const bool ours = line.starts_with("<details>") || line.starts_with("</details>");
    const std::size_t tag = line.find('<');
    CHECK((ours || tag == std::string::npos || line[tag - 1] == '\\' || has(line, "`")));
  }
}

TEST_CASE("markdown: what is beyond the limits is counted", "[report][markdown]") {
  MarkdownOptions options;
  options.findings = 1;
  options.asks = 1;
  const std::string text = write_markdown(test::sample_report(), options);
  CHECK(times(text, "### ⛔ ") == 1);
  CHECK(times(text, "- [ ] ") == 1);
  CHECK(times(text, "*and ") >= 2);
}

TEST_CASE("markdown: a run that checked nothing says so first", "[report][markdown]") {
  const std::string text =
      in(test::report_of("nodes: {Company: {acme: {}}}", test::telling_rule()), "en");
  CHECK(place_of(text, "**Nothing was checked.**") < place_of(text, "## Grave and certain"));
}
