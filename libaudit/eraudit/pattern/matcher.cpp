#include "eraudit/pattern/matcher.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/limit_reached.hpp"
#include "eraudit/pattern/detail/reach.hpp"
#include "eraudit/pattern/detail/search.hpp"

namespace eraudit {

using pattern_detail::Goal;
using pattern_detail::Mark;
using pattern_detail::Memo;

Matcher::State::State(const BoundPattern& pattern, Evaluator& used)
    : bound(pattern),
      plan(pattern.pattern().plan()),
      binding(pattern.binding()),
      evaluator(used),
      network(pattern.network()),
      outer_nodes(plan.variables.size()),
      memos(plan.checks.size()),
      reach(std::make_unique<ReachMemory>()) {
  if (used.network() != &network) {
    throw Error(ErrorCode::bad_argument, "the pattern is bound to another network");
  }
}

Value Matcher::State::begin(std::optional<NodeId> from) {
  const EvaluationContext& context = evaluator.context();
  const std::span<const Fact> masks = masked(evaluator);
  const std::span<const Assumption> assumptions = assumed(evaluator);
  const bool same =
      epoch != 0 && context.as_of == as_of && context.at == at &&
      std::equal(masks.begin(), masks.end(), mask.begin(), mask.end()) &&
      std::equal(assumptions.begin(), assumptions.end(), assumption.begin(), assumption.end());
  if (!same) {
    as_of = context.as_of;
    at = context.at;
    mask.assign(masks.begin(), masks.end());
    assumption.assign(assumptions.begin(), assumptions.end());
    if (++epoch == 0) {
      for (Memo& memo : memos) memo = Memo();
      epoch = 1;
    }
  }
  findings = {};
  stop = false;
  noted.clear();
  reach->give_back();
  RowsWriter{rows}.clear();

  Value waits = Value::null();
  for (std::size_t i = 0; i < binding.outer.size(); ++i) {
    const std::uint32_t variable = binding.outer_variables[i];
    const Value value = evaluator.evaluate(binding.outer[i]);
    if (value.is(ValueKind::node)) {
      outer_nodes[variable] = value.as_node();
    } else if (value.is(ValueKind::unknown)) {
      waits = waits.is(ValueKind::unknown)
                  ? evaluator.unknown(evaluator.merge(waits.facts, value.facts))
                  : value;
    } else if (value.is(ValueKind::error)) {
      return value;
    } else {
      return evaluator.error(fmt::format("'{}' is no node", plan.variables[variable].name));
    }
  }
  if (!waits.is(ValueKind::null)) return waits;
  const std::uint32_t variable = plan.start;
  if (from) {
    start = *from;
  } else if (plan.variables[variable].outer) {
    start = outer_nodes[variable];
  } else {
    throw Error(ErrorCode::bad_argument, "this pattern begins at a subject: name the node");
  }
  if (start.index >= network.node_count()) {
    throw Error(ErrorCode::bad_argument, "there is no such node in this network");
  }
  return Value::null();
}

bool Matcher::State::spend(std::uint64_t steps) {
  const Value problem = eraudit::spend(evaluator, steps, &plan.text);
  if (problem.is(ValueKind::null)) return true;
  reach_limit(problem);
  return false;
}

void Matcher::State::reach_limit(Value error) {
  if (!findings.limit.is(ValueKind::error)) findings.limit = error;
  stop = true;
}

void Matcher::State::reach_hops(const pattern_detail::Step& step) {
  if (findings.limit.is(ValueKind::error)) return;
  const auto written = std::string_view(plan.text.text).substr(step.span.offset, step.span.length);
  findings.limit = limit_reached(
      evaluator, to_text(LimitReached{LimitReached::Limit::hops, step.high, std::string(written)}),
      plan.text, step.span);
}

void Matcher::State::reach_rows() {
  const auto length = static_cast<std::uint32_t>(plan.text.text.size());
  reach_limit(limit_reached(evaluator,
                            to_text(LimitReached{LimitReached::Limit::rows, plan.limits.rows}),
                            plan.text, {0, length}));
}

bool Matcher::State::holds(std::uint32_t number, Value element, Mark& mark) {
  const pattern_detail::Check& check = plan.checks[number];
  const auto id = static_cast<std::uint32_t>(element.integer);
  if (check.alone) {
    const Memo::Entry& known = memos[number].at(id);
    if (known.epoch == epoch && known.said != static_cast<unsigned>(Memo::Said::other)) {
      return spend(known.cost) && known.said == static_cast<unsigned>(Memo::Said::yes);
    }
  }
  evaluator.set(check.slot, element);
  const std::uint64_t before = evaluator.fuel_used();
  const Value value = evaluator.evaluate(binding.checks[number]);
  if (check.alone) {
    Memo::Entry& entry = memos[number].at(id);
    entry.epoch = epoch;
    entry.cost = static_cast<std::uint32_t>(evaluator.fuel_used() - before) & 0x3FFF'FFFFu;
    entry.said = static_cast<unsigned>(value.is_true()    ? Memo::Said::yes
                                       : value.is_false() ? Memo::Said::no
                                                          : Memo::Said::other) &
                 3u;
  }
  if (value.is(ValueKind::boolean)) return value.boolean;
  if (value.is(ValueKind::unknown)) {
    mark.facts = evaluator.merge(mark.facts, value.facts);
    return true;
  }
  if (!spend(0)) return false;
  if (!mark.error.is(ValueKind::error)) {
    mark.error = value.is(ValueKind::error)
                     ? value
                     : evaluator.error("the condition is neither true nor false");
  }
  return true;
}

Value Matcher::State::group(std::span<const EdgeId> edges, bool backwards) {
  std::vector<Value> items;
  items.reserve(edges.size());
  for (const EdgeId edge : edges) items.push_back(Value::of(edge));
  if (backwards) std::reverse(items.begin(), items.end());
  return evaluator.list(items);
}

bool Matcher::State::ends_suffice(std::span<const std::uint32_t> needed, bool& by_end) const {
  const pattern_detail::Path& path = plan.paths[0];
  const std::uint32_t end = path.places[plan.sites.back().place].variable;
  for (const std::uint32_t variable : needed) {
    if (variable == plan.start || plan.variables.at(variable).outer) continue;
    if (variable != end) return false;
    by_end = true;
  }
  return true;
}

void Matcher::State::search(Goal goal, std::span<const std::uint32_t> needed, bool all_rows) {
  if (plan.never) return;
  bool by_end = false;
  const bool whole = goal == Goal::count || (goal == Goal::rows && all_rows);
  const bool ends_tell = !whole && plan.paths.size() == 1 && ends_suffice(needed, by_end);
  const bool may_reach = plan.walkable && ends_tell;
  if (may_reach && pattern_detail::reach(*this, goal, by_end)) return;
  if (may_reach) {
    const Value limit = findings.limit;
    findings = {};
    findings.limit = stop ? limit : Value::null();
    RowsWriter{rows}.clear();
    if (stop) return;
  }
  const bool choose = chooses(plan.paths[0].mode) && (whole || (goal == Goal::rows && !ends_tell));
  pattern_detail::enumerate(*this, goal, needed, all_rows, choose);
}

Value Matcher::State::answer() const {
  if (findings.certain > 0) return Value::of(true);
  const FactSet* const facts = evaluator.merge(findings.facts, findings.frontier);
  if (facts != nullptr && !stop) return evaluator.unknown(facts);
  if (findings.limit.is(ValueKind::error)) return findings.limit;
  if (findings.error.is(ValueKind::error)) return findings.error;
  return Value::of(false);
}

bool pattern_walks(const Pattern& pattern) noexcept {
  return pattern.plan().walkable;
}

Matcher::Matcher(const BoundPattern& pattern, Evaluator& evaluator)
    : state_(std::make_unique<State>(pattern, evaluator)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
const Pattern& Matcher::pattern() const noexcept {
  return state_->bound.pattern();
}

namespace {

Value exists_at(Matcher::State& state, std::optional<NodeId> from) {
  const Value waits = state.begin(from);
  if (!waits.is(ValueKind::null)) return waits;
  state.search(Goal::exists, {}, false);
  return state.answer();
}

Value count_at(Matcher::State& state, std::optional<NodeId> from) {
  const Value waits = state.begin(from);
  if (!waits.is(ValueKind::null)) return waits;
  state.search(Goal::count, {}, true);
  const pattern_detail::Findings& found = state.findings;
  if (found.limit.is(ValueKind::error)) return found.limit;
  if (found.error.is(ValueKind::error)) return found.error;
  const auto low = static_cast<std::int64_t>(found.certain);
  const FactSet* const facts = state.evaluator.merge(found.facts, found.frontier);
  if (found.vague) return state.evaluator.unknown(facts);
  if (facts == nullptr) return Value::of(low);
  return state.evaluator.range(Value::of(low),
                               found.frontier != nullptr
                                   ? Value::null()
                                   : Value::of(low + static_cast<std::int64_t>(found.possible)),
                               facts);
}

const MatchRows& rows_at(Matcher::State& state, std::optional<NodeId> from, Goal goal,
                         std::span<const std::uint32_t> needed, bool all_rows) {
  const Value waits = state.begin(from);
  RowsWriter writer{state.rows};
  if (!waits.is(ValueKind::null)) {
    // Nothing can be said: as a frontier, or as a limit.
    const bool unknown = waits.is(ValueKind::unknown);
    writer.finish(state.plan.sites.size(), unknown ? waits.facts : nullptr,
                  unknown ? Value::null() : waits);
    return state.rows;
  }
  state.search(goal, needed, all_rows);
  writer.finish(state.plan.sites.size(), state.findings.frontier, state.findings.limit);
  return state.rows;
}

}  // namespace

Value Matcher::exists(NodeId start) {
  return exists_at(*state_, start);
}
Value Matcher::exists() {
  return exists_at(*state_, std::nullopt);
}
Value Matcher::count(NodeId start) {
  return count_at(*state_, start);
}
Value Matcher::count() {
  return count_at(*state_, std::nullopt);
}
const MatchRows& Matcher::rows(NodeId start) {
  return rows_at(*state_, start, Goal::rows, {}, true);
}
const MatchRows& Matcher::rows(NodeId start, std::span<const std::uint32_t> needed) {
  return rows_at(*state_, start, Goal::rows, needed, false);
}
const MatchRows& Matcher::smallest(NodeId start) {
  return rows_at(*state_, start, Goal::smallest, {}, false);
}
const MatchRows& Matcher::smallest() {
  return rows_at(*state_, std::nullopt, Goal::smallest, {}, false);
}

bool Matcher::shares_steps(std::span<const std::uint32_t> needed) const {
  const Pattern::Plan& plan = state_->plan;
  bool by_end = false;
  if (!plan.walkable || plan.sites.size() < 3 || plan.sites[1].step.repeated) return false;
  if (!state_->binding.outer.empty() || !state_->ends_suffice(needed, by_end) || !by_end)
    return false;
  for (const pattern_detail::Check& check : plan.checks) {
    if (!check.needs.empty()) return false;
  }
  return std::none_of(
      plan.sites.begin() + 1, plan.sites.end(),
      [](const pattern_detail::Site& site) { return site.known_before || site.step.cut_off; });
}

bool Matcher::first_step(NodeId start, PatternPart& part) {
  return state_->begin(start).is(ValueKind::null) && pattern_detail::reach_first(*state_, part);
}

const MatchRows* Matcher::later_rows(NodeId node) {
  State& s = *state_;
  if (!s.begin(node).is(ValueKind::null) || !pattern_detail::reach_later(s)) return nullptr;
  RowsWriter{s.rows}.finish(s.plan.sites.size(), s.findings.frontier, s.findings.limit);
  return &s.rows;
}

Value Matcher::value(std::size_t row, std::uint32_t number) {
  State& s = *state_;
  const PatternVariable& variable = s.plan.variables.at(number);
  if (variable.outer) return Value::of(s.outer_nodes[number]);
  const pattern_detail::RowReader reader(s, row);
  if (variable.role == PatternRole::path) {
    std::uint32_t path = 0;
    while (s.plan.paths[path].variable != number) ++path;
    const MatchedPath found = reader.path(path);
    std::vector<Value> nodes;
    std::vector<Value> edges;
    for (const NodeId node : found.nodes) nodes.push_back(Value::of(node));
    for (const EdgeId edge : found.edges) edges.push_back(Value::of(edge));
    const Value fields[] = {Value::of(static_cast<std::int64_t>(edges.size())),
                            s.evaluator.list(nodes), s.evaluator.list(edges)};
    return s.evaluator.record(&variable.type, fields);
  }
  const std::uint32_t site = s.binding.bound_at[number];
  if (variable.role == PatternRole::node) return Value::of(reader.node_at(site));
  if (variable.role == PatternRole::edge) return Value::of(reader.edges_of(site).front());
  return s.group(reader.edges_of(site), reader.backwards(site));
}

void Matcher::set_row(std::size_t row) {
  for (std::uint32_t i = 0; i < state_->plan.variables.size(); ++i) {
    const PatternVariable& variable = state_->plan.variables[i];
    if (!variable.outer) state_->evaluator.set(variable.slot, value(row, i));
  }
}

void Matcher::set_row(std::size_t row, std::span<const std::uint32_t> variables) {
  for (const std::uint32_t i : variables) {
    const PatternVariable& variable = state_->plan.variables.at(i);
    if (!variable.outer) state_->evaluator.set(variable.slot, value(row, i));
  }
}

std::span<const NodeId> MatchRows::nodes(std::size_t row) const {
  return std::span(nodes_).subspan(rows_.at(row).first_node, rows_[row].nodes);
}
std::span<const EdgeId> MatchRows::edges(std::size_t row) const {
  return std::span(edges_).subspan(rows_.at(row).first_edge, rows_[row].edges);
}

void RowsWriter::clear() {
  rows.rows_.clear();
  rows.nodes_.clear();
  rows.edges_.clear();
  rows.ends_.clear();
  rows.frontier_ = nullptr;
  rows.limit_ = Value::null();
}

std::uint32_t RowsWriter::add(std::span<const NodeId> nodes, std::span<const EdgeId> edges,
                              std::span<const std::uint32_t> ends, const Mark& mark) {
  rows.rows_.emplace_back();
  const auto row = static_cast<std::uint32_t>(rows.rows_.size() - 1);
  replace(row, nodes, edges, ends, mark);
  return row;
}

void RowsWriter::replace(std::uint32_t row, std::span<const NodeId> nodes,
                         std::span<const EdgeId> edges, std::span<const std::uint32_t> ends,
                         const Mark& mark) {
  MatchRows::Row& out = rows.rows_[row];
  out.first_node = static_cast<std::uint32_t>(rows.nodes_.size());
  out.nodes = static_cast<std::uint32_t>(nodes.size());
  out.first_edge = static_cast<std::uint32_t>(rows.edges_.size());
  out.edges = static_cast<std::uint32_t>(edges.size());
  out.first_end = static_cast<std::uint32_t>(rows.ends_.size());
  out.facts = mark.facts;
  out.error = mark.facts != nullptr ? Value::null() : mark.error;
  rows.nodes_.insert(rows.nodes_.end(), nodes.begin(), nodes.end());
  rows.edges_.insert(rows.edges_.end(), edges.begin(), edges.end());
  rows.ends_.insert(rows.ends_.end(), ends.begin(), ends.end());
}

int pattern_detail::compare_rows(std::span<const NodeId> nodes_a, std::span<const EdgeId> edges_a,
                                 std::span<const std::uint32_t> ends_a,
                                 std::span<const NodeId> nodes_b, std::span<const EdgeId> edges_b,
                                 std::span<const std::uint32_t> ends_b) {
  if (edges_a.size() != edges_b.size()) return edges_a.size() < edges_b.size() ? -1 : 1;
  const auto order = [](auto a, auto b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end()) return x == a.end() ? (y == b.end() ? 0 : -1) : 1;
    return *x < *y ? -1 : 1;
  };
  if (const int by_nodes = order(nodes_a, nodes_b); by_nodes != 0) return by_nodes;
  if (const int by_edges = order(edges_a, edges_b); by_edges != 0) return by_edges;
  return order(ends_a, ends_b);
}

int RowsWriter::compare(std::size_t a, std::size_t b, std::size_t sites) const {
  return pattern_detail::compare_rows(rows.nodes(a), rows.edges(a), ends(a, sites), rows.nodes(b),
                                      rows.edges(b), ends(b, sites));
}

void RowsWriter::finish(std::size_t sites, const FactSet* frontier, Value limit) {
  rows.frontier_ = frontier;
  rows.limit_ = limit;
  std::vector<std::uint32_t> order(rows.rows_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return compare(a, b, sites) < 0; };
  // Breadth first, the certain ones come in order and the possible ones behind them.
  const auto middle = std::is_sorted_until(order.begin(), order.end(), before);
  if (middle == order.end()) return;
  if (std::is_sorted(middle, order.end(), before)) {
    std::inplace_merge(order.begin(), middle, order.end(), before);
  } else {
    std::sort(order.begin(), order.end(), before);
  }
  std::vector<MatchRows::Row> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t row : order) sorted.push_back(rows.rows_[row]);
  rows.rows_ = std::move(sorted);
}

}  // namespace eraudit
