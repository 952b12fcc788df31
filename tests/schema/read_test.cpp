#include "eraudit/core/error.hpp"
#include "tests/schema/support.hpp"

using namespace eraudit;
using eraudit::test::schema;
using eraudit::test::small_schema;

TEST_CASE("schema: all that a file says is read", "[schema][read]") {
  const auto read = schema(small_schema);
  CHECK(read->name() == "small");
  REQUIRE(read->kinds().size() == 2);
  REQUIRE(read->edges().size() == 1);

  const NodeKind& recruiter = read->kind(*read->find_kind("Recruiter"));
  CHECK(recruiter.label.in("fr") == "Recruteur");
  CHECK(recruiter.plural.in("en") == "Recruiters");
  CHECK(recruiter.about.in("en") == "Who finds workers.");
  CHECK(recruiter.declared == "s.yaml:4");
  REQUIRE(recruiter.attributes.size() == 4);
  CHECK(recruiter.attributes[0].type == AttributeType::text);
  CHECK(recruiter.attributes[0].declared == "s.yaml:9");
  CHECK(recruiter.attributes[1].may_be_absent);
  CHECK(recruiter.attributes[2].type == AttributeType::enumeration);
  REQUIRE(recruiter.attributes[2].values.size() == 2);
  CHECK(recruiter.attributes[2].values[1].id == "sub_agent");
  CHECK(recruiter.attributes[2].values[1].label.in("en") == "sub-agent");
  CHECK(recruiter.attributes[3].type == AttributeType::text_list);
  CHECK(recruiter.attributes[3].format == TextFormat::country);

  const NodeKind& cohort = read->kind(*read->find_kind("Cohort"));
  CHECK(cohort.attributes[0].unit == "people");
  CHECK(cohort.attributes[0].non_negative);
  CHECK_FALSE(cohort.attributes[0].wage);
  CHECK(cohort.attributes[1].wage);
  CHECK(cohort.attributes[2].type == AttributeType::date);
  CHECK(cohort.attributes[2].ask.in("en") == "When");

  const EdgeKind& charged = read->edge(*read->find_edge("charged"));
  REQUIRE(charged.from.kinds == std::vector<KindId>{{0}});
  REQUIRE(charged.to.kinds == std::vector<KindId>{{1}});
  CHECK(charged.from.edges == "charges");
  CHECK(charged.from.nodes == "charged_cohorts");
  CHECK_FALSE(charged.from.complete);
  CHECK(charged.to.complete);
  CHECK(charged.from.ask.in("en") == "Whom else");
  CHECK(charged.key == std::vector<AttributeId>{{0}, {1}});
  CHECK(charged.attributes[2].sensitivity == Sensitivity::internal);
  CHECK(charged.attributes[2].type == AttributeType::money);
  CHECK_FALSE(charged.attributes[2].wage);
  CHECK(charged.attributes[3].type == AttributeType::number);
  CHECK(charged.attributes[4].type == AttributeType::enumeration_list);
  CHECK(charged.attributes[5].required);
  CHECK(charged.attributes[6].type == AttributeType::boolean);
  CHECK(charged.attributes[7].sensitivity == Sensitivity::sensitive);
  const Share* payers = charged.find_share("payers");
  REQUIRE(payers != nullptr);
  CHECK(payers->part_key == "said");
  CHECK(payers->whole_key == "asked");
  CHECK(charged.attributes[payers->part.index].name == "payers_said");
  CHECK(charged.attributes[payers->whole.index].name == "payers_asked");
  CHECK(charged.find_share("said") == nullptr);
}

TEST_CASE("schema: names are found, and others are not", "[schema][read]") {
  const auto read = schema(small_schema);
  CHECK(read->find_kind("Cohort") == KindId{1});
  CHECK_FALSE(read->find_kind("cohort"));
  CHECK(read->find_edge("charged") == EdgeKindId{0});
  CHECK_FALSE(read->find_edge("charges"));
  CHECK(read->kind({0}).find("role") == AttributeId{2});
  CHECK_FALSE(read->kind({0}).find("workers"));
  CHECK(read->edge({0}).find("amount") == AttributeId{2});
  CHECK(read->kind({0}).attributes[2].find_value("sub_agent") == 1u);
  CHECK_FALSE(read->kind({0}).attributes[2].find_value("sub-agent"));
}

TEST_CASE("schema: a list belongs to the kinds at its end", "[schema][read]") {
  const auto read = schema(small_schema);
  const KindId recruiter{0};
  const KindId cohort{1};
  const auto fees = read->find_list(cohort, "fees");
  REQUIRE(fees);
  CHECK(fees->list == ListId{{0}, Side::to});
  CHECK_FALSE(fees->nodes);
  const auto takers = read->find_list(cohort, "fee_takers");
  REQUIRE(takers);
  CHECK(takers->list == ListId{{0}, Side::to});
  CHECK(takers->nodes);
  CHECK(read->find_list(recruiter, "charges")->list == ListId{{0}, Side::from});
  CHECK_FALSE(read->find_list(recruiter, "fees"));
  CHECK_FALSE(read->find_list(KindId{7}, "fees"));
  REQUIRE(read->lists(cohort).size() == 1);
  CHECK(read->end(read->lists(cohort)[0]).edges == "fees");
}

