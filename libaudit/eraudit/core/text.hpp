#pragma once
// UTF-8, numbers and names as text, the same in every locale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// Byte of the first invalid UTF-8 sequence (surrogates and overlong forms are invalid), or
/// nothing.
[[nodiscard]] ERAUDIT_API std::optional<std::size_t> find_bad_utf8(std::string_view text);
[[nodiscard]] ERAUDIT_API std::size_t code_points(std::string_view text);  ///< of valid UTF-8
/// Columns on a terminal: wide characters count 2, combining ones 0.
[[nodiscard]] ERAUDIT_API std::size_t display_width(std::string_view text);
/// For a terminal or a log: control characters and bidirectional controls as `\u{202E}`.
[[nodiscard]] ERAUDIT_API std::string printable(std::string_view text);
/// NFKD with marks removed, lower case, ASCII letters and digits kept, runs of anything else as one
/// `-`, none at the ends.
[[nodiscard]] ERAUDIT_API std::string slug(std::string_view text);
/// NFC.
[[nodiscard]] ERAUDIT_API std::string normal_form(std::string_view text);

/// Shortest text that reads back as the same double: `0.1`, `1e+30`, `nan`, `inf`; whole numbers
/// get
/// `.0`.
[[nodiscard]] ERAUDIT_API std::string to_text(double value);
/// The whole text as a number; nothing for anything else (no blanks, no leading plus).
[[nodiscard]] ERAUDIT_API std::optional<std::int64_t> parse_integer(std::string_view text);
[[nodiscard]] ERAUDIT_API std::optional<double> parse_number(std::string_view text);

}  // namespace eraudit
