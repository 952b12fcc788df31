#include "eraudit/pattern/cost.hpp"

#include <algorithm>

#include "eraudit/pattern/detail/bound.hpp"

namespace eraudit {
namespace {

using pattern_detail::Lane;
using pattern_detail::Site;
using pattern_detail::Step;

/// Of going on from each node: rows that come of it, steps, and how often it breaks off at a list
/// that may have further edges; what does not hang on them is read on from there.
struct Ways {
  std::vector<double> rows;
  std::vector<double> steps;
  std::vector<double> breaks;
};

/// Steps at a node besides those of its edges, for each list that may have further ones.
constexpr double broken_off = 4;

class Counting {
 public:
  Counting(const BoundPattern& pattern, std::span<const ValueSize> variables, NetworkSizes& sizes,
           const Limits& limits)
      : plan_(pattern.pattern().plan()), binding_(pattern.binding()), network_(pattern.network()) {
    for (const BoundProgram& check : binding_.checks) {
      checks_.push_back(1 + expected_cost(check, variables, sizes, limits).steps.most);
    }
    for (const BoundProgram& outer : binding_.outer) {
      fixed_ += expected_cost(outer, variables, sizes, limits).steps.most;
    }
    std::uint32_t longest = 0;
    for (const Site& site : plan_.sites) longest += site.step.high;
    const std::uint32_t to_search = longest / 16;
    const std::uint32_t to_copy = longest / 8;
    to_look_at_an_edge_ = 1 + static_cast<double>(to_search);
    to_emit_ = 3 + static_cast<double>(to_copy);
    for (const double check : checks_) to_emit_ += check;
    fixed_ += to_emit_;
  }

  PatternCost result() {
    if (plan_.never) return {Expected::of(1), {}, 1};
    // What a path that hangs on another begins with may be any node: its dearest counts.
    Ways all = one_path(plan_.sites[0].path);
    double rows = 1;
    for (std::size_t site = 1; site < plan_.sites.size(); ++site) {
      if (plan_.sites[site].kind != Site::Kind::start) continue;
      const Ways later = one_path(plan_.sites[site].path);
      const double most = *std::max_element(later.steps.begin(), later.steps.end());
      for (std::size_t node = 0; node < all.rows.size(); ++node) {
        all.steps[node] += (all.rows[node] + all.breaks[node]) * rows * most;
      }
      const double later_rows = *std::max_element(later.rows.begin(), later.rows.end());
      rows *= later_rows + *std::max_element(later.breaks.begin(), later.breaks.end());
    }
    return over_starts(all, rows);
  }

 private:
  PatternCost over_starts(const Ways& all, double later_rows) const {
    PatternCost cost;
    const auto most_rows = static_cast<double>(plan_.limits.rows);
    std::size_t starts = 0;
    for (const KindId kind : plan_.start_kinds) {
      const auto nodes = network_.nodes(kind);
      for (std::uint32_t node = nodes.first; node < nodes.last; ++node) {
        const double rows = std::min(all.rows[node] * later_rows, most_rows);
        const double steps = fixed_ + all.steps[node];
        cost.rows += {rows, 0};
        cost.rows.most = std::max(cost.rows.most, rows);
        cost.steps.typical += steps;
        cost.heaviest = std::max(cost.heaviest, steps);
        // What is certain is walked first, then all that is possible, and if a condition breaks
        // each way is followed; what each row hangs on is collected from all of it.
        cost.steps.most = std::max(cost.steps.most, 3 * steps + (rows + 2) * (2 + steps / 8));
      }
      starts += nodes.size();
    }
    if (starts > 0) {
      cost.rows.typical /= static_cast<double>(starts);
      cost.steps.typical /= static_cast<double>(starts);
    }
    return cost;
  }

  /// An arm of a path leaves where the path begins: rows are those of all arms, multiplied.
  Ways one_path(std::size_t path) const {
    Ways all = blank(1, 1);
    std::size_t end = plan_.sites.size();
    while (end > 0) {
      std::size_t begin = end - 1;
      const Site& last = plan_.sites[begin];
      if (last.path != path || last.kind == Site::Kind::start) {
        end = begin;
        continue;
      }
      while (!plan_.sites[begin].new_arm && begin > 0 &&
             plan_.sites[begin - 1].kind == Site::Kind::step) {
        --begin;
      }
      const Ways arm = one_arm(begin, end);
      // It is walked for each row of those read before it; here it is read first.
      for (std::size_t node = 0; node < all.rows.size(); ++node) {
        const double times = arm.rows[node] + arm.breaks[node];
        all.steps[node] = arm.steps[node] + times * all.steps[node];
        all.breaks[node] = arm.breaks[node] + times * all.breaks[node];
        all.rows[node] *= arm.rows[node];
      }
      end = begin;
    }
    return all;
  }

