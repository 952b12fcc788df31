#include "eraudit/expression/table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <unordered_map>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit {
namespace {

constexpr std::size_t reported_overlaps = 100;

using State = TableCell::State;

std::string number_key(double number) {
  // Exact for whole numbers of this size; -0 is 0.
  if (std::abs(number) < 9.0e15 && number == std::trunc(number)) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  return to_text(number);
}

std::optional<double> key_number(std::string_view key) {
  double number = 0;
  const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (problem != std::errc() || end != key.data() + key.size()) return std::nullopt;
  return number;
}

Date since_of(const TableRow& row) {
  return row.since.value_or(Date{std::numeric_limits<std::int32_t>::min()});
}

Date until_of(const TableRow& row) {
  return row.until.value_or(Date{std::numeric_limits<std::int32_t>::max()});
}

bool holds_on(const TableRow& row, std::optional<Date> day) {
  if (!day) return !row.since && !row.until;
  return since_of(row) <= *day && *day <= until_of(row);
}

bool bands_meet(const TableBand& a, const TableBand& b) {
  const auto before = [](const TableBand& left, const TableBand& right) {
    if (!left.high || !right.low) return false;
    return *left.high < *right.low ||
           (*left.high == *right.low && (left.high_open || right.low_open));
  };
  return !before(a, b) && !before(b, a);
}

}  // namespace

std::optional<std::string> to_key(const Value& value) {
  switch (value.kind) {
    case ValueKind::boolean:
      return value.boolean ? "true" : "false";
    case ValueKind::integer:
      return std::to_string(value.integer);
    case ValueKind::uinteger:
      return std::to_string(value.uinteger);
    case ValueKind::number:
      return number_key(value.number);
    case ValueKind::text:
      return std::string(value.as_text());
    case ValueKind::date:
      return to_text(value.as_date());
    case ValueKind::money:
      return to_text(value.as_money());
    default:
      return std::nullopt;
  }
}

std::optional<std::string> to_key(const TableCell& cell, const Type& type) {
  if (cell.state != State::constant) return std::nullopt;
  switch (type.kind()) {
    case TypeKind::integer:
    case TypeKind::uinteger:
    case TypeKind::number:
      if (cell.integer) return std::to_string(*cell.integer);
      if (cell.number) return number_key(*cell.number);
      break;
    case TypeKind::date:
      if (cell.date) return to_text(*cell.date);
      break;
    case TypeKind::money:
      if (cell.money) return to_text(*cell.money);
      break;
    default:
      break;
  }
  return cell.text;
}

/// Rows by the shape of their keys, then by their exact keys.
struct Table::Index {
  /// One shape: which keys are exact, which are bands; the others are `any`.
  struct Shape {
    std::vector<State> states;
    std::size_t exact = 0;
    std::size_t bands = 0;
    std::unordered_map<std::string, std::vector<std::uint32_t>> rows;  ///< by joined exact keys
  };
  std::vector<Shape> shapes;                   ///< the most exact first
  std::vector<std::vector<std::string>> keys;  ///< by row; empty where the key is not exact
  std::size_t columns = 0;

  /// The keys of `wanted` columns, each with its length, so that no two lists are joined to one
  /// text.
  template <class Wanted>
  static std::string joined(std::span<const std::string> all, const Wanted& wanted) {
    std::string out;
    for (std::size_t column = 0; column < all.size(); ++column) {
      if (!wanted(column)) continue;
      out += std::to_string(all[column].size());
      out += ':';
      out += all[column];
    }
    return out;
  }

  [[nodiscard]] bool rows_meet(const std::vector<TableRow>& rows, std::uint32_t a,
                               std::uint32_t b) const {
    if (since_of(rows[a]) > until_of(rows[b]) || since_of(rows[b]) > until_of(rows[a]))
      return false;
    for (std::size_t column = 0; column < columns; ++column) {
      const TableCell& left = rows[a].keys[column];
      const TableCell& right = rows[b].keys[column];
      if (left.state == State::any || right.state == State::any) continue;
      if (left.state == State::constant && right.state == State::constant) {
        if (keys[a][column] != keys[b][column]) return false;
      } else if (left.state == State::band && right.state == State::band) {
        if (!bands_meet(*left.band, *right.band)) return false;
      } else {
        const bool left_band = left.state == State::band;
        const auto number = key_number(left_band ? keys[b][column] : keys[a][column]);
        if (!number || !(left_band ? left : right).band->contains(*number)) return false;
      }
    }
    return true;
  }
};

