#include "language.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "console.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/report/languages.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/rules/languages.hpp"
#include "eraudit/schema/languages.hpp"

namespace eraudit::cli {
namespace {

bool engine_speaks(std::string_view language) {
  return language_covers(engine_language(language), language);
}

void require_some_text(const std::string& language, const std::vector<std::string>& known) {
  const auto covers = [&](std::string_view tag) { return language_covers(tag, language); };
  if (engine_speaks(language) || std::any_of(known.begin(), known.end(), covers)) return;
  std::vector<std::string> all(engine_languages.begin(), engine_languages.end());
  for (const std::string& tag : known) {
    if (std::find(all.begin(), all.end(), tag) == all.end()) all.push_back(tag);
  }
  throw UsageError{fmt::format("there are no texts in '{}'", language),
                   fmt::format("one of: {}", fmt::join(all, ", "))};
}

/// `pt, else en`: where a text is looked for next.
std::string instead_of(std::string_view language) {
  std::string out;
  for (std::string_view tag = broader_language(language); !tag.empty();
       tag = broader_language(tag)) {
    out += fmt::format("{}, else ", tag);
  }
  return out + "en";
}

void tell(const std::string& language, const LanguageReach& reach) {
  std::vector<std::string> parts;
  if (language != "en" && reach.whole < reach.rules) {
    parts.push_back(fmt::format(
        "{} of {} rules have all their texts in it{}, others read in {}", reach.whole, reach.rules,
        reach.some == 0 ? "" : fmt::format(" and {} some", reach.some), instead_of(language)));
  }
  const std::string_view words = engine_language(language);
  if (words != language) parts.push_back(fmt::format("eraudit's own words are in {}", words));
  if (parts.empty()) return;
  note(fmt::format("eraudit: language {}: {}\n", language, fmt::join(parts, "; ")));
}

}  // namespace

std::string language_of(const Arguments& arguments) {
  const std::string text = arguments.text("lang", "en");
  if (auto tag = language_tag(text)) return *std::move(tag);
  throw UsageError{fmt::format("'{}' is no language tag", text), language_tag_help(text)};
}

void settle_language(const std::string& language, const Rules& rules) {
  std::vector<std::string> known = languages_of(rules);
  for (std::string& tag : languages_of(*rules.schema())) known.push_back(std::move(tag));
  require_some_text(language, known);
  tell(language, reach_of(rules, language));
}

void settle_language(const std::string& language, const ReportFile& report) {
  require_some_text(language, languages_of(report));
  tell(language, reach_of(report, language));
}

void settle_language(const std::string& language, const Schema& schema) {
  require_some_text(language, languages_of(schema));
  tell(language, {});
}

}  // namespace eraudit::cli
