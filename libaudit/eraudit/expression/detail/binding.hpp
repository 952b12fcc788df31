#pragma once
// A program with everything looked up that does not change from row to row.

#include <cstdint>
#include <memory>
#include <vector>

#include "eraudit/expression/detail/cell_comparison.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit {
namespace detail {

/// Operators that are computed on the spot when both operands are plain and of one common kind; and
/// calls that come to the same for all rows.
enum class Fast : std::uint8_t {
  none,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  add,
  subtract,
  multiply,
  amount,  ///< `money('10 NPR')`, whatever the row: `Instruction::amount`
};

/// What is known of the sign of a result whose operands are not all known.
enum class Sign : std::uint8_t {
  open,
  kept,  ///< not negative if no operand is
  not_negative,
};

/// One operation of the program, ready to run.
struct Instruction {
  Op op = Op::constant;
  Fast fast = Fast::none;
  Takes takes = Takes::values;
  Fails fails = Fails::sometimes;
  Sign sign = Sign::open;
  std::uint32_t payload = 0;
  std::uint32_t count = 0;
  const std::uint32_t* children = nullptr;
  BuiltinFunction apply = nullptr;
  const Type* type = nullptr;
  const CellComparison* cell = nullptr;  ///< the same, for most rows
  Money amount;
};

/// When a row counts: the columns `on`, `since` and `until`, if its kind has them. A missing value
/// does not bound, unless the schema requires it (then the row is possible), or claims about it
/// disagree.
struct Times {
  struct Bound {
    const Column* column = nullptr;
    AttributeId attribute;
    bool required = false;
    std::uint32_t place = 0;  ///< of an `Admission`
  };
  Bound on;
  Bound since;
  Bound until;

  [[nodiscard]] bool none() const noexcept {
    return on.column == nullptr && since.column == nullptr && until.column == nullptr;
  }
};

/// The rows of one node kind, or of one edge table, under an attribute's name.
struct AttributeRows {
  std::uint32_t first = 0;  ///< ids from here ...
  std::uint32_t last = 0;   ///< ... to before here
  const Column* column = nullptr;
  AttributeId id;
  const Attribute* attribute = nullptr;
  Times::Bound on;          ///< for the day of money
  std::uint32_t place = 0;  ///< of an `Admission`
};

struct BoundAttribute {
  const AttributeReference* reference = nullptr;
  bool non_negative = false;        ///< in every kind
  std::vector<AttributeRows> rows;  ///< by `first`
};

/// The edges of a list at the nodes of one kind.
struct ListRows {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  ListId list;
  struct Part {
    const EdgeTable* table = nullptr;
    Times times;
    std::uint32_t place = 0;  ///< of an `Admission`: that its rows are there
  };
  std::vector<Part> parts;  ///< by edge id
};

struct BoundList {
  const ListReference* reference = nullptr;
  std::vector<ListRows> rows;  ///< by `first`
};

struct BoundTable {
  TablePtr table;
  /// Programs of its cells, by address.
  std::vector<std::pair<const Program*, BoundProgram>> cells;
};

/// What `row_of` found in a sorted list of row ranges, or null.
template <class Rows>
[[nodiscard]] const Rows* rows_of(const std::vector<Rows>& all, std::uint32_t id) noexcept {
  if (all.size() <= 4) {
    for (const Rows& rows : all) {
      if (id >= rows.first && id < rows.last) return &rows;
    }
    return nullptr;
  }
  std::size_t low = 0;
  std::size_t high = all.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (all[middle].last <= id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < all.size() && all[low].first <= id ? &all[low] : nullptr;
}

}  // namespace detail

struct BoundProgram::Binding {
  std::vector<detail::Instruction> instructions;  ///< by operation id
  std::vector<detail::BoundAttribute> attributes;
  std::vector<detail::BoundList> lists;
  std::vector<detail::BoundTable> tables;
  std::vector<std::unique_ptr<const detail::CellComparison>> comparisons;
  std::uint32_t slots = 0;  ///< one more than the highest variable
};

namespace detail {

/// The time columns of a node kind or an edge table.
[[nodiscard]] Times times_of(const Network& network, KindId kind);
[[nodiscard]] Times times_of(const Network& network, const EdgeTable& table);

}  // namespace detail
}  // namespace eraudit
