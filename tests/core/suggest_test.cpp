#include "eraudit/core/suggest.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using eraudit::nearest_name;
using eraudit::suggest;

namespace {
using Names = std::vector<std::string_view>;
const Names attributes{"amount", "category", "charged_on", "borne_by", "currency", "per"};
}  // namespace

TEST_CASE("core: the nearest name is the one with the fewest edits", "[core][suggest]") {
  CHECK(nearest_name("amuont", attributes) == "amount");   // neighbours swapped
  CHECK(nearest_name("amont", attributes) == "amount");    // one missing
  CHECK(nearest_name("ammount", attributes) == "amount");  // one too many
  CHECK(nearest_name("amaunt", attributes) == "amount");   // one replaced
  CHECK(nearest_name("catgory", attributes) == "category");
}

TEST_CASE("core: case, '-' and '_' count as equal", "[core][suggest]") {
  CHECK(nearest_name("Charged-On", attributes) == "charged_on");
  CHECK(nearest_name("BORNE_BY", attributes) == "borne_by");
}

TEST_CASE("core: at most a third of a name may differ, and one letter of a short one",
          "[core][suggest]") {
  CHECK(nearest_name("pre", attributes) == "per");
  CHECK_FALSE(nearest_name("pxx", attributes));
  CHECK(nearest_name("xmxunt", attributes) == "amount");  // two of six
  CHECK_FALSE(nearest_name("xmxxnt", attributes));        // three of six
  CHECK_FALSE(nearest_name("", attributes));
  CHECK_FALSE(nearest_name("a", Names{"b"}));  // nothing is left of either
  CHECK(nearest_name("a", Names{"ab"}) == "ab");
}

TEST_CASE("core: a tie goes to the earlier candidate", "[core][suggest]") {
  CHECK(nearest_name("bat", Names{"cat", "bad", "bat_"}) == "cat");
  CHECK(nearest_name("bat", Names{"cat", "bat"}) == "bat");
}

TEST_CASE("core: edits are counted in characters, not bytes", "[core][suggest]") {
  CHECK(nearest_name("pérou", Names{"pérôu"}) == "pérôu");
  CHECK(nearest_name("日本x", Names{"日本語"}) == "日本語");
}

TEST_CASE("core: a name of a novel's length is not compared", "[core][suggest]") {
  const std::string novel(100'000, 'a');
  CHECK_FALSE(nearest_name(novel, Names{"a"}));
  CHECK_FALSE(nearest_name("a", Names{novel}));
}

TEST_CASE("core: a suggestion asks, or lists what there is", "[core][suggest]") {
  CHECK(suggest("amuont", attributes) == "did you mean 'amount'?");
  CHECK(suggest("zzzzzz", Names{"a", "b"}) == "one of: a, b");
  CHECK(suggest("zzzzzz", Names{"a", "b", "c", "d", "e", "f", "g", "h"}) ==
        "one of: a, b, c, d, e, f, g, h");
  CHECK(suggest("zzzzzz", Names{"a", "b", "c", "d", "e", "f", "g", "h", "i"}) ==
        "one of: a, b, c, d, e, f, g, h, ... (9 in all)");
  CHECK(suggest("zzzzzz", Names{}).empty());
}
