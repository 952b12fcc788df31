#pragma once
// A pattern as it is read: site after site, outward from the start.

#include <cstdint>
#include <optional>
#include <vector>

#include "eraudit/expression/program.hpp"
#include "eraudit/pattern/pattern.hpp"

namespace eraudit {
namespace pattern_detail {

/// By index of the kind.
class KindSet {
 public:
  KindSet() = default;
  explicit KindSet(std::size_t kinds, bool all = false) : in_(kinds, all ? 1 : 0) {}
  [[nodiscard]] bool has(KindId kind) const noexcept {
    return kind.index < in_.size() && in_[kind.index] != 0;
  }
  void add(KindId kind) { in_[kind.index] = 1; }
  void remove(KindId kind) { in_[kind.index] = 0; }
  void unite(const KindSet& other);
  void intersect(const KindSet& other);
  [[nodiscard]] bool empty() const noexcept;
  [[nodiscard]] bool full() const noexcept;
  [[nodiscard]] bool meets(const KindSet& other) const noexcept;
  [[nodiscard]] std::vector<KindId> kinds() const;
  [[nodiscard]] std::size_t size() const noexcept { return in_.size(); }
  friend bool operator==(const KindSet&, const KindSet&) = default;

 private:
  std::vector<std::uint8_t> in_;
};

inline constexpr std::uint32_t none = UINT32_MAX;

/// A node of a path, as written.
struct Place {
  KindSet kinds;                  ///< narrowed by its neighbours
  std::uint32_t variable = none;  ///< index into `Plan::variables`
};

/// One edge as it is read.
struct Step {
  std::vector<EdgeKindId> kinds;
  bool out = false;  ///< over edges that leave the node
  bool in = false;   ///< over edges that come to it
  bool repeated = false;
  std::uint32_t low = 1;
  std::uint32_t high = 1;
  bool cut_off = false;  ///< no end was written: `high` is the limit
  bool never = false;    ///< `{3,1}`
  std::uint32_t variable = none;
  /// Kinds that may stand after c hops, so that the rest of the step can still be walked; 0..high.
  std::vector<KindSet> viable;
  Span span;
};

/// A moment of reading: a path begins, an arm of it begins, or a step is taken to its end.
struct Site {
  enum class Kind : std::uint8_t { start, step };
  Kind kind = Kind::start;
  std::uint32_t path = 0;
  std::uint32_t path_number = 0;  ///< paths read before this one
  std::uint32_t place = 0;        ///< where it ends; of a start: its place
  std::uint32_t before = 0;       ///< of a step: the place it leaves
  std::uint32_t edge = 0;         ///< of a step: number of the edge in the path as written
  bool new_arm = false;  ///< leaves the place where the path began, not where the last step ended
  Step step;
  /// The node here is that of a variable bound before (or of the rule).
  bool known_before = false;
};

/// A condition on one element.
struct Check {
  enum class Of : std::uint8_t { node, edge, hop };
  ProgramPtr program;
  Of of = Of::node;
  Slot slot = 0;                     ///< where the program finds its element
  std::uint32_t site = 0;            ///< of its element
  std::uint32_t at = 0;              ///< after which site it can be asked
  bool each_hop = false;             ///< of a hop: it can be asked while the step is walked
  bool alone = false;                ///< reads nothing but its element: what it says of it stays
  std::vector<std::uint32_t> needs;  ///< node, edge and group variables it reads
};

struct Path {
  PatternMode mode = PatternMode::trail;  ///< `simple` only where its ends can be one node
  Span mode_span;
  std::vector<Place> places;
  std::uint32_t edges = 0;
  std::uint32_t start = 0;        ///< place where reading begins
  std::uint32_t variable = none;  ///< of the path itself
};

}  // namespace pattern_detail

struct Pattern::Plan {
  ExpressionText text;
  SchemaPtr schema;
  std::vector<PatternVariable> variables;
  std::vector<pattern_detail::Path> paths;  ///< as written
  std::vector<pattern_detail::Site> sites;
  std::vector<pattern_detail::Check> checks;
  std::uint32_t start = 0;
  std::vector<KindId> start_kinds;
  bool never = false;  ///< some step cannot be walked: there are no rows
  /// Programs that read the variables of the rule which the pattern names, by variable.
  std::vector<ProgramPtr> outer;
  PatternLimits limits;
  /// A shortest walk is a row: see detail/reach.hpp.
  bool walkable = false;
};

}  // namespace eraudit
