#pragma once
// Texts with `{expression}` parts.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/expression/environment.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit::rules_detail {

/// A stretch of a template's text.
struct TemplatePart {
  bool expression = false;
  std::string text;        ///< literal, `{{` and `}}` resolved; or the expression
  std::size_t offset = 0;  ///< of `text` in the template
};

struct TemplateProblem {
  std::size_t offset = 0;
  std::string message;
  std::string help;
};

/// Splits at braces; braces inside an expression and its quoted texts belong to it.
[[nodiscard]] std::vector<TemplatePart> split_template(std::string_view text,
                                                       std::optional<TemplateProblem>& problem);

/// Reads and checks; mistakes are reported at their place.
[[nodiscard]] Template read_template(FileReader& reader, Node scalar,
                                     const Environment& environment, const Limits& limits);

}  // namespace eraudit::rules_detail
