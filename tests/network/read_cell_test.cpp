#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

const Attribute& attribute(std::string_view name) {
  const NodeKind& kind = test::small_schema()->kinds()[0];
  return kind.attributes[kind.find(name)->index];
}

/// What a text becomes when it is written again, or why it is refused.
std::string reread(std::string_view name, std::string_view text, bool quoted = false) {
  CellProblem problem;
  const auto cell = read_cell(attribute(name), text, problem, quoted);
  if (!cell) {
    return "[" + problem.id + "] " + problem.message +
           (problem.help.empty() ? "" : " | " + problem.help);
  }
  return to_text(*cell, attribute(name));
}

std::string from_document(std::string_view name, const std::string& yaml) {
  const auto source = std::make_shared<const Source>("cell.yaml", yaml);
  const auto document = read_yaml(source).value();
  Diagnostics diagnostics;
  const auto cell = read_cell(attribute(name), document->root(), diagnostics);
  return cell ? to_text(*cell, attribute(name)) : to_text(diagnostics);
}

}  // namespace

TEST_CASE("network: a text becomes a cell by the type of its attribute", "[network][cell]") {
  struct Case {
    const char* attribute;
    const char* text;
    const char* expected;
  };
  const Case cases[] = {
      {"flag", "true", "true"},
      {"flag", "false", "false"},
      {"flag", "", ""},
      {"count", "48", "48"},
      {"count", " 48 ", "48"},
      {"count", "48.0", "48"},
      {"count", "1_200", "1200"},
      {"count", "48 people", "48"},
      {"count", "900..1400", "900..1400"},
      {"count", "900 .. 1400", "900..1400"},
      {"count", "900..1400 people", "900..1400"},
      {"count", "5..5", "5"},
      {"count", "null", "null"},
      {"count", "{low: 5, high: 9}", "5..9"},
      {"count", "{low: 5, typical: 6, high: 9}", "{low: 5, typical: 6, high: 9}"},
      {"count", "9223372036854775807", "9223372036854775807"},
      {"share", "12", "12.0"},
      {"share", "12.5", "12.5"},
      {"share", "12.5%", "12.5"},
      {"share", "12.5 %", "12.5"},
      {"share", "12 percent", "12.0"},
      {"share", "1e3", "1000.0"},
      {"share", "-0.0", "0.0"},
      {"share", "-1.5..2", "-1.5..2.0"},
      {"share", "{low: 1, typical: 1.5, high: 2}", "{low: 1.0, typical: 1.5, high: 2.0}"},
      {"label", "dark-blue", "dark-blue"},
      {"note", "Sunrise Overseas", "Sunrise Overseas"},
      {"note", " kept as it is ", " kept as it is "},
      {"country", "NP", "NP"},
      {"country", "NO", "NO"},
      {"country", "XK", "XK"},
      {"since", "2024-03-01", "2024-03-01"},
      {"since", "2024-02", "2024-02-01/2024-02-29"},
      {"since", "2024", "2024-01-01/2024-12-31"},
      {"since", "2024-02-01/2024-04-30", "2024-02-01/2024-04-30"},
      {"since", "2024-02/2024-04", "2024-02-01/2024-04-30"},
      {"since", "2024-03-01/2024-03-01", "2024-03-01"},
      {"since", "{low: 2024-02, typical: 2024-03-05, high: 2024-04}",
       "{low: 2024-02-01, typical: 2024-03-05, high: 2024-04-30}"},
      {"since", "null", "null"},
      {"price", "1500 MYR", "1500 MYR"},
      {"price", "1500.50 MYR", "1500.50 MYR"},
      {"price", "-5 USD", "-5 USD"},
      {"price", "900..1400 USD", "900..1400 USD"},
      {"price", "900 USD..1400 USD", "900..1400 USD"},
      {"price", "{low: 100 NPR, typical: 120 NPR, high: 150 NPR}",
       "{low: 100 NPR, typical: 120 NPR, high: 150 NPR}"},
      {"wage", "1500 MYR/month", "1500 MYR/month"},
      {"wage", "12 MYR/hour", "2496 MYR/month"},
      {"wage", "60 MYR/day", "1560 MYR/month"},
      {"wage", "18000 MYR/year", "1500 MYR/month"},
      {"wage", "900..1400 MYR/month", "900..1400 MYR/month"},
      {"kinds", "red; green", "red; green"},
      {"kinds", "red", "red"},
      {"kinds", "[]", "[]"},
      {"kinds", "\"null\"; red", "\"null\"; red"},
      {"names", "a;b ; c", "a; b; c"},
      {"names", "\"a;b\"; \"say \"\"hi\"\"\"; \"\"", "\"a;b\"; \"say \"\"hi\"\"\"; \"\""},
      {"names", "null", "null"},
  };
  for (const Case& one : cases) {
    INFO(one.attribute << ": " << one.text);
    CHECK(reread(one.attribute, one.text) == one.expected);
  }
  CHECK(reread("note", "", true).empty());
  CellProblem problem;
  CHECK(read_cell(attribute("note"), "", problem, true) == Cell::of(std::string()));
  CHECK(read_cell(attribute("note"), "null", problem, true) == Cell::of(std::string("null")));
  CHECK(read_cell(attribute("note"), "", problem) == Cell::unknown());
}

