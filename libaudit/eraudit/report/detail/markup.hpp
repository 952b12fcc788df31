#pragma once
// Text as HTML.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// Nothing in it can begin a tag, an entity or an attribute; control and bidirectional characters
/// are shown as `\u{202E}`, so that a name cannot disguise itself. Line feeds stay.
[[nodiscard]] std::string escaped(std::string_view text);
/// `escaped`, and its direction does not spread: for what came with the data.
[[nodiscard]] std::string isolated(std::string_view text);
/// The same of a text in a language, where the text around it is in another one: with what a voice
/// needs to read it, and with its direction.
[[nodiscard]] std::string isolated_in(std::string_view language, std::string_view text);
/// JSON that may stand in a `script` element.
[[nodiscard]] std::string script_safe(std::string_view json);

}  // namespace eraudit::detail
