// In which order a pattern is read, and when its conditions can be asked.

#include <algorithm>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/pattern/detail/checker.hpp"

namespace eraudit::pattern_detail {

bool Checker::order(std::string_view start) {
  Pattern::Plan& plan = *plan_;
  const auto is_node = [&](std::uint32_t variable) {
    return variable != none && plan.variables[variable].role == PatternRole::node;
  };
  std::uint32_t first = none;
  for (std::uint32_t i = 0; i < plan.variables.size(); ++i) {
    if (plan.variables[i].name == start && (!local_ || plan.variables[i].outer)) first = i;
  }
  const Span whole{0, static_cast<std::uint32_t>(reporter_.text().text.size())};
  if (!local_ && !is_node(first)) {
    std::vector<std::string_view> names;
    for (const PatternVariable& variable : plan.variables) {
      if (variable.role == PatternRole::node) names.push_back(variable.name);
    }
    const std::string name(start);
    reporter_.error(
        whole, "pattern-subject",
        first == none ? "the subject '" + name + "' does not stand in this pattern"
                      : "the subject '" + name + "' is no node of this pattern",
        names.empty() ? "give a node the name: `(" + name + ":...)`" : suggest(start, names));
    return false;
  }
  if (local_ && first == none) {
    for (std::uint32_t i = 0; i < plan.variables.size() && first == none; ++i) {
      if (is_node(i) && plan.variables[i].outer) first = i;
    }
    if (first == none) {
      std::string help = "let one of its nodes be a variable of the rule";
      for (const auto& variable : environment_.variables()) {
        if (!variable.type.is(TypeKind::node) || variable.name.empty()) continue;
        help += ": `(" + variable.name + ")`";
        break;
      }
      reporter_.error(whole, "pattern-unbound", "this pattern begins nowhere", std::move(help));
      return false;
    }
  }
  plan.start = first;

  // The path that the start stands in comes first, then whatever hangs on to what was read.
  std::vector<bool> bound(plan.variables.size());
  for (std::uint32_t i = 0; i < plan.variables.size(); ++i) bound[i] = plan.variables[i].outer;
  std::vector<bool> taken(plan.paths.size());
  const auto place_of = [&](std::uint32_t path, auto fits) {
    const auto& places = plan.paths[path].places;
    for (std::uint32_t place = 0; place < places.size(); ++place) {
      if (places[place].variable != none && fits(places[place].variable)) return place;
    }
    return none;
  };
  for (std::size_t round = 0; round < plan.paths.size(); ++round) {
    std::uint32_t next = none;
    std::uint32_t place = none;
    const auto look = [&](auto fits) {
      for (std::uint32_t path = 0; path < plan.paths.size() && next == none; ++path) {
        if (taken[path]) continue;
        place = place_of(path, fits);
        if (place != none) next = path;
      }
    };
    if (round == 0) {
      look([&](std::uint32_t variable) { return variable == first; });
    } else {
      look([&](std::uint32_t variable) { return bound[variable]; });
    }
    if (next == none) {
      for (std::uint32_t path = 0; path < plan.paths.size(); ++path) {
        if (taken[path]) continue;
        reporter_.error(whole, "pattern-unbound",
                        "path " + std::to_string(path + 1) + " shares no node with those that '" +
                            plan.variables[first].name + "' leads to",
                        "let one of its nodes have the name of a node of another path");
        return false;
      }
    }
    taken[next] = true;
    path_order_.push_back(next);
    plan.paths[next].start = place;
    for (const Place& one : plan.paths[next].places) {
      if (one.variable != none) bound[one.variable] = true;
    }
  }
  const Path& leading = plan.paths[path_order_.front()];
  if (chooses(leading.mode) && leading.start != 0 && leading.start != leading.edges) {
    reporter_.error(leading.mode_span, "pattern-unsupported",
                    "'" + std::string(to_text(leading.mode)) + "' is about pairs of ends, and '" +
                        plan.variables[first].name + "', where reading begins, stands between",
                    "let the path begin or end there; what lies on its other side can be asked "
                    "with `{exists: ...}` in `let`");
    return false;
  }
  for (const std::uint32_t path : path_order_) add_sites(path);

  if (!local_) {
    const Path& path = plan.paths[path_order_.front()];
    plan.start_kinds = path.places[path.start].kinds.kinds();
  }
  plan.outer.resize(plan.variables.size());
  for (std::uint32_t i = 0; i < plan.variables.size(); ++i) {
    if (!plan.variables[i].outer) continue;
    auto program = compile(ExpressionText::of(plan.variables[i].name), environment_, limits_);
    reporter_.append(program.diagnostics());
    if (program) plan.outer[i] = *program;
  }

  // Which places meet a node that is bound before.
  std::vector<bool> read(plan.variables.size());
  for (std::uint32_t i = 0; i < plan.variables.size(); ++i) read[i] = plan.variables[i].outer;
  for (std::size_t i = 0; i < plan.sites.size(); ++i) {
    Site& site = plan.sites[i];
    const std::uint32_t variable = plan.paths[site.path].places[site.place].variable;
    if (variable == none) continue;
    site.known_before = read[variable];
    read[variable] = true;
  }
  return true;
}

void Checker::add_sites(std::uint32_t path) {
  const Path& of = plan_->paths[path];
  const std::size_t first = plan_->sites.size();
  const std::uint32_t number = first == 0 ? 0 : plan_->sites.back().path_number + 1;
  Site start;
  start.path = path;
  start.place = of.start;
  plan_->sites.push_back(std::move(start));
  for (std::uint32_t edge = of.start; edge < of.edges; ++edge) {
    add_step(path, edge, true, edge == of.start);
  }
  for (std::uint32_t edge = of.start; edge-- > 0;) {
    add_step(path, edge, false, edge + 1 == of.start);
  }
  for (std::size_t i = first; i < plan_->sites.size(); ++i) plan_->sites[i].path_number = number;
}

void Checker::add_step(std::uint32_t path, std::uint32_t edge, bool forward, bool new_arm) {
  Site site;
  site.kind = Site::Kind::step;
  site.path = path;
  site.edge = edge;
  site.before = forward ? edge : edge + 1;
  site.place = forward ? edge + 1 : edge;
  site.new_arm = new_arm;
  site.step = edges_[path][edge];
  if (!forward) std::swap(site.step.in, site.step.out);
  const Step& step = site.step;
  if (!step.never) {
    const KindSet& end = plan_->paths[path].places[site.place].kinds;
    std::vector<KindSet> viable(step.high + 1, KindSet(schema_.kinds().size()));
    for (std::uint32_t hop = step.high + 1; hop-- > 0;) {
      if (hop >= step.low) viable[hop].unite(end);
      if (hop < step.high) viable[hop].unite(after(step, viable[hop + 1], true));
    }
    site.step.viable = std::move(viable);
  }
  plan_->sites.push_back(std::move(site));
}

void Checker::place_checks() {
  Pattern::Plan& plan = *plan_;
  // After which site each variable of the pattern is bound.
  std::vector<std::uint32_t> bound_at(plan.variables.size(), none);
  const auto bind = [&](std::uint32_t variable, std::uint32_t site) {
    if (variable != none && bound_at[variable] == none) bound_at[variable] = site;
  };
  for (std::uint32_t i = 0; i < plan.sites.size(); ++i) {
    const Site& site = plan.sites[i];
    bind(plan.paths[site.path].places[site.place].variable, i);
    if (site.kind == Site::Kind::step) bind(site.step.variable, i);
  }
  for (std::uint32_t p = 0; p < plan.paths.size(); ++p) {
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < plan.sites.size(); ++i) {
      if (plan.sites[i].path == p) last = i;
    }
    bind(plan.paths[p].variable, last);
  }
  for (Pending& pending : pending_) {
    Check check;
    check.program = std::move(pending.program);
    check.slot = pending.slot;
    for (std::uint32_t i = 0; i < plan.sites.size(); ++i) {
      const Site& site = plan.sites[i];
      if (site.path != pending.path) continue;
      const bool here = pending.of_node
                            ? site.place == pending.number
                            : site.kind == Site::Kind::step && site.edge == pending.number;
      if (here) check.site = i;
    }
    const bool hop = !pending.of_node && plan.sites[check.site].step.repeated;
    check.of = pending.of_node ? Check::Of::node : (hop ? Check::Of::hop : Check::Of::edge);
    check.at = check.site;
    check.alone = true;
    check.each_hop = hop;
    for (const Slot slot : check.program->variables()) {
      if (slot == check.slot) continue;
      check.alone = false;
      for (std::uint32_t v = 0; v < plan.variables.size(); ++v) {
        if (plan.variables[v].outer || plan.variables[v].slot != slot) continue;
        check.needs.push_back(v);
        check.at = std::max(check.at, bound_at[v]);
        // What is bound where the step ends is not known while it is walked.
        check.each_hop = check.each_hop && bound_at[v] < check.site;
      }
    }
    plan.checks.push_back(std::move(check));
  }
}

