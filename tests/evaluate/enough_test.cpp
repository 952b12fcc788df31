// What would be enough to decide an unknown verdict, and what would be asked later; the claims are
// compared with what the engine says of every completion.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"
#include "tests/support/random_condition.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::network_of;
using eraudit::test::on;
using eraudit::test::rules_of;

namespace {

Explanation explain(const Rules& rules, const Network& network) {
  return evaluate(network, rules, on()).explain(0, network.find("a").value());
}

std::string joined(const std::vector<Missing>& facts, std::string_view with) {
  std::string out;
  for (const Missing& fact : facts) {
    if (!out.empty()) out += with;
    out += fact.reading.name;
  }
  return out;
}

/// `a.women -> fail; a.women + a.workers -> fail pass`
std::string enough(const Explanation& explanation) {
  std::string out;
  for (const Enough& set : explanation.enough) {
    if (!out.empty()) out += "; ";
    out += joined(set.facts, " + ") + " ->";
    for (const Verdict verdict : set.verdicts) out += " " + std::string(to_text(verdict));
  }
  return out;
}

std::string enough(std::string_view rule, std::string_view cohort = "") {
  return enough(explain(cohort_rule(rule),
                        network_of("nodes: {Cohort: {a: {" + std::string(cohort) + "}}}")));
}

/// `if c.women > 0: a.workers; if not c.women > 0: a.fees`
std::string later(std::string_view rule, std::string_view cohort = "") {
  const Explanation explanation =
      explain(cohort_rule(rule), network_of("nodes: {Cohort: {a: {" + std::string(cohort) + "}}}"));
  std::string out;
  for (const Later& needs : explanation.later) {
    if (!out.empty()) out += "; ";
    out += std::string("if ") + (needs.outcome ? "" : "not ") + needs.condition + ": " +
           joined(needs.facts, " ");
  }
  return out;
}

}  // namespace

TEST_CASE("evaluate: of `a || b` one answer may be enough to fail, of `a && b` to pass",
          "[evaluate][enough]") {
  CHECK(enough("fail_if: c.women > 5 || c.workers > 5") == "a.women -> fail; a.workers -> fail");
  CHECK(enough("fail_if: c.women > 5 && c.workers > 5") == "a.women -> pass; a.workers -> pass");
  CHECK(enough("pass_if: c.women > 5 && c.workers > 5") == "a.women -> fail; a.workers -> fail");
  CHECK(enough("fail_if: c.women > 5") == "a.women -> fail pass");
  CHECK(enough("fail_if: '!(c.women > 5)'") == "a.women -> fail pass");
}

TEST_CASE("evaluate: the fewest conditions come first, and no set with one that is enough",
          "[evaluate][enough]") {
  CHECK(enough("fail_if: c.women > 5 && c.workers > 5 || c.weekly_hours > 60.0") ==
        "a.weekly_hours -> fail; a.women + a.workers -> fail");
  CHECK(enough("fail_if: c.women > 5 && c.workers > 5 || c.weekly_hours > 60.0 && c.origin == "
               "'NP'") == "a.women + a.workers -> fail; a.women + a.weekly_hours -> pass");
}

TEST_CASE("evaluate: what is known is not asked for", "[evaluate][enough]") {
  CHECK(enough("fail_if: c.women > 5 && c.workers > 5", "workers: 9") == "a.women -> fail pass");
  CHECK(enough("fail_if: c.women > 5 || c.workers > 5 || c.weekly_hours > 60.0", "workers: 3") ==
        "a.women -> fail; a.weekly_hours -> fail");
  const Explanation decided = explain(cohort_rule("fail_if: c.women > 5 || c.workers > 5"),
                                      network_of("nodes: {Cohort: {a: {workers: 9}}}"));
  CHECK(decided.enough.empty());
  CHECK(decided.later.empty());
  CHECK(decided.open_conditions == 0);
}

