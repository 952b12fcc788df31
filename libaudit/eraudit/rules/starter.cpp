#include "eraudit/rules/starter.hpp"

#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"

namespace eraudit {
namespace {

constexpr std::string_view folder = "rules/starters/";
constexpr std::string_view ending = ".yaml";
constexpr std::string_view cases_ending = ".test.yaml";
constexpr std::string_view own_id = "my.rule";  // what they are called until they have a name

std::string with_id(std::string_view text, std::string_view id) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(own_id, at), text.size());
    out.append(text.substr(at, next - at));
    if (next == text.size()) break;
    out.append(id);
    at = next + own_id.size();
  }
  return out;
}

std::string text_of(const std::string& file) {
  return std::string(rules_detail::builtin_document(file)->source().text());
}

}  // namespace

std::vector<RuleStarter> rule_starters() {
  std::vector<RuleStarter> out;
  for (const std::string_view file : rules_detail::builtin_files()) {
    if (!file.starts_with(folder) || file.ends_with(cases_ending)) continue;
    RuleStarter starter;
    starter.name = file.substr(folder.size(), file.size() - folder.size() - ending.size());
    // The first line is a comment that says what it is for.
    const DocumentPtr document = rules_detail::builtin_document(file);
    const std::string_view first = document->source().line(1);
    starter.summary = first.substr(std::min(first.find_first_not_of("# "), first.size()));
    out.push_back(std::move(starter));
  }
  return out;
}

StartedRule start_rule(std::string_view starter, std::string_view id) {
  const std::vector<RuleStarter> all = rule_starters();
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const RuleStarter& one : all) names.push_back(one.name);
  if (std::find(names.begin(), names.end(), starter) == names.end()) {
    throw Error(ErrorCode::bad_argument, "there is no template " + rules_detail::quoted(starter) +
                                             "; " + suggest(starter, names));
  }
  if (!rules_detail::is_rule_id(id)) {
    throw Error(ErrorCode::bad_argument,
                rules_detail::quoted(id) +
                    " cannot be the id of a rule; write lower-case words of "
                    "letters and digits joined by '-', in parts joined by "
                    "'.': my.fee-ceiling");
  }
  const std::string stem = std::string(folder) + std::string(starter);
  return {with_id(text_of(stem + std::string(ending)), id),
          with_id(text_of(stem + std::string(cases_ending)), id)};
}

}  // namespace eraudit
