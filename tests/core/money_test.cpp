#include "eraudit/core/money.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "eraudit/core/detail/currency_table.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

__extension__ typedef __int128 Int128;

Currency currency(std::string_view code) {
  const auto found = Currency::from_code(code);
  INFO("code: " << code);
  REQUIRE(found);
  return *found;
}

Money money(std::int64_t minor, std::string_view code) {
  return {minor, currency(code)};
}

/// As it is written again, or `none`.
std::string read(std::string_view text) {
  const auto parsed = parse_money(text);
  return parsed ? to_text(*parsed) : std::string("none");
}

/// `message | help` of a text that is refused.
std::string problem(std::string_view text) {
  MoneyProblem problem;
  if (parse_money(text, &problem)) return "accepted";
  return problem.message + " | " + problem.help;
}

/// Half to even, the slow way: the nearest integers are tried by their distance.
Int128 nearest_even(Int128 numerator, Int128 denominator) {
  Int128 floor = numerator / denominator;
  if (numerator % denominator != 0 && (numerator < 0) != (denominator < 0)) --floor;
  const auto twice_distance = [&](Int128 q) {
    const Int128 d = 2 * (numerator - q * denominator);
    return d < 0 ? -d : d;
  };
  const Int128 below = twice_distance(floor);
  const Int128 above = twice_distance(floor + 1);
  if (below != above) return below < above ? floor : floor + 1;
  return floor % 2 == 0 ? floor : floor + 1;
}

}  // namespace

TEST_CASE("core: currencies have the codes and decimals of ISO 4217", "[core][money]") {
  CHECK(detail::currency_table.size() == 176);
  for (const char* code :
       {"NPR", "MYR", "BDT", "QAR", "INR", "USD", "EUR", "PKR", "LKR", "PHP", "IDR",
        "THB", "AED", "SAR", "XCG", "ZWG", "SLE", "VED", "MXN", "GTQ", "TWD"}) {
    CHECK(currency(code).exponent() == 2);
  }
  for (const char* code : {"JPY", "KRW", "VND", "ISK", "UGX", "XAF", "XOF", "CLP", "RWF"}) {
    CHECK(currency(code).exponent() == 0);
  }
  for (const char* code : {"KWD", "BHD", "OMR", "JOD", "TND", "LYD", "IQD"}) {
    CHECK(currency(code).exponent() == 3);
  }
  CHECK(currency("CLF").exponent() == 4);
  CHECK(currency("UYW").exponent() == 4);
  for (const char* code :
       {"", "npr", "NPRX", "NP", "XXX", "XTS", "HRK", "BGN", "ZWL", "ABC", "NP "}) {
    INFO("code: " << code);
    CHECK_FALSE(Currency::from_code(code));
  }
}

