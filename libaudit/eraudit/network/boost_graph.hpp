#pragma once
// A network as a graph of Boost.Graph. Opt-in: needs Boost's headers and `eraudit::boost_graph`.

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "eraudit/network/network.hpp"

namespace eraudit {

/// The nodes of a network and its edges, or the edges of chosen kinds. Models VertexListGraph,
/// BidirectionalGraph and EdgeListGraph; parallel edges stay apart.
///
/// A vertex is the index of its `NodeId`, so vertices number themselves. An edge carries its
/// `EdgeId`, by which a weight is read from the network:
/// `boost::make_function_property_map<BoostGraph::Edge>(f)`. Edges come by kind, from kind, to
/// kind, then as rows; in-edges of a node likewise.
///
/// Keeps the network alive; a view, cheap to copy; safe from many threads. Stepping from edge to
/// edge is O(1), `num_edges` and `out_degree` are O(tables).
class BoostGraph {
 public:
  using Vertex = std::uint32_t;
  struct Edge {
    EdgeId id;
    Vertex from = 0;
    Vertex to = 0;
    friend bool operator==(Edge a, Edge b) noexcept { return a.id == b.id; }
    friend auto operator<=>(Edge a, Edge b) noexcept { return a.id <=> b.id; }
  };

  explicit BoostGraph(Network network) : BoostGraph(std::move(network), nullptr) {}
  BoostGraph(Network network, std::initializer_list<EdgeKindId> kinds)
      : BoostGraph(std::move(network), std::span(kinds.begin(), kinds.size())) {}
  BoostGraph(Network network, std::span<const EdgeKindId> kinds)
      : BoostGraph(std::move(network), &kinds) {}

  [[nodiscard]] const Network& network() const noexcept { return network_; }
  [[nodiscard]] Vertex vertex(NodeId node) const noexcept { return node.index; }

  /// Steps through the rows of a node in one table after another.
  template <bool out>
  class IncidentEdges : public boost::iterator_facade<IncidentEdges<out>, Edge,
                                                      boost::forward_traversal_tag, Edge> {
   public:
    IncidentEdges() = default;
    IncidentEdges(const std::vector<const EdgeTable*>* tables, Vertex vertex, std::size_t table,
                  const Network* network)
        : tables_(tables), network_(network), vertex_(vertex), table_(table) {
      enter();
    }

   private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Edge dereference() const noexcept {
      const EdgeTable& table = *(*tables_)[table_];
      const std::uint32_t row = out ? at_ : table.in_rows[at_];
      return {EdgeId{table.first + row}, table.from[row].index, table.to[row].index};
    }
    void increment() noexcept {
      if (++at_ < end_) return;
      ++table_;
      enter();
    }
    [[nodiscard]] bool equal(const IncidentEdges& other) const noexcept {
      return table_ == other.table_ && at_ == other.at_;
    }
    /// Goes to the first row from `table_` on.
    void enter() noexcept {
      at_ = end_ = 0;
      for (; tables_ != nullptr && table_ < tables_->size(); ++table_) {
        const EdgeTable& table = *(*tables_)[table_];
        const std::uint32_t first = network_->nodes(out ? table.from_kind : table.to_kind).first;
        const auto& offsets = out ? table.out_offsets : table.in_offsets;
        at_ = offsets[vertex_ - first];
        end_ = offsets[vertex_ - first + 1];
        if (at_ != end_) return;
        at_ = end_ = 0;
      }
    }

    const std::vector<const EdgeTable*>* tables_ = nullptr;
    const Network* network_ = nullptr;
    Vertex vertex_ = 0;
    std::size_t table_ = 0;
    std::uint32_t at_ = 0;
    std::uint32_t end_ = 0;
  };

  class AllEdges
      : public boost::iterator_facade<AllEdges, Edge, boost::forward_traversal_tag, Edge> {
   public:
    AllEdges() = default;
    AllEdges(const std::vector<const EdgeTable*>* tables, std::size_t table)
        : tables_(tables), table_(table) {}

   private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Edge dereference() const noexcept {
      const EdgeTable& table = *(*tables_)[table_];
      return {EdgeId{table.first + row_}, table.from[row_].index, table.to[row_].index};
    }
    void increment() noexcept {
      if (++row_ < (*tables_)[table_]->size()) return;  // tables of a network have rows
      row_ = 0;
      ++table_;
    }
    [[nodiscard]] bool equal(const AllEdges& other) const noexcept {
      return table_ == other.table_ && row_ == other.row_;
    }

    const std::vector<const EdgeTable*>* tables_ = nullptr;
    std::size_t table_ = 0;
    std::uint32_t row_ = 0;
  };

