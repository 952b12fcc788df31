#pragma once
// Values of the conformance data as values of an evaluator, and back as one line of text to
// compare.

#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit::test {

/// A value as the README of the data writes it.
[[nodiscard]] Value cel_value(Evaluator& evaluator, DocumentNode node);

/// `int:5`, `list[int:1]`, `unknown{a, b}`, `error(...)`: two values are the same if their texts
/// are. Maps are sorted; every NaN is `double:nan`.
[[nodiscard]] std::string cel_text(Evaluator& evaluator, const Value& value);

}  // namespace eraudit::test
