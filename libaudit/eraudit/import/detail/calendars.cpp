// Calendars: days of a month, and a day of a calendar as a day.

#include <algorithm>
#include <array>
#include <iterator>

#include "eraudit/import/detail/date_forms.hpp"

namespace eraudit::detail {
namespace {

/// Lengths of the months of the Bikram Sambat years 2000 to 2083, less 29, one digit a month. They
/// follow no rule: the calendar committee of Nepal sets them year by year, and what circulates for
/// later years is guessed. Source: github.com/medic/bikram-sambat (Apache-2.0),
/// test-data/daysInMonth.json of 2026-06-04, which carries its corrections of 2081 to 2083.
constexpr std::string_view bikram_sambat_months[] = {
    "132321110102", "223222101011", "223321101011", "232321110012", "132321110102", "223222101011",
    "223321101011", "232321110012", "222322011002", "223222101011", "223321101011", "232321110012",
    "222322011011", "223222101011", "223321101011", "232321110012", "222322011011", "223222101011",
    "232321101011", "232321110102", "222322101011", "223222101011", "232321110011", "232321110102",
    "222322101011", "223222101011", "232321110012", "132321110102", "223222101011", "223231101011",
    "232321110012", "132321110102", "223222101011", "223321101011", "232321110012", "132322011002",
    "223222101011", "223321101011", "232321110012", "222322011011", "223222101011", "223321101011",
    "232321110012", "222322011011", "223222101011", "232321101011", "232321110012", "222322101011",
    "223222101011", "232321110011", "232321110102", "222322101011", "223222101011", "232321110011",
    "232321110102", "223222101011", "223231101011", "232321110012", "132321110102", "223222101011",
    "223321101011", "232321110012", "132322010102", "223222101011", "223321101011", "232321110012",
    "222322011002", "223222101011", "223321101011", "232321110012", "222322011011", "223222101011",
    "232321101011", "232321110012", "222322101011", "223222101011", "232321110011", "232321110102",
    "222322101011", "223222101011", "232321110011", "232321110102", "223222101011", "223222101011",
};
constexpr std::int32_t bikram_sambat_first = 2000;
constexpr std::int32_t bikram_sambat_last =
    bikram_sambat_first + static_cast<std::int32_t>(std::size(bikram_sambat_months)) - 1;
/// 1 Baisakh 2000 was 14 April 1943.
constexpr CivilDate bikram_sambat_start = {1943, 4, 14};

/// The Thai solar calendar is the Gregorian one under another era.
constexpr std::int32_t thai_era = 543;
/// Before 1941 its year began in April.
constexpr std::int32_t thai_first = 2484;

struct NamedCalendar {
  std::string_view name;
  Calendar calendar;
};
constexpr NamedCalendar calendars[] = {
    {"gregorian", Calendar::gregorian},
    {"bikram-sambat", Calendar::bikram_sambat},
    {"thai", Calendar::thai},
};

std::uint32_t gregorian_days(std::int32_t year, std::uint32_t month) noexcept {
  constexpr std::array<std::uint32_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

std::optional<Calendar> calendar_named(std::string_view name) noexcept {
  const auto found = std::find_if(std::begin(calendars), std::end(calendars),
                                  [&](const NamedCalendar& one) { return one.name == name; });
  if (found == std::end(calendars)) return std::nullopt;
  return found->calendar;
}

std::string_view calendar_name(Calendar calendar) noexcept {
  return std::find_if(std::begin(calendars), std::end(calendars),
                      [&](const NamedCalendar& one) { return one.calendar == calendar; })
      ->name;
}

std::uint32_t days_in_month(Calendar calendar, std::int32_t year, std::uint32_t month) noexcept {
  if (month < 1 || month > 12) return 0;
  switch (calendar) {
    case Calendar::gregorian:
      return year < 1 || year > 9999 ? 0 : gregorian_days(year, month);
    case Calendar::thai:
      return year < thai_first || year > 9999 ? 0 : gregorian_days(year - thai_era, month);
    case Calendar::bikram_sambat:
      if (year < bikram_sambat_first || year > bikram_sambat_last) return 0;
      return 29 + static_cast<std::uint32_t>(
                      bikram_sambat_months[year - bikram_sambat_first][month - 1] - '0');
  }
  return 0;
}

std::optional<Date> date_in(Calendar calendar, CivilDate civil) {
  if (civil.day < 1 || civil.day > days_in_month(calendar, civil.year, civil.month)) {
    return std::nullopt;
  }
  if (calendar == Calendar::gregorian) return date_from_civil(civil);
  if (calendar == Calendar::thai) {
    civil.year -= thai_era;
    return date_from_civil(civil);
  }
  std::int64_t days = civil.day - 1;
  for (std::int32_t year = bikram_sambat_first; year < civil.year; ++year) {
    for (std::uint32_t month = 1; month <= 12; ++month) {
      days += days_in_month(calendar, year, month);
    }
  }
  for (std::uint32_t month = 1; month < civil.month; ++month) {
    days += days_in_month(calendar, civil.year, month);
  }
  return add_days(*date_from_civil(bikram_sambat_start), days);
}

}  // namespace eraudit::detail
