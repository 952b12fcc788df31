#pragma once
// Which of the rows between two ends are meant: ANY, ANY SHORTEST, ALL SHORTEST.
//
// Rows are those of TRAIL; those with the same two ends are a group, of which ALL SHORTEST takes
// the ones with the fewest edges, the others the first one (edges, nodes, edge ids). What is taken
// hangs on what else is there. Of a row that is there as far as it is known itself, and of its
// group:
//   a certain row comes before it     it is not taken, whatever becomes known;
//   a possible row comes before it    it is taken only if that one is not there: it hangs on the
//                                     facts of that one too;
//   an error comes before it          it cannot be said: an error too;
//   a list may have a further edge over which a row could come before it: it hangs on that list.
// `Comes before` is: has fewer edges (ALL SHORTEST); is smaller (the others).
//
// A row over an edge that nobody named yet has at least the edges read so far, that one, and those
// that the rest of the pattern demands; with as many edges it may have smaller ids. So where a list
// at the start is open, ALL SHORTEST can be certain of a row of one edge, ANY of none.
//
// A row that is there whenever another of its group is (its facts are among the other's), and comes
// before that one, takes its place, unless it alone is an error.
//
// Choosing empties no group: whether there is a row, and of rows told apart by their ends alone
// which there are, is the same with and without it, and is not asked here.

#include <map>
#include <vector>

#include "eraudit/pattern/detail/keep.hpp"

namespace eraudit::pattern_detail {

class Choice {
 public:
  Choice(Matcher::State& state, bool all_shortest) : s_(state), all_shortest_(all_shortest) {}

  /// A row of the path, and what it is told apart by if not as a whole.
  void offer(const FoundRow& row, std::vector<std::uint32_t> key);
  /// A match was broken off at a list that is open: rows of at least so many edges may come.
  void broken_off(std::size_t at_least, const FactSet* facts);
  /// A match was cut off at the limit of a repeated edge.
  void cut_off(std::size_t at_least);

  /// Writes what is taken; nothing if the search was stopped, since what was not seen may come
  /// before.
  void write(RowKeeper& keeper, bool all_rows);
  /// Leaves the number of rows in the findings.
  void count();

 private:
  struct Candidate {
    std::vector<NodeId> nodes;
    std::vector<EdgeId> edges;
    std::vector<std::uint32_t> ends;
    std::vector<std::uint32_t> key;
    Mark mark;           ///< of its own
    Mark hangs;          ///< with what comes before
    bool error = false;  ///< perhaps besides facts
  };
  using Group = std::vector<Candidate>;  ///< in order

  [[nodiscard]] bool before(const Candidate& a, const Candidate& b) const;
  /// Drops those whose place others take; works out what the rest hangs on.
  void settle(Group& group);
  void count(const Group& group);
  void count_all_shortest(const Group& group);

  Matcher::State& s_;
  bool all_shortest_;
  std::map<NodeId, Group> groups_;
  std::size_t size_ = 0;
  std::map<std::size_t, const FactSet*> broken_off_;  ///< by edges
  std::size_t cut_off_ = SIZE_MAX;
};

}  // namespace eraudit::pattern_detail
