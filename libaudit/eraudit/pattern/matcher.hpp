#pragma once
// Whether a pattern has a row at a node, which rows, and what stands between.
//
// A row binds every variable of the pattern so that all its conditions hold. Reading goes outward
// from the start, and says of what it finds:
//   certain   the row is there, whatever is not known;
//   possible  it hangs on facts: a condition that is unknown, an edge that may not count on the
//   day; error     one of its conditions is an error, and nothing else of it is unknown; frontier
//   there may be further rows: a partial match stands at a node whose list of such edges
//             is not complete. The frontier is those lists, and what the partial match hangs on.
// From these follows, whatever the order of reading: `exists` is true if a row is certain, else
// unknown if there is a possible row or a frontier, else an error if there is one, else false.
// A rule over rows (`match:`) that judges each of them: bad in a certain row decides; bad in a
// possible row, or open in any, is unknown, and so is a frontier where nothing bad was found; good
// in a possible row says nothing. Without a certain row: not applicable if there is no frontier and
// no possible row that could be bad, else unknown.
//
// ANY and SHORTEST choose from the rows of a path; `rows` and `count` are of those that are chosen,
// and hang on what the choice hangs on (detail/choice.hpp). Whether there is one, the smallest
// witness of that, and rows told apart by their ends alone are not affected.
//
// Edges count as in lists of expressions: on the evaluator's `as_of` and `at`, under its mask.
// Cut short, never silently: fuel is the evaluator's; more rows than `PatternLimits::rows`, or a
// `*` cut off where an edge would have led on, is an error, unless what was found decides.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/explain.hpp"
#include "eraudit/expression/lazy_value.hpp"
#include "eraudit/pattern/pattern.hpp"

namespace eraudit {

/// A pattern made ready for one network, which must outlive it. Immutable; safe from many threads.
class ERAUDIT_API BoundPattern {
 public:
  [[nodiscard]] const Pattern& pattern() const noexcept { return *pattern_; }
  [[nodiscard]] const Network& network() const noexcept { return *network_; }
  struct Binding;  ///< private (pattern/detail/bound.hpp)
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_; }

 private:
  friend ERAUDIT_API BoundPattern bind(PatternPtr, const Network&, std::span<const TablePtr>);
  PatternPtr pattern_;
  const Network* network_ = nullptr;
  std::shared_ptr<const Binding> binding_;
};

/// `tables` as numbered in the environment. Throws `Error` (`bad_argument`) if the network's schema
/// is not the environment's or an extension of it.
[[nodiscard]] ERAUDIT_API BoundPattern bind(PatternPtr pattern, const Network& network,
                                            std::span<const TablePtr> tables = {});

/// Whether a shortest walk of this pattern is a row, so that existence and rows by their end are
/// found breadth first. For tests and benchmarks.
[[nodiscard]] ERAUDIT_API bool pattern_walks(const Pattern& pattern) noexcept;

/// One path of a row, from left to right as the pattern is written. A plain value.
struct MatchedPath {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;  ///< one fewer than nodes
  friend bool operator==(const MatchedPath&, const MatchedPath&) = default;
};

/// `himal -> village-a <- np-24`: ids, and arrows as the edges point.
[[nodiscard]] ERAUDIT_API std::string to_text(const MatchedPath& path, const Network& network);

/// Rows of one start node, smallest first: by number of edges, then node ids, then edge ids, both
/// in the order of reading (from the start to the right, then to the left, path after path). Facts
/// and errors live until the evaluator's next `begin()`.
class ERAUDIT_API MatchRows {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
  /// Null: certain (or an error).
  [[nodiscard]] const FactSet* possible(std::size_t row) const { return rows_[row].facts; }
  /// An error, or null.
  [[nodiscard]] Value error(std::size_t row) const { return rows_[row].error; }
  [[nodiscard]] bool certain(std::size_t row) const {
    return rows_[row].facts == nullptr && !rows_[row].error.is(ValueKind::error);
  }
  /// The witness, in the order of reading: nodes and edges of all paths, one behind the other.
  [[nodiscard]] std::span<const NodeId> nodes(std::size_t row) const;
  [[nodiscard]] std::span<const EdgeId> edges(std::size_t row) const;
  /// There may be further rows, which these facts would tell; null: these are all.
  [[nodiscard]] const FactSet* frontier() const noexcept { return frontier_; }
  /// Not all was looked at: the error that names the limit; else null.
  [[nodiscard]] Value limit() const noexcept { return limit_; }

  struct Row {
    std::uint32_t first_node = 0;
    std::uint32_t nodes = 0;
    std::uint32_t first_edge = 0;
    std::uint32_t edges = 0;
    std::uint32_t first_end = 0;  ///< into `ends_`: edges of the row after each site
    const FactSet* facts = nullptr;
    Value error;
  };

