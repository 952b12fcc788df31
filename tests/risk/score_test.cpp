// One number from many findings.

#include "eraudit/risk/detail/score.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "tests/support/catch.hpp"

using namespace eraudit;
using risk_detail::Tally;

namespace {

const Exposure& weights() {
  static const ExposurePtr read = builtin_exposure(*recruitment_schema());
  return *read;
}

Thousandths score(const std::vector<Severity>& findings) {
  Tally tally;
  for (const Severity severity : findings) tally.add(severity);
  return tally.score(weights());
}

}  // namespace

TEST_CASE("risk: the gravest finding leads", "[risk][score]") {
  CHECK(score({}) == 0);
  CHECK(score({Severity::none, Severity::none}) == 0);
  CHECK(score({Severity::low}) == 100);
  CHECK(score({Severity::medium}) == 300);
  CHECK(score({Severity::high}) == 550);
  CHECK(score({Severity::critical}) == 800);
}

TEST_CASE("risk: another finding closes its share of what is left", "[risk][score]") {
  // Of the 200 above 800: 40 %, then 40 % of the rest.
  CHECK(score({Severity::critical, Severity::critical}) == 880);
  CHECK(score({Severity::critical, Severity::critical, Severity::critical}) == 928);
  // Of the 249 between 550 and 800: 10 %.
  CHECK(score({Severity::high, Severity::medium}) == 574);
}

TEST_CASE("risk: however many there are, the next severity is not reached", "[risk][score]") {
  CHECK(score(std::vector<Severity>(100'000, Severity::low)) == 299);
  CHECK(score(std::vector<Severity>(100'000, Severity::medium)) == 549);
  CHECK(score(std::vector<Severity>(100'000, Severity::high)) == 799);
  CHECK(score(std::vector<Severity>(100'000, Severity::critical)) == 1000);
}

TEST_CASE("risk: a finding more, or a graver one, never lowers a score", "[risk][score][law]") {
  std::mt19937 random(11);
  constexpr Severity all[] = {Severity::none, Severity::low, Severity::medium, Severity::high,
                              Severity::critical};
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Severity> findings(random() % 12);
    for (Severity& one : findings) one = all[random() % 5];
    const Thousandths before = score(findings);
    std::vector<Severity> changed = findings;
    if (changed.empty() || random() % 2 == 0) {
      changed.push_back(all[random() % 5]);
    } else {
      Severity& one = changed[random() % changed.size()];
      one = std::max(one, all[random() % 5]);
    }
    std::shuffle(changed.begin(), changed.end(), random);
    CHECK(score(changed) >= before);
  }
}
