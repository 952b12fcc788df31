// Calls that signatures do not describe: `math.greatest` of any number of operands, the clauses of
// `format`.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/format_clauses.hpp"
#include "eraudit/expression/detail/value_type.hpp"

namespace eraudit::detail {
namespace {

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " value" : " values");
}

}  // namespace

bool Checker::is_extreme(std::string_view function) {
  return function == "math.greatest" || function == "math.least";
}

/// Numbers of any kinds, or one list of them. More than two are handed on as one list.
Typed Checker::check_extreme(std::string_view function, const SyntaxNode& node, std::uint32_t first,
                             std::uint32_t builtin) {
  const std::string name(function);
  std::vector<Typed> operands = check_arguments(node, first);
  if (operands.empty()) {
    return wrong(node, node.at, "cel-type", "'" + name + "' compares numbers, here are none",
                 "write `" + name + "(a, b)`");
  }
  const auto fits = [](const Type& type) {
    return type.is_numeric() || type.is_dyn() || type.is(TypeKind::variable);
  };
  Type result = TypeKind::error;
  const auto join = [&](const Type& type) {
    const Type bare = type.is_numeric() ? Type(type.kind()) : Type();
    result = result.is(TypeKind::error) || result == bare ? bare : Type();
  };
  const std::size_t errors_before = diagnostics_.errors();
  const Type only = type_of(operands[0]);
  if (operands.size() == 1 && only.is(TypeKind::list)) {
    const SyntaxNode& list = child(node, first);
    const Type element = types_.shallow(only.element());
    if (checked() && list.is(SyntaxKind::list) && list.children == 0) {
      error(list.span, "cel-type", "'" + name + "' compares numbers, here are none");
    } else if (checked() && !fits(element)) {
      error(list.span, "cel-type",
            "'" + name + "' compares numbers; this is " + words(types_.resolve(only)),
            "write `" + written(list) + (function == "math.least" ? ".min()`" : ".max()`"));
    }
    join(element);
  } else {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const Type type = type_of(operands[i]);
      const SyntaxNode& argument = child(node, first + static_cast<std::uint32_t>(i));
      if (checked() && !fits(type)) {
        std::string help = "write `[";
        for (std::uint32_t at = first; at < node.children; ++at) {
          if (at != first) help += ", ";
          help += written(child(node, at));
        }
        help += function == "math.least" ? "].min()`" : "].max()`";
        const bool other = type.is(TypeKind::money) || type.is(TypeKind::date) ||
                           type.is(TypeKind::timestamp) || type.is(TypeKind::duration);
        error(argument.span, "cel-type",
              "'" + name + "' compares numbers; this is " + words(types_.resolve(type)),
              other ? help : "");
      }
      join(type);
    }
  }
  if (diagnostics_.errors() != errors_before) return wrong_silently(node, "no numbers to compare");
  if (operands.size() > 2) {
    Typed list = make(Op::make_list, 0, operands, Type::list(result), node);
    operands.clear();
    operands.push_back(std::move(list));
  }
  return make(Op::call, builtin, operands, result, node);
}

/// Where a part of the text of a literal stands, if it stands in the source as it is in the text:
/// within the whole text, or else by itself.
Span Checker::part_of(const SyntaxNode& literal, std::string_view text, std::size_t offset,
                      std::size_t length) const {
  const std::string_view source =
      std::string_view(text_.text).substr(literal.span.offset, literal.span.length);
  std::size_t at = source.find(text);
  at = at != std::string_view::npos ? at + offset : source.find(text.substr(offset, length));
  if (at == std::string_view::npos || length == 0) return literal.span;
  return {literal.span.offset + static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(length)};
}

/// `'...'.format([...])` with both sides written out.
void Checker::check_format_call(const SyntaxNode& node, std::span<const Typed> operands) {
  const Value* const format = builder_.constant_of(operands[0].id);
  if (!checked() || format == nullptr || !format->is(ValueKind::text)) return;
  std::vector<FormatClause> clauses;
  if (const auto bad = read_format(format->as_text(), clauses)) {
    const std::string_view text = format->as_text();
    error(part_of(child(node, 0), text, bad->offset, bad->length), "cel-literal", bad->message,
          bad->help);
    return;
  }
  std::erase_if(clauses, [](const FormatClause& clause) { return clause.verb == '%'; });
  const SyntaxNode& list = child(node, 1);
  if (!list.is(SyntaxKind::list)) return;
  for (std::uint32_t i = 0; i < list.children; ++i) {
    if (child(list, i).optional_entry) return;
  }
  if (list.children != clauses.size()) {
    error(list.span, "cel-type",
          "the format asks for " + counted(clauses.size()) + ", here are " +
              std::to_string(list.children));
    return;
  }
  const Value* const constants = builder_.constant_of(operands[1].id);
  for (std::uint32_t i = 0; i < list.children; ++i) {
    const Type type =
        constants != nullptr
            ? Type(type_kind(constants->list->items[i]))
            : types_.shallow(builder_.operation(builder_.children(operands[1].id)[i]).type);
    if (writes(clauses[i].verb, type)) continue;
    error(child(list, i).span, "cel-type",
          "'%" + std::string(1, clauses[i].verb) + "' writes " +
              std::string(written_by(clauses[i].verb)) + "; this is " + words(types_.resolve(type)),
          "`%s` writes anything");
  }
}

}  // namespace eraudit::detail
