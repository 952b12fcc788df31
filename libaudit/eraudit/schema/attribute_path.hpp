#pragma once
// Attributes by the path that facts and reports name them with: `Cohort.base_wage`.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// The attribute at `path` (`Cohort.base_wage`, `charged.amount`); null if there is none. The
/// schema owns it. O(kinds + attributes of one).
[[nodiscard]] ERAUDIT_API const Attribute* attribute_at(const Schema& schema,
                                                        std::string_view path);

/// The path of an attribute of `schema`, or of one that this schema extends; empty if it is of
/// neither. O(attributes).
[[nodiscard]] ERAUDIT_API std::string path_of(const Schema& schema, const Attribute& attribute);

}  // namespace eraudit
