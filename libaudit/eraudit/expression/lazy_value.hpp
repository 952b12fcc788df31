#pragma once
// A variable that a host computes when it is first read.

#include "eraudit/expression/evaluator.hpp"

namespace eraudit {

/// Stands in a slot in place of a program (`set_lazy` below).
class LazyValue {
 public:
  virtual ~LazyValue() = default;
  /// May set variables and evaluate programs, but not begin a row. Asked at most once per row.
  [[nodiscard]] virtual Value compute(Evaluator& evaluator) = 0;
};

/// As `Evaluator::set_lazy`. `value` must outlive the row.
ERAUDIT_API void set_lazy(Evaluator& evaluator, Slot slot, LazyValue& value);

}  // namespace eraudit
