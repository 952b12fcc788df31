#include "eraudit/evaluate/detail/smallest_sets.hpp"

#include <algorithm>

namespace eraudit::evaluate_detail {
namespace {

using Outcome = Skeleton::Outcome;
using Members = std::bitset<most_open_conditions>;

bool is_decided(Verdict verdict) {
  return verdict == Verdict::fail || verdict == Verdict::pass || verdict == Verdict::not_applicable;
}

class Search {
 public:
  Search(std::size_t conditions, const VerdictOf& verdict_of)
      : verdict_of_(verdict_of), answers_(conditions, Outcome::unknown) {}

  std::vector<DecidingSet> run() && {
    for (std::size_t size = 1; size <= std::min(most_together, answers_.size()); ++size) {
      choose(size, 0);
    }
    return std::move(found_);
  }

 private:
  /// Sets of `size` that begin with `chosen_` and go on from condition `from`.
  void choose(std::size_t size, std::uint32_t from) {
    if (chosen_.size() == size) {
      try_out();
      return;
    }
    for (std::uint32_t next = from; next < answers_.size(); ++next) {
      chosen_.push_back(next);
      choose(size, next + 1);
      chosen_.pop_back();
    }
  }

  void try_out() {
    Members members;
    for (const std::uint32_t condition : chosen_) members.set(condition);
    const bool known = std::any_of(deciding_.begin(), deciding_.end(),
                                   [&](const Members& less) { return (less & members) == less; });
    if (known) return;
    DecidingSet set;
    for (std::uint32_t bits = 0; bits < (1U << chosen_.size()); ++bits) {
      for (std::size_t at = 0; at < chosen_.size(); ++at) {
        answers_[chosen_[at]] = (bits >> at & 1U) != 0 ? Outcome::yes : Outcome::no;
      }
      const Verdict verdict = verdict_of_(answers_);
      if (is_decided(verdict)) set.outcomes.set(static_cast<std::size_t>(verdict));
    }
    for (const std::uint32_t condition : chosen_) answers_[condition] = Outcome::unknown;
    if (set.outcomes.none()) return;
    set.conditions = chosen_;
    deciding_.push_back(members);
    found_.push_back(std::move(set));
  }

  const VerdictOf& verdict_of_;
  std::vector<Outcome> answers_;
  std::vector<std::uint32_t> chosen_;
  std::vector<Members> deciding_;
  std::vector<DecidingSet> found_;
};

}  // namespace

std::vector<DecidingSet> smallest_sets(std::size_t conditions, const VerdictOf& verdict_of) {
  if (conditions > most_open_conditions) return {};
  return Search(conditions, verdict_of).run();
}

}  // namespace eraudit::evaluate_detail
