#include "eraudit/expression/evaluator.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit {

using detail::Variable;

namespace {

/// Two sets that each fit a verdict.
constexpr std::size_t few_facts = 256;

}  // namespace

Evaluator::Evaluator(const Network* network, EvaluationContext context)
    : state_(std::make_unique<State>()) {
  state_->network = network;
  state_->fuel_limit = context.limits.fuel;
  state_->admission = context.admission;
  state_->fuel_end = state_->fuel_limit;
  state_->arena.limit(context.limits.value_bytes, &state_->fuel_end);
  state_->context = std::move(context);
}

Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;

const Network* Evaluator::network() const noexcept {
  return state_->network;
}
const EvaluationContext& Evaluator::context() const noexcept {
  return state_->context;
}
void Evaluator::at(Date day) {
  state_->context.at = day;
}
void Evaluator::fuel(std::uint64_t steps) {
  state_->fuel_limit = steps;
}
std::uint64_t Evaluator::fuel_used() const noexcept {
  return state_->fuel;
}
void Evaluator::mask(std::span<const Fact> facts) {
  state_->masked.assign(facts.begin(), facts.end());
}
void Evaluator::trace(bool on) {
  state_->tracing = on;
}
std::span<const Evaluator::Step> Evaluator::steps() const noexcept {
  return state_->steps;
}

void Evaluator::begin() {
  State& s = *state_;
  s.arena.reset();
  s.fuel = 0;
  s.fuel_end = s.fuel_limit;
  s.depth = 0;
  s.exhausted = false;
  s.placed = false;
  s.declared.clear();
  s.names.clear();
  s.values.clear();
  s.possible.clear();
  s.steps.clear();
  s.conversions.clear();
  if (++s.row == 0) {  // after four thousand million rows: numbers begin anew
    s.variables.clear();
    s.row = 1;
  }
}

namespace {

Variable& variable_of(Evaluator::State& state, Slot slot) {
  if (slot >= state.variables.size()) state.variables.resize(slot + 1);
  Variable& variable = state.variables[slot];
  if (variable.row != state.row) {
    variable = {};
    variable.row = state.row;
  }
  return variable;
}

}  // namespace

void Evaluator::set(Slot slot, Value value) {
  Variable& variable = variable_of(*state_, slot);
  variable.state = Variable::State::set;
  variable.value = value;
}

void Evaluator::set_lazy(Slot slot, const BoundProgram* program) {
  if (program == nullptr) throw Error(ErrorCode::bad_argument, "there is no program to evaluate");
  Variable& variable = variable_of(*state_, slot);
  variable.state = Variable::State::lazy;
  variable.program = program;
  variable.host = nullptr;
}

void Evaluator::set_unknown(Slot slot, std::string_view name, std::string_view path) {
  Variable& variable = variable_of(*state_, slot);
  variable.has_unknown_parts = true;
  state_->declared.push_back({slot, state_->arena.copy(name), state_->arena.copy(path)});
}

Value Evaluator::evaluate(const BoundProgram& program) {
  State& s = *state_;
  if (program.network() != nullptr && program.network() != s.network) {
    throw Error(ErrorCode::bad_argument, "the program is bound to another network");
  }
  const Value value = detail::run(*this, program);
  return s.exhausted ? s.limit_error : value;
}

Value Evaluator::text(std::string_view copied) {
  if (!state_->reserve(copied.size())) return state_->limit_error;
  return Value::of(state_->arena.copy(copied));
}

Value Evaluator::list(std::span<const Value> items) {
  return list(items, {}, nullptr);
}