TEST_CASE("evaluate: with `when` unknown either side may make the rule not apply",
          "[evaluate][enough]") {
  constexpr const char* rule = "when: c.women > 0\nfail_if: c.workers > 5";
  CHECK(enough(rule) == "a.women -> not_applicable; a.workers -> not_applicable");
  CHECK(later(rule) == "if c.women > 0: a.workers");
  CHECK(enough(rule, "workers: 9") == "a.women -> fail not_applicable");
  CHECK(later(rule, "workers: 9").empty());
  CHECK(enough(rule, "women: 3") == "a.workers -> fail pass");
  CHECK(later(rule, "women: 3").empty());
}

TEST_CASE("evaluate: of `?:` the condition and one branch are enough, and each branch comes later",
          "[evaluate][enough]") {
  constexpr const char* rule = "fail_if: 'c.women > 0 ? c.workers > 5 : c.weekly_hours > 60.0'";
  CHECK(enough(rule) == "a.women + a.workers -> fail pass; a.women + a.weekly_hours -> fail pass");
  CHECK(later(rule) == "if c.women > 0: a.workers; if not c.women > 0: a.weekly_hours");
  CHECK(enough(rule, "workers: 9") == "a.women -> fail");
  CHECK(later(rule, "workers: 9") == "if not c.women > 0: a.weekly_hours");
  // Within a value: nothing less than all that it may read is claimed.
  CHECK(enough("fail_if: '(c.women > 0 ? c.workers : 3) > 5'") ==
        "a.workers + a.women -> fail pass");
  CHECK(later("fail_if: '(c.women > 0 ? c.workers : 3) > 5'") == "if c.women > 0: a.workers");
}

TEST_CASE("evaluate: `let` entries are followed, and a comprehension is one condition",
          "[evaluate][enough]") {
  CHECK(enough("let: {many: c.workers > 5, both: many && c.women > 3}\nfail_if: both || many") ==
        "a.workers -> fail pass");
  CHECK(enough("fail_if: c.fees.exists(f, f.amount > 0) || c.women > 3") ==
        "a.fees -> fail; a.women -> fail");
  const Explanation explanation =
      explain(cohort_rule("fail_if: c.fees.exists(f, f.amount > 0) || c.women > 3"),
              network_of("nodes: {Cohort: {a: {}}}"));
  CHECK(explanation.open_conditions == 2);
  REQUIRE(explanation.enough.size() == 2);
  CHECK(explanation.enough[0].conditions ==
        std::vector<std::string>{"c.fees.exists(f, f.amount > 0)"});
  CHECK_FALSE(explanation.enough[0].facts[0].question.empty());
}

TEST_CASE("evaluate: conditions that read one fact are one answer, and are not put together",
          "[evaluate][enough]") {
  CHECK(enough("fail_if: c.workers > 100 || c.workers < 3") == "a.workers -> fail");
  // More than ten is never less than six.
  CHECK(enough("fail_if: 'c.workers > 10 ? c.workers > 5 : c.women > 3'") ==
        "a.workers + a.women -> fail pass");
  CHECK(enough("fail_if: 'c.workers > 10 ? c.workers > 5 : c.workers > 3'").empty());
}

TEST_CASE("evaluate: an answer that only breaks the rule is not enough", "[evaluate][enough]") {
  CHECK(enough("fail_if: c.women > 0 || 1 / (c.workers - 6) > 0", "workers: 6") ==
        "a.women -> fail");
}

TEST_CASE("evaluate: nothing is claimed of more than twelve conditions, or of an unknown day",
          "[evaluate][enough]") {
  std::string condition = "c.workers > 0";
  for (int number = 1; number < 12; ++number) {
    condition += " || c.workers > " + std::to_string(number);
  }
  const Network network = network_of("nodes: {Cohort: {a: {}}}");
  const Explanation twelve = explain(cohort_rule("fail_if: " + condition), network);
  CHECK(twelve.open_conditions == most_open_conditions);
  CHECK(enough(twelve) == "a.workers -> fail");
  const Explanation more =
      explain(cohort_rule("fail_if: " + condition + " || c.women > 3"), network);
  CHECK(more.verdict == Verdict::unknown);
  CHECK(more.open_conditions == 13);
  CHECK(more.enough.empty());

  const Explanation day = explain(cohort_rule("at: c.recruited\nfail_if: c.women > 3"), network);
  CHECK(day.verdict == Verdict::unknown);
  CHECK(joined(day.waits_for, " ") == "a.recruited");
  CHECK(day.open_conditions == 0);
  CHECK(day.enough.empty());
}

