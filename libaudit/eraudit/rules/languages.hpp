#pragma once
// Which languages rules speak, and what reads in another one where they do not.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

/// How far the texts of rules reach in one language. A text in what is broader (`pt` for `pt-BR`)
/// counts; the English that stands in for one that is missing does not.
struct LanguageReach {
  std::size_t rules = 0;  ///< all
  std::size_t whole = 0;  ///< those with every text of theirs in it
  std::size_t some = 0;   ///< those with one text at least, and not every one

  friend bool operator==(const LanguageReach&, const LanguageReach&) = default;
};

/// Of titles, messages, questions of their own and remedies.
[[nodiscard]] ERAUDIT_API LanguageReach reach_of(const Rules& rules, std::string_view language);

/// Tags of the texts that rules have, in the order in which reports write them: `en`, `fr` and
/// `es`, then the others by their tag.
[[nodiscard]] ERAUDIT_API std::vector<std::string> languages_of(const Rules& rules);

/// Whether a tag comes before another in that order.
[[nodiscard]] ERAUDIT_API bool language_before(std::string_view a, std::string_view b) noexcept;

/// Whether `tag` is `language` or what is broader.
[[nodiscard]] ERAUDIT_API bool language_covers(std::string_view tag,
                                               std::string_view language) noexcept;

}  // namespace eraudit
