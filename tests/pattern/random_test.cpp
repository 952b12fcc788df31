// The real matcher and the slow one agree.

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <set>

#include "eraudit/pattern/matcher.hpp"
#include "tests/pattern/slow.hpp"
#include "tests/pattern/support.hpp"
#include "tests/support/catch.hpp"

namespace eraudit::test {
namespace {

int pairs() {
  return std::getenv("ERAUDIT_SOAK") != nullptr ? 100'000 : 2'500;
}

std::set<Fact> facts_of(const FactSet* facts) {
  if (facts == nullptr) return {};
  REQUIRE(facts->more == 0);
  return {facts->facts.begin(), facts->facts.end()};
}

bool within(const std::set<Fact>& a, const std::set<Fact>& b) {
  return std::includes(b.begin(), b.end(), a.begin(), a.end());
}

template <class Id>
std::vector<std::uint32_t> numbers(std::span<const Id> ids) {
  std::vector<std::uint32_t> out;
  for (const Id id : ids) out.push_back(id.index);
  return out;
}

Status status_of(const MatchRows& rows, std::size_t row) {
  if (rows.possible(row) != nullptr) return Status::possible;
  return rows.error(row).is(ValueKind::error) ? Status::error : Status::certain;
}

struct Counters {
  std::size_t patterns = 0;
  std::size_t refused = 0;
  std::size_t walkable = 0;
  std::size_t choices = 0;
  std::map<std::string, std::size_t> answers;
  std::size_t rows = 0;
  std::size_t gave_up = 0;
};

/// Everything the matcher says of one start node against what it should say. Throws on a
/// difference.
class Comparison {
 public:
  Comparison(const SlowPattern& pattern, const BoundPattern& bound, const SlowResult& slow,
             NodeId start, bool walkable, Counters& counters)
      : written_(pattern),
        bound_(bound),
        slow_(slow),
        start_(start),
        walkable_(walkable),
        counters_(counters) {
    const auto by_size = [](const SlowRow& a, const SlowRow& b) { return a.before(b); };
    std::sort(slow_.rows.begin(), slow_.rows.end(), by_size);
    taken_ = pattern.chooses() ? slow_choice(pattern.paths[0].mode, slow_) : slow_.rows;
    std::sort(taken_.begin(), taken_.end(), by_size);
    for (const SlowRow& row : slow_.rows) {
      all_.insert(row.facts.begin(), row.facts.end());
      certain_ += row.status == Status::certain ? 1 : 0;
      possible_ += row.status == Status::possible ? 1 : 0;
      errors_ += row.status == Status::error ? 1 : 0;
    }
    all_.insert(slow_.frontier.begin(), slow_.frontier.end());
  }

  void run(Matcher& matcher) {
    whole(matcher);
    exists(matcher);
    count(matcher);
    smallest(matcher);
    for (const bool with_end : {false, true}) projected(matcher, with_end);
  }

 private:
  [[nodiscard]] std::string names(const std::set<Fact>& facts) const {
    std::string out;
    for (const Fact& fact : facts) out += fact_text(bound_.network(), fact) + " ";
    return out;
  }

  /// Where what is reached by a longer way is left alone, so are the facts of that way.
  void facts(const std::set<Fact>& found, const std::set<Fact>& expected) {
    if (!written_.chooses() || !walkable_) {
      CHECK(names(found) == names(expected));
    } else {
      INFO("found " << names(found) << "\nexpected " << names(expected));
      CHECK(within(found, expected));
      CHECK(found.empty() == expected.empty());
    }
  }

  void whole(Matcher& matcher) {
    const MatchRows& rows = matcher.rows(start_);
    REQUIRE(rows.size() == taken_.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SlowRow& expected = taken_[i];
      std::string row;
      for (const EdgeId edge : rows.edges(i)) row += bound_.network().name(edge) + " ";
      INFO("edges " << row);
      CHECK(numbers(rows.nodes(i)) == expected.nodes);
      CHECK(numbers(rows.edges(i)) == expected.edges);
      CHECK(status_of(rows, i) == expected.status);
      facts(facts_of(rows.possible(i)), expected.facts);
      const auto& variables = bound_.pattern().variables();
      for (std::uint32_t v = 0; v < variables.size(); ++v) {
        if (variables[v].role != PatternRole::node) continue;
        CHECK(matcher.value(i, v).as_node().index == expected.variables.at(variables[v].name)[0]);
      }
    }
    facts(facts_of(rows.frontier()), slow_.frontier);
    CHECK(rows.limit().is(ValueKind::null));
    counters_.rows += rows.size();
  }

