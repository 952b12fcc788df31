// Every path, one after another, outward from the start.

#include <algorithm>
#include <optional>
#include <utility>

#include "eraudit/pattern/detail/by_length.hpp"
#include "eraudit/pattern/detail/choice.hpp"
#include "eraudit/pattern/detail/keep.hpp"

namespace eraudit::pattern_detail {
namespace {

class Enumerator {
 public:
  Enumerator(Matcher::State& state, Goal goal, std::span<const std::uint32_t> needed, bool all_rows,
             bool choose)
      : s_(state),
        sites_(state.plan.sites),
        goal_(goal),
        needed_(needed),
        all_rows_(all_rows),
        keeper_(state, goal),
        node_at_(sites_.size()),
        first_edge_(sites_.size()),
        ends_(sites_.size()),
        bound_(sites_.size()),
        start_of_(sites_.size()) {
    for (std::uint32_t i = 0; i < sites_.size(); ++i) {
      start_of_[i] = sites_[i].kind == Site::Kind::start ? i : start_of_[i - 1];
    }
    if (!choose) return;
    choice_.emplace(state, state.plan.paths[0].mode == PatternMode::all_shortest);
    if (state.plan.walkable) by_length_.emplace();
  }

  void run() {
    begin_site(0);
    while (by_length_ && by_length_->longer && !s_.stop) {
      by_length_->longer = false;
      ++by_length_->length;
      begin_site(0);
    }
    if (!choice_ || s_.stop) return;
    if (goal_ == Goal::count) {
      choice_->count();
    } else {
      choice_->write(keeper_, all_rows_);
    }
  }

 private:
  using Paths = const std::vector<Site>&;

  /// All sites before `i` are done.
  void begin_site(std::uint32_t i) {
    if (s_.stop) return;
    if (i == sites_.size()) {
      emit();
      return;
    }
    const Site& site = sites_[i];
    first_edge_[i] = static_cast<std::uint32_t>(edges_.size());
    ends_[i] = first_edge_[i];
    if (site.kind == Site::Kind::start) {
      begin_path(i);
      return;
    }
    const std::uint32_t source = site.new_arm ? start_of_[i] : i - 1;
    if (!bound_[source]) {  // behind a frontier: nothing is known of it
      begin_site(i + 1);
      return;
    }
    const NodeId node = node_at_[source];
    const KindId kind = s_.network.kind(node);
    if (!site.step.viable[0].has(kind) || !enter(i, node, 0)) return;
    if (site.step.repeated) {
      hop(i, node, kind, 0);
    } else {
      expand(i, node, kind, 0);
    }
  }

  void begin_path(std::uint32_t i) {
    const Site& site = sites_[i];
    const std::uint32_t variable = place_of(site).variable;
    NodeId node = s_.start;
    if (i != 0) {
      if (!known(variable)) {  // hangs on to what lies behind a frontier
        std::uint32_t next = i + 1;
        while (next < sites_.size() && sites_[next].path == site.path) {
          first_edge_[next] = ends_[next] = static_cast<std::uint32_t>(edges_.size());
          ++next;
        }
        begin_site(next);
        return;
      }
      node = node_of(variable);
    }
    const std::size_t path_edges = std::exchange(path_edges_, edges_.size());
    const std::size_t path_nodes = std::exchange(path_nodes_, nodes_.size());
    const bool closed = std::exchange(closed_, false);
    nodes_.push_back(node);
    complete(i, node, s_.network.kind(node));
    nodes_.pop_back();
    path_edges_ = path_edges;
    path_nodes_ = path_nodes;
    closed_ = closed;
  }

  /// Whether it is worth going on from here.
  bool enter(std::uint32_t i, NodeId node, std::uint32_t count) {
    return !by_length_ ||
           by_length_->enter(i, node, edges_.size(), count, sites_[i].step.low, mark_.certain());
  }
  /// Not of an earlier round.
  bool first_time() const { return !by_length_ || edges_.size() == by_length_->length; }

  /// The step stands at `node` after `count` hops.
  void hop(std::uint32_t i, NodeId node, KindId kind, std::uint32_t count) {
    if (count > 0 && !enter(i, node, count)) return;
    const Step& step = sites_[i].step;
    if (count >= step.low) complete(i, node, kind);
    if (s_.stop) return;
    if (count < step.high) {
      expand(i, node, kind, count);
    } else if (step.cut_off && !closed_ && first_time()) {
      look_further(i, node, kind, count);
    }
  }

