// Functions and methods that there are not, and what to write instead.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/suggest.hpp"
#include "eraudit/expression/detail/checker.hpp"

namespace eraudit::detail {
namespace {

/// Functions of other languages, and what stands for them here.
struct ForeignFunction {
  std::string_view name;
  std::string_view help;
};
constexpr std::array foreign_functions{
    ForeignFunction{"len", "write `size(x)`"},
    ForeignFunction{"length", "write `size(x)`"},
    ForeignFunction{"count", "write `list.filter(x, condition).size()`"},
    ForeignFunction{"any", "write `list.exists(x, condition)`"},
    ForeignFunction{"some", "write `list.exists(x, condition)`"},
    ForeignFunction{"none", "write `!list.exists(x, condition)`"},
    ForeignFunction{"every", "write `list.all(x, condition)`"},
    ForeignFunction{"forall", "write `list.all(x, condition)`"},
    ForeignFunction{"find", "write `list.filter(x, condition)`"},
    ForeignFunction{"where", "write `list.filter(x, condition)`"},
    ForeignFunction{"select", "write `list.map(x, x.field)`"},
    ForeignFunction{"reduce", "sums are written `list.map(x, x.field).sum()`"},
    ForeignFunction{"fold", "sums are written `list.map(x, x.field).sum()`"},
    ForeignFunction{
        "avg",
        "an average hides what is grave: compare with `.max()`, or divide `.sum()` by `.size()`"},
    ForeignFunction{"includes", "write `item in list`"},
    ForeignFunction{"isNull", "write `!has(x.field)`"},
    ForeignFunction{"is_null", "write `!has(x.field)`"},
    ForeignFunction{"exists", "write `list.exists(x, condition)`, or `has(x.field)` for a field"},
    ForeignFunction{"defined", "write `has(x.field)`"},
    ForeignFunction{"now", "the engine has no clock: write `as_of`"},
    ForeignFunction{"today", "the engine has no clock: write `as_of`"},
    ForeignFunction{"if", "write `condition ? value : other`"},
    ForeignFunction{"coalesce", "write `has(x.field) ? x.field : other`"},
    ForeignFunction{"sum", "write `list.map(x, x.field).sum()`"},
    ForeignFunction{"str", "write `string(x)`"},
    ForeignFunction{"float", "write `double(x)`"},
    ForeignFunction{"lower", "write `text.lowerAscii()`, or `plain_name(text)` to compare names"},
    ForeignFunction{"toLowerCase",
                    "write `text.lowerAscii()`, or `plain_name(text)` to compare names"},
    ForeignFunction{"upper", "write `text.upperAscii()`"},
    ForeignFunction{"toUpperCase", "write `text.upperAscii()`"},
    ForeignFunction{"strip", "write `text.trim()`"},
    ForeignFunction{"substr", "write `text.substring(from, to)`"},
    ForeignFunction{"toFixed", "write `'%.2f'.format([x])`"},
    ForeignFunction{"sorted", "write `list.sort()`, or `list.sortBy(x, x.field)`"},
    ForeignFunction{"unique", "write `list.distinct()`"},
};

std::string help_foreign(std::string_view name) {
  for (const ForeignFunction& foreign : foreign_functions) {
    if (foreign.name == name) return std::string(foreign.help);
  }
  return {};
}

}  // namespace

Typed Checker::unknown_function(const SyntaxNode& node) {
  const std::string name(node.text);
  std::vector<Typed> ignored = check_arguments(node, 0);
  std::vector<std::string_view> names;
  for (const TablePtr& table : environment_.tables()) names.push_back(table->name());
  names.emplace_back("has");
  for (const Builtin& builtin : builtins()) {
    if (named_function(builtin)) names.push_back(builtin.name);
  }
  std::string help = help_foreign(name);
  if (help.empty() && environment_.find_variable(name)) {
    help = "'" + name + "' is a value: leave the parentheses out";
  }
  if (const std::string_view whole = name_in_family(name); help.empty() && !whole.empty()) {
    help = "write `" + std::string(whole) + "(...)`";
  }
  if (help.empty()) {
    const auto near = nearest_name(name, names);
    if (near) help = "did you mean '" + std::string(*near) + "'?";
  }
  for (const std::string_view macro : {"all", "exists_one", "map", "filter"}) {
    if (help.empty() && name == macro) help = "write `list." + name + "(x, ...)`";
  }
  return wrong(node, node.at, "cel-unknown-function", "there is no function '" + name + "'",
               std::move(help));
}

Typed Checker::unknown_method(const Typed& receiver, const SyntaxNode& node) {
  const std::string name(node.text);
  const Type type = types_.shallow(receiver.type);
  if (type.is(TypeKind::error) && checked()) {
    Typed typed;
    typed.id = builder_.fail("there is no method '" + name + "'", node.span);
    typed.type = TypeKind::error;
    return typed;
  }
  std::vector<std::string_view> names;
  for (const Builtin& builtin : builtins()) {
    if (named_function(builtin)) names.push_back(builtin.name);
  }
  for (const std::string_view macro : {"all", "exists", "exists_one", "filter", "map", "sortBy",
                                       "transformList", "transformMap"}) {
    names.push_back(macro);
  }
  std::string help;
  const bool is_macro = std::find(names.end() - 8, names.end(), name) != names.end();
  if (is_macro) help = "write `list." + name + "(x, ...)`: first a name for the element";
  if (help.empty() && has_field(type, name)) {
    help = "'" + name + "' is no method: leave the parentheses out";
  }
  if (help.empty()) help = help_foreign(name);
  if (const std::string_view whole = name_in_family(name); help.empty() && !whole.empty()) {
    help = "write `" + std::string(whole) + "(" + written(child(node, 0)) + ")`";
  }
  if (help.empty()) {
    const auto near = nearest_name(name, names);
    if (near) help = "did you mean '" + std::string(*near) + "'?";
  }
  return wrong(node, node.at, "cel-unknown-function", "there is no method '" + name + "'",
               std::move(help));
}

/// Whether functions have names like `name.function`.
bool Checker::is_family(std::string_view name) {
  const std::string prefix = std::string(name) + ".";
  const auto all = builtins();
  return std::any_of(all.begin(), all.end(),
                     [&](const Builtin& builtin) { return builtin.name.starts_with(prefix); });
}

/// `math.ceil` for `ceil`; empty if no function with a family name is called so.
std::string_view Checker::name_in_family(std::string_view name) {
  const std::string suffix = "." + std::string(name);
  for (const Builtin& builtin : builtins()) {
    if (builtin.name.ends_with(suffix)) return builtin.name;
  }
  return {};
}

/// `math.cel(x)`.
Typed Checker::unknown_in_family(const std::string& family, const SyntaxNode& node) {
  static_cast<void>(check_arguments(node, 1));
  const std::string name(node.text);
  std::vector<std::string_view> names;
  for (const Builtin& builtin : builtins()) {
    if (builtin.name.starts_with(family + ".")) {
      names.push_back(builtin.name.substr(family.size() + 1));
    }
  }
  std::string help;
  if (const auto near = nearest_name(name, names)) {
    help = "did you mean '" + family + "." + std::string(*near) + "'?";
  } else if (const std::string_view other = name_in_family(name); !other.empty()) {
    help = "write `" + std::string(other) + "(...)`";
  } else if (find_builtin(name)) {
    help = "it has no family name: write `x." + name + "()` or `" + name + "(x)`";
  } else {
    help = suggest(name, names);
  }
  return wrong(node, node.at, "cel-unknown-function",
               "there is no function '" + family + "." + name + "'", std::move(help));
}

}  // namespace eraudit::detail
