#include <algorithm>
#include <array>

#include "eraudit/core/language.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {
namespace {

constexpr bool lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool digit(char c) {
  return c >= '0' && c <= '9';
}

template <class Allowed>
bool all_of(std::string_view text, Allowed allowed) {
  for (const char c : text) {
    if (!allowed(c)) return false;
  }
  return true;
}

std::string_view shape(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::null:
      return "nothing";
    case DocumentKind::boolean:
      return "true or false";
    case DocumentKind::integer:
    case DocumentKind::number:
      return "a number";
    case DocumentKind::text:
      return "a text";
    case DocumentKind::list:
      return "a list";
    case DocumentKind::map:
      return "a map";
  }
  return "something else";
}

constexpr std::array<std::string_view, 9> type_names = {
    "bool", "int", "double", "string", "enum", "date", "money", "list(string)", "list(enum)"};
constexpr std::array<std::string_view, 3> format_names = {"country", "place", "language"};
constexpr std::array<std::string_view, 3> sensitivities = {"open", "internal", "sensitive"};

constexpr std::array<std::string_view, 7> file_keys = {
    "eraudit", "name", "extends", "kinds", "edges", "source_classes", "respondents"};
constexpr std::array<std::string_view, 6> kind_keys = {"label",      "plural", "about",
                                                       "attributes", "shares", "respondent"};
constexpr std::array<std::string_view, 8> edge_keys = {
    "label", "about", "from", "to", "key", "attributes", "shares", "respondent"};
constexpr std::array<std::string_view, 6> end_keys = {"kinds",    "edges", "nodes",
                                                      "complete", "ask",   "respondent"};
constexpr std::array<std::string_view, 13> attribute_keys = {
    "type",     "values",      "unit",  "per",   "format", "non_negative", "may_be_absent",
    "required", "sensitivity", "label", "about", "ask",    "respondent"};
constexpr std::array<std::string_view, 4> source_class_keys = {"label", "about", "self_declared",
                                                               "aliases"};
constexpr std::array<std::string_view, 3> alias_keys = {"name", "detail", "value"};

}  // namespace

std::string quoted(std::string_view name) {
  std::string out;
  out.reserve(name.size() + 2);
  out += '\'';
  out += name;
  out += '\'';
  return out;
}

std::span<const std::string_view> attribute_type_names() {
  return type_names;
}
std::span<const std::string_view> text_format_names() {
  return format_names;
}
std::span<const std::string_view> sensitivity_names() {
  return sensitivities;
}

namespace schema_keys {
std::span<const std::string_view> file() {
  return file_keys;
}
std::span<const std::string_view> kind() {
  return kind_keys;
}
std::span<const std::string_view> edge() {
  return edge_keys;
}
std::span<const std::string_view> end() {
  return end_keys;
}
std::span<const std::string_view> attribute() {
  return attribute_keys;
}
std::span<const std::string_view> source_class() {
  return source_class_keys;
}
std::span<const std::string_view> alias() {
  return alias_keys;
}
}  // namespace schema_keys

void SchemaReader::error(Node at, std::string_view id, std::string message, std::string help) {
  diagnostics_.error(document_.source(), at.span(), id, std::move(message), std::move(help));
}

void SchemaReader::warn(Node at, std::string_view id, std::string message, std::string help) {
  warnings_.warning(document_.source(), at.span(), id, std::move(message), std::move(help));
}

bool SchemaReader::is_map(Node node, const std::string& what) {
  if (node.is_map()) return true;
  error(node, "schema-wrong-shape",
        what + " must be a map, but is " + std::string(shape(node.kind())));
  return false;
}

bool SchemaReader::is_list(Node node, const std::string& what) {
  if (node.is_list()) return true;
  std::string help;
  if (node.is_text()) help = "write '[" + std::string(node.text()) + "]'";
  error(node, "schema-wrong-shape",
        what + " must be a list, but is " + std::string(shape(node.kind())), std::move(help));
  return false;
}

void SchemaReader::known_keys(Node map, std::span<const std::string_view> allowed,
                              const std::string& what) {
  for (std::size_t index = 0; index < map.size(); ++index) {
    const std::string_view key = map.key(index).text();
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    error(map.key(index), "schema-unknown-key", what + " has no key '" + std::string(key) + "'",
          suggest(key, allowed));
  }
}

