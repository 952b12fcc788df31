// `text.format([...])`.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/code_points.hpp"
#include "eraudit/expression/detail/format_clauses.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/library/library.hpp"
#include "eraudit/expression/plain_value.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit {
namespace detail {

namespace {

constexpr std::string_view verbs = "sdfeboxX%";
constexpr int most_digits = 100;

}  // namespace

std::optional<FormatProblem> read_format(std::string_view text,
                                         std::vector<FormatClause>& clauses) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
    FormatClause clause;
    clause.offset = at;
    std::size_t end = at + 1;
    const bool pointed = end < text.size() && text[end] == '.';
    if (pointed) {
      const char* const first = text.data() + end + 1;
      const auto read = std::from_chars(first, text.data() + text.size(), clause.precision);
      end = static_cast<std::size_t>(read.ptr - text.data());
      if (read.ec != std::errc() || clause.precision < 0 || clause.precision > most_digits) {
        return FormatProblem{
            at, std::max(end, at + 2) - at,
            "after '%.' stands a number of digits, at most " + std::to_string(most_digits),
            "write `%.2f`"};
      }
    }
    if (end >= text.size()) {
      return FormatProblem{at, text.size() - at, "this '%' has no letter after it",
                           "a percent sign is written `%%`"};
    }
    clause.length = end - at + width_of(text[end]);
    clause.verb = text[end];
    const std::string written(text.substr(at, clause.length));
    if (verbs.find(clause.verb) == std::string_view::npos) {
      return FormatProblem{at, clause.length, "'" + written + "' is no clause of a format",
                           "there are %s, %d, %f, %e, %b, %o, %x, %X; a percent sign is `%%`"};
    }
    if (pointed && clause.verb != 'f' && clause.verb != 'e') {
      return FormatProblem{at, clause.length, "'" + written + "': only %f and %e take digits",
                           "write `%" + std::string(1, clause.verb) + "`, or `%.2f`"};
    }
    clauses.push_back(clause);
    at += clause.length;
  }
  return std::nullopt;
}

bool writes(char verb, const Type& type) {
  if (type.is_dyn() || type.is(TypeKind::variable) || type.is(TypeKind::parameter)) return true;
  switch (verb) {
    case 'd':
    case 'f':
    case 'e':
      return type.is_numeric();
    case 'b':
      return type.is(TypeKind::integer) || type.is(TypeKind::uinteger) ||
             type.is(TypeKind::boolean);
    case 'o':
      return type.is(TypeKind::integer) || type.is(TypeKind::uinteger);
    case 'x':
    case 'X':
      return type.is(TypeKind::integer) || type.is(TypeKind::uinteger) || type.is(TypeKind::text) ||
             type.is(TypeKind::bytes);
    default:
      return true;
  }
}

std::string_view written_by(char verb) {
  switch (verb) {
    case 'd':
      return "a whole number";
    case 'f':
    case 'e':
      return "a number";
    case 'b':
      return "a whole number or a bool";
    case 'o':
      return "a whole number";
    case 'x':
    case 'X':
      return "a whole number, a text or bytes";
    default:
      return "anything";
  }
}

}  // namespace detail

namespace {

using Operands = std::span<const Value>;

constexpr std::size_t most_binary_digits = 65;

std::string hexadecimal(std::string_view octets, bool capital) {
  std::string out;
  out.reserve(2 * octets.size());
  const std::string_view digits = capital ? "0123456789ABCDEF" : "0123456789abcdef";
  for (const char octet : octets) {
    const auto number = static_cast<unsigned char>(octet);
    out += digits[number >> 4];
    out += digits[number & 0xFU];
  }
  return out;
}

/// Fills in one format. Where it cannot go on there is a `problem`.
class Formatter {
 public:
  explicit Formatter(Evaluator& evaluator) : evaluator_(evaluator), state_(evaluator.state()) {}

