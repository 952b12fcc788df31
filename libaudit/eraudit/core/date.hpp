#pragma once
// Civil dates (proleptic Gregorian) and windows of dates.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// A day, counted from 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(const Date&, const Date&) = default;  // NOLINT(modernize-use-nullptr)
};

/// 0001-01-01 and 9999-12-31: what is read and written lies between them.
inline constexpr Date first_date{-719'162};
inline constexpr Date last_date{2'932'896};

struct CivilDate {
  std::int32_t year = 1970;
  std::uint32_t month = 1;  ///< 1 to 12
  std::uint32_t day = 1;    ///< 1 to 31
};

/// Both ends inclusive; one day if they are equal.
struct DateWindow {
  Date first;
  Date last;
  friend bool operator==(const DateWindow&, const DateWindow&) = default;
};

/// Nothing if there is no such day (2023-02-29) or the year is not in 1 to 9999.
[[nodiscard]] ERAUDIT_API std::optional<Date> date_from_civil(CivilDate civil);
/// Right for every `Date`, also outside the years 1 to 9999.
[[nodiscard]] ERAUDIT_API CivilDate civil_from_date(Date date);

/// `2024-03-01` exactly; nothing for any other text.
[[nodiscard]] ERAUDIT_API std::optional<Date> parse_date(std::string_view text);
/// A day, a month `2024-03`, a year `2024`, or `FIRST/LAST` of any of these; nothing otherwise or
/// if the window ends before it begins. `2024-03` is the window of its days: which day is not
/// known.
[[nodiscard]] ERAUDIT_API std::optional<DateWindow> parse_date_window(std::string_view text);
/// `2024-03-01`.
[[nodiscard]] ERAUDIT_API std::string to_text(Date date);
/// `2024-03-01/2024-03-31`; one day is written as that day.
[[nodiscard]] ERAUDIT_API std::string to_text(DateWindow window);

/// Nothing outside the years 1 to 9999.
[[nodiscard]] ERAUDIT_API std::optional<Date> add_days(Date date, std::int64_t days);
/// Same day of the month `months` later or earlier, or the last day of that month if there is none.
/// Nothing outside the years 1 to 9999.
[[nodiscard]] ERAUDIT_API std::optional<Date> add_months(Date date, std::int64_t months);
/// Whole months from `from` to `to`, negative if `to` is earlier: 2024-01-31 to 2024-02-29 is 0,
/// to 2024-03-31 is 2. Swapping the dates changes the sign.
[[nodiscard]] ERAUDIT_API std::int64_t months_between(Date from, Date to);

}  // namespace eraudit
