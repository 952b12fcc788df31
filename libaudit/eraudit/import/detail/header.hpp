#pragma once
// Where a table begins: the row that holds the headers which a mapping names.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "eraudit/import/detail/columns.hpp"
#include "eraudit/import/detail/mapping_state.hpp"
#include "eraudit/import/detail/table.hpp"

namespace eraudit::detail {

/// Headers matched against one row, or up to three rows that stand above each other.
struct Header {
  std::uint32_t line = 0;                      ///< of its last row
  std::uint32_t rows = 1;                      ///< stacked
  std::size_t width = 0;                       ///< fields of the widest of them
  std::size_t matched = 0;                     ///< columns of the mapping
  bool complete = false;                       ///< all that are required
  bool sound = true;                           ///< no column has two headers
  std::vector<std::uint32_t> field_of_column;  ///< no_code: the table does not have it
  std::vector<std::uint32_t> second_field;     ///< another header of the same column; or no_code
  std::vector<std::string> texts;              ///< of its last row, trimmed
};

/// Rows before the table are looked at until one has every required column; then one more, since a
/// second row of headers may stand below it.
class HeaderSearch {
 public:
  explicit HeaderSearch(const TableMapping& table);

  enum class Step : std::uint8_t {
    searching,  ///< this row is none, as far as can be told
    header,     ///< this row is it, for now
    data,       ///< the header stands above, and this row is the first of the table
    given_up,   ///< so many rows, and none of them
  };
  Step add(const TableRow& row);

  /// The best there is so far; of no row if nothing matched.
  [[nodiscard]] const Header& best() const noexcept { return best_; }
  [[nodiscard]] bool found() const noexcept { return best_.complete && best_.matched > 0; }
  /// Rows that were looked at and hold something.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// Their lines, up to the header.
  [[nodiscard]] const std::vector<std::uint32_t>& lines() const noexcept { return lines_; }
  /// Texts of the first of them.
  [[nodiscard]] const std::vector<std::string>& first_texts() const noexcept {
    return first_texts_;
  }

 private:
  [[nodiscard]] Header match(std::size_t depth, const TableRow& row) const;

  const TableMapping& table_;
  std::map<std::string, std::uint16_t, std::less<>> column_of_;  ///< by folded header
  std::vector<std::vector<std::string>> last_;  ///< texts of the rows before, the nearest first
  Header best_;
  std::size_t rows_ = 0;
  std::vector<std::uint32_t> lines_;
  std::vector<std::string> first_texts_;
  bool decided_ = false;
  bool done_ = false;
};

/// What a row of figures below or inside a table is called in its first filled cell: `Total`,
/// `Grand total`, `Sous-total`.
[[nodiscard]] bool is_total_word(std::string_view text);

/// A row that adds up others: such a word, and beside it nothing but numbers.
[[nodiscard]] bool is_total_row(std::span<const TableCell> cells);

}  // namespace eraudit::detail