  void expand(std::uint32_t i, NodeId node, KindId kind, std::uint32_t count) {
    if (closed_) return;
    const Step& step = sites_[i].step;
    const KindSet& next = step.viable[count + 1];
    for (const Lane& lane : s_.binding.lanes[i][kind.index]) {
      if (!lane.targets.meets(next)) continue;
      if (first_time() && !s_.complete(node, lane.list)) break_off(i, node, lane.list, count);
      for (const Lane::Part& part : lane.parts) {
        if (!next.has(part.far)) continue;
        if (by_length_ && first_time()) {
          by_length_->longer = true;
        } else {
          walk(i, node, lane, part, count);
        }
        if (s_.stop) return;
      }
    }
  }

  void walk(std::uint32_t i, NodeId node, const Lane& lane, const Lane::Part& part,
            std::uint32_t count) {
    const EdgeTable& table = *part.table;
    const std::uint32_t at = node.index - part.first_node;
    const auto& offsets = lane.out ? table.out_offsets : table.in_offsets;
    if (!s_.spend(steps_over(offsets[at + 1] - offsets[at]))) return;
    for (std::uint32_t position = offsets[at]; position < offsets[at + 1]; ++position) {
      const std::uint32_t row = lane.out ? position : table.in_rows[position];
      const NodeId other = lane.out ? table.to[row] : table.from[row];
      const Mark before = mark_;
      const bool closed = closed_;
      if (admits(i, lane, part, row, node, other)) {
        const EdgeId edge{table.first + row};
        closed_ = mode_at(i) == PatternMode::simple && on_path(other);
        edges_.push_back(edge);
        nodes_.push_back(other);
        if (sites_[i].step.repeated) {
          hop(i, other, part.far, count + 1);
        } else {
          complete(i, other, part.far);
        }
        edges_.pop_back();
        nodes_.pop_back();
        closed_ = closed;
      }
      mark_ = before;
      if (s_.stop) return;
    }
  }

  /// Steps to look at so many edges: each is sought among those of the path.
  std::uint64_t steps_over(std::uint64_t edges) const {
    return edges * (1 + (edges_.size() - path_edges_) / 16);
  }

  /// Whether the path may go over this edge; adds to the mark what that hangs on.
  bool admits(std::uint32_t i, const Lane& lane, const Lane::Part& part, std::uint32_t row,
              NodeId node, NodeId other) {
    if (lane.both && !lane.out && other == node) return false;  // a loop is met once
    const EdgeId edge{part.table->first + row};
    const PatternMode mode = mode_at(i);
    if (mode != PatternMode::walk &&
        std::find(edges_.begin() + static_cast<std::ptrdiff_t>(path_edges_), edges_.end(), edge) !=
            edges_.end()) {
      return false;
    }
    if (mode == PatternMode::acyclic && on_path(other)) return false;
    if (mode == PatternMode::simple && on_path(other) && other_end(i) != other) return false;
    const FactSet* facts = nullptr;
    if (part.days.counts(s_.evaluator, row, facts) == Truth::no) return false;
    s_.add(mark_, facts);
    for (const std::uint32_t check : s_.binding.hop_checks[i]) {
      if (!set_needs(check)) continue;
      if (!s_.holds(check, Value::of(edge), mark_)) return false;
    }
    return true;
  }

  PatternMode mode_at(std::uint32_t i) const { return s_.plan.paths[sites_[i].path].mode; }

  bool on_path(NodeId node) const {
    return std::find(nodes_.begin() + static_cast<std::ptrdiff_t>(path_nodes_), nodes_.end(),
                     node) != nodes_.end();
  }

  /// The node at the other end of what is read of the path: a circle may close there. Nothing if
  /// that end is behind a frontier.
  std::optional<NodeId> other_end(std::uint32_t i) const {
    const Site& site = sites_[i];
    if (site.place > site.before) return node_at_[start_of_[i]];
    const Path& path = s_.plan.paths[site.path];
    const std::uint32_t end_of_right = start_of_[i] + (path.edges - path.start);
    if (bound_[end_of_right] == 0) return std::nullopt;
    return node_at_[end_of_right];
  }

