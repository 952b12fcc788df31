#include "eraudit/expression/detail/navigation.hpp"

#include <algorithm>
#include <fmt/format.h>

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
    if (is_masked(evaluator, object, on.attribute)) [[unlikely]] {
      open = on.required;
    } else if (on.column->known.test(row)) {
      open = on.column->ranged.test(row);
      day.days = on.column->days[row];
    } else if (!on.column->absent.test(row)) {
      open = on.required || on.column->disputed.test(row);
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

Value read_cell(Evaluator& evaluator, const AttributeRows& rows, const Value& object) {
  const Column& column = *rows.column;
  const std::uint32_t row = id_of(object) - rows.first;
  const bool masked = is_masked(evaluator, object, rows.id);
  if (!column.known.test(row) || masked) [[unlikely]] {
    if (column.absent.test(row) && !masked) {
      return evaluator.error(fmt::format("'{}' has no value here", rows.attribute->name));
    }
    Value unknown = evaluator.unknown(fact_of(object, rows.id));
    if (rows.attribute->non_negative) {
      unknown.flags = static_cast<std::uint8_t>(unknown.flags | Value::non_negative);
    }
    return unknown;
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
  if (!is_masked(evaluator, object, rows->id)) {
    if (rows->column->known.test(row)) return Value::of(true);
    if (rows->column->absent.test(row)) return Value::of(false);
  }
  return evaluator.unknown(fact_of(object, rows->id));
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
    Visibility visibility(evaluator, part.times, true);
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
  if (!state.network->complete(node.as_node(), rows->list) || state.is_masked(fact)) {
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

/// -1 before it begins (or after it ended) on all days of the window, 1 within it on all, 0 neither
/// is sure.
int holds(const Times::Bound& bound, std::uint32_t row, std::int64_t first, std::int64_t last,
          bool begins, bool masked, bool& unknown) {
  unknown = false;
  if (bound.column == nullptr) return 1;
  const Column& column = *bound.column;
  if (!column.known.test(row) || masked) {
    unknown = column.disputed.test(row) || (bound.required && (masked || !column.absent.test(row)));
    return unknown ? 0 : 1;
  }
  const std::int64_t low = lowest_day(column, row);
  const std::int64_t high = highest_day(column, row);
  const bool always = begins ? high <= first : low >= last;
  const bool never = begins ? low > last : high < first;
  unknown = low != high;
  return always ? 1 : (never ? -1 : 0);
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
  bool begin_unknown = false;
  bool end_unknown = false;
  const bool since_masked =
      times.since.column != nullptr && is_masked(evaluator, object, times.since.attribute);
  const bool until_masked =
      times.until.column != nullptr && is_masked(evaluator, object, times.until.attribute);
  const int begun = holds(times.since, row, from, to, true, since_masked, begin_unknown);
  const int lasting = holds(times.until, row, from, to, false, until_masked, end_unknown);
  if (begun < 0 || lasting < 0) return Value::of(false);
  if (begun > 0 && lasting > 0) return Value::of(true);
  const FactSet* facts = days.facts;
  const auto add = [&](const Times::Bound& bound) {
    const Fact fact = fact_of(object, bound.attribute);
    facts = evaluator.merge(facts, evaluator.facts(std::span(&fact, 1)));
  };
  if (begun == 0 && begin_unknown) add(times.since);
  if (lasting == 0 && end_unknown) add(times.until);
  return evaluator.unknown(facts);
}

}  // namespace eraudit::detail
