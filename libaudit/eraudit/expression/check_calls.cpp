// Functions, methods, tables and arithmetic.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/expression/detail/checker.hpp"

namespace eraudit::detail {
namespace {

struct OperatorSpelling {
  SyntaxKind kind;
  std::string_view name;
  std::string_view sign;
};
constexpr std::array spellings{
    OperatorSpelling{SyntaxKind::negate, "-_", "-"},
    OperatorSpelling{SyntaxKind::multiply, "_*_", "*"},
    OperatorSpelling{SyntaxKind::divide, "_/_", "/"},
    OperatorSpelling{SyntaxKind::remainder, "_%_", "%"},
    OperatorSpelling{SyntaxKind::add, "_+_", "+"},
    OperatorSpelling{SyntaxKind::subtract, "_-_", "-"},
    OperatorSpelling{SyntaxKind::less, "_<_", "<"},
    OperatorSpelling{SyntaxKind::less_equal, "_<=_", "<="},
    OperatorSpelling{SyntaxKind::greater, "_>_", ">"},
    OperatorSpelling{SyntaxKind::greater_equal, "_>=_", ">="},
    OperatorSpelling{SyntaxKind::equal, "_==_", "=="},
    OperatorSpelling{SyntaxKind::not_equal, "_!=_", "!="},
    OperatorSpelling{SyntaxKind::in, "_in_", "in"},
};

bool has_style(std::span<const Overload> overloads, bool method) {
  return std::any_of(overloads.begin(), overloads.end(),
                     [&](const Overload& one) { return one.method == method; });
}

}  // namespace

std::string_view operator_name(SyntaxKind kind) {
  for (const OperatorSpelling& one : spellings) {
    if (one.kind == kind) return one.name;
  }
  return {};
}

std::string_view operator_sign(SyntaxKind kind) {
  for (const OperatorSpelling& one : spellings) {
    if (one.kind == kind) return one.sign;
  }
  return {};
}

std::vector<Typed> Checker::check_arguments(const SyntaxNode& node, std::uint32_t first) {
  std::vector<Typed> operands;
  operands.reserve(node.children);
  for (std::uint32_t i = first; i < node.children; ++i) operands.push_back(check(child(node, i)));
  return operands;
}

std::optional<Type> Checker::resolve_overload(std::span<const Overload> overloads, bool method,
                                              std::span<const Typed> operands) {
  std::optional<Type> result;
  std::vector<Type> given;
  given.reserve(operands.size());
  for (const Typed& operand : operands) given.push_back(types_.shallow(operand.type));
  for (const Overload& one : overloads) {
    if (one.method != method || one.operands.size() != operands.size()) continue;
    bool possible = true;
    for (std::size_t i = 0; possible && i < given.size(); ++i) {
      const TypeKind wanted = one.operands[i].kind();
      possible = wanted == given[i].kind() || wanted == TypeKind::parameter ||
                 wanted == TypeKind::dyn || given[i].is_dyn() || given[i].is(TypeKind::variable);
    }
    if (!possible) continue;
    const std::size_t mark = types_.mark();
    types_.begin_instance();
    bool fits = true;
    for (std::size_t i = 0; fits && i < operands.size(); ++i) {
      const Type wanted = one.generic ? types_.instantiate(one.operands[i]) : one.operands[i];
      fits = types_.assignable(wanted, operands[i].type);
    }
    if (!fits) {
      types_.undo(mark);
      continue;
    }
    Type type = one.generic ? types_.resolve(types_.instantiate(one.result)) : one.result;
    if (!result) {
      result = std::move(type);
    } else if (!result->is(TypeKind::dyn) && !(*result == type)) {
      result = Type();
    }
  }
  return result;
}

/// A call whose operands fit nothing: an error now, or left to run time.
Typed Checker::unresolved(std::optional<std::uint32_t> builtin, std::span<const Overload> overloads,
                          bool method, std::span<Typed> operands, const SyntaxNode& node,
                          std::string message, std::string help) {
  const bool callable =
      builtin && std::any_of(overloads.begin(), overloads.end(), [&](const Overload& one) {
        return one.method == method && one.operands.size() == operands.size();
      });
  if (!checked() && callable) return make(Op::call, *builtin, operands, Type(), node);
  return wrong(node, node.at, "cel-type", std::move(message), std::move(help));
}

Typed Checker::check_operator(const SyntaxNode& node) {
  std::vector<Typed> operands = check_arguments(node, 0);
  const std::string_view name = operator_name(node.kind);
  const auto builtin = find_builtin(name);
  const auto overloads = builtin ? builtin_overloads(*builtin) : std::span<const Overload>();
  if (const auto result = resolve_overload(overloads, false, operands)) {
    const Type type = annotate(node, *result, operands);
    const Value* const divisor =
        operands.size() == 2 ? builder_.constant_of(operands[1].id) : nullptr;
    const bool divides = node.is(SyntaxKind::divide) || node.is(SyntaxKind::remainder);
    if (divides && divisor != nullptr && divisor->is(ValueKind::integer) && divisor->integer == 0 &&
        checked()) {
      warning(node.span, "cel-always-error", "this is always an error: division by zero");
    }
    return make(Op::call, *builtin, operands, type, node);
  }
  const Type a = types_.resolve(operands[0].type);
  const Type b = operands.size() > 1 ? types_.resolve(operands[1].type) : Type();
  std::string message =
      "'" + std::string(operator_sign(node.kind)) + "' does not go with " + words(a);
  if (operands.size() > 1) message += " and " + words(b);
  return unresolved(builtin, overloads, false, operands, node, std::move(message),
                    help_operator(node, a, b));
}

Typed Checker::call_function(std::string_view name, const SyntaxNode& node,
                             std::uint32_t first_argument, std::optional<std::uint32_t> builtin,
                             std::span<const Overload> overloads) {
  if (builtin && is_extreme(name)) return check_extreme(name, node, first_argument, *builtin);
  std::vector<Typed> operands = check_arguments(node, first_argument);
  if (const auto result = resolve_overload(overloads, false, operands)) {
    if (!builtin) {
      Typed typed;
      typed.id = builder_.fail("'" + std::string(name) + "' has no implementation", node.span);
      builder_.set_type(typed.id, *result);
      typed.type = *result;
      return typed;
    }
    if (operands.size() == 1 && first_argument < node.children) {
      check_constant_argument(name, operands[0], child(node, first_argument));
    } else if (operands.size() == 2) {
      check_constant_argument(name, operands[1], child(node, first_argument + 1));
    }
    check_listed_values(name, operands, node, first_argument);
    return make(Op::call, *builtin, operands, *result, node);
  }
  if (!has_style(overloads, false)) {
    std::string help;
    if (!operands.empty()) {
      help = "write `" + written(child(node, first_argument)) + "." + std::string(name) + "(" +
             (operands.size() > 1 ? written(child(node, first_argument + 1)) : "") + ")`";
    }
    return unresolved(builtin, overloads, false, operands, node,
                      "'" + std::string(name) + "' is a method", std::move(help));
  }
  std::string given;
  for (const Typed& operand : operands) {
    if (!given.empty()) given += ", ";
    given += types_.finish(operand.type).text(schema());
  }
  return unresolved(builtin, overloads, false, operands, node,
                    "'" + std::string(name) + "' does not take (" + given + ")",
                    help_arguments(overloads, false, name));
}

std::optional<Typed> Checker::call_global(std::string_view name, const SyntaxNode& node,
                                          std::uint32_t first_argument) {
  if (const auto table = environment_.find_table(name)) {
    return call_table(*table, node, first_argument);
  }
  const auto& functions = environment_.functions();
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (functions[i].name != name) continue;
    if (functions_.empty()) {
      for (const Environment::Function& function : functions) {
        std::string problem;
        functions_.push_back(
            parse_signatures(function.signatures, true, problem).value_or(std::vector<Overload>()));
      }
    }
    return call_function(name, node, first_argument, std::nullopt, functions_[i]);
  }
  if (const auto builtin = find_builtin(name); builtin && named_function(builtins()[*builtin])) {
    return call_function(name, node, first_argument, builtin, builtin_overloads(*builtin));
  }
  return std::nullopt;
}

