#pragma once
// What one row says about one attribute, as a value of its own: for building, reading and writing.
// Inside a network the same lies in columns (network/column.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"

namespace eraudit {

enum class CellState : std::uint8_t {
  unknown,  ///< nobody said
  absent,   ///< known not to exist
  known,    ///< one value: `low`
  range,    ///< somewhere from `low` to `high`, both included
};

/// Enumerations are text: the id of the value.
using CellValue =
    std::variant<bool, std::int64_t, double, std::string, Date, Money, std::vector<std::string>>;

struct Cell {
  CellState state = CellState::unknown;
  CellValue low;
  CellValue high;                    ///< of a range only
  std::optional<CellValue> typical;  ///< the likely value inside a range, if somebody said one

  [[nodiscard]] static Cell unknown() { return {}; }
  [[nodiscard]] static Cell absent() { return {CellState::absent, {}, {}, {}}; }
  [[nodiscard]] static Cell of(CellValue value) {
    return {CellState::known, std::move(value), {}, {}};
  }
  [[nodiscard]] static Cell between(CellValue low, CellValue high,
                                    std::optional<CellValue> typical = {}) {
    return {CellState::range, std::move(low), std::move(high), std::move(typical)};
  }
  friend bool operator==(const Cell&, const Cell&) = default;
};

}  // namespace eraudit
