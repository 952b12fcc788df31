// What is told of a rule's cost before it runs, beside what it takes.

#include "eraudit/evaluate/cost.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "eraudit/evaluate/detail/judge.hpp"
#include "tests/pattern/slow.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::Graph;
using eraudit::test::Random;

namespace {

int wanted() {
  return std::getenv("ERAUDIT_SOAK") != nullptr ? 20'000 : 400;
}

/// To look at one that was told of, alone.
std::uint64_t first_seed() {
  const char* const wanted_seed = std::getenv("ERAUDIT_COST_SEED");
  return wanted_seed != nullptr ? std::stoull(wanted_seed) : 1;
}

/// Conditions about nodes of kind A that read lists, lists of lists, texts and maps.
class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string condition(const std::string& of, int depth) {
    const std::string x = "x" + std::to_string(++names_);
    if (depth == 0) return random_.chance(50) ? of + ".b" : of + ".n > 1";
    switch (random_.pick(13)) {
      case 0:
        return nodes(of) + ".exists(" + x + ", " + condition(x, depth - 1) + ")";
      case 1:
        return nodes(of) + ".all(" + x + ", " + condition(x, depth - 1) + ")";
      case 2:
        return nodes(of) + ".filter(" + x + ", " + condition(x, depth - 1) + ").size() > 1";
      case 3:
        return nodes(of) + ".map(" + x + ", " + x + ".n).sum() > 2";
      case 4:
        return nodes(of) + ".map(" + x + ", " + x + ".n).distinct().size() < 3";
      case 5:
        return "(" + condition(of, depth - 1) + " && " + condition(of, depth - 1) + ")";
      case 6:
        return "(" + condition(of, depth - 1) + " ? " + condition(of, depth - 1) + " : " +
               condition(of, depth - 1) + ")";
      case 7:
        return "!(" + condition(of, depth - 1) + ")";
      case 8:
        return of + " in " + nodes(of);
      case 9:
        return "['a', 'bb', " + of + ".id].map(" + x + ", " + x + " + " + x +
               ").join('-').contains('a-b')";
      case 10:
        return nodes(of) + ".exists_one(i, " + x + ", i < 2 && " + condition(x, depth - 1) + ")";
      case 11:
        return nodes(of) + ".transformMap(i, " + x + ", " + x + ".id).size() > 1";
      default:
        return nodes(of) + ".sortBy(" + x + ", " + x + ".id).exists(" + x + "s, " +
               condition(x + "s", depth - 1) + ")";
    }
  }

 private:
  std::string nodes(const std::string& of) {
    const char* const lists[] = {"g_ends", "g_begins", "e_begins"};
    return of + "." + lists[random_.pick(3)];
  }

  Random& random_;
  int names_ = 0;
};

Rules rules_of(const std::string& text) {
  const test::ScratchFolder folder;
  folder.write("rule.yaml", text);
  LoadOptions load;
  load.schema = test::graph_schema();
  return load_rules(folder.path(), load).value();
}

struct Took {
  double most = 0;
  double sum = 0;
};

Took judge_all(const Rules& rules, const Network& network, const Limits& limits) {
  EvaluationContext context{test::graph_day, test::graph_day, {}, limits};
  evaluate_detail::Judge judge(network, context);
  const Rule& rule = rules.all()[0];
  const auto bound = evaluate_detail::bind_rule(rule, *rules.schema(), network);
  Took took;
  for (const KindId kind : rule.kinds) {
    for (const NodeId subject : network.nodes(kind)) {
      static_cast<void>(judge.judge(bound, subject));
      const auto used = static_cast<double>(judge.evaluator().fuel_used());
      took.most = std::max(took.most, used);
      took.sum += used;
    }
  }
  return took;
}

}  // namespace

TEST_CASE("evaluate: no expression takes more steps than was told", "[evaluate][cost][random]") {
  Limits limits;
  limits.fuel = 100'000'000;
  int near = 0;
  int done = 0;
  for (std::uint64_t seed = first_seed(); done < wanted(); ++seed) {
    Random random(seed);
    Writer writer(random);
    const std::string text =
        "rule: test.rule\nsubject: (s:A)\nmessage: found\nlet: {l: \"" + writer.condition("s", 2) +
        "\"}\n" + (random.chance(50) ? "when: \"" + writer.condition("s", 1) + "\"\n" : "") +
        "fail_if: \"l || " + writer.condition("s", 3) + "\"\n";
    const Rules rules = rules_of(text);
    const Network network = test::build(test::random_graph(random, 12, 40), seed);
    if (network.nodes(KindId{0}).empty()) continue;
    ++done;
    const RuleCost cost = expected_costs(network, rules, {limits, true}).at(0);
    const Took took = judge_all(rules, network, limits);
    INFO("seed " << seed << "\n" << text);
    CHECK(took.most <= cost.most);
    CHECK(cost.typical <= cost.most);
    CHECK(cost.subjects == network.nodes(KindId{0}).size());
    if (cost.most <= 20 * took.most) ++near;
  }
  // A bound that is always far off would say nothing.
  CHECK(near > wanted() / 3);
}

