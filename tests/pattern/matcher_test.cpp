#include "tests/pattern/support.hpp"
#include "tests/support/plain_value.hpp"

namespace eraudit::test {
namespace {

/// Workers recruited through a chain: sunrise, and behind it two sub-agents, whom the plant
/// engages. Of all lists it is said that they are complete, but for those in `open`.
std::string chain(const std::string& more = {}) {
  return R"(
    nodes:
      Facility: {delta: {name: Delta Gloves}}
      Recruiter:
        sunrise: {licence: NP-1034}
        middle: {licence: NP-2000}
        hill: {licence: null}
      Cohort: {np-24: {workers: 48, origin: NP}}
    edges:
      recruited: [{from: sunrise, to: np-24}]
      engages:
        - {from: middle, to: sunrise}
        - {from: hill, to: middle}
        - {from: delta, to: hill}
    complete:
      - {node: np-24, list: recruitments}
      - {node: sunrise, list: engaged_by}
      - {node: middle, list: engaged_by}
      - {node: hill, list: engaged_by}
)" + more;
}

constexpr Date day{20'000};  // 2024-10-04

}  // namespace

TEST_CASE("pattern: a chain is followed outward from the workers", "[pattern]") {
  const Network net = network(chain());
  Match match(net, "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[h:engages]-{0,5}(a:Recruiter)");
  CHECK(match.rows("np-24") ==
        "np-24 sunrise\n"
        "np-24 sunrise middle\n"
        "np-24 sunrise middle hill");
  CHECK(match.count("np-24") == "3");
  CHECK(match.exists("np-24") == "true");
}

TEST_CASE(
    "pattern: an agent without a licence within five hops is found with the shortest way to it",
    "[pattern]") {
  const Network net = network(chain());
  const std::string pattern =
      "(c:Cohort)<-[:recruited]-(:Recruiter)<-[h:engages]-{0,5}(a:Recruiter WHERE !has(a.licence))";
  Match match(net, pattern);
  CHECK(pattern_walks(match.pattern()));
  CHECK(match.exists("np-24") == "true");
  CHECK(match.smallest("np-24") == "np-24 sunrise middle hill");
  CHECK(match.rows("np-24", {"c", "a"}) == "np-24 sunrise middle hill");
  CHECK(match.in_first_row("np-24", "a.id") == "hill");
  CHECK(match.in_first_row("np-24", "h.size()") == "2");
  CHECK(match.in_first_row("np-24", "h.map(e, e.from.id)") == "middle, hill");
}

TEST_CASE(
    "pattern: within fewer hops than the agent is away there is none, if all lists are complete",
    "[pattern]") {
  const Network net = network(chain());
  Match match(
      net,
      "(c:Cohort)<-[:recruited]-(:Recruiter)<-[:engages]-{0,1}(a:Recruiter WHERE !has(a.licence))");
  CHECK(match.exists("np-24") == "false");
  CHECK(match.rows("np-24").empty());
  CHECK(match.smallest("np-24").empty());
}

TEST_CASE("pattern: where a list is not complete the answer waits for it", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Recruiter: {sunrise: {licence: NP-1}, middle: {licence: NP-2}}
      Cohort: {np-24: {}}
    edges:
      recruited: [{from: sunrise, to: np-24}]
      engages: [{from: middle, to: sunrise}]
    complete: [{node: np-24, list: recruitments}, {node: sunrise, list: engaged_by}]
  )");
  const std::string where = "(a:Recruiter WHERE !has(a.licence))";
  Match match(net, "(c:Cohort)<-[:recruited]-(:Recruiter)<-[:engages]-{0,5}" + where);
  CHECK(match.exists("np-24") == "unknown: middle.engaged_by");
  CHECK(match.rows("np-24") == "open: middle.engaged_by");
  CHECK(match.count("np-24") == "at least 0: middle.engaged_by");
  SECTION("but not if it lies beyond the last hop") {
    Match near(net, "(c:Cohort)<-[:recruited]-(:Recruiter)<-[:engages]-{0,1}" + where);
    CHECK(near.exists("np-24") == "false");
  }
  SECTION("nor if no such edge could lead on to the end") {
    Match owner(net, "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-(f:Facility)");
    CHECK(owner.exists("np-24") == "false");
  }
  SECTION("and a row that is there decides without it") {
    Match any(net, "(c:Cohort)<-[:recruited]-(:Recruiter)<-[:engages]-{0,5}(a:Recruiter)");
    CHECK(any.exists("np-24") == "true");
    CHECK(any.count("np-24") == "at least 2: middle.engaged_by");
  }
  SECTION("a mask opens a list that was complete") {
    Match masked(net, "(c:Cohort)<-[:recruited]-(:Recruiter)<-[:engages]-{0,1}" + where);
    CHECK(masked.exists("np-24") == "false");
    const Fact fact =
        Fact::of(node(net, "sunrise"), ListId{*net.schema().find_edge("engages"), Side::to});
    masked.evaluator().mask(std::span(&fact, 1));
    CHECK(masked.exists("np-24") == "unknown: sunrise.engaged_by");
    masked.evaluator().mask({});
    CHECK(masked.exists("np-24") == "false");
  }
}

