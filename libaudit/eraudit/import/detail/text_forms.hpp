#pragma once
// Texts of cells, as they are trimmed and compared.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// Without blanks, tabs, line breaks, no-break and other wide or narrow spaces at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Trimmed and in folded case: `N/A` and ` n/a` are one. Signs and accents count.
[[nodiscard]] std::string folded(std::string_view text);

/// Trimmed, folded, runs of anything but letters and digits as one `_`: headers as they are
/// compared.
[[nodiscard]] std::string folded_header(std::string_view text);

/// Whether people use this text to say that they say nothing: `N.A`, `unknown`, `-`, `TBD`.
[[nodiscard]] bool looks_like_filler(std::string_view text);

/// Whether a header sounds as if its column named persons or told them apart: `LAST_NAME`,
/// `Passport No`.
[[nodiscard]] bool looks_like_person(std::string_view header);

}  // namespace eraudit::detail
