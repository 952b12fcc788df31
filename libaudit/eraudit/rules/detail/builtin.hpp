#pragma once
// Packs, tables and vocabulary that are built into the library.

#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"

namespace eraudit::rules_detail {

/// Names of the files, in order: `rules/packs/core/pack.yaml`, `rules/tables/min_wage.yaml`.
[[nodiscard]] const std::vector<std::string_view>& builtin_files();

/// Null if there is no such file. Read from its bytes on each call: who needs it twice keeps it.
[[nodiscard]] DocumentPtr builtin_document(std::string_view name);

}  // namespace eraudit::rules_detail
