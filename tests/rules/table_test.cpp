#include "eraudit/expression/table.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eraudit/expression/program.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

constexpr const char* head = "eraudit: table/1\ntable: t\n";

/// Loads a pack of one table and a rule that calls it: `call` is a condition over a cohort `c`.
std::optional<Rules> load(const std::string& table, const std::string& call,
                          std::string* mistakes = nullptr) {
  const ScratchFolder folder;
  folder.write("tables/t.yaml", head + table);
  folder.write("rule.yaml", "rule: r\nsubject: (c:Cohort)\nfail_if: " + call + "\nmessage: m\n");
  auto rules = load_rules(folder.path());
  if (mistakes != nullptr) *mistakes = folder.relative(to_text(rules.diagnostics()));
  if (!rules) return std::nullopt;
  return *rules;
}

TablePtr table(const std::string& text, const std::string& call) {
  std::string mistakes;
  const auto rules = load(text, call, &mistakes);
  INFO(mistakes);
  REQUIRE(rules);
  REQUIRE(rules->tables().size() == 1);
  return rules->tables()[0];
}

/// The number of the row that is found, or -1.
int row(const Table& in, std::vector<std::string> keys, std::optional<Date> day = std::nullopt) {
  const TableRow* found = in.find(keys, day);
  return found == nullptr ? -1 : static_cast<int>(found - in.rows().data());
}

}  // namespace

TEST_CASE("rules: a table is keys, days and outputs", "[rules][table]") {
  const TablePtr t = table(R"(
inputs: {origin: country, workers: int, on: date, wage: money}
output: {cap: money, covers: charged.category, share: double, kept: bool, from: date, note_text: string}
ask: {en: What is the cap?}
source: a law
certainty: recalled
rows:
  - {origin: NP, workers: any, since: 2015-07-06, cap: 10000 NPR, covers: service-fee, share: 0.5, kept: true, from: 2015-07-06, note_text: x}
  - {origin: NP, workers: any, until: 2015-07-05, cap: 1.5 * wage, source: another law, certainty: verified, note: seen}
  - {origin: MY, workers: 3, cap: 12.5 MYR}
)",
                           "t(c.origin, c.workers, c.recruited, c.base_wage).kept");
  CHECK(t->name() == "t");
  REQUIRE(t->inputs().size() == 4);
  CHECK(t->inputs()[0].key);
  CHECK(t->inputs()[1].key);
  CHECK_FALSE(t->inputs()[2].key);
  CHECK_FALSE(t->inputs()[3].key);
  CHECK(t->day_input() == 2);
  CHECK(t->ask().in("en") == "What is the cap?");
  REQUIRE(t->rows().size() == 3);
  const TableRow& first = t->rows()[0];
  CHECK(first.since == parse_date("2015-07-06"));
  CHECK(first.source == "a law");
  CHECK(first.certainty == "recalled");
  CHECK(first.position.line == 10);
  CHECK(first.output[0].money == Money{1'000'000, *Currency::from_code("NPR")});
  CHECK(first.output[1].text == "service-fee");
  CHECK(first.output[2].number == 0.5);
  CHECK(first.output[3].text == "true");
  CHECK(first.output[4].date == parse_date("2015-07-06"));
  const TableRow& second = t->rows()[1];
  CHECK(second.source == "another law");
  CHECK(second.certainty == "verified");
  CHECK(second.output[0].state == TableCell::State::expression);
  CHECK(second.output[1].state == TableCell::State::unknown);
  CHECK(row(*t, {"NP", "8"}, parse_date("2015-07-06")) == 0);
  CHECK(row(*t, {"NP", "8"}, parse_date("2015-07-05")) == 1);
  CHECK(row(*t, {"MY", "3"}, parse_date("1990-01-01")) == 2);
  CHECK(row(*t, {"MY", "4"}, parse_date("1990-01-01")) == -1);
}

