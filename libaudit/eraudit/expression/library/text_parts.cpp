// Parts and forms of a text, by code points: `charAt substring split trim lowerAscii upperAscii
// replace join strings.quote`. Parts borrow the characters of the text they come from.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/code_points.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::byte_at;
using detail::no_overload;
using Operands = std::span<const Value>;

bool is_text(const Value& value) {
  return value.is(ValueKind::text);
}
bool is_place(const Value& value) {
  return value.is(ValueKind::integer);
}

/// What looking through a text for another costs.
std::uint64_t search_cost(std::string_view text, std::string_view part) {
  return text.size() * (part.size() + 64) / 1024;
}

Value outside(Evaluator& evaluator, std::int64_t place, std::string_view text) {
  return evaluator.error(
      fmt::format("place {} is outside a text of {} characters", place, code_points(text)));
}

Value char_at(Evaluator& evaluator, Operands operands) {
  if (!is_text(operands[0]) || !is_place(operands[1])) {
    return no_overload(evaluator, "charAt", operands);
  }
  const std::string_view text = operands[0].as_text();
  if (!evaluator.state().spend(text.size() / 16)) return evaluator.state().limit_error;
  const auto byte = byte_at(text, operands[1].integer);
  if (!byte) return outside(evaluator, operands[1].integer, text);
  return Value::of(*byte == text.size() ? std::string_view()
                                        : text.substr(*byte, detail::width_of(text[*byte])));
}

Value substring(Evaluator& evaluator, Operands operands) {
  const bool has_end = operands.size() == 3;
  if (!is_text(operands[0]) || !is_place(operands[1]) || (has_end && !is_place(operands[2]))) {
    return no_overload(evaluator, "substring", operands);
  }
  const std::string_view text = operands[0].as_text();
  if (!evaluator.state().spend(text.size() / 8)) return evaluator.state().limit_error;
  const auto begin = byte_at(text, operands[1].integer);
  if (!begin) return outside(evaluator, operands[1].integer, text);
  if (!has_end) return Value::of(text.substr(*begin));
  const auto end = byte_at(text, operands[2].integer);
  if (!end) return outside(evaluator, operands[2].integer, text);
  if (*end < *begin) {
    return evaluator.error(fmt::format("a part from {} to {} ends before it begins",
                                       operands[1].integer, operands[2].integer));
  }
  return Value::of(text.substr(*begin, *end - *begin));
}

