// Days, numbers and money as people write them.

#include "eraudit/import/detail/amount_forms.hpp"
#include "eraudit/import/detail/date_forms.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;
using detail::AmountForm;
using detail::Calendar;
using detail::DateForm;
using detail::NumberStyle;

namespace {

DateForm form(const std::vector<std::string>& patterns, Calendar calendar = Calendar::gregorian) {
  DateForm out;
  for (const std::string& text : patterns) {
    out.patterns.push_back(detail::parse_date_pattern(text).value());
  }
  out.calendar = calendar;
  return out;
}

/// The text, or `! error | help`.
std::string said(const detail::FormOutcome& outcome) {
  if (outcome.error.empty()) return outcome.text;
  return "! " + outcome.error + (outcome.help.empty() ? "" : " | " + outcome.help);
}

std::string day(const std::string& text, const DateForm& how) {
  return said(detail::read_date(text, how, std::nullopt));
}

std::string amount(const std::string& text, NumberStyle style = NumberStyle::point,
                   const std::string& currency = "", bool money = true) {
  AmountForm how;
  how.money = money;
  how.style = style;
  how.currency = currency;
  return said(detail::read_amount(text, how));
}

}  // namespace

TEST_CASE("import: days in named formats", "[import][forms]") {
  CHECK(day("05/03/2021", form({"DD/MM/YYYY"})) == "2021-03-05");
  CHECK(day("05/03/2021", form({"MM/DD/YYYY"})) == "2021-05-03");
  CHECK(day("5.3.21", form({"D.M.YY"})) == "2021-03-05");
  CHECK(day("5 Mar 2021", form({"D MON YYYY"})) == "2021-03-05");
  CHECK(day("5-MARCH-2021", form({"D-MON-YYYY"})) == "2021-03-05");
  CHECK(day("Sept. 5, 2021", form({"MON D, YYYY"})) == "2021-09-05");
  CHECK(day("5 août 2021", form({"D MON YYYY"})) == "2021-08-05");
  CHECK(day("20210305", form({"YYYYMMDD"})) == "2021-03-05");
  CHECK(day("03/2021", form({"MM/YYYY"})) == "2021-03-01/2021-03-31");
  CHECK(day("2021", form({"YYYY"})) == "2021-01-01/2021-12-31");
  CHECK(day("०५/०३/२०२१", form({"DD/MM/YYYY"})) == "2021-03-05");
  CHECK(day("٠٥/٠٣/٢٠٢١", form({"DD/MM/YYYY"})) == "2021-03-05");
  CHECK(day("2021-03-05", form({"DD/MM/YYYY", "YYYY-MM-DD"})) == "2021-03-05");
  CHECK(day("31/02/2021", form({"DD/MM/YYYY"})) ==
        "! '31/02/2021' is no day of the calendar gregorian");
  CHECK(day("5/3/2021", form({"DD/MM/YYYY"})) ==
        "! '5/3/2021' is not written as DD/MM/YYYY | add the format to `date:` if it is meant");
  CHECK(day("5 Ju 2021", form({"D MON YYYY"})).starts_with("! "));
  CHECK(day("05/03/2021x", form({"DD/MM/YYYY"})).starts_with("! "));
  // Two formats that read unlike days: nobody guesses.
  CHECK(day("05/03/2021", form({"DD/MM/YYYY", "MM/DD/YYYY"})) ==
        "! '05/03/2021' is 2021-03-05 by DD/MM/YYYY and 2021-05-03 by MM/DD/YYYY | name one "
        "format only, or split the table");
  CHECK(day("25/03/2021", form({"DD/MM/YYYY", "MM/DD/YYYY"})) == "2021-03-25");
  for (const char* wrong : {"", "MM/DD", "DD/YYYY", "YYYY-YYYY", "QQ", "YYYY-MM-DD-DD", "Y"}) {
    INFO(wrong);
    CHECK_FALSE(detail::parse_date_pattern(wrong));
  }
}

