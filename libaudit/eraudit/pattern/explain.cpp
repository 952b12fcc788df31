// Rows in words: their paths, the conditions that make them rows, the lists that were relied on.

#include <algorithm>

#include "eraudit/pattern/detail/search.hpp"

namespace eraudit {

using pattern_detail::Check;
using pattern_detail::RowReader;
using pattern_detail::Site;

// Each path adds its first node to those that its edges lead to. A step without edges ends where it
// began.
NodeId RowReader::node_at(std::uint32_t site) const {
  const std::vector<Site>& all = state_.plan.sites;
  while (all[site].kind == Site::Kind::step && ends_[site] == ends_[site - 1]) {
    const bool new_arm = all[site].new_arm;
    --site;
    while (new_arm && all[site].kind != Site::Kind::start) --site;
  }
  const bool start = all[site].kind == Site::Kind::start;
  const std::uint32_t before = start ? (site > 0 ? ends_[site - 1] : 0) : ends_[site];
  return nodes_[before + all[site].path_number];
}

// The arm to the left is read from its inside.
MatchedPath RowReader::path(std::uint32_t number) const {
  MatchedPath left;
  MatchedPath right;
  for (std::uint32_t i = 0; i < state_.plan.sites.size(); ++i) {
    const Site& site = state_.plan.sites[i];
    if (site.path != number) continue;
    if (site.kind == Site::Kind::start) {
      right.nodes.push_back(node_at(i));
      continue;
    }
    const auto taken = edges_of(i);
    MatchedPath& arm = backwards(i) ? left : right;
    const std::size_t before = ends_[i] - taken.size();
    for (std::size_t hop = 0; hop < taken.size(); ++hop) {
      arm.nodes.push_back(nodes_[before + hop + 1 + site.path_number]);
      arm.edges.push_back(taken[hop]);
    }
  }
  std::reverse(left.nodes.begin(), left.nodes.end());
  std::reverse(left.edges.begin(), left.edges.end());
  left.nodes.insert(left.nodes.end(), right.nodes.begin(), right.nodes.end());
  left.edges.insert(left.edges.end(), right.edges.begin(), right.edges.end());
  return left;
}

std::string to_text(const MatchedPath& path, const Network& network) {
  std::string out;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    if (i > 0) {
      const bool along = network.to(path.edges[i - 1]) == path.nodes[i];
      out += along ? " -> " : " <- ";
    }
    out += network.id(path.nodes[i]);
  }
  return out;
}

std::vector<MatchedPath> Matcher::paths(std::size_t row) const {
  const RowReader reader(*state_, row);
  std::vector<MatchedPath> out;
  for (std::uint32_t path = 0; path < state_->plan.paths.size(); ++path) {
    out.push_back(reader.path(path));
  }
  return out;
}

std::vector<Condition> Matcher::conditions(std::size_t row) {
  State& s = *state_;
  set_row(row);
  const RowReader reader(s, row);
  std::vector<Condition> out;
  const auto ask = [&](std::uint32_t number, Value element) {
    const Check& check = s.plan.checks[number];
    s.evaluator.set(check.slot, element);
    Condition condition = eraudit::explain(s.evaluator, s.binding.checks[number]);
    condition.element = plain_value(s.evaluator, element);
    out.push_back(std::move(condition));
  };
  for (std::uint32_t number = 0; number < s.plan.checks.size(); ++number) {
    const Check& check = s.plan.checks[number];
    if (check.of == Check::Of::node) {
      ask(number, Value::of(reader.node_at(check.site)));
      continue;
    }
    for (const EdgeId edge : reader.edges_of(check.site)) ask(number, Value::of(edge));
  }
  return out;
}

void Matcher::note_lists(bool on) {
  state_->note = on;
}

std::vector<Fact> Matcher::noted_lists() const {
  std::vector<Fact> out = state_->noted;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Value LazyMatch::compute(Evaluator& evaluator) {
  static_cast<void>(evaluator);
  return what_ == What::exists ? matcher_.exists() : matcher_.count();
}

std::optional<Condition> LazyMatch::explain(Evaluator& evaluator, const Value& value) {
  const ExpressionText& text = matcher_.pattern().text();
  Condition out;
  out.text = (what_ == What::exists ? "exists: " : "count: ") + text.text;
  if (text.source != nullptr) out.position = text.source->position(locate(text, {}).offset);
  out.outcome = plain_value(evaluator, value);
  out.kind = value.kind;
  if (const FactSet* const facts = evaluator.waits_for(value)) {
    out.waits_for.assign(facts->facts.begin(), facts->facts.end());
  }
  const MatchRows& rows = matcher_.smallest();
  if (rows.empty()) return out;
  Condition row;
  for (const MatchedPath& path : matcher_.paths(0)) {
    if (!row.text.empty()) row.text += ", ";
    row.text += to_text(path, pattern_.network());
  }
  row.position = out.position;
  row.possible = !rows.certain(0);
  const FactSet* const facts = rows.possible(0);
  const Value there = facts != nullptr                     ? evaluator.unknown(facts)
                      : rows.error(0).is(ValueKind::error) ? rows.error(0)
                                                           : Value::of(true);
  row.outcome = plain_value(evaluator, there);
  row.kind = there.kind;
  row.parts = matcher_.conditions(0);
  out.parts.push_back(std::move(row));
  return out;
}

}  // namespace eraudit
