#include "eraudit/evaluate/detail/asks.hpp"

#include <algorithm>

#include "eraudit/evaluate/detail/facts.hpp"

namespace eraudit::evaluate_detail {

void AskCount::add(const Fact& fact, std::string_view text, unsigned own, std::uint64_t verdict) {
  if (verdict != last_verdict_) ++verdicts_;
  last_verdict_ = verdict;
  ++by_owner_.at(own);
  const bool by_text = !text.empty();
  if (!too_many_) {
    if (by_text) {
      texts_.emplace(text);
      too_many_ = texts_.size() > told_apart;
    } else {
      facts_.push_back(fact);
      if (facts_.size() >= 2 * told_apart) compact();
    }
    if (too_many_) {
      texts_.clear();
      facts_ = {};
    }
  }
  Example example{fact, std::string(text)};
  if (by_text) example.fact.row = 0;
  if (examples_.size() < examples_kept || example < examples_.back()) remember(std::move(example));
}

void AskCount::is_stated() noexcept {
  if (last_stated_ != last_verdict_) ++stated_;
  last_stated_ = last_verdict_;
}

void AskCount::remember(Example example) {
  const auto at = std::lower_bound(examples_.begin(), examples_.end(), example);
  if (at != examples_.end() && *at == example) return;
  examples_.insert(at, std::move(example));
  if (examples_.size() > examples_kept) examples_.pop_back();
}

void AskCount::compact() {
  std::sort(facts_.begin(), facts_.end());
  facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
  too_many_ = too_many_ || facts_.size() > told_apart;
}

void AskCount::merge(const AskCount& other) {
  verdicts_ += other.verdicts_;
  stated_ += other.stated_;
  for (std::size_t index = 0; index < by_owner_.size(); ++index)
    by_owner_[index] += other.by_owner_[index];
  too_many_ = too_many_ || other.too_many_;
  dropped_ = dropped_ || other.dropped_;
  if (!too_many_) {
    facts_.insert(facts_.end(), other.facts_.begin(), other.facts_.end());
    texts_.insert(other.texts_.begin(), other.texts_.end());
    compact();
    too_many_ = too_many_ || texts_.size() > told_apart;
  }
  if (too_many_) {
    texts_.clear();
    facts_ = {};
  }
  for (const Example& example : other.examples_) remember(example);
}

void AskCount::finish(Ask& ask) const {
  ask.verdicts = verdicts_;
  ask.stated = stated_;
  std::vector<Fact> facts = facts_;
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  if (!too_many_ && facts.size() <= told_apart) {
    ask.facts = std::max(facts.size(), texts_.size());
    ask.at_least = dropped_;
    return;
  }
  // Only facts of one kind of owner: each subject has its own, so counting them was enough.
  const auto owners =
      std::count_if(by_owner_.begin(), by_owner_.end(), [](std::uint64_t n) { return n != 0; });
  if (owners == 1 && by_owner_[0] == 0) {
    ask.facts = *std::max_element(by_owner_.begin(), by_owner_.end());
    ask.at_least = dropped_;
    return;
  }
  ask.facts = std::max<std::uint64_t>(told_apart,
                                      *std::max_element(by_owner_.begin() + 1, by_owner_.end()));
  ask.at_least = true;
}

RuleAsks::Place RuleAsks::place_of(const Key& key) {
  const auto found = std::find_if(counts_.begin(), counts_.end(),
                                  [&](const auto& entry) { return entry.first == key; });
  const auto place = static_cast<Place>(found - counts_.begin());
  if (found == counts_.end()) counts_.emplace_back(key, AskCount());
  return place;
}

void RuleAsks::add(const Network& network, Evaluator& evaluator, NodeId subject,
                   const FactSet* first, const FactSet* second, std::span<const Fact> stated) {
  ++verdicts_;
  touched_.clear();
  const bool dropped =
      (first != nullptr && first->more != 0) || (second != nullptr && second->more != 0);
  const auto add_one = [&](const Fact& fact) {
    Key key{fact.kind, fact.side, fact.code, 0};
    unsigned own = 0;
    std::string_view text;
    switch (fact.kind) {
      case Fact::Kind::node_attribute:
      case Fact::Kind::list:
        key.owner = network.kind(NodeId{fact.row}).index;
        own = fact.row == subject.index ? 1 : 0;
        break;
      case Fact::Kind::edge_attribute:
        key.owner = network.table(EdgeId{fact.row}).kind.index;
        own = network.to(EdgeId{fact.row}) == subject     ? 3
              : network.from(EdgeId{fact.row}) == subject ? 2
                                                          : 0;
        break;
      case Fact::Kind::rate:
        key.code = 0;
        break;
      case Fact::Kind::table:
      case Fact::Kind::named:
        text = evaluator.name(fact);
        break;
    }
    touched_.push_back(place_of(key));
    AskCount& entry = counts_[touched_.back()].second;
    entry.add(fact, text, own, verdicts_);
    if (std::binary_search(stated.begin(), stated.end(), fact)) entry.is_stated();
    if (dropped) entry.facts_were_dropped();
  };
  for (const FactSet* facts : {first, second}) {
    if (facts == nullptr) continue;
    for (const Fact& fact : facts->facts) {
      if (goes_with_edge(network, fact, first, second)) continue;
      // Once only: what both wait for was added with the first.
      if (facts == second && first != nullptr &&
          std::binary_search(first->facts.begin(), first->facts.end(), fact)) {
        continue;
      }
      add_one(fact);
    }
  }
  // What waits for more than could be told apart is settled by no answers that could be named.
  if (dropped || touched_.empty()) return;
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  ++waiting_[touched_];
}

void RuleAsks::merge(const RuleAsks& other) {
  std::vector<Place> places;
  for (const auto& [key, entry] : other.counts_) {
    places.push_back(place_of(key));
    counts_[places.back()].second.merge(entry);
  }
  for (const auto& [set, verdicts] : other.waiting_) {
    std::vector<Place> here;
    for (const Place place : set) here.push_back(places[place]);
    std::sort(here.begin(), here.end());
    waiting_[here] += verdicts;
  }
}

void RuleAsks::finish(const Network& network, const Rule& rule, std::uint32_t index,
                      std::vector<Ask>& asks, std::vector<WaitingSet>& waiting) const {
  const auto first = static_cast<std::uint32_t>(asks.size());
  for (const auto& [key, entry] : counts_) {
    Ask ask;
    ask.rule = index;
    entry.finish(ask);
    for (const AskCount::Example& example : entry.examples()) {
      ask.examples.push_back(example.fact);
      ask.names.push_back(fact_name(network, example.fact, example.text));
    }
    ask.path =
        fact_path(network, rule, entry.examples().front().fact, entry.examples().front().text);
    asks.push_back(std::move(ask));
  }
  for (const auto& [set, verdicts] : waiting_) {
    WaitingSet& made = waiting.emplace_back(WaitingSet{index, {}, verdicts});
    for (const Place place : set) made.asks.push_back(first + place);
  }
}

}  // namespace eraudit::evaluate_detail