  Value run(std::string_view format, std::span<const Value> values) {
    std::vector<detail::FormatClause> clauses;
    if (!state_.spend(format.size() / 8)) return state_.limit_error;
    if (const auto bad = detail::read_format(format, clauses)) {
      return evaluator_.error(bad->message);
    }
    std::size_t copied = 0;
    std::size_t next = 0;
    for (const detail::FormatClause& clause : clauses) {
      out_.append(format.substr(copied, clause.offset - copied));
      copied = clause.offset + clause.length;
      if (clause.verb == '%') {
        out_ += '%';
        continue;
      }
      if (next == values.size()) {
        return evaluator_.error(fmt::format("the format asks for more than {} values", next));
      }
      write(clause, values[next++]);
      if (problem_.is(ValueKind::error)) return problem_;
    }
    out_.append(format.substr(copied));
    return evaluator_.text(out_);
  }

 private:
  void write(const detail::FormatClause& clause, const Value& value) {
    if (clause.verb == 's') {
      text(value);
      return;
    }
    const bool whole = value.is(ValueKind::integer) || value.is(ValueKind::uinteger);
    switch (clause.verb) {
      case 'd':
        if (whole) {
          text(value);
        } else if (value.is(ValueKind::number) && !std::isfinite(value.number)) {
          out_ += special(value.number);
        } else {
          refuse(clause, value);
        }
        break;
      case 'f':
      case 'e':
        if (whole || value.is(ValueKind::number)) {
          decimal(clause, value);
        } else {
          refuse(clause, value);
        }
        break;
      case 'b':
        if (value.is(ValueKind::boolean)) {
          out_ += value.boolean ? '1' : '0';
        } else if (whole) {
          based(value, 2, false);
        } else {
          refuse(clause, value);
        }
        break;
      case 'o':
        if (whole) {
          based(value, 8, false);
        } else {
          refuse(clause, value);
        }
        break;
      default:
        if (whole) {
          based(value, 16, clause.verb == 'X');
        } else if (value.is(ValueKind::text) || value.is(ValueKind::bytes)) {
          if (grow(2 * value.size)) out_ += hexadecimal(value.as_text(), clause.verb == 'X');
        } else {
          refuse(clause, value);
        }
    }
  }

  void refuse(const detail::FormatClause& clause, const Value& value) {
    problem_ =
        evaluator_.error(fmt::format("'%{}' writes {}, this is {}", clause.verb,
                                     detail::written_by(clause.verb), detail::kind_name(value)));
  }

  /// False, with the problem, if so much more is too much.
  bool grow(std::size_t bytes) {
    if (state_.spend(bytes / 16 + 1) && state_.reserve(out_.size() + bytes)) return true;
    problem_ = state_.limit_error;
    return false;
  }

  static std::string_view special(double number) {
    if (std::isnan(number)) return "NaN";
    return number < 0 ? "-Infinity" : "Infinity";
  }

  void decimal(const detail::FormatClause& clause, const Value& value) {
    double number = value.number;
    if (value.is(ValueKind::integer)) number = static_cast<double>(value.integer);
    if (value.is(ValueKind::uinteger)) number = static_cast<double>(value.uinteger);
    if (!std::isfinite(number)) {
      out_ += special(number);
      return;
    }
    const int digits = clause.precision < 0 ? 6 : clause.precision;
    // All digits of a huge or tiny number are worked out, whatever is shown of them.
    int exponent = 0;
    std::frexp(number, &exponent);
    const int worked_out = digits + std::abs(exponent) * 3 / 10 + 8;
    if (!state_.spend(static_cast<std::uint64_t>(worked_out))) {
      problem_ = state_.limit_error;
      return;
    }
    if (!grow(static_cast<std::size_t>(worked_out))) return;
    out_ += clause.verb == 'f' ? fmt::format("{:.{}f}", number, digits)
                               : fmt::format("{:.{}e}", number, digits);
  }

