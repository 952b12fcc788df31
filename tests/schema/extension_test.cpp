// Users add to a schema with a file of their own.

#include "eraudit/core/file.hpp"
#include "tests/schema/support.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using eraudit::test::found;
using eraudit::test::schema;
using eraudit::test::small_schema;

namespace {

const std::string head = "eraudit: schema/1\nname: more\nextends: small\n";

}  // namespace

TEST_CASE("schema: an extension appends, and ids of the base stay valid", "[schema][extension]") {
  const auto base = schema(small_schema);
  const auto more = schema(head + R"(kinds:
  Recruiter:
    attributes:
      office: {type: string, label: Office, ask: Where is the office}
      role: {values: {village_agent: village agent}}
  Dormitory:
    label: Dormitory
    attributes: {beds: {type: int, non_negative: true, label: Beds, ask: How many}}
edges:
  charged:
    attributes:
      place: {type: string, label: Place, ask: Where}
      others_said: {type: int, label: Said, ask: How many}
    shares: {others: {said: others_said, asked: payers_asked}}
  housed_in:
    label: live in
    from: {kinds: [Cohort], edges: lodgings, nodes: dormitories, ask: Where else}
    to: {kinds: [Dormitory], edges: lodged, nodes: residents, ask: Who else}
source_classes:
  drone-image: {label: Image from the air}
)",
                           base);
  CHECK(more->name() == "more");
  REQUIRE(more->kinds().size() == 3);
  REQUIRE(more->edges().size() == 2);
  // What was there stands where it was.
  for (std::size_t kind = 0; kind < base->kinds().size(); ++kind) {
    for (std::size_t index = 0; index < base->kinds()[kind].attributes.size(); ++index) {
      CHECK(more->kinds()[kind].attributes[index].name ==
            base->kinds()[kind].attributes[index].name);
      CHECK(more->kinds()[kind].attributes[index].declared ==
            base->kinds()[kind].attributes[index].declared);
    }
  }
  CHECK(more->path(KindId{0}, AttributeId{4}) == "Recruiter.office");
  CHECK(more->kind({0}).attributes[2].find_value("agency") == 0u);
  CHECK(more->kind({0}).attributes[2].find_value("village_agent") == 2u);
  CHECK(more->path(EdgeKindId{0}, AttributeId{9}) == "charged.place");
  REQUIRE(more->edge({0}).find_share("others") != nullptr);
  CHECK(more->edge({0}).key == base->edge({0}).key);
  CHECK(more->find_list(KindId{1}, "dormitories")->list == ListId{{1}, Side::from});
  CHECK(more->find_source_class("drone-image") == 3u);
  CHECK(more->find_source_class("onsite") == 1u);
  // The base itself is untouched.
  CHECK(base->kinds().size() == 2);
  CHECK(base->kind({0}).attributes.size() == 4);
}

TEST_CASE("schema: an extension of an extension", "[schema][extension]") {
  const auto base = schema(small_schema);
  const auto more = schema(head + "kinds: {Office: {label: Office}}\n", base);
  const auto most = schema(
      "eraudit: schema/1\nname: most\nextends: more\nkinds:\n  Office:\n"
      "    attributes: {rooms: {type: int, label: Rooms, ask: How many}}\n",
      more);
  CHECK(most->path(*most->find_kind("Office"), AttributeId{0}) == "Office.rooms");
  CHECK(
      found("eraudit: schema/1\nname: most\nextends: small\n", more) ==
      "3:10 schema-other-base: this file extends 'small', but is read as an extension of 'more' | "
      "write 'extends: more'\n");
}

TEST_CASE("schema: an extension needs no kinds, and need not name its base",
          "[schema][extension]") {
  const auto base = schema(small_schema);
  CHECK(schema(
            "eraudit: schema/1\nname: more\nedges:\n  charged: {attributes: {place: {type: string, "
            "label: Place, ask: Where}}}\n",
            base)
            ->edge({0})
            .find("place"));
}

