#include "eraudit/pattern/detail/reach.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/expression/limit_reached.hpp"

namespace eraudit::pattern_detail {

std::size_t StateTable::find(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> 32) & mask;
  while (slots_[at].epoch == epoch_ && slots_[at].key != key) at = (at + 1) & mask;
  return at;
}

std::uint32_t StateTable::number(std::uint32_t steps, NodeId node, bool& is_new) {
  if (2 * (size_ + std::size_t{1}) > slots_.size()) grow();
  const std::uint64_t key = (std::uint64_t{steps} << 32) | node.index;
  Slot& slot = slots_[find(key)];
  is_new = slot.epoch != epoch_;
  if (is_new) slot = {key, epoch_, size_++};
  return slot.number;
}

bool StateTable::has(std::uint32_t steps, NodeId node) const {
  if (slots_.empty()) return false;
  return slots_[find((std::uint64_t{steps} << 32) | node.index)].epoch == epoch_;
}

void StateTable::clear() {
  size_ = 0;
  if (++epoch_ == 0) {
    slots_.clear();
    epoch_ = 1;
  }
}

void StateTable::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.epoch == epoch_) slots_[find(slot.key)] = slot;
  }
}

namespace {

class Walker {
  using Memory = Matcher::State::ReachMemory;
  using Entry = Memory::Entry;
  using StateInfo = Memory::StateInfo;

 public:
  Walker(Matcher::State& state, Goal goal, bool by_end)
      : Walker(state, goal, by_end, 0, static_cast<std::uint32_t>(state.plan.sites.size() - 1)) {}
  /// Of the steps from `first` up to, without, `last`.
  Walker(Matcher::State& state, Goal goal, bool by_end, std::uint32_t first, std::uint32_t last)
      : s_(state),
        m_(*state.reach),
        goal_(goal),
        by_end_(by_end),
        first_(first),
        steps_(last),
        acyclic_(state.plan.paths[0].mode == PatternMode::acyclic) {}

  bool run() {
    if (!walk(true)) return false;
    const bool decided = goal_ != Goal::rows && !m_.accepted.empty();
    write_certain();
    if (decided || s_.stop) return true;
    if (!unsure_) {
      if (!m_.open.empty()) {
        s_.findings.frontier = s_.evaluator.facts(m_.open);
      }
      look_further();
      return true;
    }
    if (!walk(false) || failed_) return false;
    if (s_.stop) return true;
    look_further();
    collect();
    return !failed_;
  }

  /// Ends and lists that may have further edges, if all of it is certain.
  bool run_certain(PatternPart& part) {
    if (!walk(true) || unsure_ || s_.stop) return false;
    part.ends.clear();
    for (const std::uint32_t state : m_.accepted) {
      part.ends.push_back(m_.entries[m_.infos[state].accepted].node);
    }
    std::sort(part.ends.begin(), part.ends.end());
    part.open = m_.open;
    std::sort(part.open.begin(), part.open.end());
    part.open.erase(std::unique(part.open.begin(), part.open.end()), part.open.end());
    return true;
  }

 private:
  const Site& site(std::uint32_t step) const { return s_.plan.sites[step + 1]; }
  const Step& step(std::uint32_t number) const { return s_.plan.sites[number + 1].step; }

  /// False if a condition was an error.
  bool walk(bool certain_only) {
    certain_only_ = certain_only;
    unsure_ = false;
    m_.table.clear();
    m_.entries.clear();
    m_.infos.clear();
    m_.transitions.clear();
    m_.accepted.clear();
    m_.cut_off.clear();
    m_.open.clear();
    groups_ = 0;
    path_ = 0;
    begin();
    std::size_t done = 0;
    while (done < m_.entries.size() && !s_.stop && !failed_ && !found_) {
      std::size_t end = done + 1;
      const std::uint32_t group = m_.entries[done].group;
      while (end < m_.entries.size() && m_.entries[end].group == group) ++end;
      expand(done, end);
      done = end;
    }
    return !failed_;
  }

