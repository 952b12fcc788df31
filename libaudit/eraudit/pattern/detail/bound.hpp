#pragma once
// A plan with the edge tables of one network.

#include <vector>

#include "eraudit/expression/host.hpp"
#include "eraudit/pattern/detail/plan.hpp"
#include "eraudit/pattern/matcher.hpp"

namespace eraudit {
namespace pattern_detail {

/// The edges of one list at the nodes of one kind, as a step walks them.
struct Lane {
  struct Part {
    const EdgeTable* table = nullptr;
    EdgeDays days;
    KindId far;
    std::uint32_t first_node = 0;  ///< of the near kind
  };
  ListId list;
  bool out = false;
  bool both = false;  ///< the step also walks the other direction: loops are met there
  KindSet targets;    ///< kinds that an edge of this list can lead to
  std::vector<Part> parts;
};

}  // namespace pattern_detail

struct BoundPattern::Binding {
  std::vector<BoundProgram> checks;  ///< as `Plan::checks`
  std::vector<BoundProgram> outer;   ///< those of `Plan::outer` that are there
  std::vector<std::uint32_t> outer_variables;
  /// By site, then by kind of the node it leaves.
  std::vector<std::vector<std::vector<pattern_detail::Lane>>> lanes;
  /// By site: the checks asked after it, and those asked at each of its hops.
  std::vector<std::vector<std::uint32_t>> checks_at;
  std::vector<std::vector<std::uint32_t>> hop_checks;
  /// By variable: the site that binds it; none for outer ones.
  std::vector<std::uint32_t> bound_at;
  /// By variable: all sites that it stands at, in the order of reading.
  std::vector<std::vector<std::uint32_t>> sites_of;
};

}  // namespace eraudit
