// The report as a page, without a browser; tests/html opens it in one.

#include "eraudit/report/html.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/report/detail/markup.hpp"
#include "eraudit/report/detail/payload.hpp"
#include "eraudit/report/detail/report_view.hpp"
#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::test::has;
using eraudit::test::times;

namespace {

/// From the beginning of `from` to before `to`.
std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  INFO(from);
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find(to, begin + from.size());
  REQUIRE(end != std::string::npos);
  return text.substr(begin + from.size(), end - begin - from.size());
}

std::string edition(const std::string& page, const std::string& language) {
  return between(page, "<div class=\"edition\" lang=\"" + language + "\"",
                 language == "es" ? "</main>" : "<div class=\"edition\"");
}

/// `sha256:` and hexadecimal digits, as a policy has it.
std::string policy(const std::string& content) {
  const std::string digits = sha256(content).substr(7);
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return "'sha256-" + detail::base64(bytes) + "'";
}

const std::string& sample_page() {
  static const std::string page = write_html(test::sample_report());
  return page;
}

}  // namespace

TEST_CASE("html: base64 is that of RFC 4648", "[report][html]") {
  CHECK(detail::base64("") == "");
  CHECK(detail::base64("f") == "Zg==");
  CHECK(detail::base64("fo") == "Zm8=");
  CHECK(detail::base64("foo") == "Zm9v");
  CHECK(detail::base64("foobar") == "Zm9vYmFy");
  CHECK(detail::base64("\xFF\xFE\xFD") == "//79");
}

TEST_CASE("html: the same report gives the same bytes", "[report][html]") {
  CHECK(write_html(test::sample_report()) == sample_page());
}

TEST_CASE("html: the policy forbids all but the page's own style and script", "[report][html]") {
  const std::string& page = sample_page();
  CHECK(between(page, "Content-Security-Policy\" content=\"", "\"") ==
        "default-src 'none'; script-src " + policy(between(page, "\n<script>", "</script>")) +
            "; style-src " + policy(between(page, "<style>", "</style>")) +
            "; base-uri 'none'; form-action 'none'");
  // It holds for what follows it.
  CHECK(page.find("Content-Security-Policy") < page.find("<title>"));
  CHECK(times(page, "<script>") == 1);
  const std::string markup = page.substr(0, page.find("\n<script>"));
  for (const std::string_view never :
       {" style=\"", " onclick", " onload", " src=\"", "<link", "<img", "<iframe"}) {
    INFO(never);
    CHECK_FALSE(has(markup, never));
  }
  for (const std::string_view never : {"@import", "url(http", "innerHTML", "eval(",
                                       "document.write", "fetch(", "XMLHttpRequest"}) {
    INFO(never);
    CHECK_FALSE(has(page, never));
  }
}

TEST_CASE(
    "html: what is grave comes first, then what to ask, then the list and what was not checked",
    "[report][html]") {
  const std::string text = edition(sample_page(), "en");
  std::size_t before = 0;
  for (const std::string_view name :
       {"short", "grave", "ask", "all", "reach", "open", "origin", "words"}) {
    INFO(name);
    const std::size_t at = text.find("<section id=\"" + std::string(name) + "-en\"");
    REQUIRE(at != std::string::npos);
    CHECK(at > before);
    before = at;
  }
}

TEST_CASE("html: the essentials stand there without scripts, in three languages",
          "[report][html]") {
  const ReportFile report = test::sample_report();
  const DocumentNode findings = *report.root().find("findings");
  for (const std::string language : {"en", "fr", "es"}) {
    INFO(language);
    const std::string text = edition(sample_page(), language);
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const std::string_view message = detail::text_in(*findings.at(i).find("message"), language);
      CHECK(has(text, detail::escaped(message)));
    }
    for (const Verdict verdict : {Verdict::fail, Verdict::unknown, Verdict::pass}) {
      CHECK(has(text, detail::escaped(label(verdict, language))));
    }
    const DocumentNode asks = *report.root().find("asks");
    for (std::size_t i = 0; i < asks.size(); ++i) {
      CHECK(has(text, detail::escaped(detail::text_in(*asks.at(i).find("question"), language))));
    }
  }
  CHECK(
      has(sample_page(), detail::escaped(detail::text_in(*report.root().find("statement"), "es"))));
}