Value Evaluator::list(std::span<const Value> items, std::span<const FactSet* const> possible,
                      const FactSet* more) {
  State& s = *state_;
  if (!s.reserve(items.size_bytes() + possible.size_bytes()) || !s.spend(items.size() / 8)) {
    return s.limit_error;
  }
  bool waits = more != nullptr;
  for (const Value& item : items) {
    if (item.is(ValueKind::error)) return item;
    waits = waits || !item.is_whole();
  }
  const bool all_certain = std::all_of(possible.begin(), possible.end(),
                                       [](const FactSet* facts) { return facts == nullptr; });
  ListData data;
  data.items = s.arena.copy(items);
  if (!all_certain) data.possible = s.arena.copy(possible);
  data.more = more;
  Value value = Value::make(ValueKind::list);
  value.list = s.arena.make(data);
  if (waits || !all_certain) value.flags = Value::waits;
  return value;
}

Value Evaluator::map(std::span<const Value> keys, std::span<const Value> values) {
  State& s = *state_;
  if (!s.reserve(2 * keys.size_bytes())) return s.limit_error;
  Value value = Value::make(ValueKind::map);
  for (const Value& item : values) {
    if (item.is(ValueKind::error)) return item;
    if (!item.is_whole()) value.flags = Value::waits;
  }
  MapData data;
  data.keys = s.arena.copy(keys);
  data.values = s.arena.copy(values);
  value.map = s.arena.make(data);
  return value;
}

Value Evaluator::record(const Type* type, std::span<const Value> fields) {
  State& s = *state_;
  Value value = Value::make(ValueKind::record);
  for (const Value& field : fields) {
    if (!field.is_whole()) value.flags = Value::waits;
  }
  value.record = s.arena.make(RecordData{type, s.arena.copy(fields)});
  return value;
}

Value Evaluator::range(Value low, Value high, const FactSet* facts) {
  // Bits, not numbers: 1 / -0.0 is not 1 / 0.0.
  if (low.is(ValueKind::null) && high.is(ValueKind::null)) return unknown(facts);
  // One amount of which only the day is open stays a range: else it would wait for nothing.
  const bool several_days =
      low.is(ValueKind::money) && low.has(Value::open_day) && low.size == open_day_several;
  if (low.kind == high.kind && low.integer == high.integer && !several_days) return low;
  Value value = Value::make(ValueKind::range);
  value.range = state_->arena.make(RangeData{low, high, facts});
  return value;
}

Value Evaluator::error(std::string_view message) {
  State& s = *state_;
  Value value = Value::make(ValueKind::error);
  value.error = s.arena.make(ErrorData{s.arena.copy(message), s.operation});
  return value;
}

Value Evaluator::unknown(const Fact& fact) {
  return unknown(facts(std::span(&fact, 1)));
}

Value Evaluator::unknown(const FactSet* facts, unsigned flags) {
  if (facts == nullptr) return error("this amount is too large");
  Value value = Value::make(ValueKind::unknown);
  value.flags = static_cast<std::uint8_t>(value.flags | flags);
  value.facts = facts;
  return value;
}

Fact Evaluator::named(std::string_view name) {
  State& s = *state_;
  Fact fact;
  fact.kind = Fact::Kind::named;
  static_cast<void>(s.spend(s.names.size() / 16));
  for (const std::string_view& known : s.names) {
    if (known == name) {
      fact.row = static_cast<std::uint32_t>(&known - s.names.data());
      return fact;
    }
  }
  fact.row = static_cast<std::uint32_t>(s.names.size());
  s.names.push_back(s.arena.copy(name));
  return fact;
}

std::string_view Evaluator::name(const Fact& fact) const {
  const bool has_name = fact.kind == Fact::Kind::named || fact.kind == Fact::Kind::table;
  return has_name && fact.row < state_->names.size() ? state_->names[fact.row] : std::string_view();
}

const FactSet* Evaluator::facts(std::span<const Fact> facts, std::uint32_t more) {
  State& s = *state_;
  std::span<Fact> kept = s.arena.copy(facts);
  if (kept.size() > 1) {
    std::sort(kept.begin(), kept.end());
    kept =
        kept.first(static_cast<std::size_t>(std::unique(kept.begin(), kept.end()) - kept.begin()));
  }
  const std::size_t most = s.context.limits.facts_per_verdict;
  if (kept.size() > most) {
    more += static_cast<std::uint32_t>(kept.size() - most);
    kept = kept.first(most);
  }
  return s.arena.make(FactSet{kept, more});
}