TEST_CASE("evaluate: no pattern takes more steps than was told", "[evaluate][cost][random]") {
  Limits limits;
  limits.fuel = 100'000'000;
  int near = 0;
  int done = 0;
  const auto try_one = [&](std::uint64_t seed) {
    Random random(seed);
    const test::SlowPattern pattern = test::random_pattern(random);
    const std::string far = pattern.far_end();
    const std::string read = !far.empty() && random.chance(70) ? far : pattern.start;
    const test::ScratchFolder folder;
    const std::string text = "rule: test.rule\nmatch: \"" + pattern.text() +
                             "\"\nsubject: " + pattern.start +
                             "\nmessage: found\nfail_if: " + read + ".n < 2\n";
    folder.write("rule.yaml", text);
    LoadOptions load;
    load.schema = test::graph_schema();
    const auto rules = load_rules(folder.path(), load);
    if (!rules) return;
    const Network network = test::build(test::random_graph(random, 6, 12), seed);
    ++done;
    const RuleCost cost = expected_costs(network, *rules, {limits, true}).at(0);
    const Took took = judge_all(*rules, network, limits);
    INFO("seed " << seed << "\n" << text);
    CHECK(took.most <= cost.most);
    if (cost.most <= 100 * took.most) ++near;
  };
  // Where a long run once found something: what is read on from where a path broke off.
  for (const std::uint64_t seed : {3067U, 3603U, 3631U, 7341U, 8354U, 13238U}) try_one(seed);
  for (std::uint64_t seed = first_seed(); done < wanted(); ++seed) try_one(seed);
  CHECK(near > wanted() / 3);
}

TEST_CASE("evaluate: a rule that may need more than its budget is warned of, with the dearest part",
          "[evaluate][cost]") {
  std::string languages = "en";
  for (int index = 1; index < 400; ++index) languages += ", en";
  const Network network = test::network_of("nodes: {Cohort: {a: {languages: [" + languages +
                                           "]}, b: {languages: [en]}}}");
  const Rules rules = test::cohort_rule(
      "fail_if: |\n  c.workers > 5 &&\n  c.languages.exists(x, c.languages.exists(y,\n"
      "    c.languages.exists(z, x + y + z == 'fr')))");
  const auto costs = expected_costs(network, rules);
  REQUIRE(costs.size() == 1);
  CHECK(costs[0].subjects == 2);
  CHECK(costs[0].most > 4e8);
  CHECK(costs[0].lengths == std::vector<double>{400, 400, 400});
  CHECK(costs[0].position.line == 7);
  CHECK(costs[0].position.column == 5);
  const Diagnostics warnings = cost_warnings(rules, costs);
  REQUIRE(warnings.items().size() == 1);
  CHECK_FALSE(warnings.has_errors());
  const Diagnostic& warning = warnings.items()[0];
  CHECK(warning.id == "rule-cost");
  CHECK(warning.message.find("nests 3 lists of up to 400, 400 and 400 entries") !=
        std::string::npos);
  CHECK(warning.message.find("of 1e6 (fuel)") != std::string::npos);
  CHECK(warning.help.find("`c.languages.exists(z, x + y + z == 'fr')`") != std::string::npos);

  const Rules usual = test::cohort_rule("fail_if: c.languages.exists(x, x == 'fr')");
  CHECK(cost_warnings(usual, expected_costs(network, usual)).empty());
  Limits poor;
  poor.rule_fuel = 100;
  const Diagnostics all = cost_warnings(usual, expected_costs(network, usual), poor);
  REQUIRE(all.items().size() == 1);
  CHECK(all.items()[0].message.find("for 2 subjects, of 100 (rule_fuel)") != std::string::npos);
}

TEST_CASE("evaluate: rules that ship are not warned of for the sample", "[evaluate][cost]") {
  const Rules rules = load_rules("core").value();
  const Network network = test::network_of(
      "nodes: {Recruiter: {r: {}}, Cohort: {a: {}, b: {}}}\n"
      "edges: {recruited: [{from: r, to: a}, {from: r, to: b}]}");
  CHECK(to_text(cost_warnings(rules, expected_costs(network, rules))).empty());
}

TEST_CASE("evaluate: steps are written as people read them", "[evaluate][cost]") {
  CHECK(rough_text(3) == "3");
  CHECK(rough_text(1200) == "1,200");
  CHECK(rough_text(999'999) == "999,999");
  CHECK(rough_text(9.7e6) == "1e7");
  CHECK(rough_text(6.2e10) == "6e10");
  CHECK(rough_text(1e300 * 1e300) == "more than can be counted");
}
