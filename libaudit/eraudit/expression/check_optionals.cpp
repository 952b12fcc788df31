// Optional values: `x.?field`, `x[?key]`, `[?x]`, `or`, `orValue`, `optMap`, `optFlatMap`.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {

namespace {

std::uint32_t builtin_named(std::string_view name) {
  return find_builtin(name).value();
}

}  // namespace

/// What an optional holds; of another type that itself.
Type Checker::inside_optional(const Type& type) const {
  Type known = types_.shallow(type);
  if (!is_optional(known) || known.parameters().empty()) return known;
  return types_.shallow(known.parameters()[0]);
}

Typed Checker::check_optional_select(const SyntaxNode& node) {
  Typed operand = check(child(node, 0));
  const Type type = types_.shallow(operand.type);
  switch (type.kind()) {
    case TypeKind::node:
    case TypeKind::edge:
    case TypeKind::record:
      return optional_field(operand, node);
    default:
      return select_optionally(std::move(operand), node.text, node);
  }
}

/// A field of a node, edge or record: `has(x.f) ? optional.of(x.f) : optional.none()`.
Typed Checker::optional_field(const Typed& operand, const SyntaxNode& node) {
  const Type type = types_.shallow(operand.type);
  const std::string_view field = node.text;
  const auto guarded = [&](Op has, Op read, std::uint32_t payload, const Type& inner) {
    Typed asked = operand;
    Typed read_from = operand;
    read_from.reads.clear();  // said once
    const Type result = optional_of(inner);
    Typed value = make(read, payload, {&read_from, 1}, inner, node);
    std::vector<Typed> parts;
    parts.push_back(make(has, payload, {&asked, 1}, TypeKind::boolean, node));
    parts.push_back(make(Op::call, builtin_named("optional.of"), {&value, 1}, result, node));
    parts.push_back(make(Op::call, builtin_named("optional.none"), {}, result, node));
    return make(Op::conditional, 0, parts, result, node);
  };
  if (type.is(TypeKind::record)) {
    for (const auto& [name, field_type] : type.fields()) {
      if (name != field) continue;
      return guarded(Op::has_select, Op::select, builder_.name(field), types_.resolve(field_type));
    }
    return select_of_record(operand, field, node);
  }
  if (schema() == nullptr || (type.node_kinds().empty() && type.edge_kinds().empty())) {
    Typed copy = operand;
    return make(Op::optional_select, builder_.name(field), {&copy, 1}, optional_of(Type()), node);
  }
  const std::size_t errors_before = diagnostics_.errors();
  if (auto attribute = find_attribute(type, field, node)) {
    return guarded(Op::has_attribute, Op::attribute,
                   builder_.attribute(std::move(attribute->reference)), attribute->type);
  }
  if (diagnostics_.errors() == errors_before) {
    const bool special = field == "id" || field == "kind" ||
                         (type.is(TypeKind::edge) && (field == "from" || field == "to"));
    if (special || find_list(type, field, node)) {
      return wrong(node, node.at, "cel-macro",
                   "'" + std::string(field) + "' of " + words(type) + " is always there",
                   "leave the `?` out");
    }
    if (checked()) report_no_field(type, field, node);
  }
  return wrong_silently(node, "there is no '" + std::string(field) + "' in " + words(type));
}

/// A field of a map, of something dynamic, or of what an optional holds.
Typed Checker::select_optionally(Typed operand, std::string_view field, const SyntaxNode& node) {
  const Type outer = types_.shallow(operand.type);
  const Type type = inside_optional(outer);
  Type result;
  switch (type.kind()) {
    case TypeKind::map:
      if (checked() && !types_.assignable(type.element(), TypeKind::text)) {
        return wrong(node, node.at, "cel-type",
                     "the keys of this map are " + words(types_.resolve(type.element())) +
                         ": it has no field '" + std::string(field) + "'",
                     "write `" + written(child(node, 0)) + "[?...]`");
      }
      result = types_.resolve(type.mapped());
      break;
    case TypeKind::record:
      if (!has_field(type, field)) {
        operand.type = type;
        return select_of_record(operand, field, node);
      }
      for (const auto& [name, field_type] : type.fields()) {
        if (name == field) result = field_type;
      }
      break;
    case TypeKind::error:
      result = type;
      break;
    case TypeKind::dyn:
    case TypeKind::variable:
      break;
    default:
      if (!checked()) break;
      if (type.is(TypeKind::node) || type.is(TypeKind::edge)) {
        return wrong(node, node.at, "cel-type",
                     "'" + written(child(node, 0)) + "' is " + words(types_.resolve(outer)),
                     "read it inside: `" + written(child(node, 0)) + ".optFlatMap(x, x.?" +
                         std::string(field) + ")`");
      }
      return wrong(node, node.at, "cel-type",
                   "'" + written(child(node, 0)) + "' is " + words(types_.resolve(outer)) +
                       ", which has no fields");
  }
  return make(Op::optional_select, builder_.name(field), {&operand, 1}, optional_of(result), node);
}

