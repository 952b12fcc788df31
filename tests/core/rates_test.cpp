#include "eraudit/core/rates.hpp"

#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "eraudit/core/file.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

Currency currency(std::string_view code) {
  const auto found = Currency::from_code(code);
  INFO("code: " << code);
  REQUIRE(found);
  return *found;
}

Date date(std::string_view text) {
  const auto parsed = parse_date(text);
  INFO("date: " << text);
  REQUIRE(parsed);
  return *parsed;
}

Money money(std::string_view text) {
  const auto parsed = parse_money(text);
  INFO("money: " << text);
  REQUIRE(parsed);
  return parsed->low;
}

Rate rate(std::string_view from, std::string_view to, std::string_view on, std::int64_t numerator,
          std::int64_t denominator = 1) {
  return {currency(from), currency(to), date(on), numerator, denominator};
}

/// `MYR NPR 2026-06-30 2816/100`, or `none`.
std::string found(const Rates& rates, std::string_view from, std::string_view to,
                  std::string_view day) {
  const auto rate = rates.find(currency(from), currency(to), date(day));
  if (!rate) return "none";
  return std::string(rate->from.code()) + " " + std::string(rate->to.code()) + " " +
         to_text(rate->on) + " " + std::to_string(rate->numerator) + "/" +
         std::to_string(rate->denominator);
}

std::string converted(const Rates& rates, std::string_view amount, std::string_view to,
                      std::string_view day) {
  const auto money_there = rates.convert(money(amount), currency(to), date(day));
  return money_there ? to_text(*money_there) : std::string("none");
}

SourcePtr source(std::string text, std::string name = "rates.yaml") {
  return std::make_shared<const Source>(std::move(name), std::move(text));
}

Rates read(std::string text) {
  auto rates = read_rates(source(std::move(text)));
  INFO(to_text(rates.diagnostics()));
  REQUIRE(rates);
  return *rates;
}

/// Each diagnostic as `line:column id: message | help`.
std::vector<std::string> problems(std::string text, std::string name = "rates.yaml") {
  const auto rates = read_rates(source(std::move(text), std::move(name)));
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : rates.diagnostics().items()) {
    std::string line = std::to_string(diagnostic.position.line) + ":" +
                       std::to_string(diagnostic.position.column) + " " + diagnostic.id + ": " +
                       diagnostic.message;
    if (!diagnostic.help.empty()) line += " | " + diagnostic.help;
    lines.push_back(std::move(line));
  }
  CHECK(static_cast<bool>(rates) == !rates.diagnostics().has_errors());
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("core: without rates only like currencies convert", "[core][rates]") {
  const Rates rates;
  CHECK(rates.empty());
  CHECK(converted(rates, "5 USD", "USD", "2026-06-30") == "5 USD");
  CHECK(converted(rates, "5 USD", "NPR", "2026-06-30") == "none");
  CHECK_FALSE(rates.convert(Money{0, currency("USD")}, currency("NPR"), date("2026-06-30")));
  CHECK_FALSE(rates.convert(Money{5, Currency()}, currency("NPR"), date("2026-06-30")));
  CHECK_FALSE(rates.convert(money("5 USD"), Currency(), date("2026-06-30")));
  CHECK_FALSE(rates.find(Currency(), Currency(), date("2026-06-30")));
}

