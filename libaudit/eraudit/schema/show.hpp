#pragma once
// A schema for people and for editors.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// Kinds, edges and attributes with type, unit, list names and questions, 80 columns. `only` names
/// one kind or edge; throws `Error` (`bad_argument`) with the nearest name if there is none.
[[nodiscard]] ERAUDIT_API std::string describe(const Schema& schema,
                                               std::string_view language = "en",
                                               std::string_view only = {});

/// JSON Schema (draft-07) of network files under `schema`, so that an editor completes and checks
/// them.
[[nodiscard]] ERAUDIT_API std::string network_json_schema(const Schema& schema);

/// JSON Schema (draft-07) of schema files themselves.
[[nodiscard]] ERAUDIT_API std::string schema_json_schema();

}  // namespace eraudit
