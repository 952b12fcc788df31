#include "eraudit/rules/detail/builtin.hpp"

#include <algorithm>
#include <span>

#include "eraudit/core/embedded.hpp"

namespace eraudit::detail {

/// Defined by the build.
[[nodiscard]] std::span<const EmbeddedDocument> embedded_rule_documents() noexcept;

}  // namespace eraudit::detail

namespace eraudit::rules_detail {

using detail::embedded_document;
using detail::embedded_rule_documents;
using detail::EmbeddedDocument;

const std::vector<std::string_view>& builtin_files() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> made;
    for (const EmbeddedDocument& document : embedded_rule_documents())
      made.push_back(document.name);
    std::sort(made.begin(), made.end());
    return made;
  }();
  return names;
}

DocumentPtr builtin_document(std::string_view name) {
  const auto& names = builtin_files();
  if (!std::binary_search(names.begin(), names.end(), name)) return nullptr;
  return embedded_document(embedded_rule_documents(), name);
}

}  // namespace eraudit::rules_detail