TEST_CASE("import: days of the Bikram Sambat calendar", "[import][forms]") {
  const DateForm nepali = form({"YYYY-MM-DD", "D MON YYYY", "YYYY/MM"}, Calendar::bikram_sambat);
  CHECK(day("2000-01-01", nepali) == "1943-04-14");
  CHECK(day("2056-01-01", nepali) == "1999-04-14");
  CHECK(day("2072-01-12", nepali) == "2015-04-25");  // the earthquake
  CHECK(day("2073-12-15", nepali) == "2017-03-28");
  CHECK(day("2080-12-30", nepali) == "2024-04-12");
  CHECK(day("2081-01-01", nepali) == "2024-04-13");
  CHECK(day("2082-01-01", nepali) == "2025-04-14");
  CHECK(day("2083-01-01", nepali) == "2026-04-14");
  CHECK(day("15 Chait 2073", nepali) == "2017-03-28");
  CHECK(day("१५ चैत २०७३", nepali) == "2017-03-28");
  CHECK(day("2081/01", nepali) == "2024-04-13/2024-05-13");
  CHECK(day("2081-02-32", nepali) == "2024-06-14");
  CHECK(day("2081-01-32", nepali) ==
        "! '2081-01-32' is no day of the calendar bikram-sambat | the lengths of its months are "
        "known for the years 2000 to 2083");
  CHECK(day("2084-01-01", nepali).starts_with("! "));
  // One day after the other, without a gap: whatever the lengths of the months.
  std::optional<Date> before;
  int days = 0;
  for (std::int32_t year = 2000; year <= 2083; ++year) {
    int in_year = 0;
    for (std::uint32_t month = 1; month <= 12; ++month) {
      const std::uint32_t length = detail::days_in_month(Calendar::bikram_sambat, year, month);
      CHECK((length >= 29 && length <= 32));
      for (std::uint32_t d = 1; d <= length; ++d, ++days, ++in_year) {
        const auto date = detail::date_in(Calendar::bikram_sambat, {year, month, d});
        REQUIRE(date);
        if (before) REQUIRE(date->days == before->days + 1);
        before = date;
      }
    }
    CHECK((in_year == 365 || in_year == 366));
  }
  CHECK(to_text(*before) == "2027-04-13");
}

TEST_CASE("import: days of the Thai calendar", "[import][forms]") {
  const DateForm thai = form({"DD/MM/YYYY", "D MON YYYY", "D MON YY"}, Calendar::thai);
  CHECK(day("05/03/2564", thai) == "2021-03-05");
  CHECK(day("29/02/2567", thai) == "2024-02-29");
  CHECK(day("29/02/2566", thai).starts_with("! "));
  CHECK(day("๕ มีนาคม ๒๕๖๔", thai) == "2021-03-05");
  CHECK(day("5 มี.ค. 64", thai) == "2021-03-05");
  CHECK(day("01/01/2480", thai).starts_with("! "));
}

TEST_CASE("import: a day after the table's is refused with the calendar it may be of",
          "[import][forms]") {
  const Date as_of = *parse_date("2026-06-30");
  const auto refused = [&](const std::string& text, DateForm how) {
    return said(detail::read_date(text, how, as_of));
  };
  CHECK(refused("2081-01-15", form({"YYYY-MM-DD"})) ==
        "! 2081-01-15 lies after 2026-06-30, the day this table speaks of | in the calendar "
        "bikram-sambat this is 2024-04-27: if it is meant, say calendar: bikram-sambat");
  CHECK(refused("2567-03-05", form({"YYYY-MM-DD"})) ==
        "! 2567-03-05 lies after 2026-06-30, the day this table speaks of | in the calendar thai "
        "this is 2024-03-05: if it is meant, say calendar: thai");
  CHECK(refused("2026-07-01", form({"YYYY-MM-DD"})) ==
        "! 2026-07-01 lies after 2026-06-30, the day this table speaks of | if days to come can "
        "stand here, say future: true");
  CHECK(refused("2026-06-30", form({"YYYY-MM-DD"})) == "2026-06-30");
  CHECK(refused("2026-06", form({"YYYY-MM"})) == "2026-06-01/2026-06-30");
  DateForm later = form({"YYYY-MM-DD"});
  later.may_be_future = true;
  CHECK(refused("2028-01-01", later) == "2028-01-01");
}

TEST_CASE("import: money in named formats", "[import][forms]") {
  CHECK(amount("NPR 1,234.50") == "1234.5 NPR");
  CHECK(amount("1.234,50 €", NumberStyle::comma) == "1234.5 EUR");
  CHECK(amount("1 234,50 EUR", NumberStyle::space) == "1234.5 EUR");
  CHECK(amount("1\xC2\xA0"
               "234\xE2\x80\xAF"
               "567 EUR",
               NumberStyle::space) == "1234567 EUR");
  CHECK(amount("CHF 1'234.50", NumberStyle::apostrophe) == "1234.5 CHF");
  CHECK(amount("Rs. 1,05,000/-", NumberStyle::indian, "NPR") == "105000 NPR");
  CHECK(amount("4.5 lakh", NumberStyle::indian, "NPR") == "450000 NPR");
  CHECK(amount("2 crore 5", NumberStyle::indian, "INR").starts_with("! "));
  CHECK(amount("₹ 1,23,45,678.90", NumberStyle::indian) == "12345678.9 INR");
  CHECK(amount("रू १,०५,०००", NumberStyle::indian, "NPR") == "105000 NPR");
  CHECK(amount("RM1,500") == "1500 MYR");
  CHECK(amount("฿๑,๕๐๐") == "1500 THB");
  CHECK(amount("$2,338,699.60", NumberStyle::point, "USD") == "2338699.6 USD");
  CHECK(amount("US$ 900 - 1,400") == "900..1400 USD");
  CHECK(amount("900 to 1400 USD") == "900..1400 USD");
  CHECK(amount("-5 USD") == "-5 USD");
  CHECK(amount("0", NumberStyle::point, "USD") == "0 USD");
  CHECK(amount("1,200", NumberStyle::point, "", false) == "1200");
  CHECK(amount("0012.50", NumberStyle::point, "", false) == "12.5");
  CHECK(amount("1200 workers", NumberStyle::point, "", false) ==
        "! '1200 workers' is no number: 'workers' stands in it");
}

