#pragma once
// A cell on its way from text to a column: no allocation, views into what is being read.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/money.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// By the attribute's type: `low` holds a boolean, an integer, minor units, days or the code of an
/// enumeration; `number` a double; `text` a text; `items` those of a text list, `codes` those of an
/// enumeration list. `high` and `typical` are those of a range.
struct RawCell {
  CellState state = CellState::unknown;
  bool has_typical = false;
  Currency currency;
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::int64_t typical = 0;
  double number = 0;
  double high_number = 0;
  double typical_number = 0;
  std::string_view text;
  std::vector<std::string_view> items;
  std::vector<std::uint32_t> codes;
  std::vector<std::string> buffers;  ///< of items that had to be unquoted

  void clear() noexcept {
    state = CellState::unknown;
    has_typical = false;
    currency = Currency();
    items.clear();
    codes.clear();
    buffers.clear();
  }
};

/// Reads `text` as `read_cell` does. False if it is refused; `problem` then says why.
[[nodiscard]] bool parse_cell(const Attribute& attribute, std::string_view text, bool quoted,
                              RawCell& out, CellProblem& problem);

/// Reads a value of a document; mistakes go to `diagnostics` at their place.
[[nodiscard]] bool parse_cell(const Attribute& attribute, DocumentNode node, RawCell& out,
                              Diagnostics& diagnostics);

/// Whether the schema admits a value of the right type; brings it into its one form (a range of
/// equal ends is a value).
[[nodiscard]] bool admit(const Attribute& attribute, RawCell& cell, CellProblem& problem);

/// Views into `cell`. False if a value in it is of another type than the attribute's, or
/// (`problem`) names an enumeration value that does not exist.
enum class Conversion : std::uint8_t { done, wrong_type, refused };
[[nodiscard]] Conversion to_raw(const Attribute& attribute, const Cell& cell, RawCell& out,
                                CellProblem& problem);
[[nodiscard]] Cell to_cell(const Attribute& attribute, const RawCell& raw);

}  // namespace eraudit::detail
