#pragma once
// The verdict of one rule on one subject, by what is said, by whom, and whether it suffices.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/evaluate/detail/admissions.hpp"
#include "eraudit/evaluate/detail/judge.hpp"

namespace eraudit::evaluate_detail {

/// Values that are tried for the cells on which sources disagree, for one demand of one verdict.
inline constexpr std::uint32_t most_combinations = 256;

/// What all weighers of a run share. Immutable; safe from many threads; the network outlives it.
class Weighing {
 public:
  /// `table` may be null: then all counts, and only what disagrees is weighed. Nothing if there is
  /// nothing to weigh: no source that a table speaks of is named, and nobody disagrees.
  [[nodiscard]] static std::unique_ptr<const Weighing> of(const Network& network,
                                                          ProofTablePtr table, const Rules& rules,
                                                          Date as_of);
  Weighing(const Weighing&) = delete;
  Weighing& operator=(const Weighing&) = delete;

  [[nodiscard]] const Sources& sources() const noexcept { return sources_; }
  /// Whether proof is weighed, not only what disagrees.
  [[nodiscard]] bool by_proof() const noexcept { return by_proof_; }
  /// Null: all counts. One of those that the rules have.
  [[nodiscard]] const Admission* admission(Demand demand) const noexcept;
  /// For what is told of a finding on that demand. Null as `admission`.
  [[nodiscard]] const Admission* telling(Demand demand) const noexcept;

 private:
  Weighing(const Network& network, ProofTablePtr table, Date as_of, bool by_proof)
      : table_(std::move(table)), sources_(network, *table_, as_of), by_proof_(by_proof) {}

  ProofTablePtr table_;
  Sources sources_;
  bool by_proof_;
  std::map<Demand, Admission> admissions_;
  std::map<Demand, Admission> tellings_;
};

/// What a report says of it.
[[nodiscard]] ProofWeighed weighed(const Network& network, const Rules& rules,
                                   const Weighing* weighing);

/// What the verdict is if of those who disagree these are right.
struct WeighedSide {
  Verdict verdict = Verdict::unknown;
  std::vector<Assumption> values;
};

/// Judges one subject after another, on as many judges as there are demands. Not for many threads.
class Weigher {
 public:
  /// `weighing` may be null: nothing is weighed.
  Weigher(const Network& network, const EvaluationContext& context, const Weighing* weighing);

  /// As `Judge::judge`.
  [[nodiscard]] Judgement judge(const BoundRule& rule, NodeId subject, bool all_rows = false);

  // About the subject that was judged last.
  /// The judge whose view the verdict is: of a suspicion, the one to whom all counts; of what is
  /// found, with all that is said besides (`telling_of`).
  [[nodiscard]] Judge& told() noexcept { return *told_; }
  /// Of a conflict: one side that finds something, then one that does not.
  [[nodiscard]] std::span<const WeighedSide> sides() const noexcept { return sides_; }
  /// Some combinations were not tried.
  [[nodiscard]] bool cut_short() const noexcept { return cut_short_; }
  /// Of a suspicion or an unknown: facts that it waits for and that somebody states, who does not
  /// suffice. In order.
  [[nodiscard]] std::span<const Fact> said_too_weakly() const noexcept { return weak_; }

  /// As `Evaluator::mask`, for all judges.
  void mask(std::span<const Fact> facts);

  /// Steps that a subject may take from now on, over all that is tried for it.
  void fuel(std::uint64_t steps) { fuel_ = steps; }
  /// Of the subject that was judged last, with what was asked of `told` since.
  [[nodiscard]] std::uint64_t fuel_used() const noexcept {
    return used_elsewhere_ + told_->evaluator().fuel_used();
  }
  /// Gives back what the patterns of rules keep from subject to subject.
  void forget() {
    for (const auto& [of, judge] : judges_) judge->forget();
  }

 private:
  /// What a subject comes to on one demand, over all that may be true.
  struct Heard {
    bool bad = false;
    bool good = false;
    bool open = false;
    Demand demand;
    Judge* judge = nullptr;
    std::optional<Judgement> plain;  ///< if it took no combinations; lives in the judge
    std::vector<WeighedSide> sides;  ///< a bad one and a good one, if they are there
    [[nodiscard]] bool only_bad() const noexcept { return bad && !good && !open; }
    [[nodiscard]] bool only_good() const noexcept { return good && !bad && !open; }
  };
  [[nodiscard]] Judge& judge_for(const Admission* admission);
  [[nodiscard]] Judgement ask(Judge& judge, const BoundRule& rule, NodeId subject, bool all_rows);
  [[nodiscard]] Heard hear(Demand demand, const BoundRule& rule, NodeId subject, bool all_rows);
  void try_values(Judge& judge, Demand demand, const BoundRule& rule, NodeId subject,
                  const Judgement& open, Heard& heard);
  void note(const Judgement& judgement, Heard& heard);
  [[nodiscard]] bool may_hear_more(const Heard& of, const Heard& op, const BoundRule& rule);
  static void add_waits(const Heard& heard, std::vector<Fact>& waits);
  void add_said_too_weakly(const BoundRule& rule, const Judgement& judgement);
  [[nodiscard]] Judgement tell(Heard& heard, Verdict verdict, const BoundRule& rule, NodeId subject,
                               bool all_rows);

  const Network& network_;
  EvaluationContext context_;
  const Weighing* weighing_;
  std::vector<std::pair<const Admission*, std::unique_ptr<Judge>>> judges_;
  std::vector<Fact> masked_;
  Judge* told_ = nullptr;
  std::vector<Assumption> assumed_;
  std::vector<WeighedSide> sides_;
  std::vector<Fact> weak_;
  std::uint64_t fuel_;
  std::uint64_t used_ = 0;            ///< steps, by all that was tried
  std::uint64_t used_elsewhere_ = 0;  ///< less those of the last try of `told_`
  std::uint32_t combinations_ = 0;
  bool cut_short_ = false;
};

}  // namespace eraudit::evaluate_detail