bool SchemaReader::name_ok(Node name, NameStyle style, const std::string& what) {
  const std::string_view text = name.text();
  const auto refuse = [&](const char* help) {
    error(name, "schema-bad-name", quoted(text) + " cannot be the name of " + what, help);
    return false;
  };
  if (text.size() > Limits{}.identifier_bytes) {
    error(name, "schema-bad-name",
          "the name of " + what + " has " + std::to_string(text.size()) + " bytes",
          "at most " + std::to_string(Limits{}.identifier_bytes));
    return false;
  }
  const auto letter_or_digit = [](char c) { return lower(c) || upper(c) || digit(c); };
  switch (style) {
    case NameStyle::kind:
      if (text.empty() || !upper(text[0]) || !all_of(text, letter_or_digit)) {
        return refuse("a capital, then letters and digits: 'JobOrder'");
      }
      return true;
    case NameStyle::word:
      if (text.empty() || !lower(text[0]) ||
          !all_of(text, [](char c) { return lower(c) || digit(c) || c == '_'; })) {
        return refuse("a small letter, then small letters, digits and '_': 'base_wage'");
      }
      if (Schema::reserved(text)) {
        error(name, "schema-reserved-name", quoted(text) + " is reserved",
              "give " + what + " another name");
        return false;
      }
      return true;
    case NameStyle::value:
      if (text.empty() || !letter_or_digit(text[0]) || !all_of(text, [&](char c) {
            return letter_or_digit(c) || c == '_' || c == '-' || c == '.';
          })) {
        return refuse("letters, digits, '_', '-' and '.', a letter or digit first: 'service-fee'");
      }
      return true;
  }
  return false;
}

std::optional<std::string> SchemaReader::word(Node node, const std::string& what) {
  if (node.is_text() && !node.text().empty()) return std::string(node.text());
  if (node.is_text()) {
    error(node, "schema-wrong-shape", what + " is empty");
  } else if (node.is_scalar() && !node.is_null()) {
    error(node, "schema-wrong-shape",
          what + " must be a text, but is " + std::string(shape(node.kind())),
          "write it in quotes: '" + std::string(node.text()) + "'");
  } else {
    error(node, "schema-wrong-shape",
          what + " must be a text, but is " + std::string(shape(node.kind())));
  }
  return std::nullopt;
}

bool SchemaReader::flag(Node map, std::string_view key, bool otherwise) {
  const auto node = map.find(key);
  if (!node) return otherwise;
  if (const auto value = node->boolean()) return *value;
  error(*node, "schema-wrong-shape", quoted(key) + " must be true or false");
  return otherwise;
}

std::optional<std::size_t> SchemaReader::one_of(Node node, std::span<const std::string_view> words,
                                                std::string_view id, const std::string& what) {
  const auto written = word(node, what);
  if (!written) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *written);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  error(node, id, what + " cannot be '" + *written + "'", suggest(*written, words));
  return std::nullopt;
}

void SchemaReader::read_text(Node map, std::string_view key, LocalText& text) {
  if (const auto node = map.find(key)) read_texts(*node, quoted(key), text);
}

void SchemaReader::read_texts(Node node, const std::string& what, LocalText& text) {
  if (!node.is_map()) {
    if (const auto english = word(node, what)) text = LocalText(*english);
    return;
  }
  if (node.size() == 0) error(node, "schema-wrong-shape", what + " is empty");
  for (std::size_t index = 0; index < node.size(); ++index) {
    const Node key = node.key(index);
    const auto tag = language_tag(key.text());
    if (!tag) {
      const bool cut = node.at(index).is_null();  // `{en: Beds, bunks}`
      error(key, "schema-bad-language", quoted(key.text()) + " is not a language tag",
            cut ? "a text is written '{en: .., fr: ..}'; one with a comma or colon needs quotes"
                : language_tag_help(key.text()));
      continue;
    }
    if (text.has(*tag)) {
      error(key, "schema-bad-language", quoted(*tag) + " stands here twice",
            "tags do not distinguish capitals: remove one of the two texts");
      continue;
    }
    if (!is_known_language(*tag)) {
      warn(key, "schema-unregistered-language",
           quoted(*tag) + " is not a language of ISO 639-1, so nobody will ask for it",
           "codes of two letters are those of ISO 639-1: 'en', 'ne', 'bn'");
    }
    if (const auto written = word(node.at(index), what)) text.set(*tag, *written);
  }
}

void SchemaReader::missing_label(Node at, const LocalText& label, const std::string& what) {
  if (label.empty()) {
    warn(at, "schema-missing-label", what + " has no label", "reports will show its name instead");
  }
}

bool SchemaReader::room(Node at, std::size_t count, const std::string& what) {
  if (count < schema_items) return true;
  error(at, "schema-too-large", "more than " + std::to_string(schema_items) + " " + what);
  return false;
}

std::string SchemaReader::declared(Node at) const {
  const Source& source = document_.source();
  return source.name() + ':' + std::to_string(source.position(at.span().offset).line);
}

}  // namespace eraudit::detail
