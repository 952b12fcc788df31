#include "eraudit/risk/risk.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/risk/detail/own_verdicts.hpp"
#include "eraudit/risk/detail/reach.hpp"
#include "eraudit/risk/detail/score.hpp"

namespace eraudit {

using risk_detail::End;
using risk_detail::OwnVerdicts;
using risk_detail::Steps;
using risk_detail::Tally;
using risk_detail::Weighed;

struct Risk::State {
  State(const Assessment& judged, ExposurePtr as_read)
      : assessment(judged), exposure(std::move(as_read)), verdicts(assessment, *exposure) {}

  Assessment assessment;
  ExposurePtr exposure;
  OwnVerdicts verdicts;
  std::vector<NodeId> nodes;          ///< rated, by kind, then id
  std::vector<std::uint32_t> number;  ///< by NodeId: its place in `nodes`, or Steps::none
  std::vector<RatingRange> own;       ///< by place in `nodes`
  std::optional<Steps> steps;
  std::vector<Rating> ratings;
  std::vector<std::uint32_t> rank;  ///< by place in `nodes`: its place in `ratings`
};

namespace {

/// Both ends of a rating; the upper one is never below the lower one.
RatingRange score(const std::vector<Weighed>& counted, const Exposure& exposure) {
  Tally low;
  Tally high;
  for (const Weighed& one : counted) {
    low.add(one.low);
    high.add(one.high);
  }
  RatingRange range{low.score(exposure), high.score(exposure)};
  range.high = std::max(range.high, range.low);
  return range;
}

/// Gives each verdict what the score grows by when it joins those before it: so the parts add up.
void share_out(std::vector<Contribution>& out, const std::vector<Weighed>& counted,
               const Exposure& exposure, RatingRange whole, End end) {
  std::vector<std::uint32_t> order(counted.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) order[at] = at;
  const auto severity = [&](std::uint32_t at) {
    return end == End::low ? counted[at].low : counted[at].high;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return severity(a) > severity(b); });
  const auto part = [&](std::uint32_t at) -> Thousandths& {
    return end == End::low ? out[at].adds.low : out[at].adds.high;
  };
  Tally tally;
  Thousandths before = 0;
  for (const std::uint32_t at : order) {
    tally.add(severity(at));
    const Thousandths now = tally.score(exposure);
    part(at) = now - before;
    before = now;
  }
  const Thousandths wanted = end == End::low ? whole.low : whole.high;
  if (!order.empty()) part(order.front()) += wanted - before;
}

void rank(std::vector<Rating>& ratings) {
  std::vector<Thousandths> lows;
  std::vector<Thousandths> highs;
  for (const Rating& rating : ratings) {
    lows.push_back(rating.total().low);
    highs.push_back(rating.total().high);
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  const auto above = [](const std::vector<Thousandths>& sorted, Thousandths value) {
    return static_cast<std::uint32_t>(sorted.end() -
                                      std::upper_bound(sorted.begin(), sorted.end(), value));
  };
  for (Rating& rating : ratings) {
    const RatingRange total = rating.total();
    rating.best_rank = 1 + above(lows, total.high);
    // Itself may be above its own lower end, and does not count.
    rating.worst_rank = 1 + above(highs, total.low) - (total.high > total.low ? 1 : 0);
  }
}

}  // namespace

const Assessment& Risk::assessment() const noexcept {
  return state_->assessment;
}

const Exposure& Risk::exposure() const noexcept {
  return *state_->exposure;
}

std::span<const Rating> Risk::ratings() const noexcept {
  return state_->ratings;
}

const Rating* Risk::rating(NodeId node) const noexcept {
  if (node.index >= state_->number.size()) return nullptr;
  const std::uint32_t number = state_->number[node.index];
  return number == Steps::none ? nullptr : &state_->ratings[state_->rank[number]];
}

std::vector<Contribution> Risk::contributions(NodeId node) const {
  const Rating* const rated = rating(node);
  if (rated == nullptr) return {};
  std::vector<Weighed> counted;
  state_->verdicts.collect(node, counted);
  std::vector<Contribution> out;
  out.reserve(counted.size());
  for (const Weighed& one : counted) {
    out.push_back({one.rule, one.subject, one.verdict, one.severity, {}});
  }
  share_out(out, counted, exposure(), rated->own, End::low);
  share_out(out, counted, exposure(), rated->own, End::high);
  std::erase_if(out, [](const Contribution& one) { return one.adds == RatingRange{}; });
  std::sort(out.begin(), out.end(), [](const Contribution& a, const Contribution& b) {
    return std::tuple(-a.adds.low, -a.adds.high, a.rule, a.subject) <
           std::tuple(-b.adds.low, -b.adds.high, b.rule, b.subject);
  });
  return out;
}

std::optional<Reached> Risk::reached(NodeId node) const {
  const Rating* const rated = rating(node);
  if (rated == nullptr || rated->reached == RatingRange{}) return std::nullopt;
  const End end = rated->reached.low > 0 ? End::low : End::high;
  const auto way = risk_detail::find_way(*state_->steps, state_->own, end, exposure().most_steps,
                                         state_->number[node.index]);
  if (!way) return std::nullopt;
  return Reached{state_->nodes[way->from], rated->reached, way->edges};
}

Risk rate(const Assessment& assessment, ExposurePtr exposure) {
  const Network& network = assessment.network();
  if (!exposure) exposure = builtin_exposure(network.schema());
  const auto state = std::make_shared<Risk::State>(assessment, std::move(exposure));

  state->number.assign(network.node_count(), Steps::none);
  for (const KindId kind : state->exposure->rated) {
    if (kind.index >= network.schema().kinds().size()) {
      throw Error(ErrorCode::bad_argument, "this exposure was read for another schema");
    }
    for (const NodeId node : network.nodes(kind)) {
      state->number[node.index] = static_cast<std::uint32_t>(state->nodes.size());
      state->nodes.push_back(node);
    }
  }

  std::vector<Weighed> counted;
  for (const NodeId node : state->nodes) {
    state->verdicts.collect(node, counted);
    Rating rating;
    rating.node = node;
    rating.own = score(counted, *state->exposure);
    rating.applicable = static_cast<std::uint32_t>(counted.size());
    for (const Weighed& one : counted) {
      const bool open = one.verdict == Verdict::unknown || one.verdict == Verdict::conflict ||
                        one.verdict == Verdict::error;
      if (!open) ++rating.decided;
      const bool found = one.verdict == Verdict::fail || one.verdict == Verdict::suspect;
      if (found) rating.gravest = std::max(rating.gravest, one.severity.high);
    }
    state->own.push_back(rating.own);
    state->ratings.push_back(rating);
  }

  state->steps.emplace(network, *state->exposure, state->number,
                       static_cast<std::uint32_t>(state->nodes.size()), assessment.run().as_of);
  const std::uint32_t most_steps = state->exposure->most_steps;
  const auto low = risk_detail::spread(*state->steps, state->own, End::low, most_steps);
  const auto high = risk_detail::spread(*state->steps, state->own, End::high, most_steps);
  for (std::size_t at = 0; at < state->ratings.size(); ++at) {
    state->ratings[at].reached = {low[at], high[at]};
  }

  rank(state->ratings);
  std::sort(state->ratings.begin(), state->ratings.end(), [&](const Rating& a, const Rating& b) {
    const RatingRange first = a.total();
    const RatingRange second = b.total();
    if (first.low != second.low) return first.low > second.low;
    if (first.high != second.high) return first.high > second.high;
    return network.id(a.node) < network.id(b.node);
  });
  state->rank.resize(state->ratings.size());
  for (std::uint32_t at = 0; at < state->ratings.size(); ++at) {
    state->rank[state->number[state->ratings[at].node.index]] = at;
  }
  return Risk(state);
}

}  // namespace eraudit
