#pragma once
// What an unknown waits for.

#include <algorithm>
#include <compare>
#include <cstdint>
#include <span>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// One thing that is not known. A small plain value, ordered, of one network and one evaluator.
struct Fact {
  enum class Kind : std::uint8_t {
    node_attribute,  ///< `attribute` of the node `row`
    edge_attribute,  ///< `attribute` of the edge `row`, or (`row_itself`) that it is there
    list,            ///< whether there are more edges of `list()` at the node `row`
    rate,            ///< the exchange rate from currency `code` to currency `row` on `day`
    table,           ///< a row of table `code` for the keys numbered `row` by the evaluator
    named,  ///< a variable that was declared unknown; `row` numbers its path in the evaluator
  };
  Kind kind = Kind::named;
  Side side = Side::from;
  std::uint16_t code = 0;  ///< attribute, edge kind, currency or table
  std::uint32_t row = 0;
  Date day;

  [[nodiscard]] static Fact of(NodeId node, AttributeId attribute) {
    return {Kind::node_attribute, Side::from, attribute.index, node.index, {}};
  }
  [[nodiscard]] static Fact of(EdgeId edge, AttributeId attribute) {
    return {Kind::edge_attribute, Side::from, attribute.index, edge.index, {}};
  }
  [[nodiscard]] static Fact of(NodeId node, ListId list) {
    return {Kind::list, list.side, list.edge.index, node.index, {}};
  }
  [[nodiscard]] static Fact rate(Currency from, Currency to, Date day) {
    return {Kind::rate, Side::from, from.index(), to.index(), day};
  }
  [[nodiscard]] AttributeId attribute() const noexcept { return {code}; }
  [[nodiscard]] ListId list() const noexcept { return {EdgeKindId{code}, side}; }
  friend auto operator<=>(const Fact&, const Fact&) = default;
};

/// Facts in order, without repetition; at most `Limits::facts_per_verdict` are kept, the others
/// counted. Lives in the arena of an evaluator.
struct FactSet {
  std::span<const Fact> facts;
  std::uint32_t more = 0;

  /// Whether it waits for the edge itself of which `fact` is an attribute: who confirms that says
  /// the other, too. O(log facts).
  [[nodiscard]] bool has_edge_of(const Fact& fact) const {
    return fact.kind == Fact::Kind::edge_attribute && fact.attribute() != row_itself &&
           std::binary_search(facts.begin(), facts.end(), Fact::of(EdgeId{fact.row}, row_itself));
  }
};

}  // namespace eraudit
