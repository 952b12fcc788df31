#pragma once
// Why an expression came out as it did: the condition as a tree with what was read.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/plain_value.hpp"

namespace eraudit {

/// A cell, list or rate that was read, and what it said.
struct Reading {
  Fact fact;
  std::string name;    ///< `np-24.base_wage`, `charged(sunrise, np-24, ...).amount`, `np-24.fees`
  std::string path;    ///< schema path: `Cohort.base_wage`
  PlainValue value;    ///< `1500 MYR`, not known, `1 edge, may be more`
  std::string source;  ///< id of its source; empty if none is named
  std::string file;
  std::uint32_t line = 0;
};

/// One condition: an operand of `&&`, `||`, `!`, `?:`, a comprehension's deciding element, or a
/// comparison.
struct Condition {
  std::string text;   ///< as written
  Position position;  ///< in the rule file
  std::string name;   ///< of a `let` variable; `text` is its definition
  /// Of a part of a comprehension or of a pattern: which element it speaks of.
  std::optional<PlainValue> element;
  bool possible = false;  ///< and it is not certain that this element is there
  PlainValue outcome;     ///< what it came to: true, false, not known, an error, a value
  ValueKind kind = ValueKind::null;
  std::vector<Condition>
      parts;  ///< of and, or, not, conditional; elements of a comprehension, deciding first
  std::size_t more_parts = 0;        ///< elements left out
  std::vector<Condition> variables;  ///< `let` names read here, with their values
  std::vector<Reading>
      readings;  ///< cells, lists and rates read here, outside the parts; each once
  std::size_t more_readings = 0;  ///< left out
  std::vector<Fact> waits_for;    ///< of an outcome that is not known, or not exactly
};

/// Evaluates `program` once more for the row that is set in `evaluator`, tracing, with fuel of its
/// own; lazy variables too, each shown where it is read first. Deterministic. At most
/// `Limits::witnesses` elements of a comprehension are kept, and `Limits::facts_per_verdict`
/// readings of a condition; the others are counted.
[[nodiscard]] ERAUDIT_API Condition explain(Evaluator& evaluator, const BoundProgram& program);

}  // namespace eraudit
