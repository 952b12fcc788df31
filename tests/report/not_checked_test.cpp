// Rules that said nothing about anybody, and why.

#include "eraudit/report/detail/not_checked.hpp"

#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::detail::not_checked_reason;

TEST_CASE("report: a rule that decided nothing has a reason", "[report][not_checked]") {
  RuleCounts counts;
  CHECK(not_checked_reason(counts) == "rule-no-subject");
  counts.selected = 5;
  CHECK(not_checked_reason(counts) == "rule-not-applicable");
  counts.applicable = 3;
  CHECK(not_checked_reason(counts) == "rule-undecided");
  counts.decided = 1;
  CHECK_FALSE(not_checked_reason(counts));
}

TEST_CASE("report: a rule that was not run is told from one that does not apply",
          "[report][not_checked]") {
  RuleCounts counts;
  counts.selected = 5;
  counts.skipped = true;
  CHECK(not_checked_reason(counts) == "rule-skipped");  // not in force
  counts.not_reached = 5;
  CHECK(not_checked_reason(counts) == "rule-not-reached");
  // Stopped after some subjects, to none of which it applied.
  counts.skipped = false;
  counts.not_reached = 2;
  CHECK(not_checked_reason(counts) == "rule-not-reached");
  counts.applicable = 1;
  CHECK(not_checked_reason(counts) == "rule-undecided");
}
