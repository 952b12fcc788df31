#include "tests/support/network.hpp"

#include <stdexcept>

#include "eraudit/core/document.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::test {
namespace {

template <class Kind>
AttributeId attribute_of(const Kind& kind, std::string_view name) {
  const auto found = kind.find(name);
  if (!found) throw std::runtime_error(kind.name + " has no attribute " + std::string(name));
  return *found;
}

}  // namespace

Checked<Network> read(std::string_view yaml, SchemaPtr schema) {
  const auto source = std::make_shared<const Source>("network.yaml", std::string(yaml));
  const Checked<DocumentPtr> document = read_yaml(source);
  if (!document) return document.diagnostics();
  ReadOptions options;
  options.schema = std::move(schema);
  return read_network((*document)->root(), options);
}

Network network(std::string_view yaml, SchemaPtr schema) {
  return std::move(read(yaml, std::move(schema)).value());
}

NodeId node(const Network& network, std::string_view id) {
  const auto found = network.find(id);
  if (!found) throw std::runtime_error("no node " + std::string(id));
  return *found;
}

EdgeId edge(const Network& network, std::string_view name) {
  for (std::uint32_t i = 0; i < network.edge_count(); ++i) {
    if (network.name(EdgeId{i}) == name) return EdgeId{i};
  }
  throw std::runtime_error("no edge " + std::string(name));
}

std::string cell(const Network& network, NodeId node, std::string_view attribute) {
  const NodeKind& kind = network.schema().kind(network.kind(node));
  const AttributeId id = attribute_of(kind, attribute);
  return to_text(network.cell(node, id), kind.attributes[id.index]);
}

std::string cell(const Network& network, EdgeId edge, std::string_view attribute) {
  const EdgeKind& kind = network.schema().edge(network.table(edge).kind);
  const AttributeId id = attribute_of(kind, attribute);
  return to_text(network.cell(edge, id), kind.attributes[id.index]);
}

}  // namespace eraudit::test