  void exists(Matcher& matcher) {
    const Value value = matcher.exists(start_);
    if (certain_ > 0) {
      ++counters_.answers["true"];
      CHECK(value.is_true());
    } else if (!all_.empty()) {
      ++counters_.answers["unknown"];
      REQUIRE(value.is(ValueKind::unknown));
      CHECK(within(all_, facts_of(value.facts)));
      if (!walkable_) CHECK(names(facts_of(value.facts)) == names(all_));
    } else if (errors_ > 0) {
      ++counters_.answers["error"];
      CHECK(value.is(ValueKind::error));
    } else {
      ++counters_.answers["false"];
      CHECK(value.is_false());
    }
  }

  void count(Matcher& matcher) {
    const Value value = matcher.count(start_);
    if (written_.chooses()) {
      count_taken(value);
      return;
    }
    if (errors_ > 0) {
      CHECK(value.is(ValueKind::error));
      return;
    }
    if (all_.empty()) {
      REQUIRE(value.is(ValueKind::integer));
      CHECK(value.integer == certain_);
      return;
    }
    REQUIRE(value.is(ValueKind::range));
    CHECK(value.range->low.integer == certain_);
    CHECK(names(facts_of(value.range->facts)) == names(all_));
    if (slow_.has_frontier) {
      CHECK(value.range->high.is(ValueKind::null));
    } else {
      CHECK(value.range->high.integer == certain_ + possible_);
    }
  }

  /// The laws of soundness say the rest.
  void count_taken(const Value& value) const {
    std::int64_t certain = 0;
    std::int64_t errors = 0;
    std::set<std::uint32_t> ends;
    for (const SlowRow& row : taken_) {
      ends.insert(row.nodes.back());
      certain += row.status == Status::certain ? 1 : 0;
      errors += row.status == Status::error ? 1 : 0;
    }
    if (value.is(ValueKind::integer)) {
      const bool all_shortest = written_.paths[0].mode == PatternMode::all_shortest;
      CHECK(static_cast<std::size_t>(value.integer) ==
            (all_shortest ? taken_.size() : ends.size()));
      if (all_shortest) CHECK(value.integer == certain);
    } else if (value.is(ValueKind::range)) {
      CHECK(value.range->low.integer >= certain);
      CHECK(value.range->high.is(ValueKind::null) == slow_.has_frontier);
      if (slow_.has_frontier) return;
      CHECK(value.range->high.integer >= value.range->low.integer);
      CHECK(value.range->high.integer <= static_cast<std::int64_t>(taken_.size()));
    } else if (value.is(ValueKind::error)) {
      CHECK(errors > 0);
    } else {
      CHECK(value.is(ValueKind::unknown));
      CHECK(errors_ > 0);
    }
  }

  static const SlowRow* best(const std::vector<const SlowRow*>& rows) {
    for (const Status status : {Status::certain, Status::possible, Status::error}) {
      for (const SlowRow* row : rows) {
        if (row->status == status) return row;
      }
    }
    return nullptr;
  }

  void smallest(Matcher& matcher) {
    std::vector<const SlowRow*> rows;
    for (const SlowRow& row : slow_.rows) rows.push_back(&row);
    const MatchRows& found = matcher.smallest(start_);
    const SlowRow* const expected = best(rows);
    REQUIRE(found.size() == (expected == nullptr ? 0 : 1));
    if (expected == nullptr) return;
    CHECK(numbers(found.nodes(0)) == expected->nodes);
    CHECK(numbers(found.edges(0)) == expected->edges);
    CHECK(status_of(found, 0) == expected->status);
    CHECK(within(expected->facts, facts_of(found.possible(0))));
  }

