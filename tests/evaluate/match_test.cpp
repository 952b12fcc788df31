// What design.md says about a rule that judges the rows of a pattern, sentence by sentence.

#include <string>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/day.hpp"
#include "tests/support/model.hpp"
#include "tests/support/network.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::network_of;
using eraudit::test::node;
using eraudit::test::on;
using eraudit::test::rules_of;

namespace {

/// About a recruiter `r` and whoever works for it.
Rules chain(std::string_view rest,
            std::string_view match = "ACYCLIC (r:Recruiter)-[h:engages]->{1,3}(s:Recruiter)") {
  return rules_of("rule: test.rule\nmatch: |\n  " + std::string(match) +
                  "\nsubject: r\nmessage: found\n" + std::string(rest));
}

/// `edges`: `r>s, s>t`; `complete`: nodes that engage nobody else; `nodes`: `s: {role: agency}`.
Network engaged(std::string_view edges, std::string_view complete, std::string_view nodes = {}) {
  std::string text = "nodes: {Recruiter: {";
  std::string names;
  const auto add = [&](const std::string& name) {
    if (names.find("|" + name + "|") != std::string::npos) return;
    names += "|" + name + "|";
    if (nodes.find(name + ": ") == std::string_view::npos) text += name + ": {}, ";
  };
  std::string engages;
  for (std::size_t at = 0; at < edges.size();) {
    const std::size_t end = std::min(edges.find(", ", at), edges.size());
    const std::string edge(edges.substr(at, end - at));
    const std::size_t arrow = edge.find('>');
    add(edge.substr(0, arrow));
    add(edge.substr(arrow + 1));
    engages += "{from: " + edge.substr(0, arrow) + ", to: " + edge.substr(arrow + 1) + "}, ";
    at = end + 2;
  }
  add("r");
  text += std::string(nodes) + "}}\nedges: {engages: [" + engages + "]}\ncomplete: [";
  for (std::size_t at = 0; at < complete.size();) {
    const std::size_t end = std::min(complete.find(", ", at), complete.size());
    text += "{node: " + std::string(complete.substr(at, end - at)) + ", list: engagements}, ";
    at = end + 2;
  }
  return network_of(text + "]\n");
}

/// The verdict on `r`, what it waits for, the error, and the rows it rests on.
std::string judge(const Rules& rules, const Network& network, const Options& options = on()) {
  const Assessment assessment = evaluate(network, rules, options);
  const Explanation explanation = assessment.explain(0, node(network, "r"));
  std::string out(to_text(assessment.verdict(0, node(network, "r"))));
  std::string separator = ": ";
  for (const auto& [reading, question] : explanation.waits_for) {
    out += separator + reading.name;
    separator = ", ";
  }
  if (!explanation.error.empty()) out += ": " + explanation.error;
  separator = "; ";
  for (const MatchedRow& row : explanation.match.rows) {
    out += separator + (row.certain ? "" : "possibly ");
    for (const MatchedPath& path : row.paths) out += to_text(path, network);
  }
  if (explanation.match.more != 0) {
    out += " and " + std::to_string(explanation.match.more) + " more";
  }
  return out;
}

}  // namespace

TEST_CASE("evaluate: every node of the subject's kinds is judged, with a row or without",
          "[evaluate][match]") {
  const Network network = engaged("r>s", "r, s", "s: {role: agency}, t: {role: agency}");
  const Assessment assessment = evaluate(network, chain("fail_if: s.role == 'agency'"), on());
  CHECK(assessment.counts(0).selected == 3);
  CHECK(assessment.verdict(0, node(network, "r")) == Verdict::fail);
  CHECK(assessment.verdict(0, node(network, "s")) == Verdict::not_applicable);
  CHECK(assessment.verdict(0, node(network, "t")) == Verdict::unknown);
  CHECK(assessment.findings().size() == 1);
}

TEST_CASE("evaluate: a row that is there and bad decides, whatever else is not known",
          "[evaluate][match]") {
  const std::string nodes = "s: {role: agency}, t: {}, u: {role: agency}";
  CHECK(judge(chain("fail_if: s.role == 'agency'"), engaged("r>s, r>t", "", nodes)) ==
        "fail; r -> s");
  CHECK(judge(chain("pass_if: s.role != 'agency'"), engaged("r>s, r>t", "", nodes)) ==
        "fail; r -> s");
  CHECK(judge(chain("fail_if: s.role == 'agency'"), engaged("r>t, t>u", "", nodes)) ==
        "fail; r -> t -> u");
}

