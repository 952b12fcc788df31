#pragma once
// Which languages a schema has texts in.

#include <string>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// Tags, sorted. Of labels, questions and explanations, whatever is there.
[[nodiscard]] ERAUDIT_API std::vector<std::string> languages_of(const Schema& schema);

}  // namespace eraudit
