#include "tests/expression/cel_values.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit::test {
namespace {

std::string base64_decoded(std::string_view text) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6) | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<char>((bits >> count) & 0xFF));
    }
  }
  return out;
}

double to_number(std::string_view text) {
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  return std::stod(std::string(text));
}

/// Seconds and nanoseconds, both with one sign.
std::pair<std::int64_t, std::int64_t> instant(DocumentNode node) {
  const auto seconds = node.find("seconds");
  const auto nanos = node.find("nanos");
  return {seconds ? std::stoll(std::string(seconds->text())) : 0,
          nanos ? std::stoll(std::string(nanos->text())) : 0};
}

const Type& type_named(std::string_view name) {
  static const std::pair<std::string_view, Type> types[] = {
      {"bool", TypeKind::boolean},
      {"int", TypeKind::integer},
      {"uint", TypeKind::uinteger},
      {"double", TypeKind::number},
      {"string", TypeKind::text},
      {"bytes", TypeKind::bytes},
      {"null_type", TypeKind::null},
      {"list", TypeKind::list},
      {"map", TypeKind::map},
      {"type", TypeKind::type},
      {"google.protobuf.Timestamp", TypeKind::timestamp},
      {"google.protobuf.Duration", TypeKind::duration}};
  for (const auto& [known, type] : types) {
    if (known == name) return type;
  }
  throw std::runtime_error("no type " + std::string(name));
}

std::string joined(std::vector<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

}  // namespace

Value cel_value(Evaluator& evaluator, DocumentNode node) {
  const std::string_view kind = node.key(0).text();
  const DocumentNode inner = node.at(0);
  if (kind == "null") return Value::null();
  if (kind == "bool") return Value::of(inner.boolean().value());
  if (kind == "int") return Value::of(std::int64_t{std::stoll(std::string(inner.text()))});
  if (kind == "uint") return Value::of(std::uint64_t{std::stoull(std::string(inner.text()))});
  if (kind == "double") return Value::of(to_number(inner.text()));
  if (kind == "string") return evaluator.text(inner.text());
  if (kind == "bytes") {
    Value value = evaluator.text(base64_decoded(inner.text()));
    value.kind = ValueKind::bytes;
    return value;
  }
  if (kind == "list") {
    std::vector<Value> items;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      items.push_back(cel_value(evaluator, inner.at(i)));
    }
    return evaluator.list(items);
  }
  if (kind == "map") {
    std::vector<Value> keys;
    std::vector<Value> values;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      keys.push_back(cel_value(evaluator, inner.at(i).at(0)));
      values.push_back(cel_value(evaluator, inner.at(i).at(1)));
    }
    return evaluator.map(keys, values);
  }
  if (kind == "timestamp") {
    Value value = Value::make(ValueKind::timestamp);
    value.integer = instant(inner).first;
    value.size = static_cast<std::uint32_t>(instant(inner).second);
    return value;
  }
  if (kind == "duration") {
    Value value = Value::make(ValueKind::duration);
    value.integer = instant(inner).first * 1'000'000'000 + instant(inner).second;
    return value;
  }
  if (kind == "type") {
    Value value = Value::make(ValueKind::type);
    value.type = &type_named(inner.text());
    return value;
  }
  throw std::runtime_error("cannot read a value of kind " + std::string(kind));
}

std::string cel_text(Evaluator& evaluator, const Value& value) {
  std::vector<std::string> parts;
  switch (value.kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return value.boolean ? "true" : "false";
    case ValueKind::integer:
      return fmt::format("int:{}", value.integer);
    case ValueKind::uinteger:
      return fmt::format("uint:{}", value.uinteger);
    case ValueKind::number:
      if (std::isnan(value.number)) return "double:nan";
      return "double:" + to_text(value.number);
    case ValueKind::text:
      return fmt::format("string:'{}'", value.as_text());
    case ValueKind::bytes:
      for (const char octet : value.as_text()) {
        parts.push_back(fmt::format("{:02x}", static_cast<unsigned char>(octet)));
      }
      return "bytes:" + joined(parts);
    case ValueKind::list:
      for (const Value& item : value.list->items) parts.push_back(cel_text(evaluator, item));
      return "list[" + joined(parts) + "]" + (value.list->partial() ? "?" : "");
    case ValueKind::map:
      for (std::size_t i = 0; i < value.map->keys.size(); ++i) {
        parts.push_back(cel_text(evaluator, value.map->keys[i]) + ": " +
                        cel_text(evaluator, value.map->values[i]));
      }
      std::sort(parts.begin(), parts.end());
      return "map{" + joined(parts) + "}";
    case ValueKind::type:
      return "type:" + value.type->bare().text();
    case ValueKind::timestamp:
      return fmt::format("timestamp:{}.{:09}", value.integer, value.size);
    case ValueKind::duration:
      return fmt::format("duration:{}ns", value.integer);
    case ValueKind::unknown:
      for (const Fact& fact : value.facts->facts) {
        parts.emplace_back(evaluator.name(fact));
      }
      std::sort(parts.begin(), parts.end());
      return "unknown{" + joined(parts) + "}";
    case ValueKind::error:
      return fmt::format("error({})", value.error->message);
    default:
      return "other:" + evaluator.describe(value);
  }
}

}  // namespace eraudit::test
