#pragma once
// What unknown verdicts wait for, counted as they come.

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/fact.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit::evaluate_detail {

/// Facts of one attribute that one rule waits for. Merging two is commutative, so that the number
/// of threads never shows.
class AskCount {
 public:
  static constexpr std::size_t told_apart = 16'384;  ///< distinct facts kept one by one
  static constexpr std::size_t examples_kept = 5;

  struct Example {
    Fact fact;         ///< its `row` is 0 if `text` tells it
    std::string text;  ///< of a table
    friend auto operator<=>(const Example&, const Example&) = default;
  };

  /// `own`: 0 a fact of something else, 1 of the subject itself, 2 and 3 of an edge that leaves or
  /// reaches it. Each subject has its own such facts, so they are told apart by counting.
  void add(const Fact& fact, std::string_view text, unsigned own, std::uint64_t verdict);
  /// Somebody states it for the verdict that was added last, without the proof demanded.
  void is_stated() noexcept;
  void facts_were_dropped() noexcept { dropped_ = true; }
  void merge(const AskCount& other);
  void finish(Ask& ask) const;
  [[nodiscard]] const std::vector<Example>& examples() const noexcept { return examples_; }

 private:
  void remember(Example example);
  void compact();

  std::uint64_t verdicts_ = 0;
  std::uint64_t last_verdict_ = 0;
  std::uint64_t stated_ = 0;  ///< verdicts
  std::uint64_t last_stated_ = 0;
  std::array<std::uint64_t, 4> by_owner_{};
  std::vector<Fact> facts_;      ///< not sorted, with repetitions, until `compact`
  std::set<std::string> texts_;  ///< instead, of tables
  bool too_many_ = false;
  bool dropped_ = false;
  std::vector<Example> examples_;  ///< the smallest, sorted
};

/// All facts that one rule waits for.
class RuleAsks {
 public:
  /// `stated`: of these facts, in order, those that somebody states without the proof demanded.
  void add(const Network& network, Evaluator& evaluator, NodeId subject, const FactSet* first,
           const FactSet* second, std::span<const Fact> stated);
  void merge(const RuleAsks& other);
  /// Appends one ask per attribute, and what waits for the same of them; `WaitingSet::asks` are
  /// places in `asks`.
  void finish(const Network& network, const Rule& rule, std::uint32_t index, std::vector<Ask>& asks,
              std::vector<WaitingSet>& waiting) const;

 private:
  /// Which attribute: facts with one key have one path.
  struct Key {
    Fact::Kind kind = Fact::Kind::named;
    Side side = Side::from;
    std::uint16_t code = 0;
    std::uint16_t owner = 0;  ///< kind of the node
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  using Place = std::uint16_t;  ///< in `counts_`
  Place place_of(const Key& key);

  std::uint64_t verdicts_ = 0;
  std::vector<std::pair<Key, AskCount>> counts_;         ///< few
  std::map<std::vector<Place>, std::uint64_t> waiting_;  ///< verdicts by what they wait for
  std::vector<Place> touched_;                           ///< by the verdict that is added
};

}  // namespace eraudit::evaluate_detail
