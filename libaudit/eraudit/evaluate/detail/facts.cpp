#include "eraudit/evaluate/detail/facts.hpp"

#include <algorithm>

namespace eraudit::evaluate_detail {

std::string fact_path(const Network& network, const Rule& rule, const Fact& fact,
                      std::string_view named) {
  const Schema& schema = network.schema();
  switch (fact.kind) {
    case Fact::Kind::node_attribute:
      return schema.path(network.kind(NodeId{fact.row}), fact.attribute());
    case Fact::Kind::edge_attribute: {
      const EdgeKindId kind = network.table(EdgeId{fact.row}).kind;
      if (fact.attribute() == row_itself) return schema.edge(kind).name;
      return schema.path(kind, fact.attribute());
    }
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
      if (fact.attribute() == row_itself) return network.name(edge);
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

namespace {

/// Those of a cell, or else of its row.
template <class Id>
std::vector<std::uint16_t> sources_of_cell(const Network& network, Id id, AttributeId attribute) {
  auto claims = network.claims(id, attribute);
  if (claims.empty()) claims = network.claims(id, row_itself);
  if (claims.empty()) return {network.source(id)};
  std::vector<std::uint16_t> sources;
  for (const Claim& claim : claims) sources.push_back(claim.source);
  return sources;
}

std::vector<std::uint16_t> sources_of_list(const Network& network, NodeId node, ListId list) {
  std::vector<std::uint16_t> sources;
  const auto all = network.completions();
  const auto before = [](const Completion& completion, NodeId other) {
    return completion.node < other;
  };
  for (auto at = std::lower_bound(all.begin(), all.end(), node, before);
       at != all.end() && at->node == node; ++at) {
    if (at->list == list) sources.push_back(at->source);
  }
  return sources;
}

}  // namespace

std::vector<std::uint16_t> sources_of(const Network& network, const Fact& fact) {
  std::vector<std::uint16_t> sources;
  switch (fact.kind) {
    case Fact::Kind::node_attribute:
      sources = sources_of_cell(network, NodeId{fact.row}, fact.attribute());
      break;
    case Fact::Kind::edge_attribute:
      sources = sources_of_cell(network, EdgeId{fact.row}, fact.attribute());
      break;
    case Fact::Kind::list:
      sources = sources_of_list(network, NodeId{fact.row}, fact.list());
      break;
    default:
      break;
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

bool is_said(const Network& network, const Fact& fact) {
  switch (fact.kind) {
    case Fact::Kind::node_attribute: {
      const NodeId node{fact.row};
      return network.cell(node, fact.attribute()).state != CellState::unknown ||
             !network.claims(node, fact.attribute()).empty();
    }
    case Fact::Kind::edge_attribute: {
      const EdgeId edge{fact.row};
      return fact.attribute() == row_itself ||
             network.cell(edge, fact.attribute()).state != CellState::unknown ||
             !network.claims(edge, fact.attribute()).empty();
    }
    default:
      return fact.kind == Fact::Kind::list;
  }
}

bool goes_with_edge(const Network& network, const Fact& fact, const FactSet* first,
                    const FactSet* second) {
  const bool asked = (first != nullptr && first->has_edge_of(fact)) ||
                     (second != nullptr && second->has_edge_of(fact));
  return asked && is_said(network, fact);
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
