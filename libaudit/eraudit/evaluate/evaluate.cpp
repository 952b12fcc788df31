#include "eraudit/evaluate/evaluate.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/evaluate/detail/asks.hpp"
#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/evaluate/detail/rule_budget.hpp"
#include "eraudit/evaluate/detail/state.hpp"

namespace eraudit {
namespace {

using evaluate_detail::BoundRule;
using evaluate_detail::Judgement;
using evaluate_detail::RuleAsks;
using evaluate_detail::RuleBudget;
using evaluate_detail::RuleResult;
using evaluate_detail::TaskRecord;
using evaluate_detail::Weigher;

constexpr std::uint64_t subjects_per_task = 2'048;
constexpr std::uint64_t subjects_per_look = 256;  ///< between looks at the stop token

bool is_finding(Verdict verdict) {
  return verdict < Verdict::unknown;
}

/// Gravest first, and no two are equal.
class FindingOrder {
 public:
  explicit FindingOrder(const Network& network) : network_(&network) {}
  bool operator()(const Finding& a, const Finding& b) const {
    if (a.verdict != b.verdict) return a.verdict < b.verdict;
    if (a.severity.high != b.severity.high) return a.severity.high > b.severity.high;
    if (a.rule != b.rule) return a.rule < b.rule;
    return network_->id(a.subject) < network_->id(b.subject);
  }

 private:
  const Network* network_;
};

/// Keeps the gravest and counts the others.
class FindingList {
 public:
  FindingList(const Network& network, std::size_t most) : order_(network), most_(most) {}

  void add(const Finding& finding) {
    kept_.push_back(finding);
    if (kept_.size() >= 2 * most_ + 1'024) shorten();
  }
  void merge(FindingList other) {
    dropped_ += other.dropped_;
    kept_.insert(kept_.end(), other.kept_.begin(), other.kept_.end());
    shorten();
  }
  /// All that are kept; none is left.
  [[nodiscard]] std::vector<Finding> take_sorted() {
    shorten();
    std::sort(kept_.begin(), kept_.end(), order_);
    return std::exchange(kept_, {});
  }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  void shorten() {
    if (kept_.size() <= most_) return;
    const auto end = kept_.begin() + static_cast<std::ptrdiff_t>(most_);
    std::nth_element(kept_.begin(), end, kept_.end(), order_);
    dropped_ += kept_.size() - most_;
    kept_.erase(end, kept_.end());
  }

  FindingOrder order_;
  std::size_t most_;
  std::uint64_t dropped_ = 0;
  std::vector<Finding> kept_;
};

/// What one thread found out.
struct Share {
  Share(const Network& network, std::size_t most_findings, std::size_t rules)
      : findings(network, most_findings), asks(rules) {}

  FindingList findings;
  std::vector<RuleAsks> asks;                                              ///< by rule
  std::map<std::pair<std::uint32_t, LimitReached>, std::uint64_t> limits;  ///< by rule and limit
  std::map<std::uint32_t, std::uint64_t> cut_facts;                        ///< by rule
};

struct Task {
  std::uint32_t rule = 0;
  std::uint32_t number = 0;  ///< of the rule's tasks
  std::uint64_t first = 0;   ///< position in the population
  std::uint64_t last = 0;
};

class Run {
 public:
  Run(Assessment::State& state, const EvaluationContext& context, const Options& options)
      : state_(state), context_(context), options_(options) {
    for (std::uint32_t rule = 0; rule < state.results.size(); ++rule) {
      RuleResult& result = state.results[rule];
      budgets_.emplace_back(context.limits.rule_fuel);
      if (result.counts.skipped) continue;
      total_ += result.population.size;
      result.verdicts.assign(result.population.size, evaluate_detail::not_reached);
      for (std::uint64_t first = 0; first < result.population.size; first += subjects_per_task) {
        tasks_.push_back({rule, static_cast<std::uint32_t>(first / subjects_per_task), first,
                          std::min(first + subjects_per_task, result.population.size)});
      }
    }
  }

  void all() {
    unsigned threads =
        options_.threads == 0 ? std::thread::hardware_concurrency() : options_.threads;
    threads = static_cast<unsigned>(
        std::min<std::size_t>(std::max(threads, 1U), std::max<std::size_t>(tasks_.size(), 1)));
    std::vector<Share> shares;
    shares.reserve(threads);
    for (unsigned index = 0; index < threads; ++index) {
      shares.emplace_back(state_.network, context_.limits.findings, state_.results.size());
    }
    report(0);
    if (threads == 1) {
      work(shares.front());
    } else {
      std::vector<std::jthread> workers;
      workers.reserve(threads);
      for (Share& share : shares) {
        workers.emplace_back([this, &share] { work(share); });
      }
    }
    if (failure_) std::rethrow_exception(failure_);
    finish(std::move(shares));
  }

