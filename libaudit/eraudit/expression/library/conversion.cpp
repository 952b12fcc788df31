// `bool bytes double dyn int string type uint`.

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/detail/value_type.hpp"
#include "eraudit/expression/library/library.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit {
namespace {

using detail::no_overload;
using Operands = std::span<const Value>;

Value not_a(Evaluator& evaluator, std::string_view text, std::string_view what) {
  return evaluator.error(fmt::format("'{}' is not {}", text.substr(0, 100), what));
}

Value to_bool(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::boolean)) return value;
  if (!value.is(ValueKind::text)) return no_overload(evaluator, "bool", operands);
  const std::string_view text = value.as_text();
  for (const std::string_view yes : {"1", "t", "T", "true", "True", "TRUE"}) {
    if (text == yes) return Value::of(true);
  }
  for (const std::string_view no : {"0", "f", "F", "false", "False", "FALSE"}) {
    if (text == no) return Value::of(false);
  }
  return not_a(evaluator, text, "a bool");
}

Value to_bytes(Evaluator& evaluator, Operands operands) {
  Value value = operands[0];
  if (!value.is(ValueKind::bytes) && !value.is(ValueKind::text)) {
    return no_overload(evaluator, "bytes", operands);
  }
  value.kind = ValueKind::bytes;
  return value;
}

Value to_double(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::number:
      return value;
    case ValueKind::integer:
      return Value::of(static_cast<double>(value.integer));
    case ValueKind::uinteger:
      return Value::of(static_cast<double>(value.uinteger));
    case ValueKind::text: {
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      const auto number = parse_number(value.as_text());
      return number ? Value::of(*number) : not_a(evaluator, value.as_text(), "a number");
    }
    case ValueKind::range:
      return detail::on_ends(evaluator, value, [&](const Value& end) {
        return to_double(evaluator, std::span(&end, 1));
      });
    default:
      return no_overload(evaluator, "double", operands);
  }
}

Value to_int(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::integer:
      return value;
    case ValueKind::uinteger:
      if (value.uinteger > INT64_MAX) return evaluator.error("integer out of range");
      return Value::of(static_cast<std::int64_t>(value.uinteger));
    case ValueKind::number:
      if (!(value.number > -0x1p63 && value.number < 0x1p63)) {
        return evaluator.error("integer out of range");
      }
      return Value::of(static_cast<std::int64_t>(value.number));
    case ValueKind::text: {
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      const auto number = parse_integer(value.as_text());
      return number ? Value::of(*number) : not_a(evaluator, value.as_text(), "a whole number");
    }
    case ValueKind::timestamp:
      return Value::of(value.integer);
    case ValueKind::range:
      return detail::on_ends(evaluator, value, [&](const Value& end) {
        return to_int(evaluator, std::span(&end, 1));
      });
    default:
      return no_overload(evaluator, "int", operands);
  }
}

Value to_uint(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::uinteger:
      return value;
    case ValueKind::integer:
      if (value.integer < 0) return evaluator.error("unsigned integer out of range");
      return Value::of(static_cast<std::uint64_t>(value.integer));
    case ValueKind::number:
      if (!(value.number > -1 && value.number < 0x1p64) || std::signbit(value.number)) {
        if (value.number != 0) return evaluator.error("unsigned integer out of range");
      }
      return Value::of(static_cast<std::uint64_t>(std::fabs(value.number)));
    case ValueKind::text: {
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      const std::string_view text = value.as_text();
      std::uint64_t number = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (text.empty() || problem != std::errc() || end != text.data() + text.size()) {
        return not_a(evaluator, text, "a whole number without sign");
      }
      return Value::of(number);
    }
    default:
      return no_overload(evaluator, "uint", operands);
  }
}

Value shortest(Evaluator& evaluator, double number) {
  if (std::isnan(number)) return Value::of(std::string_view("NaN"));
  if (std::isinf(number)) return Value::of(std::string_view(number < 0 ? "-Inf" : "+Inf"));
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return evaluator.text({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

Value to_string(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::text:
      return value;
    case ValueKind::boolean:
      return Value::of(std::string_view(value.boolean ? "true" : "false"));
    case ValueKind::integer:
      return evaluator.text(std::to_string(value.integer));
    case ValueKind::uinteger:
      return evaluator.text(std::to_string(value.uinteger));
    case ValueKind::number:
      return shortest(evaluator, value.number);
    case ValueKind::bytes: {
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      if (find_bad_utf8(value.as_text())) return evaluator.error("the bytes are not UTF-8");
      Value text = value;
      text.kind = ValueKind::text;
      return text;
    }
    case ValueKind::timestamp:
      return evaluator.text(detail::timestamp_to_text(value.integer, value.size));
    case ValueKind::duration:
      return evaluator.text(detail::duration_to_text(value.integer));
    case ValueKind::date:
      return evaluator.text(to_text(value.as_date()));
    case ValueKind::money:
      if (value.code == 0) return evaluator.text(std::to_string(value.integer));
      return evaluator.text(to_text(value.as_money()));
    default:
      return no_overload(evaluator, "string", operands);
  }
}

Value as_dyn(Evaluator& /*evaluator*/, Operands operands) {
  return operands[0];
}

/// One `Type` for each kind, for values of kind type to point to.
const Type& type_constant(TypeKind kind) {
  static const std::array<Type, static_cast<std::size_t>(TypeKind::error) + 1> all = [] {
    std::array<Type, static_cast<std::size_t>(TypeKind::error) + 1> types;
    for (std::size_t index = 0; index < types.size(); ++index) {
      types[index] = Type(static_cast<TypeKind>(index));
    }
    return types;
  }();
  return all[static_cast<std::size_t>(kind)];
}

Value type_of(Evaluator& /*evaluator*/, Operands operands) {
  Value value = Value::make(ValueKind::type);
  value.type = detail::is_optional(operands[0]) ? &detail::optional_constant()
                                                : &type_constant(detail::type_kind(operands[0]));
  return value;
}

constexpr Builtin conversion_table[] = {
    {"bool", "(bool) -> bool; (string) -> bool", to_bool, Takes::values,
     "from `true`, `t`, `1` and their like", Fails::sometimes},
    {"bytes", "(bytes) -> bytes; (string) -> bytes", to_bytes, Takes::values,
     "the octets of a text in UTF-8", Fails::never},
    {"double", "(double) -> double; (int) -> double; (uint) -> double; (string) -> double",
     to_double, Takes::ranges, "as a number with a fraction", Fails::sometimes},
    {"dyn", "(A) -> dyn", as_dyn, Takes::ranges, "the value itself; the checker forgets its type",
     Fails::never},
    {"int", "(int) -> int; (uint) -> int; (double) -> int; (string) -> int; (timestamp) -> int",
     to_int, Takes::ranges, "toward zero; of a timestamp its seconds since 1970", Fails::sometimes},
    {"string",
     "(string) -> string; (int) -> string; (uint) -> string; (double) -> string; (bool) -> string; "
     "(bytes) -> string; (date) -> string; (money) -> string; (timestamp) -> string; "
     "(duration) -> string",
     to_string, Takes::values, "as text", Fails::sometimes},
    {"type", "(A) -> type(A)", type_of, Takes::values, "the type of a value", Fails::never},
    {"uint", "(uint) -> uint; (int) -> uint; (double) -> uint; (string) -> uint", to_uint,
     Takes::values, "as a whole number without sign", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> conversion_builtins() {
  return conversion_table;
}

}  // namespace eraudit
