#pragma once
// Breadth first over (steps done, node): where a shortest walk is a row.
//
// A walk is what a row would be if edges and nodes might repeat. Let a pattern be one path, read
// from one of its ends, in which
//   (1) the conditions of an element read that element, the start and variables of the rule only,
//       and a node that is named again is the start or one of those;
//   (2) two different steps never walk one edge: they have no kind of edge in common between common
//       kinds of nodes;
//   (3) repeated steps begin at 0 or 1 hops; those that begin at 1 have a direction.
// Claim (TRAIL): to each end node, a walk with the fewest edges repeats no edge, so it is a row. By
// (2) a repeated edge would be walked twice within one step. Walked both times in the same
// direction, it arrives twice at the same node; cut out what lies between the arrivals: the step
// has fewer hops, at least 1, the same end, and by (1) every condition that is left holds as
// before; a shorter walk. In opposite directions (then the step begins at 0 hops) it leaves a node
// and later arrives there: cut out what lies between, at least that edge; again a shorter walk.
// Claim (ACYCLIC), if besides (4) the kinds of nodes tell apart the nodes of different steps, where
// a fixed step may end at a kind of the repeated one behind it, which begins at 0 hops, and (5) a
// step that begins at 1 hop is the first: a node met twice is met within one repeated step, the
// node it begins at included; cut out what lies between. If the step begins at 1 hop, its start is
// excluded outright, and cutting out leaves at least one hop. So there is a row to an end node if
// and only if there is a walk, and the smallest row (edges, nodes, edge ids) is the smallest walk.
// Claim (WALK): every walk is a row; (2) lets edges tell where steps end. What ANY and SHORTEST
// choose from are the rows of TRAIL. `Checker::find_walkable` holds (1) to (5).
//
// Nodes of one level are kept in the order of the paths to them, so that the first arrival anywhere
// is by the smallest path. Of arrivals within a step at one node only those with fewer hops than
// all before go on: what the others could still reach, these can. First only what is certain is
// walked, which decides most nodes; if something was not certain, once more over all that is
// possible, now with every transition written down: from the ends back over these go the facts that
// any row hangs on (of all walks, not only of trails: an ask may name a fact of a detour).

#include <cstdint>
#include <vector>

#include "eraudit/pattern/detail/search.hpp"

namespace eraudit {
namespace pattern_detail {

/// (steps done, node) to a number, forgotten all at once.
class StateTable {
 public:
  /// The number of a state; new ones are numbered one after another.
  std::uint32_t number(std::uint32_t steps, NodeId node, bool& is_new);
  [[nodiscard]] bool has(std::uint32_t steps, NodeId node) const;
  void clear();

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t epoch = 0;
    std::uint32_t number = 0;
  };
  void grow();
  [[nodiscard]] std::size_t find(std::uint64_t key) const;
  std::vector<Slot> slots_;
  std::uint32_t epoch_ = 1;
  std::uint32_t size_ = 0;
};

}  // namespace pattern_detail

struct Matcher::State::ReachMemory {
  /// An arrival that goes on.
  struct Entry {
    std::uint32_t steps = 0;  ///< done
    std::uint32_t count = 0;  ///< hops of the next one
    NodeId node;
    KindId kind;
    std::uint32_t state = 0;
    std::uint32_t parent = 0;  ///< entry; its own number if none
    EdgeId edge;
    bool has_edge = false;
    std::uint32_t group = 0;         ///< arrivals by the same nodes
    std::uint32_t path = 0;          ///< arrivals by the same edges, wherever steps end
    const FactSet* facts = nullptr;  ///< what this arrival hangs on, beyond the parent
  };
  struct StateInfo {
    std::uint32_t least = UINT32_MAX;     ///< fewest hops of an arrival that went on
    std::uint32_t accepted = UINT32_MAX;  ///< first entry that ended here, of the last steps
    bool frontier = false;
  };
  struct Transition {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    const FactSet* facts = nullptr;
  };
  struct Candidate {
    NodeId node;
    KindId kind;
    std::uint32_t parent = 0;
    std::uint32_t path = 0;  ///< of the parent
    EdgeId edge;
    const FactSet* facts = nullptr;
  };
  pattern_detail::StateTable table;
  std::vector<Entry> entries;
  std::vector<StateInfo> infos;
  std::vector<Transition> transitions;
  std::vector<Candidate> candidates;
  std::vector<std::uint32_t> accepted;  ///< states, in the order of their smallest paths
  std::vector<std::uint32_t> cut_off;   ///< entries
  std::vector<Fact> open;
  // Backwards.
  std::vector<std::uint32_t> first_in;
  std::vector<std::uint32_t> into;
  std::vector<std::uint8_t> reached;
  std::vector<std::uint32_t> marked;  ///< those that are reached
  std::vector<std::uint32_t> stack;
  // Of a row.
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> chain;

  /// What one dear start has left behind: not kept for all the others.
  void give_back() {
    constexpr std::size_t usual = std::size_t{1} << 16;
    if (entries.capacity() > usual || transitions.capacity() > usual) *this = ReachMemory();
  }
};

}  // namespace eraudit
