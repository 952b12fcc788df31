#pragma once
// Patterns as plain values, and what they mean, written down as plainly as can be: every way to go
// is tried without a thought, and only then looked at.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "eraudit/expression/fact.hpp"
#include "eraudit/pattern/syntax.hpp"
#include "tests/pattern/graph.hpp"

namespace eraudit::test {

struct SlowPattern {
  /// `variable.attribute operation right`, where right is a number or `other.attribute`; `b` alone
  /// is a condition; `/` is `10 / variable.n > 4`, an error at 0.
  struct Condition {
    std::string attribute;  ///< n, b, k
    std::string operation;  ///< < == b /
    int right = 0;
    std::string other;  ///< variable further left, or none
    std::string other_attribute;
  };
  struct Node {
    std::string variable;
    std::vector<int> kinds;  ///< none: any
    std::vector<Condition> conditions;
  };
  struct Edge {
    std::string variable;
    std::vector<int> kinds;  ///< none: any
    int direction = 0;       ///< 1 right, -1 left, 0 either
    bool repeated = false;
    int low = 1;
    int high = 1;  ///< -1: no end
    std::vector<Condition> conditions;
  };
  struct Path {
    PatternMode mode = PatternMode::trail;
    std::vector<Node> nodes;
    std::vector<Edge> edges;
  };
  std::vector<Path> paths;
  std::string start;

  [[nodiscard]] std::string text() const;
  /// ANY, SHORTEST: then there is one path, which begins or ends at the start.
  [[nodiscard]] bool chooses() const { return eraudit::chooses(paths[0].mode); }
  /// The variable at the end of the path where reading does not begin; may be empty.
  [[nodiscard]] std::string far_end() const;
};

[[nodiscard]] SlowPattern random_pattern(Random& random);

enum class Status { certain, possible, error };

struct SlowRow {
  Status status = Status::certain;
  bool error = false;  ///< a condition of it is one, perhaps besides facts
  std::set<Fact> facts;
  std::vector<std::uint32_t> nodes;  ///< as `MatchRows`
  std::vector<std::uint32_t> edges;
  std::vector<std::uint32_t> ends;  ///< edges after each site: the begin of a path, a step
  std::map<std::string, std::vector<std::uint32_t>> variables;

  /// By edges, nodes, edge ids, ends.
  [[nodiscard]] bool before(const SlowRow& other) const;
};

struct SlowResult {
  std::vector<SlowRow> rows;
  /// Where it was broken off, and how many edges a row has at least that goes on there.
  struct Broken {
    std::size_t edges = 0;
    std::set<Fact> facts;
  };
  std::vector<Broken> broken;
  std::set<Fact> frontier;
  bool has_frontier = false;
  bool gave_up = false;  ///< there were more ways to go than anybody wants to wait for
};

/// `start` is a number of the graph.
[[nodiscard]] SlowResult slow_match(const SlowPattern& pattern, const Graph& graph,
                                    const Network& network, int start);

/// What ANY, ANY SHORTEST and ALL SHORTEST take of the rows.
[[nodiscard]] std::vector<SlowRow> slow_choice(PatternMode mode, const SlowResult& all);

}  // namespace eraudit::test
