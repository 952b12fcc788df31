#pragma once
// Small changes to an expression, one at a time: what the cases of a rule have to notice.

#include <span>
#include <string>
#include <vector>

#include "eraudit/core/limits.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/expression/syntax.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::rules_detail {

struct Edit {
  Span span;  ///< in the text
  std::string instead;
};

struct Change {
  Span at;              ///< in the expression's text: what was changed
  std::string written;  ///< `<`
  std::string instead;  ///< `<=`; empty: it was dropped
  std::vector<Edit> edits;
};

/// With each of `edits`, which are in order and apart, made; what is new points to what it
/// replaced.
[[nodiscard]] ExpressionText edited(const ExpressionText& text, std::span<const Edit> edits);

/// In the order of their places. `program` is `text` checked; null: nothing is known about
/// enumerations. Whether a change still checks is not looked at.
[[nodiscard]] std::vector<Change> changes_of(const ExpressionText& text, const Program* program,
                                             const Schema& schema, const Limits& limits);

}  // namespace eraudit::rules_detail
