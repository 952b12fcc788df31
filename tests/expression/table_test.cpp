#include "eraudit/expression/table.hpp"

#include <string>
#include <utility>
#include <vector>

#include "eraudit/expression/value.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using State = TableCell::State;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TableCell text(std::string value) {
  TableCell cell;
  cell.state = State::constant;
  cell.text = std::move(value);
  return cell;
}

TableCell number(double value) {
  TableCell cell = text("as written");
  cell.number = value;
  return cell;
}

TableCell any() {
  TableCell cell;
  cell.state = State::any;
  return cell;
}

TableCell band(std::optional<double> low, bool low_open, std::optional<double> high,
               bool high_open) {
  TableCell cell;
  cell.state = State::band;
  cell.band = TableBand{low, high, low_open, high_open};
  return cell;
}

Date day(std::string_view text) {
  return parse_date(text).value();
}

TableRow row(std::vector<TableCell> keys, std::string_view since = "",
             std::string_view until = "") {
  TableRow made;
  made.keys = std::move(keys);
  if (!since.empty()) made.since = day(since);
  if (!until.empty()) made.until = day(until);
  return made;
}

Table table(std::vector<TableInput> inputs, std::vector<TableRow> rows) {
  return {"cap",
          std::move(inputs),
          Type::record("cap", {}),
          std::move(rows),
          LocalText("?"),
          "cap.yaml",
          ""};
}

std::vector<TableInput> corridor() {
  return {{"origin", TypeKind::text}, {"destination", TypeKind::text}, {"on", TypeKind::date}};
}

/// The number of the row found, or -1.
int found(const Table& table, std::vector<std::string> keys, std::string_view on = "") {
  const TableRow* const row =
      table.find(keys, on.empty() ? std::optional<Date>() : std::optional<Date>(day(on)));
  return row == nullptr ? -1 : static_cast<int>(row - table.rows().data());
}

TEST_CASE("expression: a table finds the row of its keys that holds on the day",
          "[expression][table]") {
  const Table cap = table(corridor(), {row({text("NP"), text("QA")}, "2020-01-01", "2021-12-31"),
                                       row({text("NP"), text("QA")}, "2022-01-01"),
                                       row({text("NP"), text("MY")}, "", "2022-06-30")});
  REQUIRE(cap.day_input() == 2);
  CHECK(found(cap, {"NP", "QA"}, "2019-12-31") == -1);
  CHECK(found(cap, {"NP", "QA"}, "2020-01-01") == 0);
  CHECK(found(cap, {"NP", "QA"}, "2021-12-31") == 0);
  CHECK(found(cap, {"NP", "QA"}, "2022-01-01") == 1);
  CHECK(found(cap, {"NP", "QA"}, "9999-12-31") == 1);
  CHECK(found(cap, {"NP", "MY"}, "0001-01-01") == 2);
  CHECK(found(cap, {"NP", "MY"}, "2022-07-01") == -1);
  CHECK(found(cap, {"BD", "MY"}, "2022-01-01") == -1);
  CHECK(found(cap, {"NP"}, "2022-01-01") == -1);
  // Without a day only what always holds is found.
  CHECK(found(cap, {"NP", "QA"}) == -1);
  CHECK(cap.overlaps().empty());
}

TEST_CASE("expression: exact keys beat bands, and bands beat any", "[expression][table]") {
  const Table cap =
      table({{"origin", TypeKind::text}, {"months", TypeKind::number}},
            {row({any(), any()}), row({text("NP"), any()}), row({any(), number(3)}),
             row({text("NP"), band(1, false, 2, true)}), row({text("NP"), number(1.5)}),
             row({any(), band(10, false, {}, false)})});
  CHECK(found(cap, {"NP", "1.5"}) == 4);
  CHECK(found(cap, {"NP", "1"}) == 3);
  CHECK(found(cap, {"NP", "1.999"}) == 3);
  CHECK(found(cap, {"NP", "2"}) == 1);
  CHECK(found(cap, {"BD", "3"}) == 2);
  CHECK(found(cap, {"BD", "4"}) == 0);
  CHECK(found(cap, {"BD", "1e300"}) == 5);
  // One exact key in each of two rows: nobody could say which is meant for NP and 3.
  CHECK(cap.overlaps() == Pairs{{1, 2}});
}

TEST_CASE("expression: a cell without rows, or with a key nobody knows, is met by nothing",
          "[expression][table]") {
  CHECK(found(table(corridor(), {}), {"NP", "QA"}, "2022-01-01") == -1);
  const Table cap = table(corridor(), {row({TableCell(), text("QA")})});
  CHECK(found(cap, {"", "QA"}, "2022-01-01") == -1);
  CHECK(cap.overlaps().empty());
}

