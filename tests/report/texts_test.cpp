// The engine's own texts and the catalogue of diagnostics.

#include "eraudit/report/texts.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/report/summary.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

const std::vector<std::string> languages = {"en", "fr", "es"};

DocumentPtr text_file() {
  return read_yaml(read_file(test::project_file("rules/texts/report.yaml"), 1 << 20)).value();
}

std::vector<std::string> text_keys() {
  const DocumentPtr file = text_file();
  const DocumentNode texts = *file->root().find("texts");
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < texts.size(); ++i) keys.emplace_back(texts.key(i).text());
  return keys;
}

/// `{n}`, `{all}`, sorted.
std::multiset<std::string> places(std::string_view text) {
  std::multiset<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    found.emplace(text.substr(at, text.find('}', at) + 1 - at));
  }
  return found;
}

/// Small letters for ASCII, and what stands between backticks left out.
std::string prose(std::string_view text) {
  std::string out = " ";
  bool code = false;
  for (const char c : text) {
    if (c == '`') code = !code;
    if (!code) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out + " ";
}

/// Accusations, and what could be read as saying that all is well.
const std::vector<std::string> forbidden = {"guilt",
                                            "illegal",
                                            "illégal",
                                            "ilegal",
                                            "traffick",
                                            "slave",
                                            "esclav",
                                            "violation",
                                            "violación",
                                            "proof",
                                            "prove ",
                                            "proves",
                                            "proven",
                                            "preuve",
                                            "prouv",
                                            "prueba",
                                            "probad",
                                            "coupable",
                                            "culpable",
                                            "criminal",
                                            "victim",
                                            "all clear",
                                            "all is well",
                                            "no risk",
                                            "risk-free",
                                            "sans risque",
                                            "sin riesgo",
                                            "complian",
                                            "is conform",
                                            "no forced labour",
                                            "aucun indicateur",
                                            "ningún indicador"};

std::string thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

}  // namespace

TEST_CASE("report: every text of the engine is there in English, French and Spanish",
          "[report][texts]") {
  const DocumentPtr file = text_file();
  const DocumentNode texts = *file->root().find("texts");
  REQUIRE(texts.size() > 50);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string key(texts.key(i).text());
    INFO(key);
    REQUIRE(texts.at(i).size() == languages.size());
    for (const std::string& language : languages) {
      const auto text = texts.at(i).find(language);
      REQUIRE(text);
      CHECK(text->is_text());
      CHECK_FALSE(text->text().empty());
      CHECK_FALSE(text->text().starts_with(' '));
      CHECK_FALSE(text->text().ends_with(' '));
      CHECK(text->text().find('\n') == std::string_view::npos);
      // What stands in the file is what the library was built with.
      CHECK(engine_text(key, language) == text->text());
    }
  }
}

TEST_CASE("report: a text leaves the same places to fill in in every language", "[report][texts]") {
  for (const std::string& key : text_keys()) {
    INFO(key);
    for (const std::string& language : languages) {
      CHECK(places(engine_text(key, language)) == places(engine_text(key, "en")));
    }
  }
}

TEST_CASE("report: texts for one and for several come in pairs", "[report][texts]") {
  const std::vector<std::string> keys = text_keys();
  const std::set<std::string> all(keys.begin(), keys.end());
  std::size_t pairs = 0;
  for (const std::string& key : keys) {
    if (!key.ends_with("-one")) continue;
    INFO(key);
    ++pairs;
    const std::string several = key.substr(0, key.size() - 4);
    REQUIRE(all.count(several) == 1);
    const auto of_one = places(engine_text(key, "en"));  // "one of them" needs no number
    CHECK((of_one.empty() || of_one == std::multiset<std::string>{"{n}"}));
    CHECK(places(engine_text(several, "en")) == std::multiset<std::string>{"{n}"});
  }
  CHECK(pairs > 5);
}

TEST_CASE("report: no text of the engine accuses anybody or says that all is well",
          "[report][texts]") {
  // The list finds what it is for.
  const auto bad = [](std::string_view text) {
    const std::string read = prose(text);
    return std::any_of(forbidden.begin(), forbidden.end(),
                       [&](const std::string& word) { return test::has(read, word); });
  };
  CHECK(bad("This is proof of an offence."));
  CHECK(bad("Illegal fees"));
  CHECK(bad("There is no forced labour here."));
  CHECK_FALSE(bad("write `proof: {fail: stated}`"));
  for (const std::string& key : text_keys()) {
    for (const std::string& language : languages) {
      INFO(key << ", " << language << ": " << engine_text(key, language));
      CHECK_FALSE(bad(engine_text(key, language)));
    }
  }
  for (const std::string_view id : diagnostic_ids()) {
    INFO(id << ": " << *diagnostic_text(id));
    CHECK_FALSE(bad(*diagnostic_text(id)));
  }
}

