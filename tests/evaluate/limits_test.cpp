// Rules that would never end, or fill the memory: each stops within its budget, and says which
// limit it was and where. Which limit ends which stands in tests/cases/evaluate/limits.txt;
// UPDATE_GOLDEN=1 rewrites it.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::network_of;
using eraudit::test::node;
using eraudit::test::on;
using eraudit::test::rules_of;

namespace {

constexpr std::uint64_t budget = 50'000;
constexpr std::size_t most_bytes = 1u << 20;

Options small() {
  Options options = on();
  options.limits.fuel = budget;
  options.limits.value_bytes = most_bytes;
  return options;
}

std::string repeated(std::string_view text, int times, std::string_view between = "") {
  std::string out;
  for (int index = 0; index < times; ++index) {
    if (index > 0) out += between;
    out += text;
  }
  return out;
}

/// A cohort `a` with 400 languages and a long name.
const Network& cohort() {
  static const Network network =
      network_of("nodes: {Cohort: {a: {workers: 3, occupation: " + repeated("ab ", 300) +
                 ", languages: [" + repeated("en", 400, ", ") + "]}}}");
  return network;
}

/// 14 recruiters, each of whom engages all others.
const Network& clique() {
  static const Network network = [] {
    std::string nodes;
    std::string edges;
    for (int from = 0; from < 14; ++from) {
      nodes += "r" + std::to_string(from) + ": {country: NP}, ";
      for (int to = 0; to < 14; ++to) {
        if (from == to) continue;
        edges += "{from: r" + std::to_string(from) + ", to: r" + std::to_string(to) + "}, ";
      }
    }
    return network_of("nodes: {Recruiter: {" + nodes + "}}\nedges: {engages: [" + edges + "]}");
  }();
  return network;
}

/// What is said of the first subject of a rule; its work is counted beside.
struct Outcome {
  std::string text;
  std::string limit;
  std::uint64_t work = 0;
};

Outcome judge(const Rules& rules, const Network& network, const Options& options = small()) {
  EvaluationContext context;
  context.as_of = context.at = *options.as_of;
  context.limits = options.limits;
  evaluate_detail::Judge judge(network, context);
  const Rule& rule = rules.all()[0];
  const auto bound = evaluate_detail::bind_rule(rule, *rules.schema(), network);
  const NodeId subject{network.nodes(rule.kinds.front()).first};
  const evaluate_detail::Judgement judgement = judge.judge(bound, subject);
  return {std::string(to_text(judgement.verdict)) +
              (judgement.error.empty() ? "" : ": " + std::string(judgement.error)),
          std::string(judgement.limit), judge.evaluator().fuel_used()};
}

const std::string fuel = "50000 steps of evaluation (fuel)";
const std::string bytes = "1048576 bytes of texts, lists and facts (value_bytes)";

/// `let` entries x0, x1 ... of which each is made of the one before.
std::string doubled(std::string_view first, std::string_view next, int times) {
  std::string out = "let:\n  x0: \"" + std::string(first) + "\"\n";
  for (int index = 1; index <= times; ++index) {
    std::string text(next);
    const std::string before = "x" + std::to_string(index - 1);
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@')) {
      text.replace(at, 1, before);
    }
    out += "  x" + std::to_string(index) + ": \"" + text + "\"\n";
  }
  return out;
}

/// Which limits ended rules, one line each, beside the part `title` of the file of cases.
void check_said(const std::string& title, const std::string& said) {
  const std::string path = test::project_file("tests/cases/evaluate/limits.txt");
  std::ifstream file(path);
  REQUIRE(file.is_open());
  std::string all(std::istreambuf_iterator<char>(file), {});
  const std::string head = "=== " + title + "\n";
  const std::size_t begin = all.find(head);
  REQUIRE(begin != std::string::npos);
  const std::size_t first = begin + head.size();
  const std::size_t end = std::min(all.find("\n=== ", first), all.size() - 1) + 1;
  if (std::getenv("UPDATE_GOLDEN") == nullptr) {
    CHECK(all.substr(first, end - first) == said);
    return;
  }
  std::ofstream(path) << all.replace(first, end - first, said);
}

}  // namespace