  void begin() {
    const KindId kind = s_.network.kind(s_.start);
    if (first_ > 0) {
      arrive(first_, 0, s_.start, kind, UINT32_MAX, nullptr, nullptr);
      return;
    }
    Mark mark;
    if (!at_place(0, s_.start, kind, mark)) return;
    if (!mark.certain() && certain_only_) {
      unsure_ = true;
      return;
    }
    start_facts_ = mark.facts;
    arrive(0, 0, s_.start, kind, UINT32_MAX, nullptr, nullptr);
  }

  /// Kinds, names and conditions of the place that a site ends at.
  bool at_place(std::uint32_t number, NodeId node, KindId kind, Mark& mark) {
    const Site& site = s_.plan.sites[number];
    const Place& place = s_.plan.paths[0].places[site.place];
    if (!place.kinds.has(kind)) return false;
    if (site.known_before) {
      const bool outer = s_.plan.variables[place.variable].outer;
      if ((outer ? s_.outer_nodes[place.variable] : s_.start) != node) return false;
    }
    for (const std::uint32_t check : s_.binding.checks_at[number]) {
      if (s_.plan.checks[check].of != Check::Of::node) continue;
      set_start(check);
      if (!s_.holds(check, Value::of(node), mark)) return false;
    }
    return settled(mark);
  }

  /// False if a search by reach cannot say what is asked.
  bool settled(const Mark& mark) {
    if (mark.error.is(ValueKind::error)) failed_ = true;
    return !failed_ && !s_.stop;
  }

  void set_start(std::uint32_t check) {
    if (s_.plan.checks[check].needs.empty()) return;
    s_.evaluator.set(s_.plan.variables[s_.plan.start].slot, Value::of(s_.start));
  }

  /// `edge` null: no edge led here. Returns the number of the state.
  std::uint32_t arrive(std::uint32_t steps, std::uint32_t count, NodeId node, KindId kind,
                       std::uint32_t parent, const EdgeId* edge, const FactSet* facts) {
    bool is_new = false;
    const std::uint32_t state = m_.table.number(steps, node, is_new);
    if (is_new) m_.infos.emplace_back();
    const bool last = steps == steps_;
    if (last ? m_.infos[state].accepted != UINT32_MAX : m_.infos[state].least <= count)
      return state;
    const auto number = static_cast<std::uint32_t>(m_.entries.size());
    Entry entry;
    entry.steps = steps;
    entry.count = count;
    entry.node = node;
    entry.kind = kind;
    entry.state = state;
    entry.parent = parent == UINT32_MAX ? number : parent;
    if (edge != nullptr) {
      entry.edge = *edge;
      entry.has_edge = true;
    }
    entry.group = groups_;
    entry.path = path_;
    entry.facts = facts;
    m_.entries.push_back(entry);
    if (last) {
      m_.infos[state].accepted = number;
      m_.accepted.push_back(state);
      found_ = certain_only_ && goal_ != Goal::rows;
      return state;
    }
    m_.infos[state].least = count;
    if (count == 0 && step(steps).repeated && step(steps).low == 0) {
      finish_step(steps, node, kind, number, state, nullptr, nullptr);
    }
    return state;
  }

  /// The step `steps` ends at `node`, if that may be.
  void finish_step(std::uint32_t steps, NodeId node, KindId kind, std::uint32_t parent,
                   std::uint32_t from, const EdgeId* edge, const FactSet* facts) {
    Mark mark{facts, {}};
    if (!at_place(steps + 1, node, kind, mark)) return;
    if (certain_only_ && !mark.certain()) {
      unsure_ = true;
      return;
    }
    const std::uint32_t to = arrive(steps + 1, 0, node, kind, parent, edge, mark.facts);
    if (!certain_only_) m_.transitions.push_back({from, to, mark.facts});
  }