 private:
  void work(Share& share) noexcept {
    try {
      Weigher weigher(state_.network, context_, state_.weighing.get());
      std::uint32_t rule = 0;
      while (!cancelled_) {
        const std::size_t next = next_task_++;
        if (next >= tasks_.size()) break;
        // What patterns of one rule keep is of no use to the next.
        if (std::exchange(rule, tasks_[next].rule) != tasks_[next].rule) weigher.forget();
        run(tasks_[next], weigher, share);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      cancelled_ = true;
    }
  }

  void run(const Task& task, Weigher& weigher, Share& share) {
    const BoundRule& rule = state_.bound[task.rule];
    RuleResult& result = state_.results[task.rule];
    RuleBudget& budget = budgets_[task.rule];
    TaskRecord record;
    record.first = task.first;
    record.costs.reserve(task.last - task.first);
    std::uint64_t used = 0;
    std::uint64_t at = task.first;
    for (; at < task.last && !budget.ended(); ++at) {
      if ((at - task.first) % subjects_per_look == 0 &&
          (cancelled_ || options_.stop.stop_requested()))
        break;
      const std::uint64_t left = budget.left();
      if (used >= left) {
        record.cut_short = true;
        break;
      }
      // One more than is left, so that who needs more shows.
      weigher.fuel(std::min(context_.limits.fuel, left - used + 1));
      const NodeId subject = result.population.at(at);
      const Judgement judgement = weigher.judge(rule, subject);
      const SeverityRange severity =
          is_finding(judgement.verdict) ? weigher.told().severity(rule) : SeverityRange();
      record.costs.push_back(std::max<std::uint64_t>(1, weigher.fuel_used()));
      used += record.costs.back();
      if (used > left) {
        record.cut_short = true;
        break;
      }
      if (weigher.cut_short()) {
        record.limits.emplace_back(at, LimitReached{LimitReached::Limit::combinations,
                                                    evaluate_detail::most_combinations});
      }
      result.verdicts[at] = static_cast<std::uint8_t>(judgement.verdict);
      add_asks(share.asks[task.rule], weigher, subject, judgement);
      if (judgement.verdict == Verdict::unknown) {
        const bool cut = (judgement.first != nullptr && judgement.first->more != 0) ||
                         (judgement.second != nullptr && judgement.second->more != 0);
        if (cut) record.cut_facts.push_back(at);
      } else if (is_finding(judgement.verdict)) {
        record.findings.emplace_back(at, Finding{task.rule, subject, judgement.verdict, severity});
        const std::string_view limit =
            judgement.verdict == Verdict::error ? judgement.limit : weigher.told().limit();
        if (auto reached = parse_limit_reached(limit)) record.limits.emplace_back(at, *reached);
      }
    }
    // What there is no fuel for is as good as done.
    report((record.cut_short || budget.ended() ? task.last : at) - task.first);
    budget.done(task.number, std::move(record), [&](const TaskRecord& done, std::uint64_t end) {
      count(task.rule, done, end, share);
    });
  }

  /// What would settle an unknown, and confirm or clear a suspicion.
  void add_asks(RuleAsks& asks, Weigher& weigher, NodeId subject, const Judgement& judgement) {
    Evaluator& evaluator = weigher.told().evaluator();
    const std::span<const Fact> stated = weigher.said_too_weakly();
    if (judgement.verdict == Verdict::unknown) {
      asks.add(state_.network, evaluator, subject, judgement.first, judgement.second, stated);
    } else if (judgement.verdict == Verdict::suspect) {
      asks.add(state_.network, evaluator, subject, evaluator.facts(stated), nullptr, stated);
    }
  }

  static void count(std::uint32_t rule, const TaskRecord& record, std::uint64_t end, Share& share) {
    for (const auto& [at, finding] : record.findings) {
      if (at < end) share.findings.add(finding);
    }
    for (const auto& [at, limit] : record.limits) {
      if (at < end) ++share.limits[{rule, limit}];
    }
    for (const std::uint64_t at : record.cut_facts) {
      if (at < end) ++share.cut_facts[rule];
    }
  }

  void report(std::uint64_t judged) {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    done_ += judged;
    options_.progress({done_, total_});
  }

  void finish(std::vector<Share> shares) {
    FindingList findings(state_.network, context_.limits.findings);
    std::vector<RuleAsks> asks(state_.results.size());
    std::map<std::pair<std::uint32_t, LimitReached>, std::uint64_t> limits;
    std::map<std::uint32_t, std::uint64_t> cut_facts;
    for (Share& share : shares) {
      findings.merge(std::move(share.findings));
      for (std::size_t rule = 0; rule < asks.size(); ++rule) asks[rule].merge(share.asks[rule]);
      for (const auto& [limit, count] : share.limits) limits[limit] += count;
      for (const auto& [rule, count] : share.cut_facts) cut_facts[rule] += count;
    }
    for (std::uint32_t rule = 0; rule < budgets_.size(); ++rule) {
      Share rest(state_.network, context_.limits.findings, state_.results.size());
      budgets_[rule].give_up_waiting(
          [&](const TaskRecord& record, std::uint64_t end) { count(rule, record, end, rest); });
      findings.merge(std::move(rest.findings));
      for (const auto& [limit, count] : rest.limits) limits[limit] += count;
      for (const auto& [of, count] : rest.cut_facts) cut_facts[of] += count;
      if (!budgets_[rule].ended()) continue;
      if (shares.size() > 1) asks[rule] = asks_before(rule, budgets_[rule].end());
      leave_unjudged(rule, budgets_[rule].end(), findings);
    }
    state_.findings = findings.take_sorted();
    state_.run.findings_dropped = findings.dropped();
    for (std::uint32_t rule = 0; rule < asks.size(); ++rule) {
      asks[rule].finish(state_.network, state_.rules.all()[rule], rule, state_.asks,
                        state_.waiting);
    }
    sort_asks();
    const auto note = [&](LimitReached reached, std::uint32_t number, std::uint64_t count) {
      const Rule& rule = state_.rules.all()[number];
      state_.run.limits_hit.push_back(
          {std::move(reached), rule.id, evaluate_detail::place_of(rule), count});
    };
    for (const auto& [limit, count] : limits) note(limit.second, limit.first, count);
    for (std::uint32_t rule = 0; rule < budgets_.size(); ++rule) {
      const RuleResult& result = state_.results[rule];
      if (!result.fuel_end) continue;
      note({LimitReached::Limit::rule_steps, context_.limits.rule_fuel}, rule,
           result.population.size - *result.fuel_end);
    }
    for (const auto& [rule, count] : cut_facts) {
      note({LimitReached::Limit::facts, context_.limits.facts_per_verdict}, rule, count);
    }
    if (state_.run.findings_dropped != 0) {
      state_.run.limits_hit.push_back({{LimitReached::Limit::findings, context_.limits.findings},
                                       {},
                                       {},
                                       state_.run.findings_dropped});
    }
    for (RuleResult& result : state_.results) count(result);
  }

  void sort_asks() {
    const std::vector<Ask>& unsorted = state_.asks;
    std::vector<std::uint32_t> order(unsorted.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
      const Ask& a = unsorted[left];
      const Ask& b = unsorted[right];
      if (a.verdicts != b.verdicts) return a.verdicts > b.verdicts;
      return a.rule != b.rule ? a.rule < b.rule : a.path < b.path;
    });
    std::vector<Ask> sorted;
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t at = 0; at < order.size(); ++at) {
      place[order[at]] = at;
      sorted.push_back(std::move(state_.asks[order[at]]));
    }
    state_.asks = std::move(sorted);
    for (WaitingSet& set : state_.waiting) {
      for (std::uint32_t& ask : set.asks) ask = place[ask];
      std::sort(set.asks.begin(), set.asks.end());
    }
    std::sort(state_.waiting.begin(), state_.waiting.end());
  }