TEST_CASE("evaluate: of a chain the first row may fail it; pass needs that there is no other",
          "[evaluate][enough][match]") {
  const auto outlook = [](std::string_view nodes, std::string_view engages,
                          std::string_view complete, std::string_view rest = "") {
    const Rules rules = rules_of(
        "rule: test.rule\nmatch: |\n  (r:Recruiter)-[:engages]->(s:Recruiter WHERE s.country == "
        "'NP')\nsubject: r\nmessage: found\nfail_if: s.role == 'agency'\n" +
        std::string(rest));
    return enough(explain(
        rules, network_of("nodes: {Recruiter: {" + std::string(nodes) + "}}\nedges: {engages: [" +
                          std::string(engages) + "]}\ncomplete: [" + std::string(complete) + "]")));
  };
  constexpr const char* one = "{from: a, to: s}";
  constexpr const char* two = "{from: a, to: s}, {from: a, to: t}";
  constexpr const char* all = "{node: a, list: engagements}";
  CHECK(outlook("a: {}, s: {country: NP}", one, all) == "s.role -> fail pass");
  CHECK(outlook("a: {}, s: {country: NP}", one, "") == "s.role -> fail");
  CHECK(outlook("a: {}, s: {role: agency}", one, all) == "s.country -> fail not_applicable");
  CHECK(outlook("a: {}, s: {}", one, all) ==
        "s.role -> not_applicable; s.country -> not_applicable");
  CHECK(outlook("a: {}, s: {country: NP, role: individual}", one, "") == "a.engagements -> pass");
  CHECK(outlook("a: {}", "", "") == "a.engagements -> not_applicable");
  // The other row is open, too: nothing but fail hangs on this one.
  CHECK(outlook("a: {}, s: {country: NP}, t: {country: NP}", two, all) == "s.role -> fail");
  CHECK(outlook("a: {}, s: {country: NP}, t: {country: NP, role: individual}", two, all) ==
        "s.role -> fail pass");
  CHECK(outlook("a: {}, s: {country: NP, role: agency}", one, "", "when: r.identified") ==
        "a.identified -> fail not_applicable");
}

namespace {

/// A condition that an attribute of its own decides.
struct Atom {
  std::string condition;
  std::string path;  ///< of the attribute, or list
  std::string yes;   ///< as networks write it
  std::string no;    ///< empty: it can only be answered in one way
};

/// All nodes that differ in which conditions are answered, and how. A subject is its answers, one
/// digit each: 0 not known, 1 yes, 2 no.
class Completions {
 public:
  Completions(const std::vector<Atom>& atoms, const Assessment& assessment)
      : atoms_(atoms), assessment_(assessment) {}

  using Conditions = std::set<std::size_t>;
  using Sets = std::map<Conditions, std::set<Verdict>>;

  [[nodiscard]] Verdict verdict(const std::string& answers) const {
    return assessment_.verdict(0, assessment_.network().find("a" + answers).value());
  }

  /// By trying out: the sets of up to three conditions that decide, and of which no part does.
  [[nodiscard]] Sets tried(const std::string& answers) const {
    std::vector<Conditions> chosen{{}};
    Sets found;
    for (std::size_t size = 1; size <= 3; ++size) {
      std::vector<Conditions> larger;
      for (const Conditions& less : chosen) {
        for (std::size_t next = less.empty() ? 0 : *less.rbegin() + 1; next < atoms_.size();
             ++next) {
          if (answers[next] != '0') continue;
          Conditions more = less;
          more.insert(next);
          larger.push_back(more);
          if (has_part(found, more)) continue;
          std::set<Verdict> decided;
          decide(answers, more, decided);
          if (!decided.empty()) found.emplace(more, decided);
        }
      }
      chosen = std::move(larger);
    }
    return found;
  }