TEST_CASE("evaluate: rows that are good, and no further ones, are a pass", "[evaluate][match]") {
  CHECK(judge(chain("fail_if: s.role == 'agency'"),
              engaged("r>s, s>t", "r, s, t", "s: {role: individual}, t: {role: sub_agent}")) ==
        "pass; r -> s; r -> s -> t");
}

TEST_CASE("evaluate: where further rows may be, and nothing bad was found, nothing is decided",
          "[evaluate][match]") {
  const Rules rules = chain("fail_if: s.role == 'agency'");
  CHECK(judge(rules, engaged("r>s", "r", "s: {role: individual}")) == "unknown: s.engagements");
  CHECK(judge(rules, engaged("r>s, s>t, t>u", "r, s, t",
                             "s: {role: individual}, t: {role: individual}, u: {role: "
                             "individual}")) == "pass; r -> s; r -> s -> t; r -> s -> t -> u");
}

TEST_CASE("evaluate: no row is not applicable if there can be none, else unknown",
          "[evaluate][match]") {
  const Rules rules = chain("fail_if: s.role == 'agency'");
  CHECK(judge(rules, engaged("", "r")) == "not_applicable");
  CHECK(judge(rules, engaged("", "")) == "unknown: r.engagements");
}

TEST_CASE("evaluate: a row that is open waits for its own facts", "[evaluate][match]") {
  CHECK(judge(chain("fail_if: s.role == 'agency'"),
              engaged("r>s, r>t", "r, s, t", "s: {}, t: {role: individual}")) ==
        "unknown: s.role; r -> s");
}

TEST_CASE("evaluate: a possible row that would be bad waits for what it hangs on",
          "[evaluate][match]") {
  const std::string match = "(r:Recruiter)-[:engages]->(s:Recruiter WHERE s.country == 'NP')";
  const auto verdict = [&](std::string_view condition, std::string_view nodes) {
    return judge(chain(condition, match), engaged("r>s", "r", nodes));
  };
  CHECK(verdict("fail_if: s.role == 'agency'", "s: {role: agency}") ==
        "unknown: s.country; possibly r -> s");
  // good: ignored, and so there is no row
  CHECK(verdict("fail_if: s.role == 'agency'", "s: {role: individual}") == "not_applicable");
  // open
  CHECK(verdict("fail_if: s.role == 'agency'", "s: {}") ==
        "unknown: s.country, s.role; possibly r -> s");
  // it is there, or it is not
  CHECK(verdict("fail_if: s.role == 'agency'", "s: {role: agency, country: NP}") == "fail; r -> s");
  CHECK(verdict("fail_if: s.role == 'agency'", "s: {role: agency, country: BD}") ==
        "not_applicable");
}

TEST_CASE("evaluate: a possible row that would be good leaves a certain one to decide",
          "[evaluate][match]") {
  CHECK(judge(chain("fail_if: s.role == 'agency'",
                    "(r:Recruiter)-[:engages]->(s:Recruiter WHERE s.country == 'NP')"),
              engaged("r>s, r>t", "r",
                      "s: {role: individual}, t: {role: individual, country: NP}")) ==
        "pass; r -> t");
}

TEST_CASE("evaluate: 'when' is asked of the subject before the pattern is read",
          "[evaluate][match]") {
  const Rules rules = chain("when: r.country == 'NP'\nfail_if: s.role == 'agency'");
  const std::string bad = ", s: {role: agency}";
  const std::string good = ", s: {role: individual}";
  CHECK(judge(rules, engaged("r>s", "r, s", "r: {country: BD}" + bad)) == "not_applicable");
  CHECK(judge(rules, engaged("r>s", "r, s", "r: {country: NP}" + bad)) == "fail; r -> s");
  CHECK(judge(rules, engaged("r>s", "r, s", "r: {}" + bad)) == "unknown: r.country; r -> s");
  CHECK(judge(rules, engaged("r>s", "r, s", "r: {}" + good)) == "not_applicable; r -> s");
  CHECK(judge(rules, engaged("", "r", "r: {}")) == "not_applicable");
  CHECK(judge(rules, engaged("", "", "r: {}")) == "unknown: r.country, r.engagements");
}

