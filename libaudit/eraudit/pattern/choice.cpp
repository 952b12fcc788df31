#include "eraudit/pattern/detail/choice.hpp"

#include <algorithm>
#include <utility>

namespace eraudit::pattern_detail {
namespace {

bool within(const FactSet* some, const FactSet* all) {
  if (some == nullptr) return true;
  if (all == nullptr || some->more != 0) return false;
  return std::includes(all->facts.begin(), all->facts.end(), some->facts.begin(),
                       some->facts.end());
}

}  // namespace

bool Choice::before(const Candidate& a, const Candidate& b) const {
  if (all_shortest_) return a.edges.size() < b.edges.size();
  return compare_rows(a.nodes, a.edges, a.ends, b.nodes, b.edges, b.ends) < 0;
}

void Choice::offer(const FoundRow& row, std::vector<std::uint32_t> key) {
  Candidate candidate;
  candidate.nodes.assign(row.nodes.begin(), row.nodes.end());
  candidate.edges.assign(row.edges.begin(), row.edges.end());
  candidate.ends.assign(row.ends.begin(), row.ends.end());
  candidate.key = std::move(key);
  candidate.mark = row.mark;
  candidate.error = row.mark.error.is(ValueKind::error);
  if (candidate.mark.facts != nullptr) candidate.mark.error = {};
  Group& group = groups_[row.nodes.back()];
  const auto order = [](const Candidate& a, const Candidate& b) {
    return compare_rows(a.nodes, a.edges, a.ends, b.nodes, b.edges, b.ends) < 0;
  };
  // Behind a certain one there are none, or only as long ones.
  const auto first_certain = std::find_if(group.begin(), group.end(),
                                          [](const Candidate& one) { return one.mark.certain(); });
  const auto looked_at = static_cast<std::uint64_t>(first_certain - group.begin());
  if (!s_.spend(looked_at / 16)) return;
  if (first_certain != group.end() && before(*first_certain, candidate)) return;
  if (!room_for_row(s_, size_)) return;
  const auto behind_it = std::upper_bound(group.begin(), group.end(), candidate, order);
  if (!s_.spend(static_cast<std::uint64_t>(group.end() - behind_it) / 8)) return;
  const auto place = group.insert(behind_it, std::move(candidate));
  ++size_;
  if (!place->mark.certain()) return;
  const auto behind = std::find_if(place + 1, group.end(),
                                   [&](const Candidate& one) { return before(*place, one); });
  size_ -= static_cast<std::size_t>(group.end() - behind);
  group.erase(behind, group.end());
}

void Choice::broken_off(std::size_t at_least, const FactSet* facts) {
  const FactSet*& all = broken_off_[at_least];
  all = s_.evaluator.merge(all, facts);
}

void Choice::cut_off(std::size_t at_least) {
  cut_off_ = std::min(cut_off_, at_least);
}

void Choice::settle(Group& group) {
  Group kept;
  for (Candidate& candidate : group) {
    if (!s_.spend(kept.size())) return;
    const bool replaced = std::any_of(kept.begin(), kept.end(), [&](const Candidate& one) {
      return (!one.error || candidate.error) && before(one, candidate) &&
             within(one.mark.facts, candidate.mark.facts);
    });
    if (replaced) continue;
    candidate.hangs = candidate.mark;
    for (const Candidate& one : kept) {
      if (!before(one, candidate)) break;
      s_.add(candidate.hangs, one.mark.facts);
      if (one.mark.error.is(ValueKind::error)) candidate.hangs.error = one.mark.error;
    }
    const std::size_t length = candidate.edges.size();
    const auto comes_before = [&](std::size_t edges) {
      return all_shortest_ ? edges < length : edges <= length;
    };
    for (const auto& [edges, facts] : broken_off_) {
      if (comes_before(edges)) s_.add(candidate.hangs, facts);
    }
    if (cut_off_ != SIZE_MAX && comes_before(cut_off_)) candidate.hangs.error = s_.findings.limit;
    kept.push_back(std::move(candidate));
  }
  group = std::move(kept);
}

void Choice::write(RowKeeper& keeper, bool all_rows) {
  for (auto& [end, group] : groups_) {
    if (s_.stop) return;
    settle(group);
    if (s_.stop) return;
    for (const Candidate& one : group) {
      const FoundRow row{one.nodes, one.edges, one.ends, one.hangs};
      if (all_rows) {
        keeper.write(row);
      } else {
        keeper.keep(one.key, row);
      }
    }
  }
}

void Choice::count() {
  for (auto& [end, group] : groups_) {
    if (s_.stop) return;
    settle(group);
    if (s_.stop) return;
    count(group);
  }
}

void Choice::count(const Group& group) {
  Findings& found = s_.findings;
  const FactSet* facts = nullptr;
  bool certain = false;
  for (const Candidate& one : group) {
    certain = certain || one.mark.certain();
    if (one.mark.error.is(ValueKind::error)) {
      if (one.hangs.facts == nullptr) {
        if (!found.error.is(ValueKind::error)) found.error = one.mark.error;
      } else {
        found.vague = true;
        found.facts = s_.evaluator.merge(found.facts, one.hangs.facts);
      }
    }
    if (one.mark.facts != nullptr) facts = s_.evaluator.merge(facts, one.mark.facts);
  }
  if (all_shortest_) {
    found.facts = s_.evaluator.merge(found.facts, facts);
    count_all_shortest(group);
  } else if (certain) {
    ++found.certain;  // one of them, whichever
  } else if (facts != nullptr) {
    ++found.possible;
    found.facts = s_.evaluator.merge(found.facts, facts);
  }
}

/// All rows of one length are taken, whatever becomes known: the fewest and the most that may be.
void Choice::count_all_shortest(const Group& group) {
  Findings& found = s_.findings;
  std::uint64_t most = 0;
  std::uint64_t fewest = 0;
  for (std::size_t begin = 0; begin < group.size();) {
    std::uint64_t certain = 0;
    std::uint64_t all = 0;
    std::size_t end = begin;
    for (; end < group.size() && group[end].edges.size() == group[begin].edges.size(); ++end) {
      if (group[end].mark.certain()) ++certain;
      if (!group[end].mark.error.is(ValueKind::error)) ++all;
    }
    most = std::max(most, all);
    if (certain > 0) {
      const bool first = begin == 0 && (broken_off_.empty() ||
                                        broken_off_.begin()->first >= group[begin].edges.size());
      fewest = first ? certain : 1;
    }
    begin = end;
  }
  found.certain += fewest;
  found.possible += most - fewest;
}

}  // namespace eraudit::pattern_detail
