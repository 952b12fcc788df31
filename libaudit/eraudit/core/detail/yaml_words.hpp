#pragma once
// What a YAML parser refuses, in words for people who write rules. For core's own use.

#include <cstdint>
#include <optional>
#include <string_view>

#include "eraudit/core/detail/yaml_scan.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit::detail {

/// The parser's complaint about byte `offset`, as a problem with its place, a message and what to
/// write. `bracket`: the innermost `[` or `{` that was open.
[[nodiscard]] YamlProblem explain_yaml(const Source& source, std::string_view complaint,
                                       std::uint32_t offset, std::optional<std::uint32_t> bracket);

/// Why a plain scalar may be read otherwise than its author meant, if it may be: cut off by a
/// comment
/// (`message: Pay item #3`), or gone on to a line that looks like a list item.
[[nodiscard]] std::optional<YamlProblem> find_plain_trap(const Source& source, Span plain_scalar);

}  // namespace eraudit::detail
