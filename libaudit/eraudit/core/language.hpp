#pragma once
// Language tags (BCP 47): how they are written, what stands in for one, which way it is read.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// The languages that the engine's own texts and those of stable rules are in, in the order in
/// which reports write them; the first stands in for others.
inline constexpr std::array<std::string_view, 3> engine_languages{"en", "fr", "es"};

/// The tag as RFC 5646 has it written (`pt-BR` for `PT-br`, `zh-Hant` for `ZH-hant`); nothing if it
/// is not well-formed. A tag begins with two or three letters, or with `x-`: none that is longer
/// was ever registered, and tags of before 2006 (`i-klingon`) are not taken.
[[nodiscard]] ERAUDIT_API std::optional<std::string> language_tag(std::string_view text);

/// The same as a regular expression, for JSON Schemas: repeated variants apart it takes what
/// `language_tag` takes.
inline constexpr std::string_view language_tag_pattern =
    "^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*"
    "(-[Xx](-[A-Za-z0-9]{1,8})+)?|[Xx](-[A-Za-z0-9]{1,8})+)$";

/// What to write instead of `text`, which is no tag: `write 'pt-BR'` for `pt_BR`, `write 'ne'` for
/// `Nepali`.
[[nodiscard]] ERAUDIT_API std::string language_tag_help(std::string_view text);

/// Whether the first part of a tag is a language: a code of two letters must be one of ISO 639-1;
/// longer ones are not looked up.
[[nodiscard]] ERAUDIT_API bool is_known_language(std::string_view tag) noexcept;

/// What to look for next if there is no text in `tag`: `zh-Hant` after `zh-Hant-TW`, `zh` after
/// that, then nothing (RFC 4647, lookup). English comes after that; it is not named here.
[[nodiscard]] ERAUDIT_API std::string_view broader_language(std::string_view tag) noexcept;

/// Whether texts are written from right to left: by their script if the tag names one, else by the
/// language.
[[nodiscard]] ERAUDIT_API bool is_right_to_left(std::string_view tag) noexcept;

}  // namespace eraudit