/// Whether a shortest walk is a row, so that looking for one needs no enumeration: detail/reach.hpp
/// says why.
void Checker::find_walkable() {
  Pattern::Plan& plan = *plan_;
  plan.walkable = false;
  if (plan.paths.size() != 1 || plan.never) return;
  const Path& path = plan.paths[0];
  if (path.start != 0 && path.start != path.edges) return;
  if (path.mode == PatternMode::simple) return;
  const bool walk = path.mode == PatternMode::walk;
  for (const Check& check : plan.checks) {
    if (check.at != check.site) return;
    for (const std::uint32_t variable : check.needs) {
      if (variable != plan.start) return;
    }
  }
  for (const Site& site : plan.sites) {
    const std::uint32_t variable = path.places[site.place].variable;
    if (site.kind == Site::Kind::start || !site.known_before) continue;
    if (variable != plan.start && !plan.variables[variable].outer) return;
    if (path.mode == PatternMode::acyclic && variable == plan.start) return;
  }
  struct Ends {
    KindSet from;
    KindSet to;
    KindSet nodes;  ///< that it comes by, without the first
  };
  std::vector<Ends> ends;
  for (const Site& site : plan.sites) {
    if (site.kind != Site::Kind::step) continue;
    const Step& step = site.step;
    if (step.low > 1) return;
    if (step.repeated && step.low == 1) {
      if (!walk && path.mode != PatternMode::acyclic && step.in && step.out) return;
      if (path.mode == PatternMode::acyclic && !site.new_arm) return;
    }
    const std::size_t kinds = schema_.kinds().size();
    KindSet near(kinds);
    KindSet far(kinds);
    for (std::uint32_t hop = 0; hop <= step.high; ++hop) {
      if (hop < step.high) near.unite(step.viable[hop]);
      if (hop > 0) far.unite(step.viable[hop]);
    }
    if (step.high == 0) far = path.places[site.place].kinds;
    Ends end{KindSet(kinds), KindSet(kinds), far};
    if (step.out) {
      end.from.unite(near);
      end.to.unite(far);
    }
    if (step.in) {
      end.from.unite(far);
      end.to.unite(near);
    }
    ends.push_back(std::move(end));
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto& a = plan.sites[i + 1].step.kinds;
      const auto& b = plan.sites[j + 1].step.kinds;
      const bool common = std::any_of(a.begin(), a.end(), [&](EdgeKindId kind) {
        return std::find(b.begin(), b.end(), kind) != b.end();
      });
      if (common && ends[i].from.meets(ends[j].from) && ends[i].to.meets(ends[j].to)) return;
      if (path.mode != PatternMode::acyclic) continue;
      // A node that two steps meet at is told from the others of a repeated step by the walk being
      // shortest; all others must be told apart by kind.
      const Step& later = plan.sites[i + 1].step;
      if (j + 1 == i && later.repeated && later.low == 0 && !plan.sites[j + 1].step.repeated)
        continue;
      if (ends[i].nodes.meets(ends[j].nodes)) return;
    }
    if (path.mode != PatternMode::acyclic) continue;
    const bool repeated_first = i == 0 && plan.sites[1].step.repeated;
    if (!repeated_first && ends[i].nodes.meets(path.places[path.start].kinds)) return;
  }
  plan.walkable = true;
}

}  // namespace eraudit::pattern_detail
