#pragma once
// What the cells of one column say: read once per distinct text.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/detail/mapping_state.hpp"
#include "eraudit/import/detail/table.hpp"
#include "eraudit/network/column.hpp"

namespace eraudit::detail {

struct CellText {
  enum class State : std::uint8_t { empty, filler, absent, text };
  State state = State::empty;
  bool suspicious = false;
  std::string text;   ///< trimmed; of a `key_only` column its pseudonym, if it is not opaque; of
                      ///< columns with a form, in the form of network files
  std::string error;  ///< it is not of its form; then the state is `empty`
  std::string help;
  std::uint64_t count = 0;
};

/// Stands for a text that is not numbered.
inline constexpr std::uint32_t no_code = 0xFFFF'FFFF;

/// A cell of the current row. Valid until the next row.
struct RowCell {
  const CellText* cell = nullptr;
  std::uint32_t code = no_code;  ///< equal codes of one column are equal texts
};

/// Numbers the texts of a column as long as they repeat; what rarely does is looked at anew each
/// time.
class ColumnTexts {
 public:
  ColumnTexts(const ColumnMapping& column, const Mapping::State& mapping, std::string_view key,
              std::optional<Date> as_of, bool numbered);

  /// A cell as the table has it.
  RowCell read(const TableCell& cell);
  /// A part of one, where several texts stand in it.
  RowCell read(std::string_view text) {
    TableCell cell;
    cell.text = text;
    return read(cell);
  }
  /// A column that this table does not have.
  [[nodiscard]] RowCell nothing() const noexcept { return {&nothing_, nothing_code}; }
  static constexpr std::uint32_t nothing_code = no_code - 1;

  [[nodiscard]] const ColumnMapping& column() const noexcept { return *column_; }
  [[nodiscard]] std::uint64_t filled() const noexcept { return filled_; }
  [[nodiscard]] std::uint64_t empty() const noexcept { return empty_; }
  [[nodiscard]] const std::deque<CellText>& texts() const noexcept { return cells_; }

 private:
  [[nodiscard]] CellText classify(const TableCell& field) const;
  void apply_form(const TableCell& field, CellText& out) const;
  void count(const CellText& cell) noexcept;

  const ColumnMapping* column_;
  const Tokens* fillers_;
  const Tokens* absent_;
  std::string key_;
  std::optional<Date> as_of_;
  bool numbered_;
  std::string marked_;
  StringPool pool_;
  std::deque<CellText> cells_;  ///< by code
  CellText scratch_;
  CellText nothing_;
  std::uint64_t rows_ = 0;
  std::uint64_t filled_ = 0;
  std::uint64_t empty_ = 0;
};

}  // namespace eraudit::detail
