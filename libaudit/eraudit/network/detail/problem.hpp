#pragma once
// Words for what is wrong with a value.

#include <string>
#include <string_view>

#include "eraudit/core/document.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// In quotes, shortened if long.
[[nodiscard]] std::string shown(std::string_view text);

/// `a map`, `a list`, `a text` ...
[[nodiscard]] std::string_view kind_of(DocumentNode node) noexcept;

/// What values of an attribute are: `a whole number`, `a list of texts` ...
[[nodiscard]] std::string_view what(const Attribute& attribute) noexcept;

/// "'headcount' takes a whole number, not 'twelve'".
[[nodiscard]] CellProblem not_a(std::string_view wanted, const Attribute& attribute,
                                std::string_view text, std::string help);

}  // namespace eraudit::detail
