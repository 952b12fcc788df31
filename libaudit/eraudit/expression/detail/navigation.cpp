#include "eraudit/expression/detail/navigation.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/truth.hpp"
#include "eraudit/expression/detail/admitted.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/visibility.hpp"

namespace eraudit::detail {
namespace {

bool is_object(const Value& value) {
  return value.is(ValueKind::node) || value.is(ValueKind::edge);
}

std::uint32_t id_of(const Value& object) {
  return static_cast<std::uint32_t>(object.integer);
}

Fact fact_of(const Value& object, AttributeId attribute) {
  return object.is(ValueKind::node) ? Fact::of(object.as_node(), attribute)
                                    : Fact::of(object.as_edge(), attribute);
}

/// Whether a cell is to be read as if nobody had said it.
bool is_masked(Evaluator& evaluator, const Value& object, AttributeId attribute) {
  const Evaluator::State& state = evaluator.state();
  return !state.masked.empty() && state.is_masked(fact_of(object, attribute));
}

/// Errors and unknowns pass through; anything else that is no node or edge has no attributes.
Value not_an_object(Evaluator& evaluator, const Value& object, std::string_view name) {
  if (object.is(ValueKind::error)) return object;
  if (object.is(ValueKind::unknown)) {
    return evaluator.unknown(object.facts, object.flags & Value::may_fail);
  }
  return evaluator.error(fmt::format("a {} has no attribute '{}'", kind_name(object), name));
}

/// The day of an amount of money in this row.
void set_day(Evaluator& evaluator, Value& money, const Times::Bound& on, std::uint32_t row,
             const Value& object) {
  Date day = evaluator.state().context.as_of;
  bool open = false;
  if (on.column != nullptr) {
    const SaidDay said = said_day(evaluator.state(), on, fact_of(object, on.attribute), row);
    switch (said.state) {
      case SaidDay::State::known:
        day.days = said.low;
        open = said.low != said.high;
        break;
      case SaidDay::State::absent:
        break;
      case SaidDay::State::not_said:
        open = on.required;
        break;
      case SaidDay::State::open:
        open = true;
    }
  }
  if (open) {
    money.flags = static_cast<std::uint8_t>(money.flags | Value::open_day);
    money.size = id_of(object) | (object.is(ValueKind::node) ? open_day_node : 0);
  } else {
    money.size = static_cast<std::uint32_t>(day.days);
  }
}

Value read_range(Evaluator& evaluator, const AttributeRows& rows, std::uint32_t row,
                 const Value& object) {
  const Column& column = *rows.column;
  const Column::Range& range = column.range(row);
  const Fact fact = fact_of(object, rows.id);
  const FactSet* const facts = evaluator.facts(std::span(&fact, 1));
  switch (column.type) {
    case AttributeType::integer:
      return evaluator.range(Value::of(column.longs[row]), Value::of(range.high), facts);
    case AttributeType::number:
      return evaluator.range(Value::of(column.doubles[row]), Value::of(range.high_number), facts);
    case AttributeType::date:
      return evaluator.range(Value::of(Date{column.days[row]}),
                             Value::of(Date{static_cast<std::int32_t>(range.high)}), facts);
    case AttributeType::money: {
      const Money money = column.money(row);
      Value low = Value::of(money, Date{});
      set_day(evaluator, low, rows.on, row, object);
      Value high = low;
      high.integer = range.high;
      return evaluator.range(low, high, facts);
    }
    default:
      return evaluator.unknown(facts);
  }
}

Value text_list(Evaluator& evaluator, const AttributeRows& rows, std::uint32_t row) {
  Evaluator::State& state = evaluator.state();
  const std::span<const std::uint32_t> codes = rows.column->list(row);
  if (!state.spend(codes.size())) return state.limit_error;
  const auto items = state.arena.array<Value>(codes.size());
  const bool enumeration = rows.column->type == AttributeType::enumeration_list;
  for (std::size_t index = 0; index < codes.size(); ++index) {
    items[index] = enumeration
                       ? Value::of(std::string_view(rows.attribute->values[codes[index]].id))
                       : Value::of(state.network->text(codes[index]));
  }
  Value value = Value::make(ValueKind::list);
  value.list = state.arena.make(ListData{.items = items});
  return value;
}

/// One value of a cell that several people speak of. Texts live in the network.
Value value_of(Evaluator& evaluator, const AttributeRows& rows, std::uint32_t row,
               const Value& object, const CellValue& said) {
  switch (rows.column->type) {
    case AttributeType::boolean:
      return Value::of(std::get<bool>(said));
    case AttributeType::integer:
      return Value::of(std::get<std::int64_t>(said));
    case AttributeType::number:
      return Value::of(std::get<double>(said));
    case AttributeType::text:
    case AttributeType::enumeration:
      return Value::of(std::string_view(std::get<std::string>(said)));
    case AttributeType::date:
      return Value::of(std::get<Date>(said));
    case AttributeType::money: {
      Value money = Value::of(std::get<Money>(said), Date{});
      set_day(evaluator, money, rows.on, row, object);
      return money;
    }
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      Evaluator::State& state = evaluator.state();
      const auto& texts = std::get<std::vector<std::string>>(said);
      if (!state.spend(texts.size())) return state.limit_error;
      const auto items = state.arena.array<Value>(texts.size());
      std::transform(texts.begin(), texts.end(), items.begin(),
                     [](const std::string& text) { return Value::of(std::string_view(text)); });
      Value value = Value::make(ValueKind::list);
      value.list = state.arena.make(ListData{.items = items});
      return value;
    }
  }
  return Value::null();
}

Value absent_cell(Evaluator& evaluator, const AttributeRows& rows) {
  return evaluator.error(fmt::format("'{}' has no value here", rows.attribute->name));
}

Value unknown_cell(Evaluator& evaluator, const AttributeRows& rows, const Value& object) {
  Value unknown = evaluator.unknown(fact_of(object, rows.id));
  if (rows.attribute->non_negative) {
    unknown.flags = static_cast<std::uint8_t>(unknown.flags | Value::non_negative);
  }
  return unknown;
}

/// A cell that is not read as its column has it.
Value read_admitted(Evaluator& evaluator, const AttributeRows& rows, std::uint32_t row,
                    const Value& object, const Cell* cell) {
  if (cell == nullptr) return unknown_cell(evaluator, rows, object);
  switch (cell->state) {
    case CellState::unknown:
      return unknown_cell(evaluator, rows, object);
    case CellState::absent:
      return absent_cell(evaluator, rows);
    case CellState::known:
      return value_of(evaluator, rows, row, object, cell->low);
    case CellState::range:
      break;
  }
  const Fact fact = fact_of(object, rows.id);
  return evaluator.range(value_of(evaluator, rows, row, object, cell->low),
                         value_of(evaluator, rows, row, object, cell->high),
                         evaluator.facts(std::span(&fact, 1)));
}

Value read_cell(Evaluator& evaluator, const AttributeRows& rows, const Value& object) {
  const Column& column = *rows.column;
  const std::uint32_t row = id_of(object) - rows.first;
  const bool masked = is_masked(evaluator, object, rows.id);
  if (!masked) {
    const Admitted said = admitted(evaluator.state(), fact_of(object, rows.id), rows.place, row);
    if (!said.as_stored) [[unlikely]]
      return read_admitted(evaluator, rows, row, object, said.cell);
  }
  if (!column.known.test(row) || masked) [[unlikely]] {
    if (column.absent.test(row) && !masked) return absent_cell(evaluator, rows);
    return unknown_cell(evaluator, rows, object);
  }
  if (column.ranged.test(row)) [[unlikely]]
    return read_range(evaluator, rows, row, object);
  switch (column.type) {
    case AttributeType::boolean:
      return Value::of(column.bytes[row] != 0);
    case AttributeType::integer:
      return Value::of(column.longs[row]);
    case AttributeType::number:
      return Value::of(column.doubles[row]);
    case AttributeType::text:
      return Value::of(evaluator.state().network->text(column.codes[row]));
    case AttributeType::enumeration:
      return Value::of(std::string_view(rows.attribute->values[column.codes[row]].id));
    case AttributeType::date:
      return Value::of(Date{column.days[row]});
    case AttributeType::money: {
      Value money = Value::of(column.money(row), Date{});
      set_day(evaluator, money, rows.on, row, object);
      return money;
    }
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      return text_list(evaluator, rows, row);
  }
  return Value::null();
}

const AttributeRows* rows_for(const BoundAttribute& attribute, const Value& object) {
  if (!is_object(object) || attribute.reference->of_edge != object.is(ValueKind::edge)) {
    return nullptr;
  }
  return rows_of(attribute.rows, id_of(object));
}

}  // namespace

