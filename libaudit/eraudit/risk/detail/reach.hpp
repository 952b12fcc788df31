#pragma once
// How far ratings reach: the strongest product of weights over a few steps.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "eraudit/risk/risk.hpp"

namespace eraudit::risk_detail {

/// Steps from rated nodes to rated neighbours that hold, or may hold, on a day. Nodes are numbered
/// as their owner does (`number`: by NodeId, `none` if not rated).
class Steps {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Step {
    std::uint32_t to = 0;
    EdgeId edge;
    Thousandths weight = 0;
    bool certain = true;  ///< holds; else may hold
  };

  Steps(const Network& network, const Exposure& exposure, std::span<const std::uint32_t> number,
        std::uint32_t count, Date day);

  /// Of one node, by neighbour, then edge.
  [[nodiscard]] std::span<const Step> of(std::uint32_t node) const noexcept {
    return std::span(steps_).subspan(offsets_[node], offsets_[node + 1] - offsets_[node]);
  }
  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(offsets_.size() - 1);
  }

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<Step> steps_;
};

enum class End : std::uint8_t { low, high };

/// What reaches every node from another one: the most over 1 to `most_steps` steps of the other's
/// own rating times the weights, rounded down at each step. O(most_steps * steps).
[[nodiscard]] std::vector<Thousandths> spread(const Steps& steps, std::span<const RatingRange> own,
                                              End end, std::uint32_t most_steps);

struct Way {
  std::uint32_t from = 0;
  Thousandths value = 0;
  std::vector<EdgeId> edges;  ///< from the node to `from`
};

/// The way by which `spread` came to its value for `node`; of equal ones the shortest, then that
/// from the smallest origin, then over the smallest nodes and edges. Nothing if nothing reaches it.
/// O(most_steps * steps within reach).
[[nodiscard]] std::optional<Way> find_way(const Steps& steps, std::span<const RatingRange> own,
                                          End end, std::uint32_t most_steps, std::uint32_t node);

}  // namespace eraudit::risk_detail