  /// At the cut-off: whether an edge would have led on.
  void look_further(std::uint32_t i, NodeId node, KindId kind, std::uint32_t count) {
    const Step& step = sites_[i].step;
    for (const Lane& lane : s_.binding.lanes[i][kind.index]) {
      if (!s_.complete(node, lane.list)) break_off(i, node, lane.list, count);
      for (const Lane::Part& part : lane.parts) {
        const EdgeTable& table = *part.table;
        const std::uint32_t at = node.index - part.first_node;
        const auto& offsets = lane.out ? table.out_offsets : table.in_offsets;
        if (!s_.spend(steps_over(offsets[at + 1] - offsets[at]))) return;
        for (std::uint32_t position = offsets[at]; position < offsets[at + 1]; ++position) {
          const std::uint32_t row = lane.out ? position : table.in_rows[position];
          const NodeId other = lane.out ? table.to[row] : table.from[row];
          const Mark before = mark_;
          const bool on = admits(i, lane, part, row, node, other);
          mark_ = before;
          if (s_.stop) return;
          if (!on || (by_length_ && by_length_->reached(i, other, step.low))) continue;
          s_.reach_hops(step);
          if (choice_) choice_->cut_off(edges_at_least(i, count));
        }
      }
    }
  }

  /// What a row has at least that goes on from here over one more edge. (Of a path read from its
  /// end.)
  std::size_t edges_at_least(std::uint32_t i, std::uint32_t count) const {
    const std::uint32_t low = sites_[i].step.low;
    std::size_t edges = edges_.size() + (low > count ? low - count : 1);
    for (std::uint32_t later = i + 1; later < sites_.size(); ++later) {
      edges += sites_[later].step.low;
    }
    return edges;
  }

  /// The list may have further edges: the match may go on beyond them.
  void break_off(std::uint32_t i, NodeId node, ListId list, std::uint32_t count) {
    const Mark before = mark_;
    const Fact fact = Fact::of(node, list);
    mark_.facts = s_.evaluator.merge(mark_.facts, s_.evaluator.facts(std::span(&fact, 1)));
    const auto edges = std::exchange(ends_[i], static_cast<std::uint32_t>(edges_.size()));
    ++broken_off_;
    if (choice_) broken_off_edges_ = edges_at_least(i, count);
    begin_site(i + 1);
    --broken_off_;
    ends_[i] = edges;
    mark_ = before;
  }

  /// The site ends at `node`.
  void complete(std::uint32_t i, NodeId node, KindId kind) {
    const Site& site = sites_[i];
    const Place& place = place_of(site);
    if (!place.kinds.has(kind) || !s_.spend(1)) return;
    if (site.known_before && known(place.variable) && node_of(place.variable) != node) return;
    const Mark before = mark_;
    node_at_[i] = node;
    ends_[i] = static_cast<std::uint32_t>(edges_.size());
    bound_[i] = 1;
    if (ask_all(i)) begin_site(i + 1);
    bound_[i] = 0;
    mark_ = before;
  }

  bool ask_all(std::uint32_t i) {
    for (const std::uint32_t number : s_.binding.checks_at[i]) {
      const Check& check = s_.plan.checks[number];
      if (!bound_[check.site] || !set_needs(number)) continue;  // behind a frontier
      if (check.of == Check::Of::node) {
        if (!s_.holds(number, Value::of(node_at_[check.site]), mark_)) return false;
        continue;
      }
      for (std::uint32_t edge = first_edge_[check.site]; edge < ends_[check.site]; ++edge) {
        if (!s_.holds(number, Value::of(edges_[edge]), mark_)) return false;
      }
    }
    return true;
  }

  /// A match that was broken off: conditions that waited for a variable behind the frontier, which
  /// is named again before it.
  bool ask_again() {
    for (std::uint32_t number = 0; number < s_.plan.checks.size(); ++number) {
      const Check& check = s_.plan.checks[number];
      if (check.needs.empty() || !set_needs(number)) continue;
      if (check.of == Check::Of::node) {
        if (bound_[check.site] == 0) continue;
        if (!s_.holds(number, Value::of(node_at_[check.site]), mark_)) return false;
        continue;
      }
      for (std::uint32_t edge = first_edge_[check.site]; edge < ends_[check.site]; ++edge) {
        if (!s_.holds(number, Value::of(edges_[edge]), mark_)) return false;
      }
    }
    return true;
  }

  /// Sets the other variables that a condition reads. False if one is behind a frontier.
  bool set_needs(std::uint32_t number) {
    for (const std::uint32_t variable : s_.plan.checks[number].needs) {
      const std::uint32_t site = site_of(variable);
      if (site == none) return false;
      s_.evaluator.set(s_.plan.variables[variable].slot, value_of(variable, site));
    }
    return true;
  }

  Value value_of(std::uint32_t variable, std::uint32_t site) {
    switch (s_.plan.variables[variable].role) {
      case PatternRole::node:
        return Value::of(node_at_[site]);
      case PatternRole::edge:
        return Value::of(edges_[first_edge_[site]]);
      default:
        return s_.group(
            std::span(edges_).subspan(first_edge_[site], ends_[site] - first_edge_[site]),
            sites_[site].place < sites_[site].before);
    }
  }

