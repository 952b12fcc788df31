#include "eraudit/expression/detail/readings.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/navigation.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {
namespace {

/// Enough digits for a reader to check the figure.
PlainValue rate_value(const Rate& rate) {
  PlainValue out;
  out.kind = PlainValue::Kind::rate;
  out.of = rate.from.code();
  out.value = fmt::format(
      "{:.8g} {}", static_cast<double>(rate.numerator) / static_cast<double>(rate.denominator),
      rate.to.code());
  out.on = to_text(rate.on);
  return out;
}

}  // namespace

Position position_in_file(const ExpressionText& text, Span span) {
  if (text.source != nullptr) return text.source->position(locate(text, span).offset);
  return Source(text.name, text.text).position(span.offset);
}

bool Readings::is_new(const Fact& fact) {
  const auto& known = condition_.readings;
  return std::none_of(known.begin(), known.end(),
                      [&](const Reading& reading) { return reading.fact == fact; });
}

void Readings::add(Reading reading) {
  if (condition_.readings.size() >= evaluator_.context().limits.facts_per_verdict) {
    ++condition_.more_readings;
    return;
  }
  condition_.readings.push_back(std::move(reading));
}

void Readings::say_source(Reading& reading, std::uint16_t source, std::uint16_t file,
                          std::uint32_t line) {
  const Network& network = *evaluator_.network();
  const std::string& id = network.sources()[source].id;
  if (!id.empty()) {
    if (!reading.source.empty()) reading.source += ", ";
    reading.source += id;
  }
  if (reading.file.empty() && file != 0) {
    reading.file = network.inputs()[file - 1U].path;
    reading.line = line;
  }
}

template <class Id>
void Readings::say_origin(Reading& reading, Id id, AttributeId attribute) {
  const Network& network = *evaluator_.network();
  // A cell without claims is said by those who say that its row is there.
  const auto own = network.claims(id, attribute);
  const auto claims = own.empty() ? network.claims(id, row_itself) : own;
  for (const Claim& claim : claims) {
    say_source(reading, claim.source, claim.file, claim.line);
  }
  if (!claims.empty()) return;
  say_source(reading, network.source(id), 0, 0);
  const Origin origin = network.origin(id);
  reading.file = std::string(origin.file);
  reading.line = origin.line;
}

template <class Id>
PlainValue Readings::cell_value(Id id, const AttributeRows& rows, std::string_view path) const {
  const Network& network = *evaluator_.network();
  if (!rows.column->disputed.test(static_cast<std::uint32_t>(id.index) - rows.first)) {
    return plain_value(network.cell(id, rows.id), *rows.attribute, path);
  }
  PlainValue out;
  out.kind = PlainValue::Kind::disputed;
  for (const Claim& claim : network.claims(id, rows.id)) {
    out.items.push_back(plain_value(claim.cell, *rows.attribute, path));
    out.items.back().source = network.sources()[claim.source].id;
  }
  return out;
}

void Readings::add_cell(const BoundAttribute& attribute, const Value& object) {
  if (!object.is(ValueKind::node) && !object.is(ValueKind::edge)) return;
  const auto* const rows = rows_of(attribute.rows, static_cast<std::uint32_t>(object.integer));
  if (rows == nullptr) return;
  const Network& network = *evaluator_.network();
  Reading reading;
  if (object.is(ValueKind::node)) {
    const NodeId node = object.as_node();
    reading.fact = Fact::of(node, rows->id);
    if (!is_new(reading.fact)) return;
    reading.name = fmt::format("{}.{}", network.id(node), rows->attribute->name);
    reading.path = network.schema().path(network.kind(node), rows->id);
    say_origin(reading, node, rows->id);
    reading.value = cell_value(node, *rows, reading.path);
  } else {
    const EdgeId edge = object.as_edge();
    reading.fact = Fact::of(edge, rows->id);
    if (!is_new(reading.fact)) return;
    reading.name = fmt::format("{}.{}", network.name(edge), rows->attribute->name);
    reading.path = network.schema().path(network.table(edge).kind, rows->id);
    say_origin(reading, edge, rows->id);
    reading.value = cell_value(edge, *rows, reading.path);
  }
  if (reading.value.kind == PlainValue::Kind::unknown) reading.source.clear();  // nobody said it
  add(std::move(reading));
}

void Readings::add_list(const BoundList& list, const Value& node, const Value& found) {
  if (!node.is(ValueKind::node) || !found.is(ValueKind::list)) return;
  const auto* const rows = rows_of(list.rows, static_cast<std::uint32_t>(node.integer));
  if (rows == nullptr) return;
  const Network& network = *evaluator_.network();
  const NodeId id = node.as_node();
  Reading reading;
  reading.fact = Fact::of(id, rows->list);
  if (!is_new(reading.fact)) return;
  reading.name = fmt::format("{}.{}", network.id(id), list.reference->name);
  reading.path = network.schema().path(network.kind(id), rows->list);
  const ListData& data = *found.list;
  const auto possible = static_cast<std::size_t>(
      std::count_if(data.possible.begin(), data.possible.end(),
                    [](const FactSet* facts) { return facts != nullptr; }));
  reading.value.kind = PlainValue::Kind::count;
  reading.value.of = list.reference->nodes ? "nodes" : "edges";
  reading.value.value = std::to_string(data.items.size() - possible);
  reading.value.possible_more = possible;
  reading.value.more = data.more != nullptr;
  for (const Completion& completion : network.completions()) {
    if (completion.node == id && completion.list == rows->list) {
      say_source(reading, completion.source, completion.file, completion.line);
    }
  }
  add(std::move(reading));
}

void Readings::add_table(std::string_view name, std::uint32_t number, std::string_view text,
                         const Value& found) {
  Reading reading;
  reading.fact.kind = Fact::Kind::table;
  reading.fact.code = static_cast<std::uint16_t>(number);
  reading.name = std::string(text);
  reading.path = std::string(name);
  reading.value = plain_value(evaluator_, found);
  if (found.is(ValueKind::unknown)) {
    for (const Fact& fact : found.facts->facts) {
      if (fact.kind == Fact::Kind::table) reading.fact = fact;
    }
    if (!evaluator_.name(reading.fact).empty()) {
      reading.name = std::string(evaluator_.name(reading.fact));
    }
  }
  const auto& known = condition_.readings;
  const bool repeated = std::any_of(known.begin(), known.end(), [&](const Reading& other) {
    return other.name == reading.name && other.value == reading.value;
  });
  if (!repeated) add(std::move(reading));
}

void Readings::add_conversions(std::uint32_t step) {
  for (const auto& conversion : evaluator_.state().conversions) {
    if (conversion.step != step) continue;
    Reading reading;
    reading.fact = Fact::rate(conversion.from, conversion.to, conversion.day);
    if (!is_new(reading.fact)) continue;
    reading.name = fmt::format("rate {} to {} on {}", conversion.from.code(), conversion.to.code(),
                               to_text(conversion.day));
    reading.path = "rate";
    const auto rate =
        evaluator_.context().rates.find(conversion.from, conversion.to, conversion.day);
    if (rate) reading.value = rate_value(*rate);
    add(std::move(reading));
  }
}

}  // namespace eraudit::detail
