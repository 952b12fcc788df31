// Text to cells: what people write in files, by the type of the attribute.

#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/network/detail/characters.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/detail/raw_cell.hpp"
#include "eraudit/network/read.hpp"

namespace eraudit {
namespace detail {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Underscores between digits are for the reader's eye.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  if (const auto value = parse_integer(text)) return value;
  if (text.find('_') != std::string_view::npos) {
    const auto plain = without_underscores(text);
    return plain ? whole_number(*plain) : std::nullopt;
  }
  // Spreadsheets turn 48 into 48.0 as soon as one cell of a column is empty.
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point + 1 == text.size()) return std::nullopt;
  if (text.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
  return parse_integer(text.substr(0, point));
}

std::optional<double> any_number(std::string_view text) {
  if (text.find('_') != std::string_view::npos) {
    const auto plain = without_underscores(text);
    return plain ? any_number(*plain) : std::nullopt;
  }
  const auto value = parse_number(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string number_help(std::string_view text) {
  if (text.find(',') != std::string_view::npos) {
    return "write the number without separators, with a point before decimals";
  }
  return "write a number such as 48, or 900..1400 if only its bounds are known";
}

/// Splits `12 hours/week` into number and unit; false after a problem.
bool take_unit(const Attribute& attribute, std::string_view& text, CellProblem& problem) {
  if (text.empty() || is_digit(text.back())) return true;
  const std::size_t begin = text.find_first_not_of("+-.,_0123456789 \teE");
  if (begin == std::string_view::npos || begin == 0) return true;
  std::size_t end = begin;
  // The `e` of `people` is no exponent: step back to the blank or the last digit.
  while (end > 0 && !is_digit(text[end - 1]) && text[end - 1] != ' ') --end;
  if (end == 0) return true;
  const std::string_view unit = trimmed(text.substr(end));
  const std::string_view number = trimmed(text.substr(0, end));
  if (number.empty() || !is_digit(number.back())) return true;
  if (!attribute.unit.empty() &&
      (unit == attribute.unit || (unit == "%" && attribute.unit == "percent"))) {
    text = number;
    return true;
  }
  if (attribute.unit.empty()) {
    problem = {"network-unit",
               fmt::format("'{}' is a number without a unit, not {}", attribute.name, shown(text)),
               fmt::format("write {}", number)};
  } else {
    problem = {"network-unit",
               fmt::format("'{}' is in {}, not in '{}'", attribute.name, attribute.unit, unit),
               fmt::format("write the number of {} alone, or with that unit", attribute.unit)};
  }
  return false;
}

template <class Value, class Parse>
bool parse_range(std::string_view text, Value& low, Value& high, CellState& state,
                 const Parse& parse) {
  const std::size_t dots = text.find("..");
  const auto first = parse(trimmed(text.substr(0, dots)));
  if (!first) return false;
  low = *first;
  high = *first;
  state = CellState::known;
  if (dots == std::string_view::npos) return true;
  const auto second = parse(trimmed(text.substr(dots + 2)));
  if (!second) return false;
  high = *second;
  state = CellState::range;
  return true;
}

bool parse_number_cell(const Attribute& attribute, std::string_view text, RawCell& out,
                       CellProblem& problem) {
  const std::string_view written = text;
  if (!take_unit(attribute, text, problem)) return false;
  if (attribute.type == AttributeType::integer) {
    if (parse_range(text, out.low, out.high, out.state, whole_number)) return true;
    problem = not_a("a whole number", attribute, written, number_help(text));
  } else {
    if (parse_range(text, out.number, out.high_number, out.state, any_number)) return true;
    problem = not_a("a number", attribute, written, number_help(text));
  }
  return false;
}

bool parse_date_cell(const Attribute& attribute, std::string_view text, RawCell& out,
                     CellProblem& problem) {
  if (const auto day = parse_date(text)) {
    out.state = CellState::known;
    out.low = out.high = day->days;
    return true;
  }
  if (const auto window = parse_date_window(text)) {
    out.state = CellState::range;
    out.low = window->first.days;
    out.high = window->last.days;
    return true;
  }
  problem = not_a("a date", attribute, text,
                  "write 2024-03-01, 2024-03 or 2024 if the day is not known, or "
                  "2024-02-01/2024-04-30");
  problem.id = "network-date";
  return false;
}

bool parse_money_cell(const Attribute& attribute, std::string_view text, RawCell& out,
                      CellProblem& problem) {
  MoneyProblem money_problem;
  const auto money = parse_money(text, &money_problem);
  if (!money) {
    problem = {"network-money",
               fmt::format("'{}': {} is not money: {}", attribute.name, shown(text),
                           money_problem.message),
               std::move(money_problem.help)};
    return false;
  }
  Money low = money->low;
  Money high = money->high;
  if (attribute.wage) {
    if (money->period == WagePeriod::none) {
      problem = {"network-wage",
                 fmt::format("'{}' is a wage, but {} does not say for what time", attribute.name,
                             shown(text)),
                 fmt::format("write {}/month, or /hour, /day, /week, /year", text)};
      return false;
    }
    const auto low_month = per_month(low, money->period);
    const auto high_month = per_month(high, money->period);
    if (!low_month || !high_month) {
      problem = {"network-money",
                 fmt::format("'{}': {} is too much money per month", attribute.name, shown(text)),
                 {}};
      return false;
    }
    low = *low_month;
    high = *high_month;
  } else if (money->period != WagePeriod::none) {
    problem = {"network-wage",
               fmt::format("'{}' is an amount, not a wage, but {} is per {}", attribute.name,
                           shown(text), to_text(money->period)),
               fmt::format("write the amount without /{}", to_text(money->period))};
    return false;
  }
  out.low = low.minor;
  out.high = high.minor;
  out.currency = low.currency;
  out.state = low == high ? CellState::known : CellState::range;
  return true;
}

bool parse_enumeration(const Attribute& attribute, std::string_view text, std::uint32_t& code,
                       CellProblem& problem) {
  const auto found = attribute.find_value(text);
  if (found) {
    code = *found;
    return true;
  }
  std::vector<std::string_view> names;
  names.reserve(attribute.values.size());
  for (const EnumerationValue& value : attribute.values) names.emplace_back(value.id);
  problem = {"network-unknown-value",
             fmt::format("'{}' has no value {}", attribute.name, shown(text)),
             suggest(text, names)};
  return false;
}

/// Items between `;`, those in double quotes taken as they are.
bool split_items(const Attribute& attribute, std::string_view text, RawCell& out,
                 CellProblem& problem) {
  std::vector<std::pair<std::size_t, std::size_t>> unquoted;  // item, buffer
  std::size_t at = 0;
  while (true) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    std::string_view item;
    if (at < text.size() && text[at] == '"') {
      std::string content;
      bool closed = false;
      for (++at; at < text.size(); ++at) {
        if (text[at] != '"') {
          content += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          content += text[++at];
        } else {
          closed = true;
          ++at;
          break;
        }
      }
      while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
      if (!closed || (at < text.size() && text[at] != ';')) {
        problem = {"network-list",
                   fmt::format("'{}': a quoted item does not end before ';' in {}", attribute.name,
                               shown(text)),
                   "write a double quote inside an item twice"};
        return false;
      }
      unquoted.emplace_back(out.items.size(), out.buffers.size());
      out.buffers.push_back(std::move(content));
      out.items.emplace_back();
    } else {
      const std::size_t end = std::min(text.find(';', at), text.size());
      item = trimmed(text.substr(at, end - at));
      if (item.empty()) {
        problem = {"network-list",
                   fmt::format("'{}': an item is missing in {}", attribute.name, shown(text)),
                   "write items as `a; b`, an empty text as `\"\"`, no items as `[]`"};
        return false;
      }
      out.items.push_back(item);
      at = end;
    }
    if (at >= text.size()) break;
    ++at;  // the semicolon
  }
  for (const auto& [item, buffer] : unquoted) out.items[item] = out.buffers[buffer];
  return true;
}

bool items_to_codes(const Attribute& attribute, RawCell& out, CellProblem& problem) {
  for (const std::string_view item : out.items) {
    std::uint32_t code = 0;
    if (!parse_enumeration(attribute, item, code, problem)) return false;
    out.codes.push_back(code);
  }
  out.items.clear();
  return true;
}

bool parse_list_cell(const Attribute& attribute, std::string_view text, RawCell& out,
                     CellProblem& problem) {
  out.state = CellState::known;
  if (text != "[]" && !split_items(attribute, text, out, problem)) return false;
  return attribute.type == AttributeType::text_list || items_to_codes(attribute, out, problem);
}

/// `low`, `typical` or `high` of a range: one value of the attribute's type, or (dates) a window.
struct Bound {
  std::int64_t whole[2] = {0, 0};
  double number = 0;
  Currency currency;
};

bool parse_bound(const Attribute& attribute, std::string_view text, bool window, Bound& bound,
                 CellProblem& problem) {
  RawCell one;
  if (!parse_cell(attribute, text, false, one, problem)) return false;
  if (one.state == CellState::absent || one.state == CellState::unknown ||
      (one.state == CellState::range && !(window && attribute.type == AttributeType::date))) {
    problem = {"network-range",
               fmt::format("'{}': {} is not one value inside a range", attribute.name, shown(text)),
               "write one value for each of `low`, `typical` and `high`"};
    return false;
  }
  bound.whole[0] = one.low;
  bound.whole[1] = one.state == CellState::range ? one.high : one.low;
  bound.number = one.number;
  bound.currency = one.currency;
  return true;
}

bool has_ranges(AttributeType type) noexcept {
  return type == AttributeType::integer || type == AttributeType::number ||
         type == AttributeType::date || type == AttributeType::money;
}

/// Puts `low`, `typical` (may be null) and `high` together.
bool join_bounds(const Attribute& attribute, const Bound& low, const Bound* typical,
                 const Bound& high, RawCell& out, CellProblem& problem) {
  if (attribute.type == AttributeType::money &&
      (low.currency != high.currency ||
       (typical != nullptr && typical->currency != low.currency))) {
    problem = {"network-range",
               fmt::format("'{}': one range cannot be in two currencies", attribute.name),
               "write two edges, or one claim each"};
    return false;
  }
  out.state = CellState::range;
  out.currency = low.currency;
  out.low = low.whole[0];
  out.high = high.whole[1];
  out.number = low.number;
  out.high_number = high.number;
  out.has_typical = typical != nullptr;
  if (typical != nullptr) {
    out.typical = typical->whole[0];
    out.typical_number = typical->number;
  }
  return admit(attribute, out, problem);
}

/// `{low: 100 NPR, typical: 120 NPR, high: 150 NPR}` as a text.
bool parse_range_text(const Attribute& attribute, std::string_view text, RawCell& out,
                      CellProblem& problem) {
  const auto malformed = [&] {
    problem = {"network-range", fmt::format("'{}': {} is not a range", attribute.name, shown(text)),
               "write `{low: .., high: ..}`, with `typical: ..` if that is known"};
    return false;
  };
  Bound bounds[3];
  bool given[3] = {false, false, false};
  constexpr std::string_view names[3] = {"low", "typical", "high"};
  std::string_view rest = trimmed(text.substr(1, text.size() - 2));
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view entry = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const std::size_t colon = entry.find(':');
    if (colon == std::string_view::npos) return malformed();
    const std::string_view name = trimmed(entry.substr(0, colon));
    const std::string_view value = trimmed(entry.substr(colon + 1));
    std::size_t which = 0;
    while (which < 3 && names[which] != name) ++which;
    if (which == 3 || given[which] || value.empty()) return malformed();
    if (!parse_bound(attribute, value, which != 1, bounds[which], problem)) return false;
    given[which] = true;
  }
  if (!given[0] || !given[2]) return malformed();
  return join_bounds(attribute, bounds[0], given[1] ? &bounds[1] : nullptr, bounds[2], out,
                     problem);
}

bool parse_absent(const Attribute& attribute, RawCell& out, CellProblem& problem) {
  if (!attribute.may_be_absent) {
    problem = {"network-not-absent",
               fmt::format("'{}' cannot be said not to exist (null)", attribute.name),
               "leave it out if it is not known"};
    return false;
  }
  out.state = CellState::absent;
  return true;
}

// --- documents ---

bool report(DocumentNode node, CellProblem problem, Diagnostics& diagnostics) {
  diagnostics.error(node.document().source(), node.span(), problem.id, std::move(problem.message),
                    std::move(problem.help));
  return false;
}

bool parse_range_map(const Attribute& attribute, DocumentNode node, RawCell& out,
                     Diagnostics& diagnostics) {
  constexpr std::string_view names[] = {"low", "typical", "high"};
  CellProblem problem;
  Bound bounds[3];
  bool given[3] = {false, false, false};
  bool sound = true;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const DocumentNode key = node.key(i);
    const DocumentNode value = node.at(i);
    std::size_t which = 0;
    while (which < 3 && names[which] != key.text()) ++which;
    if (which == 3) {
      sound = report(key,
                     {"network-unknown-key",
                      fmt::format("a range of '{}' has no {}", attribute.name, shown(key.text())),
                      suggest(key.text(), names)},
                     diagnostics);
      continue;
    }
    given[which] = true;
    if (!value.is_scalar() || value.is_null()) {
      sound =
          report(value,
                 {"network-range",
                  fmt::format("'{}' of a range is one value, not {}", names[which], kind_of(value)),
                  {}},
                 diagnostics);
    } else if (!parse_bound(attribute, value.text(), which != 1, bounds[which], problem)) {
      sound = report(value, std::move(problem), diagnostics);
    }
  }
  for (const std::size_t which : {std::size_t{0}, std::size_t{2}}) {
    if (!given[which]) {
      sound = report(
          node,
          {"network-range", fmt::format("a range of '{}' needs '{}'", attribute.name, names[which]),
           "write `{low: .., high: ..}`, with `typical: ..` if that is known"},
          diagnostics);
    }
  }
  if (!sound) return false;
  return join_bounds(attribute, bounds[0], given[1] ? &bounds[1] : nullptr, bounds[2], out,
                     problem) ||
         report(node, std::move(problem), diagnostics);
}

