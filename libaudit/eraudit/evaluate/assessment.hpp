#pragma once
// All verdicts of one run, and how they were reached.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/expression/explain.hpp"
#include "eraudit/expression/limit_reached.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/pattern/matcher.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/rules/verdict.hpp"

namespace eraudit {

/// How much of a rule's population it could judge.
struct RuleCounts {
  std::uint64_t selected = 0;    ///< nodes of the subject's kinds
  std::uint64_t applicable = 0;  ///< selected, less not_applicable and not_reached
  std::uint64_t decided = 0;     ///< fail, suspect, pass
  std::uint64_t by_verdict[verdicts.size()] = {};  ///< indexed by Verdict; sums up to `selected`
  std::uint64_t not_reached =
      0;  ///< not judged because the run was stopped; counted as `unknown` too
  /// The rule was not run at all: outside its since/until, or stopped before.
  bool skipped = false;
};

/// From `low` (every unknown input good) to `high` (every one bad); sorting and `--fail-on` take
/// `high`.
struct SeverityRange {
  Severity low = Severity::none;
  Severity high = Severity::none;
  friend bool operator==(const SeverityRange&, const SeverityRange&) = default;
};

/// A fail, suspect, conflict or error. One per rule and subject.
struct Finding {
  std::uint32_t rule = 0;  ///< index into `Rules::all()`
  NodeId subject;
  Verdict verdict = Verdict::fail;
  SeverityRange severity;
};

/// What would settle unknown verdicts, and confirm or clear suspicions: one line per rule and fact
/// attribute.
struct Ask {
  std::uint32_t rule = 0;
  std::string path;  ///< schema path: `charged.amount`, `Cohort.fees`, `rate`, `table min_wage`
  std::uint64_t verdicts = 0;  ///< undecided or suspected (rule, subject) pairs that wait for it
  std::uint64_t stated = 0;    ///< of these: somebody states it, without the proof demanded
  std::uint64_t facts = 0;     ///< distinct facts
  bool at_least = false;       ///< there may be more than `facts`: they were too many to tell apart
  std::vector<Fact> examples;  ///< the first few, in order
  std::vector<std::string>
      names;  ///< of the examples: `np-24.base_wage`, `rate MYR to NPR on 2024-03-01`
};

/// Undecided or suspected verdicts of one rule that wait for the same attributes.
struct WaitingSet {
  std::uint32_t rule = 0;
  std::vector<std::uint32_t> asks;  ///< places in `Assessment::asks`, in order
  std::uint64_t verdicts = 0;
  friend auto operator<=>(const WaitingSet&, const WaitingSet&) = default;
};

/// A row of a rule's `match` that its verdict rests on.
struct MatchedRow {
  std::vector<MatchedPath> paths;  ///< as many as the pattern writes
  bool certain = true;             ///< else it hangs on facts whether it is there
  friend bool operator==(const MatchedRow&, const MatchedRow&) = default;
};

/// Of a finding: the rows that fail (or break); of an unknown: those that are open, or would fail
/// if they are there; of a pass: those that were looked at. Smallest first: the first is the
/// witness. At most `Limits::witnesses`.
struct MatchedRows {
  std::vector<MatchedRow> rows;
  std::uint64_t more = 0;  ///< left out
};

/// What the verdict would be if of those who disagree these were right.
struct ConflictSide {
  Verdict verdict = Verdict::unknown;
  std::vector<Reading> says;  ///< the values it takes for true, with all who say so
};

/// Of a source that asked some of a group: what would have been noticed.
struct Detection {
  std::string source;
  std::int64_t asked = 0;
  std::int64_t of = 0;
  /// So many affected would have been noticed with a chance of 95 % (`smallest_noticed`); 0: none
  /// can be told, for it is not said that the auditor chose whom to ask.
  std::int64_t affected = 0;
};

/// A fact that nobody has said, and what to ask for it.
struct Missing {
  Reading reading;     ///< its value is unknown
  LocalText question;  ///< of the rule or else of the schema; empty if nobody wrote one
};

/// Of an unknown verdict: facts of which some answers decide it, whatever is not known besides.
/// Other answers to the same facts may not.
struct Enough {
  /// Condition after condition. Where one condition hangs on several facts, fewer of them may do.
  std::vector<Missing> facts;
  std::uint64_t more = 0;               ///< facts left out
  std::vector<std::string> conditions;  ///< of the rule, as written, that these facts answer
  /// What it can be decided to in this way, worst first: fail, pass, not_applicable. There may be
  /// others where several conditions read one fact.
  std::vector<Verdict> verdicts;
};

/// Of an unknown verdict: what is needed next if a condition that is not known comes out one way.
struct Later {
  std::string condition;  ///< `when`, or what stands before a `?`, as written
  bool outcome = true;    ///< if it comes out like this
  std::vector<Missing> facts;
  std::uint64_t more = 0;  ///< facts left out
};

/// In so many open conditions of a rule `Explanation::enough` is searched, and so many sets it has.
inline constexpr std::size_t most_open_conditions = 12;
inline constexpr std::size_t most_enough = 2;

/// The verdict of one rule on one subject with everything a reader needs to defend it.
struct Explanation {
  std::uint32_t rule = 0;
  NodeId subject;
  Verdict verdict = Verdict::unknown;
  SeverityRange severity;
  std::string message;            ///< of a finding, in the language asked for
  std::optional<Condition> when;  ///< if the rule has one
  MatchedRows match;              ///< of a rule with `match`
  std::vector<Condition> where;   ///< conditions in the pattern, for the first of these rows
  /// Unless `when` made it not applicable; of a rule with `match`, for the first of its rows.
  std::optional<Condition> condition;
  std::vector<Reading> witness;       ///< what the verdict rests on, in order of appearance
  std::vector<Missing> waits_for;     ///< of an unknown; of a suspicion: what is to be confirmed
  std::vector<Reading> would_change;  ///< decided: single facts whose other value would undo it
  /// Of an unknown: how many conditions of `when` and the rule's condition are open. These are
  /// taken apart at `&&`, `||`, `!` and `?:`, in `let` entries too; what stands between is one open
  /// condition, a comprehension included. 0: that could not be told.
  std::size_t open_conditions = 0;
  /// Of an unknown: the smallest sets of at most three open conditions that decide it with some
  /// answers, each condition taken as one that may come out true or false whatever the others do:
  /// fewest conditions first, at most `most_enough`. Conditions that read a fact in common are not
  /// put together, for they may not come out as they should. Empty: nothing is claimed, as with
  /// more than `most_open_conditions`. Of a rule with `match`: of the first of its rows, as
  /// `condition`, whether that row is there, and whether there are others.
  std::vector<Enough> enough;
  /// Of an unknown: what its condition needs if `when` holds, and each branch of a `?:`.
  std::vector<Later> later;
  std::string error;  ///< of an error
  /// Of a conflict: a side that finds something and one that does not, in equal weight.
  std::vector<ConflictSide> sides;
  /// Of a suspicion or an unknown: facts that somebody states, but not with the proof that the rule
  /// demands.
  std::vector<Reading> too_weak;
  /// What others say of facts in `witness`, and does not count. (Of a conflict: see `sides`.)
  std::vector<Reading> against;
  /// Of a pass that was weighed: how far those who say it could have noticed.
  std::vector<Detection> detection;
};

/// A limit that was reached, and where.
struct LimitHit {
  LimitReached reached;
  std::string rule;         ///< its id; empty for the limit of findings, which is of the whole run
  std::string place;        ///< file and line of its condition; empty if it is in no file
  std::uint64_t count = 0;  ///< subjects of the rule; of findings: those that are not listed
  friend bool operator==(const LimitHit&, const LimitHit&) = default;
};

/// A file that a run was made with, beside those of the network and the rules.
struct RunFile {
  enum class Role : std::uint8_t { schema, rates, proof };
  Role role = Role::schema;
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< `sha256:` and 64 hexadecimal digits
  friend bool operator==(const RunFile&, const RunFile&) = default;
};

/// `schema`, `rates`, `proof`: the code in report.json.
[[nodiscard]] ERAUDIT_API std::string_view to_text(RunFile::Role role) noexcept;

/// Whether it was weighed who says something.
enum class ProofWeighed : std::uint8_t {
  not_asked,   ///< no rule demands proof
  no_sources,  ///< rules do, but the network names no source with a class: whatever it says counted
  no_table,    ///< rules do, but nothing says how much a class of source counts
  by_draft,    ///< by a table whose figures nobody has checked
  by_table,
};

/// `not-asked`, `no-sources` ...: the code in report.json.
[[nodiscard]] ERAUDIT_API std::string_view to_text(ProofWeighed weighed) noexcept;

struct RunInformation {
  Date as_of;
  bool stopped = false;  ///< a stop was asked for before the end
  std::vector<LimitHit> limits_hit;
  ProofWeighed proof = ProofWeighed::not_asked;
  std::vector<RunFile> files;          ///< `Options::files`, then those of rates and proof
  std::uint64_t findings_dropped = 0;  ///< beyond `Limits::findings`
};

/// A plain value: a cheap handle on shared immutable state that keeps its network and rules alive.
/// Safe from many threads; `explain` works with an evaluator of its own.
class ERAUDIT_API Assessment {
 public:
  [[nodiscard]] const Network& network() const noexcept;
  [[nodiscard]] const Rules& rules() const noexcept;
  [[nodiscard]] const RunInformation& run() const noexcept;
  [[nodiscard]] const Rates& rates() const noexcept;