TEST_CASE("schema: facts are named by kind and attribute or list", "[schema][read]") {
  const auto read = schema(small_schema);
  CHECK(read->path(KindId{1}, AttributeId{1}) == "Cohort.base_wage");
  CHECK(read->path(EdgeKindId{0}, AttributeId{2}) == "charged.amount");
  CHECK(read->path(KindId{1}, ListId{{0}, Side::to}) == "Cohort.fees");
  CHECK_THROWS_AS(read->path(KindId{0}, ListId{{0}, Side::to}), Error);
}

TEST_CASE("schema: lists stand by edge kind, from before to", "[schema][read]") {
  const auto read = schema(R"(eraudit: schema/1
name: chain
kinds: {Recruiter: {label: Recruiter}, Company: {label: Company}}
edges:
  engages:
    label: engages
    from: {kinds: [Company, Recruiter], edges: engagements, nodes: engaged, ask: Who}
    to: {kinds: [Recruiter], edges: engaged_by, nodes: principals, ask: Who}
  pays:
    label: pays
    from: {kinds: [Recruiter], edges: payments, nodes: payees, ask: Whom}
    to: {kinds: [Company], edges: receipts, nodes: payers, ask: Who}
)");
  const auto lists = read->lists(*read->find_kind("Recruiter"));
  REQUIRE(lists.size() == 3);
  CHECK(lists[0] == ListId{{0}, Side::from});
  CHECK(lists[1] == ListId{{0}, Side::to});
  CHECK(lists[2] == ListId{{1}, Side::from});
}

TEST_CASE("schema: a source class is found by id, by alias, by alias and detail",
          "[schema][sources]") {
  const auto read = schema(small_schema);
  using Details = std::vector<std::pair<std::string, std::string>>;
  const Details off{{"sample", "12"}, {"place", "off_site"}};
  const Details on{{"place", "on_site"}};
  CHECK(read->find_source_class("worker-interview-onsite") == 1u);
  CHECK(read->find_source_class("worker_interview", off) == 0u);
  CHECK(read->find_source_class("worker_interview", on) == 1u);
  CHECK_FALSE(read->find_source_class("worker_interview"));
  CHECK_FALSE(read->find_source_class("worker_interview", Details{{"place", "elsewhere"}}));
  CHECK(read->find_source_class("onsite", off) == 1u);
  CHECK_FALSE(read->find_source_class("hearsay"));
  CHECK(read->source_classes()[2].self_declared);
  CHECK_FALSE(read->source_classes()[0].self_declared);

  CHECK(read->source_class_help("worker_interview") ==
        "add 'place: off_site' (worker-interview-offsite) or 'place: on_site' "
        "(worker-interview-onsite)");
  CHECK(read->source_class_help("self-asessment") == "did you mean 'self-assessment'?");
}

TEST_CASE("schema: spellings of types", "[schema]") {
  CHECK(to_text(AttributeType::boolean) == "bool");
  CHECK(to_text(AttributeType::integer) == "int");
  CHECK(to_text(AttributeType::number) == "double");
  CHECK(to_text(AttributeType::text) == "string");
  CHECK(to_text(AttributeType::enumeration) == "enum");
  CHECK(to_text(AttributeType::date) == "date");
  CHECK(to_text(AttributeType::money) == "money");
  CHECK(to_text(AttributeType::text_list) == "list(string)");
  CHECK(to_text(AttributeType::enumeration_list) == "list(enum)");
}

TEST_CASE("schema: a schema by hand must not name kinds that it lacks", "[schema]") {
  EdgeKind edge;
  edge.name = "charged";
  edge.from.kinds = {KindId{1}};
  edge.to.kinds = {KindId{0}};
  NodeKind kind;
  kind.name = "Cohort";
  CHECK_THROWS_AS(Schema("hand", {kind}, {edge}), Error);
  edge.from.kinds = {KindId{0}};
  CHECK(Schema("hand", {kind}, {edge}).lists(KindId{0}).size() == 2);
}

TEST_CASE("schema: JSON files are schemas too", "[schema][read]") {
  auto document = read_json(std::make_shared<const Source>(
      "s.json",
      R"({"eraudit": "schema/1", "name": "j", "kinds": {"Cohort": {"label": "Cohort"}}})"));
  REQUIRE(document);
  CHECK(read_schema(**document));
}