  void based(const Value& value, int base, bool capital) {
    if (!grow(most_binary_digits)) return;
    std::array<char, 72> digits{};
    char* const first = digits.data();
    char* const last = first + digits.size();
    char* const end = value.is(ValueKind::integer)
                          ? std::to_chars(first, last, value.integer, base).ptr
                          : std::to_chars(first, last, value.uinteger, base).ptr;
    if (capital) {
      std::transform(first, end, first,
                     [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    }
    out_.append(first, end);
  }

  void text(const Value& value) {
    if (problem_.is(ValueKind::error)) return;
    switch (value.kind) {
      case ValueKind::text:
        if (grow(value.size)) out_ += value.as_text();
        return;
      case ValueKind::bytes:
        if (find_bad_utf8(value.as_text())) {
          problem_ = evaluator_.error("the bytes are not UTF-8");
        } else if (grow(value.size)) {
          out_ += value.as_text();
        }
        return;
      case ValueKind::list:
        list(value.list->items);
        return;
      case ValueKind::map:
        map(*value.map);
        return;
      case ValueKind::record:
        if (const Value* const inner = detail::value_of(value)) {
          const detail::Descent down(state_, 1);
          if (enter(down)) text(*inner);
          return;
        }
        break;
      default:
        break;
    }
    if (grow(1)) out_ += plain(value);
  }

  [[nodiscard]] std::string plain(const Value& value) const {
    switch (value.kind) {
      case ValueKind::number: {
        if (!std::isfinite(value.number)) return std::string(special(value.number));
        std::array<char, 32> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), value.number).ptr;
        return {digits.data(), end};
      }
      case ValueKind::boolean:
      case ValueKind::duration:
        return plain_value(evaluator_, value).value;
      default:
        return evaluator_.describe(value);
    }
  }

  /// False, with the problem, if there is no going down into so many parts.
  bool enter(const detail::Descent& down) {
    if (!down) problem_ = state_.limit_error;
    return static_cast<bool>(down) && grow(2);
  }

  void list(std::span<const Value> items) {
    const detail::Descent down(state_, items.size());
    if (!enter(down)) return;
    out_ += '[';
    for (const Value& item : items) {
      if (&item != items.data()) out_ += ", ";
      text(item);
      if (problem_.is(ValueKind::error)) return;
    }
    out_ += ']';
  }

  /// In the order of what the keys are written as: a map has none.
  void map(const MapData& map) {
    const detail::Descent down(state_, map.keys.size());
    if (!enter(down)) return;
    std::vector<std::pair<std::string, const Value*>> entries;
    for (std::size_t entry = 0; entry < map.keys.size(); ++entry) {
      Formatter key(evaluator_);
      key.text(map.keys[entry]);
      problem_ = key.problem_;
      if (problem_.is(ValueKind::error)) return;
      entries.emplace_back(std::move(key.out_), &map.values[entry]);
    }
    std::sort(entries.begin(), entries.end());
    out_ += '{';
    bool first = true;
    for (const auto& [key, value] : entries) {
      if (!first) out_ += ", ";
      first = false;
      if (!grow(key.size() + 2)) return;
      out_ += key + ": ";
      text(*value);
      if (problem_.is(ValueKind::error)) return;
    }
    out_ += '}';
  }

  Evaluator& evaluator_;
  Evaluator::State& state_;
  std::string out_;
  Value problem_ = Value::null();
};

Value format(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::text) || !operands[1].is(ValueKind::list)) {
    return detail::no_overload(evaluator, "format", operands);
  }
  return Formatter(evaluator).run(operands[0].as_text(), operands[1].list->items);
}

constexpr Builtin format_table[] = {
    {"format", "string.format(list(dyn)) -> string", format, Takes::values,
     "with values in place of `%s` (anything), `%d`, `%.2f`, `%e`, `%b`, `%o`, `%x`, `%X`; `%%` is "
     "a percent sign",
     Fails::sometimes},
};

}  // namespace

std::span<const Builtin> format_builtins() {
  return format_table;
}

}  // namespace eraudit
