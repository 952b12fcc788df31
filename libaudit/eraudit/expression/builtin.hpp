#pragma once
// Operators and functions: one line in a table each.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit {

class Evaluator;

/// Computes a result from operands that are no errors and no unknowns; ranges and partial lists come only to
/// those that take them. Reports trouble through `evaluator.error(...)`.
using BuiltinFunction = Value (*)(Evaluator& evaluator, std::span<const Value> operands);

enum class Takes : std::uint8_t {
  values,   ///< a range or partial list among the operands makes the result unknown
  ranges,   ///< handles ranges, money terms and partial lists itself
};

/// One operator or function under one name. Operators are named `_+_`, `-_`, `_in_`, `_==_` ...
struct Builtin {
  std::string_view name;
  /// Separated by `;`: `(int, int) -> int; (string, string) -> string; list(A).sum() -> A`. A receiver
  /// before the dot makes it a method; one name may have both.
  std::string_view signatures;
  BuiltinFunction apply;
  Takes takes = Takes::values;
  std::string_view about;  ///< one line for the reference
};

/// All of them, by name.
[[nodiscard]] ERAUDIT_API std::span<const Builtin> builtins();
[[nodiscard]] ERAUDIT_API std::optional<std::uint32_t> find_builtin(std::string_view name);

}  // namespace eraudit
