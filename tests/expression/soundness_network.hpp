#pragma once
// Tiny networks with a few things that are not known, and every way in which these may turn out.

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/network/builder.hpp"

namespace eraudit::test {

/// Kinds `C` (n m: int, n not negative; a: int that may be absent; b: bool; t: one of x y; wage:
/// money, not negative; d: date; x: double) and `R` (n: int; b: bool). Edges `paid` R -> C (amount:
/// money, not negative; k j: int; t; b; on: date; lists C.fees/C.takers, R.pays/R.payers) and
/// `holds` R -> C (since, until: dates, until required; k: int; lists C.held/C.holders,
/// R.holds/R.keeps).
[[nodiscard]] const SchemaPtr& tiny_schema();

inline constexpr Date tiny_as_of{20'634};  // 2026-06-30

/// Something that is not known.
struct Hole {
  enum class Kind : std::uint8_t { cell, list, rate } kind = Kind::cell;
  bool of_edge = false;
  std::string owner;        ///< id of the node or edge
  std::string attribute;    ///< or list
  Cell open;                ///< what the network says while it is not known: nothing or a range
  std::size_t options = 0;  ///< ways in which it may turn out
};

/// A network under every combination of what is known and how it turned out.
class TinyWorld {
 public:
  explicit TinyWorld(std::mt19937& random, const Limits& limits = {});

  [[nodiscard]] const std::vector<Hole>& holes() const { return holes_; }
  /// Combinations: number = sum of choice * stride, choice 0 being "not known".
  [[nodiscard]] std::size_t size() const { return variants_.size(); }
  [[nodiscard]] std::size_t choice(std::size_t variant, std::size_t hole) const {
    return variant / strides_[hole] % (holes_[hole].options + 1);
  }
  [[nodiscard]] bool complete(std::size_t variant) const;
  /// Whether `variant` is what `earlier` may turn out to be.
  [[nodiscard]] bool extends(std::size_t variant, std::size_t earlier) const;

  struct Variant {
    Network network;
    std::unique_ptr<Evaluator> evaluator;
  };
  [[nodiscard]] Variant& variant(std::size_t number) { return *variants_[number]; }
  /// Holes that a set of facts names; false in `all` if it names anything else.
  [[nodiscard]] std::vector<bool> holes_in(const Network& network, const FactSet& facts,
                                           bool& all) const;
  [[nodiscard]] std::string describe(std::size_t variant) const;

 private:
  struct EdgeRow {
    std::string kind;
    std::string id;
    std::string from;
    std::string to;
    std::vector<std::pair<std::string, Cell>> cells;
  };
  struct NodeRow {
    std::string kind;
    std::string id;
    std::vector<std::pair<std::string, Cell>> cells;
  };
  struct Option {
    Cell cell;
    std::vector<EdgeRow> edges;
    std::int64_t rate_numerator = 0;
  };

  void add_nodes();
  void add_edges();
  void add_holes();
  bool open_cell(bool of_edge);
  bool open_list();
  bool open_rate();
  Cell random_cell(const std::string& attribute, bool of_node);
  EdgeRow random_edge(const std::string& kind, const std::string& id);
  [[nodiscard]] Network build(std::size_t variant) const;
  [[nodiscard]] Rates rates(std::size_t variant) const;
  std::size_t pick(std::size_t below) { return random_() % below; }

  std::mt19937& random_;
  std::vector<NodeRow> nodes_;
  std::vector<EdgeRow> edges_;
  std::vector<Hole> holes_;
  std::vector<std::vector<Option>> options_;
  std::vector<std::size_t> strides_;
  std::int64_t rate_ = 0;
  std::vector<std::unique_ptr<Variant>> variants_;
};

/// A well-typed expression over `c` (the node `c1`), as text.
[[nodiscard]] std::string random_expression(std::mt19937& random, int depth);

/// Why `later`, a value of the network `after`, contradicts `earlier`, a value of the network
/// `before`; empty if it does not.
[[nodiscard]] std::string contradiction(Evaluator& before, const Value& earlier, Evaluator& after,
                                        const Value& later);

}  // namespace eraudit::test
