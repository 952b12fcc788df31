#include "eraudit/rules/detail/file_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/language.hpp"
#include "eraudit/core/suggest.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::array<std::string_view, 31> taken_words = {
    "in",        "true",   "false",    "null", "as",     "break",  "const", "continue",
    "else",      "for",    "function", "if",   "import", "let",    "loop",  "package",
    "namespace", "return", "var",      "void", "while",  "as_of",  "bool",  "bytes",
    "double",    "dyn",    "int",      "list", "map",    "string", "uint"};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

std::string_view kind_name(Node node) {
  switch (node.kind()) {
    case DocumentKind::null:
      return "nothing";
    case DocumentKind::boolean:
      return "a truth value";
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

}  // namespace

std::string quoted(std::string_view name) {
  std::string out;
  out.reserve(name.size() + 2);
  return out.append("'").append(name).append("'");
}

std::string enumerate(std::span<const std::string> items) {
  std::string out;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (index != 0) out += index + 1 == items.size() ? " and " : ", ";
    out += items[index];
  }
  return out;
}

bool is_rule_id(std::string_view text) {
  bool part = false;  // inside a part, so that '-' and '.' may follow
  for (const char c : text) {
    if (is_lower(c) || is_digit(c)) {
      part = true;
    } else if ((c == '-' || c == '.') && part) {
      part = false;
    } else {
      return false;
    }
  }
  return part;
}

bool is_taken_word(std::string_view name) {
  return std::find(taken_words.begin(), taken_words.end(), name) != taken_words.end();
}

bool is_identifier(std::string_view name) {
  if (name.empty() || is_digit(name.front())) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

FileReader::FileReader(const Document& document, std::string_view prefix, const Limits& limits)
    : document_(document),
      prefix_(prefix),
      limits_(limits),
      errors_(limits.diagnostics, limits.diagnostics),
      warnings_(limits.diagnostics, limits.diagnostics) {}

std::string FileReader::id(std::string_view name) const {
  return prefix_ + "-" + std::string(name);
}

void FileReader::error(Node at, std::string_view name, std::string message, std::string help) {
  errors_.error(source(), at.span(), id(name), std::move(message), std::move(help));
}

void FileReader::warn(Node at, std::string_view name, std::string message, std::string help) {
  warnings_.warning(source(), at.span(), id(name), std::move(message), std::move(help));
}

void FileReader::error_inside(Node scalar, std::size_t offset, std::size_t length,
                              std::string_view name, std::string message, std::string help) {
  const std::vector<std::uint32_t>& where = places(scalar);
  const std::uint32_t begin = where.at(std::min(offset, where.size() - 1));
  const std::uint32_t end =
      length == 0 ? begin : where.at(std::min(offset + length - 1, where.size() - 1)) + 1;
  errors_.error(source(), Span{begin, end - begin}, id(name), std::move(message), std::move(help));
}

const std::vector<std::uint32_t>& FileReader::places(Node scalar) const {
  if (places_of_ != scalar.index()) {
    places_ = scalar.places();
    places_of_ = scalar.index();
  }
  return places_;
}

void FileReader::append(const Diagnostics& found) {
  for (const Diagnostic& diagnostic : found.items()) {
    (diagnostic.level == DiagnosticLevel::error ? errors_ : warnings_).add(diagnostic);
  }
}

Diagnostics FileReader::take() {
  Diagnostics all(limits_.diagnostics_per_file, limits_.diagnostics);
  for (const Diagnostics* found : {&errors_, &warnings_}) {
    if (found->dropped() != 0) {
      all.append(*found);
      continue;
    }
    // As a reader goes through the file, not as this program did.
    std::vector<Diagnostic> items = found->items();
    std::stable_sort(items.begin(), items.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.position.line, a.position.column) <
             std::pair(b.position.line, b.position.column);
    });
    for (Diagnostic& item : items) all.add(std::move(item));
  }
  return all;
}

bool FileReader::is_map(Node node, std::string_view what) {
  if (node.is_map()) return true;
  error(node, "wrong-shape",
        std::string(what) + " is a map of keys and values, not " + std::string(kind_name(node)));
  return false;
}

