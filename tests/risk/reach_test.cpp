// How far ratings reach, against a slow and obvious search.

#include "eraudit/risk/detail/reach.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "eraudit/network/builder.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using risk_detail::End;
using risk_detail::Steps;

namespace {

/// Companies that supply each other at random, on some days.
struct World {
  Network network;
  std::vector<std::uint32_t> number;
  std::vector<RatingRange> own;
  Exposure exposure;

  explicit World(std::mt19937& random) : network(build(random)) {
    const Schema& schema = network.schema();
    const KindId company = *schema.find_kind("Company");
    exposure.rated = {company};
    exposure.reach.push_back({company, schema.find_list(company, "suppliers")->list,
                              static_cast<Thousandths>(random() % 3 == 0 ? 1000 : 600)});
    exposure.reach.push_back({company, schema.find_list(company, "owned")->list, 800});
    exposure.most_steps = 1 + static_cast<std::uint32_t>(random() % 5);
    for (std::uint32_t node = 0; node < network.node_count(); ++node) {
      number.push_back(node);
      const auto low = static_cast<Thousandths>(random() % 4 == 0 ? random() % 1001 : 0);
      own.push_back({low, std::max(low, static_cast<Thousandths>(random() % 1001))});
    }
  }

  static Network build(std::mt19937& random) {
    const SchemaPtr& schema = recruitment_schema();
    NetworkBuilder builder(schema);
    const auto count = 2 + random() % 6;
    std::vector<NodeDraft> nodes;
    for (std::size_t at = 0; at < count; ++at) {
      nodes.push_back(builder.node(*schema->find_kind("Company"), "c" + std::to_string(at)));
    }
    const EdgeKindId kinds[] = {*schema->find_edge("supplies"), *schema->find_edge("owns")};
    const std::size_t edges = random() % 14;
    for (std::size_t at = 0; at < edges; ++at) {
      const EdgeKindId kind = kinds[random() % 2];
      const EdgeDraft edge = builder.edge(kind, nodes[random() % count], nodes[random() % count]);
      const AttributeId until = *schema->edge(kind).find("until");
      if (random() % 4 == 0) {
        builder.set_date(edge, until, *parse_date(random() % 2 == 0 ? "2020-01-01" : "2030-01-01"));
      } else if (random() % 6 == 0) {
        builder.set(edge, until,
                    Cell::between(*parse_date("2020-01-01"), *parse_date("2030-01-01")));
      }
    }
    return builder.build().value();
  }

  [[nodiscard]] Steps steps() const {
    return Steps(network, exposure, number, static_cast<std::uint32_t>(number.size()),
                 *parse_date("2026-06-30"));
  }
};

/// Every walk of at most `left` more steps.
Thousandths slow(const World& world, const Steps& steps, End end, std::uint32_t node) {
  Thousandths most = 0;
  // The value is rounded down from the origin on, so a walk is multiplied out when it is complete.
  std::vector<Thousandths> weights;
  const std::function<void(std::uint32_t)> walk = [&](std::uint32_t at) {
    if (!weights.empty() && at != node) {
      Thousandths value = end == End::low ? world.own[at].low : world.own[at].high;
      for (auto weight = weights.rbegin(); weight != weights.rend(); ++weight)
        value = value * *weight / 1000;
      most = std::max(most, value);
    }
    if (weights.size() == world.exposure.most_steps) return;
    for (const Steps::Step& step : steps.of(at)) {
      if (end == End::low && !step.certain) continue;
      weights.push_back(step.weight);
      walk(step.to);
      weights.pop_back();
    }
  };
  walk(node);
  return most;
}

}  // namespace

TEST_CASE("risk: what reaches a node is the most that any walk brings", "[risk][reach]") {
  std::mt19937 random(5);
  std::size_t reached = 0;
  for (int round = 0; round < 3'000; ++round) {
    const World world(random);
    const Steps steps = world.steps();
    for (const End end : {End::low, End::high}) {
      const auto most = risk_detail::spread(steps, world.own, end, world.exposure.most_steps);
      for (std::uint32_t node = 0; node < most.size(); ++node) {
        REQUIRE(most[node] == slow(world, steps, end, node));
        if (most[node] > 0) ++reached;
      }
    }
  }
  CHECK(reached > 5'000);
}

TEST_CASE("risk: the way to what reaches a node gives its value, edge by edge", "[risk][reach]") {
  std::mt19937 random(6);
  std::size_t long_ways = 0;
  for (int round = 0; round < 3'000; ++round) {
    const World world(random);
    const Steps steps = world.steps();
    const Network& network = world.network;
    for (const End end : {End::low, End::high}) {
      const auto most = risk_detail::spread(steps, world.own, end, world.exposure.most_steps);
      for (std::uint32_t node = 0; node < most.size(); ++node) {
        const auto way =
            risk_detail::find_way(steps, world.own, end, world.exposure.most_steps, node);
        REQUIRE(way.has_value() == (most[node] > 0));
        if (!way) continue;
        std::uint32_t at = node;
        std::vector<Thousandths> weights;
        for (const EdgeId edge : way->edges) {
          const auto of = steps.of(at);
          const auto step = std::find_if(of.begin(), of.end(),
                                         [&](const Steps::Step& one) { return one.edge == edge; });
          REQUIRE(step != of.end());
          CHECK((network.from(edge).index == at || network.to(edge).index == at));
          weights.push_back(step->weight);
          at = step->to;
        }
        CHECK(at == way->from);
        CHECK(at != node);
        Thousandths value = end == End::low ? world.own[at].low : world.own[at].high;
        for (auto weight = weights.rbegin(); weight != weights.rend(); ++weight)
          value = value * *weight / 1000;
        CHECK(value == most[node]);
        CHECK(value == way->value);
        if (weights.size() > 2) ++long_ways;
      }
    }
  }
  CHECK(long_ways > 100);
}