TEST_CASE("html: names are text wherever they stand", "[report][html]") {
  HtmlOptions options;
  options.cards = 100;
  const std::string page = write_html(test::hostile_report(), options);
  const std::string plain = write_html(
      test::report_of("nodes: {Cohort: {np-24: {workers: 1}}}", test::telling_rule()), options);
  // No tag more than those of a harmless name, but for those that every finding has.
  CHECK(times(page, "<script") == times(plain, "<script"));
  CHECK(times(page, "</script") == times(plain, "</script"));
  for (const std::string_view never :
       {"<img", "<foreignObject", "onerror=alert(1)>", "<body><", "<!--"}) {
    INFO(never);
    CHECK_FALSE(has(page, never));
  }
  CHECK_FALSE(has(page, "\u202E"));
  CHECK(has(page, "\\u{202E}"));
  CHECK(has(page, "<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>"));
}

TEST_CASE("html: JSON in the page cannot end its element", "[report][html]") {
  CHECK(detail::script_safe("</script>&\u2028\u2029") ==
        "\\u003c/script\\u003e\\u0026\\u2028\\u2029");
}

TEST_CASE("html: what is beyond the limits is counted", "[report][html]") {
  HtmlOptions options;
  options.cards = 1;
  options.rows = 2;
  options.findings = 3;
  const std::string page = write_html(test::sample_report(), options);
  const std::string text = edition(page, "en");
  CHECK(times(text, "<article ") == 1);
  CHECK(has(text, "1 of "));
  CHECK(has(text, "more findings are counted and not in this file."));
  CHECK(has(page, "\"whole\":false"));
  CHECK(has(sample_page(), "\"whole\":true"));
}

TEST_CASE("html: a run that checked nothing says so first", "[report][html]") {
  const std::string page =
      write_html(test::report_of("nodes: {Company: {acme: {}}}", test::telling_rule()));
  const std::string text = edition(page, "en");
  const std::size_t told = text.find("Nothing was checked.");
  REQUIRE(told != std::string::npos);
  CHECK(told < text.find("class=\"tiles\""));
}

TEST_CASE("html: not known looks and reads unlike not found", "[report][html]") {
  const std::string text = edition(sample_page(), "en");
  CHECK(has(text, "<use href=\"#sign-unknown\"/>"));
  CHECK(has(text, "<use href=\"#sign-pass\"/>"));
  CHECK(has(text, "It is not the same as not found in what was checked."));
  CHECK(has(sample_page(), "rect.v-unknown { fill: url(#hatch); }"));
}

TEST_CASE("html: numbers are grouped as the language writes them", "[report][html]") {
  CHECK(detail::grouped(0, "en") == "0");
  CHECK(detail::grouped(999, "fr") == "999");
  CHECK(detail::grouped(1000, "en") == "1,000");
  CHECK(detail::grouped(1234567, "fr") == "1\u202f234\u202f567");
}

TEST_CASE("html: asks of several rules for one fact are one line", "[report][html]") {
  const ReportFile report = test::sample_report();
  std::uint64_t verdicts = 0;
  const DocumentNode asks = *report.root().find("asks");
  for (std::size_t i = 0; i < asks.size(); ++i)
    verdicts += detail::number_of(asks.at(i), "verdicts");
  std::uint64_t grouped = 0;
  std::vector<std::string_view> paths;
  for (const detail::AskGroup& group : detail::group_asks(report.root())) {
    for (const detail::AskCause& cause : group.causes) {
      grouped += cause.verdicts;
      paths.push_back(cause.path);
    }
  }
  CHECK(grouped == verdicts);
  const auto of_workers = [](const detail::AskGroup& group) {
    return group.respondent && detail::text_of(*group.respondent, "id") == "workers";
  };
  const auto groups = detail::group_asks(report.root());
  const auto workers = std::find_if(groups.begin(), groups.end(), of_workers);
  REQUIRE(workers != groups.end());
  CHECK(detail::group_label(*workers, detail::Wording("en")) ==
        "To ask of: the workers (away from the site)");
  CHECK(std::count_if(groups.begin(), groups.end(), of_workers) == 1);
  CHECK(paths.size() <= asks.size());
  std::sort(paths.begin(), paths.end());
  CHECK(std::adjacent_find(paths.begin(), paths.end()) == paths.end());
}
