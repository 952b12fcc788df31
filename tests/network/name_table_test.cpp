#include "eraudit/network/detail/name_table.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "tests/support/catch.hpp"

using eraudit::detail::NameTable;

TEST_CASE("network: a table of names gives every text one code", "[network]") {
  NameTable table;
  CHECK(table.find("a") == NameTable::nothing);
  for (std::uint32_t i = 0; i < 5000; ++i) CHECK(table.intern("name-" + std::to_string(i)) == i);
  for (std::uint32_t i = 0; i < 5000; ++i) CHECK(table.intern("name-" + std::to_string(i)) == i);
  CHECK(table.size() == 5000);
  CHECK(table.find("name-4999") == 4999);
  CHECK(table.find("name-5000") == NameTable::nothing);
  CHECK(table.intern("") == 5000);
  CHECK(table.at(5000).empty());
  CHECK(table.at(42) == "name-42");
}

TEST_CASE("network: names looked up together get the codes they would get one by one",
          "[network]") {
  std::mt19937 random(7);
  NameTable one_by_one;
  NameTable together;
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> kept;
    std::vector<std::uint32_t> expected;
    for (int i = 0; i < 300; ++i) {
      // Lengths around 4, 8 and 16, where the comparison changes; every third is that of two
      // before.
      std::string text(random() % 20, 'a');
      for (char& letter : text) letter = static_cast<char>('a' + random() % (1 + round % 3));
      if (i > 2 && i % 3 == 0) text = kept[kept.size() - 2];
      expected.push_back(one_by_one.intern(text));
      kept.push_back(std::move(text));
    }
    const std::vector<std::string_view> texts(kept.begin(), kept.end());
    std::vector<std::uint32_t> codes(texts.size());
    if (round % 4 == 3) together.expect(1000);
    together.intern(texts, codes.data());
    CHECK(codes == expected);
  }
  CHECK(together.size() == one_by_one.size());
}

TEST_CASE("network: names are sorted by code point, whatever they have in common", "[network]") {
  std::mt19937 random(11);
  for (const std::size_t length : {0u, 3u, 8u, 20u}) {
    NameTable table;
    std::vector<std::string> texts;
    for (int i = 0; i < 500; ++i) {
      std::string text(length, 'p');
      const std::size_t more = random() % 20;
      for (std::size_t k = 0; k < more; ++k) {
        text += static_cast<char>(k < 10 ? 'a' + random() % 2 : 0x80 + random() % 0x40);
      }
      if (table.find(text) == NameTable::nothing) texts.push_back(text);
      table.intern(text);
    }
    std::sort(texts.begin(), texts.end(), [](const std::string& a, const std::string& b) {
      return std::lexicographical_compare(
          a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
            return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
          });
    });
    const std::vector<std::uint32_t> order = table.sorted();
    REQUIRE(order.size() == texts.size());
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(table.at(order[i]) == texts[i]);

    std::vector<std::uint32_t> new_codes(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
      new_codes[order[i]] = i % 3 == 0 ? i / 3 : NameTable::nothing;
    const std::size_t kept = (order.size() + 2) / 3;
    NameTable with_slots = table;
    with_slots.renumber(new_codes, kept, true);
    table.renumber(new_codes, kept, false);
    CHECK(table.size() == kept);
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      CHECK(table.find(texts[i]) == (i % 3 == 0 ? i / 3 : NameTable::nothing));
      CHECK(with_slots.find(texts[i]) == (i % 3 == 0 ? i / 3 : NameTable::nothing));
    }
  }
}
