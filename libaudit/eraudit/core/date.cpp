#include "eraudit/core/date.hpp"

#include <chrono>
#include <fmt/format.h>

namespace eraudit {
namespace {

constexpr std::int32_t days_in_400_years = 146'097;

/// The number that `text` is, if it is nothing but digits.
std::optional<std::int32_t> digits(std::string_view text) {
  std::int32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::uint32_t last_day(std::int32_t year, std::uint32_t month) {
  using namespace std::chrono;
  return static_cast<unsigned>(
      year_month_day_last{std::chrono::year{year}, month_day_last{std::chrono::month{month}}}
          .day());
}

/// A day, a month or a year.
std::optional<DateWindow> parse_period(std::string_view text) {
  if (text.size() == 10) {
    const auto day = parse_date(text);
    if (!day) return std::nullopt;
    return DateWindow{*day, *day};
  }
  if (text.size() != 4 && (text.size() != 7 || text[4] != '-')) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = text.size() == 7 ? digits(text.substr(5)) : std::optional<std::int32_t>();
  if (!year || (text.size() == 7 && !month)) return std::nullopt;
  const auto first_month = static_cast<std::uint32_t>(month.value_or(1));
  const auto last_month = static_cast<std::uint32_t>(month.value_or(12));
  const auto first = date_from_civil({*year, first_month, 1});
  if (!first) return std::nullopt;
  const auto last = date_from_civil({*year, last_month, last_day(*year, last_month)});
  return DateWindow{*first, *last};
}

std::int64_t month_number(const CivilDate& civil) {
  return std::int64_t{civil.year} * 12 + civil.month - 1;
}

}  // namespace

std::optional<Date> date_from_civil(CivilDate civil) {
  if (civil.year < 1 || civil.year > 9999 || civil.month > 12 || civil.day > 31)
    return std::nullopt;
  const std::chrono::year_month_day day{
      std::chrono::year{civil.year}, std::chrono::month{civil.month}, std::chrono::day{civil.day}};
  if (!day.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count())};
}

CivilDate civil_from_date(Date date) {
  // std::chrono::year ends at 32767; the calendar repeats every 400 years.
  const std::int32_t cycles = date.days / days_in_400_years;
  const std::chrono::year_month_day day{
      std::chrono::sys_days{std::chrono::days{date.days % days_in_400_years}}};
  return {static_cast<int>(day.year()) + 400 * cycles, static_cast<unsigned>(day.month()),
          static_cast<unsigned>(day.day())};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8));
  if (!year || !month || !day) return std::nullopt;
  return date_from_civil(
      {*year, static_cast<std::uint32_t>(*month), static_cast<std::uint32_t>(*day)});
}

std::optional<DateWindow> parse_date_window(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return parse_period(text);
  const auto first = parse_period(text.substr(0, slash));
  const auto last = parse_period(text.substr(slash + 1));
  if (!first || !last || last->last < first->first) return std::nullopt;
  return DateWindow{first->first, last->last};
}

std::string to_text(Date date) {
  const CivilDate civil = civil_from_date(date);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::string to_text(DateWindow window) {
  std::string text = to_text(window.first);
  if (window.last != window.first) text += '/' + to_text(window.last);
  return text;
}

std::optional<Date> add_days(Date date, std::int64_t days) {
  constexpr std::int64_t most = std::int64_t{1} << 33;
  if (days < -most || days > most) return std::nullopt;
  const std::int64_t sum = date.days + days;
  if (sum < first_date.days || sum > last_date.days) return std::nullopt;
  return Date{static_cast<std::int32_t>(sum)};
}

std::optional<Date> add_months(Date date, std::int64_t months) {
  constexpr std::int64_t most = std::int64_t{1} << 33;
  if (months < -most || months > most) return std::nullopt;
  const CivilDate civil = civil_from_date(date);
  const std::int64_t sum = month_number(civil) + months;
  if (sum < 12 || sum >= 10'000 * 12) return std::nullopt;
  const auto year = static_cast<std::int32_t>(sum / 12);
  const auto month = static_cast<std::uint32_t>(sum % 12 + 1);
  const std::uint32_t last = last_day(year, month);
  return date_from_civil({year, month, civil.day < last ? civil.day : last});
}

std::int64_t months_between(Date from, Date to) {
  if (to < from) return -months_between(to, from);
  const CivilDate first = civil_from_date(from);
  const CivilDate last = civil_from_date(to);
  return month_number(last) - month_number(first) - (last.day < first.day ? 1 : 0);
}

}  // namespace eraudit
