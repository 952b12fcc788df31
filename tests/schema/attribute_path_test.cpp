// Attributes and their paths.

#include "eraudit/schema/attribute_path.hpp"

#include <memory>

#include "tests/support/catch.hpp"

using namespace eraudit;

TEST_CASE("schema: every attribute is found by its path, and knows it", "[schema]") {
  const Schema& schema = *recruitment_schema();
  std::size_t seen = 0;
  const auto check = [&](const auto& kind) {
    for (const Attribute& attribute : kind.attributes) {
      const std::string path = kind.name + "." + attribute.name;
      INFO(path);
      CHECK(attribute_at(schema, path) == &attribute);
      CHECK(path_of(schema, attribute) == path);
      ++seen;
    }
  };
  for (const NodeKind& kind : schema.kinds()) check(kind);
  for (const EdgeKind& edge : schema.edges()) check(edge);
  CHECK(seen > 100);
}

TEST_CASE("schema: what is no path of an attribute finds nothing", "[schema]") {
  const Schema& schema = *recruitment_schema();
  for (const char* path : {"", ".", "Cohort", "Cohort.", "Cohort.nothing", "nothing.workers",
                           "Cohort.workers.x", "rate", "table min_wage", "Cohort.fees"}) {
    INFO(path);
    CHECK(attribute_at(schema, path) == nullptr);
  }
  CHECK(path_of(schema, Attribute{}).empty());
}

TEST_CASE("schema: an attribute of what a schema extends has its path there", "[schema]") {
  const auto document = read_yaml(std::make_shared<const Source>(
      "mine.yaml",
      "eraudit: schema/1\nname: mine\nextends: recruitment\n"
      "kinds: {Cohort: {attributes: {shift: {type: string, label: {en: a, fr: b, es: c}}}}}\n"));
  const SchemaPtr mine = read_schema(**document, recruitment_schema()).value();
  const Attribute* const base = attribute_at(*recruitment_schema(), "charged.category");
  REQUIRE(base != nullptr);
  CHECK(path_of(*mine, *base) == "charged.category");
  CHECK(attribute_at(*mine, "charged.category") != base);
  REQUIRE(attribute_at(*mine, "Cohort.shift") != nullptr);
  CHECK(path_of(*recruitment_schema(), *attribute_at(*mine, "Cohort.shift")).empty());
}