Table::Table(std::string name, std::vector<TableInput> inputs, Type output,
             std::vector<TableRow> rows, LocalText ask, std::string file, std::string sha256)
    : name_(std::move(name)),
      inputs_(std::move(inputs)),
      output_(std::move(output)),
      rows_(std::move(rows)),
      ask_(std::move(ask)),
      file_(std::move(file)),
      sha256_(std::move(sha256)) {
  std::vector<const Type*> key_types;
  for (std::size_t input = 0; input < inputs_.size(); ++input) {
    if (inputs_[input].name == "on" && inputs_[input].type.is(TypeKind::date)) {
      day_input_ = input;
    } else if (inputs_[input].key) {
      key_types.push_back(&inputs_[input].type);
    }
  }
  auto index = std::make_shared<Index>();
  index->columns = key_types.size();
  index->keys.resize(rows_.size());
  std::map<std::vector<State>, std::size_t> shapes;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const std::vector<TableCell>& cells = rows_[row].keys;
    if (cells.size() != key_types.size()) continue;
    std::vector<State> states;
    bool matches = true;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      states.push_back(cells[column].state);
      index->keys[row].push_back(to_key(cells[column], *key_types[column]).value_or(""));
      matches =
          matches && (cells[column].state == State::any || cells[column].state == State::constant ||
                      (cells[column].state == State::band && cells[column].band));
    }
    if (!matches) continue;  // a key that nobody knows is met by nothing
    const auto [shape, is_new] = shapes.emplace(std::move(states), index->shapes.size());
    if (is_new) {
      Index::Shape made;
      made.states = shape->first;
      made.exact = static_cast<std::size_t>(
          std::count(made.states.begin(), made.states.end(), State::constant));
      made.bands =
          static_cast<std::size_t>(std::count(made.states.begin(), made.states.end(), State::band));
      index->shapes.push_back(std::move(made));
    }
    Index::Shape& into = index->shapes[shape->second];
    const std::string key = Index::joined(index->keys[row], [&](std::size_t column) {
      return into.states[column] == State::constant;
    });
    into.rows[key].push_back(static_cast<std::uint32_t>(row));
  }
  std::stable_sort(index->shapes.begin(), index->shapes.end(),
                   [](const Index::Shape& a, const Index::Shape& b) {
                     return std::pair(a.exact, a.bands) > std::pair(b.exact, b.bands);
                   });
  for (const Index::Shape& shape : index->shapes) {
    std::size_t most = 0;
    for (const auto& [key, same] : shape.rows) most = std::max(most, same.size());
    find_steps_ += 1 + most / 8;
  }
  index_ = std::move(index);
}

const TableRow* Table::find(std::span<const std::string> keys, std::optional<Date> day) const {
  if (keys.size() != index_->columns) return nullptr;
  for (const Index::Shape& shape : index_->shapes) {
    const auto found = shape.rows.find(Index::joined(
        keys, [&](std::size_t column) { return shape.states[column] == State::constant; }));
    if (found == shape.rows.end()) continue;
    for (const std::uint32_t row : found->second) {
      if (!holds_on(rows_[row], day)) continue;
      bool inside = true;
      for (std::size_t column = 0; inside && column < keys.size(); ++column) {
        if (shape.states[column] != State::band) continue;
        const auto number = key_number(keys[column]);
        inside = number && rows_[row].keys[column].band->contains(*number);
      }
      if (inside) return &rows_[row];
    }
  }
  return nullptr;
}

std::vector<std::pair<std::size_t, std::size_t>> Table::overlaps() const {
  std::vector<std::pair<std::size_t, std::size_t>> all;
  const auto compare = [&](std::uint32_t a, std::uint32_t b) {
    if (index_->rows_meet(rows_, a, b)) all.emplace_back(std::min(a, b), std::max(a, b));
  };
  // Among rows of one shape only those with the same exact keys can meet, in order of their first
  // days.
  const auto compare_group = [&](std::vector<std::uint32_t> group) {
    const std::size_t enough = all.size() + 100 * reported_overlaps;
    std::stable_sort(group.begin(), group.end(), [&](std::uint32_t a, std::uint32_t b) {
      return since_of(rows_[a]) < since_of(rows_[b]);
    });
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1;
           j < group.size() && since_of(rows_[group[j]]) <= until_of(rows_[group[i]]); ++j) {
        compare(group[i], group[j]);
      }
      if (all.size() > enough) return;
    }
  };
  // Rows of two shapes can meet if the keys that are exact in both are the same.
  const auto compare_shapes = [&](const Index::Shape& a, const Index::Shape& b) {
    const auto in_both = [&](std::size_t column) {
      return a.states[column] == State::constant && b.states[column] == State::constant;
    };
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_key;
    for (const auto& [key, rows] : a.rows) {
      for (const std::uint32_t row : rows) {
        by_key[Index::joined(index_->keys[row], in_both)].push_back(row);
      }
    }
    for (const auto& [key, rows] : b.rows) {
      for (const std::uint32_t row : rows) {
        const auto found = by_key.find(Index::joined(index_->keys[row], in_both));
        if (found == by_key.end()) continue;
        for (const std::uint32_t other : found->second) compare(other, row);
      }
    }
  };
  for (std::size_t i = 0; i < index_->shapes.size(); ++i) {
    const Index::Shape& shape = index_->shapes[i];
    for (const auto& [key, rows] : shape.rows) compare_group(rows);
    for (std::size_t j = i + 1; j < index_->shapes.size(); ++j) {
      const Index::Shape& other = index_->shapes[j];
      if (other.exact == shape.exact && other.bands == shape.bands) compare_shapes(shape, other);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() > reported_overlaps) all.resize(reported_overlaps);
  return all;
}

}  // namespace eraudit
