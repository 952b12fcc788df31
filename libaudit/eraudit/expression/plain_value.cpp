#include "eraudit/expression/plain_value.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <variant>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/schema/attribute_path.hpp"

namespace eraudit {
namespace {

using Kind = PlainValue::Kind;

PlainValue plain_scalar(Kind kind, std::string text) {
  PlainValue out;
  out.kind = kind;
  out.value = std::move(text);
  return out;
}

std::string plain_money(const Money& money) {
  return money.currency.none() ? std::to_string(money.minor) : to_text(money);
}

std::string bytes_text(std::string_view octets) {
  std::string text = "0x";
  for (const char octet : octets) text += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  return text;
}

class PlainMaker {
 public:
  PlainMaker(const Evaluator& evaluator, std::span<const Attribute* const> enumerations)
      : evaluator_(evaluator),
        enumerations_(enumerations),
        left_(evaluator.context().limits.message_bytes) {}

  /// What does not fit any more is left out, with a sign that it is.
  PlainValue make(const Value& value) {
    const bool has_parts = detail::parts_of(value) > 0;
    if (left_ == 0 || (has_parts && depth_ == most_depth)) return cut();
    if (has_parts) {
      ++depth_;
      PlainValue all = whole(value);
      --depth_;
      return all;
    }
    PlainValue one = whole(value);
    if (one.value.size() > left_) {
      one.value = std::string(detail::first_bytes(one.value, left_)) + std::string(left_out);
    }
    // What is empty costs, too: there may be as much of it as one likes.
    left_ -= std::min(left_, one.value.size() + 1);
    return one;
  }

 private:
  static constexpr std::string_view left_out = "…";
  static constexpr std::size_t most_depth = 250;

  static PlainValue cut() { return plain_scalar(Kind::text, std::string(left_out)); }

  /// False where there is no room for a part, after a sign that there are more.
  bool more(std::vector<PlainValue>& items) const {
    if (left_ > 0) return true;
    if (!items.empty() && items.back() != cut()) items.push_back(cut());
    return false;
  }

  PlainValue whole(const Value& value) {
    switch (value.kind) {
      case ValueKind::null:
        return plain_scalar(Kind::null, {});
      case ValueKind::boolean:
        return plain_scalar(Kind::boolean, value.boolean ? "true" : "false");
      case ValueKind::integer:
        return plain_scalar(Kind::number, std::to_string(value.integer));
      case ValueKind::uinteger:
        return plain_scalar(Kind::number, std::to_string(value.uinteger));
      case ValueKind::number:
        return plain_scalar(Kind::number, to_text(value.number));
      case ValueKind::text:
        return text(value.as_text());
      case ValueKind::bytes:
        return plain_scalar(Kind::bytes, bytes_text(value.as_text().substr(0, left_)));
      case ValueKind::list:
        return list(*value.list);
      case ValueKind::map:
        return map(*value.map);
      case ValueKind::type:
        return plain_scalar(Kind::type, value.type->text());
      case ValueKind::timestamp:
        return plain_scalar(Kind::timestamp, detail::timestamp_to_text(value.integer, value.size));
      case ValueKind::duration:
        return plain_scalar(Kind::duration, detail::duration_to_text(value.integer));
      case ValueKind::date:
        return plain_scalar(Kind::date, to_text(value.as_date()));
      case ValueKind::money:
        return plain_scalar(Kind::money, plain_money(value.as_money()));
      case ValueKind::node:
        return node(value.as_node());
      case ValueKind::edge:
        return edge(value.as_edge());
      case ValueKind::record:
        return record(*value.record);
      case ValueKind::money_terms:
        return sum(value.terms->terms);
      case ValueKind::range:
        return range(value.range->low, value.range->high);
      case ValueKind::unknown:
        return {};
      case ValueKind::error:
        return plain_scalar(Kind::error, std::string(value.error->message));
    }
    return {};
  }

  PlainValue text(std::string_view text) const {
    if (text.size() > left_) {
      return plain_scalar(Kind::text, std::string(text.substr(0, left_ + 4)));  // will be cut
    }
    for (const Attribute* const attribute : enumerations_) {
      if (!attribute->find_value(text)) continue;
      PlainValue out = plain_scalar(Kind::code, std::string(text));
      if (const Network* const network = evaluator_.network()) {
        out.of = path_of(network->schema(), *attribute);
      }
      if (!out.of.empty()) return out;
    }
    return plain_scalar(Kind::text, std::string(text));
  }

  PlainValue list(const ListData& list) {
    PlainValue out;
    out.kind = Kind::list;
    out.more = list.more != nullptr;
    for (std::size_t index = 0; index < list.items.size() && more(out.items); ++index) {
      out.items.push_back(make(list.items[index]));
      out.items.back().possible = list.possible_at(index) != nullptr;
    }
    return out;
  }

  PlainValue map(const MapData& map) {
    PlainValue out;
    out.kind = Kind::map;
    for (std::size_t index = 0; index < map.keys.size() && more(out.items); ++index) {
      out.items.push_back(make(map.values[index]));
      out.items.back().key = make(map.keys[index]).value;
    }
    return out;
  }

  PlainValue record(const RecordData& record) {
    if (record.type == &detail::optional_constant()) {
      return record.fields.empty() ? plain_scalar(Kind::none, {}) : make(record.fields[0]);
    }
    PlainValue out;
    out.kind = Kind::map;
    const auto& fields = record.type->fields();
    for (std::size_t index = 0; index < record.fields.size() && more(out.items); ++index) {
      out.items.push_back(make(record.fields[index]));
      if (index < fields.size()) out.items.back().key = fields[index].first;
    }
    return out;
  }