TEST_CASE("import: a sign that several currencies share is an error that lists them",
          "[import][forms]") {
  CHECK(amount("Rs 5,000") ==
        "! 'Rs 5,000' does not say which currency: 'rs' may be INR, LKR, MUR, NPR, PKR, SCR | "
        "name it: money: {currency: ...}");
  CHECK(amount("$5").find("AUD, BBD") != std::string::npos);
  CHECK(amount("kr 5").find("'kr' may be DKK, ISK, NOK, SEK") != std::string::npos);
  CHECK(amount("5,000") ==
        "! '5,000' does not say in which currency | name it: money: "
        "{currency: ...}");
  CHECK(amount("$5", NumberStyle::point, "NPR").find("and the mapping says NPR") !=
        std::string::npos);
  CHECK(amount("MYR 5", NumberStyle::point, "NPR") ==
        "! 'MYR 5' is in MYR, and the mapping says NPR | leave `currency` out where the cells say "
        "it");
  CHECK(amount("USD 5 EUR") == "! 'USD 5 EUR' names two currencies, USD and EUR");
  CHECK(amount("5 quids") ==
        "! '5 quids' is no amount of money: 'quids' is no currency that is "
        "known here | take it out, or list the text under `fillers`");
}

TEST_CASE("import: a number in another format than the named one is an error", "[import][forms]") {
  CHECK(amount("1.234,50 EUR").starts_with("! '1.234,50 EUR' is not written like 1,234.56"));
  CHECK(amount("1,05,000 NPR").starts_with("! '1,05,000 NPR' is not written like 1,234.56"));
  CHECK(amount("1,234,567 NPR", NumberStyle::indian)
            .starts_with("! '1,234,567 NPR' is not written like 1,23,456.78"));
  CHECK(amount("1.234,50", NumberStyle::comma, "EUR") == "1234.5 EUR");
  CHECK(amount("1,2 USD").starts_with("! "));
  CHECK(amount("", NumberStyle::point, "USD").starts_with("! "));
  CHECK(amount("USD").starts_with("! "));
  CHECK(amount("1-2-3 USD").starts_with("! "));
  CHECK(amount("309.674-014", NumberStyle::point, "", false) ==
        "! '309.674-014' is no number: it ends below its beginning");
}

TEST_CASE("import: columns with a form give what network files say", "[import][forms]") {
  const Mapping map = mapping(R"(
as_of: 2026-06-30
table:
  columns:
    id: ID
    since: {header: Since, date: [DD/MM/YYYY, YYYY-MM-DD], calendar: bikram-sambat}
    fee: {header: Fee, money: {currency: NPR, format: indian}}
    wage: {header: Wage, money: {currency: MYR, per: month}, required: false}
    workers: {header: Workers, number: "1,234.56", otherwise: unknown}
nodes:
  r:
    kind: Recruiter
    id: row.id
    attributes: {since: row.since, fee: row.fee, wage: row.wage, workers: row.workers}
)");
  const ImportResult result = import_text(
      map,
      "ID;Since;Fee;Wage;Workers\nx;15/01/2081;Rs 1,05,000;1,500;1,200\ny;N/A;4.5 lakh;;many\n");
  CHECK(cell(result.network, "x", "since") == "2024-04-27");
  CHECK(cell(result.network, "x", "fee") == "105000 NPR");
  CHECK(cell(result.network, "x", "wage") == "1500 MYR/month");
  CHECK(cell(result.network, "x", "workers") == "1200");
  CHECK(cell(result.network, "y", "since").empty());
  CHECK(cell(result.network, "y", "fee") == "450000 NPR");
  CHECK(cell(result.network, "y", "workers").empty());
  REQUIRE(result.report.unreadable.size() == 1);
  CHECK(result.report.unreadable[0].attribute == "workers");
  CHECK(result.report.unreadable[0].value == "many");
  CHECK(import_messages(map, "ID;Since;Fee;Workers\nx;15/01/2081;Rs 1.050,00;5\n") ==
        "table.csv:2:14: error: fee: 'Rs 1.050,00' is not written like 1,23,456.78 "
        "[import-amount]\n"
        "    2 | ...Rs 1.050,00\n"
        "      |    ^~~~~~~~~~~\n"
        "  help: the mapping names how numbers are written: format: \"1,234.56\", \"1.234,56\", "
        "\"1 234,56\", \"1'234.56\" or \"1,23,456.78\"\n");
}