TEST_CASE("pattern: what is not known of an element makes a row possible", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Recruiter: {sunrise: {}, moon: {licence: null}}
      Cohort: {np-24: {}, np-25: {}}
    edges:
      recruited: [{from: sunrise, to: np-24}, {from: sunrise, to: np-25}, {from: moon, to: np-25}]
    complete: [{node: np-24, list: recruitments}, {node: np-25, list: recruitments}]
  )");
  Match match(net, "(c:Cohort)<-[:recruited]-(r:Recruiter WHERE !has(r.licence))");
  CHECK(match.exists("np-24") == "unknown: sunrise.licence");
  CHECK(match.rows("np-24") == "np-24 sunrise if sunrise.licence");
  CHECK(match.count("np-24") == "0 to 1: sunrise.licence");
  CHECK(match.exists("np-25") == "true");
  CHECK(match.smallest("np-25") == "np-25 moon");
  CHECK(match.rows("np-25", {"c"}) == "np-25 moon");
}

TEST_CASE("pattern: an edge counts on the day that is asked about", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Facility: {delta: {}}
      Recruiter: {before: {}, after: {}, now: {}, perhaps: {}}
    edges:
      engages:
        - {from: delta, to: before, until: 2024-01-31}
        - {from: delta, to: after, since: 2025-01-01}
        - {from: delta, to: now, since: 2024-10-04, until: 2024-10-04}
        - {from: delta, to: perhaps, since: 2024-10}
    complete: [{node: delta, list: engagements}]
  )");
  Match match(net, "(c:Facility)-[:engages]->(r)", "c", day);
  CHECK(match.rows("delta") ==
        "delta now\n"
        "delta perhaps if engages(delta, perhaps).since");
  CHECK(match.count("delta") == "1 to 2: engages(delta, perhaps).since");
  match.evaluator().at(Date{day.days - 400});
  CHECK(match.rows("delta") == "delta before");
  match.evaluator().at(Date{day.days + 1});
  CHECK(match.rows("delta") == "delta perhaps if engages(delta, perhaps).since");
}

TEST_CASE("pattern: a circle is walked once by edges, and not at all if no node may come twice",
          "[pattern]") {
  const Network net = network(R"(
    nodes: {Company: {a: {}, b: {}, c: {}}}
    edges:
      supplies: [{from: a, to: b}, {from: b, to: c}, {from: c, to: a}]
    complete:
      - {node: a, list: deliveries}
      - {node: b, list: deliveries}
      - {node: c, list: deliveries}
  )");
  CHECK(Match(net, "(x:Company)-[:supplies]->{1,9}(y:Company)", "x").rows("a") ==
        "a b\na b c\na b c a");
  CHECK(Match(net, "ACYCLIC (x:Company)-[:supplies]->{1,9}(y:Company)", "x").rows("a") ==
        "a b\na b c");
  Match ring(net, "(x:Company)-[:supplies]->{1,9}(x)", "x");
  CHECK(pattern_walks(ring.pattern()));
  CHECK(ring.exists("a") == "true");
  CHECK(ring.smallest("a") == "a b c a");
  CHECK(Match(net, "ACYCLIC (x:Company)-[:supplies]->{1,9}(x)", "x").exists("a") == "false");
  CHECK(Match(net, "(x:Company)-[:supplies]->{2,2}(y:Company)", "x").rows("a") == "a b c");
  CHECK(Match(net, "(x:Company)-[:supplies]-{3}(y:Company)", "x").rows("a") ==
        "a b c a\na c b a\nopen: a.supplies, b.supplies, c.supplies");
}

namespace {

/// a -> b -> c -> a, a -> c, a -> a, b -> d; what is not in `open` is complete.
Network companies(const std::string& open = {}) {
  std::string text = R"(
    nodes: {Company: {a: {}, b: {}, c: {}, d: {}}}
    edges:
      supplies:
        - {from: a, to: b}
        - {from: b, to: c}
        - {from: c, to: a}
        - {from: a, to: c}
        - {from: a, to: a}
        - {from: b, to: d}
    complete:
)";
  for (const std::string node : {"a", "b", "c", "d"}) {
    if (node != open) text += "      - {node: " + node + ", list: deliveries}\n";
  }
  return network(text);
}

}  // namespace