TEST_CASE("core: a rate speaks for its day and as many days as the table says", "[core][rates]") {
  const Rates rates({rate("MYR", "NPR", "2026-06-30", 2816, 100)}, 31);
  CHECK(found(rates, "MYR", "NPR", "2026-06-29") == "none");
  CHECK(found(rates, "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-30 2816/100");
  CHECK(found(rates, "MYR", "NPR", "2026-07-31") == "MYR NPR 2026-06-30 2816/100");
  CHECK(found(rates, "MYR", "NPR", "2026-08-01") == "none");
  const Rates day_only({rate("MYR", "NPR", "2026-06-30", 28)}, 0);
  CHECK(found(day_only, "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-30 28/1");
  CHECK(found(day_only, "MYR", "NPR", "2026-07-01") == "none");
}

TEST_CASE("core: the newest rate counts, in either direction", "[core][rates]") {
  const Rates rates({rate("MYR", "NPR", "2026-06-30", 28), rate("MYR", "NPR", "2026-06-01", 27),
                     rate("NPR", "MYR", "2026-06-15", 36, 1000)},
                    60);
  CHECK(found(rates, "MYR", "NPR", "2026-06-14") == "MYR NPR 2026-06-01 27/1");
  CHECK(found(rates, "MYR", "NPR", "2026-06-20") == "MYR NPR 2026-06-15 1000/36");
  CHECK(found(rates, "NPR", "MYR", "2026-06-20") == "NPR MYR 2026-06-15 36/1000");
  CHECK(found(rates, "MYR", "NPR", "2026-07-20") == "MYR NPR 2026-06-30 28/1");
  CHECK(found(rates, "NPR", "MYR", "2026-07-20") == "NPR MYR 2026-06-30 1/28");
}

TEST_CASE("core: of two rates of one day the one in the direction asked for counts",
          "[core][rates]") {
  for (const bool turned : {false, true}) {
    std::vector<Rate> both = {rate("MYR", "NPR", "2026-06-30", 28),
                              rate("NPR", "MYR", "2026-06-30", 36, 1000)};
    if (turned) std::swap(both[0], both[1]);
    const Rates rates(both, 31);
    CHECK(rates.size() == 2);
    CHECK(found(rates, "MYR", "NPR", "2026-07-01") == "MYR NPR 2026-06-30 28/1");
    CHECK(found(rates, "NPR", "MYR", "2026-07-01") == "NPR MYR 2026-06-30 36/1000");
  }
}

TEST_CASE("core: one common third currency joins two", "[core][rates]") {
  const Rates rates({rate("EUR", "MYR", "2026-06-30", 5), rate("EUR", "NPR", "2026-06-28", 150),
                     rate("INR", "NPR", "2026-06-30", 16, 10)},
                    31);
  CHECK(found(rates, "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-28 30/1");
  CHECK(found(rates, "NPR", "MYR", "2026-06-30") == "NPR MYR 2026-06-28 1/30");
  CHECK(found(rates, "MYR", "NPR", "2026-06-29") == "none");  // EUR to MYR is not known yet
  CHECK(found(rates, "MYR", "NPR", "2026-07-29") == "MYR NPR 2026-06-28 30/1");
  CHECK(found(rates, "MYR", "NPR", "2026-07-30") == "none");  // EUR to NPR is too old
  CHECK(found(rates, "MYR", "INR", "2026-06-30") == "none");  // two between them
  CHECK(converted(rates, "10 MYR", "NPR", "2026-06-30") == "300 NPR");
}

TEST_CASE("core: of several third currencies the newest legs count, then the first code",
          "[core][rates]") {
  const std::vector<Rate> base = {
      rate("EUR", "MYR", "2026-06-20", 5), rate("EUR", "NPR", "2026-06-20", 150),
      rate("USD", "MYR", "2026-06-20", 4), rate("USD", "NPR", "2026-06-20", 132)};
  CHECK(found(Rates(base, 31), "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-20 30/1");
  auto newer_leg = base;
  newer_leg.push_back(rate("USD", "NPR", "2026-06-25", 136));
  CHECK(found(Rates(newer_leg, 31), "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-20 34/1");
  auto newer = newer_leg;
  newer.push_back(rate("GBP", "MYR", "2026-06-21", 6));
  newer.push_back(rate("GBP", "NPR", "2026-06-21", 186));
  CHECK(found(Rates(newer, 31), "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-21 31/1");
  newer.push_back(rate("NPR", "MYR", "2026-06-01", 1, 29));  // quoted itself: no third one is asked
  CHECK(found(Rates(newer, 31), "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-01 29/1");
}

TEST_CASE("core: the order of rates never changes what is found", "[core][rates]") {
  std::mt19937 random(17);
  const std::vector<std::string> codes = {"EUR", "USD", "MYR", "NPR", "JPY", "KWD"};
  std::vector<Rate> all;
  std::uniform_int_distribution<std::size_t> code(0, codes.size() - 1);
  std::uniform_int_distribution<std::int32_t> day(0, 60);
  std::map<std::tuple<int, int, int>, bool> seen;
  while (all.size() < 60) {
    const Currency from = currency(codes[code(random)]);
    const Currency to = currency(codes[code(random)]);
    const Date on{date("2026-01-01").days + day(random)};
    if (from == to || seen[{from.index(), to.index(), on.days}]) continue;
    seen[{from.index(), to.index(), on.days}] = true;
    all.push_back({from, to, on, static_cast<std::int64_t>(all.size()) + 1, 7});
  }
  const Rates first(all, 10);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    const Rates other(all, 10);
    int different = 0;
    int absent = 0;
    for (const auto& from : codes) {
      for (const auto& to : codes) {
        for (int offset = -2; offset < 75; ++offset) {
          const Date on{date("2026-01-01").days + offset};
          const auto a = first.find(*Currency::from_code(from), *Currency::from_code(to), on);
          const auto b = other.find(*Currency::from_code(from), *Currency::from_code(to), on);
          if (a != b) ++different;
          if (!a) ++absent;
          if (a && (a->on > on || on.days - a->on.days > 10)) ++different;
        }
      }
    }
    CHECK(different == 0);
    CHECK(absent > 0);
  }
}

TEST_CASE("core: the newest quoted rate is the one a search through all of them finds",
          "[core][rates]") {
  std::mt19937 random(19);
  std::uniform_int_distribution<std::int32_t> day(0, 400);
  std::uniform_int_distribution<int> direction(0, 1);
  std::vector<Rate> all;
  std::map<std::pair<int, int>, bool> seen;
  const Currency myr = currency("MYR");
  const Currency npr = currency("NPR");
  while (all.size() < 80) {
    const bool turned = direction(random) == 1;
    const Date on{day(random)};
    if (seen[{turned, on.days}]) continue;
    seen[{turned, on.days}] = true;
    all.push_back(
        {turned ? npr : myr, turned ? myr : npr, on, static_cast<std::int64_t>(all.size()) + 1, 1});
  }
  const Rates rates(all, 4);
  int wrong = 0;
  for (std::int32_t asked = -1; asked < 410; ++asked) {
    std::optional<Rate> expected;
    for (const Rate& rate : all) {
      if (rate.on.days > asked || asked - rate.on.days > 4) continue;
      if (!expected || expected->on < rate.on || (expected->on == rate.on && rate.from == myr)) {
        expected = rate;
      }
    }
    const auto actual = rates.find(myr, npr, Date{asked});
    if (actual.has_value() != expected.has_value()) {
      ++wrong;
    } else if (actual) {
      const bool same = expected->from == myr ? actual->numerator == expected->numerator
                                              : actual->denominator == expected->numerator;
      if (!same || actual->on != expected->on) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: conversion goes through major units and rounds half to even", "[core][rates]") {
  const Rates rates(
      {rate("USD", "JPY", "2026-06-30", 1505, 10), rate("KWD", "USD", "2026-06-30", 325, 100),
       rate("MYR", "NPR", "2026-06-30", 2816, 100), rate("EUR", "USD", "2026-06-30", 1, 2)},
      31);
  CHECK(converted(rates, "10 USD", "JPY", "2026-06-30") == "1505 JPY");
  CHECK(converted(rates, "1 USD", "JPY", "2026-06-30") == "150 JPY");  // 150.5
  CHECK(converted(rates, "3 USD", "JPY", "2026-06-30") == "452 JPY");  // 451.5
  CHECK(converted(rates, "-3 USD", "JPY", "2026-06-30") == "-452 JPY");
  CHECK(converted(rates, "1505 JPY", "USD", "2026-06-30") == "10 USD");
  CHECK(converted(rates, "1.234 KWD", "USD", "2026-06-30") == "4.01 USD");  // 4.0105
  CHECK(converted(rates, "3.25 USD", "KWD", "2026-06-30") == "1 KWD");
  CHECK(converted(rates, "1500 MYR", "NPR", "2026-06-30") == "42240 NPR");
  CHECK(converted(rates, "0.01 EUR", "USD", "2026-06-30") == "0 USD");
  CHECK(converted(rates, "0.03 EUR", "USD", "2026-06-30") == "0.02 USD");
  CHECK(converted(rates, "90000000000000 USD", "JPY", "2026-06-30") == "none");  // beyond the limit
  CHECK_FALSE(
      rates.convert(Money{money_limit + 1, currency("JPY")}, currency("USD"), date("2026-06-30")));
}

TEST_CASE("core: there and back is within one unit of the coarser currency", "[core][rates]") {
  std::mt19937_64 random(23);
  std::uniform_int_distribution<std::int64_t> minor(-10'000'000'000, 10'000'000'000);
  std::uniform_int_distribution<std::int64_t> numerator(1, 1'000'000);
  std::uniform_int_distribution<std::int64_t> denominator(1, 1'000'000);
  const Currency from = currency("USD");
  const Date day = date("2026-06-30");
  int wrong = 0;
  for (int i = 0; i < 3'000; ++i) {
    const Currency to = currency(i % 3 == 0 ? "JPY" : i % 3 == 1 ? "KWD" : "NPR");
    const Rate quoted{from, to, day, numerator(random), denominator(random)};
    const Rates rates({quoted}, 0);
    const Money amount{minor(random), from};
    const auto there = rates.convert(amount, to, day);
    if (!there) {
      ++wrong;
      continue;
    }
    const auto back = rates.convert(*there, from, day);
    // One minor unit of `to` in minor units of `from`, rounded up, if it is the coarser one.
    const auto unit = rates.convert(Money{1, to}, from, day);
    if (!back || !unit ||
        std::abs(back->minor - amount.minor) > std::max<std::int64_t>(1, unit->minor)) {
      ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: a chain of long rates is rounded to 18 digits and still converts",
          "[core][rates]") {
  constexpr std::int64_t third = 333'333'333'333'333'333;
  const Rates rates({rate("EUR", "USD", "2026-06-30", third, 1'000'000'000'000'000'000),
                     rate("EUR", "NPR", "2026-06-30", third - 2, 1'000'000'000'000'000),
                     rate("CLF", "CLP", "2026-06-30", 999'999'999'999'999'999, 1)},
                    31);
  const auto chained = rates.find(currency("USD"), currency("NPR"), date("2026-06-30"));
  REQUIRE(chained);
  CHECK(chained->numerator <= 1'000'000'000'000'000'000);
  const double value =
      static_cast<double>(chained->numerator) / static_cast<double>(chained->denominator);
  CHECK(value == Approx(1000.0).epsilon(1e-15));
  CHECK(converted(rates, "1 USD", "NPR", "2026-06-30") == "1000 NPR");
  // The widest product that can occur stays within 128 bits.
  CHECK_FALSE(
      rates.convert(Money{money_limit, currency("CLF")}, currency("CLP"), date("2026-06-30")));
  CHECK(rates.convert(Money{money_limit, currency("CLP")}, currency("CLF"), date("2026-06-30")) ==
        Money{90, currency("CLF")});
  const Rates down(
      {rate("CLP", "CLF", "2026-06-30", 1'000'000'000'000'000'000, 1'000'000'000'000'000'000)}, 0);
  CHECK(down.convert(Money{900'000'000'000, currency("CLP")}, currency("CLF"),
                     date("2026-06-30")) == Money{money_limit, currency("CLF")});
}

TEST_CASE("core: rates that make no sense are refused", "[core][rates]") {
  const auto refuses = [](std::vector<Rate> rates, std::int32_t age = 31) {
    CHECK_THROWS_AS(Rates(std::move(rates), age), Error);
  };
  refuses({}, -1);
  refuses({rate("MYR", "MYR", "2026-06-30", 1)});
  refuses({rate("MYR", "NPR", "2026-06-30", 0)});
  refuses({rate("MYR", "NPR", "2026-06-30", -1)});
  refuses({rate("MYR", "NPR", "2026-06-30", 1, 0)});
  refuses({rate("MYR", "NPR", "2026-06-30", 1'000'000'000'000'000'001)});
  refuses({Rate{currency("MYR"), Currency(), date("2026-06-30"), 1, 1}});
  refuses({Rate{Currency::from_index(60'000), currency("MYR"), date("2026-06-30"), 1, 1}});
  refuses({rate("MYR", "NPR", "2026-06-30", 28), rate("MYR", "NPR", "2026-06-30", 29)});
  CHECK(Rates({rate("MYR", "NPR", "2026-06-30", 28), rate("MYR", "NPR", "2026-06-30", 56, 2)}, 1)
            .size() == 1);
}

TEST_CASE("core: rates are read from YAML", "[core][rates]") {
  const Rates rates = read(R"(# what the auditor used
eraudit: rates/1
max_age_days: 10
rates:
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}
  - {from: USD, to: NPR, on: 2026-06-30, rate: "133.50"}
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 28.160}
  - {from: USD, to: KWD, on: 2026-06-30, rate: 0.000000000000000001}
  - {from: USD, to: JPY, on: 2026-06-30, rate: 150}
)");
  CHECK(rates.size() == 4);
  CHECK(rates.max_age_days() == 10);
  CHECK(found(rates, "MYR", "NPR", "2026-07-10") == "MYR NPR 2026-06-30 2816/100");
  CHECK(found(rates, "MYR", "NPR", "2026-07-11") == "none");
  CHECK(found(rates, "USD", "NPR", "2026-06-30") == "USD NPR 2026-06-30 1335/10");
  CHECK(found(rates, "USD", "KWD", "2026-06-30") == "USD KWD 2026-06-30 1/1000000000000000000");
  CHECK(found(rates, "USD", "JPY", "2026-06-30") == "USD JPY 2026-06-30 150/1");
  CHECK(read("eraudit: rates/1\nrates: [{from: MYR, to: NPR, on: 2026-06-30, rate: 28}]\n")
            .max_age_days() == default_rate_age_days);
}

TEST_CASE("core: rates are read from JSON", "[core][rates]") {
  const std::string text =
      R"({"eraudit": "rates/1",
          "rates": [{"from": "MYR", "to": "NPR", "on": "2026-06-30", "rate": 28.16}]})";
  const auto rates = read_rates(source(text, "rates.json"));
  INFO(to_text(rates.diagnostics()));
  REQUIRE(rates);
  CHECK(found(*rates, "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-30 2816/100");
}

TEST_CASE("core: rates are read from a table in any order of columns", "[core][rates]") {
  const Rates rates = read(
      "\xEF\xBB\xBFrate,on,to,from\r\n28.16,2026-06-30,NPR,MYR\r\n\r\n"
      " 133.5 ,2026-06-30,NPR,\"USD\"\r\n");
  CHECK(rates.size() == 2);
  CHECK(rates.max_age_days() == default_rate_age_days);
  CHECK(found(rates, "MYR", "NPR", "2026-06-30") == "MYR NPR 2026-06-30 2816/100");
  CHECK(found(rates, "USD", "NPR", "2026-06-30") == "USD NPR 2026-06-30 1335/10");
  CHECK(read("from;to;on;rate\nMYR;NPR;2026-06-30;28.16\n").size() == 1);
}

TEST_CASE("core: the ECB's history is read as published", "[core][rates]") {
  const std::string text =
      "Date,USD,JPY,CYP,MYR,BGN,\n"
      "2026-06-30,1.1720,169.17,N/A,4.9385,N/A,\n"
      "2026-06-29,1.1700,169.00,N/A,N/A,N/A,\n"
      "2007-12-31,1.4721,164.93,0.585274,4.8682,1.9558,\n";
  const Rates rates = read(text);
  CHECK(rates.size() == 8);
  CHECK(found(rates, "EUR", "USD", "2026-06-30") == "EUR USD 2026-06-30 1172/1000");
  CHECK(found(rates, "EUR", "MYR", "2026-06-29") == "none");
  CHECK(found(rates, "USD", "EUR", "2008-01-02") == "USD EUR 2007-12-31 10000/14721");
  CHECK(found(rates, "USD", "MYR", "2026-06-30") == "USD MYR 2026-06-30 9877/2344");
  CHECK(converted(rates, "100 USD", "JPY", "2026-06-30") == "14434 JPY");
  CHECK(problems(text) == Lines{"1:14 rates-withdrawn-currency: the column 'CYP' is left out: ISO "
                                "4217 has withdrawn the code",
                                "1:22 rates-withdrawn-currency: the column 'BGN' is left out: ISO "
                                "4217 has withdrawn the code"});
}

TEST_CASE("core: every mistake in a YAML table of rates has its place", "[core][rates]") {
  CHECK(problems(R"(eraudit: rates/1
max_age_day: 31
rates:
  - {from: MYR, to: NRP, on: 2026-06-30, rate: 28.16}
  - {from: HRK, to: NPR, on: 2026-06-31, rate: 0}
  - {from: MYR, to: NPR, on: 2026-06, rate: -1}
  - {form: MYR, to: NPR, on: 2026-06-30, rate: 1}
  - {from: MYR, to: NPR, on: 2026-06-30, rate: "28,16"}
  - {from: MYR, to: MYR, on: 2026-06-30, rate: 1}
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 1e2}
  - {from: MYR, to: [NPR], on: 2026-06-30, rate: 1.2345678901234567890}
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 1.2345678901234567891}
  - 28.16
  - {from: MYR, to: Rs, on: 2026-06-30, rate: null}
)") == Lines{
           "2:1 rates-unknown-key: 'max_age_day' is no key here | did you mean 'max_age_days'?",
           "4:21 rates-unknown-currency: 'NRP' is no ISO 4217 currency code | did you mean 'NPR'?",
           "5:12 rates-unknown-currency: 'HRK' is no longer an ISO 4217 currency code | convert to "
           "EUR, "
           "which replaced it",
           "5:30 rates-bad-date: '2026-06-31' is not a date | write year, month and day: "
           "`2026-06-30`",
           "5:48 rates-bad-rate: the rate '0' is not above zero",
           "6:30 rates-bad-date: '2026-06' is not a date | write year, month and day: `2026-06-30`",
           "6:45 rates-bad-rate: the rate '-1' is not above zero",
           "7:6 rates-unknown-key: 'form' is no key of a rate | did you mean 'from'?",
           "7:5 rates-missing-key: this rate lacks 'from'",
           "8:48 rates-bad-rate: '28,16' is not a decimal number | write digits with a point, "
           "without "
           "separators or an exponent: `28.16`",
           "9:21 rates-same-currency: this is a rate from MYR to itself",
           "10:48 rates-bad-rate: '1e2' is not a decimal number | write digits with a point, "
           "without "
           "separators or an exponent: `28.16`",
           "11:21 rates-bad-type: 'to' is a list, not a currency code",
           "12:48 rates-bad-rate: the rate '1.2345678901234567891' has more than 18 digits | round "
           "it",
           "13:5 rates-bad-type: a rate is a map, not a number | write `{from: MYR, to: NPR, on: "
           "2026-06-30, rate: 28.16}`",
           "14:47 rates-bad-type: 'rate' is null, not a number",
       });
}

TEST_CASE("core: one rate with two values is refused with both places", "[core][rates]") {
  CHECK(problems(R"(eraudit: rates/1
rates:
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}
  - {from: USD, to: NPR, on: 2026-06-30, rate: 133.5}
  - {from: MYR, to: NPR, on: 2026-06-30, rate: 28.2}
  - {from: MYR, to: NPR, on: 2026-07-01, rate: 28.2}
  - {from: USD, to: NPR, on: 2026-06-30, rate: 133.50}
  - {from: USD, to: NPR, on: 2026-06-30, rate: 13350}
)") == Lines{"5:48 rates-duplicate: the rate from MYR to NPR on 2026-06-30 is 28.2 here, but 28.16 "
             "in line "
             "3 | keep one of them",
             "8:48 rates-duplicate: the rate from USD to NPR on 2026-06-30 is 13350 here, but "
             "133.5 in line "
             "4 | keep one of them"});
  CHECK(problems("from,to,on,rate\nMYR,NPR,2026-06-30,28.16\nMYR,NPR,2026-06-30,28.17\n") ==
        Lines{"3:20 rates-duplicate: the rate from MYR to NPR on 2026-06-30 is 28.17 here, but "
              "28.16 in line "
              "2 | keep one of them"});
  CHECK(problems("Date,USD\n2026-06-30,1.17\n2026-06-30,1.18\n") ==
        Lines{"3:12 rates-duplicate: the rate from EUR to USD on 2026-06-30 is 1.18 here, but 1.17 "
              "in line "
              "2 | keep one of them"});
}

TEST_CASE("core: a file that is no table of rates says what one looks like", "[core][rates]") {
  const std::string begin =
      "begin with `eraudit: rates/1`, or with the CSV header `from,to,on,rate`";
  CHECK(problems("- 1\n") ==
        Lines{"1:1 rates-bad-type: a table of rates is a map, not a list | " + begin});
  CHECK(problems("eraudit: rates/2\nrates: []\n") ==
        Lines{"1:10 rates-bad-version: 'rates/2' is not 'rates/1' | write `eraudit: rates/1`"});
  CHECK(problems("rates: {}\n") ==
        Lines{"1:1 rates-missing-key: 'eraudit' is missing | write `eraudit: rates/1`",
              "1:8 rates-bad-type: 'rates' is a list, not a map"});
  CHECK(problems("eraudit: rates/1\nmax_age_days: -1\n") ==
        Lines{"2:15 rates-bad-age: 'max_age_days' is not a whole number from 0 to 36500 | write "
              "the days a "
              "rate speaks for: `max_age_days: 31`",
              "1:1 rates-missing-key: 'rates' is missing | write `rates: [{from: MYR, to: NPR, on: "
              "2026-06-30, rate: 28.16}]`"});
  CHECK(problems("eraudit: rates/1\nrates: []\n") ==
        Lines{"1:1 rates-empty: there is no rate in this file"});
  CHECK(read_rates(source("eraudit: rates/1\nrates: []\n"))->empty());
  CHECK(problems("eraudit: [\n").size() == 1);
}

TEST_CASE("core: every mistake in a CSV table of rates has its place", "[core][rates]") {
  CHECK(problems("from,too,on,rate\nMYR,NPR,2026-06-30,28.16\n") ==
        Lines{"1:6 rates-unknown-column: 'too' is no column of rates | did you mean 'to'?",
              "1:1 rates-missing-column: the column 'to' is missing | the header is "
              "`from,to,on,rate`, in "
              "any order"});
  CHECK(problems("from,to,on,rate,to\n") ==
        Lines{"1:17 rates-duplicate-column: the column 'to' is there twice"});
  CHECK(
      problems("from,to,on,rate\nMYR,NPR,30/06/2026,28.16\nMYR,NPR,2026-06-30,28.16,9\nMYR,NPR\n"
               "MYR,,2026-06-30,0.00\nRM,NPR,2026-06-30,\n") ==
      Lines{"2:9 rates-bad-date: '30/06/2026' is not a date | write year, month and day: "
            "`2026-06-30`",
            "3:26 rates-ragged-row: this row has 5 fields, but the header has 4",
            "4:5 rates-ragged-row: this row has 2 fields, but the header has 4",
            "5:5 rates-unknown-currency: a currency code is missing",
            "5:17 rates-bad-rate: the rate '0.00' is not above zero",
            "6:1 rates-unknown-currency: 'RM' is no ISO 4217 currency code | write MYR",
            "6:19 rates-bad-rate: '' is not a decimal number | write digits with a point, without "
            "separators or an exponent: `28.16`"});
  CHECK(
      problems("Date,USD,UDS,EUR,USD\n2026-06-30,1,1,1,1\n") ==
      Lines{"1:10 rates-unknown-currency: 'UDS' is no ISO 4217 currency code | did you mean 'USD'?",
            "1:14 rates-same-currency: the column 'EUR' is a rate from EUR to itself",
            "1:18 rates-duplicate-column: the column 'USD' is there twice"});
  CHECK(
      problems("Date,USD\n30 June 2026,1.17\n2026-06-30,-\n") ==
      Lines{"2:1 rates-bad-date: '30 June 2026' is not a date | write year, month and day: "
            "`2026-06-30`",
            "3:12 rates-bad-rate: '-' is not a decimal number | write digits with a point, without "
            "separators or an exponent: `28.16`"});
  CHECK(problems("from,to,on,rate\n") == Lines{"1:1 rates-empty: there is no rate in this file"});
}

TEST_CASE("core: a table of rates beyond the limit is refused", "[core][rates]") {
  Limits limits;
  limits.data_file_bytes = 10;
  const auto rates = read_rates(source("from,to,on,rate\n"), limits);
  REQUIRE_FALSE(rates);
  CHECK(rates.diagnostics().items()[0].id == "rates-too-large");
}
