#include <algorithm>

#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {
namespace {

/// Whether a source could mean both.
bool overlap(const SourceAlias& a, const SourceAlias& b) {
  if (a.name != b.name) return false;
  return a.detail.empty() || b.detail.empty() || (a.detail == b.detail && a.value == b.value);
}

}  // namespace

void SchemaReader::read_source_classes(Node body) {
  const std::size_t inherited = source_classes_.size();
  const auto find = [&](std::string_view id) {
    return std::find_if(source_classes_.begin(), source_classes_.end(),
                        [&](const SourceClass& known) { return known.id == id; });
  };
  // The ids first: an alias must not be one of them.
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node key = body.key(index);
    if (find(key.text()) != source_classes_.end()) {
      error(key, "schema-extension-changes",
            "source class " + quoted(key.text()) + " stands in schema " + quoted(base_->name()),
            "an extension adds classes of other names");
      continue;
    }
    if (!name_ok(key, NameStyle::value, "a source class") ||
        !room(key, source_classes_.size(), "source classes")) {
      continue;
    }
    source_classes_.emplace_back().id = std::string(key.text());
  }
  for (std::size_t index = 0; index < body.size(); ++index) {
    const auto found = find(body.key(index).text());
    if (found == source_classes_.end()) continue;
    if (static_cast<std::size_t>(found - source_classes_.begin()) < inherited) continue;
    read_source_class(body.key(index), body.at(index), *found);
  }
}

void SchemaReader::read_source_class(Node key, Node body, SourceClass& source_class) {
  const std::string what = "source class " + quoted(source_class.id);
  if (!is_map(body, what)) return;
  known_keys(body, schema_keys::source_class(), "a source class");
  read_text(body, "label", source_class.label);
  read_text(body, "about", source_class.about);
  missing_label(key, source_class.label, what);
  source_class.self_declared = flag(body, "self_declared", false);
  const auto aliases = body.find("aliases");
  if (!aliases || !is_list(*aliases, "'aliases'")) return;
  for (std::size_t index = 0; index < aliases->size(); ++index) {
    read_alias(aliases->at(index), source_class);
  }
}

void SchemaReader::read_alias(Node body, SourceClass& source_class) {
  SourceAlias alias;
  std::optional<Node> name;
  if (body.is_map()) {
    known_keys(body, schema_keys::alias(), "an alias");
    name = body.find("name");
    const auto detail = body.find("detail");
    const auto value = body.find("value");
    if (!name || !detail || !value) {
      error(body, "schema-missing-key",
            "an alias with a condition needs 'name', 'detail' and 'value'",
            "write '{name: worker_interview, detail: place, value: off_site}'");
      return;
    }
    const auto detail_word = word(*detail, "'detail'");
    const auto value_word = word(*value, "'value'");
    if (!detail_word || !value_word) return;
    alias.detail = *detail_word;
    alias.value = *value_word;
  } else {
    name = body;
  }
  if (!word(*name, "an alias") || !name_ok(*name, NameStyle::value, "an alias")) return;
  alias.name = std::string(name->text());
  for (const SourceClass& other : source_classes_) {
    const bool clash = other.id == alias.name ||
                       std::any_of(other.aliases.begin(), other.aliases.end(),
                                   [&](const SourceAlias& known) { return overlap(known, alias); });
    if (!clash) continue;
    error(*name, "schema-duplicate-name",
          quoted(alias.name) + " can also mean source class " + quoted(other.id));
    return;
  }
  source_class.aliases.push_back(std::move(alias));
}

}  // namespace eraudit::detail
