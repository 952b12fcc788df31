#include "eraudit/import/detail/values.hpp"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <utility>
#include <vector>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::detail {
namespace {

bool is_list(AttributeType type) noexcept {
  return type == AttributeType::text_list || type == AttributeType::enumeration_list;
}

Attribute item_of(const Attribute& list) {
  Attribute item = list;
  item.type =
      list.type == AttributeType::text_list ? AttributeType::text : AttributeType::enumeration;
  return item;
}

CellOutcome problem(std::string message, std::string help = {}) {
  CellOutcome out;
  out.error = std::move(message);
  out.help = std::move(help);
  return out;
}

CellOutcome known(Cell cell) {
  CellOutcome out;
  out.cell = std::move(cell);
  return out;
}

std::string_view in_words(ValueKind kind) noexcept {
  switch (kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "a bool";
    case ValueKind::integer:
    case ValueKind::uinteger:
      return "an int";
    case ValueKind::number:
      return "a double";
    case ValueKind::text:
      return "a string";
    case ValueKind::date:
      return "a date";
    case ValueKind::money:
      return "an amount of money";
    case ValueKind::list:
      return "a list";
    case ValueKind::map:
      return "a map";
    default:
      return "another kind of value";
  }
}

CellOutcome wrong_kind(const Attribute& attribute, const Value& value) {
  return problem(fmt::format("{} is no {}", in_words(value.kind), to_text(attribute.type)));
}

/// A single value as the attribute keeps it; nothing if it is of another kind.
std::optional<CellValue> single(const Attribute& attribute, const Value& value) {
  switch (attribute.type) {
    case AttributeType::boolean:
      if (value.is(ValueKind::boolean)) return CellValue(value.boolean);
      return std::nullopt;
    case AttributeType::integer:
      if (value.is(ValueKind::integer)) return CellValue(value.integer);
      if (value.is(ValueKind::uinteger) &&
          value.uinteger <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return CellValue(static_cast<std::int64_t>(value.uinteger));
      }
      return std::nullopt;
    case AttributeType::number:
      if (value.is(ValueKind::number)) return CellValue(value.number);
      if (value.is(ValueKind::integer)) return CellValue(static_cast<double>(value.integer));
      if (value.is(ValueKind::uinteger)) return CellValue(static_cast<double>(value.uinteger));
      return std::nullopt;
    case AttributeType::date:
      if (value.is(ValueKind::date)) return CellValue(value.as_date());
      return std::nullopt;
    case AttributeType::money:
      if (value.is(ValueKind::money) && !value.as_money().currency.none()) {
        return CellValue(value.as_money());
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

bool negative(const CellValue& value) noexcept {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer < 0;
  if (const auto* number = std::get_if<double>(&value)) return *number < 0;
  if (const auto* money = std::get_if<Money>(&value)) return money->minor < 0;
  return false;
}

CellOutcome finish(const Attribute& attribute, Cell cell) {
  if (const auto* number = std::get_if<double>(&cell.low);
      number != nullptr && !std::isfinite(*number)) {
    return problem("the result is no finite number");
  }
  if (attribute.non_negative && negative(cell.low)) {
    return problem(fmt::format("{} is negative, which cannot be", to_text(cell, attribute)));
  }
  return known(std::move(cell));
}

CellOutcome list_cell(const Attribute& attribute, const ListData& list) {
  if (list.partial()) return known(Cell::unknown());
  const Attribute item = item_of(attribute);
  std::vector<std::string> out;
  for (const Value& value : list.items) {
    if (value.is(ValueKind::unknown)) return known(Cell::unknown());
    if (!value.is(ValueKind::text)) {
      return problem(fmt::format("{} stands in a list of strings", in_words(value.kind)));
    }
    CellOutcome read = to_cell(item, value.as_text());
    if (!read.error.empty()) return read;
    if (auto* text = std::get_if<std::string>(&read.cell.low)) out.push_back(std::move(*text));
  }
  return known(Cell::of(std::move(out)));
}

}  // namespace

std::string type_problem(const Attribute& attribute, const Type& type) {
  if (type.is_dyn() || type.is(TypeKind::text)) return {};
  if (type.is(TypeKind::null)) {
    return attribute.may_be_absent ? std::string()
                                   : "null says that there is none, which cannot be said of this";
  }
  switch (attribute.type) {
    case AttributeType::boolean:
      return type.is(TypeKind::boolean) ? "" : "write a condition, or a string";
    case AttributeType::integer:
      if (type.is(TypeKind::number)) return "write int(...)";
      return type.is_numeric() ? "" : "write an int, or a string";
    case AttributeType::number:
      return type.is_numeric() ? "" : "write a number, or a string";
    case AttributeType::date:
      return type.is(TypeKind::date) ? "" : "write a date, or a string";
    case AttributeType::money:
      if (!type.is(TypeKind::money))
        return "write an amount of money, or a string such as '12 USD'";
      return attribute.wage ? "give a string with the period, such as '1500 MYR/month'" : "";
    case AttributeType::text:
    case AttributeType::enumeration:
      return "write string(...)";
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      if (type.is(TypeKind::list) &&
          (type.element().is_dyn() || type.element().is(TypeKind::text))) {
        return {};
      }
      return "write a string, or a list of strings";
  }
  return {};
}

CellOutcome to_cell(const Attribute& attribute, std::string_view text) {
  if (is_list(attribute.type)) {  // one item, whatever signs it has in it
    CellOutcome item = to_cell(item_of(attribute), text);
    if (!item.error.empty()) return item;
    if (auto* value = std::get_if<std::string>(&item.cell.low)) {
      return known(Cell::of(std::vector<std::string>{std::move(*value)}));
    }
    return item;
  }
  CellProblem why;
  // As if quoted: an empty text and `null` mean here what the mapping says, not what our own tables
  // say.
  if (auto cell = read_cell(attribute, text, why, true)) return known(std::move(*cell));
  return problem(std::move(why.message), std::move(why.help));
}

CellOutcome to_cell(const Attribute& attribute, const Value& value) {
  switch (value.kind) {
    case ValueKind::unknown:
      return known(Cell::unknown());
    case ValueKind::error:
      return problem(std::string(value.error->message));
    case ValueKind::null:
      if (attribute.may_be_absent) return known(Cell::absent());
      return problem("it cannot be said that there is none",
                     "take the text out of `absent`, or let the schema say may_be_absent: true");
    case ValueKind::text:
      return to_cell(attribute, value.as_text());
    case ValueKind::list:
      if (is_list(attribute.type)) return list_cell(attribute, *value.list);
      return wrong_kind(attribute, value);
    case ValueKind::range: {
      const auto low = single(attribute, value.range->low);
      const auto high = single(attribute, value.range->high);
      if (!low || !high) return known(Cell::unknown());
      return finish(attribute, Cell::between(*low, *high));
    }
    default:
      break;
  }
  if (attribute.wage && value.is(ValueKind::money)) {
    return problem("an amount of money says no period", "give a string such as '1500 MYR/month'");
  }
  if (auto only = single(attribute, value)) return finish(attribute, Cell::of(std::move(*only)));
  return wrong_kind(attribute, value);
}

}  // namespace eraudit::detail
