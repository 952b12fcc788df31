#include "eraudit/evaluate/detail/facts.hpp"

namespace eraudit::evaluate_detail {

std::string fact_path(const Network& network, const Rule& rule, const Fact& fact,
                      std::string_view named) {
  const Schema& schema = network.schema();
  switch (fact.kind) {
    case Fact::Kind::node_attribute:
      return schema.path(network.kind(NodeId{fact.row}), fact.attribute());
    case Fact::Kind::edge_attribute:
      return schema.path(network.table(EdgeId{fact.row}).kind, fact.attribute());
    case Fact::Kind::list:
      return schema.path(network.kind(NodeId{fact.row}), fact.list());
    case Fact::Kind::rate:
      return "rate";
    case Fact::Kind::table:
      return "table " +
             (fact.code < rule.tables.size() ? rule.tables[fact.code]->name() : std::string());
    case Fact::Kind::named:
      break;
  }
  return std::string(named);
}

std::string fact_name(const Network& network, const Fact& fact, std::string_view named) {
  const Schema& schema = network.schema();
  switch (fact.kind) {
    case Fact::Kind::node_attribute: {
      const NodeId node{fact.row};
      const auto& attributes = schema.kind(network.kind(node)).attributes;
      return std::string(network.id(node)) + "." + attributes[fact.attribute().index].name;
    }
    case Fact::Kind::edge_attribute: {
      const EdgeId edge{fact.row};
      const auto& attributes = schema.edge(network.table(edge).kind).attributes;
      return network.name(edge) + "." + attributes[fact.attribute().index].name;
    }
    case Fact::Kind::list:
      return std::string(network.id(NodeId{fact.row})) + "." + schema.end(fact.list()).edges;
    case Fact::Kind::rate:
      return "rate " + std::string(Currency::from_index(fact.code).code()) + " to " +
             std::string(Currency::from_index(static_cast<std::uint16_t>(fact.row)).code()) +
             " on " + to_text(fact.day);
    case Fact::Kind::table:
    case Fact::Kind::named:
      break;
  }
  return std::string(named);
}

Reading reading_of(const Network& network, const Rule& rule, const Fact& fact,
                   std::string_view named) {
  Reading reading;
  reading.fact = fact;
  reading.name = fact_name(network, fact, named);
  reading.path = fact_path(network, rule, fact, named);
  Origin origin;
  std::uint16_t source = 0;
  switch (fact.kind) {
    case Fact::Kind::node_attribute:
    case Fact::Kind::list:
      origin = network.origin(NodeId{fact.row});
      source = network.source(NodeId{fact.row});
      break;
    case Fact::Kind::edge_attribute:
      origin = network.origin(EdgeId{fact.row});
      source = network.source(EdgeId{fact.row});
      break;
    default:
      break;
  }
  reading.file = std::string(origin.file);
  reading.line = origin.line;
  if (source != 0) reading.source = network.sources()[source].id;
  return reading;
}

}  // namespace eraudit::evaluate_detail
