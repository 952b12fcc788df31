#include "eraudit/report/detail/shape.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <re2/re2.h>
#include <string>
#include <unordered_map>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::detail {
namespace {

std::string_view kind_name(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::null:
      return "null";
    case DocumentKind::boolean:
      return "boolean";
    case DocumentKind::integer:
      return "integer";
    case DocumentKind::number:
      return "number";
    case DocumentKind::text:
      return "string";
    case DocumentKind::list:
      return "array";
    case DocumentKind::map:
      return "object";
  }
  return "null";
}

class ShapeChecker {
 public:
  ShapeChecker(const Document& document, const Document& schema, Diagnostics& diagnostics)
      : document_(document), schema_(schema), diagnostics_(diagnostics) {}

  void check() { is(document_.root(), schema_.root(), true); }

 private:
  /// Whether `node` is as `schema` says; if not and `tell`, says why.
  bool is(DocumentNode node, DocumentNode schema, bool tell) {
    if (const auto reference = schema.find("$ref")) return is(node, target(*reference), tell);
    bool good = true;
    for (std::size_t i = 0; i < schema.size(); ++i) {
      const std::string_view keyword = schema.key(i).text();
      const DocumentNode rule = schema.at(i);
      // What has the wrong type is not looked at more closely.
      if (keyword == "type" && !has_type(node, rule, tell)) return false;
      good = applies(keyword, node, rule, schema, tell) && good;
    }
    return good;
  }

  bool applies(std::string_view keyword, DocumentNode node, DocumentNode rule, DocumentNode schema,
               bool tell) {
    if (keyword == "properties" || keyword == "items") return children(node, schema, tell);
    if (keyword == "patternProperties") {
      return schema.find("properties") ? true : children(node, schema, tell);
    }
    if (keyword == "additionalProperties") {
      const bool seen = schema.find("properties") || schema.find("patternProperties");
      return seen ? true : children(node, schema, tell);
    }
    if (keyword == "required") return has_keys(node, rule, tell);
    if (keyword == "enum") return is_one_of(node, rule, tell);
    if (keyword == "const") {
      return node.text() == rule.text() ||
             wrong(node, "report-value", fmt::format("'{}' must be '{}'", shown(node), rule.text()),
                   tell);
    }
    if (keyword == "minimum") {
      const auto value = node.number();
      return !value || *value >= *rule.number() ||
             wrong(node, "report-value",
                   fmt::format("{} is less than {}", shown(node), rule.text()), tell);
    }
    if (keyword == "maximum") {
      const auto value = node.number();
      return !value || *value <= *rule.number() ||
             wrong(node, "report-value",
                   fmt::format("{} is more than {}", shown(node), rule.text()), tell);
    }
    if (keyword == "pattern") {
      return !node.is_text() || RE2::PartialMatch(piece(node.text()), pattern(rule.text())) ||
             wrong(node, "report-value",
                   fmt::format("'{}' is not of the form {}", shown(node), rule.text()), tell);
    }
    if (keyword == "oneOf") {
      std::size_t fitting = 0;
      for (std::size_t i = 0; i < rule.size(); ++i) fitting += is(node, rule.at(i), false) ? 1 : 0;
      return fitting == 1 ||
             wrong(node, "report-value",
                   fmt::format("'{}' is none of what may stand here", shown(node)), tell);
    }
    constexpr std::array<std::string_view, 6> silent{"$schema", "$id",         "title",
                                                     "type",    "description", "definitions"};
    if (std::find(silent.begin(), silent.end(), keyword) != silent.end()) return true;
    throw Error(ErrorCode::internal, fmt::format("schema keyword '{}'", keyword));
  }

  bool has_type(DocumentNode node, DocumentNode rule, bool tell) {
    const auto fits = [&](std::string_view type) {
      return type == kind_name(node.kind()) ||
             (type == "number" && node.kind() == DocumentKind::integer);
    };
    bool good = false;
    std::string expected;
    if (rule.is_list()) {
      for (std::size_t i = 0; i < rule.size(); ++i) {
        good = good || fits(rule.at(i).text());
        expected += fmt::format("{}{}", i == 0 ? "" : " or ", rule.at(i).text());
      }
    } else {
      good = fits(rule.text());
      expected = rule.text();
    }
    return good ||
           wrong(node, "report-type",
                 fmt::format("{} is expected here, not {}", expected, kind_name(node.kind())),
                 tell);
  }