TEST_CASE("evaluate: an error is one, unless what was found decides", "[evaluate][match]") {
  const std::string division =
      "fail_if: 's.role == \"agency\" || 10 / (s.country == \"NP\" ? 1 : 0) > 20'";
  const Rules rules = chain(division);
  CHECK(judge(rules, engaged("r>s", "r, s", "s: {role: individual, country: BD}")) ==
        "error: division by zero; r -> s");
  CHECK(judge(rules, engaged("r>s, r>t", "r, s, t",
                             "s: {role: individual, country: BD}, t: {role: agency}")) ==
        "fail; r -> t");
  // It is worse than not to know.
  CHECK(judge(rules, engaged("r>s", "", "s: {role: individual, country: BD}")) ==
        "error: division by zero; r -> s");
  // A row that may not be there, and would break, waits for that.
  CHECK(
      judge(chain(division, "(r:Recruiter)-[:engages]->(s:Recruiter WHERE s.active_in.size() > 0)"),
            engaged("r>s", "r", "s: {role: individual, country: BD}")) ==
      "unknown: s.active_in; possibly r -> s");
  // A condition of the pattern that breaks.
  CHECK(judge(chain("fail_if: s.role == 'agency'",
                    "(r:Recruiter)-[:engages]->(s:Recruiter WHERE 10 / (s.country == 'NP' ? 1 : "
                    "0) > 2)"),
              engaged("r>s", "r", "s: {role: agency, country: BD}")) ==
        "error: division by zero; r -> s");
}

TEST_CASE("evaluate: more rows than are looked at are an error, unless one of them decides",
          "[evaluate][match]") {
  std::string edges;
  std::string nodes;
  for (int index = 10; index < 40; ++index) {
    edges += (edges.empty() ? "r>s" : ", r>s") + std::to_string(index);
    nodes += (nodes.empty() ? "s" : ", s") + std::to_string(index) + ": {role: individual}";
  }
  const test::ScratchFolder folder;
  folder.write("rule.yaml",
               "rule: test.rule\nmatch: (r:Recruiter)-[h:engages]->(s:Recruiter)\nsubject: r\n"
               "message: found\nfail_if: s.role == 'agency'\n");
  LoadOptions options;
  options.pattern_limits.rows = 20;
  const Rules rules = load_rules(folder.path(), options).value();
  CHECK(judge(rules, engaged(edges, "r", nodes)) ==
        "error: limit reached: 20 rows of a pattern (rows), at rule.yaml:2:8");
  nodes.replace(nodes.find("individual"), 10, "agency");
  CHECK(judge(rules, engaged(edges, "r", nodes)) == "fail; r -> s10");
  const Assessment assessment = evaluate(engaged(edges, "r", ""), rules, on());
  CHECK(assessment.run().limits_hit ==
        std::vector<LimitHit>{{{LimitReached::Limit::rows, 20}, "test.rule", "rule.yaml:5", 1}});
}

TEST_CASE("evaluate: the witness is the smallest failing row; sixteen are kept, the others counted",
          "[evaluate][match]") {
  const Rules rules = chain("fail_if: s.role == 'agency'\nseverity: low");
  CHECK(judge(rules, engaged("r>z, r>a, a>b, b>c", "",
                             "z: {role: individual}, a: {role: individual}, b: {role: agency}, c: "
                             "{role: agency}")) == "fail; r -> a -> b; r -> a -> b -> c");
  std::string edges;
  std::string nodes;
  for (int index = 10; index < 30; ++index) {
    edges += (edges.empty() ? "r>s" : ", r>s") + std::to_string(index);
    nodes += (nodes.empty() ? "s" : ", s") + std::to_string(index) + ": {role: agency}";
  }
  const Network network = engaged(edges, "r", nodes);
  const Assessment assessment = evaluate(network, rules, on());
  const MatchedRows rows = assessment.match(0, node(network, "r"));
  REQUIRE(rows.rows.size() == 16);
  CHECK(to_text(rows.rows[0].paths[0], network) == "r -> s10");
  CHECK(to_text(rows.rows[15].paths[0], network) == "r -> s25");
  CHECK(rows.more == 4);
  CHECK(assessment.findings().size() == 1);
}