TEST_CASE("network: a text that is no value is refused with what to write", "[network][cell]") {
  struct Case {
    const char* attribute;
    const char* text;
    const char* expected;
  };
  const char* const number_help =
      "write a number such as 48, or 900..1400 if only its bounds are known";
  static_cast<void>(number_help);
  const Case cases[] = {
      {"flag", "yes",
       "[network-value] 'flag' takes true or false, not 'yes' | write true or false"},
      {"flag", "True",
       "[network-value] 'flag' takes true or false, not 'True' | write true or false"},
      {"flag", "null",
       "[network-not-absent] 'flag' cannot be said not to exist (null) | leave it out if it "
       "is not known"},
      {"count", "about 12",
       "[network-value] 'count' takes a whole number, not 'about 12' | write a number "
       "such as 48, or 900..1400 if only its bounds are known"},
      {"count", "1,200",
       "[network-value] 'count' takes a whole number, not '1,200' | write the number "
       "without separators, with a point before decimals"},
      {"count", "12.5",
       "[network-value] 'count' takes a whole number, not '12.5' | write a number such as "
       "48, or 900..1400 if only its bounds are known"},
      {"count", "12 weeks",
       "[network-unit] 'count' is in people, not in 'weeks' | write the number of "
       "people alone, or with that unit"},
      {"count", "12 %",
       "[network-unit] 'count' is in people, not in '%' | write the number of people alone, "
       "or with that unit"},
      {"said", "12 people",
       "[network-unit] 'said' is a number without a unit, not '12 people' | write 12"},
      {"count", "-1", "[network-negative] 'count' cannot be negative"},
      {"count", "-5..5", "[network-negative] 'count' cannot be negative"},
      {"count", "9..5",
       "[network-range] 'count' is a range whose lower end is above its upper end | write "
       "the ends as low..high"},
      {"count", "{low: 1, typical: 7, high: 5}",
       "[network-range] 'count' is a range whose typical value is outside it | write the ends as "
       "low..high"},
      {"count", "{low: 1}",
       "[network-range] 'count': '{low: 1}' is not a range | write `{low: .., high: ..}`, "
       "with `typical: ..` if that is known"},
      {"count", "{low: 1..2, high: 5}",
       "[network-range] 'count': '1..2' is not one value inside a range | write one value for each "
       "of `low`, "
       "`typical` and `high`"},
      {"count", "9223372036854775808",
       "[network-value] 'count' takes a whole number, not "
       "'9223372036854775808' | write a number such as 48, or 900..1400 if "
       "only its bounds are known"},
      {"share", "inf",
       "[network-value] 'share' takes a number, not 'inf' | write a number such as 48, or "
       "900..1400 if only its bounds are known"},
      {"label", "grene",
       "[network-unknown-value] 'label' has no value 'grene' | did you mean 'green'?"},
      {"label", "purple",
       "[network-unknown-value] 'label' has no value 'purple' | one of: red, green, dark-blue"},
      {"country", "np",
       "[network-country] 'country' is a country, but 'np' is no code of one | write NP for "
       "Nepal"},
      {"country", "UK",
       "[network-country] 'country' is a country, but 'UK' is no code of one | write GB for "
       "UK"},
      {"country", "Bangladehs",
       "[network-country] 'country' is a country, but 'Bangladehs' is no code of one "
       "| write BD for Bangladesh"},
      {"country", "QQ",
       "[network-country] 'country' is a country, but 'QQ' is no code of one | write the two "
       "capital letters of ISO 3166-1, such as NP"},
      {"since", "01/03/2024",
       "[network-date] 'since' takes a date, not '01/03/2024' | write 2024-03-01, "
       "2024-03 or 2024 if the day is not known, or 2024-02-01/2024-04-30"},
      {"since", "2023-02-29",
       "[network-date] 'since' takes a date, not '2023-02-29' | write 2024-03-01, "
       "2024-03 or 2024 if the day is not known, or 2024-02-01/2024-04-30"},
      {"price", "1500 MYR/month",
       "[network-wage] 'price' is an amount, not a wage, but '1500 MYR/month' is "
       "per month | write the amount without /month"},
      {"wage", "1500 MYR",
       "[network-wage] 'wage' is a wage, but '1500 MYR' does not say for what time | "
       "write 1500 MYR/month, or /hour, /day, /week, /year"},
      {"wage", "-1 MYR/month", "[network-negative] 'wage' cannot be negative"},
      {"price", "{low: 1 USD, high: 2 EUR}",
       "[network-range] 'price': one range cannot be in two currencies | write two edges, or one "
       "claim each"},
      {"kinds", "red; blue",
       "[network-unknown-value] 'kinds' has no value 'blue' | one of: red, green, null"},
      {"kinds", "red;; green",
       "[network-list] 'kinds': an item is missing in 'red;; green' | write items as "
       "`a; b`, an empty text as `\"\"`, no items as `[]`"},
      {"names", "\"a",
       "[network-list] 'names': a quoted item does not end before ';' in '\"a' | write a "
       "double quote inside an item twice"},
  };
  for (const Case& one : cases) {
    INFO(one.attribute << ": " << one.text);
    CHECK(reread(one.attribute, one.text) == one.expected);
  }
  // What money is, is said by the reader of money.
  CHECK(reread("price", "1500").starts_with("[network-money] 'price': '1500' is not money: "));
  CHECK(reread("price", "1500 MYX")
            .starts_with("[network-money] 'price': '1500 MYX' is not money: "));
  CHECK(reread("count", std::string(100, 'x')).find("'" + std::string(60, 'x') + "...'") !=
        std::string::npos);
}