TEST_CASE("rules: bands of numbers meet at their ends without a gap", "[rules][table]") {
  const TablePtr t = table(R"(
inputs: {x: double}
output: {n: int}
rows:
  - {x: '< 1', n: 1}
  - {x: 1..<3, n: 2}
  - {x: 3..4, n: 3}
  - {x: '> 4, <= 5', n: 4}
  - {x: '>5..6', n: 5}
  - {x: '>6..<7', n: 6}
  - {x: '>= 7', n: 7}
)",
                           "t(c.weekly_hours).n > 1");
  CHECK(row(*t, {"-7"}) == 0);
  CHECK(row(*t, {"0.999"}) == 0);
  CHECK(row(*t, {"1"}) == 1);
  CHECK(row(*t, {"2.5"}) == 1);
  CHECK(row(*t, {"3"}) == 2);
  CHECK(row(*t, {"4"}) == 2);
  CHECK(row(*t, {"4.001"}) == 3);
  CHECK(row(*t, {"5"}) == 3);
  CHECK(row(*t, {"5.1"}) == 4);
  CHECK(row(*t, {"6"}) == 4);
  CHECK(row(*t, {"6.9"}) == 5);
  CHECK(row(*t, {"7"}) == 6);
}

TEST_CASE("rules: two rows that match one call are refused with both places", "[rules][table]") {
  const auto mistakes = [](const std::string& rows) {
    std::string text;
    static_cast<void>(
        load("inputs: {x: double, y: string, on: date}\noutput: {n: int}\nrows:\n" + rows,
             "t(c.weekly_hours, c.origin, as_of).n > 1", &text));
    return text.substr(0, text.find('\n'));
  };
  const std::string clash =
      "tables/t.yaml:7:5: error: this row and the one at tables/t.yaml:6 match the same call "
      "[table-overlap]";
  CHECK(mistakes("  - {x: 1, y: a, n: 1}\n  - {x: 1, y: a, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1, y: any, n: 1}\n  - {x: 1.0, y: a, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1, y: a, n: 1}\n  - {x: any, y: a, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1..3, y: a, n: 1}\n  - {x: '>= 3', y: a, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1..3, y: a, n: 1}\n  - {x: 2, y: any, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: '< 5', y: a, n: 1}\n  - {x: '> 4', y: a, n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1, y: a, since: 2020-01-01, n: 1}\n  - {x: 1, y: a, until: 2020-01-01, "
                 "n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1, y: a, n: 1}\n  - {x: 1, y: a, since: 2020-01-01, until: 2020-12-31, "
                 "n: 2}\n") == clash);
  CHECK(mistakes("  - {x: 1, y: a, n: 1}\n  - {x: 1, y: b, n: 2}\n").empty());
  CHECK(mistakes("  - {x: 1..<3, y: a, n: 1}\n  - {x: '>= 3', y: a, n: 2}\n").empty());
  CHECK(mistakes("  - {x: '< 3', y: a, n: 1}\n  - {x: 3, y: a, n: 2}\n").empty());
  CHECK(
      mistakes(
          "  - {x: 1, y: a, until: 2019-12-31, n: 1}\n  - {x: 1, y: a, since: 2020-01-01, n: 2}\n")
          .empty());
}

TEST_CASE("rules: an expression in a cell is checked where it stands", "[rules][table]") {
  std::string text;
  static_cast<void>(
      load("inputs: {origin: country, wage: money}\noutput: {cap: money, says: string}\nrows:\n"
           "  - {origin: NP, cap: 1.0 * wge, says: x}\n"
           "  - {origin: MY, cap: wage * wage, says: = origin + '!'}\n",
           "t(c.origin, c.base_wage).cap > 0", &text));
  INFO(text);
  CHECK(text.find("tables/t.yaml:6:23: error: '1.0 * wge' in column 'cap' is not an amount of "
                  "money [table-bad-cell]") != std::string::npos);
  CHECK(text.find("tables/t.yaml:7:28: error:") != std::string::npos);
  const TablePtr t = table(
      "inputs: {origin: country}\noutput: {says: string}\nrows:\n"
      "  - {origin: MY, says: = origin + '!'}\n  - {origin: NP, says: origin}\n",
      "t(c.origin).says == 'MY!'");
  CHECK(t->rows()[0].output[0].state == TableCell::State::expression);
  CHECK(t->rows()[1].output[0].state == TableCell::State::constant);
}

TEST_CASE("rules: wages in a table are kept per month, as in a network", "[rules][table]") {
  const TablePtr t = table(
      "inputs: {origin: country}\noutput: {wage: Cohort.base_wage, day: money}\nrows:\n"
      "  - {origin: MY, wage: 1700 MYR/month, day: 100 MYR}\n"
      "  - {origin: NP, wage: 12000 NPR/year, day: 100 MYR}\n",
      "c.base_wage < t(c.origin).wage");
  CHECK(t->rows()[0].output[0].money == Money{170'000, *Currency::from_code("MYR")});
  CHECK(t->rows()[1].output[0].money == Money{100'000, *Currency::from_code("NPR")});
}