Typed Checker::call_table(std::uint32_t number, const SyntaxNode& node,
                          std::uint32_t first_argument) {
  const Table& table = *environment_.tables()[number];
  std::vector<Typed> operands = check_arguments(node, first_argument);
  const std::vector<TableInput>& inputs = table.inputs();
  if (operands.size() != inputs.size()) {
    std::string wanted;
    for (const TableInput& input : inputs) {
      if (!wanted.empty()) wanted += ", ";
      wanted += input.name;
    }
    return wrong(node, node.at, "cel-type",
                 "the table '" + table.name() + "' takes " + std::to_string(inputs.size()) +
                     " values, here are " + std::to_string(operands.size()),
                 "write `" + table.name() + "(" + wanted + ")`");
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const SyntaxNode& argument = child(node, first_argument + static_cast<std::uint32_t>(i));
    const Type given = types_.shallow(operands[i].type);
    const bool numbers = inputs[i].type.is_numeric() && given.is_numeric();
    if (checked() && !numbers && !types_.assignable(inputs[i].type, operands[i].type)) {
      std::string help;
      if (inputs[i].type.is(TypeKind::date) && given.is(TypeKind::text)) {
        help = "write `date('2026-01-01')`";
      } else if (inputs[i].type.is(TypeKind::money) && given.is_numeric()) {
        help = "an amount has a currency: `money('12.50 USD')`";
      }
      error(argument.span, "cel-type",
            "'" + inputs[i].name + "' of the table '" + table.name() + "' is " +
                words(inputs[i].type) + ", this is " + words(types_.resolve(given)),
            std::move(help));
      continue;
    }
    if (checked()) check_values(inputs[i].type, argument, operands[i].id);
  }
  return make(Op::table, number, operands, table.output(), node);
}

