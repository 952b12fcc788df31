#include "eraudit/import/detail/fields.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::detail {

std::string in_quotes(std::string_view text) {
  return "'" + printable(text) + "'";
}

std::string_view kind_in_words(DocumentNode node) noexcept {
  switch (node.kind()) {
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

std::optional<std::string> MappingReader::text(DocumentNode node, std::string_view what) {
  if (node.is_text() && !node.text().empty()) return std::string(node.text());
  if (node.is_text()) {
    error(node, "mapping-empty-text", fmt::format("{} is empty", what));
  } else {
    error(node, "mapping-not-text",
          fmt::format("{} must be a text, not {}", what, kind_in_words(node)),
          node.is_scalar() && !node.is_null()
              ? fmt::format("write it in quotes: \"{}\"", node.text())
              : std::string());
  }
  return std::nullopt;
}

std::optional<bool> MappingReader::boolean(DocumentNode node, std::string_view what) {
  if (const auto value = node.boolean()) return value;
  error(node, "mapping-not-boolean",
        fmt::format("{} must be true or false, not {}", what,
                    node.is_text() ? in_quotes(node.text()) : std::string(kind_in_words(node))));
  return std::nullopt;
}

std::vector<DocumentNode> MappingReader::texts(DocumentNode node, std::string_view what) {
  std::vector<DocumentNode> out;
  if (node.is_text()) {
    out.push_back(node);
  } else if (node.is_list()) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      const DocumentNode item = node.at(i);
      if (item.is_text()) {
        out.push_back(item);
      } else if (item.is_scalar() && !item.is_null()) {
        error(item, "mapping-not-text",
              fmt::format("{} must be a text, not {}", what, kind_in_words(item)),
              fmt::format("write it in quotes: \"{}\"", item.text()));
      } else {
        error(item, "mapping-not-text",
              fmt::format("{} must be a text, not {}", what, kind_in_words(item)));
      }
    }
  } else {
    error(node, "mapping-not-text",
          fmt::format("{} must be a text or a list of texts, not {}", what, kind_in_words(node)));
  }
  return out;
}

bool MappingReader::expect_map(DocumentNode node, std::string_view what) {
  if (node.is_map()) return true;
  error(node, "mapping-not-map",
        fmt::format("{} must be a map, not {}", what, kind_in_words(node)));
  return false;
}

bool MappingReader::expect_list(DocumentNode node, std::string_view what) {
  if (node.is_list()) return true;
  error(node, "mapping-not-list",
        fmt::format("{} must be a list, not {}", what, kind_in_words(node)));
  return false;
}

Fields::Fields(MappingReader& reader, DocumentNode node, std::string_view what,
               std::vector<std::string_view> keys)
    : reader_(reader), node_(node), what_(what) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const std::string_view key = node.key(i).text();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    reader.error(node.key(i), "mapping-unknown-key",
                 fmt::format("{} has no key {}", what, in_quotes(key)), suggest(key, keys));
  }
}

std::optional<DocumentNode> Fields::require(std::string_view key, std::string help) {
  if (const auto found = node_.find(key)) return found;
  const Span whole = node_.span();
  reader_.error(Span{whole.offset, std::min<std::uint32_t>(whole.length, 1)}, "mapping-missing-key",
                fmt::format("{} needs the key '{}'", what_, key), std::move(help));
  return std::nullopt;
}

}  // namespace eraudit::detail