  /// The site that binds a variable of the pattern; another place of the same one if the first is
  /// behind a frontier. None if all are.
  std::uint32_t site_of(std::uint32_t variable) const {
    for (const std::uint32_t site : s_.binding.sites_of[variable]) {
      if (bound_[site] != 0) return site;
    }
    return none;
  }
  bool known(std::uint32_t variable) const {
    return s_.plan.variables[variable].outer || site_of(variable) != none;
  }
  NodeId node_of(std::uint32_t variable) const {
    return s_.plan.variables[variable].outer ? s_.outer_nodes[variable]
                                             : node_at_[site_of(variable)];
  }
  const Place& place_of(const Site& site) const {
    return s_.plan.paths[site.path].places[site.place];
  }

  void emit() {
    if (!s_.spend(1 + nodes_.size() / 8)) return;
    Findings& found = s_.findings;
    if (broken_off_ > 0) {
      const Mark before = mark_;
      const bool may_be = ask_again();
      const FactSet* const facts = std::exchange(mark_, before).facts;
      if (!may_be) return;
      found.frontier = s_.evaluator.merge(found.frontier, facts);
      if (choice_) choice_->broken_off(broken_off_edges_, facts);
      return;
    }
    const FoundRow row{nodes_, edges_, ends_, mark_};
    if (choice_) {
      if (!first_time()) return;
      choice_->offer(row, all_rows_ ? std::vector<std::uint32_t>() : key());
      return;
    }
    if (mark_.facts != nullptr) {
      ++found.possible;
      found.facts = s_.evaluator.merge(found.facts, mark_.facts);
    } else if (mark_.error.is(ValueKind::error)) {
      if (!found.error.is(ValueKind::error)) found.error = mark_.error;
    } else {
      ++found.certain;
    }
    switch (goal_) {
      case Goal::exists:
        s_.stop = found.certain > 0;
        break;
      case Goal::count:
        break;
      case Goal::smallest:
        keeper_.keep({}, row);
        break;
      case Goal::rows:
        if (all_rows_) {
          keeper_.write(row);
        } else {
          keeper_.keep(key(), row);
        }
        break;
    }
  }

  /// What the needed variables are.
  std::vector<std::uint32_t> key() {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t variable : needed_) {
      const PatternVariable& of = s_.plan.variables[variable];
      if (of.outer) continue;
      if (of.role == PatternRole::path) {
        for (std::uint32_t i = 0; i < sites_.size(); ++i) {
          if (s_.plan.paths[sites_[i].path].variable != variable) continue;
          out.push_back(node_at_[i].index);
          for (std::uint32_t edge = first_edge_[i]; edge < ends_[i]; ++edge) {
            out.push_back(edges_[edge].index);
          }
        }
        continue;
      }
      const std::uint32_t site = s_.binding.bound_at[variable];
      if (of.role == PatternRole::node) {
        out.push_back(node_at_[site].index);
        continue;
      }
      out.push_back(ends_[site] - first_edge_[site]);
      for (std::uint32_t edge = first_edge_[site]; edge < ends_[site]; ++edge) {
        out.push_back(edges_[edge].index);
      }
    }
    return out;
  }

  Matcher::State& s_;
  Paths sites_;
  Goal goal_;
  std::span<const std::uint32_t> needed_;
  bool all_rows_;
  RowKeeper keeper_;
  std::optional<Choice> choice_;
  std::optional<ByLength> by_length_;

  std::vector<NodeId> node_at_;  ///< by site: where it ended
  std::vector<std::uint32_t> first_edge_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint8_t> bound_;
  std::vector<std::uint32_t> start_of_;  ///< by site: where its path began
  std::vector<NodeId> nodes_;            ///< of all paths, in the order of reading
  std::vector<EdgeId> edges_;
  std::size_t path_nodes_ = 0;  ///< where those of the path in progress begin
  std::size_t path_edges_ = 0;
  bool closed_ = false;  ///< the path in progress came back to its other end
  std::uint32_t broken_off_ = 0;
  std::size_t broken_off_edges_ = 0;
  Mark mark_;
};

}  // namespace

void enumerate(Matcher::State& state, Goal goal, std::span<const std::uint32_t> needed,
               bool all_rows, bool choose) {
  Enumerator(state, goal, needed, all_rows, choose).run();
}

}  // namespace eraudit::pattern_detail