bool parse_list(const Attribute& attribute, DocumentNode node, RawCell& out,
                Diagnostics& diagnostics) {
  bool sound = true;
  out.state = CellState::known;
  CellProblem problem;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const DocumentNode item = node.at(i);
    std::uint32_t code = 0;
    if (!item.is_scalar() || item.is_null()) {
      sound =
          report(item,
                 {"network-list",
                  fmt::format("an item of '{}' is a text, not {}", attribute.name, kind_of(item)),
                  {}},
                 diagnostics);
    } else if (attribute.type == AttributeType::text_list) {
      out.items.push_back(item.text());
    } else if (parse_enumeration(attribute, item.text(), code, problem)) {
      out.codes.push_back(code);
    } else {
      sound = report(item, std::move(problem), diagnostics);
    }
  }
  if (!sound) return false;
  return admit(attribute, out, problem) || report(node, std::move(problem), diagnostics);
}

}  // namespace

bool parse_cell(const Attribute& attribute, std::string_view text, bool quoted, RawCell& out,
                CellProblem& problem) {
  out.clear();
  if (!quoted) {
    if (text.empty()) return true;
    if (text == "null") return parse_absent(attribute, out, problem);
  }
  if (text.size() > 1 && text.front() == '{' && text.back() == '}' && has_ranges(attribute.type)) {
    return parse_range_text(attribute, text, out, problem);
  }
  bool parsed = false;
  switch (attribute.type) {
    case AttributeType::boolean:
      if (text == "true" || text == "false") {
        out.state = CellState::known;
        out.low = text == "true" ? 1 : 0;
        return true;
      }
      problem = not_a("true or false", attribute, text, "write true or false");
      return false;
    case AttributeType::integer:
    case AttributeType::number:
      parsed = parse_number_cell(attribute, trimmed(text), out, problem);
      break;
    case AttributeType::date:
      parsed = parse_date_cell(attribute, trimmed(text), out, problem);
      break;
    case AttributeType::money:
      parsed = parse_money_cell(attribute, trimmed(text), out, problem);
      break;
    case AttributeType::text:
      out.state = CellState::known;
      out.text = text;
      parsed = true;
      break;
    case AttributeType::enumeration: {
      std::uint32_t code = 0;
      parsed = parse_enumeration(attribute, text, code, problem);
      out.state = CellState::known;
      out.low = code;
      return parsed;
    }
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      parsed = parse_list_cell(attribute, text, out, problem);
      break;
  }
  return parsed && admit(attribute, out, problem);
}

