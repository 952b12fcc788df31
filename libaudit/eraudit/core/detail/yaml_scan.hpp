#pragma once
// What is looked at in a YAML text before and beside the parsers. For core's own use.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/source.hpp"

namespace eraudit::detail {

/// Something that stops the reading of a YAML file.
struct YamlProblem {
  std::string id;
  std::string message;
  std::string help;
  Span span;
};

/// The first character that may not be in a YAML file, or bytes that are not UTF-8.
[[nodiscard]] std::optional<YamlProblem> find_bad_character(const Source& source);

/// A `%` directive in front of a document. (They change what tags mean, and many of them make a
/// parser slow; no file needs one.)
[[nodiscard]] std::optional<YamlProblem> find_directive(const Source& source);

/// Where `[` and `{` are nested deeper than `depth`. A parser reads a whole bracketed value before
/// it says anything about it, so the limit must be enforced beforehand. Linear.
[[nodiscard]] std::optional<std::uint32_t> find_deep_brackets(std::string_view text,
                                                              std::size_t depth);

/// From the end of one value, over blanks, comments, `-`, `?`, `:`, `,` and properties, to the
/// beginning of what comes next, or to `end`. `after_indicator`: just after the first `-`, `?` or
/// `:` instead, if any.
[[nodiscard]] std::uint32_t find_next_content(std::string_view text, std::uint32_t from,
                                              std::uint32_t end, bool after_indicator);

}  // namespace eraudit::detail
