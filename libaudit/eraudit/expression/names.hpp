#pragma once
// Names of firms and countries as they are compared: the same rule everywhere, and a written one.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// NFKD with accents dropped, lower case, Latin letters that do not decompose written in a-z (`ß`
/// ss, `ø` o, `ł` l), `&` as " and ", every run of other signs as one blank, none at the ends.
/// `Del-Al & Co.` gives `del al and co`. Letters and digits of other scripts stay, vowel signs
/// included, so that two names in Nepali are still two. Idempotent.
[[nodiscard]] ERAUDIT_API std::string plain_name(std::string_view text);

/// `plain_name` without the legal forms at its end: `VisaWorks de Monterrey S.A. de C.V.` gives
/// `visaworks de monterrey`. A form is told by its letters, however they are dotted or spaced, and
/// only when it is written whole: a name cut off in the middle of its form keeps what is there. The
/// longest form goes first, one after another (`Inc S.R.L.`); a name never becomes empty. `forms`
/// are compared by their `plain_name`.
[[nodiscard]] ERAUDIT_API std::string normal_name(std::string_view text,
                                                  std::span<const std::string_view> forms);
/// With `company_forms()`.
[[nodiscard]] ERAUDIT_API std::string normal_name(std::string_view text);

/// The legal forms that `normal_name` drops. Short on purpose: a wrong merge hides a recruiter, a
/// missed one shows two. Forms that are also words or initials (LC, CC, AG, NV) are left out.
[[nodiscard]] ERAUDIT_API std::span<const std::string_view> company_forms() noexcept;

/// `MX` for `MX`, `mex`, `MEXICO`, `México`, `United Mexican States`: an ISO 3166-1 code of two or
/// three letters, or an English name, compared by `plain_name` (a leading "the" does not count).
/// Nothing else: no guess at a misspelling. Lives as long as the program. O(log names).
[[nodiscard]] ERAUDIT_API std::optional<std::string_view> country_code(std::string_view text);

}  // namespace eraudit
