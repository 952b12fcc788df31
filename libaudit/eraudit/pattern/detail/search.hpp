#pragma once
// What both ways of searching share: conditions on elements, results, memory kept between nodes.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "eraudit/pattern/detail/bound.hpp"

namespace eraudit {
namespace pattern_detail {

enum class Goal : std::uint8_t { exists, count, rows, smallest };

/// How certain a partial match is: the conjunction of what was asked of it.
struct Mark {
  const FactSet* facts = nullptr;
  Value error;
  [[nodiscard]] bool certain() const noexcept {
    return facts == nullptr && !error.is(ValueKind::error);
  }
};

/// What a condition that reads only its element said of each: pages on demand, forgotten when the
/// days, the mask or what is assumed change. What an answer cost is charged again each time, so
/// that where a limit is reached does not hang on what was asked before.
class Memo {
 public:
  enum class Said : std::uint8_t { nothing, no, yes, other };
  struct Entry {
    std::uint32_t epoch = 0;
    std::uint32_t said : 2 = 0;
    std::uint32_t cost : 30 = 0;
  };
  [[nodiscard]] Entry& at(std::uint32_t element) {
    const std::size_t page = element / page_size;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page] == nullptr) pages_[page] = std::make_unique<Entry[]>(page_size);
    return pages_[page][element % page_size];
  }

 private:
  static constexpr std::size_t page_size = 1024;
  std::vector<std::unique_ptr<Entry[]>> pages_;
};

/// What was found of one start node.
struct Findings {
  std::uint64_t certain = 0;       ///< rows
  std::uint64_t possible = 0;      ///< rows that hang on facts
  const FactSet* facts = nullptr;  ///< of possible rows
  const FactSet* frontier = nullptr;
  Value error;         ///< of a row; null if there is none
  bool vague = false;  ///< whether a row counts that is an error hangs on facts
  Value limit;         ///< not all was looked at; null if it was
};

}  // namespace pattern_detail

struct Matcher::State {
  State(const BoundPattern& pattern, Evaluator& used);

  const BoundPattern& bound;
  const Pattern::Plan& plan;
  const BoundPattern::Binding& binding;
  Evaluator& evaluator;
  const Network& network;

  NodeId start;
  std::vector<NodeId> outer_nodes;  ///< by variable
  MatchRows rows;
  pattern_detail::Findings findings;
  bool stop = false;

  // Days, mask and assumptions that the memos are of.
  std::vector<pattern_detail::Memo> memos;
  std::uint32_t epoch = 0;
  Date as_of;
  Date at;
  std::vector<Fact> mask;
  std::vector<Assumption> assumption;

  /// Reads the variables of the rule. Null, or what the answer is without looking.
  [[nodiscard]] Value begin(std::optional<NodeId> from);
  /// Searches and leaves rows and findings.
  void search(pattern_detail::Goal goal, std::span<const std::uint32_t> needed, bool all_rows);
  [[nodiscard]] Value answer() const;

  /// Asks a condition of its element; what else it reads must be set. False if it does not hold.
  [[nodiscard]] bool holds(std::uint32_t check, Value element, pattern_detail::Mark& mark);
  void add(pattern_detail::Mark& mark, const FactSet* facts) {
    if (facts != nullptr) mark.facts = evaluator.merge(mark.facts, facts);
  }
  /// Counts edges that are looked at; false if that was too much.
  [[nodiscard]] bool spend(std::uint64_t steps);
  void reach_limit(Value error);
  /// Text of the limit that a repeated edge without end was cut off at.
  void reach_hops(const pattern_detail::Step& step);
  void reach_rows();

  [[nodiscard]] Value group(std::span<const EdgeId> edges, bool backwards);

  /// "That is all" is said of this list and not masked; noted down if that is wanted.
  [[nodiscard]] bool complete(NodeId node, ListId list) {
    const bool all = list_complete(evaluator, node, list);
    if (all && note && !plan.schema->end(list).complete) noted.push_back(Fact::of(node, list));
    return all;
  }
  bool note = false;
  std::vector<Fact> noted;

  struct ReachMemory;
  std::unique_ptr<ReachMemory> reach;
  /// Whether rows are told apart by their end at most; `by_end`: and by that.
  [[nodiscard]] bool ends_suffice(std::span<const std::uint32_t> needed, bool& by_end) const;
};

/// Fills `MatchRows`.
struct RowsWriter {
  MatchRows& rows;
  void clear();
  std::uint32_t add(std::span<const NodeId> nodes, std::span<const EdgeId> edges,
                    std::span<const std::uint32_t> ends, const pattern_detail::Mark& mark);
  /// The same in place of a row that is there.
  void replace(std::uint32_t row, std::span<const NodeId> nodes, std::span<const EdgeId> edges,
               std::span<const std::uint32_t> ends, const pattern_detail::Mark& mark);
  [[nodiscard]] MatchRows::Row& at(std::uint32_t row) { return rows.rows_[row]; }
  [[nodiscard]] std::span<const std::uint32_t> ends(std::size_t row, std::size_t sites) const {
    return std::span(rows.ends_).subspan(rows.rows_[row].first_end, sites);
  }
  void finish(std::size_t sites, const FactSet* frontier, Value limit);
  [[nodiscard]] int compare(std::size_t a, std::size_t b, std::size_t sites) const;
};

namespace pattern_detail {

/// What a row binds where. Valid as long as the row.
class RowReader {
 public:
  RowReader(Matcher::State& state, std::size_t row)
      : state_(state),
        nodes_(state.rows.nodes(row)),
        edges_(state.rows.edges(row)),
        ends_(RowsWriter{state.rows}.ends(row, state.plan.sites.size())) {}

  [[nodiscard]] NodeId node_at(std::uint32_t site) const;
  /// In the order of reading.
  [[nodiscard]] std::span<const EdgeId> edges_of(std::uint32_t site) const {
    const std::uint32_t first = site == 0 ? 0 : ends_[site - 1];
    return edges_.subspan(first, ends_[site] - first);
  }
  [[nodiscard]] bool backwards(std::uint32_t site) const {
    return state_.plan.sites[site].place < state_.plan.sites[site].before;
  }
  /// From its left end.
  [[nodiscard]] MatchedPath path(std::uint32_t number) const;

 private:
  Matcher::State& state_;
  std::span<const NodeId> nodes_;
  std::span<const EdgeId> edges_;
  std::span<const std::uint32_t> ends_;
};

/// Smaller by number of edges, then nodes, then edges, then where steps end.
[[nodiscard]] int compare_rows(std::span<const NodeId> nodes_a, std::span<const EdgeId> edges_a,
                               std::span<const std::uint32_t> ends_a,
                               std::span<const NodeId> nodes_b, std::span<const EdgeId> edges_b,
                               std::span<const std::uint32_t> ends_b);

/// Follows every path. `choose`: as the mode of the path says (detail/choice.hpp).
void enumerate(Matcher::State& state, Goal goal, std::span<const std::uint32_t> needed,
               bool all_rows, bool choose);
/// Breadth first (detail/reach.hpp). False if it met an error: then paths have to be followed.
[[nodiscard]] bool reach(Matcher::State& state, Goal goal, bool by_end);
/// The same of the first step alone: where it leads to. False if not all of it is certain.
[[nodiscard]] bool reach_first(Matcher::State& state, PatternPart& part);
/// The same of all steps but the first, from the node where that ends.
[[nodiscard]] bool reach_later(Matcher::State& state);

}  // namespace pattern_detail
}  // namespace eraudit