  /// `not_applicable` for a node that is not of the rule's kinds. O(1).
  /// Throws `Error` (`bad_argument`) for a rule or node that is not there.
  [[nodiscard]] Verdict verdict(std::size_t rule, NodeId subject) const;
  [[nodiscard]] const RuleCounts& counts(std::size_t rule) const;
  /// Sum over all rules.
  [[nodiscard]] RuleCounts totals() const;
  /// Nothing was checked: no rule had a subject that it applied to.
  [[nodiscard]] bool empty() const noexcept;
  /// The worst of a subject's verdicts over all rules that judge it.
  [[nodiscard]] Verdict worst(NodeId subject) const;

  /// Gravest first: verdict, then severity (high end), then rule id, then subject id.
  [[nodiscard]] std::span<const Finding> findings() const noexcept;
  /// Most verdicts first, then rule id, then path.
  [[nodiscard]] std::span<const Ask> asks() const noexcept;
  /// What undecided and suspected verdicts wait for, together. Those of which the facts were too
  /// many to tell apart are in none. In order of rule and asks.
  [[nodiscard]] std::span<const WaitingSet> waiting() const noexcept;

  /// The rows that the verdict of a rule with `match` rests on; none for other rules.
  [[nodiscard]] MatchedRows match(std::size_t rule, NodeId subject) const;
  /// Of a subject that there was no fuel for (`Limits::rule_fuel`): that, in English.
  [[nodiscard]] std::string message(const Finding& finding, std::string_view language = "en") const;
  /// The question for an ask, from the rule or else from the schema.
  [[nodiscard]] std::string question(const Ask& ask, std::string_view language = "en") const;
  [[nodiscard]] Explanation explain(std::size_t rule, NodeId subject,
                                    std::string_view language = "en") const;
  /// Of (rule id, subject id): stable across runs, versions and order of input. 16 hexadecimal
  /// digits.
  [[nodiscard]] std::string fingerprint(std::size_t rule, NodeId subject) const;

  struct State;
  explicit Assessment(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace eraudit