  // What Boost.Graph asks by these names.
  using vertex_descriptor = Vertex;
  using edge_descriptor = Edge;
  using vertex_iterator = boost::counting_iterator<Vertex>;
  using out_edge_iterator = IncidentEdges<true>;
  using in_edge_iterator = IncidentEdges<false>;
  using edge_iterator = AllEdges;
  using adjacency_iterator = void;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  struct traversal_category : boost::vertex_list_graph_tag,
                              boost::bidirectional_graph_tag,
                              boost::edge_list_graph_tag {};
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  [[nodiscard]] static Vertex null_vertex() noexcept { return std::numeric_limits<Vertex>::max(); }

  friend std::size_t num_vertices(const BoostGraph& graph) noexcept {
    return graph.network_.node_count();
  }
  friend std::pair<vertex_iterator, vertex_iterator> vertices(const BoostGraph& graph) noexcept {
    return {vertex_iterator(0), vertex_iterator(static_cast<Vertex>(num_vertices(graph)))};
  }
  friend std::size_t num_edges(const BoostGraph& graph) noexcept {
    std::size_t count = 0;
    for (const EdgeTable* table : graph.tables_) count += table->size();
    return count;
  }
  friend std::pair<edge_iterator, edge_iterator> edges(const BoostGraph& graph) noexcept {
    return {edge_iterator(&graph.tables_, 0), edge_iterator(&graph.tables_, graph.tables_.size())};
  }
  friend Vertex source(Edge edge, const BoostGraph&) noexcept { return edge.from; }
  friend Vertex target(Edge edge, const BoostGraph&) noexcept { return edge.to; }

  friend std::pair<out_edge_iterator, out_edge_iterator> out_edges(
      Vertex vertex, const BoostGraph& graph) noexcept {
    return incident<true>(graph, graph.out_, vertex);
  }
  friend std::pair<in_edge_iterator, in_edge_iterator> in_edges(Vertex vertex,
                                                                const BoostGraph& graph) noexcept {
    return incident<false>(graph, graph.in_, vertex);
  }
  friend std::size_t out_degree(Vertex vertex, const BoostGraph& graph) noexcept {
    return count<true>(graph, graph.out_, vertex);
  }
  friend std::size_t in_degree(Vertex vertex, const BoostGraph& graph) noexcept {
    return count<false>(graph, graph.in_, vertex);
  }
  friend std::size_t degree(Vertex vertex, const BoostGraph& graph) noexcept {
    return out_degree(vertex, graph) + in_degree(vertex, graph);
  }
  friend boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t,
                                                        const BoostGraph&) noexcept {
    return {};
  }
  friend Vertex get(boost::vertex_index_t, const BoostGraph&, Vertex vertex) noexcept {
    return vertex;
  }

 private:
  using Tables = std::vector<const EdgeTable*>;

  BoostGraph(Network network, const std::span<const EdgeKindId>* kinds)
      : network_(std::move(network)),
        out_(network_.schema().kinds().size()),
        in_(network_.schema().kinds().size()) {
    for (const EdgeTable& table : network_.tables()) {
      bool chosen = kinds == nullptr;
      if (kinds != nullptr) {
        for (const EdgeKindId kind : *kinds) chosen = chosen || kind == table.kind;
      }
      if (!chosen) continue;
      tables_.push_back(&table);
      out_[table.from_kind.index].push_back(&table);
      in_[table.to_kind.index].push_back(&table);
    }
  }

  template <bool out>
  static std::pair<IncidentEdges<out>, IncidentEdges<out>> incident(
      const BoostGraph& graph, const std::vector<Tables>& by_kind, Vertex vertex) noexcept {
    const Tables& tables = by_kind[graph.network_.kind(NodeId{vertex}).index];
    return {IncidentEdges<out>(&tables, vertex, 0, &graph.network_),
            IncidentEdges<out>(&tables, vertex, tables.size(), &graph.network_)};
  }

  template <bool out>
  static std::size_t count(const BoostGraph& graph, const std::vector<Tables>& by_kind,
                           Vertex vertex) noexcept {
    std::size_t edges = 0;
    for (const EdgeTable* table : by_kind[graph.network_.kind(NodeId{vertex}).index]) {
      const std::uint32_t row =
          vertex - graph.network_.nodes(out ? table->from_kind : table->to_kind).first;
      const auto& offsets = out ? table->out_offsets : table->in_offsets;
      edges += offsets[row + 1] - offsets[row];
    }
    return edges;
  }

  Network network_;
  Tables tables_;
  std::vector<Tables> out_;  ///< by kind of the node
  std::vector<Tables> in_;
};

}  // namespace eraudit

namespace boost {

template <>
struct property_map<eraudit::BoostGraph, vertex_index_t> {
  using type = typed_identity_property_map<eraudit::BoostGraph::Vertex>;
  using const_type = type;
};

}  // namespace boost

template <>
struct std::hash<eraudit::BoostGraph::Edge> {
  std::size_t operator()(eraudit::BoostGraph::Edge edge) const noexcept { return edge.id.index; }
};