TEST_CASE("pattern: a walk comes by everything again, a simple path may close", "[pattern]") {
  const Network net = companies();
  CHECK(Match(net, "WALK (x:Company)-[:supplies]->{3}(y:Company)", "x").rows("b") ==
        "b c a a\nb c a b\nb c a c");
  CHECK(Match(net, "WALK (x:Company)-[:supplies]->{2}(y:Company)", "x").rows("a") ==
        "a a a\na a b\na a c\na b c\na b d\na c a");
  Match simple(net, "SIMPLE (x:Company)-[:supplies]->{1,9}(y:Company)", "x");
  CHECK(simple.rows("a") == "a a\na b\na c\na b c\na b d\na c a\na b c a");
  CHECK(Match(net, "SIMPLE (x:Company)-[:supplies]->{1,9}(x)", "x").rows("a") ==
        "a a\na c a\na b c a");
  // There and back over one edge is no circle.
  CHECK(Match(net, "SIMPLE (x:Company)<-[:supplies]-(y)-[:supplies]->(x)", "x").rows("b") ==
        "open: b.supplies");
  // Read from the middle, a circle closes where both arms meet.
  CHECK(Match(net, "SIMPLE (w)-[:supplies]->(x:Company)-[:supplies]->{1,2}(y)", "x").rows("b") ==
        "b c a\nb d a\nb c a a\nopen: b.supplies");
  CHECK(Match(net, "ACYCLIC (w)-[:supplies]->(x:Company)-[:supplies]->{1,2}(y)", "x").rows("b") ==
        "b c a\nb d a\nopen: b.supplies");
}

TEST_CASE("pattern: of the rows between two ends, the shortest", "[pattern]") {
  const Network net = companies();
  CHECK(Match(net, "ALL SHORTEST (x:Company)-[:supplies]->+(y:Company)", "x").rows("a") ==
        "a a\na b\na c\na b d");
  CHECK(Match(net, "ALL SHORTEST (x:Company)-[:supplies]->+(y:Company)", "x").count("a") == "4");
  // In two steps of at least one hop, c can be reached over a and over b.
  const std::string twice =
      "p = {} (x:Company)-[:supplies]->{1,3}(w)-[:supplies]->{1,3}(y:Company)";
  const auto with = [&](const std::string& mode) {
    std::string out = twice;
    return out.replace(out.find("{}"), 2, mode);
  };
  CHECK(Match(net, with("ALL SHORTEST"), "x").rows("a") == "a a b\na a c\na b c\na b d\na c a");
  CHECK(Match(net, with("ANY SHORTEST"), "x").rows("a") == "a a b\na a c\na b d\na c a");
  CHECK(Match(net, with("ANY"), "x").rows("a") == "a a b\na a c\na b d\na c a");
  CHECK(Match(net, with("ANY"), "x").count("a") == "4");
}

TEST_CASE("pattern: what is shortest hangs on shorter rows that may come", "[pattern][unknown]") {
  const std::string all = "ALL SHORTEST (x:Company)-[:supplies]->{1,4}(y:Company)";
  const std::string any = "ANY SHORTEST (x:Company)-[:supplies]->{1,4}(y:Company)";
  const Network net = companies("a");
  // One edge cannot be undercut, but there might be another of one edge.
  CHECK(Match(net, all, "x").rows("a") ==
        "a a\na b\na c\na b d if a.deliveries\nopen: a.deliveries");
  CHECK(Match(net, any, "x").rows("a") ==
        "a a if a.deliveries\na b if a.deliveries\na c if a.deliveries\n"
        "a b d if a.deliveries\nopen: a.deliveries");
  // Whether there is one, and to which ends, is not chosen from.
  CHECK(Match(net, any, "x").exists("a") == "true");
  CHECK(Match(net, any, "x").rows("a", {"y"}) == "a a\na b\na c\na b d\nopen: a.deliveries");
  CHECK(Match(net, any, "x").count("a") == "at least 4: a.deliveries");
  CHECK(Match(net, all, "x").count("a") == "at least 4: a.deliveries");

  // A shorter way that may count or not.
  const Network unsure = network(R"(
    nodes: {Recruiter: {a: {}, k: {}, m: {}, z: {}}}
    edges:
      engages:
        - {from: a, to: z}
        - {from: a, to: k, fees_paid_by: employer}
        - {from: a, to: m, fees_paid_by: employer}
        - {from: k, to: z, fees_paid_by: employer}
        - {from: m, to: z, fees_paid_by: employer}
    complete:
      - {node: a, list: engagements}
      - {node: k, list: engagements}
      - {node: m, list: engagements}
      - {node: z, list: engagements}
  )");
  const std::string paid =
      "SHORTEST (c:Recruiter)-[e:engages WHERE e.fees_paid_by == 'employer']->{1,3}(r)";
  const std::string hangs = " if engages(a, z).fees_paid_by";
  Match one(unsure, "ANY " + paid);
  CHECK(one.rows("a") == "a k\na m\na z" + hangs + "\na k z" + hangs);
  CHECK(one.rows("a", {"r"}) == "a k\na m\na k z");
  CHECK(one.count("a") == "3");
  Match several(unsure, "ALL " + paid);
  CHECK(several.rows("a") == "a k\na m\na z" + hangs + "\na k z" + hangs + "\na m z" + hangs);
  CHECK(several.count("a") == "3 to 4: engages(a, z).fees_paid_by");
}

