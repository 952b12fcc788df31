#pragma once
// Texts as YAML, JSON and CSV write them.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// In double quotes; the same escapes are good YAML and good JSON. Appended to `out`.
void append_quoted(std::string& out, std::string_view text);

/// A YAML scalar inside a flow map: plain if every YAML reader, old or new, takes it for this very
/// text, else in double quotes.
void append_yaml(std::string& out, std::string_view text);

/// A CSV field; in quotes if it must be, or if `quoted`.
void append_csv(std::string& out, std::string_view text, bool quoted = false);

}  // namespace eraudit::detail
