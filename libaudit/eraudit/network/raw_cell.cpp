// What the schema admits, and the way between cells as values and cells on their way.

#include "eraudit/network/detail/raw_cell.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/network/countries.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/identifier.hpp"

namespace eraudit::detail {
namespace {

constexpr std::int32_t first_day = -719162;  // 0001-01-01
constexpr std::int32_t last_day = 2932896;   // 9999-12-31

/// Nothing, or why a text cannot be kept.
bool clean_text(const Attribute& attribute, std::string_view text, CellProblem& problem) {
  bool beyond_ascii = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    beyond_ascii = beyond_ascii || byte >= 0x80;
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F) {
      problem = {"network-text",
                 fmt::format("'{}' holds the control character U+{:04X}", attribute.name, byte),
                 "remove it"};
      return false;
    }
  }
  if (beyond_ascii && find_bad_utf8(text)) {
    problem = {"network-text", fmt::format("'{}' is not valid UTF-8", attribute.name),
               "save the file as UTF-8"};
    return false;
  }
  return true;
}

bool admit_text(const Attribute& attribute, std::string_view text, CellProblem& problem) {
  if (!clean_text(attribute, text, problem)) return false;
  switch (attribute.format) {
    case TextFormat::any:
      return true;
    case TextFormat::country:
      if (is_country(text)) return true;
      problem = {
          "network-country",
          fmt::format("'{}' is a country, but {} is no code of one", attribute.name, shown(text)),
          country_help(text)};
      return false;
    case TextFormat::place:
      if (is_place(text)) return true;
      problem = {
          "network-country",
          fmt::format("'{}' is a place, but {} is no code of one", attribute.name, shown(text)),
          text.size() > 3 && text[2] == '-'
              ? "write a code of ISO 3166-2, such as US-TX, or of ISO 3166-1, such as US"
              : country_help(text)};
      return false;
    case TextFormat::language:
      if (is_language(text)) return true;
      problem = {
          "network-language",
          fmt::format("'{}' is a language, but {} is no code of one", attribute.name, shown(text)),
          "write two or three small letters of ISO 639, such as ne"};
      return false;
  }
  return true;
}

std::string_view range_fault(bool backwards) noexcept {
  return backwards ? "lower end is above its upper end" : "typical value is outside it";
}

bool admit_whole(const Attribute& attribute, RawCell& cell, CellProblem& problem) {
  const std::int64_t smallest = cell.low;
  if (attribute.type == AttributeType::money) {
    const std::int64_t largest = cell.state == CellState::range ? cell.high : cell.low;
    if (cell.currency.none()) {
      problem = {"network-money", fmt::format("'{}' has no currency", attribute.name), {}};
      return false;
    }
    if (smallest < -money_limit || largest > money_limit || smallest > money_limit) {
      problem = {"network-money", fmt::format("'{}' is too much money", attribute.name), {}};
      return false;
    }
  }
  if (attribute.type == AttributeType::date) {
    const std::int64_t largest = cell.state == CellState::range ? cell.high : cell.low;
    if (smallest < first_day || largest > last_day) {
      problem = {
          "network-date", fmt::format("'{}' is outside the years 1 to 9999", attribute.name), {}};
      return false;
    }
  }
  if (cell.state != CellState::range) {
    cell.has_typical = false;
    return true;
  }
  if (cell.low > cell.high ||
      (cell.has_typical && (cell.typical < cell.low || cell.typical > cell.high))) {
    problem = {
        "network-range",
        fmt::format("'{}' is a range whose {}", attribute.name, range_fault(cell.low > cell.high)),
        "write the ends as low..high"};
    return false;
  }
  if (cell.low == cell.high) {
    cell.state = CellState::known;
    cell.has_typical = false;
  }
  return true;
}

bool admit_number(const Attribute& attribute, RawCell& cell, CellProblem& problem) {
  // No two ways to write zero.
  cell.number += 0.0;
  cell.high_number += 0.0;
  cell.typical_number += 0.0;
  const bool ranged = cell.state == CellState::range;
  if (!ranged) cell.has_typical = false;
  if (!std::isfinite(cell.number) || (ranged && !std::isfinite(cell.high_number)) ||
      (cell.has_typical && !std::isfinite(cell.typical_number))) {
    problem = {"network-number", fmt::format("'{}' is not a finite number", attribute.name), {}};
    return false;
  }
  if (!ranged) return true;
  const bool backwards = cell.number > cell.high_number;
  if (backwards || (cell.has_typical && (cell.typical_number < cell.number ||
                                         cell.typical_number > cell.high_number))) {
    problem = {"network-range",
               fmt::format("'{}' is a range whose {}", attribute.name, range_fault(backwards)),
               "write the ends as low..high"};
    return false;
  }
  if (cell.number == cell.high_number) {
    cell.state = CellState::known;
    cell.has_typical = false;
  }
  return true;
}

