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

/// What must be refused before a parser looks at it, because parsers take it on without a bound:
/// brackets nested deeper than `depth` (they are read to their end before anything is said about
/// them), directives (many of them, or many blanks in one, take quadratic time, and no file needs
/// one), and more blanks in a row between two tokens than anybody writes (quadratic as well).
/// Linear.
[[nodiscard]] std::optional<YamlProblem> find_bad_shape(const Source& source, std::size_t depth);

/// From the end of one value, over blanks, comments, `-`, `?`, `:`, `,` and properties, to the
/// beginning of what comes next, or to `end`. `after_indicator`: just after the first `-`, `?` or
/// `:` instead, if any.
[[nodiscard]] std::uint32_t find_next_content(std::string_view text, std::uint32_t from,
                                              std::uint32_t end, bool after_indicator);

}  // namespace eraudit::detail
