#pragma once
// Codes of countries, places and languages, as texts of a format have them. Shared between modules,
// not installed.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// An officially assigned code in capitals, or XK (Kosovo: not assigned, but what the EU and the
/// banks write). O(1).
[[nodiscard]] bool is_country(std::string_view code) noexcept;

/// A country, or a part of one (ISO 3166-2: `US-TX`), whose part after the dash is not looked up.
[[nodiscard]] bool is_place(std::string_view code) noexcept;

/// The code that somebody who wrote `text` most likely meant (`np`, `UK`, `Nepal`, `Nepall`), as a
/// help line; a general one if there is none.
[[nodiscard]] std::string country_help(std::string_view text);

/// An ISO 639-1 code in lower case, or three lower-case letters (ISO 639-3 is not checked further).
[[nodiscard]] bool is_language(std::string_view code) noexcept;

}  // namespace eraudit::detail
