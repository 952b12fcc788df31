// The quick way of reading a cell gives what the slow one gives, or leaves the cell to it.

#include "eraudit/network/detail/plain_column.hpp"

#include <random>
#include <string>
#include <vector>

#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::detail;

namespace {

/// Texts that a column takes, and texts that are nearly such.
const std::vector<std::string>& seeds() {
  static const std::vector<std::string> texts = {"true",
                                                 "false",
                                                 "null",
                                                 "[]",
                                                 "",
                                                 "0",
                                                 "48",
                                                 "48.0",
                                                 "007",
                                                 "-5",
                                                 "1_000",
                                                 "0.76",
                                                 "12.5",
                                                 "1e3",
                                                 "999999999999999",
                                                 "1234567890123456",
                                                 "0.000000000000001",
                                                 "0.1234567890123456",
                                                 "99999999999999999999",
                                                 "12..15",
                                                 "12 people",
                                                 "50 percent",
                                                 "2024-02-29",
                                                 "2023-02-29",
                                                 "2024-02-01",
                                                 "2024-13-01",
                                                 "2024-00-10",
                                                 "2024-04-31",
                                                 "1899-12-31",
                                                 "1900-01-01",
                                                 "1900-02-29",
                                                 "2000-02-29",
                                                 "2099-12-31",
                                                 "2100-01-01",
                                                 "0000-01-01",
                                                 "2024-03",
                                                 "2024-02-01/2024-04-30",
                                                 "1500 MYR",
                                                 "1500 MYR/month",
                                                 "1500 MYR/year",
                                                 "12.75 USD",
                                                 "12.755 USD",
                                                 "1500 JPY",
                                                 "1500.5 JPY",
                                                 "1.234 KWD/month",
                                                 "90000000000000 USD",
                                                 "90000000000001 USD",
                                                 "900000000000000 USD",
                                                 "5 XXX",
                                                 "5  USD",
                                                 "5USD",
                                                 "900..1400 NPR",
                                                 "red",
                                                 "dark-blue",
                                                 "red; green",
                                                 "visa",
                                                 "NP",
                                                 "ZZ",
                                                 "US-TX",
                                                 "np",
                                                 "Acme, \"Inc\"",
                                                 "N\xC3\xA9pal",
                                                 "a\tb",
                                                 "a\x01",
                                                 "a\x7F",
                                                 "{low: 1, high: 2}"};
  return texts;
}

std::string changed(std::mt19937& random, std::string text) {
  static const std::string letters = "0123456789.-/ _;\"eMYRUSD\xC3\xA9";
  for (int edits = static_cast<int>(random() % 3); edits > 0; --edits) {
    const std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
    const char letter = letters[random() % letters.size()];
    switch (random() % 3) {
      case 0:
        text.insert(at, 1, letter);
        break;
      case 1:
        if (at < text.size()) text.erase(at, 1);
        break;
      default:
        if (at < text.size()) text[at] = letter;
        break;
    }
  }
  return text;
}

/// What the slow way says of a cell: the cell, or nothing if it is refused.
std::optional<Cell> slowly(const Attribute& attribute, const std::string& text, bool quoted) {
  RawCell raw;
  CellProblem problem;
  if (!parse_cell(attribute, text, quoted, raw, problem)) return std::nullopt;
  return to_cell(attribute, raw);
}

}  // namespace

TEST_CASE("network: a cell read the quick way is the cell that the slow way reads",
          "[network][property]") {
  std::mt19937 random(41);
  const Schema& schema = *test::small_schema();
  std::vector<const Attribute*> attributes;
  for (const NodeKind& kind : schema.kinds()) {
    for (const Attribute& attribute : kind.attributes) attributes.push_back(&attribute);
  }
  for (const EdgeKind& kind : schema.edges()) {
    for (const Attribute& attribute : kind.attributes) attributes.push_back(&attribute);
  }
  Attribute place = *schema.kinds()[0].attributes.begin();
  place.name = "place";
  place.type = AttributeType::text;
  place.format = TextFormat::place;
  attributes.push_back(&place);
  for (const Attribute* attribute : attributes) {
    NameTable strings;
    DraftColumn column;
    column.attribute = attribute;
    PlainColumn plain(*attribute, column, strings);
    std::vector<std::pair<std::uint32_t, Cell>> expected;
    std::uint32_t taken = 0;
    for (std::uint32_t row = 0; row < 6'000; ++row) {
      const std::string text = changed(random, seeds()[random() % seeds().size()]);
      const bool quoted = random() % 3 == 0;
      if (text.empty() && !quoted) continue;
      const std::optional<Cell> wanted = slowly(*attribute, text, quoted);
      const bool quick = plain.take(row, text, quoted);
      if (quick) {
        ++taken;
        if (!wanted) FAIL_CHECK(attribute->name + " takes '" + text + "'");
      }
      if (!wanted) continue;
      if (!quick) {  // as the reader does
        RawCell raw;
        CellProblem problem;
        REQUIRE(parse_cell(*attribute, text, quoted, raw, problem));
        if (raw.state != CellState::unknown) column.store(row, raw, strings);
      }
      expected.emplace_back(row, *wanted);
    }
    column.sort_ranges();
    for (const auto& [row, cell] : expected) {
      if (column.cell(row, strings) != cell)
        FAIL_CHECK(attribute->name + " row " + std::to_string(row));
    }
    if (attribute->type != AttributeType::text_list) CHECK(taken > 20);
  }
}

TEST_CASE("network: decimals are read to the nearest double", "[network][property]") {
  std::mt19937_64 random(43);
  Attribute attribute;
  attribute.name = "share";
  attribute.type = AttributeType::number;
  NameTable strings;
  DraftColumn column;
  column.attribute = &attribute;
  PlainColumn plain(attribute, column, strings);
  for (std::uint32_t row = 0; row < 20'000; ++row) {
    std::string text = std::to_string(random() % 1'000'000'000'000'000);
    text.insert(1 + random() % text.size(), ".");
    if (text.back() == '.') text.pop_back();
    REQUIRE(plain.take(row, text, false));
    if (column.doubles[row] != std::strtod(text.c_str(), nullptr)) FAIL_CHECK(text);
  }
}
