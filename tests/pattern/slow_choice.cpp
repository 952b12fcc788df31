#include <algorithm>

#include "tests/pattern/slow.hpp"

namespace eraudit::test {

/// Each row against each other of its ends, by what the words say: it is taken if it is there, and
/// nothing that comes before it is.
std::vector<SlowRow> slow_choice(PatternMode mode, const SlowResult& all) {
  const bool all_shortest = mode == PatternMode::all_shortest;
  const auto comes_before = [&](const SlowRow& a, const SlowRow& b) {
    if (a.nodes.back() != b.nodes.back()) return false;
    return all_shortest ? a.edges.size() < b.edges.size() : a.before(b);
  };
  // There whenever the other is: then the other is never taken, or both are errors.
  const auto replaces = [&](const SlowRow& a, const SlowRow& b) {
    return (!a.error || b.error) && comes_before(a, b) &&
           std::includes(b.facts.begin(), b.facts.end(), a.facts.begin(), a.facts.end());
  };
  std::vector<const SlowRow*> left;
  for (const SlowRow& row : all.rows) {
    const bool replaced = std::any_of(all.rows.begin(), all.rows.end(),
                                      [&](const SlowRow& other) { return replaces(other, row); });
    if (!replaced) left.push_back(&row);
  }
  std::vector<SlowRow> out;
  for (const SlowRow* row : left) {
    SlowRow taken = *row;
    for (const SlowRow* other : left) {
      if (!comes_before(*other, *row)) continue;
      taken.facts.insert(other->facts.begin(), other->facts.end());
      if (other->status == Status::error) taken.status = Status::error;
    }
    for (const SlowResult::Broken& broken : all.broken) {
      const bool may =
          all_shortest ? broken.edges < row->edges.size() : broken.edges <= row->edges.size();
      if (may) taken.facts.insert(broken.facts.begin(), broken.facts.end());
    }
    if (!taken.facts.empty()) taken.status = Status::possible;
    out.push_back(std::move(taken));
  }
  return out;
}

}  // namespace eraudit::test
