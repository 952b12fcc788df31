#pragma once
// How many steps an expression takes, told before it is run: from how long the lists of one network
// are. What is read in a loop counts as often as the loop may turn.
//
// `most` is meant to be an upper bound of the fuel of one evaluation: each list as long as the
// longest, each branch taken, no element left out, none found early. Not in it: what looking for
// facts by name takes in rows that wait for thousands of them. `typical` is no bound: each list as
// long as the mean. Shared between modules, not installed.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit {

/// An amount that nobody knows before, told twice. Doubles: what explodes has no end.
struct Expected {
  double typical = 0;
  double most = 0;

  [[nodiscard]] static Expected of(double both) { return {both, both}; }
  Expected& operator+=(const Expected& other) {
    typical += other.typical;
    most += other.most;
    return *this;
  }
  friend Expected operator+(Expected a, const Expected& b) { return a += b; }
  friend Expected operator*(const Expected& a, const Expected& b) {
    return {a.typical * b.typical, a.most * b.most};
  }
  friend Expected operator*(const Expected& a, double by) { return {a.typical * by, a.most * by}; }
};

/// How large a value is.
struct ValueSize {
  Expected items;  ///< of a list, entries of a map
  Expected bytes;  ///< of a text
  std::shared_ptr<const ValueSize>
      element;  ///< what such items are at most; null: they have no size
};

/// Loops within each other, and what they come to.
struct CostlyPart {
  const Program* program = nullptr;
  Span span;                    ///< of the innermost, in the text of the program
  std::vector<double> lengths;  ///< of the lists, from the outside, at most
  double steps = 0;             ///< of the innermost, as often as it runs, at most
};

struct ExpressionCost {
  Expected steps;
  ValueSize result;
  std::vector<CostlyPart> parts;  ///< its loops; those within others behind them
};

/// Lengths of the lists and texts of a network, measured when they are first asked for. Not for
/// many threads.
class ERAUDIT_API NetworkSizes {
 public:
  explicit NetworkSizes(const Network& network) : network_(&network) {}

  [[nodiscard]] const Network& network() const noexcept { return *network_; }
  /// Edges that the nodes of `kind` have in `list`.
  [[nodiscard]] Expected edges(KindId kind, ListId list);
  /// Texts of an attribute with lists of them.
  [[nodiscard]] Expected listed(const Column& column);
  /// Bytes of the texts of the network.
  [[nodiscard]] Expected text();

 private:
  const Network* network_;
  std::map<std::pair<std::uint16_t, std::pair<std::uint16_t, Side>>, Expected> edges_;
  std::map<const Column*, Expected> listed_;
  std::optional<Expected> text_;
};

/// `variables`: by slot; what is not there has no size. A variable costs one step: what computing
/// it takes is to be added once by who knows how. O(length of the expression), and what
/// `NetworkSizes` takes.
[[nodiscard]] ERAUDIT_API ExpressionCost expected_cost(const BoundProgram& program,
                                                       std::span<const ValueSize> variables,
                                                       NetworkSizes& sizes,
                                                       const Limits& limits = {});

}  // namespace eraudit