TEST_CASE("pattern: a path that chooses may be read from its right end", "[pattern]") {
  const Network net = network(R"(
    nodes: {Company: {a: {}, b: {}, c: {}}}
    edges:
      supplies: [{from: a, to: b}, {from: b, to: c}, {from: a, to: c}]
    complete:
      - {node: a, list: supplies}
      - {node: b, list: supplies}
      - {node: c, list: supplies}
  )");
  Match match(net, "p = ANY SHORTEST (x)-[h:supplies]->{1,4}(c:Company)");
  CHECK(match.rows("c") == "c a\nc b");
  CHECK(match.in_first_row("c", "p.nodes.map(n, n.id)") == "a, c");
}

TEST_CASE("pattern: a longer way that leaves more repetitions is followed too", "[pattern]") {
  // Over m, n is reached in two edges, both of them of the step that allows no third one.
  const Network net = network(R"(
    nodes: {Company: {a: {}, m: {}, n: {}, s: {}, t: {}, z: {}}}
    edges:
      owns: [{from: a, to: m}, {from: m, to: n}, {from: t, to: n}, {from: n, to: z}]
      supplies: [{from: a, to: s}, {from: s, to: t}]
  )");
  Match match(net, "ALL SHORTEST (x:Company)-[:supplies]->{0,2}()-[:owns]->{0,2}(y:Company)", "x");
  CHECK(pattern_walks(match.pattern()));
  CHECK(match.rows("a").find("a s t n z") != std::string::npos);
  CHECK(match.rows("a").find("a s t n if") == std::string::npos);
}

TEST_CASE("pattern: what is cut short is said, and nothing is chosen from a part", "[pattern]") {
  std::string text = "nodes:\n  Company: {";
  std::string edges = "edges:\n  supplies:\n";
  std::string complete = "complete:\n";
  for (int i = 10; i < 25; ++i) {
    const std::string name = "c" + std::to_string(i);
    text += name + (i < 24 ? ": {}, " : ": {}}\n");
    complete += "  - {node: " + name + ", list: deliveries}\n";
    if (i < 24) edges += "    - {from: " + name + ", to: c" + std::to_string(i + 1) + "}\n";
  }
  const Network net = network(text + edges + complete);
  Match match(net, "ALL SHORTEST (x:Company)-[:supplies]->*(y:Company)", "x");
  const std::string rows = match.rows("c10");
  CHECK(rows.starts_with("c10\nc10 c11\nc10 c11 c12\n"));
  CHECK(rows.find("c21 c22\nerror: limit reached: 12 hops of `-[:supplies]->*`") !=
        std::string::npos);
  CHECK(match.count("c10").starts_with("error: limit reached: 12 hops"));
  CHECK(match.count("c12") == "13");
  // Behind the limit there may be a shorter way to where 3 and 11 edges lead.
  std::string owns = "  owns:\n    - {from: c13, to: o10}\n";
  std::string owners = "o10: {}, ";
  std::string all = complete;
  for (int i = 10; i < 25; ++i) all += "  - {node: c" + std::to_string(i) + ", list: holdings}\n";
  for (int i = 10; i < 21; ++i) {
    const std::string name = "o" + std::to_string(i);
    all += "  - {node: " + name + ", list: holdings}\n";
    if (i == 10) continue;
    owners += name + ": {}, ";
    owns += "    - {from: o" + std::to_string(i - 1) + ", to: " + name + "}\n";
  }
  text.insert(text.find('{') + 1, owners);
  const Network owned = network(text + edges + owns + all);
  Match both(owned, "ALL SHORTEST (x:Company)-[:supplies]->*()-[:owns]->*(y:Company)", "x");
  const std::string behind = both.rows("c10");
  CHECK(behind.find("o18 o19\n") != std::string::npos);
  CHECK(behind.find("o18 o19 o20 error: limit reached: 12 hops") != std::string::npos);
  Limits little;
  little.fuel = 5;
  Match starved(net, "ALL SHORTEST (x:Company)-[:supplies]->*(y:Company)", "x", {}, {}, little);
  CHECK(starved.rows("c10").starts_with("error: limit reached"));
  PatternLimits few;
  few.rows = 3;
  Match crowded(net, "ANY (x:Company)-[:supplies]->*(y:Company)", "x", {}, few);
  CHECK(crowded.rows("c10") == "error: limit reached: 3 rows of a pattern (rows)");
}