bool FileReader::is_list(Node node, std::string_view what) {
  if (node.is_list()) return true;
  error(node, "wrong-shape", std::string(what) + " is a list, not " + std::string(kind_name(node)));
  return false;
}

void FileReader::known_keys(Node map, std::span<const std::string_view> keys,
                            std::string_view what) {
  for (std::size_t index = 0; index < map.size(); ++index) {
    const std::string_view key = map.key(index).text();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    error(map.key(index), "unknown-key", std::string(what) + " has no key " + quoted(key),
          suggest(key, keys));
  }
}

std::optional<std::string_view> FileReader::word(Node node, std::string_view what) {
  if (node.is_scalar() && !node.is_null() && !node.text().empty()) return node.text();
  error(node, "wrong-shape",
        std::string(what) + " is a text, not " +
            std::string(node.is_text() ? "an empty one" : kind_name(node)));
  return std::nullopt;
}

std::optional<std::size_t> FileReader::one_of(Node node, std::span<const std::string_view> words,
                                              std::string_view name, std::string_view what) {
  const auto text = word(node, what);
  if (!text) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  error(node, name, quoted(*text) + " is no " + std::string(what), suggest(*text, words));
  return std::nullopt;
}

LocalText FileReader::local_text(Node node, std::string_view what) {
  LocalText out;
  if (!node.is_map()) {
    if (const auto text = word(node, what)) out.set("en", std::string(*text));
    return out;
  }
  if (node.size() == 0) {
    error(node, "wrong-shape", std::string(what) + " has no text in any language");
    return out;
  }
  for (std::size_t index = 0; index < node.size(); ++index) {
    const auto tag = language(node.key(index), what);
    if (!tag) continue;
    if (out.has(*tag)) {
      language_again(node.key(index), *tag);
    } else if (const auto text = word(node.at(index), std::string(what) + " in " + *tag)) {
      out.set(*tag, std::string(*text));
    }
  }
  return out;
}

std::optional<std::string> FileReader::language(Node key, std::string_view what) {
  auto tag = language_tag(key.text());
  if (!tag) {
    error(key, "unknown-language", quoted(key.text()) + " is no language of " + std::string(what),
          language_tag_help(key.text()));
  } else if (!is_known_language(*tag)) {
    warn(key, "unregistered-language",
         quoted(*tag) + " is not a language of ISO 639-1, so nobody will ask for it",
         "codes of two letters are those of ISO 639-1: 'en', 'ne', 'bn'");
  }
  return tag;
}

void FileReader::language_again(Node key, std::string_view tag) {
  error(key, "unknown-language", quoted(tag) + " stands here twice",
        "tags do not distinguish capitals: remove one of the two texts");
}

std::optional<Date> FileReader::date(Node node, std::string_view what) {
  const auto text = word(node, what);
  if (!text) return std::nullopt;
  if (const auto date = parse_date(*text)) return date;
  error(node, "bad-date", quoted(*text) + " is not a day for " + std::string(what),
        "write a day as 2026-06-30");
  return std::nullopt;
}

bool FileReader::is_id(Node node, std::string_view what) {
  const auto text = word(node, what);
  if (!text) return false;
  if (is_rule_id(*text) && text->size() <= limits_.identifier_bytes) return true;
  error(node, "bad-id", quoted(*text) + " cannot be " + std::string(what),
        text->size() > limits_.identifier_bytes
            ? "at most " + std::to_string(limits_.identifier_bytes) + " characters"
            : "write lower-case words of letters and digits joined by '-', in parts joined by '.': "
              "recruitment-fees.worker-paid");
  return false;
}

std::vector<std::string> FileReader::words(Node node, std::string_view what) {
  std::vector<std::string> out;
  if (!is_list(node, what)) return out;
  const std::string entry = "an entry of " + std::string(what);
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (const auto text = word(node.at(index), entry)) out.emplace_back(*text);
  }
  return out;
}