bool parse_cell(const Attribute& attribute, DocumentNode node, RawCell& out,
                Diagnostics& diagnostics) {
  out.clear();
  CellProblem problem;
  const bool listed = attribute.type == AttributeType::text_list ||
                      attribute.type == AttributeType::enumeration_list;
  switch (node.kind()) {
    case DocumentKind::null:
      if (node.text().empty()) {
        return report(node,
                      {"network-empty-value", fmt::format("'{}' has no value", attribute.name),
                       attribute.may_be_absent
                           ? "leave it out if it is not known; write null if it is known that "
                             "there is none"
                           : "leave it out if it is not known"},
                      diagnostics);
      }
      return parse_absent(attribute, out, problem) || report(node, std::move(problem), diagnostics);
    case DocumentKind::map:
      if (has_ranges(attribute.type)) return parse_range_map(attribute, node, out, diagnostics);
      break;
    case DocumentKind::list:
      if (listed) return parse_list(attribute, node, out, diagnostics);
      break;
    case DocumentKind::integer:
      if (attribute.type == AttributeType::integer) {
        if (const auto value = node.integer()) {
          out.state = CellState::known;
          out.low = out.high = *value;
          return admit(attribute, out, problem) || report(node, std::move(problem), diagnostics);
        }
      }
      [[fallthrough]];
    case DocumentKind::boolean:
    case DocumentKind::number:
    case DocumentKind::text:
      if (listed) break;
      return parse_cell(attribute, node.text(), true, out, problem) ||
             report(node, std::move(problem), diagnostics);
  }
  return report(
      node,
      {"network-shape",
       fmt::format("'{}' takes {}, not {}", attribute.name, what(attribute), kind_of(node)),
       listed ? "write its items between [ and ]" : std::string()},
      diagnostics);
}

}  // namespace detail

std::optional<Cell> read_cell(const Attribute& attribute, DocumentNode node,
                              Diagnostics& diagnostics) {
  detail::RawCell raw;
  if (!detail::parse_cell(attribute, node, raw, diagnostics)) return std::nullopt;
  return detail::to_cell(attribute, raw);
}

std::optional<Cell> read_cell(const Attribute& attribute, std::string_view text,
                              CellProblem& problem, bool quoted) {
  detail::RawCell raw;
  if (!detail::parse_cell(attribute, text, quoted, raw, problem)) return std::nullopt;
  return detail::to_cell(attribute, raw);
}

}  // namespace eraudit
