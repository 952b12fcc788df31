#include "eraudit/expression/names.hpp"

#include <random>

#include "eraudit/core/text.hpp"
#include "eraudit/network/countries.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

TEST_CASE("expression: plain_name keeps letters and digits and nothing else",
          "[expression][names]") {
  CHECK(plain_name("Del-Al Associates, Inc..") == "del al associates inc");
  CHECK(plain_name("  J&H Business\tCentre ") == "j and h business centre");
  CHECK(plain_name("J & H") == "j and h");
  CHECK(plain_name("&") == "and");
  CHECK(plain_name("Asistencia Jurídica GM") == "asistencia juridica gm");
  CHECK(plain_name("Juri\xCC\x81"
                   "dica") == "juridica");  // the same accent as a character of its own
  CHECK(plain_name("Straße Łódź Ærø İstanbul") == "strasse lodz aero istanbul");
  CHECK(plain_name("ＡＢＣ ① ﬁn") == "abc 1 fin");  // wide letters, circled digits, ligatures
  CHECK(plain_name("Mike's") == "mike s");
  CHECK(plain_name("") == "");
  CHECK(plain_name("--- . ---") == "");
  CHECK(plain_name("w\xC2\xAD"
                   "ork") == "work");  // a soft hyphen is not there
}

TEST_CASE("expression: plain_name tells names of other scripts apart", "[expression][names]") {
  CHECK(plain_name("深圳 劳务（集团）") == "深圳 劳务 集团");
  // Vowel signs are marks, but no accents: without them these would be one name.
  CHECK(plain_name("किरण") != plain_name("करण"));
  CHECK(plain_name("किरण म्यानपावर") == "किरण म्यानपावर");
  CHECK(plain_name("МОСКВА") == plain_name("Москва"));
}

TEST_CASE("expression: plain_name of a plain name is itself", "[expression][names]") {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto i = random() % 8; i != 0; --i) {
      auto code = random() % 4 == 0 ? random() % 0x20000 : random() % 0x250;
      if (code >= 0xD800 && code < 0xE000) code = 'x';
      if (code < 0x80) {
        text += static_cast<char>(code);
      } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | (code >> 6));
        text += static_cast<char>(0x80 | (code & 0x3F));
      } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | (code >> 12));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
      } else {
        text += static_cast<char>(0xF0 | (code >> 18));
        text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
      }
    }
    const std::string once = plain_name(text);
    INFO(printable(text));
    REQUIRE(plain_name(once) == once);
    REQUIRE_FALSE(find_bad_utf8(once).has_value());
    const std::string normal = normal_name(text);
    REQUIRE(normal_name(normal) == normal);
  }
}

TEST_CASE("expression: normal_name drops legal forms that are written whole",
          "[expression][names]") {
  CHECK(normal_name("DEL AL ASSOCIATES INC.") == "del al associates");
  CHECK(normal_name("Asesores Consulares Integrales S.A. de C.V.") ==
        "asesores consulares integrales");
  CHECK(normal_name("JMC Labor, SA de CV") == "jmc labor");
  CHECK(normal_name("LLS Visa Electronica S. de R.L. de C.V.") == "lls visa electronica");
  // Cut off in the middle of its form: who knows what it was.
  CHECK(normal_name("LLS Visa Electronica S. de R.L. de ") == "lls visa electronica s de r l de");
  CHECK(normal_name("MIKE'S AGENCY INC S.R.L.") == "mike s agency");
  CHECK(normal_name("Tiller & Co., Ltd") == "tiller");
  CHECK(normal_name("Gurkha Overseas (P.) Pvt. Ltd.") == "gurkha overseas p");
  CHECK(normal_name("Inc") == "inc");
  CHECK(normal_name("Co Ltd") == "co");
  CHECK(normal_name("Casa") == "casa");
  CHECK(normal_name("Incorporated Labour") == "incorporated labour");
}

TEST_CASE("expression: normal_name takes other forms", "[expression][names]") {
  const std::string_view forms[] = {"(Pty) Ltd", "Inc"};
  CHECK(normal_name("A way to Explore (Pty) Ltd", forms) == "a way to explore");
  CHECK(normal_name("Harmony Ltd", forms) == "harmony ltd");
  CHECK(normal_name("Harmony Inc", {}) == "harmony inc");
}

TEST_CASE("expression: a country is known by its codes and names", "[expression][names]") {
  CHECK(country_code("MEXICO") == "MX");
  CHECK(country_code(" méxico ") == "MX");
  CHECK(country_code("mx") == "MX");
  CHECK(country_code("MEX") == "MX");
  CHECK(country_code("UNITED STATES OF AMERICA") == "US");
  CHECK(country_code("U.S.A.") == "US");
  CHECK(country_code("Côte d'Ivoire") == "CI");
  CHECK(country_code("The Gambia") == "GM");
  CHECK(country_code("Türkiye") == "TR");
  CHECK(country_code("Viet Nam") == "VN");
  CHECK(country_code("Vietnam") == "VN");
  CHECK_FALSE(country_code("").has_value());
  CHECK_FALSE(country_code("the").has_value());
  CHECK_FALSE(country_code("Mexcio").has_value());
  CHECK_FALSE(country_code("Korea").has_value());  // which one?
}

TEST_CASE("expression: every country code of the schema is known, and no other",
          "[expression][names]") {
  int found = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      const std::string code{a, b};
      if (code == "UK") continue;  // what people write for GB
      INFO(code);
      CHECK(country_code(code).has_value() == detail::is_country(code));
      if (!country_code(code)) continue;
      ++found;
      CHECK(*country_code(code) == code);
    }
  }
  CHECK(found == 250);
}
