#pragma once
// A checked pattern: what it may bind, where reading begins, independent of any network.
//
// Used in two ways. `match:` of a rule binds its variables for the whole rule (`compile_match`); an
// entry `{exists: PATTERN}` or `{count: PATTERN}` of `let` stands in the scope of the rule's
// variables and keeps its own to itself (`compile_local`).

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/pattern/syntax.hpp"

namespace eraudit {

enum class PatternRole : std::uint8_t {
  node,
  edge,
  group,  ///< a repeated edge: the list of its edges, in the order of the path as written
  path,   ///< a record of `length` (edges), `nodes` and `edges`
};

struct PatternVariable {
  std::string name;
  PatternRole role = PatternRole::node;
  Slot slot = 0;
  Type type;
  bool outer = false;  ///< a variable of the rule, that the pattern only refers to
  Span span;           ///< where it first stands
};

/// Immutable; shared by pointer; safe from many threads. Keeps the schema it was checked with.
class ERAUDIT_API Pattern {
 public:
  struct Plan;  ///< private (pattern/detail/plan.hpp)
  explicit Pattern(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

  /// In the order in which they are first written.
  [[nodiscard]] const std::vector<PatternVariable>& variables() const noexcept;
  /// The variable that reading begins at: the subject of a match. Index into `variables()`.
  [[nodiscard]] std::uint32_t start() const noexcept;
  /// Of a match: the kinds a subject may be. The population of the rule is every node of these.
  [[nodiscard]] const std::vector<KindId>& start_kinds() const noexcept;
  /// Schema paths of the attributes and lists it may wait for, sorted: for `Rule::reads`.
  [[nodiscard]] std::vector<std::string> reads() const;
  /// Variables of the rule that it refers to or that its conditions read, sorted.
  [[nodiscard]] std::vector<Slot> needs() const;
  /// Tables that its conditions call, as numbered in the environment, sorted.
  [[nodiscard]] std::vector<std::uint32_t> tables() const;
  /// What WHERE and `{key: value}` ask, one program each.
  [[nodiscard]] std::vector<ProgramPtr> conditions() const;
  [[nodiscard]] const ExpressionText& text() const noexcept;
  [[nodiscard]] const PatternLimits& limits() const noexcept;
  [[nodiscard]] const Plan& plan() const noexcept { return *plan_; }

 private:
  std::shared_ptr<const Plan> plan_;
};

using PatternPtr = std::shared_ptr<const Pattern>;

/// Parses, checks, plans, and adds the pattern's variables to `environment`, whose expressions then
/// see them: conditions that hold in every row are assumed there (`WHERE has(k.since)` guards).
/// `environment` must have a schema and is left as it was if there are errors. `subject` is the
/// variable that is judged; reading begins there.
///
/// Errors: unknown kinds, edges and attributes with the nearest name; a step that the schema does
/// not allow, with what it allows; a variable used for two things; more combinations of kinds than
/// `kind_combinations`; a WALK without an end; ANY and SHORTEST beside another path or not read
/// from an end. Conditions see the variables to their left. Warnings: a kind that can never stand
/// where it is written, `{3,1}`.
[[nodiscard]] ERAUDIT_API Checked<PatternPtr> compile_match(
    const ExpressionText& text, Environment& environment, std::string_view subject,
    const PatternLimits& pattern_limits = {}, const Limits& limits = {});

/// The same for `exists` and `count`: reading begins at `start` if the pattern names it, else at
/// the first variable of `environment` that it names; there must be one. Nodes of the pattern that
/// have the name of a variable are that node; all others are its own, and only their slots are
/// taken in `environment` (`Environment::reserve`).
[[nodiscard]] ERAUDIT_API Checked<PatternPtr> compile_local(
    const ExpressionText& text, Environment& environment, std::string_view start = {},
    const PatternLimits& pattern_limits = {}, const Limits& limits = {});

}  // namespace eraudit
