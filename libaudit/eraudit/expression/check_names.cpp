// Names, fields and indices.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {
namespace {

struct ForeignConstant {
  std::string_view name;
  std::string_view help;
};
constexpr std::array foreign_constants{
    ForeignConstant{"True", "write `true`"},
    ForeignConstant{"TRUE", "write `true`"},
    ForeignConstant{"yes", "write `true`"},
    ForeignConstant{"False", "write `false`"},
    ForeignConstant{"FALSE", "write `false`"},
    ForeignConstant{"no", "write `false`"},
    ForeignConstant{"None", "to ask whether something exists, write `has(x.field)`"},
    ForeignConstant{"nil", "to ask whether something exists, write `has(x.field)`"},
    ForeignConstant{"NULL", "to ask whether something exists, write `has(x.field)`"},
    ForeignConstant{"undefined", "to ask whether something exists, write `has(x.field)`"},
    ForeignConstant{"unknown",
                    "what is not known makes a condition unknown by itself: no need to ask"},
    ForeignConstant{"today", "the engine has no clock: write `as_of`"},
    ForeignConstant{"now", "the engine has no clock: write `as_of`"},
};

}  // namespace

std::optional<Type> named_type(std::string_view name) {
  static const std::array<std::pair<std::string_view, Type>, 16> types{{
      {"bool", TypeKind::boolean},
      {"bytes", TypeKind::bytes},
      {"date", TypeKind::date},
      {"double", TypeKind::number},
      {"google.protobuf.Duration", TypeKind::duration},
      {"google.protobuf.Timestamp", TypeKind::timestamp},
      {"int", TypeKind::integer},
      {"list", Type::list(Type())},
      {"map", Type::map(Type(), Type())},
      {"money", TypeKind::money},
      {"null_type", TypeKind::null},
      {"optional_type", optional_of(Type())},
      {"string", TypeKind::text},
      {"type", TypeKind::type},
      {"uint", TypeKind::uinteger},
      {"error", TypeKind::error},
  }};
  for (const auto& [known, type] : types) {
    if (known == name && !type.is(TypeKind::error)) return type;
  }
  return std::nullopt;
}

const Checker::Local* Checker::find_local(std::string_view name) const {
  for (std::size_t i = locals_.size(); i-- > 0;) {
    if (locals_[i].name == name) return &locals_[i];
  }
  return nullptr;
}

Typed Checker::read_variable(Slot slot, const SyntaxNode& node) {
  const Environment::Variable& variable = environment_.variables()[slot];
  Typed typed = make(Op::variable, slot, {}, variable.type, node);
  if (variable.definition == nullptr) return typed;
  const Program& definition = *variable.definition;
  typed.exist_when_true = definition.exist_when_true;
  typed.exist_when_false = definition.exist_when_false;
  typed.exist_in_elements = definition.exist_in_elements;
  for (const std::string& path : definition.unguarded) {
    const std::string_view what = path.front() == '!' ? std::string_view(path).substr(1) : path;
    typed.reads.push_back({path, node.at, std::string(what)});
  }
  return typed;
}

Typed Checker::read_local(const Local& local, const SyntaxNode& node) {
  local.used = true;
  return make(Op::local, local.number, {}, types_.resolve(local.type), node);
}

Typed Checker::type_constant(const Type& type, const SyntaxNode& node) {
  Value value = Value::make(ValueKind::type);
  value.type = builder_.own(type);
  Typed typed;
  typed.type = Type::type_of(type);
  typed.id = builder_.constant(value, typed.type, node.span);
  return typed;
}

/// A variable or type under this very name.
std::optional<Typed> Checker::find_global(std::string_view name, const SyntaxNode& node) {
  if (const auto slot = environment_.find_variable(name)) return read_variable(*slot, node);
  if (name == "as_of" && schema() != nullptr) {
    return make(Op::as_of, 0, {}, TypeKind::date, node);
  }
  if (const auto type = named_type(name)) return type_constant(*type, node);
  return std::nullopt;
}

Typed Checker::check_name(const SyntaxNode& node) {
  if (!node.leading_dot) {
    if (const Local* const local = find_local(node.text)) return read_local(*local, node);
  }
  if (environment_.container.empty()) {
    if (auto found = find_global(node.text, node)) return std::move(*found);
  } else {
    for (const std::string& name : candidates(node.text, node.leading_dot)) {
      if (auto found = find_global(name, node)) return std::move(*found);
    }
  }
  return unknown_name(node);
}