TEST_CASE("schema: what exists may not change", "[schema][extension]") {
  const auto base = schema(small_schema);
  CHECK(found(head + "kinds:\n  Cohort:\n    attributes:\n      workers: {type: double}\n", base) ==
        "7:7 schema-extension-changes: attribute 'Cohort.workers' stands in schema 'small' "
        "(s.yaml:16) "
        "as int | an extension adds attributes of other names\n");
  CHECK(
      found(head + "kinds:\n  Recruiter:\n    attributes:\n      role: {type: enum, label: Job}\n",
            base) ==
      "7:14 schema-extension-changes: attribute 'Recruiter.role' stands in schema 'small' "
      "(s.yaml:11) "
      "as enum, and an extension cannot set its 'type' | an extension can add 'values' to it\n"
      "7:26 schema-extension-changes: attribute 'Recruiter.role' stands in schema 'small' "
      "(s.yaml:11) "
      "as enum, and an extension cannot set its 'label' | an extension can add 'values' to it\n");
  CHECK(found(head + "kinds:\n  Recruiter:\n    attributes:\n      role: {value: [a]}\n", base) ==
        "7:14 schema-unknown-key: an attribute has no key 'value' | did you mean 'values'?\n");
  CHECK(
      found(head + "kinds:\n  Recruiter:\n    attributes:\n      role: {values: [agency, new]}\n",
            base) ==
      "7:23 schema-extension-changes: value 'agency' of 'Recruiter.role' stands in schema 'small' "
      "(s.yaml:11) | an extension lists the values it adds, and only those\n");
  CHECK(found(head + "kinds:\n  Cohort:\n    label: Crew\n", base) ==
        "6:5 schema-extension-changes: kind 'Cohort' stands in schema 'small' (s.yaml:13), and an "
        "extension cannot set its 'label' | an extension adds 'attributes' and 'shares'; for other "
        "changes declare a new kind or edge\n");
  CHECK(found(head + "edges:\n  charged:\n    to: {kinds: [Recruiter]}\n    key: []\n", base) ==
        "6:5 schema-extension-changes: edge kind 'charged' stands in schema 'small' (s.yaml:20), "
        "and an "
        "extension cannot set its 'to' | an extension adds 'attributes' and 'shares'; for other "
        "changes "
        "declare a new kind or edge\n"
        "7:5 schema-extension-changes: edge kind 'charged' stands in schema 'small' (s.yaml:20), "
        "and an "
        "extension cannot set its 'key' | an extension adds 'attributes' and 'shares'; for other "
        "changes "
        "declare a new kind or edge\n");
  CHECK(found(head + "edges:\n  charged: {colour: red}\n", base) ==
        "5:13 schema-unknown-key: edge kind 'charged' has no key 'colour' | one of: label, about, "
        "from, "
        "to, key, attributes, shares, respondent\n");
  CHECK(
      found(head + "source_classes:\n  self-assessment: {label: x}\n", base) ==
      "5:3 schema-extension-changes: source class 'self-assessment' stands in schema 'small' | an "
      "extension adds classes of other names\n");
}

TEST_CASE("schema: names of an extension do not clash with those of the base",
          "[schema][extension]") {
  const auto base = schema(small_schema);
  CHECK(found(head + "kinds:\n  Cohort:\n    attributes:\n      fees: {type: money}\n", base) ==
        "7:7 schema-name-clash: 'fees' of kind 'Cohort' is already the edges of 'charged' "
        "(s.yaml:20) | "
        "all attributes, shares and lists of one kind need different names\n");
  CHECK(
      found(
          head +
              "edges:\n  b:\n    label: b\n    from: {kinds: [Cohort], edges: workers, nodes: bs}\n"
              "    to: {kinds: [Cohort], edges: b_in, nodes: b_of}\n",
          base) ==
      "7:36 schema-name-clash: 'workers' of kind 'Cohort' is already an attribute (s.yaml:16) | "
      "all "
      "attributes, shares and lists of one kind need different names\n");
  CHECK(found(head + "edges:\n  charged:\n    attributes: {payers: {type: int}}\n", base) ==
        "6:18 schema-name-clash: 'payers' of edge kind 'charged' is already a share (s.yaml:20) | "
        "all "
        "attributes, shares and lists of one kind need different names\n");
  CHECK(found(head + "source_classes:\n  x: {label: x, aliases: [onsite]}\n", base) ==
        "5:27 schema-duplicate-name: 'onsite' can also mean source class "
        "'worker-interview-onsite'\n");
}

TEST_CASE("schema: the schema that ships can be extended", "[schema][extension]") {
  const auto more = schema(R"(eraudit: schema/1
name: us-h2b
extends: recruitment
kinds:
  JobOrder:
    attributes:
      naics: {type: string, label: Industry code, ask: Which industry code does the case state}
      status: {values: {invalidated: invalidated}}
)",
                           recruitment_schema());
  const KindId order = *more->find_kind("JobOrder");
  CHECK(order == *recruitment_schema()->find_kind("JobOrder"));
  CHECK(more->kind(order).find("naics"));
  const Attribute& status = more->kind(order).attributes[more->kind(order).find("status")->index];
  CHECK(status.find_value("invalidated") == status.values.size() - 1);
}

TEST_CASE("schema: the example of the how-to is an extension", "[schema][extension]") {
  const auto page = read_file(test::project_file("docs/schema-extend.md"), 1u << 20);
  const std::string_view text = page->text();
  const std::string_view open = "```yaml\n";
  const std::size_t begin = text.find(open);
  REQUIRE(begin != std::string_view::npos);
  const std::size_t first = begin + open.size();
  const std::size_t end = text.find("```", first);
  REQUIRE(end != std::string_view::npos);
  const std::string example(text.substr(first, end - first));
  CHECK(found(example, recruitment_schema(), true) == "");
  const auto more = schema(example, recruitment_schema());
  CHECK(more->find_list(*more->find_kind("Cohort"), "housings")->nodes);
}
