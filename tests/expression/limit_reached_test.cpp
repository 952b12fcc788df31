// Limits in messages of errors.

#include "eraudit/expression/limit_reached.hpp"

#include "tests/support/catch.hpp"

using namespace eraudit;
using Limit = LimitReached::Limit;

TEST_CASE("expression: a limit that was reached can be told from the message", "[expression]") {
  for (int i = 0; i <= static_cast<int>(Limit::findings); ++i) {
    LimitReached reached{static_cast<Limit>(i), 10'000};
    if (reached.limit == Limit::hops) reached.part = "(a)-[:x]->{1,}(b)";
    INFO(to_text(reached));
    CHECK(parse_limit_reached(to_text(reached)) == reached);
    CHECK(parse_limit(to_text(reached.limit)) == reached.limit);
  }
  CHECK(to_text(LimitReached{Limit::steps, 10'000}) == "10000 steps of evaluation (fuel)");
  CHECK(to_text(LimitReached{Limit::hops, 3, "x"}) ==
        "3 hops of `x`, which names no end (unbounded_hops)");
}

TEST_CASE("expression: other messages name no limit", "[expression]") {
  for (const char* message :
       {"", "division by zero", "3", "many steps of evaluation (fuel)",
        "3 steps of evaluation (fuel) more", "3 hops of `", "x 3 rows of a pattern (rows)"}) {
    INFO(message);
    CHECK_FALSE(parse_limit_reached(message));
  }
  CHECK_FALSE(parse_limit("fuel"));
}
