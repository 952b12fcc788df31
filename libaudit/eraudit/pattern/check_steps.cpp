// What the schema allows: which kinds can stand where, and what to write where none can.

#include <algorithm>
#include <utility>

#include "eraudit/pattern/detail/checker.hpp"

namespace eraudit::pattern_detail {

void KindSet::unite(const KindSet& other) {
  for (std::size_t i = 0; i < in_.size(); ++i)
    in_[i] = static_cast<std::uint8_t>(in_[i] | other.in_[i]);
}
void KindSet::intersect(const KindSet& other) {
  for (std::size_t i = 0; i < in_.size(); ++i)
    in_[i] = static_cast<std::uint8_t>(in_[i] & other.in_[i]);
}
bool KindSet::empty() const noexcept {
  return std::find(in_.begin(), in_.end(), 1) == in_.end();
}
bool KindSet::full() const noexcept {
  return std::find(in_.begin(), in_.end(), 0) == in_.end();
}
bool KindSet::meets(const KindSet& other) const noexcept {
  for (std::size_t i = 0; i < in_.size(); ++i) {
    if ((in_[i] & other.in_[i]) != 0) return true;
  }
  return false;
}
std::vector<KindId> KindSet::kinds() const {
  std::vector<KindId> out;
  for (std::size_t i = 0; i < in_.size(); ++i) {
    if (in_[i] != 0) out.push_back(KindId{static_cast<std::uint16_t>(i)});
  }
  return out;
}

/// Kinds that one hop leads to from `kinds`; backwards: that it comes from.
KindSet Checker::after(const Step& step, const KindSet& kinds, bool backwards) const {
  KindSet out(schema_.kinds().size());
  const auto over = [&](const EdgeEnd& near, const EdgeEnd& far) {
    const bool begins = std::any_of(near.kinds.begin(), near.kinds.end(),
                                    [&](KindId kind) { return kinds.has(kind); });
    if (!begins) return;
    for (const KindId kind : far.kinds) out.add(kind);
  };
  for (const EdgeKindId id : step.kinds) {
    const EdgeKind& edge = schema_.edge(id);
    if (backwards ? step.in : step.out) over(edge.from, edge.to);
    if (backwards ? step.out : step.in) over(edge.to, edge.from);
  }
  return out;
}

KindSet Checker::image(const Step& step, const KindSet& kinds, bool backwards) const {
  if (step.never) return KindSet(schema_.kinds().size(), true);
  if (!step.repeated) return after(step, kinds, backwards);
  KindSet reached(schema_.kinds().size());
  KindSet now = kinds;
  for (std::uint32_t hop = 0;; ++hop) {
    if (hop >= step.low) reached.unite(now);
    if (hop == step.high) return reached;
    now = after(step, now, backwards);
  }
}

bool Checker::narrow_path(std::uint32_t path, bool& changed) {
  std::vector<Place>& places = plan_->paths[path].places;
  const std::vector<Step>& edges = edges_[path];
  const auto keep = [&](std::size_t place, const KindSet& with) {
    KindSet kept = places[place].kinds;
    kept.intersect(with);
    if (kept == places[place].kinds) return true;
    if (kept.empty()) return false;
    places[place].kinds = std::move(kept);
    changed = true;
    return true;
  };
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!keep(i + 1, image(edges[i], places[i].kinds, false)) || places[i + 1].kinds.empty()) {
      report_step(edges[i], places[i].kinds, places[i + 1].kinds);
      return false;
    }
  }
  for (std::size_t i = edges.size(); i-- > 0;) {
    if (!keep(i, image(edges[i], places[i + 1].kinds, true))) {
      report_step(edges[i], places[i].kinds, places[i + 1].kinds);
      return false;
    }
  }
  return true;
}

void Checker::narrow() {
  bool changed = true;
  while (changed) {
    changed = false;
    bool good = true;
    for (std::uint32_t path = 0; path < plan_->paths.size(); ++path) {
      good = narrow_path(path, changed) && good;
    }
    if (!good) return;
    // One variable is one node, wherever it stands.
    for (std::uint32_t variable = 0; variable < plan_->variables.size(); ++variable) {
      KindSet all(schema_.kinds().size(), true);
      for (const Path& path : plan_->paths) {
        for (const Place& place : path.places) {
          if (place.variable == variable) all.intersect(place.kinds);
        }
      }
      if (plan_->variables[variable].role != PatternRole::node) continue;
      if (all.empty()) {
        reporter_.error(plan_->variables[variable].span, "pattern-step",
                        "'" + plan_->variables[variable].name +
                            "' would have to be of different kinds where it stands");
        return;
      }
      for (Path& path : plan_->paths) {
        for (Place& place : path.places) {
          if (place.variable != variable || place.kinds == all) continue;
          place.kinds = all;
          changed = true;
        }
      }
    }
  }
}

std::string Checker::words(const KindSet& kinds) const {
  if (kinds.full()) return "any node";
  std::string out;
  const std::vector<KindId> all = kinds.kinds();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != 0) out += i + 1 == all.size() ? " or " : ", ";
    out += schema_.kind(all[i]).name;
  }
  return out;
}

