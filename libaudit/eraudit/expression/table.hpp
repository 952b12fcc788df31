#pragma once
// Tables of facts (law by country, minimum wages, lists) as typed functions.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/schema/local_text.hpp"

namespace eraudit {

class Program;
struct Value;

/// One input of a table. The one named `on` of type date selects among rows by their since/until.
struct TableInput {
  std::string name;
  Type type;
  bool key = true;  ///< false: only used inside cells that are expressions (`1.0 * wage`)
};

/// Numbers between two ends, in a key column: `< 1`, `1..<3`, `>= 3`.
struct TableBand {
  std::optional<double> low;  ///< nothing: no lower end
  std::optional<double> high;
  bool low_open = false;  ///< the end itself does not belong to it
  bool high_open = false;

  [[nodiscard]] bool contains(double number) const noexcept {
    if (number != number) return false;
    if (low && (low_open ? number <= *low : number < *low)) return false;
    return !high || (high_open ? number < *high : number <= *high);
  }
};

/// A cell of a table: a constant or an expression over the inputs, or `any` or a band in a key
/// column.
struct TableCell {
  enum class State : std::uint8_t { any, band, constant, expression, unknown };
  State state = State::unknown;
  std::string text;  ///< constant text, number or date as written
  std::optional<std::int64_t> integer;
  std::optional<double> number;
  std::optional<Date> date;
  std::optional<Money> money;
  std::optional<TableBand> band;
  std::shared_ptr<const Program> program;
};

/// As `to_key(Value)` writes the same value; nothing for a cell that is no constant.
[[nodiscard]] ERAUDIT_API std::optional<std::string> to_key(const TableCell& cell,
                                                            const Type& type);

struct TableRow {
  std::vector<TableCell> keys;  ///< one per key input (without `on`)
  std::optional<Date> since;
  std::optional<Date> until;
  std::vector<TableCell> output;  ///< one per output field
  std::string source;
  std::string certainty;  ///< verified, recalled ...: as the row states it
  Position position;
};

/// A value as tables compare it: text as it is, `12`, `true`, `2024-03-01`, `1500 MYR`, `0.5`;
/// nothing for other kinds. Numbers that are whole are written as integers, so that `3.0` finds the
/// row of `3`.
[[nodiscard]] ERAUDIT_API std::optional<std::string> to_key(const Value& value);

/// Immutable. Two rows that match one call are refused when the table is read (see `overlaps`);
/// none matching gives an unknown that waits for this table (`Fact::Kind::table`). `find` is O(1)
/// in the number of rows with unlike keys.
class ERAUDIT_API Table {
 public:
  Table(std::string name, std::vector<TableInput> inputs, Type output, std::vector<TableRow> rows,
        LocalText ask, std::string file, std::string sha256);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::vector<TableInput>& inputs() const noexcept { return inputs_; }
  [[nodiscard]] const Type& output() const noexcept { return output_; }
  [[nodiscard]] const std::vector<TableRow>& rows() const noexcept { return rows_; }
  [[nodiscard]] const LocalText& ask() const noexcept { return ask_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] const std::string& sha256() const noexcept { return sha256_; }

  /// The row for these keys (as `to_key` writes a value; one per key input without `on`) that holds
  /// on `day`, or null. The row with most exact keys is meant, among those the one with most bands.
  /// Without a day only rows with neither since nor until are found.
  [[nodiscard]] const TableRow* find(std::span<const std::string> keys,
                                     std::optional<Date> day) const;
  /// Steps of an evaluation that the dearest `find` takes.
  [[nodiscard]] std::uint64_t find_steps() const noexcept { return find_steps_; }
  /// Pairs of rows that match one call on one day with equally many exact keys and bands, so that
  /// nobody could say which is meant; in order, the first 100.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> overlaps() const;
  /// Input `on` of type date, which selects among rows by since and until.
  [[nodiscard]] std::optional<std::size_t> day_input() const noexcept { return day_input_; }

 private:
  struct Index;
  std::string name_;
  std::vector<TableInput> inputs_;
  Type output_;
  std::vector<TableRow> rows_;
  LocalText ask_;
  std::string file_;
  std::string sha256_;
  std::optional<std::size_t> day_input_;
  std::shared_ptr<const Index> index_;
  std::uint64_t find_steps_ = 0;
};

using TablePtr = std::shared_ptr<const Table>;

}  // namespace eraudit