  /// What the subjects before `end` wait for, asked once more: other threads were ahead of where
  /// the fuel of the rule ended.
  RuleAsks asks_before(std::uint32_t number, std::uint64_t end) {
    const RuleResult& result = state_.results[number];
    RuleAsks asks;
    Weigher weigher(state_.network, context_, state_.weighing.get());
    for (std::uint64_t at = 0; at < end; ++at) {
      const auto known = static_cast<Verdict>(result.verdicts[at]);
      if (known != Verdict::unknown && known != Verdict::suspect) continue;
      const NodeId subject = result.population.at(at);
      add_asks(asks, weigher, subject, weigher.judge(state_.bound[number], subject));
    }
    return asks;
  }

  /// From `end` on there was no fuel left for the rule.
  void leave_unjudged(std::uint32_t number, std::uint64_t end, FindingList& findings) {
    RuleResult& result = state_.results[number];
    const Rule& rule = state_.rules.all()[number];
    result.fuel_end = end;
    const SeverityRange severity = rule.severity_program
                                       ? SeverityRange{Severity::none, Severity::critical}
                                       : SeverityRange{rule.severity, rule.severity};
    for (std::uint64_t at = end; at < result.population.size; ++at) {
      result.verdicts[at] = static_cast<std::uint8_t>(Verdict::error);
      findings.add({number, result.population.at(at), Verdict::error, severity});
    }
  }

