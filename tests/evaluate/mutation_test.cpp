// Whether the cases of a rule notice mistakes.

#include "eraudit/evaluate/mutation.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

using Lines = std::vector<std::string>;

MutationScore score(const std::string& cases) {
  const ScratchFolder folder;
  const std::string path =
      folder.write("a.yaml", "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: m\n");
  if (!cases.empty()) folder.write("a.test.yaml", cases);
  auto scores = mutate_rules(std::span(&path, 1)).value();
  REQUIRE(scores.size() == 1);
  return scores[0];
}

Lines survivors(const MutationScore& score) {
  Lines lines;
  for (const Survivor& one : score.survivors) {
    lines.push_back(one.where + " " + std::to_string(one.position.line) + ":" +
                    std::to_string(one.position.column) + " " + one.written + " " + one.instead);
  }
  return lines;
}

}  // namespace

TEST_CASE("evaluate: a case on either side of the line notices every slip",
          "[evaluate][mutation]") {
  const MutationScore both = score(R"(
- case: five and six
  network: {nodes: {Cohort: {five: {workers: 5}, six: {workers: 6}}}}
  expect: [{subject: five, verdict: pass}, {subject: six, verdict: fail}]
)");
  CHECK(both.rule == "a");
  CHECK(both.cases == 1);
  CHECK(both.total == 4);
  CHECK(both.killed == 4);
  CHECK(both.survivors.empty());
}

TEST_CASE("evaluate: what no case notices is told with its place", "[evaluate][mutation]") {
  const MutationScore far = score(R"(
- case: three and nine
  network: {nodes: {Cohort: {three: {workers: 3}, nine: {workers: 9}}}}
  expect: [{subject: three, verdict: pass}, {subject: nine, verdict: fail}]
)");
  CHECK(far.killed == 1);
  CHECK(survivors(far) == Lines{"fail_if 3:20 > >=", "fail_if 3:22 5 6", "fail_if 3:22 5 4"});
}

TEST_CASE("evaluate: only the verdict of a subject that a case expects something of counts",
          "[evaluate][mutation]") {
  const MutationScore other = score(R"(
- case: six is there, and nothing is expected of it
  network: {nodes: {Cohort: {three: {workers: 3}, six: {workers: 6}}}}
  expect: {subject: three, verdict: pass}
)");
  CHECK(other.killed == 1);
}

TEST_CASE("evaluate: without cases every mutant survives", "[evaluate][mutation]") {
  const MutationScore none = score("");
  CHECK(none.cases == 0);
  CHECK(none.killed == 0);
  CHECK(none.survivors.size() == none.total);
}

TEST_CASE("evaluate: the cases of the pack notice nearly every mistake", "[evaluate][mutation]") {
  std::size_t total = 0;
  std::size_t killed = 0;
  const std::vector<MutationScore> scores = mutate_rules({}).value();
  for (const MutationScore& one : scores) {
    INFO(one.rule);
    CHECK(one.left_out == 0);
    CHECK(one.total > 0);
    total += one.total;
    killed += one.killed;
  }
  INFO(killed << " of " << total);
  CHECK(killed * 100 >= total * 95);
}
