#pragma once
// What operators and functions take and give. Private to the module.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/expression/type.hpp"

namespace eraudit::detail {

/// One way to call a function.
struct Overload {
  bool method = false;   ///< `operands[0]` is the receiver
  bool generic = false;  ///< there are parameters
  std::vector<Type> operands;
  Type result;
  std::string text;  ///< as written
};

/// Reads `Builtin::signatures`. Names that are no types are types of the host if `host_types`, else
/// a mistake. Nothing, and what is wrong in `problem`, if it cannot be read.
[[nodiscard]] std::optional<std::vector<Overload>> parse_signatures(std::string_view text,
                                                                    bool host_types,
                                                                    std::string& problem);

/// Of `builtins()[builtin]`. Throws `Error` (`internal`) for a table that cannot be read.
[[nodiscard]] std::span<const Overload> builtin_overloads(std::uint32_t builtin);

}  // namespace eraudit::detail