TEST_CASE("report: a language without texts reads its primary part, else English",
          "[report][texts]") {
  CHECK(engine_text("verdicts", "fr") == "RÉSULTATS");
  CHECK(engine_text("verdicts", "fr-CA") == "RÉSULTATS");
  CHECK(engine_text("verdicts", "es-MX") == "RESULTADOS");
  CHECK(engine_text("verdicts", "ne") == "VERDICTS");
  CHECK(engine_text("verdicts", "") == "VERDICTS");
}

TEST_CASE("report: a text that does not exist is a bug", "[report][texts]") {
  CHECK_THROWS_WITH(engine_text("verdikts", "en"), "no text 'verdikts'");
}

TEST_CASE("report: each relation to a provision has words", "[report][texts]") {
  for (const char* relation : {"equal", "subset", "superset", "intersect"}) {
    for (const std::string& language : languages) {
      CHECK_FALSE(engine_text("relation-" + std::string(relation), language).empty());
    }
  }
}

TEST_CASE("report: the catalogue of diagnostics gives a text for each id and for nothing else",
          "[report][diagnostics]") {
  const auto ids = diagnostic_ids();
  REQUIRE(ids.size() > 300);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  for (const std::string_view id : ids) {
    INFO(id);
    REQUIRE(diagnostic_text(id));
    const std::string_view text = *diagnostic_text(id);
    CHECK(text.ends_with('.'));
    CHECK(text.size() >= 30);
    CHECK(text.size() <= 420);
    CHECK(text.find('\n') == std::string_view::npos);
    CHECK(test::times(text, "`") % 2 == 0);
  }
  CHECK_FALSE(diagnostic_text("yaml-duplicat-key"));
  CHECK_FALSE(diagnostic_text(""));
  CHECK(test::has(*diagnostic_text("yaml-duplicate-key"), "stands twice in one map"));
}

TEST_CASE("report: limits in the catalogue are those of the library", "[report][diagnostics]") {
  const Limits limits;
  const auto says = [](std::string_view id, std::uint64_t limit) {
    INFO(id);
    const auto text = diagnostic_text(id);
    REQUIRE(text);
    CHECK(test::has(*text, thousands(limit)));
  };
  CHECK(thousands(50'000'000) == "50,000,000");
  CHECK(thousands(64) == "64");
  says("yaml-text-too-long", limits.scalar_bytes);
  says("yaml-too-deep", limits.document_depth);
  says("yaml-too-many-aliases", limits.alias_uses);
  says("yaml-too-many-keys", limits.keys_per_map);
  says("yaml-too-many-values", limits.document_nodes);
  says("json-text-too-long", limits.scalar_bytes);
  says("json-too-deep", limits.document_depth);
  says("json-too-many-keys", limits.keys_per_map);
  says("json-too-many-values", limits.document_nodes);
  says("csv-field-too-long", limits.csv_field_bytes);
  says("csv-too-many-columns", limits.csv_columns);
  says("csv-too-many-rows", limits.csv_rows);
  says("network-bad-id", limits.identifier_bytes);
  says("import-bad-id", limits.identifier_bytes);
  says("rule-bad-id", limits.identifier_bytes);
  says("schema-bad-name", limits.identifier_bytes);
  says("network-limit", limits.nodes);
  says("network-limit", limits.edges);
  says("rule-file-too-large", limits.rule_file_bytes);
  says("rule-too-many", limits.rules);
  says("cel-limit", limits.expression_code_points);
  says("cel-limit", limits.expression_depth);
  says("cel-limit", limits.regex_pattern_bytes);
  CHECK(limits.alias_growth == 10);  // "ten times" in yaml-alias-growth
  for (const char* id : {"yaml-too-large", "json-too-large", "csv-too-large", "rates-too-large"}) {
    CHECK(limits.data_file_bytes == 2ull << 30);
    CHECK(test::has(*diagnostic_text(id), "2 GiB"));
  }
}

TEST_CASE("report: what a diagnostic means is printed in lines", "[report][diagnostics]") {
  CHECK(describe_diagnostic("csv-nul") ==
        "csv-nul\n"
        "  The row contains a NUL character, which texts never do. The file was probably\n"
        "  saved as UTF-16 or is no text file: export it again as \"CSV UTF-8\".\n");
  CHECK(describe_diagnostic("csv-nil").empty());
  TextOptions narrow;
  narrow.width = 60;
  for (const std::string_view id : diagnostic_ids()) {
    CHECK(test::untidy_lines(describe_diagnostic(id), 80).empty());
    CHECK(test::untidy_lines(describe_diagnostic(id, narrow), 60).empty());
  }
}
