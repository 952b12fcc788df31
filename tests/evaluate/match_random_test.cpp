// Verdicts of rules with `match` against ones that are worked out by trying every way to go.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/pattern/slow.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

namespace eraudit::test {
namespace {

enum class Truth3 { no, yes, unknown, error };

/// What a rule says of one node of a row.
struct Question {
  std::string variable;
  enum class Kind { small, flag, division } kind = Kind::small;
  bool pass_if = false;
  bool when = false;  ///< applies to subjects whose `b` is true

  [[nodiscard]] std::string text(const std::string& start) const {
    std::string condition = variable + ".n < 2";
    if (kind == Kind::flag) condition = variable + ".b";
    if (kind == Kind::division) condition = "10 / " + variable + ".n > 4";
    return (when ? "when: " + start + ".b\n" : std::string()) +
           (pass_if ? "pass_if: " : "fail_if: ") + condition + "\n";
  }
};

Truth3 ask(const Question& question, const Graph::Node& node) {
  const auto is = [](bool value) { return value ? Truth3::yes : Truth3::no; };
  if (question.kind == Question::Kind::flag) return node.b ? is(*node.b) : Truth3::unknown;
  if (!node.n) return Truth3::unknown;
  if (question.kind == Question::Kind::small) return is(*node.n < 2);
  return *node.n == 0 ? Truth3::error : is(10 / *node.n > 4);
}

struct Expected {
  Verdict verdict = Verdict::unknown;
  std::set<Fact> facts;                ///< at least these are waited for
  std::vector<std::uint32_t> witness;  ///< nodes of the smallest failing row
};

class Slow {
 public:
  Slow(const Graph& graph, const Network& network) : graph_(graph), network_(network) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      number_[network.find("n" + std::to_string(i))->index] = i;
    }
  }

  Expected judge(const SlowPattern& pattern, const Question& question, int start,
                 SlowResult found) const {
    const Graph::Node& subject = graph_.nodes[static_cast<std::size_t>(start)];
    if (question.when && subject.b == false) return {Verdict::not_applicable, {}, {}};
    // What a rule reads at the ends alone does not hang on which of the rows between are meant.
    const bool by_ends =
        question.variable == pattern.start || question.variable == pattern.far_end();
    if (pattern.chooses() && !by_ends) found.rows = slow_choice(pattern.paths[0].mode, found);
    const Expected rows = judge_rows(question, std::move(found));
    if (!question.when || subject.b) return rows;
    if (rows.verdict == Verdict::pass || rows.verdict == Verdict::not_applicable) {
      return {Verdict::not_applicable, {}, {}};
    }
    return {Verdict::unknown, rows.verdict == Verdict::unknown ? rows.facts : std::set<Fact>(), {}};
  }

 private:
  Expected judge_rows(const Question& question, SlowResult found) const {
    std::sort(found.rows.begin(), found.rows.end(),
              [](const SlowRow& a, const SlowRow& b) { return a.before(b); });
    // Rows that agree in what the rule reads are one: there if any is, else possible if any is.
    std::map<std::uint32_t, std::vector<const SlowRow*>> groups;
    for (const SlowRow& row : found.rows) {
      groups[row.variables.at(question.variable)[0]].push_back(&row);
    }
    bool broken = false;
    bool open = found.has_frontier;
    bool good = false;
    std::set<Fact> facts = found.frontier;
    const SlowRow* witness = nullptr;
    for (const auto& [id, rows] : groups) {
      const SlowRow* best = nullptr;
      for (const Status status : {Status::certain, Status::possible, Status::error}) {
        for (const SlowRow* row : rows) {
          if (best == nullptr && row->status == status) best = row;
        }
      }
      if (best->status == Status::error) {
        broken = true;
        continue;
      }
      const Truth3 said = ask(question, graph_.nodes[number_.at(id)]);
      const bool certain = best->status == Status::certain;
      const bool bad = said == (question.pass_if ? Truth3::no : Truth3::yes);
      const bool decided = said == Truth3::yes || said == Truth3::no;
      good = good || certain;
      if (bad && certain && (witness == nullptr || best->before(*witness))) witness = best;
      if (said == Truth3::error && certain) broken = true;
      if (decided ? bad && !certain : said == Truth3::unknown || !certain) {
        open = true;
        for (const SlowRow* row : rows) {
          if (!certain) facts.insert(row->facts.begin(), row->facts.end());
        }
        if (said == Truth3::unknown) facts.insert(fact(id, question));
      }
    }
    if (witness != nullptr) return {Verdict::fail, {}, witness->nodes};
    if (broken) return {Verdict::error, {}, {}};
    if (open) return {Verdict::unknown, facts, {}};
    return {good ? Verdict::pass : Verdict::not_applicable, {}, {}};
  }

  [[nodiscard]] Fact fact(std::uint32_t id, const Question& question) const {
    const NodeId node{id};
    const NodeKind& kind = network_.schema().kind(network_.kind(node));
    return Fact::of(node, *kind.find(question.kind == Question::Kind::flag ? "b" : "n"));
  }

