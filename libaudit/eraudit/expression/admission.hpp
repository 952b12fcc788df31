#pragma once
// Which statements of a network an evaluation may rest on. Shared between modules, not installed.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/fact.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

/// What counts of all that is said. What does not count reads as if nobody had said it. Plain data,
/// filled once; safe from many threads. The network, whose claims it points into, outlives it.
///
/// A place is an attribute of a node kind or of an edge table, or that their rows are there.
struct Admission {
  enum class Says : std::uint8_t {
    as_stored,  ///< what the column holds
    nothing,    ///< nobody who counts says anything
    claim,      ///< what one claim holds: the only value that counts
    disputed,   ///< there are several
  };
  struct Claimed {
    std::uint32_t row = 0;
    Says says = Says::nothing;
    const Cell* cell = nullptr;  ///< of a claim
  };
  static constexpr std::uint8_t no_topic = 0xFF;
  struct Place {
    std::uint8_t topic = no_topic;           ///< none: all counts, as stored
    std::span<const std::uint16_t> sources;  ///< by row; empty: none is named
    Bitmap has_claims;
    std::vector<Claimed> claims;  ///< by row
  };

  std::vector<Place> places;
  std::size_t source_count = 0;
  std::vector<std::uint8_t> counts;  ///< by topic, then source of the network
  /// Lists of which nobody who counts says that they are complete. In order.
  std::vector<Fact> not_complete;

  /// O(log claims on the place), for most rows O(1).
  [[nodiscard]] Claimed look(std::uint32_t place, std::uint32_t row) const noexcept {
    const Place& at = places[place];
    if (at.topic == no_topic) return {row, Says::as_stored, nullptr};
    if (at.has_claims.test(row)) [[unlikely]]
      return find(at, row);
    const std::size_t source = at.sources.empty() ? 0 : at.sources[row];
    const bool good = counts[at.topic * source_count + source] != 0;
    return {row, good ? Says::as_stored : Says::nothing, nullptr};
  }
  /// What counts of a fact of the network: `as_stored` for those that have no place. O(log claims).
  [[nodiscard]] Says look(const Network& network, const Fact& fact) const noexcept {
    return look_up(network, fact).says;
  }
  /// Of a cell of which several say something, but one value counts: that one. Else null.
  [[nodiscard]] const Cell* claim(const Network& network, const Fact& fact) const noexcept {
    return look_up(network, fact).cell;
  }

 private:
  [[nodiscard]] ERAUDIT_API Claimed look_up(const Network& network,
                                            const Fact& fact) const noexcept;
  [[nodiscard]] ERAUDIT_API static Claimed find(const Place& place, std::uint32_t row) noexcept;
};

/// Attributes, then (`row_itself`) that the row is there.
[[nodiscard]] ERAUDIT_API std::uint32_t place_of(const Network& network, KindId kind,
                                                 AttributeId attribute) noexcept;
[[nodiscard]] ERAUDIT_API std::uint32_t place_of(const Network& network, const EdgeTable& table,
                                                 AttributeId attribute) noexcept;
[[nodiscard]] ERAUDIT_API std::uint32_t place_count(const Network& network) noexcept;

/// "What if this cell were so": one of the values that disagree.
struct Assumption {
  Fact fact;
  const Cell* cell = nullptr;  ///< outlives its use
  friend bool operator==(const Assumption&, const Assumption&) = default;
};

/// From now on these cells read so; takes the place of what was assumed before and outlasts
/// `begin()`. For a few.
ERAUDIT_API void assume(Evaluator& evaluator, std::span<const Assumption> assumptions);
/// What was assumed last.
[[nodiscard]] ERAUDIT_API std::span<const Assumption> assumed(const Evaluator& evaluator);

}  // namespace eraudit
