#include <algorithm>

#include "eraudit/core/suggest.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {

void SchemaReader::read_respondents(Node body) {
  if (!is_map(body, "'respondents'")) return;
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node key = body.key(index);
    const auto known =
        std::find_if(respondents_.begin(), respondents_.end(),
                     [&](const Respondent& other) { return other.id == key.text(); });
    if (known != respondents_.end()) {
      error(key, "schema-extension-changes",
            "respondent " + quoted(key.text()) + " stands in schema " + quoted(base_->name()),
            "an extension adds respondents of other names");
      continue;
    }
    if (!name_ok(key, NameStyle::value, "a respondent") ||
        !room(key, respondents_.size(), "respondents")) {
      continue;
    }
    Respondent& respondent = respondents_.emplace_back();
    respondent.id = std::string(key.text());
    const std::string what = "respondent " + quoted(respondent.id);
    read_texts(body.at(index), what, respondent.label);
    missing_label(key, respondent.label, what);
  }
}

void SchemaReader::read_respondent(Node map, std::string& respondent) {
  const auto node = map.find("respondent");
  if (!node) return;
  const auto name = word(*node, "'respondent'");
  if (!name) return;
  std::vector<std::string_view> names;
  for (const Respondent& known : respondents_) names.push_back(known.id);
  if (std::find(names.begin(), names.end(), *name) == names.end()) {
    error(*node, "schema-unknown-respondent", "there is no respondent " + quoted(*name),
          names.empty() ? "declare it in 'respondents'" : suggest(*name, names));
    return;
  }
  respondent = *name;
}

}  // namespace eraudit::detail