const FactSet* Evaluator::merge(const FactSet* a, const FactSet* b) {
  if (a == nullptr || a == b) return b;
  if (b == nullptr) return a;
  const std::span<const Fact> x = a->facts;
  const std::span<const Fact> y = b->facts;
  if (b->more == 0 && std::includes(x.begin(), x.end(), y.begin(), y.end())) return a;
  if (a->more == 0 && std::includes(y.begin(), y.end(), x.begin(), x.end())) return b;
  State& s = *state_;
  // Only who keeps more facts than a verdict has such sets.
  if (x.size() + y.size() > few_facts) static_cast<void>(s.spend((x.size() + y.size()) / 32));
  s.facts.clear();
  std::set_union(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(s.facts));
  std::uint32_t more = a->more + b->more;
  if (more < a->more) more = UINT32_MAX;
  const std::size_t most = s.context.limits.facts_per_verdict;
  if (s.facts.size() > most) {
    const auto dropped = static_cast<std::uint32_t>(s.facts.size() - most);
    more = more > UINT32_MAX - dropped ? UINT32_MAX : more + dropped;
    s.facts.resize(most);
  }
  return s.arena.make(FactSet{s.arena.copy(std::span<const Fact>(s.facts)), more});
}

const FactSet* Evaluator::waits_for(Value value) {
  if (value.is_whole()) return nullptr;
  if (value.is(ValueKind::unknown)) return value.facts;
  if (value.is(ValueKind::range)) return value.range->facts;
  const detail::Descent down(*state_, detail::parts_of(value));
  if (!down) return nullptr;
  const FactSet* facts = nullptr;
  switch (value.kind) {
    case ValueKind::money_terms:
      for (const Value& term : value.terms->terms) facts = merge(facts, waits_for(term));
      return facts;
    case ValueKind::list: {
      const ListData& list = *value.list;
      if (list.whole != nullptr) return list.whole;
      for (const Value& item : list.items) facts = merge(facts, waits_for(item));
      for (const FactSet* possible : list.possible) facts = merge(facts, possible);
      return merge(facts, list.more);
    }
    case ValueKind::map:
      if (value.map->whole != nullptr) return value.map->whole;
      for (const Value& item : value.map->values) facts = merge(facts, waits_for(item));
      return facts;
    case ValueKind::record:
      for (const Value& field : value.record->fields) facts = merge(facts, waits_for(field));
      return facts;
    default:
      return nullptr;
  }
}

namespace {

/// What compiling a pattern takes; the same each time it is used, for nobody is to know whether it
/// was used before.
std::uint64_t steps_to_compile(const re2::RE2& pattern, const Limits& limits) {
  if (pattern.ok()) return static_cast<std::uint64_t>(pattern.ProgramSize());
  const bool too_large = pattern.error_code() == re2::RE2::ErrorPatternTooLarge;
  return too_large ? static_cast<std::uint64_t>(limits.regex_memory_bytes) / 128 : 0;
}

}  // namespace

