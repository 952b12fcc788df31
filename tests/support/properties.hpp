#pragma once
// Laws that hold for any network and any rules: taking away what somebody said makes a verdict unknown or leaves it;
// saying what nobody had said leaves what was decided; the order in which things are said never shows.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::test {

/// A network taken apart. What it builds knows no files, so that only content can show in a report. Rows are
/// numbered nodes first, then edges, as the network has them.
class Parts {
 public:
  explicit Parts(const Network& network);

  struct Place {
    std::size_t row = 0;
    AttributeId attribute;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  /// Cells that say something: a value, a range, absent, or claims that differ.
  [[nodiscard]] std::vector<Place> said() const;
  /// Cells of which nobody said anything, if their path is one of `paths`.
  [[nodiscard]] std::vector<Place> unsaid(const std::vector<std::string>& paths) const;
  [[nodiscard]] std::string path(const Place& place) const;  ///< `charged.amount`
  [[nodiscard]] std::string name(const Place& place) const;  ///< `np-24.base_wage`, `charged(himal, np-24, ..).amount`
  [[nodiscard]] const Attribute& attribute(const Place& place) const;
  [[nodiscard]] std::vector<std::size_t> edges() const;  ///< rows

  [[nodiscard]] Network whole() const;
  [[nodiscard]] Network without(const Place& place) const;
  [[nodiscard]] Network with(const Place& place, const Cell& cell) const;
  [[nodiscard]] Network without_edge(std::size_t row) const;
  [[nodiscard]] std::size_t completions() const;
  [[nodiscard]] Network without_completion(std::size_t index) const;
  /// Everything said in another order.
  [[nodiscard]] Network shuffled(std::uint32_t seed) const;

  /// Whether a fact of `other`, which was built from this, is that place (told by ends and attribute, since the
  /// name of an edge may hang on what was taken away).
  [[nodiscard]] bool is(const Place& place, const Network& other, const Fact& fact) const;
  /// Whether a fact is one of the two lists that the edge stands in.
  [[nodiscard]] bool is_list_of(std::size_t row, const Network& other, const Fact& fact) const;
  [[nodiscard]] bool is_completion(std::size_t index, const Network& other, const Fact& fact) const;

  /// One node or edge with all that is said about it.
  struct Row {
    bool is_edge = false;
    KindId node_kind;
    EdgeKindId edge_kind;
    std::uint32_t index = 0;  ///< of the node or edge
    std::string id;           ///< of a node
    std::string from;
    std::string to;
    std::vector<std::uint16_t> sources;
    struct Said {
      AttributeId attribute;
      std::vector<std::pair<Cell, std::uint16_t>> claims;  ///< source 0: those of the row
    };
    std::vector<Said> cells;
  };

 private:
  struct Change;
  [[nodiscard]] Network build(const Change& change) const;
  Network network_;
  std::vector<Row> rows_;
};

/// Values that an attribute might have, few but unlike: both booleans, every value of an enumeration, zero, little and
/// much, today and long ago, null where it is accepted.
[[nodiscard]] std::vector<Cell> plausible_values(const Attribute& attribute, Date as_of);

/// What broke a law, in words; empty if nothing did. `checked` counts what was tried: a test that tried nothing has
/// shown nothing.
struct LawReport {
  std::vector<std::string> broken;
  std::size_t checked = 0;   ///< networks built
  std::size_t changed = 0;   ///< verdicts that became unknown (removal) or decided (filling)
};

/// For every cell, every edge of lists that are open on both sides, and every statement that a list is complete: without
/// it every verdict is as before or unknown; and if it became unknown, it waits for just that. One exception, which the
/// rule language makes: if it is no longer known whether a rule applies, and there was nothing to find, it is
/// `not_applicable`.
[[nodiscard]] LawReport law_of_removal(const Network& network, const Rules& rules, const Options& options);

/// Every cell that a rule reads and of which nobody said anything gets every plausible value in turn: what was decided
/// stays. Left out are `since`, `until` and `on`, unless the schema requires them: there a missing one says something,
/// namely that there is no bound.
[[nodiscard]] LawReport law_of_filling(const Network& network, const Rules& rules, const Options& options);

}  // namespace eraudit::test
