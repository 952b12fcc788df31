#include "eraudit/core/language.hpp"

#include <regex>
#include <string>

#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

/// `none` for what is no tag.
std::string written(const std::string& text) {
  return language_tag(text).value_or("none");
}

}  // namespace

TEST_CASE("core: language tags are written as BCP 47 has them", "[core][language]") {
  CHECK(written("en") == "en");
  CHECK(written("NE") == "ne");
  CHECK(written("pt-br") == "pt-BR");
  CHECK(written("ZH-hant-tw") == "zh-Hant-TW");
  CHECK(written("es-419") == "es-419");
  CHECK(written("fil") == "fil");
  CHECK(written("zh-cmn-HANS-cn") == "zh-cmn-Hans-CN");
  CHECK(written("sl-ROZAJ-Biske") == "sl-rozaj-biske");
  CHECK(written("de-1996") == "de-1996");
  CHECK(written("ar-u-NU-latn") == "ar-u-nu-latn");
  CHECK(written("en-x-AT-Home") == "en-x-at-home");
  CHECK(written("X-easy") == "x-easy");
}

TEST_CASE("core: what is no language tag is refused, and the schemas agree", "[core][language]") {
  const std::regex pattern{std::string(language_tag_pattern), std::regex::ECMAScript};
  for (const char* text :
       {"",      "e",     "english", "en_US",        "en-",       "-en",          "en--US",
        "pt BR", "नेपाली", "xx1",     "1en",          "i-klingon", "en-u",         "en-u-a",
        "x",     "en-x",  "abcd",    "en-abcdefghi", "en-US-GB",  "zh-Hant-Latn", "en-1a"}) {
    INFO(text);
    CHECK(written(text) == "none");
    CHECK_FALSE(std::regex_match(text, pattern));
  }
  for (const char* text : {"en", "NE", "pt-BR", "zh-Hant-TW", "es-419", "sl-rozaj-biske", "de-1996",
                           "ar-u-nu-latn", "en-a-bbb-x-a-ccc", "x-easy", "zh-yue-HK"}) {
    INFO(text);
    CHECK(written(text) != "none");
    CHECK(std::regex_match(text, pattern));
  }
  CHECK(written("de-1996-1996") == "none");
  CHECK(written("en-a-bb-a-cc") == "none");
}

TEST_CASE("core: it is said what to write instead of what is no tag", "[core][language]") {
  CHECK(language_tag_help("pt_BR") == "write 'pt-BR'");
  CHECK(language_tag_help("en_US.UTF-8") == "write 'en-US'");
  CHECK(language_tag_help("Nepali") == "write 'ne'");
  CHECK(language_tag_help("français") ==
        "write a language tag such as 'en', 'ne', 'pt-BR' or 'zh-Hant'");
}

TEST_CASE("core: two letters are a language only if ISO 639-1 says so", "[core][language]") {
  CHECK(is_known_language("ne"));
  CHECK(is_known_language("PT-BR"));
  CHECK_FALSE(is_known_language("eb"));
  CHECK_FALSE(is_known_language("xx-US"));
  CHECK(is_known_language("fil"));  // longer ones are not looked up
}

TEST_CASE("core: a language is looked for more and more broadly", "[core][language]") {
  CHECK(broader_language("zh-Hant-TW") == "zh-Hant");
  CHECK(broader_language("zh-Hant") == "zh");
  CHECK(broader_language("zh").empty());
  CHECK(broader_language("en-x-home") == "en");
  CHECK(broader_language("x-easy").empty());
  CHECK(broader_language("").empty());
}

TEST_CASE("core: the script decides which way is read, else the language", "[core][language]") {
  for (const char* tag :
       {"ar", "AR-sa", "fa", "ur", "he", "ckb", "dv", "pa-Arab", "ug", "az-Arab-IR"}) {
    INFO(tag);
    CHECK(is_right_to_left(tag));
  }
  for (const char* tag :
       {"en", "ne", "ur-Latn", "zh-Hant", "ara", "arab", "en-x-arab", "", "x-arab"}) {
    INFO(tag);
    CHECK_FALSE(is_right_to_left(tag));
  }
}
