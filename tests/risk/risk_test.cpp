// Ratings of the sample and of small networks.

#include "eraudit/risk/risk.hpp"

#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/network/read.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/properties.hpp"

using namespace eraudit;
using eraudit::test::network_of;

namespace {

const Network& sample() {
  static const Network network =
      read_network(std::string(ERAUDIT_SOURCE_DIR) + "/examples/networks/gloves-np-my").value();
  return network;
}

Options usual() {
  Options options;
  options.as_of = parse_date("2026-06-30");
  const std::string rates =
      std::string(ERAUDIT_SOURCE_DIR) + "/examples/networks/gloves-np-my/rates.yaml";
  options.rates = read_rates(read_file(rates, 1 << 20)).value();
  return options;
}

const Rules& core() {
  static const Rules rules = load_rules("core").value();
  return rules;
}

Risk rated(const Network& network) {
  return rate(evaluate(network, core(), usual()));
}

const Rating& of(const Risk& risk, std::string_view id) {
  const Rating* const rating = risk.rating(risk.assessment().network().find(id).value());
  REQUIRE(rating != nullptr);
  return *rating;
}

/// `delta-2 <- acme` as ids from the node to where it comes from.
std::vector<std::string> way(const Risk& risk, std::string_view id) {
  const Network& network = risk.assessment().network();
  NodeId at = network.find(id).value();
  std::vector<std::string> out{std::string(id)};
  const auto reached = risk.reached(at);
  if (!reached) return out;
  for (const EdgeId edge : reached->path) {
    at = network.from(edge) == at ? network.to(edge) : network.from(edge);
    out.emplace_back(network.id(at));
  }
  CHECK(at == reached->from);
  return out;
}

}  // namespace

TEST_CASE("risk: the contributions to a rating add up to it", "[risk][sample]") {
  const Risk risk = rated(sample());
  REQUIRE(risk.ratings().size() > 10);
  for (const Rating& rating : risk.ratings()) {
    RatingRange sum;
    for (const Contribution& one : risk.contributions(rating.node)) {
      CHECK(one.adds.low >= 0);
      CHECK(one.adds.high >= 0);
      sum.low += one.adds.low;
      sum.high += one.adds.high;
    }
    INFO(sample().id(rating.node));
    CHECK(sum == rating.own);
    CHECK(rating.own.low <= rating.own.high);
    CHECK(rating.reached.low <= rating.reached.high);
    CHECK(rating.decided <= rating.applicable);
    CHECK(rating.best_rank <= rating.worst_rank);
    CHECK(rating.worst_rank <= risk.ratings().size());
  }
}

TEST_CASE("risk: who employs the workers leads, and its customer is reached", "[risk][sample]") {
  const Risk risk = rated(sample());
  const Rating& delta = of(risk, "delta-2");
  CHECK(delta.gravest == Severity::critical);
  CHECK(delta.own.low >= 800);
  const Rating& acme = of(risk, "acme");
  CHECK(acme.own.low == 0);
  CHECK(acme.reached.low > 0);
  CHECK(way(risk, "acme").back() == "delta-2");
  // Being near changes no verdict.
  CHECK(risk.assessment().worst(sample().find("acme").value()) == Verdict::unknown);
}

