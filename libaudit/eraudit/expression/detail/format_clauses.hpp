#pragma once
// The clauses of `text.format([...])`: `%s %d %f %e %b %o %x %X %%`. Private to the module.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/expression/type.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit::detail {

struct FormatClause {
  std::size_t offset = 0;  ///< of its `%`
  std::size_t length = 0;
  char verb = '%';     ///< `%` stands for itself and takes no value
  int precision = -1;  ///< none
};

struct FormatProblem {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string help;
};

/// The clauses of `text`, in order, or what is wrong with the first bad one.
[[nodiscard]] std::optional<FormatProblem> read_format(std::string_view text,
                                                       std::vector<FormatClause>& clauses);

/// Whether a clause can write values of a type. Of doubles `%d` writes only those without digits
/// (infinity, not a number), which a type does not tell.
[[nodiscard]] bool writes(char verb, const Type& type);
/// What a clause writes: `a whole number`.
[[nodiscard]] std::string_view written_by(char verb);

}  // namespace eraudit::detail