TEST_CASE("evaluate: a rule that explodes stops within its budget and names the limit",
          "[evaluate][limits]") {
  struct Hostile {
    const char* what;
    std::string rule;
    std::vector<std::string> limits;  ///< one of them
  };
  const std::string in_each = "c.languages.exists(x, ";
  const std::vector<Hostile> all = {
      {"loops over one list within each other",
       "fail_if: " + repeated(in_each, 3) + "x == 'fr'" + repeated(")", 3),
       {fuel}},
      {"the same, each of them kept",
       "fail_if: \"c.languages.map(x, c.languages.map(y, c.languages.map(z, z))).size() == 0\"",
       {fuel}},
      {"places of a list in a list",
       "fail_if: \"c.languages.all(i, x, c.languages.all(j, y, i + j >= 0))\"",
       {fuel}},
      {"texts that double", doubled("'0123456789'", "@ + @", 40) + "fail_if: x40 == ''", {bytes}},
      {"texts that double in a list",
       "fail_if: \"c.languages" + repeated(".map(x, x + x)", 30) + ".exists(x, x == '')\"",
       {fuel, bytes}},
      {"lists that double",
       doubled("[1, 2]", "@ + @", 40) + "fail_if: x40.size() == 0",
       {fuel, bytes}},
      {"lists of lists that are compared",
       doubled("[1, 2]", "[@, @]", 40) + "fail_if: x40 == x40",
       {fuel}},
      {"empty lists of lists that are compared",
       doubled("[]", "[@, @]", 40) + "fail_if: x40 == x40",
       {fuel}},
      {"lists of lists that are flattened",
       doubled("[1, 2]", "[@, @]", 40) + "fail_if: \"x40.flatten(41).size() == 0\"",
       {fuel}},
      {"empty lists of lists that are flattened",
       doubled("[]", "[@, @]", 40) + "fail_if: \"x40.flatten(41).size() == 0\"",
       {fuel}},
      {"lists of lists that are written",
       doubled("[1, 2]", "[@, @]", 40) + "fail_if: \"'%s'.format([x40]) == ''\"",
       {fuel, bytes}},
      {"empty lists of lists that are written",
       doubled("[]", "[@, @]", 40) + "fail_if: \"'%s'.format([x40]) == ''\"",
       {fuel, bytes}},
      {"maps of maps that are compared",
       doubled("{'a': 1}", "{'a': @, 'b': @}", 40) + "fail_if: x40 == x40",
       {fuel}},
      {"sets of lists of lists",
       doubled("[1, 2]", "[@, @]", 40) + "fail_if: \"!sets.contains([x40], [x40])\"",
       {fuel}},
      {"items without repetition of lists of lists",
       doubled("[1, 2]", "[@, @]", 40) + "fail_if: \"[x40, x40].distinct().size() == 0\"",
       {fuel}},
      {"numbers with all their digits",
       "fail_if: \"lists.range(9000).map(i, '%.100f'.format([1e300])).join('').size() == 0\"",
       {fuel, bytes}},
      {"a range of numbers that nobody can count",
       "fail_if: \"lists.range(9000000000).size() == 0\"",
       {fuel, bytes}},
      {"a map with many keys",
       "fail_if: \"lists.range(2000).transformMap(i, x, i).size() == 0\"",
       {fuel}},
      {"keys that are sought in a large map",
       "fail_if: \"cel.bind(m, lists.range(600).transformMap(i, x, i), lists.range(2000).all(i, i "
       "in m))\"",
       {fuel}},
      {"items that are sought in a long list",
       "fail_if: \"lists.range(2000).all(i, i in lists.range(2000))\"",
       {fuel}},
      {"a long list that is sorted again and again",
       "fail_if: \"c.languages.map(x, c.languages.sort()).size() == 0\"",
       {fuel}},
      {"a text that is taken apart",
       "fail_if: \"c.occupation.split('').map(x, c.occupation.split('')).size() == 0\"",
       {fuel}},
      {"a text that is put in place of each character",
       "fail_if: \"c.occupation" + repeated(".replace('', 'abcdefgh')", 8) + " == ''\"",
       {fuel, bytes}},
      {"a pattern with many ways to match",
       "fail_if: \"c.languages.exists(x, c.occupation.matches('(a|b|ab|[a-z ]){50}(x+x+)+y'))\"",
       {fuel}},
      {"a pattern that is put together again and again",
       "fail_if: \"c.languages.exists(x, x.matches('(a{90}){10}' + x))\"",
       {fuel}},
      {"long texts that are compared",
       doubled("'0123456789'", "@ + @", 15) +
           "fail_if: \"c.languages.exists(y, x15 != x14 + x14)\"",
       {fuel, bytes}},
      {"names that are made plain",
       doubled("'Ñandú & Söhne '", "@ + @", 12) +
           "fail_if: \"c.languages.exists(y, normal_name(x12) == y)\"",
       {fuel, bytes}},
      {"a list of many items as it is written",
       "fail_if: \"[" + repeated("1", 45'000, ",") + "].exists(x, [1, 2].exists(y, x + y > 9))\"",
       {fuel}},
  };
  std::string said;
  for (const Hostile& hostile : all) {
    INFO(hostile.what);
    const Rules rules = cohort_rule(hostile.rule);
    const Outcome outcome = judge(rules, cohort());
    INFO(outcome.text);
    said += std::string(hostile.what) + ": " + outcome.limit + "\n";
    CHECK(std::find(hostile.limits.begin(), hostile.limits.end(), outcome.limit) !=
          hostile.limits.end());
    // Where it was: the file is the rule's own.
    CHECK(outcome.text.find("error: limit reached: " + outcome.limit + ", at rule.yaml:") == 0);
    CHECK(outcome.work <= budget + budget / 10);
  }
  check_said("expressions", said);
}

TEST_CASE("evaluate: patterns in a dense network stop within their budget, too",
          "[evaluate][limits][match]") {
  const auto local = [](const std::string& what, const std::string& pattern) {
    return "rule: test.rule\nsubject: (r:Recruiter)\nmessage: found\nlet: {x: {" + what + ": \"" +
           pattern + "\"}}\nfail_if: " + (what == "count" ? "x < 0" : "x") + "\n";
  };
  const auto match = [](const std::string& pattern, const std::string& rest) {
    return "rule: test.rule\nmatch: \"" + pattern + "\"\nsubject: r\nmessage: found\n" + rest +
           "\n";
  };
  const std::string nobody = "(s:Recruiter WHERE s.country == 'MY')";
  const std::string steps = "-[h:engages]->";
  const std::string reads_all = "fail_if: h.size() > 99";
  const std::map<std::string, std::string> all = {
      {"trails counted", local("count", "(r)-[:engages]->{1,12}()")},
      {"walks counted", local("count", "WALK (r)-[:engages]->{1,12}()")},
      {"chains counted", local("count", "ACYCLIC (r)-[:engages]->{1,12}()")},
      {"shortest ones counted", local("count", "ALL SHORTEST (r)-[:engages]->{3,12}()")},
      {"trails that lead nowhere",
       local("exists", "(r)-[:engages]->{2,12}()-[:engages]->{2,12}" + nobody)},
      {"any that lead nowhere", local("exists", "ANY (r)-[:engages]->{4,12}" + nobody)},
      {"rows of trails", match("(r:Recruiter)" + steps + "{1,12}(s)", reads_all)},
      {"rows of walks", match("WALK (r:Recruiter)" + steps + "{1,12}(s)", reads_all)},
      {"rows of shortest trails",
       match("ALL SHORTEST (r:Recruiter)" + steps + "{3,12}(s)", reads_all)},
      {"many steps that may be left out", match("(r:Recruiter)" + repeated(steps + "{0,3}()", 1) +
                                                    repeated("-[:engages]->{0,3}()", 20),
                                                reads_all)},
      {"ways from every row",
       match("(r:Recruiter)" + steps + "{1,2}(s)",
             "let: {x: {count: \"(s)-[:engages]->{1,5}()\"}}\nfail_if: x < h.size()")},
      {"conditions in every row",
       match("(r:Recruiter)" + steps + "{1,2}(s)",
             "fail_if: \"s.engagements.all(e, s.engagements.all(f, s.engagements.all(g, h.size() > "
             "0))) && h.size() > 9\"")},
  };
  const std::vector<std::string> limits = {fuel, "10000 rows of a pattern (rows)"};
  std::string said;
  for (const auto& [what, text] : all) {
    INFO(what << "\n" << text);
    const Outcome outcome = judge(rules_of(text), clique());
    INFO(outcome.text);
    said += what + ": " + outcome.limit + "\n";
    CHECK(std::find(limits.begin(), limits.end(), outcome.limit) != limits.end());
    CHECK(outcome.text.find("error: limit reached: " + outcome.limit + ", at ") == 0);
    CHECK(outcome.work <= budget + budget / 10);
  }
  check_said("patterns", said);
}

TEST_CASE("evaluate: a repeated edge without an end says where it was cut off",
          "[evaluate][limits][match]") {
  std::string nodes;
  std::string edges;
  for (int index = 10; index < 40; ++index) {
    nodes += "r" + std::to_string(index) + ": {}, ";
    if (index > 10) {
      edges += "{from: r" + std::to_string(index - 1) + ", to: r" + std::to_string(index) + "}, ";
    }
  }
  const Network chain =
      network_of("nodes: {Recruiter: {" + nodes + "}}\nedges: {engages: [" + edges + "]}");
  const Outcome outcome =
      judge(rules_of("rule: test.rule\nsubject: (r:Recruiter)\nmessage: found\nlet: {n: {count: "
                     "\"(r)-[:engages]->*()\"}}\nfail_if: n > 20\n"),
            chain);
  CHECK(outcome.limit == "12 hops of `-[:engages]->*`, which names no end (unbounded_hops)");
  CHECK(outcome.text.find(", at rule.yaml:4:") != std::string::npos);
}

TEST_CASE("evaluate: values lie in each other without end, and nothing breaks",
          "[evaluate][limits]") {
  std::string rule = "let:\n  x0: \"[dyn(1)]\"\n";
  for (int index = 1; index <= 24; ++index) {
    rule += "  x" + std::to_string(index) + ": \"" + repeated("[", 100) + "dyn(x" +
            std::to_string(index - 1) + ")" + repeated("]", 100) + "\"\n";
  }
  std::string each;
  for (int index = 0; index <= 24; ++index) {
    each += "x" + std::to_string(index) + ".size() == 1 && ";
  }
  for (const std::string last :
       {"x24 == x24", "'%s'.format([x24]) == ''", "x24.flatten(9000).size() == 0", "x24 in [x24]",
        "sets.contains(x24, x24)"}) {
    INFO(last);
    const Outcome outcome = judge(cohort_rule(rule + "fail_if: \"" + each + last + "\""), cohort());
    CHECK(outcome.limit == "2000 levels of operations");
    CHECK(outcome.work < budget);
  }
}

TEST_CASE("evaluate: a message has an end", "[evaluate][limits]") {
  const std::string tree = doubled("['many words of a list']", "[@, @]", 40);
  const Rules rules =
      rules_of("rule: test.rule\nsubject: (c:Cohort)\n" + tree +
               "message: {en: \"found {x40} and {x40}\"}\nfail_if: c.workers == 3\n");
  Options options = on();
  options.limits.message_bytes = 2'000;
  const Assessment assessment = evaluate(cohort(), rules, options);
  REQUIRE(assessment.findings().size() == 1);
  CHECK(assessment.findings()[0].verdict == Verdict::fail);
  const std::string message = assessment.message(assessment.findings()[0]);
  CHECK(message.size() > 500);
  CHECK(message.size() < 2'100);
  CHECK(message.find("…") != std::string::npos);
}

TEST_CASE("evaluate: a limit is an error even where it is not known whether the rule applies",
          "[evaluate][limits]") {
  const Outcome outcome = judge(
      cohort_rule("when: c.women > 0\nfail_if: c.languages.all(x, c.languages.all(y, x == y))"),
      cohort());
  CHECK(outcome.limit == fuel);
}

TEST_CASE("evaluate: expressions too deep or too long are refused when they are loaded",
          "[evaluate][limits]") {
  CHECK(test::rule_mistakes("rule: test.rule\nsubject: (c:Cohort)\nmessage: found\nfail_if: \"" +
                            repeated("(", 300) + "true" + repeated(")", 300) + "\"\n")
            .find("250") != std::string::npos);
  CHECK(test::rule_mistakes("rule: test.rule\nsubject: (c:Cohort)\nmessage: found\nfail_if: \"[" +
                            repeated("1", 100'000, ",") + "].size() > 0\"\n")
            .find("100000") != std::string::npos);
}

TEST_CASE(
    "evaluate: lists that each entry of 'let' puts into another are refused when they are loaded",
    "[evaluate][limits]") {
  std::string rule = "rule: test.rule\nsubject: (c:Cohort)\nmessage: found\nlet:\n  x0: \"[1]\"\n";
  for (int index = 1; index < 30; ++index) {
    rule += "  x" + std::to_string(index) + ": \"" + repeated("[", 200) + "x" +
            std::to_string(index - 1) + repeated("]", 200) + "\"\n";
  }
  const std::string mistakes = test::rule_mistakes(rule + "fail_if: \"x29 == x29\"\n");
  CHECK(mistakes.find("deeper than 250 levels [cel-limit]") != std::string::npos);
}

namespace {

/// Cohorts that cost about as much as their number of languages, and one rule beside.
struct Many {
  Network network;
  Rules rules;

  Many() : network(make()), rules(load()) {}

  static Network make() {
    std::string nodes;
    for (int index = 1000; index < 9000; ++index) {
      nodes += "c" + std::to_string(index) + ": {workers: 1" +
               (index % 2 == 0 ? ", women: 1" : "") + ", languages: [" +
               repeated("en", 1 + index % 7, ", ") + "]}, ";
    }
    return network_of("nodes: {Cohort: {" + nodes + "}}");
  }
  static Rules load() {
    const test::ScratchFolder folder;
    folder.write("cheap.yaml",
                 "rule: test.cheap\nsubject: (c:Cohort)\nmessage: found\nfail_if: c.workers > 1\n");
    folder.write("dear.yaml",
                 "rule: test.dear\nsubject: (c:Cohort)\nmessage: found\nfail_if: "
                 "c.languages.exists(x, c.languages.exists(y, x != y)) || c.women > 1\n");
    return load_rules(folder.path()).value();
  }
};

}  // namespace

TEST_CASE("evaluate: a rule that is dear in all is stopped, and the others go on",
          "[evaluate][limits]") {
  const Many many;
  const auto dear = *many.rules.find("test.dear");
  const auto cheap = *many.rules.find("test.cheap");
  Options options = on();
  options.limits.rule_fuel = 100'000;
  const Assessment assessment = evaluate(many.network, many.rules, options);
  const RuleCounts& counts = assessment.counts(dear);
  const auto of = [&](Verdict verdict) {
    return counts.by_verdict[static_cast<std::size_t>(verdict)];
  };
  const std::uint64_t left = of(Verdict::error);
  CHECK(left > 1'000);
  CHECK(left < 8'000);
  CHECK(of(Verdict::pass) > 100);
  CHECK(of(Verdict::unknown) > 100);
  CHECK(of(Verdict::error) + of(Verdict::pass) + of(Verdict::unknown) == 8'000);
  CHECK(counts.not_reached == 0);
  CHECK(assessment.counts(cheap).by_verdict[static_cast<std::size_t>(Verdict::pass)] == 8'000);
  CHECK_FALSE(assessment.run().stopped);

  REQUIRE(assessment.run().limits_hit.size() == 1);
  CHECK(assessment.run().limits_hit[0] ==
        LimitHit{{LimitReached::Limit::rule_steps, 100'000}, "test.dear", "dear.yaml:4", left});
  CHECK(assessment.findings().size() == left);
  const Finding& finding = assessment.findings()[0];
  CHECK(finding.verdict == Verdict::error);
  const std::string why =
      "limit reached: 100000 steps of evaluation in all (rule_fuel), at "
      "dear.yaml:4; " +
      std::to_string(8'000 - left) + " of 8000 subjects were judged before";
  CHECK(assessment.message(finding) == why);
  CHECK(assessment.explain(dear, finding.subject).error == why);
  CHECK(assessment.match(dear, finding.subject).rows.empty());
  std::uint64_t waiting = 0;
  for (const Ask& ask : assessment.asks()) waiting += ask.verdicts;
  CHECK(waiting == of(Verdict::unknown));
}

TEST_CASE("evaluate: where the fuel of a rule ends does not hang on threads",
          "[evaluate][limits]") {
  const Many many;
  for (const std::uint64_t rule_fuel : {1ull, 50'000ull, 90'001ull, 150'000ull, 1'000'000ull}) {
    Options options = on();
    options.limits.rule_fuel = rule_fuel;
    const auto all = [&](unsigned threads) {
      options.threads = threads;
      const Assessment assessment = evaluate(many.network, many.rules, options);
      std::string out;
      for (const LimitHit& hit : assessment.run().limits_hit) {
        out += to_text(hit.reached) + " " + hit.rule + " " + std::to_string(hit.count) + "\n";
      }
      for (const Finding& finding : assessment.findings()) {
        out += std::string(many.network.id(finding.subject)) + " ";
      }
      for (const Ask& ask : assessment.asks()) {
        out +=
            ask.path + " " + std::to_string(ask.verdicts) + " " + std::to_string(ask.facts) + "\n";
      }
      for (std::size_t rule = 0; rule < many.rules.size(); ++rule) {
        for (const KindId kind : many.rules.all()[rule].kinds) {
          for (const NodeId subject : many.network.nodes(kind)) {
            out += static_cast<char>('0' + static_cast<int>(assessment.verdict(rule, subject)));
          }
        }
      }
      return out;
    };
    const std::string one = all(1);
    INFO(rule_fuel);
    CHECK(all(2) == one);
    CHECK(all(4) == one);
  }
}