Value read_attribute(Evaluator& evaluator, const BoundAttribute& attribute, const Value& object) {
  const AttributeRows* const rows = rows_for(attribute, object);
  if (rows != nullptr) return read_cell(evaluator, *rows, object);
  Value value = not_an_object(evaluator, object, attribute.reference->name);
  if (value.is(ValueKind::unknown) && attribute.non_negative) {
    value.flags = static_cast<std::uint8_t>(value.flags | Value::non_negative);
  }
  return value;
}

Value has_attribute(Evaluator& evaluator, const BoundAttribute& attribute, const Value& object) {
  const AttributeRows* const rows = rows_for(attribute, object);
  if (rows == nullptr) return not_an_object(evaluator, object, attribute.reference->name);
  const std::uint32_t row = id_of(object) - rows->first;
  const Fact fact = fact_of(object, rows->id);
  if (!is_masked(evaluator, object, rows->id)) {
    const Admitted said = admitted(evaluator.state(), fact, rows->place, row);
    if (!said.as_stored) {
      if (said.cell == nullptr || said.cell->state == CellState::unknown)
        return evaluator.unknown(fact);
      return Value::of(said.cell->state != CellState::absent);
    }
    if (rows->column->known.test(row)) return Value::of(true);
    if (rows->column->absent.test(row)) return Value::of(false);
  }
  return evaluator.unknown(fact);
}

