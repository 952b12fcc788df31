#include "eraudit/rules/vocabulary.hpp"

#include <memory>
#include <set>
#include <string>

#include "eraudit/schema/schema.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

TEST_CASE("rules: the vocabulary that ships names indicators, fees and provisions",
          "[rules][vocabulary]") {
  const Vocabulary& words = vocabulary();
  CHECK(words.indicators().size() == 40);
  CHECK(words.provisions().size() == 250);
  CHECK(words.sources().size() == 35);
  CHECK(words.fee_categories().size() == 13);
  REQUIRE(words.indicator("debt-bondage") != nullptr);
  CHECK(words.indicator("debt-bondage")->severity == Severity::critical);
  for (const Indicator& indicator : words.indicators()) {
    for (const char* language : {"en", "fr", "es"}) CHECK(indicator.title.has(language));
  }
  for (const Provision& provision : words.provisions()) {
    CHECK(words.source(provision.source) != nullptr);
    CHECK_FALSE(provision.title.empty());
    CHECK_FALSE(provision.reference.empty());
  }
  CHECK(words.indicator("debt-bondag") == nullptr);
}

TEST_CASE("rules: fee categories have one spelling, the schema's", "[rules][vocabulary]") {
  const Schema& schema = *recruitment_schema();
  const EdgeKind& charged = schema.edge(*schema.find_edge("charged"));
  std::set<std::string> of_schema;
  for (const EnumerationValue& value : charged.attributes[charged.find("category")->index].values) {
    of_schema.insert(value.id);
  }
  for (const FeeCategory& category : vocabulary().fee_categories()) {
    INFO(category.id);
    CHECK(of_schema.count(category.id) == 1);
  }
}

TEST_CASE("rules: mistakes in a vocabulary are told with their places", "[rules][vocabulary]") {
  const auto document =
      read_yaml(std::make_shared<const Source>("words.yaml", R"(eraudit: vocabulary/1
indicators: [{id: a, title: A, severity: grave}, {id: a, title: A}]
sources: [{id: s, name: S}]
provisions: [{id: p, source: t, title: P}, {id: q, source: s}]
)"));
  const auto read = read_vocabulary(*document.value());
  CHECK_FALSE(read);
  CHECK(to_text(read.diagnostics()) ==
        R"(words.yaml:2:42: error: 'grave' is no severity [vocabulary-bad-severity]
    2 | indicators: [{id: a, title: A, severity: grave}, {id: a, title: A}]
      |                                          ^~~~~
  help: one of: none, low, medium, high, critical
words.yaml:2:50: error: 'a' is there twice [vocabulary-duplicate-id]
    2 | indicators: [{id: a, title: A, severity: grave}, {id: a, title: A}]
      |                                                  ^~~~~~~~~~~~~~~~~
words.yaml:4:14: error: there is no source 't' [vocabulary-unknown-source]
    4 | provisions: [{id: p, source: t, title: P}, {id: q, source: s}]
      |              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
words.yaml:4:44: error: an entry of a vocabulary needs 'title' [vocabulary-missing-key]
    4 | provisions: [{id: p, source: t, title: P}, {id: q, source: s}]
      |                                            ^~~~~~~~~~~~~~~~~~
)");
}