  void projected(Matcher& matcher, bool with_end) {
    const auto& variables = bound_.pattern().variables();
    std::vector<std::uint32_t> needed{bound_.pattern().start()};
    if (with_end) {
      for (std::uint32_t v = 0; v < variables.size(); ++v) {
        if (variables[v].role == PatternRole::node) needed = {bound_.pattern().start(), v};
      }
    }
    // Rows told apart by their ends are not chosen from.
    const std::string& last = variables[needed.back()].name;
    const bool ends_tell = last == written_.start || last == written_.far_end();
    std::map<std::vector<std::uint32_t>, std::vector<const SlowRow*>> groups;
    for (const SlowRow& row : ends_tell ? slow_.rows : taken_) {
      std::vector<std::uint32_t> key;
      for (const std::uint32_t v : needed) key.push_back(row.variables.at(variables[v].name)[0]);
      groups[key].push_back(&row);
    }
    const MatchRows& rows = matcher.rows(start_, needed);
    REQUIRE(rows.size() == groups.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<std::uint32_t> key;
      for (const std::uint32_t v : needed) key.push_back(matcher.value(i, v).as_node().index);
      REQUIRE(groups.count(key) == 1);
      const std::vector<const SlowRow*>& group = groups[key];
      const SlowRow* const expected = best(group);
      CHECK(numbers(rows.nodes(i)) == expected->nodes);
      CHECK(numbers(rows.edges(i)) == expected->edges);
      CHECK(status_of(rows, i) == expected->status);
      if (expected->status != Status::possible) continue;
      std::set<Fact> facts;
      for (const SlowRow* row : group) facts.insert(row->facts.begin(), row->facts.end());
      CHECK(within(facts, facts_of(rows.possible(i))));
    }
    if (ends_tell || !written_.chooses()) {
      CHECK(within(slow_.frontier, facts_of(rows.frontier())));
    } else {
      facts(facts_of(rows.frontier()), slow_.frontier);
    }
    CHECK((rows.frontier() != nullptr) == slow_.has_frontier);
  }

  const SlowPattern& written_;
  const BoundPattern& bound_;
  SlowResult slow_;
  std::vector<SlowRow> taken_;
  NodeId start_;
  bool walkable_;
  Counters& counters_;
  std::set<Fact> all_;
  std::int64_t certain_ = 0;
  std::int64_t possible_ = 0;
  std::int64_t errors_ = 0;
};

}  // namespace

TEST_CASE("pattern: the matcher agrees with one that tries every way to go", "[pattern][random]") {
  PatternLimits limits;
  limits.rows = 1'000'000;
  Counters counters;
  int done = 0;
  const char* const first = std::getenv("ERAUDIT_SEED");
  for (std::uint64_t seed = first != nullptr ? std::stoull(first) : 1; done < pairs(); ++seed) {
    Random random(seed);
    const SlowPattern pattern = random_pattern(random);
    ExpressionText text = ExpressionText::of(pattern.text());
    Environment environment(graph_schema());
    const auto compiled = compile_match(text, environment, pattern.start, limits);
    ++counters.patterns;
    if (!compiled) {
      // Nothing but steps that the schema does not allow is refused here.
      INFO(to_text(compiled.diagnostics()));
      for (const Diagnostic& one : compiled.diagnostics().items()) {
        if (one.level == DiagnosticLevel::error) CHECK(one.id == "pattern-step");
      }
      ++counters.refused;
      continue;
    }
    const bool walkable = pattern_walks(**compiled);
    counters.walkable += walkable ? 1 : 0;
    for (int round = 0; round < 4; ++round) {
      const Graph graph = random_graph(random, 4, 6);
      const Network network = build(graph, seed);
      const BoundPattern bound = bind(*compiled, network);
      Limits evaluation;
      evaluation.fuel = 100'000'000;
      Evaluator evaluator(&network, {graph_day, graph_day, {}, evaluation});
      Matcher matcher(bound, evaluator);
      const int start = random.pick(static_cast<int>(graph.nodes.size()));
      INFO("seed " << seed << ", round " << round << ": " << text.text << " from n" << start
                   << (walkable ? ", breadth first" : ""));
      evaluator.begin();
      const SlowResult slow = slow_match(pattern, graph, network, start);
      if (slow.gave_up) {
        ++counters.gave_up;
        continue;
      }
      ++done;
      if (pattern.chooses()) ++counters.choices;
      const NodeId node = *network.find("n" + std::to_string(start));
      Comparison comparison(pattern, bound, slow, node, walkable, counters);
      comparison.run(matcher);
    }
  }
  // The test would say nothing if one of these never happened.
  CHECK(counters.refused * 3 < counters.patterns);
  CHECK(counters.walkable * 10 > counters.patterns);
  CHECK(counters.choices * 10 > static_cast<std::size_t>(done));
  CHECK(counters.rows > static_cast<std::size_t>(done));
  for (const std::string answer : {"true", "unknown", "false"}) {
    CHECK(counters.answers[answer] * 12 > static_cast<std::size_t>(done));
  }
  CHECK(counters.answers["error"] > 0);
  CHECK(counters.gave_up * 50 < static_cast<std::size_t>(done));
}

}  // namespace eraudit::test
