#pragma once
// Rows of no edge, of one, of two ...: so that what is reached in more edges than need be is left
// alone, where a path chooses among rows and a shortest walk is a row (detail/reach.hpp).
//
// Whatever can be reached from a node, within a step after so many hops, can be reached from it
// after fewer. So a way that comes there with more edges than a certain one, and no fewer hops,
// leads to no row that would be taken: over the certain way there is a row with the same end, with
// fewer edges, that hangs on no other facts.

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "eraudit/network/network.hpp"

namespace eraudit::pattern_detail {

class ByLength {
 public:
  std::size_t length = 0;  ///< of the rows that are looked for in this round
  bool longer = false;     ///< there are longer ones

  /// Of arriving at `node` with so many edges, after `count` hops of a step that has `low` at
  /// least: whether it is worth going on. A certain way is noted down.
  bool enter(std::uint32_t site, NodeId node, std::size_t edges, std::uint32_t count,
             std::uint32_t low, bool certain) {
    std::vector<Way>& ways = ways_[key(site, node)];
    for (const Way& way : ways) {
      if (way.count > count || (way.count < low && count >= low)) continue;
      if (way.edges < edges) return false;
      if (way.count == count) return true;
    }
    if (certain && edges == length) ways.push_back({edges, count});
    return true;
  }

  /// A certain way leads there with no more edges than are looked for, from which the step may end.
  [[nodiscard]] bool reached(std::uint32_t site, NodeId node, std::uint32_t low) const {
    const auto found = ways_.find(key(site, node));
    return found != ways_.end() && std::any_of(found->second.begin(), found->second.end(),
                                               [&](const Way& way) { return way.count >= low; });
  }

 private:
  struct Way {
    std::size_t edges = 0;
    std::uint32_t count = 0;
  };
  static std::uint64_t key(std::uint32_t site, NodeId node) {
    return (std::uint64_t{site} << 32) | node.index;
  }
  std::unordered_map<std::uint64_t, std::vector<Way>> ways_;
};

}  // namespace eraudit::pattern_detail
