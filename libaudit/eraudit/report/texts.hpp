#pragma once
// The engine's own texts (rules/texts/report.yaml) in en, fr and es.

#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// Text `key` in `language`, else in English. Throws `Error` (`internal`) for a key that does not
/// exist. Safe from many threads.
[[nodiscard]] ERAUDIT_API std::string_view engine_text(std::string_view key,
                                                       std::string_view language);

}  // namespace eraudit
