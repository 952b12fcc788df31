// Cells and edges as short texts.

#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/network/detail/edge_name.hpp"
#include "eraudit/network/detail/text_out.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit {
namespace {

std::string item_text(std::string_view item) {
  const bool bare = !item.empty() && item != "null" && item != "[]" &&
                    item.find_first_of(";\"\n\r\t") == std::string_view::npos &&
                    item.front() != ' ' && item.back() != ' ';
  if (bare) return std::string(item);
  std::string out = "\"";
  for (const char c : item) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string list_text(const std::vector<std::string>& items) {
  if (items.empty()) return "[]";
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += "; ";
    out += item_text(item);
  }
  return out;
}

std::string value_text(const CellValue& value, std::string_view suffix) {
  switch (value.index()) {
    case 0:
      return std::get<bool>(value) ? "true" : "false";
    case 1:
      return std::to_string(std::get<std::int64_t>(value));
    case 2:
      return to_text(std::get<double>(value));
    case 3:
      return std::get<std::string>(value);
    case 4:
      return to_text(std::get<Date>(value));
    case 5:
      return to_text(std::get<Money>(value)).append(suffix);
    default:
      return list_text(std::get<std::vector<std::string>>(value));
  }
}

std::string range_text(const Cell& cell, std::string_view suffix) {
  if (cell.typical) {
    return fmt::format("{{low: {}, typical: {}, high: {}}}", value_text(cell.low, suffix),
                       value_text(*cell.typical, suffix), value_text(cell.high, suffix));
  }
  if (std::holds_alternative<Date>(cell.low)) {
    return to_text(DateWindow{std::get<Date>(cell.low), std::get<Date>(cell.high)});
  }
  std::string low = value_text(cell.low, {});
  if (std::holds_alternative<Money>(cell.low)) low.resize(low.find(' '));
  return low + ".." + value_text(cell.high, suffix);
}

std::string cell_text(const Cell& cell, std::string_view suffix) {
  switch (cell.state) {
    case CellState::unknown:
      return {};
    case CellState::absent:
      return "null";
    case CellState::known:
      return value_text(cell.low, suffix);
    case CellState::range:
      return range_text(cell, suffix);
  }
  return {};
}

}  // namespace

std::string to_text(const Cell& cell) {
  return cell_text(cell, {});
}

std::string to_text(const Cell& cell, const Attribute& attribute) {
  return cell_text(cell, attribute.wage ? "/month" : "");
}

namespace detail {
namespace {

/// A part of a natural key, so that no two keys read the same.
void append_part(std::string& out, std::string_view text) {
  const bool bare = !text.empty() && text != "?" && text != "null" && text.front() != ' ' &&
                    text.back() != ' ' &&
                    text.find_first_of(",()\"\n\r\t") == std::string_view::npos;
  if (bare) {
    out += text;
  } else {
    append_quoted(out, text);
  }
}

}  // namespace

std::string own_edge_name(std::string_view id) {
  if (id.front() != '"' && id.find('(') == std::string_view::npos) return std::string(id);
  std::string out;
  append_quoted(out, id);
  return out;
}

std::string natural_edge_name(const EdgeKind& kind, std::string_view from, std::string_view to,
                              const std::vector<Cell>& key) {
  std::string out = kind.name + '(';
  append_part(out, from);
  out += ", ";
  append_part(out, to);
  for (std::size_t i = 0; i < key.size(); ++i) {
    out += ", ";
    if (key[i].state == CellState::unknown) {
      out += '?';
    } else if (key[i].state == CellState::absent) {
      out += "null";
    } else {
      append_part(out, to_text(key[i], kind.attributes[kind.key[i].index]));
    }
  }
  return out + ')';
}

}  // namespace detail
}  // namespace eraudit