  const Graph& graph_;
  const Network& network_;
  std::map<std::uint32_t, std::size_t> number_;
};

int wanted() {
  return std::getenv("ERAUDIT_SOAK") != nullptr ? 20'000 : 1'200;
}

Options usual() {
  Options options;
  options.as_of = graph_day;
  options.limits.fuel = 100'000'000;
  return options;
}

std::optional<Rules> rule_of(const SlowPattern& pattern, const Question& question) {
  const ScratchFolder folder;
  folder.write("rule.yaml", "rule: test.rule\nmatch: |\n  " + pattern.text() +
                                "\nsubject: " + pattern.start + "\nmessage: found\n" +
                                question.text(pattern.start));
  LoadOptions options;
  options.schema = graph_schema();
  options.pattern_limits.rows = 1'000'000;
  auto rules = load_rules(folder.path(), options);
  if (rules) return *rules;
  INFO(to_text(rules.diagnostics()));
  for (const Diagnostic& one : rules.diagnostics().items()) {
    if (one.level == DiagnosticLevel::error) CHECK(one.id == "pattern-step");
  }
  return std::nullopt;
}

Question random_question(Random& random, const SlowPattern& pattern) {
  std::vector<std::string> names;
  for (const auto& path : pattern.paths) {
    for (const auto& node : path.nodes) {
      if (!node.variable.empty()) names.push_back(node.variable);
    }
  }
  Question question;
  question.variable = names[static_cast<std::size_t>(random.pick(static_cast<int>(names.size())))];
  const int kind = random.pick(8);
  question.kind = kind < 4   ? Question::Kind::small
                  : kind < 7 ? Question::Kind::flag
                             : Question::Kind::division;
  question.pass_if = random.chance(30);
  question.when = random.chance(25);
  return question;
}

}  // namespace

TEST_CASE("evaluate: verdicts over rows agree with those of one that tries every way to go",
          "[evaluate][match][random]") {
  std::map<Verdict, std::size_t> seen;
  int done = 0;
  const char* const first = std::getenv("ERAUDIT_SEED");
  for (std::uint64_t seed = first != nullptr ? std::stoull(first) : 1; done < wanted(); ++seed) {
    Random random(seed);
    const SlowPattern pattern = random_pattern(random);
    const Question question = random_question(random, pattern);
    const auto rules = rule_of(pattern, question);
    if (!rules) continue;
    for (int round = 0; round < 3; ++round) {
      const Graph graph = random_graph(random, 4, 6);
      const Network network = build(graph, seed);
      const Assessment assessment = evaluate(network, *rules, usual());
      const Assessment other = evaluate(build(graph, seed + 7), *rules, usual());
      const Slow slow(graph, network);
      for (int start = 0; start < static_cast<int>(graph.nodes.size()); ++start) {
        const NodeId node = *network.find("n" + std::to_string(start));
        const KindId kind = network.kind(node);
        const auto& kinds = rules->all()[0].kinds;
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
        SlowResult found = slow_match(pattern, graph, network, start);
        if (found.gave_up) continue;
        ++done;
        INFO("seed " << seed << ", round " << round << ", n" << start << ": " << pattern.text()
                     << "\n"
                     << question.text(pattern.start));
        const Expected expected = slow.judge(pattern, question, start, std::move(found));
        const Verdict came = assessment.verdict(0, node);
        ++seen[came];
        REQUIRE(to_text(came) == to_text(expected.verdict));
        // The order in which things are told changes nothing.
        CHECK(other.verdict(0, node) == came);
        const Explanation why = assessment.explain(0, node);
        std::set<Fact> waits;
        for (const Missing& missing : why.waits_for) waits.insert(missing.reading.fact);
        CHECK(std::includes(waits.begin(), waits.end(), expected.facts.begin(),
                            expected.facts.end()));
        if (came == Verdict::fail) {
          REQUIRE_FALSE(why.match.rows.empty());
          // All nodes of the row, though in another order than it was read in.
          std::multiset<std::uint32_t> nodes;
          for (const MatchedPath& path : why.match.rows[0].paths) {
            for (const NodeId one : path.nodes) nodes.insert(one.index);
          }
          CHECK(nodes ==
                std::multiset<std::uint32_t>(expected.witness.begin(), expected.witness.end()));
        }
      }
    }
  }
  // The test would say nothing if one of these never happened.
  for (const Verdict verdict :
       {Verdict::fail, Verdict::error, Verdict::unknown, Verdict::pass, Verdict::not_applicable}) {
    INFO(to_text(verdict));
    CHECK(seen[verdict] > static_cast<std::size_t>(wanted() / 200));
  }
}