  void count(RuleResult& result) {
    RuleCounts& counts = result.counts;
    counts.selected = result.population.size;
    if (counts.skipped) {
      counts.by_verdict[static_cast<std::size_t>(Verdict::not_applicable)] = counts.selected;
      return;
    }
    for (std::uint8_t& verdict : result.verdicts) {
      if (verdict == evaluate_detail::not_reached) {
        verdict = static_cast<std::uint8_t>(Verdict::unknown);
        ++counts.not_reached;
      }
      ++counts.by_verdict[verdict];
    }
    const auto of = [&](Verdict verdict) {
      return counts.by_verdict[static_cast<std::size_t>(verdict)];
    };
    counts.applicable = counts.selected - of(Verdict::not_applicable) - counts.not_reached;
    counts.decided = of(Verdict::fail) + of(Verdict::suspect) + of(Verdict::pass);
    counts.skipped = counts.selected != 0 && counts.not_reached == counts.selected;
    state_.run.stopped = state_.run.stopped || counts.not_reached != 0;
  }

  Assessment::State& state_;
  const EvaluationContext& context_;
  const Options& options_;
  std::vector<Task> tasks_;
  std::deque<RuleBudget> budgets_;  ///< by rule
  std::uint64_t total_ = 0;
  std::atomic<std::size_t> next_task_{0};
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  std::exception_ptr failure_;
};

evaluate_detail::Population population_of(const Network& network, const Rule& rule) {
  evaluate_detail::Population population;
  for (const KindId kind : rule.kinds) {
    const IdRange<NodeId> nodes = network.nodes(kind);
    if (nodes.empty()) continue;
    population.parts.push_back(
        {nodes.first, static_cast<std::uint32_t>(nodes.size()), population.size});
    population.size += nodes.size();
  }
  return population;
}

}  // namespace

std::string_view to_text(RunFile::Role role) noexcept {
  switch (role) {
    case RunFile::Role::schema:
      return "schema";
    case RunFile::Role::rates:
      return "rates";
    case RunFile::Role::proof:
      return "proof";
  }
  return "schema";
}

std::string_view to_text(ProofWeighed weighed) noexcept {
  switch (weighed) {
    case ProofWeighed::not_asked:
      return "not-asked";
    case ProofWeighed::no_sources:
      return "no-sources";
    case ProofWeighed::no_table:
      return "no-table";
    case ProofWeighed::by_draft:
      return "by-draft";
    case ProofWeighed::by_table:
      return "by-table";
  }
  return "not-asked";
}

RunFile run_file(RunFile::Role role, const Source& source) {
  return {role, source.name(), source.text().size(), sha256(source.text())};
}

Assessment evaluate(const Network& network, const Rules& rules, const Options& options) {
  const std::optional<Date> as_of = options.as_of ? options.as_of : network.as_of();
  if (!as_of) {
    throw Error(ErrorCode::bad_argument,
                "an assessment needs the day that it speaks for: the network says none, so the "
                "caller must");
  }
  EvaluationContext context;
  context.as_of = *as_of;
  context.at = *as_of;
  context.rates = options.rates;
  context.limits = options.limits;
  auto state = std::make_shared<Assessment::State>(
      network, rules, context,
      options.proof ? options.proof : builtin_proof_table(network.schema()));
  state->run.as_of = *as_of;
  state->run.files = options.files;
  if (const RatesFile* const file = options.rates.file()) {
    state->run.files.push_back({RunFile::Role::rates, file->path, file->bytes, file->sha256});
  }
  state->run.proof = evaluate_detail::weighed(state->network, state->rules, state->weighing.get());
  if (state->weighing != nullptr && state->weighing->by_proof()) {
    state->run.files.push_back(
        run_file(RunFile::Role::proof, *state->weighing->sources().table().source));
  }
  state->bound.reserve(rules.size());
  for (const Rule& rule : state->rules.all()) {
    state->bound.push_back(evaluate_detail::bind_rule(rule, *rules.schema(), state->network));
    RuleResult result;
    result.population = population_of(state->network, rule);
    result.counts.skipped =
        (rule.since && *as_of < *rule.since) || (rule.until && *rule.until < *as_of);
    state->results.push_back(std::move(result));
  }
  Run(*state, context, options).all();
  return Assessment(std::move(state));
}

}  // namespace eraudit
