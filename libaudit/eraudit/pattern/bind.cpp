#include <algorithm>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/pattern/detail/bound.hpp"

namespace eraudit {
namespace {

using pattern_detail::Check;
using pattern_detail::KindSet;
using pattern_detail::Lane;
using pattern_detail::none;
using pattern_detail::Site;
using pattern_detail::Step;

void require_schema(const Schema& of, const Schema& network) {
  const auto refuse = [](const std::string& name) {
    throw Error(
        ErrorCode::bad_argument,
        "the network's schema is not the one the pattern was checked with, nor an extension "
        "of it: '" +
            name + "' differs");
  };
  for (std::size_t i = 0; i < of.kinds().size(); ++i) {
    if (i >= network.kinds().size() || network.kinds()[i].name != of.kinds()[i].name) {
      refuse(of.kinds()[i].name);
    }
  }
  for (std::size_t i = 0; i < of.edges().size(); ++i) {
    if (i >= network.edges().size() || network.edges()[i].name != of.edges()[i].name) {
      refuse(of.edges()[i].name);
    }
  }
}

std::vector<std::vector<Lane>> lanes_of(const Step& step, const Schema& schema,
                                        const Network& network) {
  std::vector<std::vector<Lane>> out(schema.kinds().size());
  if (step.never) return out;
  for (std::size_t k = 0; k < out.size(); ++k) {
    const KindId near{static_cast<std::uint16_t>(k)};
    const bool leaves = std::any_of(step.viable.begin(), step.viable.end(),
                                    [&](const KindSet& kinds) { return kinds.has(near); });
    if (!leaves) continue;
    for (const ListId list : schema.lists(near)) {
      const bool walked = list.side == Side::from ? step.out : step.in;
      if (!walked || !std::binary_search(step.kinds.begin(), step.kinds.end(), list.edge)) continue;
      Lane lane;
      lane.list = list;
      lane.out = list.side == Side::from;
      lane.both = step.out && step.in;
      lane.targets = KindSet(schema.kinds().size());
      const EdgeEnd& far = schema.edge(list.edge).end(lane.out ? Side::to : Side::from);
      for (const KindId kind : far.kinds) lane.targets.add(kind);
      for (const std::uint16_t index : network.tables(near, list)) {
        const EdgeTable& table = network.tables()[index];
        lane.parts.push_back({&table, EdgeDays(network, table),
                              lane.out ? table.to_kind : table.from_kind,
                              network.nodes(near).first});
      }
      out[k].push_back(std::move(lane));
    }
  }
  return out;
}

}  // namespace

BoundPattern bind(PatternPtr pattern, const Network& network, std::span<const TablePtr> tables) {
  if (!pattern) throw Error(ErrorCode::bad_argument, "there is no pattern to bind");
  const Pattern::Plan& plan = pattern->plan();
  require_schema(*plan.schema, network.schema());
  auto binding = std::make_shared<BoundPattern::Binding>();
  binding->lanes.reserve(plan.sites.size());
  binding->checks_at.resize(plan.sites.size());
  binding->hop_checks.resize(plan.sites.size());
  binding->bound_at.assign(plan.variables.size(), none);
  binding->sites_of.resize(plan.variables.size());
  const auto bound = [&](std::uint32_t variable, std::uint32_t site) {
    if (variable == none || plan.variables[variable].outer) return;
    std::uint32_t& at = binding->bound_at[variable];
    if (at == none) at = site;
    binding->sites_of[variable].push_back(site);
  };
  for (std::uint32_t i = 0; i < plan.sites.size(); ++i) {
    const Site& site = plan.sites[i];
    binding->lanes.push_back(site.kind == Site::Kind::step
                                 ? lanes_of(site.step, *plan.schema, network)
                                 : std::vector<std::vector<Lane>>());
    bound(plan.paths[site.path].places[site.place].variable, i);
    if (site.kind == Site::Kind::step) bound(site.step.variable, i);
  }
  for (std::uint32_t i = 0; i < plan.checks.size(); ++i) {
    const Check& check = plan.checks[i];
    binding->checks.push_back(eraudit::bind(check.program, &network, tables));
    (check.each_hop ? binding->hop_checks : binding->checks_at)[check.at].push_back(i);
  }
  for (std::uint32_t i = 0; i < plan.outer.size(); ++i) {
    if (plan.outer[i] == nullptr) continue;
    binding->outer.push_back(eraudit::bind(plan.outer[i], &network, tables));
    binding->outer_variables.push_back(i);
  }
  BoundPattern out;
  out.pattern_ = std::move(pattern);
  out.network_ = &network;
  out.binding_ = std::move(binding);
  return out;
}

}  // namespace eraudit