const re2::RE2* Evaluator::State::pattern(std::string_view text, std::string* problem,
                                          bool written) {
  const auto use = [&](const re2::RE2& compiled) -> const re2::RE2* {
    if (!written) static_cast<void>(spend(steps_to_compile(compiled, context.limits)));
    if (!compiled.ok() && problem != nullptr) *problem = compiled.error();
    return compiled.ok() ? &compiled : nullptr;
  };
  if (!spend(text.size() / 8)) return nullptr;
  const auto known = patterns.find(text);
  if (known != patterns.end()) return use(*known->second);
  if (text.size() > context.limits.regex_pattern_bytes) {
    if (problem != nullptr) {
      *problem = fmt::format("it has {} bytes, at most {} are allowed", text.size(),
                             context.limits.regex_pattern_bytes);
    }
    return nullptr;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(context.limits.regex_memory_bytes);
  if (patterns.size() >= detail::patterns_kept) patterns.clear();
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  return use(*patterns.emplace(text, std::move(compiled)).first->second);
}

Value Evaluator::State::out_of(LimitReached::Limit limit, std::uint64_t most) {
  if (exhausted) return limit_error;
  exhausted = true;
  fuel_end = 0;
  limit_error = detail::limit_reached(*this, to_text(LimitReached{limit, most}), {});
  return limit_error;
}

Value Evaluator::State::stopped() {
  if (exhausted) return limit_error;
  if (arena.over()) {
    out_of_bytes();
    return limit_error;
  }
  fuel = fuel_limit;
  return out_of(LimitReached::Limit::steps, fuel_limit);
}

void Evaluator::State::out_of_bytes() {
  static_cast<void>(out_of(LimitReached::Limit::bytes, context.limits.value_bytes));
}

void Evaluator::State::place_limit(std::string_view place) {
  if (placed) return;
  placed = true;
  const std::uint32_t node = limit_error.error->node;
  limit_error = detail::limit_reached(*this, limit_error.error->limit, place);
  ErrorData data = *limit_error.error;
  data.node = node;
  limit_error.error = arena.make(data);
}

namespace detail {

Value limit_reached(Evaluator::State& state, std::string_view which, std::string_view place) {
  constexpr std::string_view mark = "limit reached: ";
  ErrorData data;
  data.message = state.arena.copy(
      std::string_view(fmt::format("{}{}{}{}", mark, which, place.empty() ? "" : ", at ", place)));
  data.limit = data.message.substr(mark.size(), which.size());
  data.node = state.operation;
  Value value = Value::make(ValueKind::error);
  value.error = state.arena.make(data);
  return value;
}

std::size_t parts_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::list:
      return value.list->items.size();
    case ValueKind::map:
      return value.map->keys.size();
    case ValueKind::record:
      return value.record->fields.size();
    default:
      return 0;
  }
}

std::string place_in_file(const ExpressionText& text, Span span) {
  // A text that is its own source stands in no file.
  if (text.source == nullptr || text.source->text() == text.text) return {};
  const std::string_view name = text.source->name();
  const Position at = text.source->position(locate(text, span).offset);
  return fmt::format("{}:{}:{}", name.substr(name.find_last_of('/') + 1), at.line, at.column);
}

std::string_view kind_name(const Value& value) {
  switch (value.kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "bool";
    case ValueKind::integer:
      return "int";
    case ValueKind::uinteger:
      return "uint";
    case ValueKind::number:
      return "double";
    case ValueKind::text:
      return "string";
    case ValueKind::bytes:
      return "bytes";
    case ValueKind::list:
      return "list";
    case ValueKind::map:
      return "map";
    case ValueKind::type:
      return "type";
    case ValueKind::timestamp:
      return "timestamp";
    case ValueKind::duration:
      return "duration";
    case ValueKind::date:
      return "date";
    case ValueKind::money:
    case ValueKind::money_terms:
      return "money";
    case ValueKind::node:
      return "node";
    case ValueKind::edge:
      return "edge";
    case ValueKind::record:
      return is_optional(value) ? optional_name : "record";
    case ValueKind::range:
      return kind_name(value.range->low.is(ValueKind::null) ? value.range->high : value.range->low);
    case ValueKind::unknown:
      return "unknown";
    case ValueKind::error:
      return "error";
  }
  return "value";
}

Value no_overload(Evaluator& evaluator, std::string_view name, std::span<const Value> operands) {
  std::string message = "no such overload: ";
  message.append(name);
  message += '(';
  for (const Value& operand : operands) {
    if (&operand != operands.data()) message += ", ";
    message.append(kind_name(operand));
  }
  message += ')';
  return evaluator.error(message);
}

}  // namespace detail
}  // namespace eraudit
