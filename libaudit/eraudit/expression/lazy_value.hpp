#pragma once
// A variable that a host computes when it is first read.

#include <optional>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/explain.hpp"

namespace eraudit {

/// Stands in a slot in place of a program (`set_lazy` below).
class LazyValue {
 public:
  virtual ~LazyValue() = default;
  /// May set variables and evaluate programs, but not begin a row. Asked at most once per row.
  [[nodiscard]] virtual Value compute(Evaluator& evaluator) = 0;
  /// Why `compute` gave `value` in this row: for `explain`. Nothing: the value speaks for itself.
  [[nodiscard]] virtual std::optional<Condition> explain(Evaluator& evaluator, const Value& value) {
    static_cast<void>(evaluator);
    static_cast<void>(value);
    return std::nullopt;
  }
};

/// As `Evaluator::set_lazy`. `value` must outlive the row.
ERAUDIT_API void set_lazy(Evaluator& evaluator, Slot slot, LazyValue& value);

}  // namespace eraudit
