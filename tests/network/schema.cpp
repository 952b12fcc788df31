#include "tests/network/schema.hpp"

namespace eraudit::test {
namespace {

Attribute attribute(std::string name, AttributeType type) {
  Attribute out;
  out.name = std::move(name);
  out.type = type;
  return out;
}

Attribute enumeration(std::string name, AttributeType type,
                      std::initializer_list<const char*> values) {
  Attribute out = attribute(std::move(name), type);
  for (const char* value : values) out.values.push_back({value, {}});
  return out;
}

std::vector<Attribute> thing_attributes() {
  std::vector<Attribute> out;
  out.push_back(attribute("flag", AttributeType::boolean));
  out.push_back(attribute("count", AttributeType::integer));
  out.back().non_negative = true;
  out.back().unit = "people";
  out.back().may_be_absent = true;
  out.push_back(attribute("share", AttributeType::number));
  out.back().unit = "percent";
  out.push_back(enumeration("label", AttributeType::enumeration, {"red", "green", "dark-blue"}));
  out.push_back(attribute("note", AttributeType::text));
  out.back().may_be_absent = true;
  out.push_back(attribute("country", AttributeType::text));
  out.back().format = TextFormat::country;
  out.push_back(attribute("since", AttributeType::date));
  out.back().may_be_absent = true;
  out.push_back(attribute("price", AttributeType::money));
  out.push_back(attribute("wage", AttributeType::money));
  out.back().wage = true;
  out.back().non_negative = true;
  out.push_back(enumeration("kinds", AttributeType::enumeration_list, {"red", "green", "null"}));
  out.push_back(attribute("names", AttributeType::text_list));
  out.back().may_be_absent = true;
  out.push_back(attribute("said", AttributeType::integer));
  out.push_back(attribute("asked", AttributeType::integer));
  return out;
}

std::vector<Attribute> payment_attributes() {
  std::vector<Attribute> out;
  out.push_back(
      enumeration("category", AttributeType::enumeration, {"service-fee", "medical", "visa"}));
  out.push_back(attribute("on", AttributeType::date));
  out.back().may_be_absent = true;
  out.push_back(attribute("amount", AttributeType::money));
  out.back().non_negative = true;
  out.push_back(attribute("remark", AttributeType::text));
  out.push_back(attribute("witnesses", AttributeType::text_list));
  return out;
}

NodeKind node_kind(std::string name, std::vector<Attribute> attributes) {
  NodeKind kind;
  kind.name = std::move(name);
  kind.attributes = std::move(attributes);
  return kind;
}

EdgeEnd end(std::vector<KindId> kinds, std::string edges, std::string nodes,
            bool complete = false) {
  EdgeEnd out;
  out.kinds = std::move(kinds);
  out.edges = std::move(edges);
  out.nodes = std::move(nodes);
  out.complete = complete;
  return out;
}

}  // namespace

const SchemaPtr& small_schema() {
  static const SchemaPtr schema = [] {
    std::vector<NodeKind> kinds;
    kinds.push_back(node_kind("Thing", thing_attributes()));
    kinds.back().shares.push_back({"asking", "said", "asked", AttributeId{11}, AttributeId{12}});
    kinds.push_back(node_kind("Place", {attribute("name", AttributeType::text)}));
    kinds.push_back(node_kind("Person", {attribute("name", AttributeType::text)}));
    const KindId thing{0};
    const KindId place{1};
    const KindId person{2};
    std::vector<EdgeKind> edges;
    edges.emplace_back();
    edges.back().name = "paid";
    edges.back().from = end({thing}, "payments", "payees");
    edges.back().to = end({thing, place}, "receipts", "payers");
    edges.back().attributes = payment_attributes();
    edges.back().key = {AttributeId{0}, AttributeId{1}};
    edges.emplace_back();
    edges.back().name = "near";
    edges.back().from = end({thing}, "near_links", "near_places", true);
    edges.back().to = end({place}, "thing_links", "things");
    edges.back().attributes = {attribute("distance", AttributeType::number),
                               attribute("seen", AttributeType::boolean)};
    edges.emplace_back();
    edges.back().name = "knows";
    edges.back().from = end({thing, person}, "acquaintances", "known");
    edges.back().to = end({thing, person}, "known_by_links", "known_by");
    edges.back().attributes = {attribute("topic", AttributeType::text)};
    edges.back().key = {AttributeId{0}};
    return std::make_shared<const Schema>("small", std::move(kinds), std::move(edges));
  }();
  return schema;
}

}  // namespace eraudit::test