/// `?x` in a list, or as the value of an entry: what the optional holds, if it holds something.
Typed Checker::check_optional_entry(const SyntaxNode& part) {
  Typed operand = check(part);
  const Type type = types_.shallow(operand.type);
  if (checked() && !is_optional(type) && !type.is_dyn() && !type.is(TypeKind::variable)) {
    return wrong(part, part.span, "cel-type",
                 "an optional value stands after '?'; this is " + words(types_.resolve(type)),
                 "leave the `?` out, or write `optional.of(" + written(part) + ")`");
  }
  const Type inner = is_optional(type) ? types_.resolve(inside_optional(type)) : Type();
  return make(Op::optional_entry, 0, {&operand, 1}, inner, part);
}

/// `x.or(y)` and its like; nothing if `node` is no such call.
std::optional<Typed> Checker::check_optional_call(const SyntaxNode& node) {
  Macro macro = Macro::optional_or;
  if (node.text == "or" && node.children == 2) {
    macro = Macro::optional_or;
  } else if (node.text == "orValue" && node.children == 2) {
    macro = Macro::optional_or_value;
  } else if (node.text == "optMap" && node.children == 3 && environment_.macros) {
    macro = Macro::optional_map;
  } else if (node.text == "optFlatMap" && node.children == 3 && environment_.macros) {
    macro = Macro::optional_flat_map;
  } else {
    return std::nullopt;
  }
  const bool maps = node.children == 3;
  const SyntaxNode& receiver = child(node, 0);
  std::vector<Typed> operands;
  operands.push_back(check(receiver));
  const Type given = types_.shallow(operands[0].type);
  const bool open = given.is_dyn() || given.is(TypeKind::variable);
  if (checked() && !open && !is_optional(given)) {
    std::string help = "it is always there: leave `." + std::string(node.text) + "(...)` out";
    if (node.text == "or" && given.is(TypeKind::boolean)) {
      help = "conditions are joined with `||`";
    } else if (receiver.is(SyntaxKind::select)) {
      help = "write `" + written(child(receiver, 0)) + ".?" + std::string(receiver.text) + "." +
             std::string(node.text) + "(...)`";
    }
    return wrong(
        node, node.at, "cel-type",
        "'" + written(receiver) + "' is " + words(types_.resolve(given)) + ", not optional",
        std::move(help));
  }
  const Type inner = types_.resolve(inside_optional(given));
  Comprehension comprehension;
  comprehension.macro = macro;
  const SyntaxNode& last = child(node, node.children - 1);
  if (maps) {
    const bool fine = variable_name(child(node, 1));
    comprehension.first_local = locals_.empty() ? 0 : locals_.back().number + 1;
    locals_.push_back(
        {child(node, 1).text, is_optional(given) ? inner : Type(), comprehension.first_local, {}});
    builder_.program().locals = std::max(builder_.program().locals, comprehension.first_local + 1);
    if (fine) operands.push_back(check(last));
    locals_.pop_back();
    if (!fine) return wrong_silently(node, "a name for the value is missing");
    leave_locals(operands[1].reads, comprehension.first_local);
  } else {
    operands.push_back(check(last));
  }
  const Type other = types_.resolve(operands[1].type);
  if (macro == Macro::optional_map) {
    return make(Op::comprehension, builder_.comprehension(comprehension), operands,
                optional_of(other), node);
  }
  const bool other_open = other.is_dyn() || other.is(TypeKind::variable);
  if (checked() && macro != Macro::optional_or_value && !other_open && !is_optional(other)) {
    return wrong(
        node, last.span, "cel-type",
        "'" + std::string(node.text) + "' takes an optional value; this is " + words(other),
        maps ? "write `.optMap(...)`" : "write `.orValue(" + written(last) + ")`");
  }
  Type result = macro == Macro::optional_flat_map ? other : Type();
  if (!maps && !open) {
    const Type wanted = macro == Macro::optional_or ? given : inner;
    const std::size_t mark = types_.mark();
    if (types_.assignable(wanted, other)) {
      result = types_.most_general(types_.resolve(wanted), types_.resolve(other));
    } else {
      types_.undo(mark);
      if (checked()) {
        return wrong(node, last.span, "cel-type",
                     "'" + written(receiver) + "' holds " + words(inner) + ", but this is " +
                         words(types_.resolve(inside_optional(other))),
                     "both must be of one type");
      }
    }
  }
  return make(Op::comprehension, builder_.comprehension(comprehension), operands, result, node);
}

}  // namespace eraudit::detail
