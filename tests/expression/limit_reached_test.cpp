// Limits in messages of errors.

#include "eraudit/expression/limit_reached.hpp"

#include "tests/support/catch.hpp"

using namespace eraudit;
using Limit = LimitReached::Limit;

TEST_CASE("expression: a limit that was reached can be told from the message", "[expression]") {
  for (int i = 0; i <= static_cast<int>(Limit::findings); ++i) {
    LimitReached reached{static_cast<Limit>(i), 10'000};
    if (reached.limit == Limit::hops) reached.part = "(a)-[:x]->{1,}(b)";
    INFO(limit_message(reached));
    CHECK(limit_in(limit_message(reached)) == reached);
    CHECK(parse_limit(to_text(reached.limit)) == reached.limit);
  }
  CHECK(limit_message({Limit::steps, 10'000}) == "limit reached: 10000 steps of evaluation");
  CHECK(limit_message({Limit::hops, 3, "x"}) == "limit reached: 3 hops of `x`, which names no end");
}

TEST_CASE("expression: other messages name no limit", "[expression]") {
  for (const char* message :
       {"", "division by zero", "limit reached: ", "limit reached: many steps of evaluation",
        "limit reached: 3 steps of evaluation more", "limit reached: 3 hops of `",
        "x limit reached: 3 rows of a pattern"}) {
    INFO(message);
    CHECK_FALSE(limit_in(message));
  }
  CHECK_FALSE(parse_limit("fuel"));
}
