#pragma once
// What one rule may cost over all its subjects.
//
// Subjects are judged in tasks by several threads, and yet where the fuel of a rule ends must not
// hang on how fast they are. It ends at the first subject that, with all before it in the order of
// the population, would need more than there is. So what a task found out counts when all tasks
// before it are done; until then it goes on with what is left at most.

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"

namespace eraudit::evaluate_detail {

/// What a task found out of its subjects, by their positions in the population.
struct TaskRecord {
  std::uint64_t first = 0;
  std::vector<std::uint64_t> costs;  ///< of one subject after another
  bool cut_short = false;            ///< it stopped since no fuel was left
  std::vector<std::pair<std::uint64_t, Finding>> findings;
  std::vector<std::pair<std::uint64_t, LimitReached>> limits;  ///< that were reached
  std::vector<std::uint64_t> cut_facts;  ///< where facts were too many to be kept
};

/// Of one rule; safe from many threads.
class RuleBudget {
 public:
  explicit RuleBudget(std::uint64_t fuel) : fuel_(fuel) {}

  /// What the subjects of later tasks can have at most. Exact for the first that is not done.
  [[nodiscard]] std::uint64_t left() const noexcept { return fuel_ - used_; }
  /// It ended in a task that is done: those behind it need not go on.
  [[nodiscard]] bool ended() const noexcept { return end_ != none; }
  /// The position of the first subject that there was no fuel for; `none` if there was for all.
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }
  static constexpr std::uint64_t none = UINT64_MAX;

  /// Hands over what task `number` of the rule found. `take(record, end)` is called with those that
  /// count now, one at a time; only what lies before `end` counts.
  template <class Take>
  void done(std::uint32_t number, TaskRecord record, const Take& take) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(number, std::move(record));
    for (auto at = waiting_.find(next_); at != waiting_.end() && !ended();
         at = waiting_.find(++next_)) {
      settle(at->second);
      take(at->second, end_.load());
      waiting_.erase(at);
    }
    if (ended()) waiting_.clear();
  }
  /// After a run that was stopped: what waits for tasks that are not to come counts as it is.
  template <class Take>
  void give_up_waiting(const Take& take) {
    for (auto& [number, record] : waiting_) take(record, none);
    waiting_.clear();
  }

 private:
  void settle(const TaskRecord& record) {
    std::uint64_t used = used_;
    for (std::size_t at = 0; at < record.costs.size(); ++at) {
      if (record.costs[at] > fuel_ - used) {
        end_ = record.first + at;
        return;
      }
      used += record.costs[at];
    }
    used_ = used;
    if (record.cut_short) end_ = record.first + record.costs.size();
  }

  const std::uint64_t fuel_;
  std::atomic<std::uint64_t> used_{0};  ///< by tasks that count
  std::atomic<std::uint64_t> end_{none};
  std::mutex mutex_;
  std::uint32_t next_ = 0;  ///< the first task that is not done
  std::map<std::uint32_t, TaskRecord> waiting_;
};

}  // namespace eraudit::evaluate_detail