  bool has_keys(DocumentNode node, DocumentNode required, bool tell) {
    if (!node.is_map()) return true;
    bool good = true;
    for (std::size_t i = 0; i < required.size(); ++i) {
      if (node.find(required.at(i).text())) continue;
      good = wrong(node, "report-missing-key",
                   fmt::format("'{}' is missing", required.at(i).text()), tell);
    }
    return good;
  }

  bool is_one_of(DocumentNode node, DocumentNode allowed, bool tell) {
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < allowed.size(); ++i) words.push_back(allowed.at(i).text());
    return std::find(words.begin(), words.end(), node.text()) != words.end() ||
           wrong(node, "report-value", fmt::format("'{}' may not stand here", shown(node)), tell,
                 suggest(node.text(), words));
  }

  bool children(DocumentNode node, DocumentNode schema, bool tell) {
    bool good = true;
    if (node.is_list()) {
      const auto items = schema.find("items");
      for (std::size_t i = 0; items && i < node.size(); ++i) {
        good = is(node.at(i), *items, tell) && good;
      }
      return good;
    }
    if (!node.is_map()) return true;
    const auto properties = schema.find("properties");
    const auto patterns = schema.find("patternProperties");
    const auto additional = schema.find("additionalProperties");
    for (std::size_t i = 0; i < node.size(); ++i) {
      const DocumentNode key = node.key(i);
      std::optional<DocumentNode> rule;
      if (properties) rule = properties->find(key.text());
      for (std::size_t p = 0; !rule && patterns && p < patterns->size(); ++p) {
        if (RE2::PartialMatch(piece(key.text()), pattern(patterns->key(p).text()))) {
          rule = patterns->at(p);
        }
      }
      if (!rule && additional) {
        if (!additional->is_map()) {
          if (additional->boolean().value_or(true)) continue;
          good = unknown_key(key, properties, tell);
          continue;
        }
        rule = additional;
      }
      if (rule) good = is(node.at(i), *rule, tell) && good;
    }
    return good;
  }

  bool unknown_key(DocumentNode key, const std::optional<DocumentNode>& properties, bool tell) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; properties && i < properties->size(); ++i) {
      names.push_back(properties->key(i).text());
    }
    return wrong(key, "report-unknown-key", fmt::format("there is no key '{}' here", shown(key)),
                 tell, suggest(key.text(), names));
  }

  /// `#/definitions/name`
  DocumentNode target(DocumentNode reference) {
    constexpr std::string_view prefix = "#/definitions/";
    const auto found = definitions_.find(reference.index());
    if (found != definitions_.end()) return found->second;
    const auto definitions = schema_.root().find("definitions");
    const std::string_view name = reference.text();
    const auto entry = definitions && name.starts_with(prefix)
                           ? definitions->find(name.substr(prefix.size()))
                           : std::nullopt;
    if (!entry) throw Error(ErrorCode::internal, fmt::format("schema reference '{}'", name));
    definitions_.emplace(reference.index(), *entry);
    return *entry;
  }

  static re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

  const RE2& pattern(std::string_view text) {
    std::unique_ptr<RE2>& known = patterns_[std::string(text)];
    if (!known) known = std::make_unique<RE2>(piece(text));
    return *known;
  }

  static std::string shown(DocumentNode node) {
    constexpr std::size_t longest = 60;
    std::string text(node.text());
    if (text.size() > longest) {
      text.resize(longest);
      while (find_bad_utf8(text)) text.pop_back();
      text += "...";
    }
    return text;
  }

  bool wrong(DocumentNode node, std::string_view id, std::string message, bool tell,
             std::string help = {}) {
    if (tell) {
      Span span = node.span();
      if (!node.is_scalar()) span.length = 1;
      diagnostics_.error(document_.source(), span, id, std::move(message), std::move(help));
    }
    return false;
  }

  const Document& document_;
  const Document& schema_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::uint32_t, DocumentNode> definitions_;
  std::unordered_map<std::string, std::unique_ptr<RE2>> patterns_;
};

}  // namespace

void check_shape(const Document& document, const Document& schema, Diagnostics& diagnostics) {
  ShapeChecker(document, schema, diagnostics).check();
}

}  // namespace eraudit::detail
