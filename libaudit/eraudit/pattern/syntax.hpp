#pragma once
// Pattern text as a syntax tree: `(c:Cohort)<-[:recruited]-(r:Recruiter)<-[h:engages]-{0,5}(top)`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit {

/// A word of the pattern and where it stands; no word if `text` is empty.
struct PatternWord {
  std::string text;
  Span span;
  [[nodiscard]] bool empty() const noexcept { return text.empty(); }
};

/// `Cohort`, `!Cohort`.
struct PatternLabel {
  PatternWord name;
  bool negated = false;
};

/// Any of these, each all of them: `A|B&!C` is {{A}, {B, !C}}. Empty: no label was written.
using PatternLabels = std::vector<std::vector<PatternLabel>>;

/// What an element must be beyond its labels: CEL after `WHERE`, and `{key: value}` as equality.
struct PatternCondition {
  PatternWord key;  ///< of `{key: value}`; no word: `text` is the whole condition
  ExpressionText text;
};

enum class PatternDirection : std::uint8_t {
  right,  ///< `-[..]->`
  left,   ///< `<-[..]-`
  either,
};

/// `{low,high}`; `? * +` are {0,1}, {0,} and {1,}.
struct PatternQuantifier {
  std::uint32_t low = 0;
  std::optional<std::uint32_t> high;  ///< nothing: no end is written
  Span span;
};

struct PatternElement {
  PatternWord name;      ///< variable
  PatternLabels labels;  ///< of an edge: alternatives of one each
  std::vector<PatternCondition> conditions;
  Span span;  ///< with its brackets and arrow
  // Of an edge.
  PatternDirection direction = PatternDirection::right;
  std::optional<PatternQuantifier> quantifier;
};

/// How often a path may come by the same edge or node, and which of many paths are taken.
enum class PatternMode : std::uint8_t {
  trail,    ///< no edge twice; what is meant if nothing is written
  acyclic,  ///< no node twice
  walk,     ///< all may come again
  simple,   ///< no edge and no node twice, but the last node may be the first
  // Of those of TRAIL, for each pair of ends:
  any,           ///< one, the same as `any_shortest`
  any_shortest,  ///< the first by edges, nodes, edge ids
  all_shortest,  ///< all with the fewest edges
};
/// Takes some of the rows between two ends.
[[nodiscard]] constexpr bool chooses(PatternMode mode) noexcept {
  return mode == PatternMode::any || mode == PatternMode::any_shortest ||
         mode == PatternMode::all_shortest;
}
[[nodiscard]] ERAUDIT_API std::string_view to_text(PatternMode mode) noexcept;

/// Node, edge, node, ..., node.
struct PatternPath {
  PatternWord name;
  PatternMode mode = PatternMode::trail;
  Span mode_span;
  std::vector<PatternElement> elements;
  Span span;
};

/// A plain value. Spans count bytes of the pattern's text.
struct PatternTree {
  std::vector<PatternPath> paths;  ///< separated by commas
};

/// How much a pattern may be and do, beyond `Limits`.
struct PatternLimits {
  std::size_t elements = 128;         ///< nodes and edges written
  std::uint32_t hops = 64;            ///< the largest number a quantifier may name
  std::uint32_t unbounded_hops = 12;  ///< what `*`, `+` and `{m,}` are cut off at
  std::uint32_t row_edges = 512;      ///< the most edges that one row could have
  std::uint64_t kind_combinations = 64;
  std::size_t rows = 10'000;  ///< of one start node
};

/// The grammar, in GQL spelling:
///
///     pattern    = path { "," path }
///     path       = [ NAME "=" ] [ mode ] node { edge [ quantifier ] node }
///     mode       = "TRAIL" | "ACYCLIC" | "WALK" | "SIMPLE" | "ANY" [ "SHORTEST" ] | "ALL"
///     "SHORTEST" node       = "(" [ NAME ] [ ":" labels ] [ "WHERE" cel | "{" NAME ":" cel { ","
///     .. } "}" ] ")" edge       = "-[" filler "]->" | "<-[" filler "]-" | "-[" filler "]-" | "->"
///     | "<-" | "-" filler     = [ NAME ] [ ":" KIND { "|" KIND } ] [ "WHERE" cel | "{" .. "}" ]
///     labels     = term { "|" term };  term = factor { "&" factor };  factor = [ "!" ] KIND
///     quantifier = "?" | "*" | "+" | "{" n "}" | "{" [ m ] "," [ n ] "}"
///
/// Mistakes are collected: after one inside an element reading goes on behind its bracket. What
/// other notations write (`*1..3`, `-->`, `(-[..]->){1,3}`) is recognised and the spelling here
/// named. CEL is not looked into. O(length).
[[nodiscard]] ERAUDIT_API Checked<PatternTree> parse_pattern(
    const ExpressionText& text, const PatternLimits& pattern_limits = {},
    const Limits& limits = {});

}  // namespace eraudit
