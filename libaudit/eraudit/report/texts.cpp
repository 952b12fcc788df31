#include "eraudit/report/texts.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/embedded.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/language.hpp"

namespace eraudit {

namespace detail {
std::span<const EmbeddedDocument> embedded_report_documents() noexcept;  // defined by the build
}

namespace {

const Document& report_texts() {
  static const DocumentPtr document =
      detail::embedded_document(detail::embedded_report_documents(), "rules/texts/report.yaml");
  return *document;
}

const Document& diagnostics_texts() {
  static const DocumentPtr document = detail::embedded_document(detail::embedded_report_documents(),
                                                                "rules/texts/diagnostics.yaml");
  return *document;
}

}  // namespace

std::string_view engine_text(std::string_view key, std::string_view language) {
  const auto texts = report_texts().root().find("texts");
  const auto entry = texts ? texts->find(key) : std::nullopt;
  if (!entry) throw Error(ErrorCode::internal, "no text '" + std::string(key) + "'");
  for (; !language.empty(); language = broader_language(language)) {
    if (const auto text = entry->find(language)) return text->text();
  }
  const auto english = entry->find("en");
  if (!english) throw Error(ErrorCode::internal, "no English text '" + std::string(key) + "'");
  return english->text();
}

std::string_view engine_language(std::string_view language) noexcept {
  for (; !language.empty(); language = broader_language(language)) {
    for (const std::string_view known : engine_languages) {
      if (language == known) return known;
    }
  }
  return "en";
}

std::optional<std::string_view> diagnostic_text(std::string_view id) {
  const auto texts = diagnostics_texts().root().find("diagnostics");
  const auto entry = texts ? texts->find(id) : std::nullopt;
  if (!entry) return std::nullopt;
  return entry->text();
}

std::span<const std::string_view> diagnostic_ids() {
  static const std::vector<std::string_view> ids = [] {
    std::vector<std::string_view> found;
    if (const auto texts = diagnostics_texts().root().find("diagnostics")) {
      for (std::size_t i = 0; i < texts->size(); ++i) found.push_back(texts->key(i).text());
    }
    std::sort(found.begin(), found.end());
    return found;
  }();
  return ids;
}

}  // namespace eraudit