 private:
  friend class Matcher;
  friend struct RowsWriter;
  std::vector<Row> rows_;
  std::vector<NodeId> nodes_;
  std::vector<EdgeId> edges_;
  std::vector<std::uint32_t> ends_;
  const FactSet* frontier_ = nullptr;
  Value limit_;
};

/// Where some steps of a pattern lead to, and the lists on the way that may have further edges;
/// both in order, each once.
struct PatternPart {
  std::vector<NodeId> ends;
  std::vector<Fact> open;
};

/// Answers for one start node after another; keeps its memory, and what conditions that speak of
/// one element only said of it. One per evaluator and pattern; not for many threads.
///
/// Cost: `exists`, `smallest` and rows by their end are a breadth-first search over the edges that
/// can be walked, wherever a shortest walk is a row (a fixed number of steps over unlike edges, and
/// repeated ones from 0 or 1 on: detail/reach.hpp); else, and for all rows, paths are enumerated.
/// Each edge that is looked at costs one step of the evaluator's fuel.
class ERAUDIT_API Matcher {
 public:
  /// Both must outlive it; `evaluator` is of the pattern's network.
  Matcher(const BoundPattern& pattern, Evaluator& evaluator);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  [[nodiscard]] const Pattern& pattern() const noexcept;

  // From a node (of a match), which need not be set in the evaluator ...
  [[nodiscard]] Value exists(NodeId start);
  /// A bag: two paths between the same nodes are two. An int, or a range of them.
  [[nodiscard]] Value count(NodeId start);
  /// With `needed` (indices into `Pattern::variables`), rows that agree in these variables are one,
  /// with the smallest witness: a rule that reads only `a` need not see every path to it.
  [[nodiscard]] const MatchRows& rows(NodeId start);
  [[nodiscard]] const MatchRows& rows(NodeId start, std::span<const std::uint32_t> needed);
  /// The smallest certain row, else the smallest possible one, else none: what `explain` shows. A
  /// frontier is only looked for where no row is certain.
  [[nodiscard]] const MatchRows& smallest(NodeId start);

  // ... or from the variable of the rule that a local pattern begins at. If that is unknown, so is
  // the answer.
  [[nodiscard]] Value exists();
  [[nodiscard]] Value count();
  [[nodiscard]] const MatchRows& smallest();

  // Many starts may come to one node by their first step, and all go on from there in the same way:
  // a recruiter's groups. If `shares_steps`, the rows of a start are those of the nodes that its
  // first step leads to, as told apart by `needed`, which is the end alone.
  [[nodiscard]] bool shares_steps(std::span<const std::uint32_t> needed) const;
  /// False if not all of it is certain.
  [[nodiscard]] bool first_step(NodeId start, PatternPart& part);
  /// Rows that begin at such a node; their ends are the last of `MatchRows::nodes`. Null if a
  /// condition was an error.
  [[nodiscard]] const MatchRows* later_rows(NodeId node);

  /// Sets the pattern's variables to those of a row that `rows` or `smallest` returned last.
  void set_row(std::size_t row);
  /// The same for these variables alone (indices into `Pattern::variables`).
  void set_row(std::size_t row, std::span<const std::uint32_t> variables);
  /// A variable's value in that row, without setting it.
  [[nodiscard]] Value value(std::size_t row, std::uint32_t variable);
  /// Its paths, in the order in which the pattern writes them.
  [[nodiscard]] std::vector<MatchedPath> paths(std::size_t row) const;
  /// Why it is a row: its conditions on elements, asked once more. Sets the pattern's variables.
  [[nodiscard]] std::vector<Condition> conditions(std::size_t row);

  /// From now on lists are noted down that were looked at and of which "that is all" is said.
  void note_lists(bool on);
  /// Those of the last search; each once, in order.
  [[nodiscard]] std::vector<Fact> noted_lists() const;

  struct State;  ///< private (pattern/detail/search.hpp)

 private:
  std::unique_ptr<State> state_;
};

/// `{exists: PATTERN}` and `{count: PATTERN}` as a variable: for `set_lazy`.
class ERAUDIT_API LazyMatch : public LazyValue {
 public:
  enum class What : std::uint8_t { exists, count };
  LazyMatch(const BoundPattern& pattern, Evaluator& evaluator, What what)
      : pattern_(pattern), matcher_(pattern, evaluator), what_(what) {}
  [[nodiscard]] Value compute(Evaluator& evaluator) override;
  [[nodiscard]] std::optional<Condition> explain(Evaluator& evaluator, const Value& value) override;
  [[nodiscard]] Matcher& matcher() noexcept { return matcher_; }

 private:
  const BoundPattern& pattern_;
  Matcher matcher_;
  What what_;
};

}  // namespace eraudit