TEST_CASE("pattern: what is reached by a shorter way is not followed by longer ones", "[pattern]") {
  // Everybody supplies everybody: 13 nodes have more than 10^9 trails of 9 edges.
  std::string text = "nodes:\n  Company: {";
  std::string edges = "edges:\n  supplies:\n";
  std::string complete = "complete:\n";
  for (int i = 10; i < 23; ++i) {
    text += "c" + std::to_string(i) + ": {}, ";
    complete += "  - {node: c" + std::to_string(i) + ", list: deliveries}\n";
    for (int j = 10; j < 23; ++j) {
      if (i != j)
        edges += "    - {from: c" + std::to_string(i) + ", to: c" + std::to_string(j) + "}\n";
    }
  }
  text.replace(text.size() - 2, 2, "}\n");
  const Network net = network(text + edges + complete);
  for (const std::string mode : {"ALL SHORTEST ", "ANY SHORTEST ", "ANY "}) {
    Match match(net, "p = " + mode + "(x:Company)-[h:supplies]->*(y:Company)", "x");
    CHECK(match.count("c10") == "13");
  }
  Match all(net, "p = ALL SHORTEST (x:Company)-[h:supplies]->+(y:Company)", "x");
  CHECK(all.count("c10") == "24");  // 12 ways to come back
  CHECK(all.in_first_row("c10", "p.length + h.size()") == "2");
  // A circle is longer than where `+` stops only if nothing shorter leads there.
  CHECK(all.rows("c10").find("limit") == std::string::npos);
}

TEST_CASE("pattern: the subject may stand anywhere; reading goes outward from it", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Facility: {f1: {}, f2: {}}
      Recruiter: {r: {}}
      Cohort: {c1: {}, c2: {}}
    edges:
      engages: [{from: f1, to: r}, {from: f2, to: r}]
      recruited: [{from: r, to: c1}, {from: r, to: c2}]
    complete: [{node: r, list: engaged_by}]
  )");
  const std::string pattern = "p = (f:Facility)-[:engages]->(r:Recruiter)-[:recruited]->(c:Cohort)";
  // What is read from `c` needs its list of recruiters, from `f` its engagements.
  CHECK(Match(net, pattern, "c").rows("c1") == "c1 r f1\nc1 r f2\nopen: c1.recruitments");
  CHECK(Match(net, pattern, "f").rows("f1") ==
        "f1 r c1\nf1 r c2\nopen: f1.engagements, r.recruits");
  // From the middle first to the right, then to the left; the left arm is needed too.
  CHECK(Match(net, pattern, "r").rows("r") ==
        "r c1 f1\nr c1 f2\nr c2 f1\nr c2 f2\nopen: r.recruits");
  Match path(net, pattern, "r");
  CHECK(path.in_first_row("r", "p.nodes.map(n, n.id)") == "f1, r, c1");
  CHECK(path.in_first_row("r", "p.edges.map(e, e.kind)") == "engages, recruited");
  CHECK(path.in_first_row("r", "p.length") == "2");
  // Rows that agree in what is needed are one, with the smallest witness.
  CHECK(path.rows("r", {"r", "p"}) == path.rows("r"));
  CHECK(path.rows("r", {"f"}) == "r c1 f1\nr c1 f2\nopen: r.recruits");
}

TEST_CASE("pattern: an arm that certainly leads nowhere decides, however open the other is",
          "[pattern]") {
  const Network net = network(R"(
    nodes: {Recruiter: {r: {}}}
    complete: [{node: r, list: engaged_by}]
  )");
  Match match(net, "(f:Facility)-[:engages]->(r:Recruiter)-[:recruited]->(c:Cohort)", "r");
  CHECK(match.exists("r") == "false");
}

TEST_CASE("pattern: several paths are joined by the nodes they share", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Facility: {delta: {}}
      Recruiter: {ours: {}, other: {}}
      Person: {rai: {}}
    edges:
      engages: [{from: delta, to: ours}, {from: delta, to: other}]
      owns:
        - {from: rai, to: delta, share_percent: 60}
        - {from: rai, to: ours, share_percent: 30}
    complete:
      - {node: delta, list: engagements}
      - {node: delta, list: owned_by}
      - {node: ours, list: owned_by}
      - {node: other, list: owned_by}
  )");
  const std::string shared_owner =
      "(f:Facility)-[:engages]->(a:Recruiter)<-[o1:owns]-(q:Person), (q)-[o2:owns]->(f)";
  Match match(net, shared_owner, "f");
  // The second path begins at `q`, and needs what `q` owns.
  CHECK(match.rows("delta") == "delta ours rai rai delta\nopen: rai.holdings");
  CHECK(match.in_first_row("delta", "o1.share_percent + o2.share_percent") == "90");
  CHECK(match.exists("delta") == "true");
  Match ring(net, "(f:Facility)-[:engages]->(a:Recruiter)<-[:owns]-(q:Person)-[:owns]->(f)", "f");
  CHECK(ring.rows("delta") == "delta ours rai delta\nopen: rai.holdings");
}

TEST_CASE("pattern: a condition sees what stands to its left, also when that is read later",
          "[pattern]") {
  const Network net = network(R"(
    nodes:
      Recruiter: {r: {country: NP}}
      Cohort: {near: {origin: NP}, far: {origin: BD}}
    edges: {recruited: [{from: r, to: near}, {from: r, to: far}]}
    complete: [{node: r, list: recruits}, {node: near, list: recruitments}, {node: far, list: recruitments}]
  )");
  const std::string pattern = "(r:Recruiter)-[:recruited]->(c:Cohort WHERE c.origin != r.country)";
  CHECK(Match(net, pattern, "r").rows("r") == "r far");
  CHECK(Match(net, pattern, "c").rows("near").empty());
  CHECK(Match(net, pattern, "c").rows("far") == "far r");
  CHECK(
      Match(net, "(r:Recruiter {country: 'NP'})-[:recruited]->(c:Cohort {origin: r.country})", "r")
          .rows("r") == "r near");
}

