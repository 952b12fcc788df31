// Literals that are compared with what the schema enumerates.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/names.hpp"
#include "eraudit/network/countries.hpp"

namespace eraudit::detail {
namespace {

template <class Fits>
bool none_fits(std::span<const std::string_view> values, Fits fits) {
  return std::none_of(values.begin(), values.end(), fits);
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
    case SyntaxKind::map:  // its keys
      for (std::uint32_t i = 0; i < node.children; i += 2) check_values(whole, child(node, i), of);
      break;
    case SyntaxKind::name:
      check_named_values(whole, node, of);
      break;
    case SyntaxKind::conditional:
      check_values(whole, child(node, 1), of);
      check_values(whole, child(node, 2), of);
      break;
    default:
      break;
  }
}

void Checker::check_named_values(const Type& type, const SyntaxNode& name, std::uint32_t of) {
  if (const Local* const local = name.leading_dot ? nullptr : find_local(name.text)) {
    if (local->among == nullptr) return;
    for (std::uint32_t i = 0; i < local->among->children; ++i) {
      const SyntaxNode& item = child(*local->among, i);
      if (item.is(SyntaxKind::text)) check_value(type, item, of);
    }
    return;
  }
  const auto slot = environment_.find_variable(name.text);
  if (!slot) return;
  const auto& definition = environment_.variables()[*slot].definition;
  if (definition == nullptr || definition->operations.empty()) return;
  const Operation& root = definition->operation(definition->root);
  if (root.op != Op::constant) return;
  const Value& value = definition->constants[root.payload];
  SyntaxNode literal = name;  // told where it is used: here it is of no use
  const auto check_one = [&](const Value& item) {
    if (!item.is(ValueKind::text)) return;
    literal.text = item.as_text();
    check_value(type, literal, of);
  };
  if (value.is(ValueKind::list)) {
    for (const Value& item : value.list->items) check_one(item);
  } else if (value.is(ValueKind::map)) {
    for (const Value& key : value.map->keys) check_one(key);
  } else {
    check_one(value);
  }
}

void Checker::check_listed_values(std::string_view function, std::span<const Typed> operands,
                                  const SyntaxNode& node, std::uint32_t first) {
  constexpr std::array<std::string_view, 5> looking{"indexOf", "lastIndexOf", "sets.contains",
                                                    "sets.equivalent", "sets.intersects"};
  if (!checked() || operands.size() < 2) return;
  if (std::find(looking.begin(), looking.end(), function) == looking.end()) return;
  for (std::uint32_t side = 0; side < 2; ++side) {
    const Type list = type_of(operands[side]);
    if (!list.is(TypeKind::list)) continue;
    const SyntaxNode& other = child(node, first + 1 - side);
    const bool one = side == 0 && !type_of(operands[1]).is(TypeKind::list);
    check_values(one ? types_.shallow(list.element()) : list, other, operands[side].id);
  }
}

void Checker::warn_no_value(std::string_view method, std::span<const Typed> operands,
                            const SyntaxNode& node) {
  if (!checked() || operands.size() != 2) return;
  const std::vector<std::string_view> values = type_of(operands[0]).values(schema());
  const Value* const part = builder_.constant_of(operands[1].id);
  if (values.empty() || part == nullptr || !part->is(ValueKind::text)) return;
  const std::string_view text = part->as_text();
  bool none = false;
  if (method == "startsWith") {
    none = none_fits(values, [&](std::string_view value) { return value.starts_with(text); });
  } else if (method == "endsWith") {
    none = none_fits(values, [&](std::string_view value) { return value.ends_with(text); });
  } else if (method == "contains") {
    none = none_fits(values, [&](std::string_view value) { return value.find(text) != text.npos; });
  }
  if (!none) return;
  const std::string source = source_of(operands[0].id);
  warning(node.span, "cel-constant-condition",
          "this can never be true: no value of '" +
              (source.empty() ? written(child(node, 0)) : source) + "' has '" + std::string(text) +
              "' there",
          suggest(text, values));
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
      if (format == TextFormat::country ? is_country(text) : is_place(text)) return;
      const auto code = country_code(text);
      std::string help = format == TextFormat::country
                             ? country_help(text)
                             : "places are written by their code: 'US', 'US-TX'";
      if (code) help = "write '" + std::string(*code) + "'";
      error(literal.span, "cel-unknown-value",
            "'" + shown + "' is no code of a " +
                (format == TextFormat::country ? "country" : "country or of a part of one"),
            std::move(help));
      return;
    }
    case TextFormat::language:
      if (is_language(text)) return;
      error(literal.span, "cel-unknown-value", "'" + shown + "' is no code of a language",
            "languages are written by their code in lower case: 'ne'");
      return;
    case TextFormat::any:
      return;
  }
}

}  // namespace eraudit::detail