  /// What the explanation claims, each set in its order.
  [[nodiscard]] std::vector<std::pair<Conditions, std::set<Verdict>>> claimed(
      const std::string& answers) const {
    std::vector<std::pair<Conditions, std::set<Verdict>>> out;
    const Explanation explanation =
        assessment_.explain(0, assessment_.network().find("a" + answers).value());
    for (const Enough& set : explanation.enough) {
      auto& [conditions, decided] = out.emplace_back();
      for (const Missing& fact : set.facts) {
        const auto atom = std::find_if(atoms_.begin(), atoms_.end(), [&](const Atom& one) {
          return one.path == fact.reading.path;
        });
        REQUIRE(atom != atoms_.end());
        conditions.insert(static_cast<std::size_t>(atom - atoms_.begin()));
      }
      decided.insert(set.verdicts.begin(), set.verdicts.end());
    }
    return out;
  }

 private:
  static bool has_part(const Sets& found, const Conditions& conditions) {
    return std::any_of(found.begin(), found.end(), [&](const auto& known) {
      return std::includes(conditions.begin(), conditions.end(), known.first.begin(),
                           known.first.end());
    });
  }

  void decide(const std::string& answers, Conditions open, std::set<Verdict>& decided) const {
    if (open.empty()) {
      const Verdict is = verdict(answers);
      if (is == Verdict::fail || is == Verdict::pass || is == Verdict::not_applicable) {
        decided.insert(is);
      }
      return;
    }
    const std::size_t next = *open.begin();
    open.erase(open.begin());
    std::string with = answers;
    with[next] = '1';
    decide(with, open, decided);
    if (atoms_[next].no.empty()) return;
    with[next] = '2';
    decide(with, open, decided);
  }

  const std::vector<Atom>& atoms_;
  const Assessment& assessment_;
};

std::vector<std::string> all_answers(const std::vector<Atom>& atoms) {
  std::vector<std::string> out{""};
  for (const Atom& atom : atoms) {
    std::vector<std::string> longer;
    for (const std::string& answers : out) {
      for (const char digit : {'0', '1', '2'}) {
        if (digit != '2' || !atom.no.empty()) longer.push_back(answers + digit);
      }
    }
    out = std::move(longer);
  }
  return out;
}

/// `workers: 9, ` if the answer to this condition is known.
std::string cell(const Atom& atom, char answer) {
  if (answer == '0') return {};
  return atom.path.substr(atom.path.find('.') + 1) + ": " + (answer == '1' ? atom.yes : atom.no) +
         ", ";
}

std::string random_condition(std::mt19937& random, const std::vector<std::string>& atoms,
                             int depth) {
  return test::random_condition(
      random, depth, [&](std::mt19937& chance) { return atoms[chance() % atoms.size()]; });
}

std::string key(std::string_view name, const std::string& text) {
  return std::string(name) + ": |\n  " + text + "\n";
}

/// How much was looked at, so that the test does not pass by claiming nothing.
struct Tally {
  std::size_t unknown = 0;
  std::map<std::size_t, std::size_t> sets_of;  ///< claims by number of conditions
};

void check_claims(const std::vector<Atom>& atoms, const Assessment& assessment,
                  const std::vector<std::string>& subjects, Tally& tally) {
  const Completions completions(atoms, assessment);
  for (const std::string& answers : subjects) {
    if (completions.verdict(answers) != Verdict::unknown) continue;
    ++tally.unknown;
    const auto tried = completions.tried(answers);
    const auto claimed = completions.claimed(answers);
    INFO("answers " << answers);
    REQUIRE(claimed.size() == std::min(most_enough, tried.size()));
    std::vector<std::size_t> sizes;
    for (const auto& [conditions, decided] : tried) sizes.push_back(conditions.size());
    std::sort(sizes.begin(), sizes.end());
    for (std::size_t index = 0; index < claimed.size(); ++index) {
      const auto& [conditions, decided] = claimed[index];
      const auto found = tried.find(conditions);
      REQUIRE(found != tried.end());
      REQUIRE(found->second == decided);
      REQUIRE(conditions.size() == sizes[index]);
      ++tally.sets_of[conditions.size()];
    }
    if (claimed.size() == 2) REQUIRE(claimed[0].first != claimed[1].first);
  }
}

}  // namespace

