// Values as reports print them.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <span>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/phrases.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit {
namespace {

/// What stands for `code` in the schema; nothing if it is no value of these enumerations.
std::string_view label_of(std::string_view code, std::span<const Attribute* const> enumerations,
                          std::string_view language) {
  for (const Attribute* const attribute : enumerations) {
    if (const auto value = attribute->find_value(code)) {
      return attribute->values[*value].label.in(language);
    }
  }
  return {};
}

/// At most four decimals, as few as needed; tiny and huge numbers as they are.
std::string number_text(double value) {
  const double size = std::fabs(value);
  if (!std::isfinite(value) || (size != 0 && (size < 0.001 || size >= 1e15))) return to_text(value);
  std::string text = fmt::format("{:.4f}", value);
  const std::size_t last = text.find_last_not_of('0');
  text.resize(text[last] == '.' ? last : last + 1);
  return text == "-0" ? "0" : text;
}

std::string duration_text(std::int64_t nanoseconds, const detail::Phrases& words) {
  if (nanoseconds % detail::nanoseconds_per_day == 0) {
    const std::int64_t days = nanoseconds / detail::nanoseconds_per_day;
    return fmt::format("{} {}", days, words.of(words.days, days < 0 ? -days : days));
  }
  return detail::duration_to_text(nanoseconds);
}

class Describer {
 public:
  Describer(const Evaluator& evaluator, std::string_view language,
            std::span<const Attribute* const> enumerations)
      : evaluator_(evaluator),
        language_(language),
        words_(detail::phrases(language)),
        enumerations_(enumerations),
        left_(evaluator.context().limits.message_bytes) {}

  /// What does not fit any more is left out, with a sign that it is.
  std::string text(const Value& value) const {
    const bool has_parts = detail::parts_of(value) > 0;
    if (left_ == 0 || (has_parts && depth_ == most_depth)) return std::string(left_out);
    if (has_parts) {
      ++depth_;
      std::string all = whole(value);
      --depth_;
      return all;
    }
    std::string one = whole(value);
    if (one.size() > left_)
      one = std::string(detail::first_bytes(one, left_)) + std::string(left_out);
    // What is empty costs, too: there may be as much of it as one likes.
    left_ -= std::min(left_, one.size() + 1);
    return one;
  }

 private:
  static constexpr std::string_view left_out = "…";
  static constexpr std::size_t most_depth = 250;

  std::string whole(const Value& value) const {
    switch (value.kind) {
      case ValueKind::null:
        return "null";
      case ValueKind::boolean:
        return value.boolean ? "true" : "false";
      case ValueKind::integer:
        return std::to_string(value.integer);
      case ValueKind::uinteger:
        return std::to_string(value.uinteger);
      case ValueKind::number:
        return pointed(number_text(value.number));
      case ValueKind::text:
        return words_of(value.as_text());
      case ValueKind::bytes:
        return bytes(value.as_text());
      case ValueKind::list:
        return list(*value.list);
      case ValueKind::map:
        return map(*value.map);
      case ValueKind::type:
        return value.type->text();
      case ValueKind::timestamp:
        return detail::timestamp_to_text(value.integer, value.size);
      case ValueKind::duration:
        return duration_text(value.integer, words_);
      case ValueKind::date:
        return to_text(value.as_date());
      case ValueKind::money:
        return amount(value);
      case ValueKind::node:
        return node(value.as_node());
      case ValueKind::edge:
        return edge(value.as_edge());
      case ValueKind::record:
        return record(*value.record);
      case ValueKind::money_terms:
        return terms(value.terms->terms);
      case ValueKind::range:
        return range(*value.range);
      case ValueKind::unknown:
        return std::string(words_.not_known);
      case ValueKind::error:
        return fmt::format("{}{}", words_.error, value.error->message);
    }
    return {};
  }

  template <class... Parts>
  static std::string join(const Parts&... parts) {
    std::string out;
    (out.append(parts), ...);
    return out;
  }

  /// With the sign between whole and parts that the language has.
  std::string pointed(std::string number) const {
    std::replace(number.begin(), number.end(), '.', words_.point);
    return number;
  }

  std::string amount(const Value& money) const {
    const Money value = money.as_money();
    return value.currency.none() ? std::to_string(value.minor) : pointed(to_text(value));
  }

  std::string words_of(std::string_view text) const {
    if (text.size() > left_) return std::string(text.substr(0, left_ + 4));  // will be cut
    const std::string_view label = label_of(text, enumerations_, language_);
    return std::string(label.empty() ? text : label);
  }

  std::string bytes(std::string_view octets) const {
    std::string text = "0x";
    octets = octets.substr(0, left_);
    for (const char octet : octets)
      text += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    return text;
  }

