#include "eraudit/schema/local_text.hpp"

#include <algorithm>

#include "eraudit/core/language.hpp"

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

}  // namespace

LocalText::LocalText(std::string english) {
  set("en", std::move(english));
}

void LocalText::set(std::string_view language, std::string text) {
  for (auto& [tag, current] : texts_) {
    if (!same_tag(tag, language)) continue;
    current = std::move(text);
    return;
  }
  texts_.emplace_back(language_tag(language).value_or(std::string(language)), std::move(text));
}

const LocalText::Text* LocalText::find(std::string_view language) const noexcept {
  for (const Text& text : texts_) {
    if (same_tag(text.first, language)) return &text;
  }
  return nullptr;
}

const LocalText::Text* LocalText::nearest(std::string_view language) const noexcept {
  if (texts_.empty()) return nullptr;
  for (; !language.empty(); language = broader_language(language)) {
    if (const Text* const text = find(language)) return text;
  }
  const Text* const english = find("en");
  return english == nullptr ? &texts_.front() : english;
}

std::string_view LocalText::in(std::string_view language) const noexcept {
  const Text* const text = nearest(language);
  return text == nullptr ? std::string_view() : text->second;
}

std::string_view LocalText::language_of(std::string_view language) const noexcept {
  const Text* const text = nearest(language);
  return text == nullptr ? std::string_view() : text->first;
}

bool LocalText::has(std::string_view language) const noexcept {
  return find(language) != nullptr;
}

}  // namespace eraudit
