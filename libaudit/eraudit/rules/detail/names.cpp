#include "eraudit/rules/detail/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace eraudit::rules_detail {
namespace {

/// How many variables the macro `name` declares when it is called with `arguments`; 0 if it is
/// none.
std::size_t macro_variables(std::string_view name, std::size_t arguments) {
  constexpr std::array<std::string_view, 4> tests = {"all", "exists", "exists_one", "existsOne"};
  constexpr std::array<std::string_view, 3> transforms = {"transformList", "transformMap",
                                                          "transformMapEntry"};
  const auto is_one_of = [&](const auto& known) {
    return std::find(known.begin(), known.end(), name) != known.end();
  };
  if (is_one_of(tests)) return arguments == 2 || arguments == 3 ? arguments - 1 : 0;
  if (is_one_of(transforms)) return arguments >= 3 ? 2 : 0;
  if (name == "map" || name == "filter") return arguments >= 2 ? 1 : 0;
  return name == "bind" && arguments == 3 ? 1 : 0;
}

struct Visit {
  std::uint32_t node;
  std::uint32_t scope;  ///< 0: none hidden
};

/// A chain of hidden names.
struct Scope {
  std::string_view name;
  std::uint32_t outer;
};

}  // namespace

std::vector<std::size_t> free_names(const SyntaxTree& tree,
                                    std::span<const std::string_view> names) {
  std::vector<bool> used(names.size());
  std::vector<Scope> scopes(1);
  std::vector<Visit> open{{tree.root, 0}};
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    const SyntaxNode& node = tree.nodes[visit.node];
    const auto children = std::span(tree.child_ids).subspan(node.first_child, node.children);
    if (node.kind == SyntaxKind::name) {
      bool hidden = false;
      for (std::uint32_t scope = visit.scope; scope != 0 && !node.leading_dot;
           scope = scopes[scope].outer) {
        hidden = hidden || scopes[scope].name == node.text;
      }
      const auto found = std::find(names.begin(), names.end(), node.text);
      if (!hidden && found != names.end())
        used[static_cast<std::size_t>(found - names.begin())] = true;
      continue;
    }
    // The variables of a macro hide names in what follows them, not in its list.
    const std::size_t variables =
        node.kind == SyntaxKind::member_call ? macro_variables(node.text, children.size() - 1) : 0;
    std::uint32_t scope = visit.scope;
    for (std::size_t index = 0; index < children.size(); ++index) {
      const SyntaxNode& child = tree.nodes[children[index]];
      if (index >= 1 && index <= variables && child.kind == SyntaxKind::name) {
        scopes.push_back({child.text, scope});
        scope = static_cast<std::uint32_t>(scopes.size() - 1);
        continue;
      }
      // cel.bind(x, value, result): `x` hides names in the result only.
      const bool bound_value = variables == 1 && node.text == "bind" && index == 2;
      open.push_back({children[index], index == 0 || bound_value ? visit.scope : scope});
    }
  }
  std::vector<std::size_t> out;
  for (std::size_t index = 0; index < used.size(); ++index) {
    if (used[index]) out.push_back(index);
  }
  return out;
}

}  // namespace eraudit::rules_detail