  /// Goes on from the entries of one group: those that the same nodes lead to.
  void expand(std::size_t begin, std::size_t end) {
    m_.candidates.clear();
    for (std::size_t i = begin; i < end; ++i) {
      const Entry& entry = m_.entries[i];
      if (entry.steps == steps_) continue;
      const Step& of = step(entry.steps);
      if (entry.count == of.high) {
        if (of.cut_off) m_.cut_off.push_back(static_cast<std::uint32_t>(i));
        continue;
      }
      gather(static_cast<std::uint32_t>(i));
      if (s_.stop || failed_) return;
    }
    const auto before = [](const Memory::Candidate& a, const Memory::Candidate& b) {
      if (a.node != b.node) return a.node < b.node;
      if (a.path != b.path) return a.path < b.path;
      return a.edge != b.edge ? a.edge < b.edge : a.parent < b.parent;
    };
    if (!std::is_sorted(m_.candidates.begin(), m_.candidates.end(), before)) {
      std::sort(m_.candidates.begin(), m_.candidates.end(), before);
    }
    for (std::size_t i = 0; i < m_.candidates.size(); ++i) {
      const Memory::Candidate candidate = m_.candidates[i];
      if (i == 0 || m_.candidates[i - 1].node != candidate.node) ++groups_;
      hop(candidate);
      if (s_.stop || failed_ || found_) return;
    }
    ++groups_;
  }

  void hop(const Memory::Candidate& to) {
    const Entry from = m_.entries[to.parent];
    path_ = static_cast<std::uint32_t>(m_.entries.size());
    const Step& of = step(from.steps);
    const std::uint32_t count = from.count + 1;
    if (count >= of.low) {
      finish_step(from.steps, to.node, to.kind, to.parent, from.state, &to.edge, to.facts);
      if (s_.stop || failed_ || found_) return;
    }
    if (of.repeated && (count < of.high || of.cut_off)) {
      const std::uint32_t state =
          arrive(from.steps, count, to.node, to.kind, to.parent, &to.edge, to.facts);
      if (!certain_only_) m_.transitions.push_back({from.state, state, to.facts});
    }
  }

  void gather(std::uint32_t number) {
    const Entry entry = m_.entries[number];
    const Site& of = site(entry.steps);
    const KindSet& next = of.step.viable[entry.count + 1];
    if (entry.kind.index >= s_.binding.lanes[entry.steps + 1].size()) return;
    for (const Lane& lane : s_.binding.lanes[entry.steps + 1][entry.kind.index]) {
      if (!lane.targets.meets(next)) continue;
      if (!s_.complete(entry.node, lane.list)) open(entry, lane.list);
      for (const Lane::Part& part : lane.parts) {
        if (!next.has(part.far)) continue;
        gather(number, entry, lane, part);
        if (s_.stop || failed_) return;
      }
    }
  }

  void gather(std::uint32_t number, const Entry& entry, const Lane& lane, const Lane::Part& part) {
    const EdgeTable& table = *part.table;
    const std::uint32_t at = entry.node.index - part.first_node;
    const auto& offsets = lane.out ? table.out_offsets : table.in_offsets;
    if (!s_.spend(offsets[at + 1] - offsets[at])) return;
    for (std::uint32_t position = offsets[at]; position < offsets[at + 1]; ++position) {
      const std::uint32_t row = lane.out ? position : table.in_rows[position];
      const NodeId other = lane.out ? table.to[row] : table.from[row];
      Mark mark;
      if (!admits(entry.steps, lane, part, row, entry.node, other, mark)) {
        if (s_.stop || failed_) return;
        continue;
      }
      if (certain_only_ && !mark.certain()) {
        unsure_ = true;
        continue;
      }
      m_.candidates.push_back(
          {other, part.far, number, entry.path, EdgeId{table.first + row}, mark.facts});
    }
  }

  bool admits(std::uint32_t steps, const Lane& lane, const Lane::Part& part, std::uint32_t row,
              NodeId node, NodeId other, Mark& mark) {
    if (lane.both && !lane.out && other == node) return false;  // a loop is met once
    if (acyclic_ && other == s_.start) return false;
    const EdgeId edge{part.table->first + row};
    const FactSet* facts = nullptr;
    if (part.days.counts(s_.evaluator, row, facts) == Truth::no) return false;
    s_.add(mark, facts);
    const bool repeated = step(steps).repeated;
    for (const std::uint32_t check :
         repeated ? s_.binding.hop_checks[steps + 1] : s_.binding.checks_at[steps + 1]) {
      if (s_.plan.checks[check].of == Check::Of::node) continue;
      set_start(check);
      if (!s_.holds(check, Value::of(edge), mark)) return false;
    }
    return settled(mark);
  }

