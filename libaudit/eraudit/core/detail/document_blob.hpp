#pragma once
// A document as bytes, to be built into a program and read back without a parser. Not for users:
// the form is that of one build of this library.

#include <string>
#include <string_view>

#include "eraudit/core/document.hpp"

namespace eraudit::detail {

/// Everything: values, places, the source's name and text. The same document gives the same bytes.
[[nodiscard]] std::string serialize(const Document& document);

/// The document that `serialize` was given. Throws `Error` (`bad_content`) for anything else: every
/// length, place and reference is checked.
[[nodiscard]] DocumentPtr deserialize(std::string_view blob);

}  // namespace eraudit::detail