  /// False where there is no room for a part, after a sign that there are more.
  bool more(std::string& text, std::size_t index) const {
    if (left_ > 0) return true;
    if (index > 0 && !text.ends_with(left_out)) text += fmt::format(", {}", left_out);
    return false;
  }

  std::string list(const ListData& list) const {
    if (list.items.empty()) {
      return std::string(list.more == nullptr ? words_.none : words_.none_known);
    }
    std::string text;
    for (std::size_t index = 0; index < list.items.size() && more(text, index); ++index) {
      if (index > 0) text += ", ";
      if (list.possible_at(index) != nullptr) text += words_.possibly;
      text += this->text(list.items[index]);
    }
    if (list.more != nullptr) text += words_.may_be_more;
    return text;
  }

  std::string map(const MapData& map) const {
    if (map.keys.empty()) return std::string(words_.none);
    std::string text;
    for (std::size_t index = 0; index < map.keys.size() && more(text, index); ++index) {
      if (index > 0) text += ", ";
      text += this->text(map.keys[index]) + ": " + this->text(map.values[index]);
    }
    return text;
  }

  std::string record(const RecordData& record) const {
    if (record.type == &detail::optional_constant()) {
      return record.fields.empty() ? std::string(words_.none) : this->text(record.fields[0]);
    }
    std::string text;
    const auto& fields = record.type->fields();
    for (std::size_t index = 0; index < record.fields.size() && more(text, index); ++index) {
      if (index > 0) text += ", ";
      if (index < fields.size()) text += fields[index].first + ": ";
      text += this->text(record.fields[index]);
    }
    return text;
  }

  /// One figure for each currency: the day of a term says nothing to a reader.
  std::string terms(std::span<const Value> terms) const {
    std::string text;
    bool no_low = false;
    bool no_high = false;
    for (const Value& term : terms) {
      const detail::Ends ends = detail::ends_of(term);
      no_low = no_low || ends.low.is(ValueKind::null);
      no_high = no_high || ends.high.is(ValueKind::null);
    }
    if (no_low && no_high) return std::string(words_.not_known);
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
      if (!text.empty()) text += " + ";
      if (no_high) {
        text += amount(low);
      } else if (no_low || low.integer == high.integer) {
        text += amount(high);
      } else {
        text += range({low, high, nullptr});
      }
    }
    if (text.empty()) text = "0";
    if (no_low) return join(words_.at_most, text);
    return no_high ? join(words_.at_least, text) : text;
  }

  static std::uint16_t code_of(const Value& term) {
    if (!term.is(ValueKind::range)) return term.code;
    return term.range->low.is(ValueKind::null) ? term.range->high.code : term.range->low.code;
  }

  std::string range(const RangeData& range) const {
    if (range.high.is(ValueKind::null)) {
      return range.low.is(ValueKind::null) ? std::string(words_.not_known)
                                           : join(words_.at_least, text(range.low));
    }
    if (range.low.is(ValueKind::null)) return join(words_.at_most, text(range.high));
    if (range.low.is(ValueKind::money) && range.low.code != 0) {
      // `100000 to 150000 NPR`
      const std::string low = amount(range.low);
      return join(low.substr(0, low.find(' ')), words_.to, amount(range.high));
    }
    return join(text(range.low), words_.to, text(range.high));
  }

  std::string node(NodeId node) const {
    const Network* const network = evaluator_.network();
    if (network == nullptr) return fmt::format("node {}", node.index);
    const KindId kind = network->kind(node);
    const NodeKind& schema = network->schema().kind(kind);
    const auto name = schema.find("name");
    if (name && schema.attributes[name->index].type == AttributeType::text) {
      const Column& column = network->column(kind, *name);
      const std::uint32_t row = node.index - network->nodes(kind).first;
      if (column.known.test(row)) return std::string(network->text(column.codes[row]));
    }
    return std::string(network->id(node));
  }

  std::string edge(EdgeId edge) const {
    const Network* const network = evaluator_.network();
    return network == nullptr ? fmt::format("edge {}", edge.index) : network->name(edge);
  }

  const Evaluator& evaluator_;
  std::string_view language_;
  const detail::Phrases& words_;
  std::span<const Attribute* const> enumerations_;  ///< what texts are values of
  mutable std::size_t left_;                        ///< bytes
  mutable std::size_t depth_ = 0;
};

}  // namespace

std::string Evaluator::describe(Value value, std::string_view language) const {
  return Describer(*this, language, {}).text(value);
}

std::string Evaluator::describe(Value value, std::string_view language, const Type& type) const {
  const Type* of = &type;
  while (of->is(TypeKind::list)) of = &of->element();
  return Describer(*this, language, of->enumerations()).text(value);
}

}  // namespace eraudit