Typed Checker::check_call(const SyntaxNode& node) {
  if (environment_.macros && !node.leading_dot) {
    if (auto expanded = expand_macro(node)) return std::move(*expanded);
  }
  for (const std::string& name : candidates(node.text, node.leading_dot)) {
    if (auto called = call_global(name, node, 0)) return std::move(*called);
  }
  return unknown_function(node);
}

Typed Checker::check_member_call(const SyntaxNode& node) {
  if (environment_.macros) {
    if (auto expanded = expand_macro(node)) return std::move(*expanded);
  }
  const SyntaxNode& receiver_node = child(node, 0);
  // `math.greatest(1, 2)`: a function with a dotted name.
  if (const SyntaxNode& root = root_of(receiver_node);
      root.is(SyntaxKind::name) && (root.leading_dot || find_local(root.text) == nullptr)) {
    if (const auto before = dotted(receiver_node)) {
      const std::string whole = *before + "." + std::string(node.text);
      for (const std::string& name : candidates(whole, root.leading_dot)) {
        if (auto called = call_global(name, node, 1)) return std::move(*called);
      }
      if (is_family(*before) && !environment_.find_variable(*before)) {
        return unknown_in_family(*before, node);
      }
    }
  }
  if (auto called = check_optional_call(node)) return std::move(*called);
  std::vector<Typed> operands = check_arguments(node, 0);
  const auto builtin = find_builtin(node.text);
  if (!builtin || !named_function(builtins()[*builtin])) return unknown_method(operands[0], node);
  const auto overloads = builtin_overloads(*builtin);
  if (const auto result = resolve_overload(overloads, true, operands)) {
    if (operands.size() == 2) check_constant_argument(node.text, operands[1], child(node, 1));
    if (node.text == "format") check_format_call(node, operands);
    check_listed_values(node.text, operands, node, 0);
    warn_no_value(node.text, operands, node);
    return make(Op::call, *builtin, operands, annotate_fold(node.text, *result, operands[0]), node);
  }
  const std::string name(node.text);
  if (!has_style(overloads, true)) {
    return unresolved(builtin, overloads, true, operands, node, "'" + name + "' is no method",
                      "write `" + name + "(" + written(receiver_node) + ")`");
  }
  const Type receiver = types_.resolve(operands[0].type);
  const bool receiver_fits = std::any_of(
      overloads.begin(), overloads.end(),
      [&](const Overload& one) { return one.method && one.operands[0].kind() == receiver.kind(); });
  if (!receiver_fits && !receiver.is_dyn() && checked()) {
    if (receiver.is(TypeKind::error)) return unknown_method(operands[0], node);
    return wrong(node, node.at, "cel-type",
                 "'" + written(receiver_node) + "' is " + words(receiver) +
                     ", which has no method '" + name + "'",
                 help_arguments(overloads, true, name));
  }
  std::string given;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    if (i != 1) given += ", ";
    given += types_.finish(operands[i].type).text(schema());
  }
  std::string message = "'" + name + "' of " + words(receiver) + " does not take (" + given + ")";
  std::string help = help_arguments(overloads, true, name);
  if (operands.size() == 1 && receiver.is(TypeKind::list)) {
    message = "there is no '" + name + "' of " + words(receiver);
    const Type element = types_.shallow(receiver.element());
    if (element.is(TypeKind::node) || element.is(TypeKind::edge)) {
      help = "take a value of each first: `" + written(receiver_node) + ".map(x, x...)." + name +
             "()`";
    }
  }
  return unresolved(builtin, overloads, true, operands, node, std::move(message), std::move(help));
}

}  // namespace eraudit::detail