  Ways one_arm(std::size_t begin, std::size_t end) const {
    Ways ways = blank(1, to_emit_);
    for (std::size_t site = end; site > begin; --site) ways = before(site - 1, std::move(ways));
    return ways;
  }

  /// Going on from where `site` leaves, if `after` is going on from where it ends.
  Ways before(std::size_t number, Ways after) const {
    const Site& site = plan_.sites[number];
    const Step& step = site.step;
    end_site(number, after);
    Ways next = blank(0, 0);
    for (std::uint32_t hops = step.high + 1; hops-- > 0;) {
      Ways here = blank(0, 1);
      if (hops >= step.low) here = after;
      if (hops < step.high) {
        add_hop(number, hops, next, here);
      } else if (step.cut_off) {
        add_hop(number, hops, blank(0, 0), here);
      }
      next = std::move(here);
    }
    return next;
  }

  /// Kinds and conditions of the place where a site ends.
  void end_site(std::size_t number, Ways& after) const {
    const Site& site = plan_.sites[number];
    const auto& place = plan_.paths[site.path].places[site.place];
    double asked = 1;
    for (const std::uint32_t check : binding_.checks_at[number]) {
      asked += checks_[check] * std::max(1U, site.step.high);
    }
    for (std::size_t kind = 0; kind < network_.schema().kinds().size(); ++kind) {
      const KindId of{static_cast<std::uint16_t>(kind)};
      const auto nodes = network_.nodes(of);
      const bool ends = place.kinds.has(of);
      for (std::uint32_t node = nodes.first; node < nodes.last; ++node) {
        if (!ends) after.rows[node] = after.steps[node] = after.breaks[node] = 0;
        after.steps[node] += asked;
      }
    }
  }

  /// Over one edge of each lane, then on as `next` says.
  void add_hop(std::size_t number, std::uint32_t hops, const Ways& next, Ways& here) const {
    const Step& step = plan_.sites[number].step;
    double edge = to_look_at_an_edge_;
    for (const std::uint32_t check : binding_.hop_checks[number]) edge += checks_[check];
    for (std::size_t kind = 0; kind < binding_.lanes[number].size(); ++kind) {
      const auto nodes = network_.nodes(KindId{static_cast<std::uint16_t>(kind)});
      for (const Lane& lane : binding_.lanes[number][kind]) {
        for (std::uint32_t node = nodes.first; node < nodes.last; ++node) {
          here.steps[node] += broken_off + to_emit_;
          if (!network_.complete(NodeId{node}, lane.list)) ++here.breaks[node];
        }
        for (const Lane::Part& part : lane.parts) {
          if (hops + 1 < step.viable.size() && !step.viable[hops + 1].has(part.far)) continue;
          const EdgeTable& table = *part.table;
          const auto& offsets = lane.out ? table.out_offsets : table.in_offsets;
          for (std::uint32_t node = nodes.first; node < nodes.last; ++node) {
            const std::uint32_t at = node - part.first_node;
            for (std::uint32_t position = offsets[at]; position < offsets[at + 1]; ++position) {
              const std::uint32_t row = lane.out ? position : table.in_rows[position];
              const NodeId other = lane.out ? table.to[row] : table.from[row];
              here.rows[node] += next.rows[other.index];
              here.steps[node] += edge + next.steps[other.index];
              here.breaks[node] += next.breaks[other.index];
            }
          }
        }
      }
    }
  }

  [[nodiscard]] Ways blank(double rows, double steps) const {
    const std::size_t nodes = network_.node_count();
    return {std::vector<double>(nodes, rows), std::vector<double>(nodes, steps),
            std::vector<double>(nodes, 0)};
  }

  const Pattern::Plan& plan_;
  const BoundPattern::Binding& binding_;
  const Network& network_;
  std::vector<double> checks_;
  double fixed_ = 1;
  double to_look_at_an_edge_ = 1;
  double to_emit_ = 3;
};

}  // namespace

double longest_row(const Pattern& pattern) noexcept {
  double edges = 0;
  for (const Site& site : pattern.plan().sites) {
    if (site.kind == Site::Kind::step) edges += site.step.high;
  }
  return edges;
}

PatternCost expected_cost(const BoundPattern& pattern, std::span<const ValueSize> variables,
                          NetworkSizes& sizes, const Limits& limits) {
  return Counting(pattern, variables, sizes, limits).result();
}

}  // namespace eraudit