TEST_CASE("pattern: inside of a repeated edge its name is one edge, behind it the list",
          "[pattern]") {
  const Network net = network(R"(
    nodes: {Company: {a: {}, b: {}, c: {}}}
    edges:
      owns:
        - {from: a, to: b, share_percent: 60}
        - {from: b, to: c, share_percent: 40}
    complete: [{node: a, list: holdings}, {node: b, list: holdings}, {node: c, list: holdings}]
  )");
  CHECK(Match(net, "(x:Company)-[o:owns WHERE o.share_percent > 50.0]->{1,3}(y:Company)", "x")
            .rows("a") == "a b");
  CHECK(Match(net,
              "(x:Company)-[o:owns]->{1,3}(y:Company WHERE o.all(e, e.share_percent < 70.0) && "
              "o.size() > 1)",
              "x")
            .rows("a") == "a b c");
  // Named from the right: the list is still in the order it is written in.
  Match back(net, "(y:Company)-[o:owns]->{2,3}(x:Company)", "x");
  CHECK(back.rows("c") == "c b a\nopen: a.owned_by, b.owned_by, c.owned_by");
  CHECK(back.in_first_row("c", "o.map(e, e.to.id)") == "b, c");
}

TEST_CASE("pattern: an error in a condition is an error unless another row decides", "[pattern]") {
  const Network net = network(R"(
    nodes:
      Recruiter: {r: {}}
      Cohort: {none: {workers: 0}, some: {workers: 5}, unsaid: {}}
    edges: {recruited: [{from: r, to: none}, {from: r, to: some}]}
    complete: [{node: r, list: recruits}]
  )");
  CHECK(Match(net, "(r:Recruiter)-[:recruited]->(c:Cohort WHERE 10 / c.workers == 2)", "r")
            .exists("r") == "true");
  Match match(net, "(r:Recruiter)-[:recruited]->(c:Cohort WHERE 10 / c.workers == 3)", "r");
  CHECK(match.exists("r") == "error: division by zero");
  CHECK(match.rows("r") == "r none error: division by zero");
  CHECK(match.count("r") == "error: division by zero");
}

TEST_CASE("pattern: what names no end is cut off, and says so where it would have gone on",
          "[pattern][limits]") {
  const Network net = network(chain());
  PatternLimits limits;
  limits.unbounded_hops = 1;
  const std::string agents = "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-";
  Match found(net, agents + "*(a:Recruiter WHERE has(a.licence) && a.licence == 'NP-2000')", "c",
              day, limits);
  Match missed(net, agents + "*(a:Recruiter WHERE has(a.licence) && a.licence == 'NP-3000')", "c",
               day, limits);
  CHECK(found.exists("np-24") == "true");
  CHECK(missed.exists("np-24") ==
        "error: limit reached: 1 hops of `<-[:engages]-*`, which names no end (unbounded_hops)");
  CHECK(missed.rows("np-24") ==
        "error: limit reached: 1 hops of `<-[:engages]-*`, which names no end (unbounded_hops)");
  CHECK(missed.count("np-24") ==
        "error: limit reached: 1 hops of `<-[:engages]-*`, which names no end (unbounded_hops)");
  limits.unbounded_hops = 5;
  CHECK(Match(net, agents + "*(a:Recruiter WHERE has(a.licence) && a.licence == 'NP-3000')", "c",
              day, limits)
            .exists("np-24") == "false");
}

TEST_CASE("pattern: more rows than may be kept are an error, not fewer rows", "[pattern][limits]") {
  const Network net = network(chain());
  PatternLimits limits;
  limits.rows = 2;
  Match match(net, "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-{0,5}(a)", "c", day, limits);
  CHECK(match.rows("np-24") ==
        "np-24 sunrise\nnp-24 sunrise middle\nerror: limit reached: 2 rows of a pattern (rows)");
  CHECK(match.exists("np-24") == "true");
  CHECK(match.count("np-24") == "4");
}

TEST_CASE("pattern: fuel is spent on edges, and running out of it is an error",
          "[pattern][limits]") {
  std::string text = "nodes: {Company: {";
  for (int i = 0; i < 10; ++i) text += "n" + std::to_string(i) + ": {}, ";
  text += "}}\nedges:\n  supplies:\n";
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 10; ++j) {
      if (i != j)
        text += "    - {from: n" + std::to_string(i) + ", to: n" + std::to_string(j) + "}\n";
    }
  }
  const Network net = network(text);
  Limits limits;
  limits.fuel = 20'000;
  Match many(net, "(c:Company)-[:supplies]->{8,9}(d:Company WHERE d.country == 'AQ')", "c", day, {},
             limits);
  CHECK(many.exists("n0") == "error: limit reached: 20000 steps of evaluation (fuel)");
  // The same question, answered without following every path.
  Match few(net, "(c:Company)-[:supplies]->{1,9}(d:Company WHERE d.id == 'n7')", "c", day, {},
            limits);
  CHECK(few.exists("n0") == "true");
  CHECK(few.evaluator().fuel_used() < 200);
}