Typed Checker::unknown_name(const SyntaxNode& node) {
  const std::string_view name = node.text;
  std::string help;
  for (const ForeignConstant& foreign : foreign_constants) {
    if (foreign.name == name) help = foreign.help;
  }
  std::vector<std::string_view> names;
  for (std::size_t i = locals_.size(); i-- > 0;) names.push_back(locals_[i].name);
  for (const Environment::Variable& variable : environment_.variables()) {
    // Those that begin with `_` are the host's own.
    if (!variable.name.empty() && variable.name.front() != '_') names.push_back(variable.name);
  }
  if (schema() != nullptr) names.emplace_back("as_of");
  const auto near = nearest_name(name, names);
  if (help.empty() && near) help = "did you mean '" + std::string(*near) + "'?";
  if (help.empty()) {
    // An attribute without its node, or a kind in place of a variable: both are common.
    for (const Environment::Variable& variable : environment_.variables()) {
      if (variable.name.empty()) continue;
      if ((variable.type.is(TypeKind::node) || variable.type.is(TypeKind::record)) &&
          has_field(variable.type, name)) {
        help = "write `" + variable.name + "." + std::string(name) + "`";
        break;
      }
    }
  }
  if (help.empty() && schema() != nullptr && schema()->find_kind(name)) {
    help = "'" + std::string(name) + "' is a kind: to ask for it, write `x.kind == '" +
           std::string(name) + "'`";
  }
  if (help.empty() && find_builtin(name)) {
    help = "'" + std::string(name) + "' is a function: write `" + std::string(name) + "(...)`";
  }
  if (help.empty() && is_family(name)) {
    help = "'" + std::string(name) + "' is the family name of functions: write `" +
           std::string(name) + ".function(...)`";
  }
  if (help.empty() && environment_.find_table(name)) {
    help = "'" + std::string(name) + "' is a table: write `" + std::string(name) + "(...)`";
  }
  if (help.empty() && !names.empty()) help = suggest(name, names);
  if (names.empty() && help.empty()) help = "text stands in quotes: '" + std::string(name) + "'";
  return wrong(node, node.at, "cel-unknown-name",
               "there is nothing named '" + std::string(name) + "'", std::move(help));
}

/// A variable or type whose dotted name is the whole of `node`.
std::optional<Typed> Checker::find_dotted(const SyntaxNode& node) {
  const SyntaxNode& root = root_of(node);
  if (!root.is(SyntaxKind::name)) return std::nullopt;
  if (!root.leading_dot && find_local(root.text) != nullptr) return std::nullopt;
  if (!dotted_names_ && root.text != "google") return std::nullopt;
  const auto name = dotted(node);
  if (!name) return std::nullopt;
  for (const std::string& candidate : candidates(*name, root.leading_dot)) {
    if (auto found = find_global(candidate, node)) return found;
  }
  return std::nullopt;
}

Typed Checker::check_select(const SyntaxNode& node) {
  if (node.optional) return check_optional_select(node);
  if (auto found = find_dotted(node)) return std::move(*found);
  // A name that is only the begin of a longer one: say which.
  const SyntaxNode& operand_node = child(node, 0);
  return select_field(check(operand_node), node.text, node);
}

Typed Checker::select_field(Typed operand, std::string_view field, const SyntaxNode& node) {
  const Type type = types_.shallow(operand.type);
  if (is_optional(type)) return select_optionally(std::move(operand), field, node);
  switch (type.kind()) {
    case TypeKind::node:
    case TypeKind::edge:
      return navigate(std::move(operand), field, node);
    case TypeKind::record:
      return select_of_record(operand, field, node);
    case TypeKind::map: {
      if (checked() && !types_.assignable(type.element(), TypeKind::text)) {
        return wrong(node, node.at, "cel-type",
                     "the keys of this map are " + words(types_.resolve(type.element())) +
                         ": it has no field '" + std::string(field) + "'",
                     "write `" + written(child(node, 0)) + "[...]`");
      }
      return make(Op::select, builder_.name(field), {&operand, 1}, types_.resolve(type.mapped()),
                  node);
    }
    case TypeKind::dyn:
    case TypeKind::error:
    case TypeKind::variable:
      return make(Op::select, builder_.name(field), {&operand, 1},
                  type.is(TypeKind::error) ? type : Type(), node);
    case TypeKind::list:
      if (checked()) return select_of_list(operand, field, node);
      break;
    default:
      break;
  }
  if (!checked()) {
    return make(Op::select, builder_.name(field), {&operand, 1}, Type(), node);
  }
  std::string help;
  if (find_builtin(field)) {
    help = "methods are called: `" + written(child(node, 0)) + "." + std::string(field) + "()`";
  } else if (type.is(TypeKind::date)) {
    help = "dates are compared and subtracted: `a - b` is a number of days";
  } else if (type.is(TypeKind::money)) {
    help = "compare amounts with amounts: `" + written(child(node, 0)) + " > money('12.50 USD')`";
  }
  return wrong(node, node.at, "cel-type",
               "'" + written(child(node, 0)) + "' is " + words(types_.resolve(type)) +
                   ", which has no fields",
               std::move(help));
}