TEST_CASE("network: values of a document are read like texts, quoted or not", "[network][cell]") {
  CHECK(from_document("flag", "true") == "true");
  CHECK(from_document("flag", "'true'") == "true");
  CHECK(from_document("count", "48") == "48");
  CHECK(from_document("count", "'48'") == "48");
  CHECK(from_document("count", "48.0") == "48");
  CHECK(from_document("count", "900..1400") == "900..1400");
  CHECK(from_document("count", "12 people") == "12");
  CHECK(from_document("count", "null") == "null");
  CHECK(from_document("count", "{low: 5, typical: 6, high: 9}") == "{low: 5, typical: 6, high: 9}");
  CHECK(from_document("share", "12") == "12.0");
  CHECK(from_document("note", "1.50") == "1.50");
  CHECK(from_document("note", "true") == "true");
  CHECK(from_document("note", "'null'") == "null");
  CHECK(from_document("note", "|\n  two\n  lines\n") == "two\nlines\n");
  CHECK(from_document("country", "NO") == "NO");
  CHECK(from_document("since", "2024-03") == "2024-03-01/2024-03-31");
  CHECK(from_document("kinds", "[red, 'null']") == "red; \"null\"");
  CHECK(from_document("names", "[]") == "[]");
  CHECK(from_document("names", "[1, a;b]") == "1; \"a;b\"");
}

TEST_CASE("network: values of a document that are none are refused at their place",
          "[network][cell]") {
  CHECK(from_document("count", "x: 1") ==
        "cell.yaml:1:1: error: a range of 'count' has no 'x' [network-unknown-key]\n"
        "    1 | x: 1\n"
        "      | ^\n"
        "  help: one of: low, typical, high\n"
        "cell.yaml:1:1: error: a range of 'count' needs 'low' [network-range]\n"
        "    1 | x: 1\n"
        "      | ^~~~\n"
        "  help: write `{low: .., high: ..}`, with `typical: ..` if that is known\n"
        "cell.yaml:1:1: error: a range of 'count' needs 'high' [network-range]\n"
        "    1 | x: 1\n"
        "      | ^~~~\n"
        "  help: write `{low: .., high: ..}`, with `typical: ..` if that is known\n");
  CHECK(from_document("count", "{low: 5, high: [9]}") ==
        "cell.yaml:1:16: error: 'high' of a range is one value, not a list [network-range]\n"
        "    1 | {low: 5, high: [9]}\n"
        "      |                ^~~\n");
  CHECK(from_document("note", "{low: 5, high: 9}") ==
        "cell.yaml:1:1: error: 'note' takes a text, not a map [network-shape]\n"
        "    1 | {low: 5, high: 9}\n"
        "      | ^~~~~~~~~~~~~~~~~\n");
  CHECK(from_document("count", "[5]") ==
        "cell.yaml:1:1: error: 'count' takes a whole number, not a list [network-shape]\n"
        "    1 | [5]\n"
        "      | ^~~\n");
  CHECK(from_document("kinds", "red") ==
        "cell.yaml:1:1: error: 'kinds' takes a list of texts, not a text [network-shape]\n"
        "    1 | red\n"
        "      | ^~~\n"
        "  help: write its items between [ and ]\n");
  CHECK(from_document("kinds", "[red, blue, null]") ==
        "cell.yaml:1:7: error: 'kinds' has no value 'blue' [network-unknown-value]\n"
        "    1 | [red, blue, null]\n"
        "      |       ^~~~\n"
        "  help: one of: red, green, null\n"
        "cell.yaml:1:13: error: an item of 'kinds' is a text, not null [network-list]\n"
        "    1 | [red, blue, null]\n"
        "      |             ^~~~\n");
}
