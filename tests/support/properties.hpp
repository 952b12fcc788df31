#pragma once
// Laws that any rules keep on any network. Each returns what breaks the law, in words; nothing if
// it holds.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::test {

/// Something a network says, or could say: a cell of a node or edge, or that a list is complete.
struct Statement {
  enum class Kind : std::uint8_t { node_cell, edge_cell, completion };
  Kind kind = Kind::node_cell;
  std::uint32_t row = 0;  ///< NodeId or EdgeId
  AttributeId attribute;
  ListId list;
};

/// A network once more, changed in one thing or in none, built in an order that `order` chooses (0:
/// as it is).
struct Remake {
  std::uint64_t order = 0;
  std::optional<Statement> without;
  std::optional<Statement> with;  ///< a cell that is unknown
  Cell value;                     ///< of `with`
};
[[nodiscard]] Network remake(const Network& network, const Remake& change);

/// Cells that are known, absent or ranges, and statements of completeness.
[[nodiscard]] std::vector<Statement> statements(const Network& network);
/// Cells that nobody said and that are not disputed.
[[nodiscard]] std::vector<Statement> gaps(const Network& network);
/// `np-24.base_wage`.
[[nodiscard]] std::string name_of(const Network& network, const Statement& statement);

/// What can be wrong stays small: the first few are listed, the others counted. `looked_at` says
/// how much was tried, so that a test can see that it was something.
struct Lawbreakers {
  std::vector<std::string> found;
  std::size_t looked_at = 0;  ///< changed networks
  std::size_t changed = 0;    ///< verdicts that were not as before, in keeping with the law

  [[nodiscard]] std::string text() const;
};

/// Without a statement each verdict stays or becomes unknown, and then its ask names the statement.
///
/// Two things follow from the meaning of the language and are not counted as breaks. A missing
/// `since`, `until` or `on` does not bound, unless the schema requires it, so removing one says
/// something else, not less: such cells are left alone. And a condition that is good either way is
/// not applicable when `when` is no longer known: a `pass` may become that, if `when` waits for the
/// statement.
[[nodiscard]] Lawbreakers check_removing(const Network& network, const Rules& rules,
                                         const Options& options);

/// Filling a gap never changes a verdict that was decided, except from not applicable to `pass`
/// where `when` was open; `values` are tried one after another, up to `tries` for each attribute.
[[nodiscard]] Lawbreakers check_filling(const Network& network, const Rules& rules,
                                        const Options& options, std::size_t tries = 3);

/// The order of input changes nothing.
[[nodiscard]] Lawbreakers check_order(const Network& network, const Rules& rules,
                                      const Options& options, std::size_t orders = 5);

/// The number of threads changes nothing.
[[nodiscard]] Lawbreakers check_threads(const Network& network, const Rules& rules,
                                        const Options& options);

/// Everything that an assessment says, explanations included, as text.
[[nodiscard]] std::string everything(const Assessment& assessment, bool explanations = true);

}  // namespace eraudit::test