ExpressionText FileReader::expression(Node scalar, std::size_t offset, std::size_t length) const {
  ExpressionText out;
  out.text = std::string(scalar.text().substr(offset, length));
  out.source = document_.source_ptr();
  out.name = source().name();
  const std::vector<std::uint32_t>& where = places(scalar);
  const auto first = where.begin() + static_cast<std::ptrdiff_t>(offset);
  out.offsets.assign(first, first + static_cast<std::ptrdiff_t>(length));
  out.offsets.push_back(length == 0 ? *first : out.offsets.back() + 1);
  return out;
}

std::optional<ExpressionText> FileReader::expression(Node node, std::string_view what,
                                                     std::string_view noun) {
  if (node.is_map() || node.is_list()) {
    error(
        node, "wrong-shape",
        std::string(what) + " is " + std::string(noun) + ", not " + std::string(kind_name(node)),
        "YAML reads a leading '{' or '[' as the begin of a map or list: put the text into quotes, "
        "or on lines of its own after '|'");
    return std::nullopt;
  }
  if (node.text().empty() || node.is_null()) {
    error(node, "wrong-shape", std::string(what) + " is " + std::string(noun) + ", not nothing",
          "YAML reads '#' after a blank as a comment and 'null' and '~' as nothing");
    return std::nullopt;
  }
  if (replaced_ != nullptr && node.span() == replaced_->scalar) return replaced_->text;
  return expression(node, 0, node.text().size());
}

Position FileReader::position(Node node) const {
  return source().position(node.span().offset);
}

std::string FileReader::place(Node node) const {
  return source().name() + ":" + std::to_string(position(node).line);
}

namespace {

template <class Owner>
std::vector<std::string_view> attribute_names(const Owner& owner) {
  std::vector<std::string_view> names;
  for (const Attribute& attribute : owner.attributes) names.push_back(attribute.name);
  return names;
}

}  // namespace

std::optional<PathProblem> check_path(const Schema& schema, std::string_view path) {
  const std::size_t dot = path.find('.');
  const std::string_view owner = path.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  if (const auto kind = schema.find_kind(owner)) {
    const NodeKind& node_kind = schema.kind(*kind);
    if (node_kind.find(name)) return std::nullopt;
    std::vector<std::string_view> names = attribute_names(node_kind);
    std::vector<std::string> lists;
    for (const ListId list : schema.lists(*kind)) {
      const EdgeEnd& end = schema.end(list);
      if (end.edges == name) return std::nullopt;
      if (end.nodes == name) {
        return PathProblem{
            quoted(path) + " is a list of nodes",
            "whether it is all is a fact of the edges: write '" + schema.path(*kind, list) + "'"};
      }
      names.push_back(end.edges);
    }
    return PathProblem{
        std::string(owner) + " has neither an attribute nor a list of edges " + quoted(name),
        suggest(name, names)};
  }
  if (const auto edge = schema.find_edge(owner)) {
    // The edge itself: that it is there.
    if (dot == std::string_view::npos || schema.edge(*edge).find(name)) return std::nullopt;
    return PathProblem{std::string(owner) + " has no attribute " + quoted(name),
                       suggest(name, attribute_names(schema.edge(*edge)))};
  }
  std::vector<std::string_view> owners;
  for (const NodeKind& kind : schema.kinds()) owners.push_back(kind.name);
  for (const EdgeKind& edge : schema.edges()) owners.push_back(edge.name);
  return PathProblem{quoted(path) + " begins with no kind of node or edge", suggest(owner, owners)};
}

const LocalText* schema_question(const Schema& schema, std::string_view path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view name = path.substr(dot + 1);
  const LocalText* found = nullptr;
  if (const auto kind = schema.find_kind(path.substr(0, dot))) {
    if (const auto attribute = schema.kind(*kind).find(name)) {
      found = &schema.kind(*kind).attributes[attribute->index].ask;
    } else if (const auto list = schema.find_list(*kind, name)) {
      found = &schema.end(list->list).ask;
    }
  } else if (const auto edge = schema.find_edge(path.substr(0, dot))) {
    if (const auto attribute = schema.edge(*edge).find(name)) {
      found = &schema.edge(*edge).attributes[attribute->index].ask;
    }
  }
  return found == nullptr || found->empty() ? nullptr : found;
}

}  // namespace eraudit::rules_detail