  /// One figure for each currency: the day of a term says nothing to a reader.
  PlainValue sum(std::span<const Value> terms) {
    bool no_low = false;
    bool no_high = false;
    for (const Value& term : terms) {
      const detail::Ends ends = detail::ends_of(term);
      no_low = no_low || ends.low.is(ValueKind::null);
      no_high = no_high || ends.high.is(ValueKind::null);
    }
    if (no_low && no_high) return {};
    PlainValue out;
    out.kind = Kind::sum;
    if (no_low) out.bound = PlainValue::Bound::at_most;
    if (no_high) out.bound = PlainValue::Bound::at_least;
    std::size_t index = 0;
    while (index < terms.size()) {
      const std::uint16_t code = code_of(terms[index]);
      Value low = Value::of(Money{0, Currency::from_index(code)}, Date{});
      Value high = low;
      for (; index < terms.size() && code_of(terms[index]) == code; ++index) {
        const detail::Ends ends = detail::ends_of(terms[index]);
        // An end that is missing leaves what the other one says.
        low.integer += ends.low.is(ValueKind::null) ? ends.high.integer : ends.low.integer;
        high.integer += ends.high.is(ValueKind::null) ? ends.low.integer : ends.high.integer;
      }
      if (code == 0) continue;
      if (no_high) {
        out.items.push_back(make(low));
      } else if (no_low || low.integer == high.integer) {
        out.items.push_back(make(high));
      } else {
        out.items.push_back(range(low, high));
      }
    }
    return out;
  }

  static std::uint16_t code_of(const Value& term) {
    if (!term.is(ValueKind::range)) return term.code;
    return term.range->low.is(ValueKind::null) ? term.range->high.code : term.range->low.code;
  }

  PlainValue range(const Value& low, const Value& high) {
    PlainValue out;
    for (const auto& [end, to] : {std::pair{&low, &out.low}, std::pair{&high, &out.high}}) {
      if (end->is(ValueKind::null)) continue;
      PlainValue made = make(*end);
      out.kind = Kind::range;
      out.of = to_text(made.kind);
      *to = std::move(made.value);
    }
    return out;
  }

  PlainValue node(NodeId node) const {
    const Network* const network = evaluator_.network();
    if (network == nullptr) return plain_scalar(Kind::node, fmt::format("node {}", node.index));
    PlainValue out = plain_scalar(Kind::node, std::string(network->id(node)));
    const KindId kind = network->kind(node);
    const NodeKind& schema = network->schema().kind(kind);
    const auto name = schema.find("name");
    if (name && schema.attributes[name->index].type == AttributeType::text) {
      const Column& column = network->column(kind, *name);
      const std::uint32_t row = node.index - network->nodes(kind).first;
      if (column.known.test(row)) out.name = network->text(column.codes[row]);
    }
    return out;
  }

  PlainValue edge(EdgeId edge) const {
    const Network* const network = evaluator_.network();
    return plain_scalar(
        Kind::edge, network == nullptr ? fmt::format("edge {}", edge.index) : network->name(edge));
  }

  const Evaluator& evaluator_;
  std::span<const Attribute* const> enumerations_;  ///< what texts are values of
  std::size_t left_;                                ///< bytes
  std::size_t depth_ = 0;
};

/// Of a cell: texts of an enumeration are codes.
PlainValue plain_cell_value(const CellValue& value, const Attribute& attribute,
                            std::string_view path) {
  const auto word = [&](const std::string& text) {
    PlainValue out = plain_scalar(Kind::text, text);
    if (!attribute.values.empty()) {
      out.kind = Kind::code;
      out.of = path;
    }
    return out;
  };
  struct Visit {
    const decltype(word)& as_word;
    PlainValue operator()(bool b) const {
      return plain_scalar(Kind::boolean, b ? "true" : "false");
    }
    PlainValue operator()(std::int64_t n) const {
      return plain_scalar(Kind::number, std::to_string(n));
    }
    PlainValue operator()(double n) const { return plain_scalar(Kind::number, to_text(n)); }
    PlainValue operator()(const std::string& text) const { return as_word(text); }
    PlainValue operator()(Date date) const { return plain_scalar(Kind::date, to_text(date)); }
    PlainValue operator()(const Money& money) const {
      return plain_scalar(Kind::money, plain_money(money));
    }
    PlainValue operator()(const std::vector<std::string>& texts) const {
      PlainValue out;
      out.kind = Kind::list;
      for (const std::string& text : texts) out.items.push_back(as_word(text));
      return out;
    }
  };
  return std::visit(Visit{word}, value);
}

}  // namespace

PlainValue plain_value(const Evaluator& evaluator, const Value& value, const Type* type) {
  while (type != nullptr && type->is(TypeKind::list)) type = &type->element();
  return PlainMaker(evaluator,
                    type == nullptr ? std::span<const Attribute* const>() : type->enumerations())
      .make(value);
}

PlainValue plain_value(const Cell& cell, const Attribute& attribute, std::string_view path) {
  PlainValue out;
  switch (cell.state) {
    case CellState::unknown:
      return out;
    case CellState::absent:
      out.kind = Kind::absent;
      return out;
    case CellState::known:
      return plain_cell_value(cell.low, attribute, path);
    case CellState::range:
      break;
  }
  PlainValue low = plain_cell_value(cell.low, attribute, path);
  out.kind = Kind::range;
  out.of = to_text(low.kind);
  out.low = std::move(low.value);
  if (cell.typical) out.typical = plain_cell_value(*cell.typical, attribute, path).value;
  out.high = plain_cell_value(cell.high, attribute, path).value;
  return out;
}

}  // namespace eraudit
