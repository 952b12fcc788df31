#include "eraudit/network/boost_graph.hpp"

#include <algorithm>
#include <boost/concept/assert.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<BoostGraph, BoostGraph::Vertex, boost::vertex_index_t>));

namespace {

Network chain() {
  return test::network(R"(
    nodes: {Thing: {a: {}, b: {}, c: {}, d: {}}, Place: {q: {}}, Person: {p: {}}}
    edges:
      paid:
        - {from: a, to: b, category: medical, on: 2024-01-01, amount: 4 USD}
        - {from: a, to: b, category: visa, on: 2024-01-01, amount: 1 USD}
        - {from: b, to: c, amount: 2 USD}
        - {from: a, to: c, amount: 9 USD}
        - {from: c, to: q, amount: 1 USD}
      knows:
        - {from: c, to: a}
        - {from: p, to: d}
        - {from: d, to: p}
      near: [{from: d, to: q}]
  )",
                       test::small_schema());
}

std::vector<std::string> names(const Network& network, auto range) {
  std::vector<std::string> out;
  for (auto at = range.first; at != range.second; ++at) out.push_back(network.name((*at).id));
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("network: as a graph it shows its nodes and its edges from both ends",
          "[network][graph]") {
  const Network network = chain();
  const BoostGraph graph(network);
  CHECK(num_vertices(graph) == 6);
  CHECK(num_edges(graph) == 9);
  const auto all = edges(graph);
  CHECK(std::distance(all.first, all.second) == 9);
  CHECK((*all.first).id == EdgeId{0});
  const auto vertex = [&](const char* id) { return graph.vertex(test::node(network, id)); };

  CHECK(names(network, out_edges(vertex("c"), graph)) ==
        Texts{"paid(c, q, ?, ?)", "knows(c, a, ?)"});
  CHECK(names(network, in_edges(vertex("c"), graph)) ==
        Texts{"paid(a, c, ?, ?)", "paid(b, c, ?, ?)"});
  CHECK(names(network, in_edges(vertex("q"), graph)) == Texts{"paid(c, q, ?, ?)", "near(d, q)"});
  CHECK(names(network, out_edges(vertex("q"), graph)).empty());
  CHECK(out_degree(vertex("a"), graph) == 3);
  CHECK(in_degree(vertex("b"), graph) == 2);
  CHECK(degree(vertex("d"), graph) == 3);
  const auto first = *out_edges(vertex("c"), graph).first;
  CHECK(source(first, graph) == vertex("c"));
  CHECK(target(first, graph) == vertex("q"));
}

TEST_CASE("network: a graph of chosen edge kinds leaves the others out", "[network][graph]") {
  const Network network = chain();
  const BoostGraph knows(network, {EdgeKindId{2}});
  CHECK(num_vertices(knows) == 6);
  CHECK(num_edges(knows) == 3);
  CHECK(out_degree(knows.vertex(test::node(network, "a")), knows) == 0);
  const std::vector<EdgeKindId> two = {EdgeKindId{0}, EdgeKindId{1}};
  CHECK(num_edges(BoostGraph(network, two)) == 6);
  CHECK(num_edges(BoostGraph(network, std::span<const EdgeKindId>())) == 0);
}

TEST_CASE("network: every edge of a node is seen once from either end", "[network][graph]") {
  const Network network = chain();
  const BoostGraph graph(network);
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> in;
  for (auto [at, last] = vertices(graph); at != last; ++at) {
    for (auto [edge, end] = out_edges(*at, graph); edge != end; ++edge) {
      CHECK((*edge).from == *at);
      out.push_back((*edge).id.index);
    }
    for (auto [edge, end] = in_edges(*at, graph); edge != end; ++edge) {
      CHECK((*edge).to == *at);
      in.push_back((*edge).id.index);
    }
  }
  std::sort(out.begin(), out.end());
  std::sort(in.begin(), in.end());
  std::vector<std::uint32_t> each(network.edge_count());
  for (std::uint32_t i = 0; i < each.size(); ++i) each[i] = i;
  CHECK(out == each);
  CHECK(in == each);
}

TEST_CASE("network: Boost finds the strong components of a network", "[network][graph]") {
  const Network network = chain();
  const BoostGraph graph(network);
  std::vector<int> component(num_vertices(graph));
  const int count = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  const auto of = [&](const char* id) { return component[test::node(network, id).index]; };
  CHECK(count == 3);
  CHECK(of("a") == of("b"));
  CHECK(of("a") == of("c"));
  CHECK(of("d") == of("p"));
  CHECK(of("q") != of("a"));
  CHECK(of("q") != of("d"));
  CHECK(of("a") != of("d"));
}

TEST_CASE("network: Boost finds the cheapest paths of a network, in both directions",
          "[network][graph]") {
  const Network network = chain();
  const BoostGraph graph(network, {EdgeKindId{0}});
  const AttributeId amount = *network.schema().edge(EdgeKindId{0}).find("amount");
  const auto weight = boost::make_function_property_map<BoostGraph::Edge>(
      [&](const BoostGraph::Edge& edge) -> std::int64_t {
        const EdgeTable& table = network.table(edge.id);
        return table.columns[amount.index].longs[edge.id.index - table.first];
      });
  const auto distances = [&](const auto& in, const char* start) {
    std::vector<std::int64_t> distance(num_vertices(graph));
    boost::dijkstra_shortest_paths(in, graph.vertex(test::node(network, start)),
                                   boost::weight_map(weight)
                                       .distance_map(boost::make_iterator_property_map(
                                           distance.begin(), get(boost::vertex_index, graph)))
                                       .vertex_index_map(get(boost::vertex_index, graph)));
    return distance;
  };
  const auto from_a = distances(graph, "a");
  CHECK(from_a[test::node(network, "b").index] == 100);
  CHECK(from_a[test::node(network, "c").index] == 300);
  CHECK(from_a[test::node(network, "q").index] == 400);
}
