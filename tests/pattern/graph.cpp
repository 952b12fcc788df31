#include "tests/pattern/graph.hpp"

#include <algorithm>
#include <numeric>

#include "eraudit/network/builder.hpp"

namespace eraudit::test {
namespace {

Attribute attribute(std::string name, AttributeType type) {
  Attribute out;
  out.name = std::move(name);
  out.type = type;
  return out;
}

template <class T>
void shuffle(std::vector<T>& items, std::uint64_t order) {
  if (order == 0) return;
  std::mt19937_64 engine(order);
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[engine() % i]);
}

}  // namespace

const SchemaPtr& graph_schema() {
  static const SchemaPtr schema = [] {
    const auto node = [](std::string name) {
      NodeKind kind;
      kind.name = std::move(name);
      kind.attributes = {attribute("n", AttributeType::integer),
                         attribute("b", AttributeType::boolean)};
      return kind;
    };
    const auto edge = [](std::string name, std::vector<KindId> from, std::vector<KindId> to) {
      EdgeKind kind;
      kind.from = {std::move(from), name + "_out", name + "_ends", name == "g", {}};
      kind.to = {std::move(to), name + "_in", name + "_begins", false, {}};
      kind.attributes = {attribute("k", AttributeType::integer)};
      kind.name = std::move(name);
      return kind;
    };
    const KindId a{0};
    const KindId b{1};
    EdgeKind e = edge("e", {a}, {a, b});
    Attribute until = attribute("until", AttributeType::date);
    until.required = true;
    e.attributes.push_back(attribute("since", AttributeType::date));
    e.attributes.push_back(until);
    return std::make_shared<const Schema>(
        "graph", std::vector{node("A"), node("B")},
        std::vector{e, edge("f", {b}, {a, b}), edge("g", {a}, {a})});
  }();
  return schema;
}

bool Graph::is_complete(int node, ListId list) const {
  if (graph_schema()->end(list).complete) return true;
  return std::find(complete.begin(), complete.end(), Complete{node, list}) != complete.end();
}

Network build(const Graph& graph, std::uint64_t order) {
  NetworkBuilder builder(graph_schema());
  const auto node_name = [](int node) { return "n" + std::to_string(node); };
  std::vector<std::size_t> nodes(graph.nodes.size());
  std::vector<std::size_t> edges(graph.edges.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  std::iota(edges.begin(), edges.end(), 0);
  shuffle(nodes, order);
  shuffle(edges, order);
  for (const std::size_t i : nodes) {
    const Graph::Node& node = graph.nodes[i];
    const NodeDraft draft =
        builder.node(KindId{static_cast<std::uint16_t>(node.kind)}, node_name(static_cast<int>(i)));
    if (node.n) builder.set_integer(draft, AttributeId{0}, *node.n);
    if (node.b) builder.set_boolean(draft, AttributeId{1}, *node.b);
  }
  for (const std::size_t i : edges) {
    const Graph::Edge& edge = graph.edges[i];
    const EdgeDraft draft =
        builder.edge(EdgeKindId{static_cast<std::uint16_t>(edge.kind)}, node_name(edge.from),
                     node_name(edge.to), {}, 0, "e" + std::to_string(i));
    if (edge.k) builder.set_integer(draft, AttributeId{0}, *edge.k);
    if (edge.kind != 0) continue;
    if (edge.since) builder.set_date(draft, AttributeId{1}, Date{graph_day.days + *edge.since});
    const Date past{graph_day.days - 5};
    const Date future{graph_day.days + 5};
    if (edge.until == Graph::Until::past) builder.set_date(draft, AttributeId{2}, past);
    if (edge.until == Graph::Until::future) builder.set_date(draft, AttributeId{2}, future);
    if (edge.until == Graph::Until::around) {
      builder.set(draft, AttributeId{2}, Cell::between(past, future));
    }
  }
  std::vector<Graph::Complete> complete = graph.complete;
  shuffle(complete, order);
  for (const Graph::Complete& one : complete) builder.complete(node_name(one.node), one.list);
  return std::move(builder.build().value());
}

bool may_join(const Graph& graph, int kind, int from, int to) {
  const EdgeKind& edge = graph_schema()->edge(EdgeKindId{static_cast<std::uint16_t>(kind)});
  const auto has = [&](const EdgeEnd& end, int node) {
    const KindId is{static_cast<std::uint16_t>(graph.nodes[static_cast<std::size_t>(node)].kind)};
    return std::find(end.kinds.begin(), end.kinds.end(), is) != end.kinds.end();
  };
  return has(edge.from, from) && has(edge.to, to);
}

Graph random_graph(Random& random, int most_nodes, int most_edges) {
  Graph graph;
  const int nodes = 1 + random.pick(most_nodes);
  for (int i = 0; i < nodes; ++i) {
    Graph::Node node;
    node.kind = random.chance(65) ? 0 : 1;
    if (random.chance(75)) node.n = random.pick(3);
    if (random.chance(75)) node.b = random.chance(70);
    graph.nodes.push_back(node);
  }
  const int edges = random.pick(most_edges + 1);
  for (int tries = 0; static_cast<int>(graph.edges.size()) < edges && tries < 50; ++tries) {
    Graph::Edge edge;
    edge.kind = random.chance(60) ? 0 : 1 + random.pick(2);
    edge.from = random.pick(nodes);
    edge.to = random.pick(nodes);
    if (!may_join(graph, edge.kind, edge.from, edge.to)) continue;
    if (random.chance(75)) edge.k = random.pick(3);
    if (edge.kind == 0) {
      if (random.chance(40)) edge.since = random.chance(80) ? -3 : 3;
      const int until = random.pick(20);
      edge.until = until < 15   ? Graph::Until::future
                   : until < 16 ? Graph::Until::past
                   : until < 18 ? Graph::Until::unknown
                                : Graph::Until::around;
    }
    graph.edges.push_back(edge);
  }
  // Mostly all is said, or nothing is.
  const int said = random.chance(50) ? 95 : (random.chance(50) ? 60 : 10);
  for (int i = 0; i < nodes; ++i) {
    const KindId kind{static_cast<std::uint16_t>(graph.nodes[static_cast<std::size_t>(i)].kind)};
    for (const ListId list : graph_schema()->lists(kind)) {
      if (random.chance(said)) graph.complete.push_back({i, list});
    }
  }
  return graph;
}

}  // namespace eraudit::test