TEST_CASE("evaluate: message and severity are those of the rows that fail", "[evaluate][match]") {
  const test::ScratchFolder folder;
  folder.write("tables/grade.yaml", R"(eraudit: table/1
table: grade
inputs: {hops: int}
output: {severity: severity}
rows: [{hops: '< 2', severity: low}, {hops: '>= 2', severity: high}]
)");
  folder.write("rule.yaml", R"(rule: test.rule
match: |
  p = ACYCLIC (r:Recruiter)-[h:engages]->{1,3}(s:Recruiter)
subject: r
let: {hops: p.length, others: s.engagements.size()}
fail_if: s.role == 'agency'
severity: {table: grade, by: [hops]}
message: "{s.id} after {hops}: {p.nodes.map(n, n.id)}; engages {others}"
)");
  const Rules rules = load_rules(folder.path()).value();
  const Network near = engaged("r>a", "r, a", "a: {role: agency}");
  Assessment assessment = evaluate(near, rules, on());
  REQUIRE(assessment.findings().size() == 1);
  CHECK(assessment.findings()[0].severity == SeverityRange{Severity::low, Severity::low});
  CHECK(assessment.message(assessment.findings()[0]) == "a after 1: r, a; engages 0");
  // One finding for both rows: the witness is the shorter, the severity the graver.
  const Network far = engaged("r>a, a>b", "r, a, b", "a: {role: agency}, b: {role: agency}");
  assessment = evaluate(far, rules, on());
  REQUIRE(assessment.findings().size() == 2);  // `a` engages an agency too
  CHECK(assessment.findings()[0].subject == node(far, "r"));
  CHECK(assessment.findings()[0].severity == SeverityRange{Severity::high, Severity::high});
  CHECK(assessment.message(assessment.findings()[0]) == "a after 1: r, a; engages 1");
}

TEST_CASE("evaluate: 'exists' and 'count' are entries of 'let', worked out for each row",
          "[evaluate][match]") {
  const Rules rules = chain(
      "let:\n  back: {exists: '(s)-[:engages]->(r)'}\n  many: {count: '(s)-[:engages]->()'}\n"
      "fail_if: back || many > 1");
  CHECK(judge(rules, engaged("r>s, s>r", "r, s")) == "fail; r -> s");
  CHECK(judge(rules, engaged("r>s, s>t, s>u", "")) == "fail; r -> s");
  const std::string all =
      "edges: {engages: [{from: r, to: s}, {from: s, to: t}]}\n"
      "complete: [{node: r, list: engagements}, {node: s, list: engagements}, "
      "{node: t, list: engagements}";
  const std::string nodes = "nodes: {Recruiter: {r: {}, s: {}, t: {}}}\n";
  // `back` is read from the subject: it rests on who engages that.
  CHECK(judge(rules, network_of(nodes + all + ", {node: r, list: engaged_by}]\n")) ==
        "pass; r -> s; r -> s -> t");
  CHECK(judge(rules, network_of(nodes + all + "]\n")) ==
        "unknown: r.engaged_by; r -> s; r -> s -> t");
  const Rules subject = rules_of(
      "rule: test.rule\nsubject: (r:Recruiter)\nmessage: '{many}'\n"
      "let: {many: {count: '(r)-[:engages]->(s:Recruiter WHERE s.role == \"agency\")'}}\n"
      "fail_if: many > 1\n");
  CHECK(judge(subject, engaged("r>a, r>b", "r", "a: {role: agency}, b: {}")) == "unknown: b.role");
  CHECK(judge(subject, engaged("r>a, r>b", "", "a: {role: agency}, b: {role: agency}")) == "fail");
  CHECK(judge(subject, engaged("r>a, r>b", "r", "a: {role: agency}, b: {role: individual}")) ==
        "pass");
}

TEST_CASE("evaluate: an entry of 'let' with a pattern may begin at another entry",
          "[evaluate][match]") {
  const Rules rules = chain(
      "let:\n  known: {exists: '(first)-[:engages]->(x WHERE x.role == s.role)'}\n"
      "  first: h[0].to\nfail_if: known");
  CHECK(judge(rules, engaged("r>s, s>t", "r, s, t", "s: {role: agency}, t: {role: sub_agent}")) ==
        "fail; r -> s -> t");
}

TEST_CASE("evaluate: facts that rows wait for are asked like others", "[evaluate][match]") {
  const Network network = engaged("r>s, s>t", "r", "s: {role: individual}, t: {}");
  const Assessment assessment =
      evaluate(network, chain("when: r.country != 'BD'\nfail_if: s.role == 'agency'"), on());
  std::string asked;
  for (const Ask& ask : assessment.asks()) {
    asked += ask.path + " " + std::to_string(ask.verdicts) + " " + std::to_string(ask.facts) + "\n";
  }
  CHECK(asked == "Recruiter.country 3 3\nRecruiter.engagements 3 2\nRecruiter.role 2 1\n");
}