TEST_CASE("pattern: of several ways the shortest is the witness, of those the one with smaller ids",
          "[pattern]") {
  const Network net = network(R"(
    nodes: {Company: {a: {country: NP}, b: {country: NP}, c: {country: NP}, d: {country: NP}, e: {country: GB}}}
    edges:
      supplies:
        - {from: a, to: d}
        - {from: a, to: c}
        - {from: a, to: b}
        - {from: b, to: b}
        - {from: d, to: e, id: d-e}
        - {from: c, to: e, id: second}
        - {from: c, to: e, id: first}
  )");
  Match match(net, "(c:Company)-[h:supplies]->{1,5}(e:Company WHERE e.country == 'GB')");
  CHECK(match.smallest("a") == "a c e");
  Match every(net, "(c:Company)-[h:supplies]->{1,5}(e:Company {country: 'GB'})");
  CHECK(every.in_first_row("a", "h[1].id") == "first");
}

TEST_CASE("pattern: one path of one node is every such node", "[pattern]") {
  const Network net = network("nodes: {Cohort: {a: {workers: 3}, b: {workers: 1}, c: {}}}");
  Match match(net, "(c:Cohort WHERE c.workers > 2)");
  CHECK(match.rows("a") == "a");
  CHECK(match.rows("b").empty());
  CHECK(match.rows("c") == "c if c.workers");
  CHECK(Match(net, "(c)").pattern().start_kinds().size() == net.schema().kinds().size());
}

TEST_CASE("pattern: an edge to itself is met once when either direction is meant", "[pattern]") {
  const Network net = network(R"(
    nodes: {Company: {a: {}}}
    edges: {supplies: [{from: a, to: a}]}
    complete: [{node: a, list: deliveries}, {node: a, list: supplies}]
  )");
  CHECK(Match(net, "(c:Company)-[:supplies]-(d)").rows("a") == "a a");
  CHECK(Match(net, "(c:Company)-[:supplies]->(d)").count("a") == "1");
}

TEST_CASE("pattern: in the scope of a rule its variables are read, and nothing is added to them",
          "[pattern][local]") {
  const Network net = network(chain());
  Environment environment(net.schema_ptr());
  const Slot c = environment.add_variable("c", Type::node({*net.schema().find_kind("Cohort")}));
  const auto first = compile(ExpressionText::of("c.recruiters[0]"), environment).value();
  const Slot top = environment.add_variable("top", first);
  const auto pattern = compile_local(
      ExpressionText::of("(top)<-[:engages]-{1,5}(a:Recruiter WHERE !has(a.licence))"), environment,
      "c");
  REQUIRE(pattern);
  CHECK((*pattern)->variables()[(*pattern)->start()].name == "top");
  CHECK_FALSE(environment.find_variable("a"));
  const Slot found = environment.add_variable("found", Type(TypeKind::boolean));
  const Slot many = environment.add_variable("many", Type(TypeKind::integer));
  const BoundPattern bound = bind(*pattern, net);
  const BoundProgram top_bound = bind(first, &net);
  Evaluator evaluator(&net, {day, day, {}, {}});
  LazyMatch exists(bound, evaluator, LazyMatch::What::exists);
  LazyMatch count(bound, evaluator, LazyMatch::What::count);
  const auto condition =
      bind(compile(ExpressionText::of("found && many == 1"), environment).value(), &net);
  for (int round = 0; round < 2; ++round) {
    evaluator.begin();
    evaluator.set(c, Value::of(node(net, "np-24")));
    evaluator.set_lazy(top, &top_bound);
    set_lazy(evaluator, found, exists);
    set_lazy(evaluator, many, count);
    CHECK(evaluator.evaluate(condition).is_true());
  }
}

TEST_CASE("pattern: a pattern that begins at something unknown is unknown", "[pattern][local]") {
  const Network net = network("nodes: {Cohort: {np-24: {}}, Recruiter: {r: {}}}");
  Environment environment(net.schema_ptr());
  const Slot c = environment.add_variable("c", Type::node({*net.schema().find_kind("Cohort")}));
  const auto first = compile(ExpressionText::of("c.recruiters[0]"), environment).value();
  const Slot top = environment.add_variable("top", first);
  const auto pattern =
      compile_local(ExpressionText::of("(top)<-[:engages]-(a)"), environment).value();
  const BoundPattern bound = bind(pattern, net);
  const BoundProgram top_bound = bind(first, &net);
  Evaluator evaluator(&net, {day, day, {}, {}});
  Matcher matcher(bound, evaluator);
  evaluator.begin();
  evaluator.set(c, Value::of(node(net, "np-24")));
  evaluator.set_lazy(top, &top_bound);
  const Value value = matcher.exists();
  REQUIRE(value.is(ValueKind::unknown));
  CHECK(fact_text(net, value.facts->facts[0]) == "np-24.recruitments");
  CHECK(matcher.smallest().frontier() != nullptr);
}

