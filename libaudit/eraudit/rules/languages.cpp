#include "eraudit/rules/languages.hpp"

#include <algorithm>
#include <set>

#include "eraudit/core/language.hpp"

namespace eraudit {
namespace {

/// `use` gets the tags of each text that a report shows of a rule.
template <class Use>
void for_each_text(const Rule& rule, Use use) {
  const auto local = [&](const LocalText& text) {
    std::vector<std::string_view> tags;
    for (const auto& [tag, content] : text.all()) tags.emplace_back(tag);
    if (!tags.empty()) use(tags);
  };
  local(rule.title);
  std::vector<std::string_view> message;
  for (const auto& [tag, content] : rule.message) message.emplace_back(tag);
  use(message);
  for (const auto& [path, text] : rule.asks) local(text);
  if (rule.remedy) local(rule.remedy->text);
}

std::size_t place_of(std::string_view tag) noexcept {
  const auto* const found = std::find(engine_languages.begin(), engine_languages.end(), tag);
  return static_cast<std::size_t>(found - engine_languages.begin());
}

}  // namespace

bool language_covers(std::string_view tag, std::string_view language) noexcept {
  for (; !language.empty(); language = broader_language(language)) {
    if (tag == language) return true;
  }
  return false;
}

bool language_before(std::string_view a, std::string_view b) noexcept {
  const std::size_t first = place_of(a);
  const std::size_t second = place_of(b);
  return first != second ? first < second : a < b;
}

LanguageReach reach_of(const Rules& rules, std::string_view language) {
  LanguageReach reach;
  for (const Rule& rule : rules.all()) {
    std::size_t there = 0;
    std::size_t all = 0;
    for_each_text(rule, [&](const std::vector<std::string_view>& tags) {
      ++all;
      there += std::any_of(tags.begin(), tags.end(),
                           [&](std::string_view tag) { return language_covers(tag, language); });
    });
    ++reach.rules;
    reach.whole += there == all ? 1 : 0;
    reach.some += there != 0 && there != all ? 1 : 0;
  }
  return reach;
}

std::vector<std::string> languages_of(const Rules& rules) {
  std::set<std::string, bool (*)(std::string_view, std::string_view)> found(language_before);
  for (const Rule& rule : rules.all()) {
    for_each_text(rule, [&](const std::vector<std::string_view>& tags) {
      found.insert(tags.begin(), tags.end());
    });
    for (const auto& [tag, text] : rule.why.all()) found.insert(tag);
  }
  return {found.begin(), found.end()};
}

}  // namespace eraudit
