#include "eraudit/report/languages.hpp"

#include <map>
#include <set>

#include "eraudit/report/detail/report_view.hpp"

namespace eraudit {
namespace {

/// `use` gets the id of a rule and the texts that the report has of it: a map by language each.
template <class Use>
void for_each_text(const ReportFile& report, Use use) {
  const DocumentNode rules = detail::member(report.root(), "rules");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string_view id = detail::text_of(rules.at(i), "rule");
    const DocumentNode title = detail::member(rules.at(i), "title");
    if (title.size() != 0) use(id, title);
    if (const auto remedy = rules.at(i).find("remedy")) use(id, detail::member(*remedy, "text"));
  }
  const DocumentNode findings = detail::member(report.root(), "findings");
  for (std::size_t i = 0; i < findings.size(); ++i) {
    use(detail::text_of(findings.at(i), "rule"), detail::member(findings.at(i), "message"));
  }
}

}  // namespace

std::vector<std::string> languages_of(const ReportFile& report) {
  std::set<std::string, bool (*)(std::string_view, std::string_view)> found(language_before);
  const auto add = [&](DocumentNode texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) found.emplace(texts.key(i).text());
  };
  for_each_text(report, [&](std::string_view, DocumentNode texts) { add(texts); });
  const DocumentNode asks = detail::member(report.root(), "asks");
  for (std::size_t i = 0; i < asks.size(); ++i) add(detail::member(asks.at(i), "question"));
  return {found.begin(), found.end()};
}

LanguageReach reach_of(const ReportFile& report, std::string_view language) {
  struct Count {
    std::size_t there = 0;
    std::size_t all = 0;
  };
  std::map<std::string_view, Count> counts;
  const DocumentNode rules = detail::member(report.root(), "rules");
  for (std::size_t i = 0; i < rules.size(); ++i) counts[detail::text_of(rules.at(i), "rule")];
  for_each_text(report, [&](std::string_view rule, DocumentNode texts) {
    Count& count = counts[rule];
    ++count.all;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!language_covers(texts.key(i).text(), language)) continue;
      ++count.there;
      break;
    }
  });
  LanguageReach reach;
  for (const auto& [rule, count] : counts) {
    ++reach.rules;
    reach.whole += count.there == count.all ? 1 : 0;
    reach.some += count.there != 0 && count.there != count.all ? 1 : 0;
  }
  return reach;
}

}  // namespace eraudit
