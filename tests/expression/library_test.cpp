#include <cmath>
#include <string>

#include "eraudit/expression/detail/timestamp.hpp"
#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

TEST_CASE("library: whole numbers overflow with an error at every edge", "[expression][library]") {
  Evaluation given("nodes: {C: {c1: {n: 0}}}");
  const std::string most = "(9223372036854775807 + c.n)";
  const std::string least = "(-9223372036854775808 + c.n)";
  CHECK(given(most + " + 1") == "error: integer overflow");
  CHECK(given(least + " - 1") == "error: integer overflow");
  CHECK(given(most + " * 2") == "error: integer overflow");
  CHECK(given("-" + least) == "error: integer overflow");
  CHECK(given(least + " / -1") == "error: integer overflow");
  CHECK(given(least + " % -1") == "error: integer overflow");
  CHECK(given("(7 + c.n) % -1") == "0");
  CHECK(given("-7 / 2") == "-3");
  CHECK(given("-7 % 2") == "-1");
  CHECK(given("0u - 1u") == "error: integer overflow");
  CHECK(given("18446744073709551615u + 1u") == "error: integer overflow");
  CHECK(given("abs(" + least + ")") == "error: integer overflow");
}

TEST_CASE("library: numbers compare across kinds as CEL has it", "[expression][library]") {
  Evaluation given;
  CHECK(given("dyn(9223372036854775807) >= 9223372036854775808.0") == "true");
  CHECK(given("dyn(9223372036854775807) < 9223372036854775808.0") == "false");
  CHECK(given("dyn(1) == 1u && dyn(1) == 1.0 && dyn(1u) == 1.0") == "true");
  CHECK(given("dyn(-1) < 1u") == "true");
  CHECK(given("0.0 / 0.0 == 0.0 / 0.0") == "false");
  CHECK(given("0.0 / 0.0 < 1.0") == "false");
  CHECK(given("dyn('a') == 1") == "false");
  CHECK(given("dyn(null) < 1") == "error: no such overload: _<_(null, int)");
  CHECK(given("1 in {1: 'x'} && dyn(1.0) in {1: 'x'}") == "true");
}

TEST_CASE("library: civil dates", "[expression][library][date]") {
  Evaluation given;
  CHECK(given("as_of") == "2026-06-30");
  CHECK(given("date('2024-02-28') + days(2)") == "2024-03-01");
  CHECK(given("days(2) + date('2024-02-28')") == "2024-03-01");
  CHECK(given("date('2024-03-01') - days(2)") == "2024-02-28");
  CHECK(given("date('2024-03-01') - date('2024-02-01')") == "29");
  CHECK(given("add_months(date('2024-01-31'), 1)") == "2024-02-29");
  CHECK(given("date('2024-01-31').add_months(-2)") == "2023-11-30");
  CHECK(given("months_between(date('2024-01-31'), date('2024-03-31'))") == "2");
  CHECK(given("date('2026-03-01').getFullYear()") == "2026");
  CHECK(given("date('2026-03-01').getMonth()") == "2");
  CHECK(given("date('2026-03-01').getDayOfWeek()") == "0");
  CHECK(given("date('2026-03-01').getDayOfYear()") == "59");
  CHECK(given("date(timestamp('2026-03-01T23:59:59-01:00'))") == "2026-03-02");
  CHECK(given("date(timestamp('1969-12-31T00:00:01Z'))") == "1969-12-31");
  CHECK(given("string(date('2026-03-01')) + '!'") == "2026-03-01!");
  CHECK(given("date('9999-12-31') + days(1)") == "error: the date is outside the years 1 to 9999");
  CHECK(given("date('2024-03-01') + duration('36h')") ==
        "error: only whole days can be added to a date");
  CHECK(given("days(200000)") == "error: more days than a duration can hold (106751)");
  CHECK(given("days(90)") == "90 days");
  CHECK(given("date('2024-' + '02-30')") ==
        "error: '2024-02-30' is not a date: write it as '2026-03-01'");
}

TEST_CASE("library: timestamps and durations", "[expression][library]") {
  Evaluation given;
  CHECK(given("timestamp('2024-02-29T10:20:30.5Z')") == "2024-02-29T10:20:30.5Z");
  CHECK(given("timestamp('2024-02-29T10:20:30+05:45')") == "2024-02-29T04:35:30Z");
  CHECK(given("timestamp('0001-01-01T00:00:00Z') - duration('1ns')") ==
        "error: the timestamp is outside the years 1 to 9999");
  CHECK(given("timestamp('2024-01-01T00:00:00Z').getHours('+05:45')") == "5");
  CHECK(given("timestamp('2024-01-01T00:00:00Z').getHours('Asia/Kath' + 'mandu')") ==
        "error: time zone 'Asia/Kathmandu' is not supported: write an offset as '+05:45', or "
        "'UTC'");
  CHECK(given("duration('1h30m') + duration('-0.5s')") == "5399.5s");
  CHECK(given("duration('-0.5s')") == "-0.5s");
  CHECK(given("duration('48h')") == "2 days");
  CHECK(given("string(duration('48h'))") == "172800s");
  CHECK(given("duration('3730s').getMinutes()") == "62");
  CHECK(given("duration('-3730s').getSeconds()") == "-3730");
}

