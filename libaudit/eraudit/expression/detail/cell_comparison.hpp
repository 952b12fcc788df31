#pragma once
// A comparison of one cell with constants (`c.fee > 0`, `c.origin in ['NP', 'BD']`), looked up as
// far as it can be before the first row.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "eraudit/expression/detail/code_set.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::detail {

struct BoundAttribute;

/// Answers for rows whose cell is one plain value, without making values of it; every other row is
/// left to the operations it stands for. Immutable.
class CellComparison {
 public:
  /// Null if `operation` is no such comparison.
  [[nodiscard]] static std::unique_ptr<const CellComparison> of(
      const Program& program, const Operation& operation, const std::vector<BoundAttribute>& bound,
      const Network& network);

  /// The node or edge whose cell is read: a variable, or a local of a comprehension.
  [[nodiscard]] bool of_local() const noexcept { return of_local_; }
  [[nodiscard]] std::uint32_t object() const noexcept { return object_; }
  /// Steps of the operations it stands for, besides its own.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  /// The operation that would have been the last to say where it stands.
  [[nodiscard]] std::uint32_t last_operation() const noexcept { return last_operation_; }

  /// Nothing if the cell is not one plain value, or has to be converted first.
  [[nodiscard]] std::optional<bool> answer(const Value& object, Date as_of) const noexcept {
    if (!object.is(kind_)) return std::nullopt;
    const auto id = static_cast<std::uint32_t>(object.integer);
    for (const Part& part : parts_) {
      const std::uint32_t row = id - part.first;  // far above all rows for an id below the first
      if (row >= part.count) continue;
      const Column& column = *part.column;
      if (!column.known.test(row) || column.ranged.test(row)) return std::nullopt;
      switch (cells_) {
        case Cells::integers:
          return holds(column.longs[row], integer_);
        case Cells::integers_as_numbers:
          return holds(static_cast<double>(column.longs[row]), number_);
        case Cells::numbers:
          return holds(column.doubles[row], number_);
        case Cells::days:
          return holds(std::int64_t{column.days[row]}, with_as_of_ ? as_of.days : integer_);
        case Cells::amounts: {
          const Money money = column.money(row);
          // Zero compares with any currency; else unlike ones are converted.
          const bool alike = money.currency == currency_ || money.minor == 0 || integer_ == 0;
          if (!alike) return std::nullopt;
          return holds(money.minor, integer_);
        }
        case Cells::codes:
          return part.codes.contains(column.codes[row]) != negated_;
      }
    }
    return std::nullopt;
  }

 private:
  enum class Cells : std::uint8_t { integers, integers_as_numbers, numbers, days, amounts, codes };
  struct Part {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    const Column* column = nullptr;
    CodeSet codes;
  };

  template <class T>
  [[nodiscard]] bool holds(T cell, T constant) const noexcept {
    const unsigned order = unsigned{cell < constant} * is_less |
                           unsigned{cell == constant} * is_equal |
                           unsigned{cell > constant} * is_greater;
    return ((order == 0 ? unsigned{is_unordered} : order) & truths_) != 0;
  }

  [[nodiscard]] bool take_constant(const Program& program, const Operation& with,
                                   AttributeType type);
  [[nodiscard]] bool take_texts(const Value& constant, bool list, const BoundAttribute& attribute,
                                const Network& network);

  Cells cells_ = Cells::codes;
  ValueKind kind_ = ValueKind::node;
  bool of_local_ = false;
  bool negated_ = false;     ///< of codes: `!=`
  bool with_as_of_ = false;  ///< of days: in place of `integer_`
  std::uint32_t object_ = 0;
  std::uint32_t last_operation_ = 0;
  unsigned truths_ = 0;  ///< of `Order`
  std::uint64_t steps_ = 0;
  std::int64_t integer_ = 0;
  double number_ = 0;
  Currency currency_;
  std::vector<Part> parts_;
};

}  // namespace eraudit::detail
