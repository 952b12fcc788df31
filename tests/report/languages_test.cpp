// Reports in languages that only rules speak.

#include "eraudit/report/languages.hpp"

#include <string>
#include <vector>

#include "eraudit/report/detail/report_view.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/markdown.hpp"
#include "eraudit/report/texts.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::has;
using Tags = std::vector<std::string>;

namespace {

Rules spoken_rule() {
  return test::rules_of(R"(rule: my.hours
subject: (c:Cohort)
fail_if: c.weekly_hours > 60.0
severity: high
title: {en: Long weeks, ne: लामा हप्ता, AR: أسابيع طويلة}
message:
  en: "{c.weekly_hours} hours"
  ne: "{c.weekly_hours} घण्टा"
  ar: "{c.weekly_hours} ساعة"
  zh-hant: "{c.weekly_hours} 小時"
remedy: {en: Hire, ne: भर्ना गर्नुहोस्, days: 30}
)");
}

/// One for all tests: the rule's file has another path each time it is written.
const ReportFile& report() {
  static const ReportFile made =
      make_report(evaluate(test::network_of("nodes: {Cohort: {a: {weekly_hours: 66.5}, b: {}}}"),
                           spoken_rule(), test::usual_day()));
  return made;
}

std::string page_in(std::string language) {
  static const ReportFile one = report();  // another one would name another folder of rules
  HtmlOptions options;
  options.language = std::move(language);
  return write_html(one, options);
}

}  // namespace

TEST_CASE("report: it has every text in the languages that it was written in, and no others",
          "[report][language]") {
  const ReportFile& made = report();
  const auto tags = [](DocumentNode texts) {
    Tags found;
    for (std::size_t i = 0; i < texts.size(); ++i) found.emplace_back(texts.key(i).text());
    return found;
  };
  const DocumentNode finding = detail::member(made.root(), "findings").at(0);
  CHECK(tags(detail::member(finding, "message")) == Tags{"en", "ar", "ne", "zh-Hant"});
  CHECK(detail::text_in(detail::member(finding, "message"), "ne-NP") == "66.5 घण्टा");
  CHECK(tags(detail::member(detail::member(made.root(), "rules").at(0), "title")) ==
        Tags{"en", "ne", "ar"});
  CHECK(languages_of(made) == Tags{"en", "fr", "es", "ar", "ne", "zh-Hant"});
}

TEST_CASE("report: how far a language reaches is counted by rule", "[report][language]") {
  CHECK(reach_of(report(), "ne-NP") == LanguageReach{1, 1, 0});
  CHECK(reach_of(report(), "ar") == LanguageReach{1, 0, 1});
  CHECK(reach_of(report(), "pt") == LanguageReach{1, 0, 0});
  CHECK(reach_of(spoken_rule(), "ne") == LanguageReach{1, 1, 0});
  CHECK(reach_of(spoken_rule(), "ar") == LanguageReach{1, 0, 1});
  CHECK(reach_of(spoken_rule(), "fr-CA") == LanguageReach{1, 0, 0});
  CHECK(languages_of(spoken_rule()) == Tags{"en", "ar", "ne", "zh-Hant"});
}

TEST_CASE("report: the words of the engine are in one of its languages", "[report][language]") {
  CHECK(engine_language("ne") == "en");
  CHECK(engine_language("fr-CA") == "fr");
  CHECK(engine_language("es-419") == "es");
  CHECK(engine_text("verdicts", "fr-CA") == engine_text("verdicts", "fr"));
  CHECK(engine_text("verdicts", "zh-Hant") == engine_text("verdicts", "en"));
}

TEST_CASE("html: a language that only rules speak has an edition, its texts marked",
          "[report][html][language]") {
  const std::string page = page_in("ne");
  CHECK(has(page, "<html lang=\"en\">"));
  CHECK(has(page,
            "<label lang=\"ne\"><input type=\"radio\" name=\"language\" id=\"language-ne\" "
            "value=\"ne\" checked> नेपाली</label>"));
  CHECK(has(page, "<div class=\"edition\" lang=\"en\" id=\"edition-ne\" data-edition=\"ne\">"));
  CHECK(has(page, "<p class=\"message\"><bdi lang=\"ne\">66.5 घण्टा</bdi></p>"));
  CHECK(has(page, "<bdi lang=\"ne\">भर्ना गर्नुहोस्</bdi>"));
  CHECK(has(page, ".edition[data-edition=ne]"));
  // In the English one nothing need be said of English.
  CHECK(has(page, "<p class=\"message\"><bdi>66.5 hours</bdi></p>"));
  // In the French one the English that stands in is called English.
  CHECK(has(page, "<p class=\"message\"><bdi lang=\"en\">66.5 hours</bdi></p>"));
}

TEST_CASE("html: what is read from right to left is marked so", "[report][html][language]") {
  const std::string page = page_in("ar");
  CHECK(has(page, "<p class=\"message\"><bdi lang=\"ar\" dir=\"rtl\">66.5 ساعة</bdi></p>"));
  CHECK(has(page, "\"rightToLeft\":[\"ar\"]"));
  CHECK(has(page, "<bdi lang=\"ar\" dir=\"rtl\">أسابيع طويلة</bdi>"));
  // There is no remedy in Arabic: English, without a mark, since the page is in English.
  CHECK(has(page, "</b> Hire "));
  CHECK_FALSE(has(page_in("ne"), "dir=\"rtl\""));
}

TEST_CASE("html: there is an edition for what is broader, and none for what nobody speaks",
          "[report][html][language]") {
  CHECK(has(page_in("zh-hant-TW"), "id=\"edition-zh-Hant\""));
  CHECK(has(page_in("fr-CA"), "<html lang=\"fr\">"));
  CHECK_FALSE(has(page_in("fr-CA"), "edition-fr-CA"));
  CHECK(page_in("de") == page_in("en"));
}

TEST_CASE("report: other formats fall back text by text", "[report][language]") {
  MarkdownOptions options;
  options.language = "ar";
  const std::string text = write_markdown(report(), options);
  CHECK(has(text, "66.5 ساعة"));
  CHECK(has(text, "Hire"));
}