TEST_CASE("expression: rows that match one call are reported", "[expression][table]") {
  const auto overlaps = [](std::vector<TableRow> rows) {
    return table(corridor(), std::move(rows)).overlaps();
  };
  CHECK(overlaps({row({text("NP"), text("QA")}, "2020-01-01", "2021-12-31"),
                  row({text("NP"), text("QA")}, "2021-12-31")}) == Pairs{{0, 1}});
  CHECK(overlaps({row({text("NP"), text("QA")}, "2020-01-01", "2021-12-31"),
                  row({text("NP"), text("QA")}, "2022-01-01")})
            .empty());
  CHECK(overlaps({row({text("NP"), any()}), row({any(), text("QA")})}) == Pairs{{0, 1}});
  CHECK(
      overlaps({row({text("NP"), any()}), row({text("BD"), any()}), row({any(), any()})}).empty());
  CHECK(overlaps({row({any(), any()}), row({any(), any()}), row({any(), any()})}) ==
        Pairs{{0, 1}, {0, 2}, {1, 2}});
  // Keys are compared one by one, not as one text.
  CHECK(overlaps({row({text("a"), text("bc")}), row({text("ab"), text("c")})}).empty());
}

TEST_CASE("expression: bands that share a number overlap", "[expression][table]") {
  const auto overlap = [](TableCell a, TableCell b) {
    return !table({{"n", TypeKind::number}}, {row({std::move(a)}), row({std::move(b)})})
                .overlaps()
                .empty();
  };
  CHECK(overlap(band({}, false, 1, false), band(1, false, {}, false)));
  CHECK_FALSE(overlap(band({}, false, 1, true), band(1, false, {}, false)));
  CHECK_FALSE(overlap(band({}, false, 1, false), band(1, true, {}, false)));
  CHECK(overlap(band(0, false, 2, false), band(1, false, 3, false)));
  CHECK_FALSE(overlap(band(0, false, 1, false), band(2, false, 3, false)));
  // An exact key is preferred to a band: no overlap.
  CHECK_FALSE(overlap(number(1), band(0, false, 2, false)));
}

TEST_CASE("expression: keys are written the same by cells and by values", "[expression][table]") {
  const Value npr = Value::of(Money{150000, Currency::from_code("NPR").value()}, Date{});
  CHECK(to_key(Value::of(std::string_view("NP"))) == "NP");
  CHECK(to_key(Value::of(std::int64_t{12})) == "12");
  CHECK(to_key(Value::of(std::uint64_t{12})) == "12");
  CHECK(to_key(Value::of(12.0)) == "12");
  CHECK(to_key(Value::of(-0.0)) == "0");
  CHECK(to_key(Value::of(0.5)) == "0.5");
  CHECK(to_key(Value::of(1e300)) == "1e+300");
  CHECK(to_key(Value::of(true)) == "true");
  CHECK(to_key(Value::of(day("2024-03-01"))) == "2024-03-01");
  CHECK(to_key(npr) == "1500 NPR");
  CHECK_FALSE(to_key(Value::null()));

  TableCell cell = text("2024-03-01");
  CHECK(to_key(cell, TypeKind::text) == "2024-03-01");
  cell.date = day("2024-03-01");
  CHECK(to_key(cell, TypeKind::date) == "2024-03-01");
  cell.number = 3.0;
  CHECK(to_key(cell, TypeKind::number) == "3");
  cell.integer = 7;
  CHECK(to_key(cell, TypeKind::integer) == "7");
  cell.money = Money{150000, Currency::from_code("NPR").value()};
  CHECK(to_key(cell, TypeKind::money) == "1500 NPR");
  CHECK_FALSE(to_key(any(), TypeKind::text));
}

TEST_CASE("expression: a large table is found in and checked without looking at every pair",
          "[expression][table]") {
  std::vector<TableRow> rows;
  for (int i = 0; i < 50'000; ++i) {
    rows.push_back(row({text("A" + std::to_string(i)), i % 2 == 0 ? any() : text("QA")}));
  }
  const Table large = table(corridor(), std::move(rows));
  CHECK(large.overlaps().empty());
  for (int i = 0; i < 50'000; i += 997) {
    CHECK(found(large, {"A" + std::to_string(i), "QA"}, "2024-01-01") == i);
  }
  CHECK(found(large, {"A1", "MY"}, "2024-01-01") == -1);
}

}  // namespace
