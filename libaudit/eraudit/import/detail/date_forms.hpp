#pragma once
// Days as people write them, in the order and calendar of their country.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"

namespace eraudit::detail {

enum class Calendar : std::uint8_t { gregorian, bikram_sambat, thai };

/// `gregorian`, `bikram-sambat`, `thai`.
[[nodiscard]] std::optional<Calendar> calendar_named(std::string_view name) noexcept;
[[nodiscard]] std::string_view calendar_name(Calendar calendar) noexcept;

/// A day of a calendar as a day; nothing if the calendar has no such day, or its table of month
/// lengths does not reach so far.
[[nodiscard]] std::optional<Date> date_in(Calendar calendar, CivilDate civil);
/// Days of a month; 0 if it is not known.
[[nodiscard]] std::uint32_t days_in_month(Calendar calendar, std::int32_t year,
                                          std::uint32_t month) noexcept;

/// `DD/MM/YYYY`, `D MON YYYY`, `YYYY-MM`, `MM/YYYY`, `YYYY`. MON: the name of a month, as it
/// begins. What else stands in it is written like that.
struct DatePattern {
  enum class Part : std::uint8_t { year, short_year, month, month_name, day, literal };
  struct Piece {
    Part part;
    std::uint8_t digits = 0;  ///< exactly so many; 0: one or two
    std::string literal;
  };
  std::string text;  ///< as written
  std::vector<Piece> pieces;
};
[[nodiscard]] std::optional<DatePattern> parse_date_pattern(std::string_view text);

struct DateForm {
  std::vector<DatePattern> patterns;  ///< tried all; two that read unlike days are an error
  Calendar calendar = Calendar::gregorian;
  bool may_be_future = false;
};

/// A text in the form that network files use, or why there is none.
struct FormOutcome {
  std::string text;
  std::string error;
  std::string help;
};

/// A day gives `2024-03-01`, a month or year the window of its days. Native digits are read. A day
/// after `as_of` is refused, with the calendar in which it would not be, unless the form allows it.
[[nodiscard]] FormOutcome read_date(std::string_view text, const DateForm& form,
                                    std::optional<Date> as_of);
/// The same for a day that is one already.
[[nodiscard]] FormOutcome check_date(DateWindow window, const DateForm& form,
                                     std::optional<Date> as_of);

/// Digits of Devanagari, Bengali, Thai, Lao, Burmese, Khmer, Arabic and others as 0-9; full-width
/// ones too.
[[nodiscard]] std::string ascii_digits(std::string_view text);

}  // namespace eraudit::detail
