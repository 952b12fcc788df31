#include "eraudit/core/detail/yaml_words.hpp"

namespace eraudit::detail {

YamlProblem explain_yaml(const Source&, std::string_view complaint, std::uint32_t offset,
                         std::optional<std::uint32_t>) {
  return {"yaml-syntax", std::string(complaint), "", {offset, 1}};
}

std::optional<YamlProblem> find_cut_text(const Source&, Span) { return std::nullopt; }

}  // namespace eraudit::detail
