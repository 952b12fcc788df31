// How little could have gone unnoticed where only some were asked.

#include "eraudit/evaluate/detection.hpp"

#include <cstdint>

#include "tests/support/catch.hpp"

using eraudit::smallest_noticed;

TEST_CASE("detection: what would have been noticed, by hand and by tables",
          "[evaluate][detection]") {
  // C(of - K, asked) / C(of, asked) <= 0.05, counted out with whole numbers.
  CHECK(smallest_noticed(9, 30) == 8);
  CHECK(smallest_noticed(12, 48) == 10);
  CHECK(smallest_noticed(5, 120) == 54);
  CHECK(smallest_noticed(1, 48) == 46);
  // 59 and 299 of many notice 5 % and 1 %: the well-known sizes of discovery samples.
  CHECK(smallest_noticed(59, 100'000) == 4'950);
  CHECK(smallest_noticed(299, 100'000) == 996);
}

TEST_CASE("detection: who asks all misses nobody", "[evaluate][detection]") {
  CHECK(smallest_noticed(48, 48) == 1);
  CHECK(smallest_noticed(1, 1) == 1);
}

TEST_CASE("detection: what is no sample has no limit", "[evaluate][detection]") {
  CHECK_FALSE(smallest_noticed(0, 48));
  CHECK_FALSE(smallest_noticed(-1, 48));
  CHECK_FALSE(smallest_noticed(49, 48));
  CHECK_FALSE(smallest_noticed(1, 0));
  CHECK_FALSE(smallest_noticed(1, INT64_MAX));
}

TEST_CASE("detection: to ask more never lets more go unnoticed", "[evaluate][detection]") {
  for (std::int64_t of = 1; of <= 120; ++of) {
    for (std::int64_t asked = 2; asked <= of; ++asked) {
      CHECK(*smallest_noticed(asked, of) <= *smallest_noticed(asked - 1, of));
    }
  }
}