TEST_CASE("pattern: it says what it may wait for", "[pattern]") {
  const Network net = network(chain());
  Match match(net, "(c:Cohort)<-[:recruited]-(r:Recruiter WHERE has(r.licence))");
  CHECK(match.pattern().reads() ==
        std::vector<std::string>{"Cohort.recruitments", "Recruiter.licence", "recruited.on"});
}

TEST_CASE("pattern: a row's paths are told as the pattern is written", "[pattern]") {
  const Network net = network(chain());
  const auto paths = [&](const std::string& pattern, const std::string& node,
                         const std::string& subject) {
    Match match(net, pattern, subject);
    match.evaluator().begin();
    const MatchRows& rows = match.matcher().rows(*net.find(node));
    std::string out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (const MatchedPath& path : match.matcher().paths(row)) out += to_text(path, net) + "; ";
    }
    return out;
  };
  // Read from the middle: first to the right, then to the left.
  CHECK(paths("(c:Cohort)<-[:recruited]-(r:Recruiter)<-[:engages]-{1,2}(a:Recruiter)", "sunrise",
              "r") == "np-24 <- sunrise <- middle; np-24 <- sunrise <- middle <- hill; ");
  CHECK(paths("(c:Cohort)<-[:recruited]-(r:Recruiter), (r)<-[:engages]-(a:Recruiter)", "np-24",
              "c") == "np-24 <- sunrise; sunrise <- middle; ");
  CHECK(paths("(f:Facility)-[:engages]->{0,3}(a)", "delta", "f") ==
        "delta; delta -> hill; delta -> hill -> middle; delta -> hill -> middle -> sunrise; ");
}

TEST_CASE("pattern: it says which variables and tables of the rule it needs", "[pattern]") {
  Environment environment(recruitment_schema());
  const Slot cohort =
      environment.add_variable("c", Type::node({*recruitment_schema()->find_kind("Cohort")}));
  const Slot limit = environment.add_variable("limit", Type(TypeKind::integer));
  const Slot unused = environment.add_variable("unused", Type(TypeKind::integer));
  const auto needs = [&](std::string_view text) {
    return (*compile_local(ExpressionText::of(std::string(text)), environment))->needs();
  };
  CHECK(needs("(c)<-[:recruited]-(r)") == std::vector<Slot>{cohort});
  CHECK(needs("(c WHERE c.workers > 3)<-[:recruited]-(r)") == std::vector<Slot>{cohort});
  CHECK(needs("(c)<-[e:recruited WHERE e.workers > limit]-(r WHERE r.role == 'agency')") ==
        std::vector<Slot>{cohort, limit});
  static_cast<void>(unused);
}

TEST_CASE("pattern: conditions of a row are explained with the elements they speak of",
          "[pattern]") {
  const Network net = network(chain());
  Match match(net,
              "(c:Cohort WHERE c.workers > 4)<-[:recruited]-(r:Recruiter)<-[h:engages WHERE "
              "h.from.kind == 'Recruiter']-{2}(a:Recruiter WHERE a.id != r.id)");
  match.evaluator().begin();
  REQUIRE(match.matcher().rows(*net.find("np-24")).size() == 1);
  std::string said;
  for (const Condition& condition : match.matcher().conditions(0)) {
    said += written(condition.element.value()) + ": " + condition.text + " = " +
            written(condition.outcome) + "\n";
  }
  CHECK(said ==
        "np-24: c.workers > 4 = true\n"
        "engages(middle, sunrise): h.from.kind == 'Recruiter' = true\n"
        "engages(hill, middle): h.from.kind == 'Recruiter' = true\n"
        "hill: a.id != r.id = true\n");
}

TEST_CASE("pattern: lists that are complete are noted down when that is wanted", "[pattern]") {
  const Network net = network(chain());
  Match match(net, "(c:Cohort)<-[:recruited]-(r:Recruiter)<-[h:engages]-{0,2}(a:Recruiter)");
  match.evaluator().begin();
  static_cast<void>(match.matcher().rows(*net.find("np-24")));
  CHECK(match.matcher().noted_lists().empty());
  match.matcher().note_lists(true);
  match.evaluator().begin();
  static_cast<void>(match.matcher().rows(*net.find("np-24")));
  std::string said;
  for (const Fact& fact : match.matcher().noted_lists()) said += fact_text(net, fact) + " ";
  CHECK(said == "middle.engaged_by sunrise.engaged_by np-24.recruitments ");
}

}  // namespace eraudit::test