  void open(const Entry& entry, ListId list) {
    const Fact fact = Fact::of(entry.node, list);
    m_.open.push_back(fact);
    if (certain_only_) return;
    m_.infos[entry.state].frontier = true;
  }

  /// Where a repeated edge without end was cut off: whether an edge leads to where nothing led.
  void look_further() {
    for (const std::uint32_t number : m_.cut_off) {
      const Entry entry = m_.entries[number];
      if (m_.infos[entry.state].least != entry.count) continue;
      for (const Lane& lane : s_.binding.lanes[entry.steps + 1][entry.kind.index]) {
        if (!s_.complete(entry.node, lane.list)) {
          const Fact fact = Fact::of(entry.node, lane.list);
          open(entry, lane.list);
          s_.findings.frontier =
              s_.evaluator.merge(s_.findings.frontier, s_.evaluator.facts(std::span(&fact, 1)));
        }
        for (const Lane::Part& part : lane.parts) {
          m_.candidates.clear();
          gather(number, entry, lane, part);
          if (s_.stop || failed_) return;
          for (const Memory::Candidate& candidate : m_.candidates) {
            if (!m_.table.has(entry.steps, candidate.node)) s_.reach_hops(step(entry.steps));
          }
        }
      }
    }
  }

  /// The path that led to an entry, and what it hangs on.
  void trace(std::uint32_t number, Mark& mark) {
    m_.chain.clear();
    for (std::uint32_t at = number;; at = m_.entries[at].parent) {
      m_.chain.push_back(at);
      if (m_.entries[at].parent == at) break;
    }
    std::reverse(m_.chain.begin(), m_.chain.end());
    m_.nodes.assign(1, s_.start);
    m_.edges.clear();
    m_.ends.assign(steps_ + 1, 0);
    s_.add(mark, start_facts_);
    std::uint32_t steps = 0;
    for (const std::uint32_t at : m_.chain) {
      const Entry& entry = m_.entries[at];
      if (entry.has_edge) {
        m_.edges.push_back(entry.edge);
        m_.nodes.push_back(entry.node);
      }
      s_.add(mark, entry.facts);
      for (; steps < entry.steps; ++steps) {
        m_.ends[steps + 1] = static_cast<std::uint32_t>(m_.edges.size());
      }
    }
  }

  /// For one more row, and the steps to write it.
  bool room() {
    if (!s_.spend(1 + m_.nodes.size() / 8)) return false;
    if (s_.rows.size() < s_.plan.limits.rows) return true;
    s_.reach_rows();
    return false;
  }

  void write_certain() {
    s_.findings.certain = m_.accepted.size();
    if (goal_ == Goal::exists) return;
    for (const std::uint32_t state : m_.accepted) {
      if (!room()) return;
      Mark mark;
      trace(m_.infos[state].accepted, mark);
      certain_.push_back(m_.nodes.back());
      RowsWriter{s_.rows}.add(m_.nodes, m_.edges, m_.ends, mark);
      if (!by_end_) break;
    }
    std::sort(certain_.begin(), certain_.end());
  }

  /// What possible rows and the frontier hang on.
  void collect() {
    index_transitions();
    const auto is_certain = [&](NodeId node) {
      return std::binary_search(certain_.begin(), certain_.end(), node);
    };
    for (std::uint32_t state = 0; state < m_.infos.size(); ++state) {
      if (m_.infos[state].frontier) seed(state);
    }
    if (!m_.stack.empty()) {
      const FactSet* facts = s_.evaluator.merge(back(), s_.evaluator.facts(m_.open));
      s_.findings.frontier =
          s_.evaluator.merge(s_.findings.frontier, s_.evaluator.merge(facts, start_facts_));
    }
    if (!by_end_) {
      if (goal_ == Goal::rows && !certain_.empty()) return;
      collect_one();
      return;
    }
    for (const std::uint32_t state : m_.accepted) {
      const std::uint32_t entry = m_.infos[state].accepted;
      if (is_certain(m_.entries[entry].node)) continue;
      ++s_.findings.possible;
      if (!room()) return;
      Mark mark;
      trace(entry, mark);
      seed(state);
      mark.facts = s_.evaluator.merge(back(), start_facts_);
      if (s_.stop) return;
      RowsWriter{s_.rows}.add(m_.nodes, m_.edges, m_.ends, mark);
      s_.findings.facts = s_.evaluator.merge(s_.findings.facts, mark.facts);
    }
  }

