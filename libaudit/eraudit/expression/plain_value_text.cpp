// Values in words.

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/phrases.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/plain_value.hpp"
#include "eraudit/schema/attribute_path.hpp"

namespace eraudit {
namespace {

using Kind = PlainValue::Kind;
using Bound = PlainValue::Bound;
using detail::Phrases;

/// At most four decimals, as few as needed; tiny and huge numbers as they are.
std::string short_number(const std::string& digits) {
  if (digits.find_first_not_of("-0123456789") == std::string::npos) return digits;
  const auto number = parse_number(digits);
  if (!number) return digits;
  const double size = std::fabs(*number);
  if (!std::isfinite(*number) || (size != 0 && (size < 0.001 || size >= 1e15))) return digits;
  std::string text = fmt::format("{:.4f}", *number);
  const std::size_t last = text.find_last_not_of('0');
  text.resize(text[last] == '.' ? last : last + 1);
  return text == "-0" ? "0" : text;
}

class ValueTeller {
 public:
  ValueTeller(std::string_view language, const CodeLabels* labels)
      : language_(language), words_(detail::phrases(language)), labels_(labels) {}

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value
  std::string text(const PlainValue& value) const {
    switch (value.kind) {
      case Kind::unknown:
        return std::string(words_.not_known);
      case Kind::absent:
        return std::string(words_.not_existing);
      case Kind::none:
        return std::string(words_.none);
      case Kind::null:
        return "null";
      case Kind::boolean:
        return std::string(value.value == "true" ? words_.yes : words_.no);
      case Kind::code:
        return code(value);
      case Kind::node:
        return value.name.empty() ? value.value : value.name;
      case Kind::range:
        return range(value);
      case Kind::sum:
        return sum(value);
      case Kind::list:
        return list(value);
      case Kind::map:
        return map(value);
      case Kind::count:
        return count(value);
      case Kind::rate:
        return fmt::format("1 {} = {} ({})", value.of, pointed(value.value), value.on);
      case Kind::disputed:
        return disputed(value);
      case Kind::error:
        return join(words_.error, value.value);
      default:
        return scalar(to_text(value.kind), value.value);
    }
  }

 private:
  static std::string join(std::string_view a, std::string_view b, std::string_view c = {}) {
    return std::string(a).append(b).append(c);
  }

  /// With the sign between whole and parts that the language has.
  std::string pointed(std::string number) const {
    std::replace(number.begin(), number.end(), '.', words_.point);
    return number;
  }

  std::string scalar(std::string_view kind, const std::string& value) const {
    if (kind == to_text(Kind::number)) return pointed(short_number(value));
    if (kind == to_text(Kind::money)) return pointed(value);
    if (kind == to_text(Kind::duration)) return duration(value);
    return value;
  }

  std::string duration(const std::string& value) const {
    const auto nanoseconds = detail::parse_duration(value);
    if (!nanoseconds || *nanoseconds % detail::nanoseconds_per_day != 0) return value;
    const std::int64_t days = *nanoseconds / detail::nanoseconds_per_day;
    return fmt::format("{} {}", days, Phrases::of(words_.days, days < 0 ? -days : days));
  }

  std::string code(const PlainValue& value) const {
    const std::string_view label =
        labels_ == nullptr ? std::string_view() : labels_->label(value.of, value.value, language_);
    return label.empty() ? value.value : std::string(label);
  }

  std::string range(const PlainValue& value) const {
    if (value.low.empty()) return join(words_.at_most, scalar(value.of, value.high));
    if (value.high.empty()) return join(words_.at_least, scalar(value.of, value.low));
    if (value.low == value.high) return scalar(value.of, value.low);  // only its day is open
    std::string low = scalar(value.of, value.low);
    // `100000 to 150000 NPR`
    if (value.of == to_text(Kind::money)) low.resize(std::min(low.find(' '), low.size()));
    return join(low, words_.to, scalar(value.of, value.high));
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value
  std::string sum(const PlainValue& value) const {
    std::string out;
    for (const PlainValue& term : value.items) out += (out.empty() ? "" : " + ") + text(term);
    if (out.empty()) out = "0";
    if (value.bound == Bound::exact) return out;
    return join(value.bound == Bound::at_least ? words_.at_least : words_.at_most, out);
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value
  std::string list(const PlainValue& value) const {
    if (value.items.empty()) return std::string(value.more ? words_.none_known : words_.none);
    std::string out;
    for (const PlainValue& item : value.items) {
      if (!out.empty()) out += ", ";
      if (item.possible) out += words_.possibly;
      out += text(item);
    }
    if (value.more) out += words_.may_be_more;
    return out;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value
  std::string map(const PlainValue& value) const {
    if (value.items.empty()) return std::string(words_.none);
    std::string out;
    for (const PlainValue& item : value.items) {
      if (!out.empty()) out += ", ";
      out += item.key + ": " + text(item);
    }
    return out;
  }

  std::string count(const PlainValue& value) const {
    const bool nodes = value.of == "nodes";
    const auto certain = parse_integer(value.value).value_or(0);
    std::string out = certain == 0
                          ? std::string(nodes ? words_.no_nodes : words_.no_edges)
                          : fmt::format("{} {}", certain,
                                        Phrases::of(nodes ? words_.nodes : words_.edges, certain));
    if (value.possible_more > 0) {
      out += fmt::format(", {} {}", value.possible_more,
                         Phrases::of(words_.more_possible, value.possible_more));
    }
    return join(out, value.more ? words_.may_be_more : words_.that_is_all);
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value
  std::string disputed(const PlainValue& value) const {
    std::string out;
    for (const PlainValue& claim : value.items) {
      if (!out.empty()) out += ", ";
      out += text(claim);
      if (!claim.source.empty()) out += fmt::format(" ({})", claim.source);
    }
    return join(words_.sources_disagree, out);
  }

  std::string_view language_;
  const Phrases& words_;
  const CodeLabels* labels_;
};

}  // namespace

std::string_view SchemaLabels::label(std::string_view path, std::string_view code,
                                     std::string_view language) const {
  const Attribute* const attribute = attribute_at(schema_, path);
  const auto value = attribute == nullptr ? std::nullopt : attribute->find_value(code);
  return value ? attribute->values[*value].label.in(language) : std::string_view();
}

std::string to_text(const PlainValue& value, std::string_view language, const CodeLabels* labels) {
  return ValueTeller(language, labels).text(value);
}

}  // namespace eraudit