TEST_CASE("core: a currency is its place in the table of codes", "[core][money]") {
  for (std::size_t i = 0; i < detail::currency_table.size(); ++i) {
    const auto index = static_cast<std::uint16_t>(i + 1);
    const Currency found = Currency::from_index(index);
    CHECK(found.code() == detail::currency_table[i].code);
    CHECK(Currency::from_code(found.code()) == found);
  }
  CHECK(Currency().none());
  CHECK(Currency().code().empty());
  CHECK(Currency().exponent() == 0);
  CHECK(Currency::from_index(60'000).code().empty());
  CHECK(sizeof(Currency) == 2);
}

TEST_CASE("core: names of currencies stand for codes that exist", "[core][money]") {
  for (const auto& name : detail::currency_names) {
    INFO("name: " << name.name);
    REQUIRE(name.codes.size() % 4 == 3);
    for (std::size_t at = 0; at < name.codes.size(); at += 4) {
      CHECK(Currency::from_code(name.codes.substr(at, 3)));
    }
  }
  for (const auto& withdrawn : detail::withdrawn_currencies) {
    CHECK_FALSE(Currency::from_code(withdrawn.code));
    CHECK(Currency::from_code(withdrawn.successor));
  }
}

TEST_CASE("core: money is a number, a blank and a code", "[core][money]") {
  CHECK(parse_money("1500 MYR")->low == money(150'000, "MYR"));
  CHECK(parse_money("1500 MYR")->high == money(150'000, "MYR"));
  CHECK(parse_money("1500 MYR")->period == WagePeriod::none);
  CHECK(parse_money("1500.5 MYR")->low == money(150'050, "MYR"));
  CHECK(parse_money("-5 USD")->low == money(-500, "USD"));
  CHECK(parse_money("-0.05 USD")->low == money(-5, "USD"));
  CHECK(parse_money("1_000 USD")->low == money(100'000, "USD"));
  CHECK(parse_money("1_05_000.2_5 NPR")->low == money(10'500'025, "NPR"));
  CHECK(parse_money("1500 JPY")->low == money(1500, "JPY"));
  CHECK(parse_money("1.234 KWD")->low == money(1234, "KWD"));
  CHECK(parse_money("1.2345 CLF")->low == money(12'345, "CLF"));
  CHECK(parse_money("-0 USD")->low == money(0, "USD"));
  CHECK(parse_money("007 USD")->low == money(700, "USD"));
  CHECK(parse_money("  5 \t USD ")->low == money(500, "USD"));
}

TEST_CASE("core: money may be a range and may be paid for a period", "[core][money]") {
  CHECK(read("900..1400 USD") == "900..1400 USD");
  CHECK(read("900 USD..1400 USD") == "900..1400 USD");
  CHECK(read("900 USD .. 1400 USD") == "900..1400 USD");
  CHECK(read("900.50..1400 USD") == "900.50..1400 USD");
  CHECK(read("-5..-2 USD") == "-5..-2 USD");
  CHECK(read("5..5 USD") == "5 USD");
  CHECK(read("1500.50 MYR/month") == "1500.50 MYR/month");
  CHECK(read("1500 MYR / month") == "1500 MYR/month");
  CHECK(read("900..1400 MYR/day") == "900..1400 MYR/day");
  CHECK(read("900 MYR/day..1400 MYR/day") == "900..1400 MYR/day");
  CHECK(read("900 MYR..1400 MYR/day") == "900..1400 MYR/day");
  for (const WagePeriod period :
       {WagePeriod::hour, WagePeriod::day, WagePeriod::week, WagePeriod::month, WagePeriod::year}) {
    const auto parsed = parse_money("5 USD/" + std::string(to_text(period)));
    REQUIRE(parsed);
    CHECK(parsed->period == period);
    CHECK(parse_wage_period(to_text(period)) == period);
  }
  CHECK(to_text(WagePeriod::none).empty());
  CHECK_FALSE(parse_wage_period(""));
  CHECK_FALSE(parse_wage_period("Month"));
}

TEST_CASE("core: money is written in its shortest form", "[core][money]") {
  CHECK(to_text(money(14'500'000, "NPR")) == "145000 NPR");
  CHECK(to_text(money(150'050, "MYR")) == "1500.50 MYR");
  CHECK(to_text(money(5, "MYR")) == "0.05 MYR");
  CHECK(to_text(money(-5, "MYR")) == "-0.05 MYR");
  CHECK(to_text(money(-100, "MYR")) == "-1 MYR");
  CHECK(to_text(money(0, "MYR")) == "0 MYR");
  CHECK(to_text(money(7, "JPY")) == "7 JPY");
  CHECK(to_text(money(1005, "KWD")) == "1.005 KWD");
  CHECK(to_text(Money{7, Currency()}) == "7");
  CHECK(to_text(Money{std::numeric_limits<std::int64_t>::min(), currency("USD")}) ==
        "-92233720368547758.08 USD");
}

TEST_CASE("core: random money is read back as it was written", "[core][money]") {
  std::mt19937_64 random(3);
  std::uniform_int_distribution<std::size_t> code(1, detail::currency_table.size());
  std::uniform_int_distribution<int> digits(0, 15);
  std::uniform_int_distribution<std::int64_t> minor(-money_limit, money_limit);
  std::uniform_int_distribution<int> period(0, 5);
  int wrong = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Currency unit = Currency::from_index(static_cast<std::uint16_t>(code(random)));
    const auto pick = [&] {
      const auto power = static_cast<std::int64_t>(std::pow(10.0, digits(random)));
      return minor(random) / power;
    };
    MoneyText text{{pick(), unit}, {pick(), unit}, static_cast<WagePeriod>(period(random))};
    if (text.high.minor < text.low.minor) std::swap(text.low, text.high);
    if (i % 3 == 0) text.high = text.low;
    const auto parsed = parse_money(to_text(text));
    if (!parsed || parsed->low != text.low || parsed->high != text.high ||
        parsed->period != text.period) {
      ++wrong;
    }
    const auto one = parse_money(to_text(text.low));
    if (!one || one->low != text.low) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: money ends at its limit", "[core][money]") {
  CHECK(parse_money("90000000000000 USD")->low == money(money_limit, "USD"));
  CHECK(parse_money("-90000000000000.00 USD")->low == money(-money_limit, "USD"));
  CHECK(parse_money("9000000000000000 JPY")->low == money(money_limit, "JPY"));
  CHECK(problem("90000000000000.01 USD") ==
        "it is beyond the largest amount, 90000000000000 USD | check the digits");
  CHECK(problem("-9000000000000001 JPY") ==
        "it is beyond the largest amount, -9000000000000000 JPY | check the digits");
  CHECK(problem("99999999999999999999999999999999999999999 USD") ==
        "it is beyond the largest amount, 90000000000000 USD | check the digits");
  const Money top = money(money_limit, "USD");
  const Money one = money(1, "USD");
  CHECK(add(top, money(0, "USD")) == top);
  CHECK_FALSE(add(top, one));
  CHECK_FALSE(subtract(money(-money_limit, "USD"), one));
  CHECK(subtract(top, top) == money(0, "USD"));
  CHECK(multiply(top, std::int64_t{-1}) == money(-money_limit, "USD"));
  CHECK_FALSE(multiply(top, std::int64_t{2}));
  CHECK_FALSE(multiply(top, std::numeric_limits<std::int64_t>::min()));
  CHECK(multiply(top, 1.0) == top);
  CHECK_FALSE(multiply(top, std::nextafter(1.0, 2.0)));
  CHECK_FALSE(multiply(one, 1e300));
  CHECK(divide(top, 1) == top);
  CHECK(scale(money_limit, 7, 7) == money_limit);
  CHECK_FALSE(scale(money_limit, 8, 7));
  CHECK(per_month(money(money_limit / 26, "USD"), WagePeriod::day));
  CHECK_FALSE(per_month(top, WagePeriod::day));
  CHECK_FALSE(per_month(top, WagePeriod::hour));
  CHECK_FALSE(per_month(top, WagePeriod::week));
  CHECK(per_month(top, WagePeriod::month) == top);
}

TEST_CASE("core: unlike currencies are not added", "[core][money]") {
  CHECK(add(money(100, "USD"), money(5, "USD")) == money(105, "USD"));
  CHECK_FALSE(add(money(100, "USD"), money(5, "EUR")));
  CHECK_FALSE(subtract(money(100, "USD"), money(5, "EUR")));
}

TEST_CASE("core: division of money rounds half to even", "[core][money]") {
  CHECK(divide(money(5, "USD"), 2) == money(2, "USD"));
  CHECK(divide(money(7, "USD"), 2) == money(4, "USD"));
  CHECK(divide(money(-5, "USD"), 2) == money(-2, "USD"));
  CHECK(divide(money(5, "USD"), -2) == money(-2, "USD"));
  CHECK(divide(money(-7, "USD"), -2) == money(4, "USD"));
  CHECK_FALSE(divide(money(5, "USD"), 0));
  CHECK(divide(money(5, "USD"), std::numeric_limits<std::int64_t>::min()) == money(0, "USD"));
  CHECK_FALSE(scale(5, 1, 0));
  CHECK_FALSE(scale(5, 1, -1));
  CHECK(scale(std::numeric_limits<std::int64_t>::min(), 0, 1) == 0);
  CHECK(scale(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min(),
              std::numeric_limits<std::int64_t>::max()) == std::nullopt);

  std::mt19937_64 random(5);
  std::uniform_int_distribution<std::int64_t> small(-1000, 1000);
  std::uniform_int_distribution<std::int64_t> divisor(1, 40);
  std::uniform_int_distribution<std::int64_t> wide(-money_limit, money_limit);
  std::uniform_int_distribution<std::int64_t> factor(-1'000'000'000'000, 1'000'000'000'000);
  int wrong = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::int64_t value = i % 2 == 0 ? small(random) : wide(random);
    const std::int64_t below = i % 4 < 2 ? divisor(random) : std::abs(factor(random)) + 1;
    const std::int64_t above = i % 4 < 2 ? small(random) : factor(random);
    const auto expect = [](Int128 numerator, Int128 denominator) -> std::optional<std::int64_t> {
      const Int128 nearest = nearest_even(numerator, denominator);
      if (nearest > money_limit || nearest < -money_limit) return std::nullopt;
      return static_cast<std::int64_t>(nearest);
    };
    if (divide(Money{value, currency("USD")}, below) !=
        Money{expect(value, below).value(), currency("USD")}) {
      ++wrong;
    }
    if (divide(Money{value, currency("USD")}, -below) !=
        Money{expect(-Int128{value}, below).value(), currency("USD")}) {
      ++wrong;
    }
    if (scale(value, above, below) != expect(Int128{value} * above, below)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: money times a double is the exact product, half to even", "[core][money]") {
  CHECK(multiply(money(5, "USD"), 0.5) == money(2, "USD"));
  CHECK(multiply(money(7, "USD"), 0.5) == money(4, "USD"));
  CHECK(multiply(money(-7, "USD"), 0.5) == money(-4, "USD"));
  CHECK(multiply(money(100, "USD"), -1.5) == money(-150, "USD"));
  CHECK(multiply(money(100, "USD"), 0.1) == money(10, "USD"));
  // 0.285 is a little below 285/1000: the product is below the half.
  CHECK(multiply(money(100, "USD"), 0.285) == money(28, "USD"));
  CHECK(multiply(money(100, "USD"), 0.0) == money(0, "USD"));
  CHECK(multiply(money(money_limit, "USD"), 5e-324) == money(0, "USD"));
  CHECK(multiply(money(money_limit, "USD"), std::ldexp(1.0, -53)) == money(1, "USD"));
  CHECK(multiply(money(3, "USD"), std::ldexp(1.0, 51)) ==
        money(3 * (std::int64_t{1} << 51), "USD"));
  CHECK(multiply(money(0, "USD"), 1e300) == money(0, "USD"));
  CHECK_FALSE(multiply(money(3, "USD"), std::ldexp(1.0, 52)));
  CHECK_FALSE(multiply(money(1, "USD"), std::numeric_limits<double>::infinity()));
  CHECK_FALSE(multiply(money(1, "USD"), std::numeric_limits<double>::quiet_NaN()));

  std::mt19937_64 random(9);
  std::uniform_int_distribution<std::int64_t> minor(-1'000'000'000, 1'000'000'000);
  std::uniform_int_distribution<std::int64_t> numerator(-1'000'000, 1'000'000);
  std::uniform_int_distribution<int> shift(0, 20);
  int wrong = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t amount = minor(random);
    const std::int64_t above = numerator(random);
    const int bits = shift(random);
    const double factor = std::ldexp(static_cast<double>(above), -bits);  // exact
    const auto product = multiply(Money{amount, currency("USD")}, factor);
    const Int128 expected = nearest_even(Int128{amount} * above, Int128{1} << bits);
    if (!product || product->minor != static_cast<std::int64_t>(expected)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("core: wages are kept per month", "[core][money]") {
  CHECK(per_month(money(1000, "MYR"), WagePeriod::hour) == money(208'000, "MYR"));
  CHECK(per_month(money(1000, "MYR"), WagePeriod::day) == money(26'000, "MYR"));
  CHECK(per_month(money(300, "MYR"), WagePeriod::week) == money(1300, "MYR"));
  CHECK(per_month(money(100, "MYR"), WagePeriod::week) == money(433, "MYR"));
  CHECK(per_month(money(150'000, "MYR"), WagePeriod::month) == money(150'000, "MYR"));
  CHECK(per_month(money(1200, "MYR"), WagePeriod::year) == money(100, "MYR"));
  CHECK(per_month(money(6, "MYR"), WagePeriod::year) == money(0, "MYR"));   // a half, to even
  CHECK(per_month(money(18, "MYR"), WagePeriod::year) == money(2, "MYR"));  // one and a half
  CHECK_FALSE(per_month(money(1000, "MYR"), WagePeriod::none));
}

TEST_CASE("core: an amount without a currency is told what to add", "[core][money]") {
  CHECK(problem("1500") ==
        "it names no currency | write its ISO 4217 code after the number: `1500 NPR`");
  CHECK(problem("1500/month") ==
        "it names no currency | write its ISO 4217 code after the number: `1500 NPR/month`");
  CHECK(problem("1,05,000") ==
        "it names no currency | write its ISO 4217 code after the number: `105000 NPR`");
  CHECK(problem("") == "it is empty | write a number, a blank and a currency code: `1500.50 MYR`");
  CHECK(problem("USD") ==
        "there is no number in it | write a number, a blank and a currency code: `1500.50 MYR`");
  CHECK(problem("/month") ==
        "there is no number in it | write a number, a blank and a currency code: `1500.50 MYR`");
}

TEST_CASE("core: an unknown currency code gets the nearest one", "[core][money]") {
  CHECK(problem("1500 NRP") == "'NRP' is no ISO 4217 currency code | did you mean 'NPR'?");
  CHECK(problem("1500 usd") == "'usd' is no ISO 4217 currency code | did you mean 'USD'?");
  CHECK(problem("1500 QQQ") ==
        "'QQQ' is no ISO 4217 currency code | write an ISO 4217 code: `NPR`, `BDT`, `MYR`, `USD`");
  CHECK(problem("1500 HRK") ==
        "'HRK' is no longer an ISO 4217 currency code | convert to EUR, which replaced it");
  CHECK(problem("1500 XXX") ==
        "'XXX' names no currency | write an ISO 4217 code: `NPR`, `BDT`, `MYR`, `USD`");
  CHECK(problem("1500 RM") == "'RM' is no ISO 4217 currency code | write `1500 MYR`");
  CHECK(problem("1500 taka") == "'taka' is no ISO 4217 currency code | write `1500 BDT`");
  CHECK(problem("\u20AC 1500") == "'\u20AC' is no ISO 4217 currency code | write `1500 EUR`");
}

TEST_CASE("core: a symbol of several currencies lists them", "[core][money]") {
  CHECK(problem("Rs 1,05,000") ==
        "'Rs' may be INR, LKR, MUR, NPR, PKR or SCR | write the code that is meant, for example "
        "`105000 INR`");
  CHECK(problem("Rs. 500") ==
        "'Rs.' may be INR, LKR, MUR, NPR, PKR or SCR | write the code that is meant, for example "
        "`500 INR`");
  CHECK(problem("$1500") ==
        "'$' may be USD, AUD, CAD, HKD, NZD, SGD, TWD or MXN | write the code that is meant, for "
        "example `1500 USD`");
  CHECK(problem("-$5") ==
        "'$' may be USD, AUD, CAD, HKD, NZD, SGD, TWD or MXN | write the code that is meant, for "
        "example `-5 USD`");
  CHECK(problem("1500 \u00A5") ==
        "'\u00A5' may be CNY or JPY | write the code that is meant, for example `1500 CNY`");
}

TEST_CASE("core: thousands separators are named and taken out", "[core][money]") {
  CHECK(problem("1,05,000 NPR") == "'1,05,000' has thousands separators | write `105000 NPR`");
  CHECK(problem("1,05,000.50 NPR") ==
        "'1,05,000.50' has thousands separators | write `105000.50 NPR`");
  CHECK(problem("1,234,567 USD") == "'1,234,567' has thousands separators | write `1234567 USD`");
  CHECK(problem("-1,500 USD") == "'1,500' has thousands separators | write `-1500 USD`");
  CHECK(problem("1.050,00 EUR") == "'1.050,00' has thousands separators | write `1050.00 EUR`");
  CHECK(problem("1.050.000 EUR") == "'1.050.000' has thousands separators | write `1050000 EUR`");
  CHECK(problem("105 000 XOF") == "'105 000' has thousands separators | write `105000 XOF`");
  CHECK(problem("1'050 CHF") == "'1'050' has thousands separators | write `1050 CHF`");
  CHECK(problem("1,500 MYR/month") == "'1,500' has thousands separators | write `1500 MYR/month`");
  CHECK(problem("10,5 EUR") == "'10,5' has a decimal comma | write `10.5 EUR`");
  CHECK(problem("1,050 KWD") ==
        "'1,050' may have a thousands separator or a decimal comma | write `1050 KWD`, or `1.050 "
        "KWD`");
  CHECK(problem("1,2,3 USD") ==
        "'1,2,3' is not a decimal number | write a number, a blank and a currency code: `1500.50 "
        "MYR`");
}

TEST_CASE("core: more decimals than a currency has are refused", "[core][money]") {
  CHECK(problem("1.2345 USD") == "'1.2345' has 4 decimals, but USD has 2 | round to 2 decimals");
  CHECK(problem("1.5 JPY") == "'1.5' has 1 decimal, but JPY has none | amounts in JPY are whole");
  CHECK(
      problem("1.050 EUR") ==
      "'1.050' has 3 decimals, but EUR has 2 | if the point separates thousands, write `1050 EUR`; "
      "else round to 2 decimals");
  CHECK(problem("900..1400.125 USD") ==
        "'1400.125' has 3 decimals, but USD has 2 | round to 2 decimals");
  CHECK(problem("900.123456..1400 USD") ==
        "'900.123456' has 6 decimals, but USD has 2 | round to 2 decimals");
}

TEST_CASE("core: what people write around an amount is answered", "[core][money]") {
  CHECK(problem("USD 1500") == "the currency stands before the number | write `1500 USD`");
  CHECK(problem("USD 1,500/month") ==
        "the currency stands before the number | write `1500 USD/month`");
  CHECK(problem("1500USD") ==
        "a blank is missing between the number and the currency | write `1500 USD`");
  CHECK(problem("1500 MYR per month") ==
        "a period is written with a slash | write `1500 MYR/month`");
  CHECK(problem("1500 MYR each") ==
        "'each' after the currency is not part of an amount | write `1500 MYR`");
  CHECK(problem("+5 USD") == "it begins with '+' | write `5 USD`");
  CHECK(problem(".5 USD") == "a digit is missing before the point | write `0.5 USD`");
  CHECK(
      problem("5. USD") ==
      "'5.' is not a decimal number | write a number, a blank and a currency code: `1500.50 MYR`");
  CHECK(problem("1e5 USD") ==
        "'1e5' is not a decimal number | write the number in full, without an exponent");
  CHECK(problem("1__000 USD") ==
        "'1__000' is not a decimal number | write a number, a blank and a currency code: `1500.50 "
        "MYR`");
  CHECK(problem("1.5 lakh NPR") ==
        "'lakh' is not part of an amount | write the number in full: `145000 NPR`");
  CHECK(problem("\u22125 USD") ==
        "it is not a number, a blank and a currency code | write `-5 USD`");
  CHECK(problem("5\u00A0USD") == "it is not a number, a blank and a currency code | write `5 USD`");
  CHECK(problem("500/-") ==
        "'/-' after the number is not part of an amount | write a number, a blank "
        "and a currency code: `1500.50 MYR`");
  CHECK(problem("5 USD/mont") == "'mont' is no wage period | did you mean 'month'?");
  CHECK(
      problem(std::string(1 << 20, '-') + "5 USD") ==
      "it is too long for an amount | write a number, a blank and a currency code: `1500.50 MYR`");
  CHECK(parse_money(std::string(1000, '0') + "5 USD"));
  CHECK(problem("5 \xFF") ==
        "it is not UTF-8 text | write a number, a blank and a currency code: `1500.50 MYR`");
}

TEST_CASE("core: a range has two ends of one currency in order", "[core][money]") {
  CHECK(problem("1400..900 USD") ==
        "the range ends below where it begins | write the lower end first: `900..1400 USD`");
  CHECK(problem("900 EUR..1400 USD") ==
        "the ends of the range are in EUR and USD | a range has one currency");
  CHECK(problem("900 USD/day..1400 USD/month") ==
        "the ends of the range are paid for different periods | write the period once, at the end: "
        "`900..1400 USD/month`");
  CHECK(problem("900..") == "a range has two ends | write both: `900..1400 USD`");
  CHECK(problem("..900 USD") == "a range has two ends | write both: `900..1400 USD`");
  CHECK(problem("900-1400 USD") == "a range is not written with a dash | write `900..1400 USD`");
  CHECK(problem("900\u20131400 USD/day") ==
        "a range is not written with a dash | write `900..1400 USD/day`");
  CHECK(problem("900..1400") ==
        "it names no currency | write its ISO 4217 code after the numbers: `900..1400 NPR`");
  CHECK(problem("9,00..1400 USD") == "'9,00' has a decimal comma | write `9.00 USD`");
}

TEST_CASE("core: whatever is refused as money is refused with words", "[core][money]") {
  const std::vector<std::string> pieces = {
      "1",      "23",     "000",    "5",      "9999999999999999",
      ".",      ",",      "_",      "..",     "-",
      " ",      " ",      " USD",   " KWD",   " JPY",
      "Rs",     "$",      "/month", "/",      "day",
      "e",      "\u00A0", "'",      "\u2019", "\u2013",
      "\u20AC", "+",      "XXX",    "k",      "per",
      "\t",     "\xC3",   "HRK",    "\n",     " NPR/day",
      "0"};
  std::mt19937 random(13);
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 7);
  int accepted = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    for (int n = length(random); n > 0; --n) text += pieces[piece(random)];
    MoneyProblem why;
    const auto parsed = parse_money(text, &why);
    INFO("text: '" << text << "'");
    if (parsed) {
      ++accepted;
      if (!why.message.empty() || !why.help.empty()) FAIL("words for what was accepted");
      if (parsed->low.minor > parsed->high.minor) FAIL("a range in the wrong order");
      const auto again = parse_money(to_text(*parsed));
      if (!again || again->low != parsed->low || again->high != parsed->high) FAIL("not read back");
    } else if (why.message.empty() || why.help.empty()) {
      FAIL("no words");
    }
  }
  CHECK(accepted > 50);
}

TEST_CASE("core: advice to write an amount is itself an amount", "[core][money]") {
  for (const char* text : {"1,05,000 NPR",
                           "Rs 1,05,000",
                           "$5",
                           "USD 5",
                           "5USD",
                           "1.050,00 EUR",
                           "10,5 EUR",
                           "1400..900 USD",
                           "900-1400 USD",
                           "1500 MYR per month",
                           "1'050 CHF",
                           "RM 5/day",
                           "\u22125 USD",
                           "1500/month",
                           "1,500 USD/week",
                           "900..1400",
                           "+5 USD",
                           ".5 USD/day",
                           "1,050 KWD",
                           "-1.050 EUR"}) {
    const std::string words = problem(text);
    const auto begin = words.find('`');
    INFO("words: " << words);
    REQUIRE(begin != std::string::npos);
    const auto end = words.find('`', begin + 1);
    CHECK(parse_money(words.substr(begin + 1, end - begin - 1)));
  }
}
