#include "eraudit/schema/local_text.hpp"

#include <algorithm>

namespace eraudit {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Language tags do not distinguish case.
bool same_tag(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* find(const std::vector<std::pair<std::string, std::string>>& texts,
                        std::string_view language) {
  for (const auto& [tag, text] : texts) {
    if (same_tag(tag, language)) return &text;
  }
  return nullptr;
}

}  // namespace

LocalText::LocalText(std::string english) {
  set("en", std::move(english));
}

void LocalText::set(std::string language, std::string text) {
  for (auto& [tag, current] : texts_) {
    if (!same_tag(tag, language)) continue;
    current = std::move(text);
    return;
  }
  texts_.emplace_back(std::move(language), std::move(text));
}

std::string_view LocalText::in(std::string_view language) const noexcept {
  if (texts_.empty()) return {};
  if (const std::string* text = find(texts_, language)) return *text;
  if (const std::string* text = find(texts_, language.substr(0, language.find('-')))) return *text;
  if (const std::string* text = find(texts_, "en")) return *text;
  return texts_.front().second;
}

bool LocalText::has(std::string_view language) const noexcept {
  return find(texts_, language) != nullptr;
}

}  // namespace eraudit