std::string Checker::step_help(const Step& step, const KindSet& from, const KindSet& to) const {
  const bool either = step.in && step.out;
  const bool named = step.kinds.size() != schema_.edges().size();
  const auto spelled = [](const std::string& name, bool right) {
    return right ? "`-[:" + name + "]->`" : "`<-[:" + name + "]-`";
  };
  if (!either) {
    Step turned = step;
    std::swap(turned.in, turned.out);
    if (image(turned, from, false).meets(to)) {
      const std::string name =
          named && step.kinds.size() == 1 ? schema_.edge(step.kinds[0]).name : "...";
      return "turn the arrow around: " + spelled(name, turned.out);
    }
  }
  std::string others;
  std::size_t count = 0;
  for (std::size_t i = 0; i < schema_.edges().size() && !from.full() && !to.full(); ++i) {
    for (const bool right : {true, false}) {
      Step other;
      other.kinds = {EdgeKindId{static_cast<std::uint16_t>(i)}};
      other.out = right;
      other.in = !right;
      if (!after(other, from, false).meets(to)) continue;
      if (++count > 4) continue;
      if (!others.empty()) others += ", ";
      others += spelled(schema_.edges()[i].name, right);
    }
  }
  if (!others.empty()) {
    return "between " + words(from) + " and " + words(to) + " there are " + others +
           (count > 4 ? " and others" : "");
  }
  if (step.kinds.size() == 1) {
    const EdgeKind& edge = schema_.edge(step.kinds[0]);
    KindSet begin(schema_.kinds().size());
    KindSet end(schema_.kinds().size());
    for (const KindId kind : edge.from.kinds) begin.add(kind);
    for (const KindId kind : edge.to.kinds) end.add(kind);
    return "'" + edge.name + "' leads from " + words(begin) + " to " + words(end);
  }
  return {};
}

void Checker::report_step(const Step& step, const KindSet& from, const KindSet& to) {
  std::string names = "edge";
  if (step.kinds.size() != schema_.edges().size()) {
    names.clear();
    for (const EdgeKindId kind : step.kinds) {
      if (!names.empty()) names += " or ";
      names += "'" + schema_.edge(kind).name + "'";
    }
  }
  std::string message = "no " + names + " leads ";
  if (step.in && step.out) {
    message += "from " + words(from) + " to " + words(to) + ", or back";
  } else {
    message += "from " + words(step.out ? from : to) + " to " + words(step.out ? to : from);
  }
  if (step.repeated) {
    message +=
        " in " +
        (step.low == step.high ? std::to_string(step.low)
                               : std::to_string(step.low) + " to " + std::to_string(step.high)) +
        " hops";
  }
  reporter_.error(step.span, "pattern-step", std::move(message), step_help(step, from, to));
}

/// A kind that was named, and can never stand there.
void Checker::warn_idle_kinds(const PatternTree& tree) {
  for (std::size_t path = 0; path < tree.paths.size(); ++path) {
    const auto& elements = tree.paths[path].elements;
    for (std::size_t place = 0; place * 2 < elements.size(); ++place) {
      for (const auto& term : elements[place * 2].labels) {
        if (term.size() != 1 || term.front().negated) continue;
        const auto kind = schema_.find_kind(term.front().name.text);
        const KindSet& kept = plan_->paths[path].places[place].kinds;
        if (!kind || kept.has(*kind)) continue;
        reporter_.warning(term.front().name.span, "pattern-idle-kind",
                          "no " + term.front().name.text + " can stand here",
                          "the edges beside it allow " + words(kept));
      }
    }
  }
}

void Checker::count_edges() {
  std::uint64_t edges = 0;
  for (const std::vector<Step>& path : edges_) {
    for (const Step& step : path) edges += step.high;
  }
  if (edges <= pattern_limits_.row_edges) return;
  reporter_.error({0, static_cast<std::uint32_t>(reporter_.text().text.size())}, "pattern-limit",
                  "a row of this pattern could have " + std::to_string(edges) + " edges, at most " +
                      std::to_string(pattern_limits_.row_edges) + " are followed",
                  "let edges repeat fewer times");
}

void Checker::count_combinations() {
  const std::uint64_t most = pattern_limits_.kind_combinations;
  std::uint64_t all = 1;
  std::uint32_t widest_path = 0;
  std::size_t widest = 0;
  std::size_t widest_kinds = 0;
  for (std::uint32_t p = 0; p < plan_->paths.size(); ++p) {
    const std::vector<Place>& places = plan_->paths[p].places;
    std::vector<std::uint64_t> ways(schema_.kinds().size(), 0);
    for (const KindId kind : places[0].kinds.kinds()) ways[kind.index] = 1;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::size_t count = places[i].kinds.kinds().size();
      if (count > widest_kinds) {
        widest_kinds = count;
        widest_path = p;
        widest = i;
      }
      if (i == 0) continue;
      std::vector<std::uint64_t> next(ways.size(), 0);
      for (std::size_t k = 0; k < ways.size(); ++k) {
        if (ways[k] == 0) continue;
        KindSet one(ways.size());
        one.add(KindId{static_cast<std::uint16_t>(k)});
        KindSet reached = image(edges_[p][i - 1], one, false);
        reached.intersect(places[i].kinds);
        for (const KindId kind : reached.kinds()) {
          next[kind.index] = std::min<std::uint64_t>(next[kind.index] + ways[k], 1u << 20);
        }
      }
      ways = std::move(next);
    }
    std::uint64_t sum = 0;
    for (const std::uint64_t way : ways) sum += way;
    all = std::min<std::uint64_t>(all * std::max<std::uint64_t>(sum, 1), std::uint64_t{1} << 40);
  }
  if (all <= most) return;
  const Path& path = plan_->paths[widest_path];
  const std::uint32_t variable = path.places[widest].variable;
  const std::string name = variable == none ? "()" : "(" + plan_->variables[variable].name + ")";
  reporter_.error(
      {0, static_cast<std::uint32_t>(reporter_.text().text.size())}, "pattern-limit",
      "this pattern stands for more than " + std::to_string(most) + " combinations of kinds",
      "say of which kind `" + name + "` is: it could be " + words(path.places[widest].kinds));
}

}  // namespace eraudit::pattern_detail