/// A value of the attribute's type, or nothing.
template <class T>
const T* value_of(const CellValue& value) noexcept {
  return std::get_if<T>(&value);
}

bool whole_of(const Attribute& attribute, const CellValue& value, std::int64_t& out,
              Currency& currency) noexcept {
  switch (attribute.type) {
    case AttributeType::integer:
      if (const auto* integer = value_of<std::int64_t>(value)) return out = *integer, true;
      return false;
    case AttributeType::date:
      if (const auto* date = value_of<Date>(value)) return out = date->days, true;
      return false;
    case AttributeType::money:
      if (const auto* money = value_of<Money>(value)) {
        currency = money->currency;
        return out = money->minor, true;
      }
      return false;
    default:
      return false;
  }
}

CellValue value_from(const Attribute& attribute, std::int64_t whole, double number,
                     Currency currency) {
  switch (attribute.type) {
    case AttributeType::number:
      return number;
    case AttributeType::date:
      return Date{static_cast<std::int32_t>(whole)};
    case AttributeType::money:
      return Money{whole, currency};
    default:
      return whole;
  }
}

Conversion code_of(const Attribute& attribute, std::string_view id, std::uint32_t& code,
                   CellProblem& problem) {
  if (const auto found = attribute.find_value(id)) {
    code = *found;
    return Conversion::done;
  }
  std::vector<std::string_view> names;
  for (const EnumerationValue& value : attribute.values) names.emplace_back(value.id);
  problem = {"network-unknown-value",
             fmt::format("'{}' has no value {}", attribute.name, shown(id)), suggest(id, names)};
  return Conversion::refused;
}

Conversion single_to_raw(const Attribute& attribute, const Cell& cell, RawCell& out,
                         CellProblem& problem) {
  switch (attribute.type) {
    case AttributeType::boolean: {
      const auto* value = value_of<bool>(cell.low);
      if (value == nullptr) return Conversion::wrong_type;
      out.low = *value ? 1 : 0;
      return Conversion::done;
    }
    case AttributeType::number: {
      const auto* value = value_of<double>(cell.low);
      if (value == nullptr) return Conversion::wrong_type;
      out.number = *value;
      return Conversion::done;
    }
    case AttributeType::integer:
    case AttributeType::date:
    case AttributeType::money:
      return whole_of(attribute, cell.low, out.low, out.currency) ? Conversion::done
                                                                  : Conversion::wrong_type;
    case AttributeType::text: {
      const auto* value = value_of<std::string>(cell.low);
      if (value == nullptr) return Conversion::wrong_type;
      out.text = *value;
      return Conversion::done;
    }
    case AttributeType::enumeration: {
      const auto* value = value_of<std::string>(cell.low);
      if (value == nullptr) return Conversion::wrong_type;
      std::uint32_t code = 0;
      const Conversion found = code_of(attribute, *value, code, problem);
      out.low = code;
      return found;
    }
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      const auto* values = value_of<std::vector<std::string>>(cell.low);
      if (values == nullptr) return Conversion::wrong_type;
      for (const std::string& value : *values) {
        if (attribute.type == AttributeType::text_list) {
          out.items.emplace_back(value);
          continue;
        }
        std::uint32_t code = 0;
        if (code_of(attribute, value, code, problem) != Conversion::done) {
          return Conversion::refused;
        }
        out.codes.push_back(code);
      }
      return Conversion::done;
    }
  }
  return Conversion::wrong_type;
}

Conversion range_to_raw(const Attribute& attribute, const Cell& cell, RawCell& out,
                        CellProblem& problem) {
  if (attribute.type == AttributeType::number) {
    const auto* low = value_of<double>(cell.low);
    const auto* high = value_of<double>(cell.high);
    const auto* typical = cell.typical ? value_of<double>(*cell.typical) : nullptr;
    if (low == nullptr || high == nullptr || (cell.typical && typical == nullptr)) {
      return Conversion::wrong_type;
    }
    out.number = *low;
    out.high_number = *high;
    if (typical != nullptr) out.typical_number = *typical;
  } else {
    Currency high_currency;
    Currency typical_currency;
    if (!whole_of(attribute, cell.low, out.low, out.currency) ||
        !whole_of(attribute, cell.high, out.high, high_currency) ||
        (cell.typical && !whole_of(attribute, *cell.typical, out.typical, typical_currency))) {
      return Conversion::wrong_type;
    }
    if (out.currency != high_currency || (cell.typical && out.currency != typical_currency)) {
      problem = {"network-range",
                 fmt::format("'{}': one range cannot be in two currencies", attribute.name),
                 {}};
      return Conversion::refused;
    }
  }
  out.has_typical = cell.typical.has_value();
  return Conversion::done;
}

}  // namespace