TEST_CASE("risk: less said widens every rating, and moves none out of its range",
          "[risk][sample][law]") {
  const Risk whole = rated(sample());
  std::size_t looked = 0;
  std::size_t widened = 0;
  const auto all = test::statements(sample());
  for (std::size_t at = 0; at < all.size(); at += 3) {
    if (all[at].kind == test::Statement::Kind::edge_cell) {
      const EdgeTable& table = sample().table(EdgeId{all[at].row});
      const std::string& name =
          sample().schema().edge(table.kind).attributes[all[at].attribute.index].name;
      // A missing day does not bound: that says something else, not less.
      if (name == "since" || name == "until" || name == "on") continue;
    } else if (all[at].kind == test::Statement::Kind::node_cell) {
      const KindId kind = sample().kind(NodeId{all[at].row});
      const std::string& name =
          sample().schema().kind(kind).attributes[all[at].attribute.index].name;
      if (name == "since" || name == "until" || name == "on") continue;
    }
    test::Remake change;
    change.without = all[at];
    const Network less = test::remake(sample(), change);
    const Risk risk = rated(less);
    ++looked;
    for (const Rating& before : whole.ratings()) {
      const Rating& now = of(risk, sample().id(before.node));
      INFO(test::name_of(sample(), all[at]) << " for " << sample().id(before.node));
      CHECK(now.own.low <= before.own.low);
      CHECK(now.own.high >= before.own.high);
      CHECK(now.total().low <= before.total().low);
      CHECK(now.total().high >= before.total().high);
      if (now.own != before.own) ++widened;
    }
  }
  CHECK(looked > 20);
  CHECK(widened > 10);
}

TEST_CASE("risk: the order of input changes no rating", "[risk][sample][law]") {
  const auto text = [](const Risk& risk) {
    std::string out;
    const Network& network = risk.assessment().network();
    for (const Rating& rating : risk.ratings()) {
      out += std::string(network.id(rating.node)) + " " + std::to_string(rating.own.low) + ".." +
             std::to_string(rating.own.high) + " " + std::to_string(rating.reached.low) + ".." +
             std::to_string(rating.reached.high) + " " + std::to_string(rating.best_rank) + ".." +
             std::to_string(rating.worst_rank);
      for (const std::string& step : way(risk, network.id(rating.node))) out += " < " + step;
      for (const Contribution& one : risk.contributions(rating.node)) {
        out += " " + std::string(network.id(one.subject)) + "+" + std::to_string(one.adds.low);
      }
      out += "\n";
    }
    return out;
  };
  const std::string before = text(rated(sample()));
  for (const std::uint64_t order : {3U, 17U, 99U}) {
    test::Remake change;
    change.order = order;
    CHECK(text(rated(test::remake(sample(), change))) == before);
  }
}

TEST_CASE("risk: where nothing is known a rating says nothing", "[risk]") {
  const Network network = network_of(
      "nodes: {Facility: {f: {}}, Cohort: {c: {}}}\nedges: {employs: [{from: f, to: c}]}\n");
  const Risk risk = rated(network);
  const Rating& rating = of(risk, "f");
  CHECK(rating.own.low == 0);
  CHECK(rating.own.high >= 800);
  CHECK(rating.decided == 0);
  CHECK(rating.applicable > 0);
  CHECK(risk.rating(network.find("c").value()) == nullptr);
}

TEST_CASE("risk: who recruited answers for fees, not for another one's wages", "[risk]") {
  const Network network = network_of(R"(
nodes:
  Facility: {f: {country: MY}}
  Recruiter: {r: {country: NP}}
  Cohort: {c: {workers: 10, origin: NP, destination: MY, migration: international, left: null, base_wage: 900 MYR/month}}
edges:
  employs: [{from: f, to: c}]
  recruited: [{from: r, to: c}]
)");
  const Risk risk = rated(network);
  std::vector<std::string> of_facility;
  for (const Contribution& one : risk.contributions(network.find("f").value())) {
    if (one.verdict == Verdict::fail) of_facility.push_back(core().all()[one.rule].id);
  }
  CHECK(of_facility == std::vector<std::string>{"wages.below-minimum"});
  for (const Contribution& one : risk.contributions(network.find("r").value())) {
    CHECK(core().all()[one.rule].id != "wages.below-minimum");
  }
}

TEST_CASE("risk: equals share a rank, and ranks are as wide as ratings", "[risk]") {
  const Network network = network_of("nodes: {Company: {a: {}, b: {}, c: {}}}\n");
  const Risk risk = rated(network);
  for (const Rating& rating : risk.ratings()) {
    CHECK(rating.best_rank == 1);
    CHECK(rating.worst_rank == (rating.own.high > 0 ? 3 : 1));
  }
}