namespace {

/// The rows of an edge table at one of its ends.
class RowsAt {
 public:
  RowsAt(const EdgeTable& table, Side side, std::uint32_t node)
      : table_(table), out_(side == Side::from) {
    const std::vector<std::uint32_t>& offsets = out_ ? table.out_offsets : table.in_offsets;
    begin_ = offsets[node];
    end_ = offsets[node + 1];
  }
  [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }
  [[nodiscard]] std::uint32_t at(std::size_t index) const noexcept {
    const auto position = static_cast<std::uint32_t>(begin_ + index);
    return out_ ? position : table_.in_rows[position];
  }

 private:
  const EdgeTable& table_;
  bool out_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

struct Neighbour {
  Value node;
  const FactSet* possible;
};

/// Nodes in order, each once: certain if one edge to it is, else possible for all their facts.
std::size_t make_distinct(Evaluator& evaluator, std::span<Value> nodes,
                          std::span<const FactSet*> possible) {
  const auto neighbours = evaluator.state().arena.array<Neighbour>(nodes.size());
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    neighbours[index] = {nodes[index], possible.empty() ? nullptr : possible[index]};
  }
  std::stable_sort(
      neighbours.begin(), neighbours.end(),
      [](const Neighbour& a, const Neighbour& b) { return a.node.integer < b.node.integer; });
  std::size_t kept = 0;
  for (std::size_t index = 0; index < neighbours.size(); ++index) {
    const Neighbour& next = neighbours[index];
    if (kept > 0 && nodes[kept - 1].integer == next.node.integer) {
      if (possible.empty()) continue;
      const FactSet*& facts = possible[kept - 1];
      facts = facts == nullptr || next.possible == nullptr ? nullptr
                                                           : evaluator.merge(facts, next.possible);
    } else {
      nodes[kept] = next.node;
      if (!possible.empty()) possible[kept] = next.possible;
      ++kept;
    }
  }
  return kept;
}

}  // namespace

Value read_list(Evaluator& evaluator, const BoundList& list, const Value& node) {
  if (!node.is(ValueKind::node)) return not_an_object(evaluator, node, list.reference->name);
  const ListRows* const rows = rows_of(list.rows, id_of(node));
  if (rows == nullptr) {
    return evaluator.error(fmt::format("there is no list '{}' here", list.reference->name));
  }
  Evaluator::State& state = evaluator.state();
  const std::uint32_t at = id_of(node) - rows->first;
  const Side side = rows->list.side;
  std::size_t most = 0;
  for (const ListRows::Part& part : rows->parts) most += RowsAt(*part.table, side, at).size();
  if (!state.spend(most)) return state.limit_error;
  if (!state.reserve(most * sizeof(Value))) return state.limit_error;

  std::span<Value> items = state.arena.array<Value>(most);
  std::span<const FactSet*> possible;
  std::size_t count = 0;
  for (const ListRows::Part& part : rows->parts) {
    const EdgeTable& table = *part.table;
    const RowsAt edges(table, side, at);
    Visibility visibility(evaluator, part.times, part.place);
    for (std::size_t index = 0; index < edges.size(); ++index) {
      const std::uint32_t row = edges.at(index);
      if (!visibility.look(table.first, row)) continue;
      if (visibility.facts() != nullptr && possible.empty()) {
        possible = state.arena.array<const FactSet*>(most);
        std::fill(possible.begin(), possible.end(), nullptr);
      }
      if (!possible.empty()) possible[count] = visibility.facts();
      items[count++] = !list.reference->nodes ? Value::of(EdgeId{table.first + row})
                       : side == Side::from   ? Value::of(table.to[row])
                                              : Value::of(table.from[row]);
    }
  }
  if (list.reference->nodes) {
    count = make_distinct(evaluator, items.first(count),
                          possible.empty() ? possible : possible.first(count));
  }

  ListData data;
  data.items = items.first(count);
  if (!possible.empty()) data.possible = possible.first(count);
  const Fact fact = Fact::of(node.as_node(), rows->list);
  if (!state.network->complete(node.as_node(), rows->list) || state.is_masked(fact) ||
      !completeness_counts(state, fact)) {
    data.more = evaluator.facts(std::span(&fact, 1));
  }
  if (std::all_of(data.possible.begin(), data.possible.end(),
                  [](const FactSet* facts) { return facts == nullptr; })) {
    data.possible = {};
  }
  Value value = Value::make(ValueKind::list);
  value.list = state.arena.make(data);
  if (data.partial()) value.flags = Value::waits;
  return value;
}

