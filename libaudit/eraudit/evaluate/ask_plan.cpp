#include "eraudit/evaluate/ask_plan.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace eraudit {
namespace {

constexpr std::size_t most_sets = 1'024;

/// Verdicts that wait for the same questions.
struct Need {
  std::vector<std::uint32_t> questions;  ///< by number, in order
  std::uint64_t verdicts = 0;
  Severity gravest = Severity::none;
  std::size_t missing = 0;  ///< of `questions`, not yet asked
};

class Planner {
 public:
  explicit Planner(const Assessment& assessment) : assessment_(assessment) {
    collect_questions();
    collect_needs();
    share_out();
  }

  AskPlan make() && {
    asked_.assign(plan_.asks.size(), false);
    std::vector<PlannedAsk> ordered;
    while (const Need* const need = best()) {
      std::vector<std::uint32_t> next;
      for (const std::uint32_t question : need->questions) {
        if (!asked_[question]) next.push_back(question);
      }
      // What more wait for comes first: it is worth more if nobody comes to the rest.
      std::stable_sort(next.begin(), next.end(), [&](std::uint32_t a, std::uint32_t b) {
        return plan_.asks[a].waiting > plan_.asks[b].waiting;
      });
      for (const std::uint32_t question : next) ordered.push_back(ask(question));
    }
    // Those that only stand in what was left out, in the order of `Assessment::asks`.
    for (std::uint32_t question = 0; question < asked_.size(); ++question) {
      if (!asked_[question]) ordered.push_back(ask(question));
    }
    plan_.asks = std::move(ordered);
    return std::move(plan_);
  }

 private:
  void collect_questions() {
    std::map<std::string_view, std::uint32_t> numbers;
    const auto asks = assessment_.asks();
    for (std::uint32_t place = 0; place < asks.size(); ++place) {
      const auto number = static_cast<std::uint32_t>(plan_.asks.size());
      const auto [at, fresh] = numbers.try_emplace(asks[place].path, number);
      if (fresh) plan_.asks.emplace_back().path = asks[place].path;
      question_of_.push_back(at->second);
      plan_.asks[at->second].asks.push_back(place);
    }
  }

  void collect_needs() {
    std::map<std::vector<std::uint32_t>, Need> by_questions;
    for (const WaitingSet& set : assessment_.waiting()) {
      std::vector<std::uint32_t> questions;
      for (const std::uint32_t place : set.asks) questions.push_back(question_of_[place]);
      std::sort(questions.begin(), questions.end());
      Need& need = by_questions[questions];
      need.questions = std::move(questions);
      need.verdicts += set.verdicts;
      need.gravest = std::max(need.gravest, gravest(assessment_.rules().all()[set.rule]));
    }
    for (auto& [questions, need] : by_questions) needs_.push_back(std::move(need));
    std::stable_sort(needs_.begin(), needs_.end(),
                     [](const Need& a, const Need& b) { return a.verdicts > b.verdicts; });
    if (needs_.size() > most_sets) needs_.resize(most_sets);
    for (Need& need : needs_) {
      need.missing = need.questions.size();
      plan_.waiting += need.verdicts;
      for (const std::uint32_t question : need.questions) {
        plan_.asks[question].waiting += need.verdicts;
      }
    }
    const RuleCounts totals = assessment_.totals();
    const std::uint64_t open = totals.by_verdict[std::size_t(Verdict::unknown)] +
                               totals.by_verdict[std::size_t(Verdict::suspect)];
    plan_.left_out = open - std::min(open, plan_.waiting);
  }

  /// Sums of the largest shares. Shares are kept in 1/720,720ths: whole up to 16 questions, and
  /// rounded up beyond, so that the bound stays one.
  void share_out() {
    constexpr std::uint64_t whole = 720'720;
    std::vector<std::uint64_t> shares(plan_.asks.size(), 0);
    for (const Need& need : needs_) {
      const std::uint64_t part = (whole + need.questions.size() - 1) / need.questions.size();
      for (const std::uint32_t question : need.questions) shares[question] += part * need.verdicts;
    }
    std::sort(shares.begin(), shares.end(), std::greater<>());
    std::uint64_t sum = 0;
    for (const std::uint64_t share : shares) {
      sum += share;
      bounds_.push_back(std::min(sum / whole, plan_.waiting));
    }
  }

  /// The need that is cheapest to settle for what it settles; null: nothing waits any more.
  [[nodiscard]] const Need* best() const {
    const Need* found = nullptr;
    std::tuple<double, Severity, std::uint64_t> best_rank;
    for (const Need& need : needs_) {
      if (need.missing == 0) continue;
      std::uint64_t verdicts = 0;
      Severity gravest = Severity::none;
      for (const Need& other : needs_) {
        if (other.missing == 0 || other.missing > need.missing || !within(other, need)) continue;
        verdicts += other.verdicts;
        gravest = std::max(gravest, other.gravest);
      }
      const std::tuple rank(static_cast<double>(verdicts) / static_cast<double>(need.missing),
                            gravest, verdicts);
      if (found == nullptr || rank > best_rank) {
        found = &need;
        best_rank = rank;
      }
    }
    return found;
  }

  /// Whether all that `small` still misses is asked for `large`.
  [[nodiscard]] bool within(const Need& small, const Need& large) const {
    return std::all_of(small.questions.begin(), small.questions.end(), [&](std::uint32_t question) {
      return asked_[question] ||
             std::binary_search(large.questions.begin(), large.questions.end(), question);
    });
  }

  [[nodiscard]] PlannedAsk ask(std::uint32_t question) {
    PlannedAsk planned = plan_.asks[question];
    asked_[question] = true;
    for (Need& need : needs_) {
      if (!std::binary_search(need.questions.begin(), need.questions.end(), question)) continue;
      if (--need.missing != 0) continue;
      planned.settles += need.verdicts;
      planned.gravest = std::max(planned.gravest, need.gravest);
    }
    settled_ += planned.settles;
    planned.settled = settled_;
    planned.at_most = bounds_[asked_count_++];
    return planned;
  }

  const Assessment& assessment_;
  AskPlan plan_;
  std::vector<std::uint32_t> question_of_;  ///< by place in `Assessment::asks`
  std::vector<Need> needs_;
  std::vector<std::uint64_t> bounds_;  ///< by number of questions, from one
  std::vector<bool> asked_;
  std::uint64_t settled_ = 0;
  std::size_t asked_count_ = 0;
};

}  // namespace

AskPlan plan_asks(const Assessment& assessment) {
  return Planner(assessment).make();
}

}  // namespace eraudit
