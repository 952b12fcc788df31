#include "eraudit/core/date.hpp"

#include <limits>
#include <random>

#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

Date date(std::string_view text) {
  const auto parsed = parse_date(text);
  INFO("date: " << text);
  REQUIRE(parsed);
  return *parsed;
}

bool leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

unsigned days_of(int year, unsigned month) {
  constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

}  // namespace

TEST_CASE("core: every day from 1900 to 2199 is counted, written and read back", "[core][date]") {
  // Counted here by hand: 1900-01-01 lies 70 years with 17 leap days before 1970-01-01.
  std::int32_t expected = -(70 * 365 + 17);
  int wrong = 0;
  for (int year = 1900; year < 2200; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day = 1; day <= days_of(year, month); ++day, ++expected) {
        const auto counted = date_from_civil({year, month, day});
        const std::string text = to_text(Date{expected});
        const CivilDate civil = civil_from_date(Date{expected});
        if (!counted || counted->days != expected || parse_date(text) != counted ||
            civil.year != year || civil.month != month || civil.day != day) {
          ++wrong;
        }
      }
      if (date_from_civil({year, month, days_of(year, month) + 1})) ++wrong;
    }
  }
  CHECK(wrong == 0);
  CHECK(to_text(Date{0}) == "1970-01-01");
  CHECK(to_text(Date{expected}) == "2200-01-01");
}