TEST_CASE("library: durations are read as written and refused otherwise", "[expression][library]") {
  using detail::parse_duration;
  CHECK(parse_duration("0") == 0);
  CHECK(parse_duration("1.5h") == 5'400'000'000'000);
  CHECK(parse_duration("-1m1ms1us1ns") == -60'001'001'001);
  CHECK(parse_duration("1\xC2\xB5s") == 1'000);
  CHECK(parse_duration(".5s") == 500'000'000);
  CHECK(parse_duration("9223372036.854775807s") == INT64_MAX);
  CHECK(parse_duration("-9223372036.854775808s") == INT64_MIN);
  for (const char* bad : {"", "-", "1", "1x", "s", "1.s2", "9223372036.854775808s", "1h ", " 1h",
                          "--1s", "99999999999999999999h", "1d"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad));
  }
}

TEST_CASE("library: timestamps are read as written and refused otherwise",
          "[expression][library]") {
  using detail::parse_timestamp;
  CHECK(parse_timestamp("1970-01-01T00:00:00Z")->seconds == 0);
  CHECK(parse_timestamp("1969-12-31T23:59:59.25Z")->seconds == -1);
  CHECK(parse_timestamp("1969-12-31T23:59:59.25Z")->nanoseconds == 250'000'000);
  for (const char* bad :
       {"", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-13-01T00:00:00Z",
        "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00+5:45", "1970-01-01T00:00:00ZZ",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"}) {
    INFO(bad);
    CHECK_FALSE(parse_timestamp(bad));
  }
}

TEST_CASE("library: texts", "[expression][library]") {
  Evaluation given;
  CHECK(given("'größe'.size()") == "5");
  CHECK(given("b'\\xc3\\xb6'.size()") == "2");
  CHECK(given("'sunrise'.contains('rise') && 'sunrise'.startsWith('sun') && "
              "'sunrise'.endsWith('se')") == "true");
  CHECK(given("'NP-1034'.matches('^[A-Z]{2}-[0-9]+$')") == "true");
  CHECK(given("'xx NP-1034'.matches('[0-9]')") == "true");
  CHECK(given("'a'.matches('(' + '[')")
            .starts_with("error: '([' is not a regular expression (RE2): "));
  CHECK(given("'a'.matches('a{1,' + '2000}')")
            .starts_with("error: 'a{1,2000}' is not a regular expression (RE2): "));
  CHECK(given("string(b'\\xff')") == "error: the bytes are not UTF-8");
}

TEST_CASE("library: conversions refuse what does not fit", "[expression][library]") {
  Evaluation given;
  CHECK(given("int('12')") == "12");
  CHECK(given("int('12x')") == "error: '12x' is not a whole number");
  CHECK(given("int(1e300)") == "error: integer out of range");
  CHECK(given("int(-9223372036854775808.0)") == "error: integer out of range");
  CHECK(given("int(0.0 / 0.0)") == "error: integer out of range");
  CHECK(given("uint(-0.5)") == "error: unsigned integer out of range");
  CHECK(given("uint(-1)") == "error: unsigned integer out of range");
  CHECK(given("double('1.5e3')") == "1500");
  CHECK(given("double('many')") == "error: 'many' is not a number");
  CHECK(given("bool('yes')") == "error: 'yes' is not a bool");
  CHECK(given("string(-0.0045) + string(1.0) + string(1e30)") ==
        "-0.00451"
        "1e+30");
  CHECK(given("string(money('1500.50 MYR'))") == "1500.50 MYR");
}

TEST_CASE("library: lists", "[expression][library]") {
  Evaluation given;
  CHECK(given("[3, 1, 2].sum()") == "6");
  CHECK(given("[0.1, 0.2, 0.3].sum()") == "0.6");
  CHECK(given("[3, 1, 2].min()") == "1");
  CHECK(given("['b', 'a', 'c'].max()") == "c");
  CHECK(given("[date('2024-02-01'), date('2024-01-01')].min()") == "2024-01-01");
  CHECK(given("[1, 2].filter(x, x > 5).sum()") == "0");
  CHECK(given("[1.0].filter(x, x > 5.0).sum() + 1.5") == "1.5");
  CHECK(given("[1, 2].filter(x, x > 5).max()") == "error: max of an empty list");
  CHECK(given("[9223372036854775807, 1].sum()") == "error: integer overflow");
  CHECK(given("[9223372036854775807, 1, -1].sum()") == "9223372036854775807");
  CHECK(given("[duration('1s'), duration('2s')].sum()") == "3s");
  CHECK(given("[1, 2, 1, 3, 2].distinct()") == "1, 2, 3");
  CHECK(given("[0.0 / 0.0, 1.0].max()") == "nan");
  CHECK(given("[dyn(1), 'a'].max()") == "error: no such overload: max(list)");
  CHECK(given("dyn(['a']).sum()") == "error: no such overload: sum(list)");
}

TEST_CASE("library: values are described for readers everywhere the same",
          "[expression][describe]") {
  Evaluation given("nodes: {C: {c1: {n: 1..3}}}");
  CHECK(given("2.0 / 3.0") == "0.6667");
  CHECK(given("-1.0 / 3.0") == "-0.3333");
  CHECK(given("3.0") == "3");
  CHECK(given("0.0000001") == "1e-07");
  CHECK(given("1e300") == "1e+300");
  CHECK(given("-0.00001 * 0.0") == "0");
  CHECK(given("1.0 / 0.0") == "inf");
  CHECK(given("null") == "null");
  CHECK(given("b'ab'") == "0x6162");
  CHECK(given("{'a': [1, 2], 'b': []}") == "a: 1, 2, b: none");
  CHECK(given("{}") == "none");
  CHECK(given("c.fees.size() + c.n") == "at least 1");
  CHECK(given("-c.fees.size()") == "at most 0");
  CHECK(given("type(1)") == "int");
  CHECK(given("c") == "c1");
}

}  // namespace
