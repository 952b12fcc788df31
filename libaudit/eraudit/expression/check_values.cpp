// Literals that are compared with what the schema enumerates.

#include <algorithm>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/names.hpp"

namespace eraudit::detail {
namespace {

bool capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool country_like(std::string_view text) {
  return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

bool place_like(std::string_view text) {
  if (country_like(text)) return true;
  if (text.size() < 4 || text.size() > 6 || text[2] != '-' || !country_like(text.substr(0, 2))) {
    return false;
  }
  return std::all_of(text.begin() + 3, text.end(),
                     [](char c) { return capital(c) || (c >= '0' && c <= '9'); });
}

bool language_like(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void Checker::check_values(const Type& type, const SyntaxNode& node, std::uint32_t of) {
  const Type whole = types_.shallow(type);
  if (whole.is(TypeKind::list) && node.is(SyntaxKind::list)) {
    return check_values(whole.element(), node, of);
  }
  if (!whole.is(TypeKind::text)) return;
  switch (node.kind) {
    case SyntaxKind::text:
      check_value(whole, node, of);
      break;
    case SyntaxKind::list:
      for (std::uint32_t i = 0; i < node.children; ++i) check_values(whole, child(node, i), of);
      break;
    case SyntaxKind::conditional:
      check_values(whole, child(node, 1), of);
      check_values(whole, child(node, 2), of);
      break;
    default:
      break;
  }
}

/// How a reader knows what has these values: `charged.borne_by`.
std::string Checker::source_of(std::uint32_t id) const {
  const Operation& operation = builder_.operation(id);
  if (operation.op != Op::attribute || schema() == nullptr) return {};
  const AttributeReference& reference = builder_.attribute_at(operation.payload);
  const AttributeReference::Member& first = reference.members.front();
  return reference.of_edge ? schema()->path(EdgeKindId{first.kind}, first.attribute)
                           : schema()->path(KindId{first.kind}, first.attribute);
}

void Checker::check_value(const Type& type, const SyntaxNode& literal, std::uint32_t of) {
  const bool bounded = type.format() != TextFormat::any || !type.values(schema()).empty();
  if (literal.text.empty() && bounded) {
    error(literal.span, "cel-unknown-value", "this is never an empty text",
          "what nobody said makes a condition unknown by itself: no need to ask");
    return;
  }
  if (type.enumeration() == nullptr) {
    if (!type.node_kinds().empty() || !type.edge_kinds().empty()) {
      check_kind_name(type, literal, of);
    } else if (type.format() != TextFormat::any) {
      check_format(type.format(), literal);
    }
    return;
  }
  const std::vector<std::string_view> values = type.values(nullptr);
  if (std::find(values.begin(), values.end(), literal.text) != values.end()) return;
  std::string source = source_of(of);
  if (source.empty()) source = type.enumeration()->name;
  error(literal.span, "cel-unknown-value",
        "'" + std::string(literal.text) + "' is no value of '" + source + "'",
        suggest(literal.text, values));
}

void Checker::check_kind_name(const Type& type, const SyntaxNode& literal, std::uint32_t of) {
  const std::vector<std::string_view> possible = type.values(schema());
  if (std::find(possible.begin(), possible.end(), literal.text) != possible.end()) return;
  const bool of_edge = type.node_kinds().empty();
  std::vector<std::string_view> all;
  if (of_edge) {
    for (const EdgeKind& kind : schema()->edges()) all.push_back(kind.name);
  } else {
    for (const NodeKind& kind : schema()->kinds()) all.push_back(kind.name);
  }
  const std::string name(literal.text);
  if (std::find(all.begin(), all.end(), literal.text) == all.end()) {
    error(literal.span, "cel-unknown-value",
          "there is no " + std::string(of_edge ? "edge" : "node") + " kind '" + name + "'",
          suggest(literal.text, all));
    return;
  }
  const Operation& operation = builder_.operation(of);
  const std::string kinds =
      operation.op == Op::identity
          ? words(types_.resolve(builder_.operation(builder_.children(of)[0]).type))
          : "of another kind";
  warning(literal.span, "cel-constant-condition", "this is never '" + name + "': it is " + kinds);
}

void Checker::check_format(TextFormat format, const SyntaxNode& literal) {
  const std::string_view text = literal.text;
  const std::string shown(text);
  switch (format) {
    case TextFormat::country:
    case TextFormat::place: {
      if (format == TextFormat::country ? country_like(text) : place_like(text)) return;
      const auto code = country_code(text);
      std::string help = format == TextFormat::country
                             ? "countries are written by their code of two capitals: 'NP'"
                             : "places are written by their code: 'US', 'US-TX'";
      if (code) help = "write '" + std::string(*code) + "'";
      error(literal.span, "cel-unknown-value",
            "'" + shown + "' is no code of a " +
                (format == TextFormat::country ? "country" : "country or of a part of one"),
            std::move(help));
      return;
    }
    case TextFormat::language:
      if (language_like(text)) return;
      error(literal.span, "cel-unknown-value", "'" + shown + "' is no code of a language",
            "languages are written by their code in lower case: 'ne'");
      return;
    case TextFormat::any:
      return;
  }
}

}  // namespace eraudit::detail