TEST_CASE("core: dates lie in the years 1 to 9999", "[core][date]") {
  CHECK(date_from_civil({1, 1, 1}) == first_date);
  CHECK(date_from_civil({9999, 12, 31}) == last_date);
  CHECK(to_text(first_date) == "0001-01-01");
  CHECK(to_text(last_date) == "9999-12-31");
  CHECK_FALSE(date_from_civil({0, 12, 31}));
  CHECK_FALSE(date_from_civil({10'000, 1, 1}));
  CHECK_FALSE(date_from_civil({std::numeric_limits<std::int32_t>::max(), 1, 1}));
  CHECK_FALSE(date_from_civil({2024, 0, 1}));
  CHECK_FALSE(date_from_civil({2024, 13, 1}));
  CHECK_FALSE(date_from_civil({2024, 257, 1}));  // not cut down to a byte
  CHECK_FALSE(date_from_civil({2024, 1, 0}));
  CHECK_FALSE(date_from_civil({2024, 1, 257}));
}

TEST_CASE("core: a date beyond the years that are written still has its civil parts",
          "[core][date]") {
  const auto check = [](std::int32_t days, std::int32_t year, unsigned month, unsigned day) {
    const CivilDate civil = civil_from_date(Date{days});
    CHECK(civil.year == year);
    CHECK(civil.month == month);
    CHECK(civil.day == day);
  };
  check(last_date.days + 1, 10'000, 1, 1);
  check(first_date.days - 1, 0, 12, 31);
  check(std::numeric_limits<std::int32_t>::max(), 5'881'580, 7, 11);
  check(std::numeric_limits<std::int32_t>::min(), -5'877'641, 6, 23);
}

TEST_CASE("core: a date is four, two and two digits and nothing else", "[core][date]") {
  CHECK(date("2024-02-29").days == 19'782);
  CHECK(date("2000-02-29").days == 11'016);
  for (const char* text : {"",
                           "2023-02-29",
                           "1900-02-29",
                           "2024-04-31",
                           "2024-3-1",
                           "2024-03-1",
                           "24-03-01",
                           "2024/03/01",
                           " 2024-03-01",
                           "2024-03-01 ",
                           "2024-03-01T00:00:00Z",
                           "0000-01-01",
                           "-001-01-01",
                           "+024-01-01",
                           "2024-00-01",
                           "2024-13-01",
                           "2024-01-00",
                           "2024-01-32",
                           "01-03-2024",
                           "2024-0a-01",
                           "20240301",
                           "2024-03-\xD9\xA1"}) {
    INFO("text: " << text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("core: a window is a day, a month, a year, or from one to another", "[core][date]") {
  const auto window = [](std::string_view text) {
    const auto parsed = parse_date_window(text);
    return parsed ? to_text(*parsed) : std::string("none");
  };
  CHECK(window("2024-03-01") == "2024-03-01");
  CHECK(window("2024-03") == "2024-03-01/2024-03-31");
  CHECK(window("2024-02") == "2024-02-01/2024-02-29");
  CHECK(window("2023-02") == "2023-02-01/2023-02-28");
  CHECK(window("2024") == "2024-01-01/2024-12-31");
  CHECK(window("2024-02-01/2024-04-30") == "2024-02-01/2024-04-30");
  CHECK(window("2024-02/2024-04") == "2024-02-01/2024-04-30");
  CHECK(window("2023/2024-02") == "2023-01-01/2024-02-29");
  CHECK(window("2024-03-01/2024-03-01") == "2024-03-01");
  CHECK(window("0001/9999") == "0001-01-01/9999-12-31");
  for (const char* text :
       {"", "/", "2024/", "/2024", "2024-04/2024-03", "2024-03-02/2024-03-01", "2024/2023",
        "2024-03-01/2024-03-02/2024-03-03", "2024-13", "2024-00", "0000", "2024-1", "202", "20245",
        "2024_03", "2024-3a", "2024-02-30", "2024-03 / 2024-04", "2024..2025"}) {
    INFO("text: " << text);
    CHECK(window(text) == "none");
  }
}

TEST_CASE("core: random windows are read back as they were written", "[core][date]") {
  std::mt19937 random(7);
  std::uniform_int_distribution<std::int32_t> day(first_date.days, last_date.days);
  int wrong = 0;
  for (int i = 0; i < 20'000; ++i) {
    DateWindow window{Date{day(random)}, Date{day(random)}};
    if (window.last < window.first) std::swap(window.first, window.last);
    if (i % 10 == 0) window.last = window.first;
    if (parse_date_window(to_text(window)) != window) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: adding months keeps the day or takes the last of the month", "[core][date]") {
  const auto plus = [](std::string_view text, std::int64_t months) {
    const auto sum = add_months(date(text), months);
    return sum ? to_text(*sum) : std::string("none");
  };
  CHECK(plus("2024-01-31", 1) == "2024-02-29");
  CHECK(plus("2023-01-31", 1) == "2023-02-28");
  CHECK(plus("2024-01-31", 2) == "2024-03-31");
  CHECK(plus("2024-03-31", -1) == "2024-02-29");
  CHECK(plus("2024-02-29", 12) == "2025-02-28");
  CHECK(plus("2024-02-29", -48) == "2020-02-29");
  CHECK(plus("2024-01-15", -1) == "2023-12-15");
  CHECK(plus("2024-05-15", 0) == "2024-05-15");
  CHECK(plus("9999-11-30", 1) == "9999-12-30");
  CHECK(plus("9999-12-01", 1) == "none");
  CHECK(plus("0001-01-31", -1) == "none");
  CHECK(plus("2024-01-01", std::numeric_limits<std::int64_t>::max()) == "none");
  CHECK(plus("2024-01-01", std::numeric_limits<std::int64_t>::min()) == "none");
  CHECK_FALSE(add_months(Date{std::numeric_limits<std::int32_t>::max()}, 0));
}

TEST_CASE("core: adding days stays within the years 1 to 9999", "[core][date]") {
  CHECK(add_days(date("2024-02-28"), 2) == date("2024-03-01"));
  CHECK(add_days(date("2024-03-01"), -1) == date("2024-02-29"));
  CHECK(add_days(first_date, last_date.days - first_date.days) == last_date);
  CHECK_FALSE(add_days(last_date, 1));
  CHECK_FALSE(add_days(first_date, -1));
  CHECK_FALSE(add_days(first_date, std::numeric_limits<std::int64_t>::max()));
  CHECK_FALSE(add_days(last_date, std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("core: months between dates are whole months", "[core][date]") {
  const auto months = [](std::string_view from, std::string_view to) {
    return months_between(date(from), date(to));
  };
  CHECK(months("2024-01-31", "2024-02-29") == 0);
  CHECK(months("2024-01-31", "2024-03-31") == 2);
  CHECK(months("2024-01-31", "2024-03-30") == 1);
  CHECK(months("2024-01-15", "2024-02-14") == 0);
  CHECK(months("2024-01-15", "2024-02-15") == 1);
  CHECK(months("2024-02-29", "2025-02-28") == 11);
  CHECK(months("2024-03-31", "2024-01-31") == -2);
  CHECK(months("2024-02-29", "2024-01-31") == 0);
  CHECK(months("2024-02-15", "2024-01-15") == -1);
  CHECK(months("0001-01-01", "9999-12-31") == 9999 * 12 - 1);
}

TEST_CASE("core: months between dates obey their laws", "[core][date]") {
  std::mt19937 random(11);
  std::uniform_int_distribution<std::int32_t> day(date("1950-01-01").days, date("2100-12-31").days);
  std::uniform_int_distribution<std::int32_t> near(-800, 800);
  std::uniform_int_distribution<std::int64_t> some(0, 600);
  int asymmetric = 0;
  int not_whole = 0;
  int not_monotone = 0;
  int not_inverse = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Date from{day(random)};
    const Date to{from.days + near(random)};
    const std::int64_t months = months_between(from, to);
    if (months_between(to, from) != -months) ++asymmetric;
    if (months_between(from, Date{to.days + 1}) < months) ++not_monotone;
    if (from <= to) {
      // The months fit, and one more does not, unless the last of a month stood in for its day.
      const Date reached = add_months(from, months).value();
      const Date next = add_months(from, months + 1).value();
      const bool stood_in = civil_from_date(next).day != civil_from_date(from).day;
      if (to < reached || (!stood_in && next <= to)) ++not_whole;
    }
    const std::int64_t added = some(random);
    const Date sum = add_months(from, added).value();
    const bool shortened = civil_from_date(sum).day != civil_from_date(from).day;
    if (months_between(from, sum) != added - (shortened ? 1 : 0)) ++not_inverse;
  }
  CHECK(asymmetric == 0);
  CHECK(not_monotone == 0);
  CHECK(not_whole == 0);
  CHECK(not_inverse == 0);
}
