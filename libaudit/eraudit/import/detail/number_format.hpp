#pragma once
// What a number in a workbook means, by the format of its cell.

#include <cstdint>
#include <string>
#include <string_view>

namespace eraudit::detail {

struct NumberFormat {
  enum class Kind : std::uint8_t {
    plain,
    date,       ///< days only
    date_time,  ///< days and hours
    time,       ///< hours of a day
    elapsed,    ///< `[h]:mm`: hours beyond a day
    padded,     ///< `00000`: whole numbers with zeros in front
  };
  Kind kind = Kind::plain;
  std::uint8_t digits = 0;  ///< of `padded`
  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

/// Of a format as people define it: `dd/mm/yyyy`, `[$-409]d-mmm;@`, `"$"#,##0.00`.
[[nodiscard]] NumberFormat format_of(std::string_view code);
/// Of the formats that every workbook has by number. 0 if it is not one of them.
[[nodiscard]] NumberFormat builtin_format(std::uint32_t id) noexcept;

/// A number as text.
struct ShownNumber {
  std::string text;   ///< `918`, `12.63`, `2021-03-05`, `2021-03-05T10:30:00`, `10:30:00`
  bool date = false;  ///< a day, and nothing more
  bool sound = true;  ///< else `text` says what is wrong
};

/// `written` as it stands in the file. `from_1904`: days are counted from 1904-01-01. The day 60 of
/// the other count is the 29th of February 1900, which never was; days before it are counted from
/// one day later than days after it.
[[nodiscard]] ShownNumber shown_number(std::string_view written, NumberFormat format,
                                       bool from_1904);

}  // namespace eraudit::detail
