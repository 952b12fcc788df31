// has(), comprehensions and cel.bind().

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {

/// How a comprehension is written: its name, how many arguments and how many variables among them.
struct Checker::Form {
  std::string_view name;
  std::uint32_t arguments;
  std::uint32_t variables;
  Macro macro;
};

std::optional<Typed> Checker::expand_macro(const SyntaxNode& node) {
  static constexpr std::array forms{
      Form{"all", 2, 1, Macro::all},
      Form{"exists", 2, 1, Macro::exists},
      Form{"exists_one", 2, 1, Macro::exists_one},
      Form{"map", 2, 1, Macro::map},
      Form{"map", 3, 1, Macro::map_if},
      Form{"filter", 2, 1, Macro::filter},
      Form{"all", 3, 2, Macro::all},
      Form{"exists", 3, 2, Macro::exists},
      Form{"exists_one", 3, 2, Macro::exists_one},
      Form{"existsOne", 3, 2, Macro::exists_one},
      Form{"transformList", 3, 2, Macro::map},
      Form{"transformList", 4, 2, Macro::map_if},
      Form{"transformMap", 3, 2, Macro::transform_map},
      Form{"transformMap", 4, 2, Macro::transform_map},
      Form{"transformMapEntry", 3, 2, Macro::transform_map_entry},
      Form{"transformMapEntry", 4, 2, Macro::transform_map_entry},
      Form{"sortBy", 2, 1, Macro::sort_by},
  };
  if (node.is(SyntaxKind::call)) {
    if (node.text == "has" && node.children == 1) return check_has(node);
    return std::nullopt;
  }
  const SyntaxNode& receiver = child(node, 0);
  if (node.text == "bind" && node.children == 4 && receiver.is(SyntaxKind::name) &&
      receiver.text == "cel") {
    return check_bind(node);
  }
  for (const Form& form : forms) {
    if (form.name == node.text && form.arguments + 1 == node.children) {
      return check_comprehension(node, form);
    }
  }
  return std::nullopt;
}

Typed Checker::check_has(const SyntaxNode& node) {
  const SyntaxNode& argument = child(node, 0);
  if (argument.is(SyntaxKind::select) && !argument.optional) {
    return has_field_of(check(child(argument, 0)), argument.text, node, argument);
  }
  if (argument.is(SyntaxKind::index) && !argument.optional) {
    const SyntaxNode& key = child(argument, 1);
    Typed operand = check(child(argument, 0));
    if (key.is(SyntaxKind::text)) {
      return has_field_of(std::move(operand), key.text, node, argument);
    }
    // `has(m[k])` is `k in m`.
    const TypeKind kind = type_of(operand).kind();
    const auto builtin = find_builtin("_in_");
    if (builtin && (kind == TypeKind::map || kind == TypeKind::dyn)) {
      std::vector<Typed> operands;
      operands.push_back(check(key));
      operands.push_back(std::move(operand));
      return make(Op::call, *builtin, operands, TypeKind::boolean, node);
    }
  }
  std::string help = "write `has(x.field)`";
  if (argument.is(SyntaxKind::name)) {
    help = "a name is always there; its fields may not be: `has(" + std::string(argument.text) +
           ".field)`";
  } else if (argument.optional) {
    help = "write `" + written(argument) + ".hasValue()`";
  } else if (argument.is(SyntaxKind::member_call) || argument.is(SyntaxKind::call)) {
    help = "a result is always there; to ask for elements, write `.size() > 0`";
  }
  return wrong(node, argument.span, "cel-macro", "has() asks for a field", std::move(help));
}

Typed Checker::has_field_of(Typed operand, std::string_view field, const SyntaxNode& node,
                            const SyntaxNode& argument) {
  if (is_optional(types_.shallow(operand.type))) {
    // Of what it holds, if it holds something.
    Typed asked = select_optionally(operand, field, argument);
    if (builder_.operation(asked.id).op != Op::optional_select) return asked;
    return make(Op::has_select, builder_.name(field), {&operand, 1}, TypeKind::boolean, node);
  }
  const Type type = types_.shallow(operand.type);
  if (type.is(TypeKind::node) || type.is(TypeKind::edge)) {
    if (schema() == nullptr || (type.node_kinds().empty() && type.edge_kinds().empty())) {
      return make(Op::has_select, builder_.name(field), {&operand, 1}, TypeKind::boolean, node);
    }
    const std::size_t errors_before = diagnostics_.errors();
    if (auto attribute = find_attribute(type, field, argument)) {
      std::string path = path_of(operand.id) + "." + std::string(field);
      Typed typed = make(Op::has_attribute, builder_.attribute(std::move(attribute->reference)),
                         {&operand, 1}, TypeKind::boolean, node);
      typed.exist_when_true.push_back(std::move(path));
      return typed;
    }
    if (diagnostics_.errors() == errors_before) {
      const bool special = field == "id" || field == "kind" ||
                           (type.is(TypeKind::edge) && (field == "from" || field == "to"));
      if (special) {
        return wrong(node, argument.span, "cel-macro",
                     "'" + std::string(field) + "' is always there", "leave the has() out");
      }
      if (find_list(type, field, argument)) {
        return wrong(node, argument.span, "cel-macro",
                     "'" + written(argument) + "' is a list: it is always there, if only empty",
                     "write `" + written(argument) + ".size() > 0`");
      }
      if (checked()) report_no_field(type, field, argument);
    }
    return wrong_silently(node, "there is no '" + std::string(field) + "' in " + words(type));
  }
  if (type.is(TypeKind::record)) {
    const bool known = has_field(type, field);
    if (!known) return select_of_record(operand, field, argument);
  } else if (type.is(TypeKind::map)) {
    if (checked() && !types_.assignable(type.element(), TypeKind::text)) {
      return wrong(node, argument.span, "cel-type",
                   "the keys of this map are " + words(types_.resolve(type.element())),
                   "write `key in map`");
    }
  } else if (!type.is_dyn() && !type.is(TypeKind::variable) && checked()) {
    if (type.is(TypeKind::list)) return select_of_list(operand, field, argument);
    return wrong(node, argument.span, "cel-type",
                 "'" + written(child(argument, 0)) + "' is " + words(types_.resolve(type)) +
                     ", which has no fields");
  }
  return make(Op::has_select, builder_.name(field), {&operand, 1}, TypeKind::boolean, node);
}

bool Checker::variable_name(const SyntaxNode& node) {
  if (node.is(SyntaxKind::name) && !node.leading_dot) return true;
  wrong(node, node.span, "cel-macro",
        "a name for the element belongs here, not '" + written(node) + "'",
        "write `list.exists(x, condition about x)`");
  return false;
}

/// Takes out, and reports, what could only have been guarded inside.
void Checker::leave_locals(std::vector<UnguardedRead>& reads, std::uint32_t first_local) {
  std::vector<UnguardedRead> inside;
  std::erase_if(reads, [&](UnguardedRead& read) {
    if (read.path.front() != '#') return false;
    std::uint32_t number = 0;
    for (std::size_t i = 1; i < read.path.size() && read.path[i] >= '0' && read.path[i] <= '9';
         ++i) {
      number = number * 10 + static_cast<std::uint32_t>(read.path[i] - '0');
    }
    if (number < first_local) return false;
    inside.push_back(std::move(read));
    return true;
  });
  if (environment_.require_guards && checked()) {
    report_reads(inside);
    return;
  }
  for (UnguardedRead& read : inside) {
    read.path = "@" + read.path;
    reads.push_back(std::move(read));
  }
}

Typed Checker::check_comprehension(const SyntaxNode& node, const Form& form) {
  std::vector<Typed> operands;
  operands.push_back(check(child(node, 0)));
  const Type range = types_.shallow(operands[0].type);
  bool fine = true;
  for (std::uint32_t i = 1; i <= form.variables; ++i) fine = variable_name(child(node, i)) && fine;
  if (form.variables == 2 && fine && child(node, 1).text == child(node, 2).text) {
    wrong(node, child(node, 2).span, "cel-macro", "the two names must differ");
    fine = false;
  }
  Type first;
  Type second;
  switch (range.kind()) {
    case TypeKind::list:
      first = form.variables == 2 ? Type(TypeKind::integer) : types_.resolve(range.element());
      second = types_.resolve(range.element());
      break;
    case TypeKind::map:
      first = types_.resolve(range.element());
      second = types_.resolve(range.mapped());
      break;
    case TypeKind::dyn:
    case TypeKind::variable:
      break;
    case TypeKind::error:
      first = range;
      second = range;
      break;
    default:
      if (!checked()) break;
      error(child(node, 0).span, "cel-type",
            "'" + std::string(node.text) + "' goes through a list or a map; this is " +
                words(types_.resolve(range)),
            range.is(TypeKind::node) ? "name one of its lists" : "");
      first = TypeKind::error;
      second = TypeKind::error;
      break;
  }
  if (!fine) return wrong_silently(node, "a name for the element is missing");

  std::uint32_t number = 0;
  if (!locals_.empty()) number = locals_.back().number + 1;
  const std::vector<std::string> exist = operands[0].exist_in_elements;
  const bool elements_last = form.variables == 2;
  for (std::uint32_t i = 1; i <= form.variables; ++i) warn_hidden(child(node, i));
  const SyntaxNode* const among = child(node, 0).is(SyntaxKind::list) ? &child(node, 0) : nullptr;
  locals_.push_back({child(node, 1).text, first, number,
                     elements_last ? std::vector<std::string>() : exist,
                     elements_last ? nullptr : among});
  if (elements_last) locals_.push_back({child(node, 2).text, second, number + 1, exist, among});
  builder_.program().locals = std::max(builder_.program().locals, number + form.variables);

  for (std::uint32_t i = form.variables + 1; i < node.children; ++i) {
    const SyntaxNode& part = child(node, i);
    operands.push_back(check(part));
  }
  if (form.variables == 1 && form.macro != Macro::map) {
    warn_unused(locals_.back(), child(node, 1), child(node, node.children - 1));
  }
  locals_.resize(locals_.size() - form.variables);

  // The last operand is the condition or the transform; before it there may be a condition.
  const bool conditional_transform = node.children == form.variables + 3;
  const bool tests = form.macro == Macro::all || form.macro == Macro::exists ||
                     form.macro == Macro::exists_one || form.macro == Macro::filter;
  if (tests || conditional_transform) {
    require_condition(operands[1], child(node, form.variables + 1),
                      "'" + std::string(node.text) + "' takes a condition");
    warn_constant(operands[1], child(node, form.variables + 1));
  }
  if (conditional_transform) {
    std::erase_if(operands[2].reads, [&](const UnguardedRead& read) {
      return std::find(operands[1].exist_when_true.begin(), operands[1].exist_when_true.end(),
                       read.path) != operands[1].exist_when_true.end();
    });
  }
  for (std::size_t i = 1; i < operands.size(); ++i) leave_locals(operands[i].reads, number);

  const Type transform = types_.resolve(operands.back().type);
  Type result = TypeKind::boolean;
  switch (form.macro) {
    case Macro::map:
    case Macro::map_if:
      result = Type::list(transform);
      break;
    case Macro::sort_by:
      check_sort_key(transform, child(node, 2));
      if (checked() && range.is(TypeKind::map)) {
        error(child(node, 0).span, "cel-type", "'sortBy' sorts a list; this is a map",
              "sort its keys: `map.map(k, k).sort()`");
      }
      result = Type::list(first);
      break;
    case Macro::filter:
      result = range.is(TypeKind::map) || range.is(TypeKind::list) ? Type::list(first)
               : range.is(TypeKind::error)                         ? range
                                                                   : Type::list(Type());
      break;
    case Macro::transform_map:
      result = Type::map(range.is(TypeKind::list) ? Type(TypeKind::integer) : first, transform);
      break;
    case Macro::transform_map_entry: {
      const Type entry = types_.shallow(operands.back().type);
      if (checked() && !entry.is(TypeKind::map) && !entry.is_dyn() &&
          !entry.is(TypeKind::variable)) {
        error(child(node, node.children - 1).span, "cel-type",
              "'transformMapEntry' takes a map of one entry; this is " + words(transform),
              "write `{key: value}`");
      }
      result = entry.is(TypeKind::map) ? transform : Type::map(Type(), Type());
      break;
    }
    default:
      break;
  }

  std::vector<std::string> in_elements;
  if (form.macro == Macro::filter) {
    in_elements = exist;
    const std::string prefix = "#" + std::to_string(number);
    for (const std::string& path : operands[1].exist_when_true) {
      if (path.starts_with(prefix + ".")) in_elements.push_back(path.substr(prefix.size()));
    }
  }
  Comprehension comprehension;
  comprehension.macro = form.macro;
  comprehension.first_local = number;
  comprehension.two_variables = form.variables == 2;
  Typed typed =
      make(Op::comprehension, builder_.comprehension(comprehension), operands, result, node);
  typed.exist_in_elements = std::move(in_elements);
  return typed;
}

/// `c.fees.exists(c, ...)`: inside, `c` is no longer the subject.
void Checker::warn_hidden(const SyntaxNode& name) {
  if (!checked()) return;
  if (find_local(name.text) == nullptr && !environment_.find_variable(name.text)) return;
  warning(name.span, "cel-hidden-name",
          "'" + std::string(name.text) + "' has a meaning outside, which is hidden here",
          "give the element another name");
}

/// `c.fees.exists(f, c.workers > 0)`: the same for every element.
void Checker::warn_unused(const Local& local, const SyntaxNode& name, const SyntaxNode& body) {
  if (!checked() || local.used || is_literal(body)) return;
  warning(name.span, "cel-unused-name",
          "'" + std::string(name.text) + "' is not used: this says nothing about the elements",
          "write `" + std::string(name.text) + ".` before what is meant of each of them");
}

void Checker::check_sort_key(const Type& type, const SyntaxNode& node) {
  if (!checked() || ordered(type.kind())) return;
  error(
      node.span, "cel-type",
      "'sortBy' sorts by something that has an order; this is " + words(type),
      type.is(TypeKind::node) || type.is(TypeKind::edge) ? "write `" + written(node) + ".id`" : "");
}

/// `cel.bind(name, value, expression)`.
Typed Checker::check_bind(const SyntaxNode& node) {
  std::vector<Typed> operands;
  const bool fine = variable_name(child(node, 1));
  operands.push_back(check(child(node, 2)));
  if (!fine) return wrong_silently(node, "a name for the value is missing");
  const std::uint32_t number = locals_.empty() ? 0 : locals_.back().number + 1;
  const SyntaxNode* const among = child(node, 2).is(SyntaxKind::list) ? &child(node, 2) : nullptr;
  locals_.push_back({child(node, 1).text, types_.resolve(operands[0].type), number, {}, among});
  builder_.program().locals = std::max(builder_.program().locals, number + 1);
  operands.push_back(check(child(node, 3)));
  locals_.pop_back();
  leave_locals(operands[1].reads, number);
  Comprehension comprehension;
  comprehension.macro = Macro::bind;
  comprehension.first_local = number;
  const Type type = types_.resolve(operands[1].type);
  std::vector<std::string> in_elements = std::move(operands[1].exist_in_elements);
  Typed typed =
      make(Op::comprehension, builder_.comprehension(comprehension), operands, type, node);
  typed.exist_in_elements = std::move(in_elements);
  return typed;
}

}  // namespace eraudit::detail
