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

/// Computes a result from operands that are no errors and no unknowns; ranges and partial lists
/// come only to those that take them. Reports trouble through `evaluator.error(...)`.
using BuiltinFunction = Value (*)(Evaluator& evaluator, std::span<const Value> operands);

enum class Takes : std::uint8_t {
  values,  ///< a range or partial list among the operands makes the result unknown
  ranges,  ///< handles ranges, money terms and partial lists itself
};

/// Whether a call whose operands are not all known could turn out to be an error. Decides whether a
/// list can keep an element that waits (value.hpp, `Value::may_fail`). An overflow is not foreseen:
/// nobody wants a sum to be unknown because unheard-of amounts might exceed 64 bits.
enum class Fails : std::uint8_t {
  never,       ///< for operands of the types in its signatures
  on_zero,     ///< if the last operand is zero, or may be
  on_pattern,  ///< if the last operand is a bad pattern, or not known
  sometimes,
};

/// One operator or function under one name. Operators are named `_+_ _-_ _*_ _/_ _%_ -_ _<_ _<=_
/// _>_ _>=_ _==_ _!=_ _in_`; `! && || ?: []` and `.` are operations of their own (program.hpp).
/// Functions of a family have its name before theirs: `math.ceil`.
///
/// The checker lets pass, beyond the signatures: any operand that is dyn; numbers of unlike kinds
/// on both sides of a comparison or of `in`; the literal `0` (int or double) on one side of a
/// comparison with money. A call reaches `apply` with as many operands as one of its signatures
/// has, the receiver of a method first, but of any kinds: what no signature takes is the error "no
/// such overload".
struct Builtin {
  std::string_view name;
  /// Separated by `;`: `(int, int) -> int; (string, string) -> string; list(A).sum() -> A`. A
  /// receiver before the dot makes it a method; one name may have both. Types: `bool int uint
  /// double string bytes null_type dyn type timestamp duration date money node edge list(T) map(K,
  /// V) type(T) optional_type(T)`; capital letters are parameters. In order of preference: errors
  /// name the first ones.
  std::string_view signatures;
  BuiltinFunction apply;
  Takes takes = Takes::values;
  std::string_view about;  ///< one line for the reference
  Fails fails = Fails::sometimes;
};

/// All of them, by name.
[[nodiscard]] ERAUDIT_API std::span<const Builtin> builtins();
[[nodiscard]] ERAUDIT_API std::optional<std::uint32_t> find_builtin(std::string_view name);

}  // namespace eraudit
