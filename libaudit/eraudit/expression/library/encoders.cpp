// `base64.encode base64.decode`.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using Operands = std::span<const Value>;

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::bytes)) {
    return detail::no_overload(evaluator, "base64.encode", operands);
  }
  Evaluator::State& state = evaluator.state();
  const std::string_view octets = operands[0].as_text();
  const std::size_t size = (octets.size() + 2) / 3 * 4;
  if (!state.spend(size / 8) || !state.reserve(size)) return state.limit_error;
  const std::span<char> out = state.arena.array<char>(size);
  std::fill(out.begin(), out.end(), '=');
  std::size_t to = 0;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, octets.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8) | (i < count ? static_cast<unsigned char>(octets[at + i]) : 0U);
    }
    for (std::size_t i = 0; i <= count; ++i)
      out[to + i] = base64_digits[(bits >> (18 - 6 * i)) & 63U];
    to += 4;
  }
  return Value::of(std::string_view(out.data(), out.size()));
}

Value decode(Evaluator& evaluator, Operands operands) {
  if (!operands[0].is(ValueKind::text)) {
    return detail::no_overload(evaluator, "base64.decode", operands);
  }
  Evaluator::State& state = evaluator.state();
  std::string_view text = operands[0].as_text();
  if (!state.spend(text.size() / 8) || !state.reserve(text.size())) return state.limit_error;
  const auto refused = [&] {
    return evaluator.error(
        fmt::format("'{}' is not base64", printable(operands[0].as_text().substr(0, 100))));
  };
  // The padding may be left out, but what is there must be right.
  const std::size_t written = text.size();
  while (written - text.size() < 2 && text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1 || (written != text.size() && written % 4 != 0)) return refused();
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return refused();
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFFU);
    }
  }
  Value value = evaluator.text(out);
  if (value.is(ValueKind::text)) value.kind = ValueKind::bytes;
  return value;
}

constexpr Builtin encoders_table[] = {
    {"base64.encode", "(bytes) -> string", encode, Takes::values, "bytes as letters and digits",
     Fails::never},
    {"base64.decode", "(string) -> bytes", decode, Takes::values,
     "the bytes that were written so; padding may be left out", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> encoders_builtins() {
  return encoders_table;
}

}  // namespace eraudit
