// Whom a question is put to.

#include "eraudit/schema/show.hpp"
#include "tests/schema/support.hpp"

using namespace eraudit;
using eraudit::test::schema;

namespace {

constexpr const char* text = R"(eraudit: schema/1
name: s
respondents:
  workers: {en: the workers, fr: les travailleurs}
  payroll: payroll records
kinds:
  Cohort:
    label: Workers
    respondent: workers
    attributes:
      size: {type: int, label: Size, ask: How many}
      wage: {type: money, per: month, label: Wage, ask: Which wage, respondent: payroll}
  Recruiter:
    label: Recruiter
    attributes: {name: {type: string, label: Name, ask: Which name}}
edges:
  charged:
    label: charged
    respondent: workers
    from: {kinds: [Recruiter], edges: charges, nodes: charged}
    to: {kinds: [Cohort], edges: fees, nodes: takers, respondent: payroll, ask: Who else}
    attributes: {amount: {type: money, label: Amount, ask: How much}}
)";

std::string of(const Schema& schema, std::string_view path) {
  const Respondent* const respondent = schema.respondent(path);
  return respondent == nullptr ? "nobody" : respondent->id;
}

}  // namespace

TEST_CASE("schema: whom to ask is told by the attribute, else by its kind",
          "[schema][respondent]") {
  const auto read = schema(text);
  REQUIRE(read->respondents().size() == 2);
  CHECK(read->respondents()[0].label.in("fr") == "les travailleurs");
  CHECK(of(*read, "Cohort.size") == "workers");
  CHECK(of(*read, "Cohort.wage") == "payroll");
  CHECK(of(*read, "Cohort.fees") == "payroll");
  CHECK(of(*read, "charged.amount") == "workers");
  for (const char* path : {"Recruiter.name", "Recruiter.charges", "Cohort.none", "charged.none",
                           "None.size", "Cohort", "", "rate", "table min_wage"}) {
    INFO(path);
    CHECK(of(*read, path) == "nobody");
  }
  CHECK(describe(*read, "en", "Cohort")
            .find("Ask: Which wage\n                        Of: payroll records\n") !=
        std::string::npos);
}

TEST_CASE("schema: the schema that ships says whom to ask for everything", "[schema][respondent]") {
  const Schema& shipped = *recruitment_schema();
  for (std::uint16_t kind = 0; kind < shipped.kinds().size(); ++kind) {
    const NodeKind& described = shipped.kind({kind});
    for (const Attribute& attribute : described.attributes) {
      INFO(described.name << '.' << attribute.name);
      CHECK(shipped.respondent(described.name + '.' + attribute.name) != nullptr);
    }
    for (const ListId list : shipped.lists({kind})) {
      INFO(shipped.path({kind}, list));
      CHECK(shipped.respondent(shipped.path({kind}, list)) != nullptr);
    }
  }
  for (const EdgeKind& edge : shipped.edges()) {
    for (const Attribute& attribute : edge.attributes) {
      INFO(edge.name << '.' << attribute.name);
      CHECK(shipped.respondent(edge.name + '.' + attribute.name) != nullptr);
    }
  }
  for (const Respondent& respondent : shipped.respondents()) {
    for (const char* language : {"en", "fr", "es"}) CHECK(respondent.label.has(language));
  }
}

TEST_CASE("schema: respondents that are not there", "[schema][respondent]") {
  const std::string misspelt = std::string(text).replace(
      std::string(text).find("respondent: workers"), 19, "respondent: worker");
  CHECK(eraudit::test::found(misspelt) ==
        "9:17 schema-unknown-respondent: there is no respondent 'worker' | did you mean "
        "'workers'?\n");
  const auto base = schema(text);
  CHECK(
      eraudit::test::found("eraudit: schema/1\nname: more\nextends: s\nrespondents:\n"
                           "  payroll: wage slips\n  bank: {en: the bank}\n",
                           base) ==
      "5:3 schema-extension-changes: respondent 'payroll' stands in schema 's' | an extension adds "
      "respondents of other names\n");
}