TEST_CASE("evaluate: an explanation shows the row, its conditions and what was read",
          "[evaluate][match]") {
  const Rules rules = chain(
      "let: {more: {exists: '(s)-[:engages]->(x:Recruiter)'}}\nfail_if: s.role == 'agency' && more",
      "(r:Recruiter)-[h:engages WHERE h.written]->(s:Recruiter WHERE s.country == 'NP')");
  const Network network = network_of(R"(
nodes: {Recruiter: {r: {}, s: {role: agency, country: NP}, t: {}}}
edges: {engages: [{from: r, to: s, written: true}, {from: s, to: t}]}
)");
  const Explanation why = evaluate(network, rules, on()).explain(0, node(network, "r"));
  REQUIRE(why.verdict == Verdict::fail);
  REQUIRE(why.where.size() == 2);
  CHECK(why.where[0].text == "h.written");
  CHECK(why.where[0].outcome.value == "true");
  CHECK(why.where[1].text == "s.country == 'NP'");
  REQUIRE(why.condition);
  REQUIRE(why.condition->parts.size() == 2);
  REQUIRE(why.condition->parts[1].variables.size() == 1);
  const Condition& more = why.condition->parts[1].variables[0];
  CHECK(more.name == "more");
  CHECK(more.outcome.value == "true");
  REQUIRE(more.parts.size() == 1);
  CHECK(more.parts[0].text == "s -> t");
  std::vector<std::string> names;
  for (const Reading& reading : why.witness) names.push_back(reading.name);
  CHECK(names == std::vector<std::string>{"engages(r, s).written", "s.country", "s.role"});
  names.clear();
  for (const Reading& reading : why.would_change) names.push_back(reading.name);
  CHECK(names == std::vector<std::string>{"engages(r, s).written", "s.country", "s.role"});
}

TEST_CASE("evaluate: that nothing was found rests on the lists that are said to be complete",
          "[evaluate][match]") {
  const Rules rules = chain("fail_if: s.role == 'agency'");
  const Network network = network_of(R"(
sources: {voices: {class: worker-interview-offsite}}
nodes: {Recruiter: {r: {}, s: {role: individual}}}
edges: {engages: [{from: r, to: s}]}
complete: [{node: r, list: engagements, source: voices}, {node: s, list: engagements}]
)");
  const Explanation why = evaluate(network, rules, on()).explain(0, node(network, "r"));
  REQUIRE(why.verdict == Verdict::pass);
  REQUIRE(why.witness.size() == 3);
  CHECK(why.witness[1].name == "r.engagements");
  CHECK(to_text(why.witness[1].value, "en") == "1 edge, that is all");
  CHECK(why.witness[1].source == "voices");
  CHECK(to_text(why.witness[2].value, "en") == "no edges, that is all");
  REQUIRE(why.would_change.size() == 3);
}

TEST_CASE("evaluate: explaining one verdict changes no other", "[evaluate][match]") {
  const Rules rules = chain("fail_if: s.role == 'agency'");
  const Network network =
      engaged("r>s, s>t", "r, s, t", "s: {role: individual}, t: {role: agency}");
  const Assessment assessment = evaluate(network, rules, on());
  const auto rows = [&](const Explanation& why) { return why.match.rows; };
  const Explanation first = assessment.explain(0, node(network, "r"));
  CHECK(assessment.explain(0, node(network, "s")).verdict == Verdict::fail);
  CHECK(assessment.explain(0, node(network, "t")).verdict == Verdict::not_applicable);
  const Explanation again = assessment.explain(0, node(network, "r"));
  CHECK(rows(first) == rows(again));
  CHECK(first.would_change.size() == again.would_change.size());
}

TEST_CASE("evaluate: what is shortest is judged only where nothing shorter may come",
          "[evaluate][match]") {
  const Rules rules =
      chain("fail_if: size(h) > 1\n", "ALL SHORTEST (r:Recruiter)-[h:engages]->{1,3}(s:Recruiter)");
  CHECK(judge(rules, engaged("r>s, s>t", "r, s, t")) == "fail; r -> s -> t");
  CHECK(judge(rules, engaged("r>s, s>t, r>t", "r, s, t")) == "pass; r -> s; r -> t");
  // Somebody may engage t directly.
  CHECK(judge(rules, engaged("r>s, s>t", "s, t")) ==
        "unknown: r.engagements; possibly r -> s -> t");
  CHECK(judge(rules, engaged("r>s, s>t", "r, s")) == "fail; r -> s -> t");
  // The ends alone are not chosen from.
  const Rules ends = chain("fail_if: s.role == 'agency'\n",
                           "ANY SHORTEST (r:Recruiter)-[h:engages]->{1,3}(s:Recruiter)");
  CHECK(judge(ends, engaged("r>s, s>t", "s, t", "t: {role: agency}")) == "fail; r -> s -> t");
}