Typed Checker::select_of_list(const Typed& operand, std::string_view field,
                              const SyntaxNode& node) {
  const Type type = types_.resolve(operand.type);
  const std::string list = written(child(node, 0));
  const std::string name(field);
  std::string help;
  if (has_field(types_.shallow(type.element()), field)) {
    help = "of each element: `" + list + ".map(x, x." + name + ")`, or `" + list + ".exists(x, x." +
           name + " ...)`";
  } else if (find_builtin(field)) {
    help = "methods are called: `" + list + "." + name + "()`";
  } else if (field == "length" || field == "count" || field == "len") {
    help = "write `" + list + ".size()`";
  } else {
    help = "its elements are read with `.map(x, ...)`, `.filter(x, ...)`, `.exists(x, ...)`";
  }
  return wrong(node, node.at, "cel-type",
               "'" + list + "' is " + words(type) + ", which has no fields", std::move(help));
}

Typed Checker::select_of_record(const Typed& operand, std::string_view field,
                                const SyntaxNode& node) {
  const Type type = types_.shallow(operand.type);
  std::vector<std::string_view> names;
  for (const auto& [name, field_type] : type.fields()) {
    if (name == field) {
      Typed copy = operand;
      return make(Op::select, builder_.name(field), {&copy, 1}, field_type, node);
    }
    names.push_back(name);
  }
  return wrong(node, node.at, "cel-unknown-field",
               "'" + type.name() + "' has no field '" + std::string(field) + "'",
               suggest(field, names));
}

Typed Checker::check_index(const SyntaxNode& node) {
  const SyntaxNode& key_node = child(node, 1);
  std::vector<Typed> operands;
  operands.push_back(check(child(node, 0)));
  const bool through = is_optional(types_.shallow(operands[0].type));
  const bool optional = node.optional || through;
  const Type type = inside_optional(operands[0].type);
  if (key_node.is(SyntaxKind::text) &&
      (type.is(TypeKind::record) || type.is(TypeKind::node) || type.is(TypeKind::edge))) {
    // `row['Employer name']`: a field by its name.
    SyntaxNode at_key = node;
    at_key.at = key_node.span;
    at_key.text = key_node.text;
    if (through) return select_optionally(std::move(operands[0]), key_node.text, at_key);
    if (optional) return optional_field(operands[0], at_key);
    return select_field(std::move(operands[0]), key_node.text, at_key);
  }
  operands.push_back(check(key_node));
  const Type key = types_.resolve(operands[1].type);
  Type result;
  switch (type.kind()) {
    case TypeKind::list: {
      result = types_.resolve(type.element());
      if (!checked()) break;
      const Value* const constant = builder_.constant_of(operands[1].id);
      if (!types_.assignable(TypeKind::integer, key)) {
        error(key_node.span, "cel-type",
              "the elements of a list are numbered: this is " + words(key),
              key.is_numeric() ? "write `int(...)`" : "conditions go into `.filter(x, ...)`");
      } else if (constant != nullptr && constant->is(ValueKind::integer) && constant->integer < 0) {
        error(key_node.span, "cel-type", "the elements of a list are numbered from 0",
              "the last one is `list[list.size() - 1]`");
      }
      break;
    }
    case TypeKind::map:
      result = types_.resolve(type.mapped());
      if (checked() && !types_.assignable(type.element(), key) &&
          !(environment_.mixed_comparison && key.is_numeric() &&
            types_.shallow(type.element()).is_numeric())) {
        error(key_node.span, "cel-type",
              "the keys of this map are " + words(types_.resolve(type.element())) + ", this is " +
                  words(key));
      } else if (checked()) {
        check_values(key, child(node, 0), operands[1].id);
      }
      break;
    case TypeKind::dyn:
    case TypeKind::variable:
      break;
    case TypeKind::error:
      result = type;
      break;
    default:
      if (!checked()) break;
      return wrong(node, node.at, "cel-type",
                   "'" + written(child(node, 0)) + "' is " + words(types_.resolve(type)) +
                       ", which has no elements",
                   type.is(TypeKind::text) ? "parts of a text are read with `.charAt(0)`, "
                                             "`.substring(0, 2)`, found with `.contains('...')`"
                                           : "");
  }
  if (optional) return make(Op::index, 1, operands, optional_of(result), node);
  return make(Op::index, 0, operands, result, node);
}

}  // namespace eraudit::detail