Value edge_end(Evaluator& evaluator, const Value& edge, Side side) {
  if (!edge.is(ValueKind::edge)) {
    return not_an_object(evaluator, edge, side == Side::from ? "from" : "to");
  }
  const Network& network = *evaluator.state().network;
  return Value::of(side == Side::from ? network.from(edge.as_edge()) : network.to(edge.as_edge()));
}

Value identity(Evaluator& evaluator, const Value& object, bool kind) {
  if (!is_object(object)) return not_an_object(evaluator, object, kind ? "kind" : "id");
  const Network& network = *evaluator.state().network;
  if (object.is(ValueKind::node)) {
    if (!kind) return Value::of(network.id(object.as_node()));
    return Value::of(std::string_view(network.schema().kind(network.kind(object.as_node())).name));
  }
  if (!kind) return evaluator.text(network.name(object.as_edge()));
  return Value::of(
      std::string_view(network.schema().edge(network.table(object.as_edge()).kind).name));
}

namespace {

struct Holding {
  Truth on_all_days = Truth::yes;
  bool open = false;  ///< what would be said of this bound could tell
};

/// Whether it has begun, or lasts, on all days of the window.
Holding holds(Evaluator& evaluator, const Times::Bound& bound, const Value& object,
              std::uint32_t row, std::int64_t first, std::int64_t last, bool begins) {
  if (bound.column == nullptr) return {};
  const SaidDay said = said_day(evaluator.state(), bound, fact_of(object, bound.attribute), row);
  switch (said.state) {
    case SaidDay::State::absent:
      return {};
    case SaidDay::State::not_said:
      return bound.required ? Holding{Truth::unknown, true} : Holding{};
    case SaidDay::State::open:
      return {Truth::unknown, true};
    case SaidDay::State::known:
      break;
  }
  const bool always = begins ? said.high <= first : said.low >= last;
  const bool never = begins ? said.low > last : said.high < first;
  return {always ? Truth::yes : (never ? Truth::no : Truth::unknown), said.low != said.high};
}

}  // namespace

Value valid_on(Evaluator& evaluator, const Value& object, const Value& day) {
  const Network* const network = evaluator.network();
  const Ends days = ends_of(day);
  const Value& any_day = days.low.is(ValueKind::null) ? days.high : days.low;
  if (network == nullptr || !is_object(object) || !any_day.is(ValueKind::date)) {
    const Value operands[] = {object, day};
    return no_overload(evaluator, "valid_on", operands);
  }
  Times times;
  std::uint32_t first = 0;
  if (object.is(ValueKind::node)) {
    const KindId kind = network->kind(object.as_node());
    times = times_of(*network, kind);
    first = network->nodes(kind).first;
  } else {
    const EdgeTable& table = network->table(object.as_edge());
    times = times_of(*network, table);
    first = table.first;
  }
  if (times.since.column == nullptr && times.until.column == nullptr) {
    return evaluator.error("what has neither 'since' nor 'until' is not valid on a day");
  }
  const std::int64_t from = days.low.is(ValueKind::null) ? first_date.days : days.low.integer;
  const std::int64_t to = days.high.is(ValueKind::null) ? last_date.days : days.high.integer;
  const std::uint32_t row = id_of(object) - first;
  const Holding begun = holds(evaluator, times.since, object, row, from, to, true);
  const Holding lasting = holds(evaluator, times.until, object, row, from, to, false);
  const Truth both = begun.on_all_days & lasting.on_all_days;
  if (both != Truth::unknown) return Value::of(both == Truth::yes);
  const FactSet* facts = days.facts;
  const auto add = [&](const Times::Bound& bound) {
    const Fact fact = fact_of(object, bound.attribute);
    facts = evaluator.merge(facts, evaluator.facts(std::span(&fact, 1)));
  };
  if (begun.on_all_days == Truth::unknown && begun.open) add(times.since);
  if (lasting.on_all_days == Truth::unknown && lasting.open) add(times.until);
  return evaluator.unknown(facts);
}

}  // namespace eraudit::detail