TEST_CASE("evaluate: rows that many subjects have in common come to what each of them comes to",
          "[evaluate][match][random]") {
  const char* const patterns[] = {
      "ACYCLIC (s:B)-[:f]->(h:A)-[:g]->{0,3}(x:A)",
      "(s:B)-[:f]->(h:A WHERE h.b)-[:g]->{0,2}(x:A WHERE x.n > 0)",
      "(s:A)-[:e]->(h)-[:f]->{0,2}(x)",
      "(x:A)<-[:g]-{0,3}(h:A)<-[y:e WHERE y.k > 1]-(s:A)",
      "WALK (s:A)-[:e]->(h:B)-[:f]->(x)",
  };
  const char* const conditions[] = {"fail_if: x.b", "pass_if: x.b", "fail_if: x.n < 1",
                                    "fail_if: 10 / x.n > 4", "pass_if: x.n > 0 || x.b"};
  std::map<Verdict, std::size_t> seen;
  std::size_t shared = 0;
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(wanted() / 4); ++seed) {
    Random random(seed * 13);
    const ScratchFolder folder;
    const std::string text = "rule: test.rule\nmatch: |\n  " +
                             std::string(patterns[random.pick(5)]) +
                             "\nsubject: s\nmessage: found\n" + conditions[random.pick(5)] + "\n";
    folder.write("rule.yaml", text);
    LoadOptions load;
    load.schema = graph_schema();
    const Rules rules = load_rules(folder.path(), load).value();
    const Network network = build(random_graph(random, 9, 16), seed);
    const Rule& rule = rules.all()[0];
    const BoundPattern bound = eraudit::bind(rule.match, network, rule.tables);
    Evaluator evaluator(&network, {graph_day, graph_day, {}, {}});
    if (Matcher(bound, evaluator).shares_steps(rule.match_needs)) ++shared;
    const Assessment assessment = evaluate(network, rules, usual());
    std::uint64_t asked = 0;
    for (const Ask& ask : assessment.asks()) asked += ask.facts;
    std::set<Fact> waited_for;
    for (const KindId kind : rule.kinds) {
      for (const NodeId node : network.nodes(kind)) {
        INFO("seed " << seed << ", " << network.id(node) << "\n" << text);
        const Verdict verdict = assessment.verdict(0, node);
        ++seen[verdict];
        // An explanation looks at every row for itself.
        const Explanation why = assessment.explain(0, node);
        CHECK(to_text(why.verdict) == to_text(verdict));
        if (verdict != Verdict::unknown) continue;
        for (const Missing& missing : why.waits_for) waited_for.insert(missing.reading.fact);
      }
    }
    INFO(text);
    CHECK(asked == waited_for.size());
  }
  CHECK(shared > static_cast<std::size_t>(wanted() / 8));
  for (const Verdict verdict :
       {Verdict::fail, Verdict::error, Verdict::unknown, Verdict::pass, Verdict::not_applicable}) {
    INFO(to_text(verdict));
    CHECK(seen[verdict] > 4);
  }
}

TEST_CASE("evaluate: filling a gap of a graph never flips a verdict over rows",
          "[evaluate][match][random]") {
  std::size_t decided = 0;
  std::size_t settled = 0;
  for (std::uint64_t seed = 1; decided < static_cast<std::size_t>(wanted() / 3); ++seed) {
    Random random(seed * 31);
    const SlowPattern pattern = random_pattern(random);
    const Question question = random_question(random, pattern);
    const auto rules = rule_of(pattern, question);
    if (!rules) continue;
    const Graph graph = random_graph(random, 5, 7);
    Graph filled = graph;
    for (Graph::Node& node : filled.nodes) {
      if (!node.n && random.chance(60)) node.n = random.pick(4) - 1;
      if (!node.b && random.chance(60)) node.b = random.chance(50);
    }
    for (Graph::Edge& edge : filled.edges) {
      if (!edge.k && random.chance(60)) edge.k = random.pick(4);
    }
    const Network before = build(graph, seed);
    const Network after = build(filled, seed);
    const Assessment was = evaluate(before, *rules, usual());
    const Assessment is = evaluate(after, *rules, usual());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      const std::string name = "n" + std::to_string(i);
      const Verdict old = was.verdict(0, *before.find(name));
      const Verdict now = is.verdict(0, *after.find(name));
      INFO("seed " << seed << ", " << name << ": " << pattern.text() << "\n"
                   << question.text(pattern.start) << to_text(old) << ", then " << to_text(now));
      if (old == Verdict::unknown) {
        if (now != Verdict::unknown) ++settled;
        continue;
      }
      ++decided;
      // What broke may be decided by what is found now. Where nothing was there to be found, it may
      // turn out that the rule applied, or that there was a row. All else stays.
      if (old == Verdict::error) {
        CHECK((now == Verdict::error || now == Verdict::fail));
      } else if (old == Verdict::not_applicable) {
        CHECK((now == Verdict::not_applicable || now == Verdict::pass));
      } else {
        CHECK(now == old);
      }
    }
  }
  CHECK(settled > 10);
}

}  // namespace eraudit::test
