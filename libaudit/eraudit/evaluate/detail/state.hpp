#pragma once
// What an `Assessment` handle shares.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/evaluate/detail/weigher.hpp"

namespace eraudit {
namespace evaluate_detail {

/// The subjects of a rule: the nodes of its kinds, one kind after another.
struct Population {
  struct Part {
    std::uint32_t first = 0;  ///< node id
    std::uint32_t count = 0;
    std::uint64_t offset = 0;  ///< of its first node in the population
  };
  std::vector<Part> parts;
  std::uint64_t size = 0;

  [[nodiscard]] std::optional<std::uint64_t> find(NodeId node) const noexcept {
    for (const Part& part : parts) {
      if (node.index >= part.first && node.index - part.first < part.count) {
        return part.offset + (node.index - part.first);
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] NodeId at(std::uint64_t index) const noexcept {
    for (const Part& part : parts) {
      if (index < part.offset + part.count) {
        return {part.first + static_cast<std::uint32_t>(index - part.offset)};
      }
    }
    return {};
  }
};

/// Stands for a verdict that was not reached; never leaves `evaluate`.
inline constexpr std::uint8_t not_reached = 0xFF;

struct RuleResult {
  Population population;
  std::vector<std::uint8_t>
      verdicts;  ///< by position in the population; empty if the rule was skipped
  /// From this position on `Limits::rule_fuel` was used up: these were not judged.
  std::optional<std::uint64_t> fuel_end;
  RuleCounts counts;
};

/// `worker-paid.yaml:14`, where the condition of a rule stands; empty if it is in no file.
[[nodiscard]] std::string place_of(const Rule& rule);

/// Weighers that wait for work: making one is dear, and messages are asked for one by one.
class WeigherPool {
 public:
  /// `weighing`: as `Weigher`.
  WeigherPool(const Network& network, EvaluationContext context, const Weighing* weighing)
      : network_(network), context_(std::move(context)), weighing_(weighing) {}

  /// Returned when it is destroyed.
  class Lease {
   public:
    explicit Lease(WeigherPool& pool) : pool_(pool), weigher_(pool.take()) {}
    ~Lease() { pool_.give(std::move(weigher_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Weigher* operator->() noexcept { return weigher_.get(); }
    Weigher& operator*() noexcept { return *weigher_; }

   private:
    WeigherPool& pool_;
    std::unique_ptr<Weigher> weigher_;
  };

 private:
  std::unique_ptr<Weigher> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<Weigher>(network_, context_, weighing_);
    std::unique_ptr<Weigher> weigher = std::move(idle_.back());
    idle_.pop_back();
    return weigher;
  }
  void give(std::unique_ptr<Weigher> weigher) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < 16) idle_.push_back(std::move(weigher));
  }

  const Network& network_;  ///< of the state that this is part of
  EvaluationContext context_;
  const Weighing* weighing_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Weigher>> idle_;
};

}  // namespace evaluate_detail

struct Assessment::State {
  State(Network of, Rules by, const EvaluationContext& context, ProofTablePtr table)
      : network(std::move(of)),
        rules(std::move(by)),
        rates(context.rates),
        limits(context.limits),
        weighing(evaluate_detail::Weighing::of(network, std::move(table), rules, context.as_of)),
        weighers(network, context, weighing.get()) {}

  Network network;
  Rules rules;
  Rates rates;
  Limits limits;
  RunInformation run;
  std::vector<evaluate_detail::BoundRule> bound;
  std::vector<evaluate_detail::RuleResult> results;
  std::vector<Finding> findings;
  std::vector<Ask> asks;
  std::vector<WaitingSet> waiting;
  std::unique_ptr<const evaluate_detail::Weighing> weighing;  ///< null: there is nothing to weigh
  mutable evaluate_detail::WeigherPool weighers;

  /// Why a subject was not judged, if it was for want of `Limits::rule_fuel`; else empty.
  [[nodiscard]] std::string no_fuel_for(std::size_t rule, NodeId subject) const;
};

}  // namespace eraudit
