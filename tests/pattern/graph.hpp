#pragma once
// Small graphs as plain values, and the networks they make.

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/network/network.hpp"

namespace eraudit::test {

inline constexpr Date graph_day{20'000};

/// Node kinds A and B (n int, b bool). Edge kinds e: A -> A or B, f: B -> A or B, g: A -> A, whose
/// list at `from` is complete by the schema; each with k int, e also with since and until
/// (required).
[[nodiscard]] const SchemaPtr& graph_schema();

struct Graph {
  struct Node {
    int kind = 0;
    std::optional<int> n;
    std::optional<bool> b;
  };
  /// Of `until`.
  enum class Until { unknown, past, future, around };
  struct Edge {
    int kind = 0;
    int from = 0;
    int to = 0;
    std::optional<int> k;
    std::optional<int> since;  ///< days from `graph_day`
    Until until = Until::future;
  };
  struct Complete {
    int node = 0;
    ListId list;
    friend auto operator<=>(const Complete&, const Complete&) = default;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Complete> complete;

  /// Whether nobody may add an edge to this list.
  [[nodiscard]] bool is_complete(int node, ListId list) const;
};

/// Nodes are `n0`, `n1` ..., edges `e0`, `e1` ...; `order` chooses in which order they are told.
[[nodiscard]] Network build(const Graph& graph, std::uint64_t order = 0);

/// Whether the schema lets an edge of this kind stand between these nodes.
[[nodiscard]] bool may_join(const Graph& graph, int kind, int from, int to);

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  /// 0 .. below - 1
  [[nodiscard]] int pick(int below) {
    return static_cast<int>(engine_() % static_cast<std::uint64_t>(below));
  }
  [[nodiscard]] bool chance(int percent) { return pick(100) < percent; }

 private:
  std::mt19937_64 engine_;
};

[[nodiscard]] Graph random_graph(Random& random, int most_nodes, int most_edges);

}  // namespace eraudit::test