/// White space as Unicode has it.
bool is_blank(char32_t point) {
  return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0x85 || point == 0xA0 ||
         point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
         point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

Value trim(Evaluator& evaluator, Operands operands) {
  if (!is_text(operands[0])) return no_overload(evaluator, "trim", operands);
  std::string_view text = operands[0].as_text();
  if (!evaluator.state().spend(text.size() / 16)) return evaluator.state().limit_error;
  while (!text.empty() && is_blank(detail::code_point_at(text, 0))) {
    text.remove_prefix(detail::width_of(text[0]));
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    if (!is_blank(detail::code_point_at(text, last))) break;
    text = text.substr(0, last);
  }
  return Value::of(text);
}

Value with_case(Evaluator& evaluator, std::string_view name, Operands operands, char first,
                char other) {
  if (!is_text(operands[0])) return no_overload(evaluator, name, operands);
  Evaluator::State& state = evaluator.state();
  const std::string_view text = operands[0].as_text();
  if (!state.spend(text.size() / 16) || !state.reserve(text.size())) return state.limit_error;
  const std::span<char> changed = state.arena.array<char>(text.size());
  std::transform(text.begin(), text.end(), changed.begin(), [&](char c) {
    return c >= first && c < first + 26 ? static_cast<char>(c - first + other) : c;
  });
  return Value::of(std::string_view(changed.data(), changed.size()));
}

Value lower_ascii(Evaluator& evaluator, Operands operands) {
  return with_case(evaluator, "lowerAscii", operands, 'A', 'a');
}
Value upper_ascii(Evaluator& evaluator, Operands operands) {
  return with_case(evaluator, "upperAscii", operands, 'a', 'A');
}

/// The next place where `old` is to be replaced, from `from` on; an empty one stands before each
/// code point and at the end.
std::size_t next_match(std::string_view text, std::string_view old, std::size_t from) {
  if (!old.empty()) return text.find(old, from);
  return from <= text.size() ? from : std::string_view::npos;
}

/// Where the search goes on after a match at `at`.
std::size_t after_match(std::string_view text, std::string_view old, std::size_t at) {
  if (!old.empty()) return at + old.size();
  return at < text.size() ? at + detail::width_of(text[at]) : text.size() + 1;
}

Value replace(Evaluator& evaluator, Operands operands) {
  const bool limited = operands.size() == 4;
  if (!is_text(operands[0]) || !is_text(operands[1]) || !is_text(operands[2]) ||
      (limited && !is_place(operands[3]))) {
    return no_overload(evaluator, "replace", operands);
  }
  Evaluator::State& state = evaluator.state();
  const std::string_view text = operands[0].as_text();
  const std::string_view old = operands[1].as_text();
  const std::string_view replacement = operands[2].as_text();
  const std::int64_t most = limited ? operands[3].integer : -1;
  if (!state.spend(search_cost(text, old))) return state.limit_error;
  std::size_t count = 0;
  for (std::size_t at = next_match(text, old, 0);
       at != std::string_view::npos && (most < 0 || count < static_cast<std::size_t>(most));
       at = next_match(text, old, after_match(text, old, at))) {
    ++count;
  }
  if (count == 0) return operands[0];
  // Counted before it is written: this is how texts grow.
  const std::size_t size = text.size() - count * old.size() + count * replacement.size();
  if (!state.spend(size / 16) || !state.reserve(size)) return state.limit_error;
  const std::span<char> out = state.arena.array<char>(size);
  auto to = out.begin();
  std::size_t copied = 0;
  std::size_t at = next_match(text, old, 0);
  for (std::size_t done = 0; done < count; ++done) {
    to = std::copy(text.begin() + static_cast<std::ptrdiff_t>(copied),
                   text.begin() + static_cast<std::ptrdiff_t>(at), to);
    to = std::copy(replacement.begin(), replacement.end(), to);
    copied = at + old.size();
    at = next_match(text, old, after_match(text, old, at));
  }
  std::copy(text.begin() + static_cast<std::ptrdiff_t>(copied), text.end(), to);
  return Value::of(std::string_view(out.data(), out.size()));
}

Value split(Evaluator& evaluator, Operands operands) {
  const bool limited = operands.size() == 3;
  if (!is_text(operands[0]) || !is_text(operands[1]) || (limited && !is_place(operands[2]))) {
    return no_overload(evaluator, "split", operands);
  }
  Evaluator::State& state = evaluator.state();
  std::string_view rest = operands[0].as_text();
  const std::string_view separator = operands[1].as_text();
  const std::int64_t most = limited ? operands[2].integer : -1;
  if (!state.spend(search_cost(rest, separator))) return state.limit_error;
  if (most == 0 || (rest.empty() && separator.empty())) return evaluator.list({});
  const detail::Scratch scratch(state);
  while (most < 0 || scratch.values().size() + 1 < static_cast<std::size_t>(most)) {
    std::size_t length = rest.find(separator);
    if (separator.empty()) {
      length = detail::width_of(rest[0]);
      if (length == rest.size()) break;
    }
    if (length == std::string_view::npos) break;
    if (!state.spend(1) || !state.reserve((scratch.values().size() + 1) * sizeof(Value))) {
      return state.limit_error;
    }
    state.values.push_back(Value::of(rest.substr(0, length)));
    rest.remove_prefix(length + separator.size());
  }
  state.values.push_back(Value::of(rest));
  return evaluator.list(scratch.values());
}

Value join(Evaluator& evaluator, Operands operands) {
  const bool separated = operands.size() == 2;
  if (!operands[0].is(ValueKind::list) || (separated && !is_text(operands[1]))) {
    return no_overload(evaluator, "join", operands);
  }
  Evaluator::State& state = evaluator.state();
  const std::span<const Value> items = operands[0].list->items;
  const std::string_view separator = separated ? operands[1].as_text() : std::string_view();
  if (!state.spend(items.size())) return state.limit_error;
  std::size_t size = items.empty() ? 0 : (items.size() - 1) * separator.size();
  for (const Value& item : items) {
    if (!is_text(item)) return no_overload(evaluator, "join", operands);
    size += item.size;
  }
  if (!state.spend(size / 16) || !state.reserve(size)) return state.limit_error;
  const std::span<char> out = state.arena.array<char>(size);
  auto to = out.begin();
  for (const Value& item : items) {
    if (&item != items.data()) to = std::copy(separator.begin(), separator.end(), to);
    const std::string_view text = item.as_text();
    to = std::copy(text.begin(), text.end(), to);
  }
  return Value::of(std::string_view(out.data(), out.size()));
}

Value quote(Evaluator& evaluator, Operands operands) {
  if (!is_text(operands[0])) return no_overload(evaluator, "strings.quote", operands);
  static constexpr std::string_view plain = "\a\b\f\n\r\t\v\\\"";
  static constexpr std::string_view letters = "abfnrtv\\\"";
  Evaluator::State& state = evaluator.state();
  const std::string_view text = operands[0].as_text();
  if (!state.spend(text.size() / 8) || !state.reserve(2 * text.size() + 2)) {
    return state.limit_error;
  }
  std::string out = "\"";
  for (const char c : text) {
    const std::size_t which = plain.find(c);
    if (which == std::string_view::npos) {
      out += c;
    } else {
      out += '\\';
      out += letters[which];
    }
  }
  out += '"';
  return evaluator.text(out);
}

constexpr Builtin text_parts_table[] = {
    {"charAt", "string.charAt(int) -> string", char_at, Takes::values,
     "the character at a place, the first being 0; an empty text at the end", Fails::sometimes},
    {"substring", "string.substring(int) -> string; string.substring(int, int) -> string",
     substring, Takes::values, "from a place, up to before another or to the end",
     Fails::sometimes},
    {"trim", "string.trim() -> string", trim, Takes::values, "without white space at both ends",
     Fails::never},
    {"lowerAscii", "string.lowerAscii() -> string", lower_ascii, Takes::values,
     "`A` to `Z` as small letters, all else as it is", Fails::never},
    {"upperAscii", "string.upperAscii() -> string", upper_ascii, Takes::values,
     "`a` to `z` as capital letters, all else as it is", Fails::never},
    {"replace",
     "string.replace(string, string) -> string; string.replace(string, string, int) -> string",
     replace, Takes::values, "with another text in place of a part, everywhere or so many times",
     Fails::never},
    {"split", "string.split(string) -> list(string); string.split(string, int) -> list(string)",
     split, Takes::values, "its parts between separators, at most so many", Fails::never},
    {"join", "list(string).join() -> string; list(string).join(string) -> string", join,
     Takes::values, "the texts one after the other, a separator between them", Fails::sometimes},
    {"strings.quote", "(string) -> string", quote, Takes::values,
     "in double quotes, with `\\n`, `\\\"` and their like", Fails::never},
};

}  // namespace

std::span<const Builtin> text_parts_builtins() {
  return text_parts_table;
}

}  // namespace eraudit