bool admit(const Attribute& attribute, RawCell& cell, CellProblem& problem) {
  if (cell.state == CellState::unknown) return true;
  if (cell.state == CellState::absent) {
    if (attribute.may_be_absent) return true;
    problem = {"network-not-absent",
               fmt::format("'{}' cannot be said not to exist (null)", attribute.name),
               "leave it out if it is not known"};
    return false;
  }
  bool negative = false;
  switch (attribute.type) {
    case AttributeType::boolean:
    case AttributeType::enumeration:
    case AttributeType::enumeration_list:
      return true;
    case AttributeType::text:
      return admit_text(attribute, cell.text, problem);
    case AttributeType::text_list:
      return std::all_of(cell.items.begin(), cell.items.end(), [&](std::string_view item) {
        return admit_text(attribute, item, problem);
      });
    case AttributeType::number:
      if (!admit_number(attribute, cell, problem)) return false;
      negative = cell.number < 0;
      break;
    case AttributeType::integer:
    case AttributeType::date:
    case AttributeType::money:
      if (!admit_whole(attribute, cell, problem)) return false;
      negative = cell.low < 0 && attribute.type != AttributeType::date;
      break;
  }
  if (!negative || !attribute.non_negative) return true;
  problem = {"network-negative", fmt::format("'{}' cannot be negative", attribute.name), {}};
  return false;
}

Conversion to_raw(const Attribute& attribute, const Cell& cell, RawCell& out,
                  CellProblem& problem) {
  out.clear();
  out.state = cell.state;
  switch (cell.state) {
    case CellState::unknown:
    case CellState::absent:
      return Conversion::done;
    case CellState::known:
      return single_to_raw(attribute, cell, out, problem);
    case CellState::range:
      return range_to_raw(attribute, cell, out, problem);
  }
  return Conversion::wrong_type;
}

Cell to_cell(const Attribute& attribute, const RawCell& raw) {
  if (raw.state == CellState::unknown) return Cell::unknown();
  if (raw.state == CellState::absent) return Cell::absent();
  if (raw.state == CellState::range) {
    Cell cell = Cell::between(value_from(attribute, raw.low, raw.number, raw.currency),
                              value_from(attribute, raw.high, raw.high_number, raw.currency));
    if (raw.has_typical) {
      cell.typical = value_from(attribute, raw.typical, raw.typical_number, raw.currency);
    }
    return cell;
  }
  switch (attribute.type) {
    case AttributeType::boolean:
      return Cell::of(raw.low != 0);
    case AttributeType::text:
      return Cell::of(std::string(raw.text));
    case AttributeType::enumeration:
      return Cell::of(attribute.values[static_cast<std::size_t>(raw.low)].id);
    case AttributeType::text_list:
      return Cell::of(std::vector<std::string>(raw.items.begin(), raw.items.end()));
    case AttributeType::enumeration_list: {
      std::vector<std::string> ids;
      for (const std::uint32_t code : raw.codes) ids.push_back(attribute.values[code].id);
      return Cell::of(std::move(ids));
    }
    default:
      return Cell::of(value_from(attribute, raw.low, raw.number, raw.currency));
  }
}

std::string_view bad_id(std::string_view id, std::size_t max_bytes) noexcept {
  if (id.empty()) return "is empty";
  if (id.size() > max_bytes) return "is too long";
  bool beyond_ascii = false;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return "holds a control character";
    beyond_ascii = beyond_ascii || byte >= 0x80;
  }
  if (id.front() == ' ' || id.back() == ' ') return "begins or ends with a blank";
  if (beyond_ascii && find_bad_utf8(id)) return "is not valid UTF-8";
  return {};
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return fmt::format("'{}'", text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return fmt::format("'{}...'", text.substr(0, end));
}

std::string_view kind_of(DocumentNode node) noexcept {
  switch (node.kind()) {
    case DocumentKind::null:
      return "null";
    case DocumentKind::boolean:
      return "true or false";
    case DocumentKind::integer:
    case DocumentKind::number:
      return "a number";
    case DocumentKind::text:
      return "a text";
    case DocumentKind::list:
      return "a list";
    case DocumentKind::map:
      return "a map";
  }
  return "a value";
}

std::string_view what(const Attribute& attribute) noexcept {
  switch (attribute.type) {
    case AttributeType::boolean:
      return "true or false";
    case AttributeType::integer:
      return "a whole number";
    case AttributeType::number:
      return "a number";
    case AttributeType::text:
    case AttributeType::enumeration:
      return "a text";
    case AttributeType::date:
      return "a date";
    case AttributeType::money:
      return attribute.wage ? "a wage" : "an amount of money";
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      return "a list of texts";
  }
  return "a value";
}

CellProblem not_a(std::string_view wanted, const Attribute& attribute, std::string_view text,
                  std::string help) {
  return {"network-value",
          fmt::format("'{}' takes {}, not {}", attribute.name, wanted, shown(text)),
          std::move(help)};
}

}  // namespace eraudit::detail
