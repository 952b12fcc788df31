#pragma once
// The forms that nearly all cells of a table have, read without detours.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "eraudit/network/detail/draft.hpp"

namespace eraudit::detail {

/// Reads cells of one column of a table into a draft: `2024-03-01`, `48`, `0.75`, `1500 MYR/month`,
/// a value of an enumeration, a text of ASCII. Whatever else there is - a range, a unit, a blank, a
/// mistake - is left to `parse_cell`: no cell is refused here, and none gets another value than
/// `parse_cell` would give it.
class PlainColumn {
 public:
  PlainColumn(const Attribute& attribute, DraftColumn& column, NameTable& strings);

  /// Whether the cell was stored. Nothing was said about `row` before; `text` is not empty, or it
  /// stood in quotes.
  bool take(std::uint32_t row, std::string_view text, bool quoted);

 private:
  bool take_text(std::uint32_t row, std::string_view text);
  bool take_place(std::uint32_t row, std::string_view text);
  bool take_enumeration(std::uint32_t row, std::string_view text);
  bool take_integer(std::uint32_t row, std::string_view text);
  bool take_number(std::uint32_t row, std::string_view text);
  bool take_date(std::uint32_t row, std::string_view text);
  bool take_money(std::uint32_t row, std::string_view text);
  [[nodiscard]] bool know_unit(std::string_view unit);
  bool known(std::uint32_t row) {
    column_->known.set(row);
    return true;
  }

  const Attribute* attribute_;
  DraftColumn* column_;
  NameTable* strings_;
  std::uint32_t last_code_ = 0;           ///< cells of one column tend to repeat
  std::vector<std::uint32_t> countries_;  ///< by both letters: code + 1, once it was seen
  std::array<char, 16> unit_{};           ///< of the last amount: ` MYR/month`
  std::size_t unit_length_ = 0;
  Currency currency_;
  int exponent_ = 0;
};

}  // namespace eraudit::detail
