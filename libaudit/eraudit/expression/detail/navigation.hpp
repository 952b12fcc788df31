#pragma once
// From nodes and edges to their cells and to one another.

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit::detail {

/// Reads a cell. An unknown or disputed one is an unknown that waits for itself; an absent one is
/// an error.
[[nodiscard]] Value read_attribute(Evaluator& evaluator, const BoundAttribute& attribute,
                                   const Value& object);
[[nodiscard]] Value has_attribute(Evaluator& evaluator, const BoundAttribute& attribute,
                                  const Value& object);

/// The edges of a list that count at the evaluator's days, by id, or the distinct nodes at their
/// other ends, by id. Open unless the list is complete there.
[[nodiscard]] Value read_list(Evaluator& evaluator, const BoundList& list, const Value& node);

[[nodiscard]] Value edge_end(Evaluator& evaluator, const Value& edge, Side side);
/// `id`, or with `kind` the name of its kind.
[[nodiscard]] Value identity(Evaluator& evaluator, const Value& object, bool kind);

/// Whether a node or edge with `since` or `until` holds on a day, or throughout a range of days.
[[nodiscard]] Value valid_on(Evaluator& evaluator, const Value& object, const Value& day);

}  // namespace eraudit::detail