TEST_CASE("evaluate: what is claimed to be enough is so in some completion, and nothing less is",
          "[evaluate][enough]") {
  const std::vector<Atom> atoms = {
      {"c.workers > 5", "Cohort.workers", "9", "1"},
      {"c.women > 5", "Cohort.women", "8", "0"},
      {"c.weekly_hours > 60.0", "Cohort.weekly_hours", "66", "40"},
      {"c.origin == 'NP'", "Cohort.origin", "NP", "BD"},
      {"c.migration == 'local'", "Cohort.migration", "local", "internal"}};
  const std::vector<std::string> subjects = all_answers(atoms);
  std::string yaml = "nodes:\n  Cohort:\n";
  for (const std::string& answers : subjects) {
    yaml += "    a" + answers + ": {";
    for (std::size_t index = 0; index < atoms.size(); ++index) {
      yaml += cell(atoms[index], answers[index]);
    }
    yaml += "}\n";
  }
  const Network network = network_of(yaml);
  std::vector<std::string> conditions;
  for (const Atom& atom : atoms) conditions.push_back(atom.condition);
  std::mt19937 random(11);
  Tally tally;
  for (int number = 0; number < 60; ++number) {
    std::string rule;
    std::vector<std::string> names = conditions;
    if (random() % 2 == 0) rule += key("when", random_condition(random, conditions, 2));
    if (random() % 3 == 0) {
      rule += "let:\n  some: |\n    " + random_condition(random, conditions, 2) + "\n";
      names.emplace_back("some");
    }
    rule += key(random() % 2 == 0 ? "fail_if" : "pass_if",
                random_condition(random, names, 2 + static_cast<int>(random() % 2)));
    INFO(rule);
    check_claims(atoms, evaluate(network, cohort_rule(rule), on()), subjects, tally);
  }
  CHECK(tally.unknown > 2'000);
  CHECK(tally.sets_of[1] > 50);
  CHECK(tally.sets_of[2] > 50);
  CHECK(tally.sets_of[3] > 10);
}

TEST_CASE("evaluate: the same of a chain with one row", "[evaluate][enough][match]") {
  const std::vector<Atom> atoms = {{"r.role == 'agency'", "Recruiter.role", "agency", "individual"},
                                   {"s.country == 'NP'", "Recruiter.country", "NP", "BD"},
                                   {"s.identified", "Recruiter.identified", "true", "false"},
                                   {"s.city == 'Itahari'", "Recruiter.city", "Itahari", "Dhaka"},
                                   {"", "Recruiter.engagements", "complete", ""}};
  const std::vector<std::string> subjects = all_answers(atoms);
  std::string nodes = "nodes:\n  Recruiter:\n";
  std::string engages = "edges:\n  engages:\n";
  std::string complete = "complete:\n";
  for (const std::string& answers : subjects) {
    nodes += "    a" + answers + ": {" + cell(atoms[0], answers[0]) + "}\n    s" + answers + ": {";
    for (const std::size_t index : {1U, 2U, 3U}) nodes += cell(atoms[index], answers[index]);
    nodes += "}\n";
    engages += "    - {from: a" + answers + ", to: s" + answers + "}\n";
    if (answers[4] == '1') complete += "  - {node: a" + answers + ", list: engagements}\n";
  }
  const Network network = network_of(nodes + engages + complete);
  const std::vector<std::string> conditions = {atoms[2].condition, atoms[3].condition};
  std::mt19937 random(13);
  Tally tally;
  for (int number = 0; number < 40; ++number) {
    std::string rule =
        "rule: test.rule\nmatch: |\n  (r:Recruiter)-[:engages]->(s:Recruiter WHERE s.country == "
        "'NP')\nsubject: r\nmessage: found\n";
    if (random() % 2 == 0) rule += key("when", atoms[0].condition);
    rule += key(random() % 2 == 0 ? "fail_if" : "pass_if",
                random_condition(random, conditions, 1 + static_cast<int>(random() % 2)));
    INFO(rule);
    check_claims(atoms, evaluate(network, rules_of(rule), on()), subjects, tally);
  }
  CHECK(tally.unknown > 1'000);
  for (const std::size_t size : {1U, 2U}) {
    INFO("sets of " << size);
    CHECK(tally.sets_of[size] > 50);
  }
}