  /// All ends are one row.
  void collect_one() {
    if (m_.accepted.empty()) return;
    s_.findings.possible = m_.accepted.size();
    for (const std::uint32_t state : m_.accepted) seed(state);
    s_.findings.facts = s_.evaluator.merge(back(), start_facts_);
    if (goal_ == Goal::exists) return;
    Mark mark;
    trace(m_.infos[m_.accepted.front()].accepted, mark);
    if (goal_ == Goal::rows) mark.facts = s_.findings.facts;
    RowsWriter{s_.rows}.add(m_.nodes, m_.edges, m_.ends, mark);
  }

  void index_transitions() {
    m_.first_in.assign(m_.infos.size() + 1, 0);
    for (const auto& transition : m_.transitions) ++m_.first_in[transition.to + 1];
    for (std::size_t i = 1; i < m_.first_in.size(); ++i) m_.first_in[i] += m_.first_in[i - 1];
    m_.into.resize(m_.transitions.size());
    std::vector<std::uint32_t> next(m_.first_in.begin(), m_.first_in.end() - 1);
    for (std::uint32_t i = 0; i < m_.transitions.size(); ++i) {
      m_.into[next[m_.transitions[i].to]++] = i;
    }
    m_.reached.assign(m_.infos.size(), 0);
    m_.marked.clear();
    m_.stack.clear();
  }

  void seed(std::uint32_t state) {
    if (m_.reached[state] != 0) return;
    m_.reached[state] = 1;
    m_.marked.push_back(state);
    m_.stack.push_back(state);
  }

  /// Facts of all transitions that lead to the seeds; forgets the seeds.
  const FactSet* back() {
    const FactSet* facts = nullptr;
    std::size_t looked_at = 0;
    while (!m_.stack.empty()) {
      const std::uint32_t state = m_.stack.back();
      m_.stack.pop_back();
      looked_at += 1 + m_.first_in[state + 1] - m_.first_in[state];
      for (std::uint32_t i = m_.first_in[state]; i < m_.first_in[state + 1]; ++i) {
        const auto& transition = m_.transitions[m_.into[i]];
        if (transition.facts != nullptr) facts = s_.evaluator.merge(facts, transition.facts);
        seed(transition.from);
      }
    }
    for (const std::uint32_t state : m_.marked) m_.reached[state] = 0;
    m_.marked.clear();
    static_cast<void>(s_.spend(looked_at / 16));
    return facts;
  }

  Matcher::State& s_;
  Memory& m_;
  Goal goal_;
  bool by_end_;          ///< each end is a row of its own; else all are one
  std::uint32_t first_;  ///< steps done before
  std::uint32_t steps_;  ///< steps done in the end
  bool acyclic_;
  bool certain_only_ = true;
  bool unsure_ = false;  ///< something was not certain
  bool failed_ = false;  ///< a condition was an error
  bool found_ = false;
  std::uint32_t groups_ = 0;
  std::uint32_t path_ = 0;
  const FactSet* start_facts_ = nullptr;
  std::vector<NodeId> certain_;  ///< ends of certain rows
};

}  // namespace

bool reach(Matcher::State& state, Goal goal, bool by_end) {
  return Walker(state, goal, by_end).run();
}

bool reach_first(Matcher::State& state, PatternPart& part) {
  return Walker(state, Goal::rows, true, 0, 1).run_certain(part);
}

bool reach_later(Matcher::State& state) {
  const auto last = static_cast<std::uint32_t>(state.plan.sites.size() - 1);
  return Walker(state, Goal::rows, true, 1, last).run();
}

}  // namespace eraudit::pattern_detail
