#include "eraudit/schema/local_text.hpp"

#include "tests/support/catch.hpp"

using eraudit::LocalText;

TEST_CASE("schema: a plain text is English", "[schema][text]") {
  const LocalText text("Workers");
  CHECK(text.in("en") == "Workers");
  CHECK(text.in("ne") == "Workers");
  CHECK(text.has("en"));
  CHECK_FALSE(text.has("fr"));
  CHECK_FALSE(text.empty());
}

TEST_CASE("schema: no text reads as an empty one", "[schema][text]") {
  const LocalText text;
  CHECK(text.empty());
  CHECK(text.in("en").empty());
  CHECK_FALSE(text.has("en"));
}

TEST_CASE("schema: a language falls back to its primary part, English, the first",
          "[schema][text]") {
  LocalText text;
  text.set("pt", "trabalhadores");
  text.set("es", "trabajadores");
  CHECK(text.in("pt-BR") == "trabalhadores");
  CHECK(text.in("fr") == "trabalhadores");
  text.set("en", "workers");
  CHECK(text.in("fr") == "workers");
  CHECK(text.in("") == "workers");
  text.set("pt-BR", "trabalhadores do Brasil");
  CHECK(text.in("pt-BR") == "trabalhadores do Brasil");
  CHECK(text.in("pt-br") == "trabalhadores do Brasil");
  CHECK(text.in("pt-PT") == "trabalhadores");
}

TEST_CASE("schema: a text is looked for part by part, and says in which language it is",
          "[schema][text]") {
  LocalText text("workers");
  text.set("ZH-hant", "工人");
  text.set("zh", "工人们");
  CHECK(text.in("zh-Hant-TW") == "工人");
  CHECK(text.language_of("zh-Hant-TW") == "zh-Hant");
  CHECK(text.language_of("zh-HK") == "zh");
  CHECK(text.language_of("ne") == "en");
  CHECK(text.language_of("EN-gb") == "en");
  CHECK(LocalText().language_of("en").empty());
}

TEST_CASE("schema: setting a language again replaces its text and keeps its place",
          "[schema][text]") {
  LocalText text("one");
  text.set("fr", "un");
  text.set("EN", "two");
  REQUIRE(text.all().size() == 2);
  CHECK(text.all()[0].first == "en");
  CHECK(text.all()[0].second == "two");
}
