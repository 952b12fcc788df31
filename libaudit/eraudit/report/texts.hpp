#pragma once
// The engine's own texts (rules/texts/) in en, fr and es.

#include <optional>
#include <span>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/core/language.hpp"

namespace eraudit {

/// The one of `engine_languages` that `language` reads in: itself, what is broader (`fr` for
/// `fr-CA`), else `en`.
[[nodiscard]] ERAUDIT_API std::string_view engine_language(std::string_view language) noexcept;

/// Text `key` in `language`, else in what is broader (`fr-CA`: `fr`), else in English. Throws
/// `Error` (`internal`) for a key that does not exist. Safe from many threads.
[[nodiscard]] ERAUDIT_API std::string_view engine_text(std::string_view key,
                                                       std::string_view language);

/// What a diagnostic id means and what to do about it, in English; nothing for an id that does not
/// exist.
[[nodiscard]] ERAUDIT_API std::optional<std::string_view> diagnostic_text(std::string_view id);

/// All ids of diagnostics, sorted.
[[nodiscard]] ERAUDIT_API std::span<const std::string_view> diagnostic_ids();

}  // namespace eraudit
