#pragma once
// What an expression gave, as a cell of an attribute.

#include <string>
#include <string_view>

#include "eraudit/expression/type.hpp"
#include "eraudit/expression/value.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// A cell, unknown included, or why there is none.
struct CellOutcome {
  Cell cell;
  std::string error;
  std::string help;
};

/// What to write instead, if no value of `type` can be one of `attribute`; empty if some can. A
/// text always can: it is read as a file would be.
[[nodiscard]] std::string type_problem(const Attribute& attribute, const Type& type);

/// An error's message is that of the value. Ranges, lists of texts and `null` are taken; what the
/// attribute's type, format, values and sign do not allow is an error.
[[nodiscard]] CellOutcome to_cell(const Attribute& attribute, const Value& value);

/// The same for the text of a cell.
[[nodiscard]] CellOutcome to_cell(const Attribute& attribute, std::string_view text);

}  // namespace eraudit::detail
