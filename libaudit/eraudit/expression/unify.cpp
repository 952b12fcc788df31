#include "eraudit/expression/detail/unify.hpp"

#include <algorithm>

namespace eraudit::detail {
namespace {

template <class Id>
bool intersect(const std::vector<Id>& a, const std::vector<Id>& b) {
  if (a.empty() || b.empty()) return true;  // any
  return std::any_of(a.begin(), a.end(),
                     [&](Id id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

bool has_inside(const Type& type) {
  return type.is(TypeKind::list) || type.is(TypeKind::map) || type.is(TypeKind::type) ||
         type.is(TypeKind::opaque);
}

}  // namespace

Type Unifier::fresh() {
  Type variable = Type::variable(static_cast<std::uint32_t>(bindings_.size()));
  bindings_.push_back(variable);
  return variable;
}

void Unifier::set(std::uint32_t variable, Type type) {
  trail_.emplace_back(variable, std::move(bindings_[variable]));
  bindings_[variable] = std::move(type);
}

void Unifier::undo(std::size_t mark) {
  while (trail_.size() > mark) {
    bindings_[trail_.back().first] = std::move(trail_.back().second);
    trail_.pop_back();
  }
}

std::uint32_t Unifier::root(std::uint32_t variable) const {
  while (bindings_[variable].is(TypeKind::variable)) {
    const std::uint32_t next = bindings_[variable].variable_index();
    if (next == variable) break;
    variable = next;
  }
  return variable;
}

const Type* Unifier::bound(std::uint32_t root_variable) const {
  const Type& type = bindings_[root_variable];
  return type.is(TypeKind::variable) ? nullptr : &type;
}

bool Unifier::occurs(std::uint32_t variable, const Type& in) const {
  if (in.is(TypeKind::variable)) {
    const std::uint32_t inner = root(in.variable_index());
    if (inner == variable) return true;
    const Type* const type = bound(inner);
    return type != nullptr && occurs(variable, *type);
  }
  if (!has_inside(in)) return false;
  const auto inside = in.parameters();
  return std::any_of(inside.begin(), inside.end(),
                     [&](const Type& part) { return occurs(variable, part); });
}

Unifier::Bound Unifier::bind(const Type& type, std::uint32_t variable) {
  variable = root(variable);
  if (type.is(TypeKind::variable) && root(type.variable_index()) == variable) return {true, true};
  if (const Type* const known = bound(variable)) {
    const Type before = *known;
    if (!assignable(type, before)) return {false, true};
    Type general = most_general(shallow(type), before);
    if (!occurs(variable, general)) set(variable, std::move(general));
    return {true, true};
  }
  if (occurs(variable, type)) return {false, false};
  set(variable, type);
  return {true, false};
}

bool Unifier::assignable(const Type& wanted, const Type& given) {
  if (given.is(TypeKind::variable)) {
    const Bound bound = bind(wanted, given.variable_index());
    if (bound.valid) return true;
    if (bound.was_bound) return false;
  }
  if (wanted.is(TypeKind::variable)) return bind(given, wanted.variable_index()).valid;
  if (wanted.is_dyn() || given.is_dyn()) return true;
  if (wanted.kind() != given.kind()) return false;
  switch (wanted.kind()) {
    case TypeKind::list:
      return assignable(wanted.element(), given.element());
    case TypeKind::map:
      return assignable(wanted.element(), given.element()) &&
             assignable(wanted.mapped(), given.mapped());
    case TypeKind::node:
      return intersect(wanted.node_kinds(), given.node_kinds());
    case TypeKind::edge:
      return intersect(wanted.edge_kinds(), given.edge_kinds());
    case TypeKind::record:
      return wanted == given;
    case TypeKind::opaque: {
      const auto a = wanted.parameters();
      const auto b = given.parameters();
      if (wanted.name() != given.name() || a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (!assignable(a[i], b[i])) return false;
      }
      return true;
    }
    default:
      return true;
  }
}

Type Unifier::most_general(const Type& a, const Type& b) const {
  if (a.is(TypeKind::error)) return b;
  if (b.is(TypeKind::error)) return a;
  if (a.is(TypeKind::variable)) return b;
  if (b.is(TypeKind::variable)) return a;
  if (a.is_dyn() || b.is_dyn()) return {};
  switch (a.kind()) {
    case TypeKind::list:
      return Type::list(most_general(a.element(), b.element()));
    case TypeKind::map:
      return Type::map(most_general(a.element(), b.element()),
                       most_general(a.mapped(), b.mapped()));
    case TypeKind::type:
      return a == b ? a : Type(TypeKind::type);
    case TypeKind::opaque: {
      std::vector<Type> parts;
      for (std::size_t i = 0; i < a.parameters().size(); ++i) {
        parts.push_back(most_general(a.parameters()[i], b.parameters()[i]));
      }
      return Type::opaque(a.name(), std::move(parts));
    }
    default:
      return Type::join(a, b);
  }
}

template <class Leaf>
Type Unifier::rewrite(const Type& type, const Leaf& leaf) const {
  switch (type.kind()) {
    case TypeKind::list:
      return type.parameters().empty() ? type : Type::list(rewrite(type.element(), leaf));
    case TypeKind::map:
      return type.parameters().empty()
                 ? type
                 : Type::map(rewrite(type.element(), leaf), rewrite(type.mapped(), leaf));
    case TypeKind::type:
      return type.parameters().empty() ? type : Type::type_of(rewrite(type.element(), leaf));
    case TypeKind::opaque: {
      std::vector<Type> parts;
      for (const Type& part : type.parameters()) parts.push_back(rewrite(part, leaf));
      return Type::opaque(type.name(), std::move(parts));
    }
    case TypeKind::variable: {
      const std::uint32_t variable = root(type.variable_index());
      const Type* const known = bound(variable);
      return known == nullptr ? leaf(bindings_[variable]) : rewrite(*known, leaf);
    }
    default:
      return leaf(type);
  }
}

Type Unifier::shallow(const Type& type) const {
  if (!type.is(TypeKind::variable)) return type;
  return bindings_[root(type.variable_index())];
}

Type Unifier::resolve(const Type& type) const {
  return rewrite(type, [](const Type& leaf) { return leaf; });
}

Type Unifier::finish(const Type& type) const {
  return rewrite(type, [](const Type& leaf) {
    return leaf.is(TypeKind::variable) || leaf.is(TypeKind::error) ? Type() : leaf;
  });
}

Type Unifier::instantiate(const Type& type) {
  if (type.is(TypeKind::parameter)) {
    for (const auto& [name, variable] : instance_) {
      if (name == type.name()) return variable;
    }
    instance_.emplace_back(type.name(), fresh());
    return instance_.back().second;
  }
  if (!has_inside(type) || type.parameters().empty()) return type;
  switch (type.kind()) {
    case TypeKind::list:
      return Type::list(instantiate(type.element()));
    case TypeKind::map: {
      Type key = instantiate(type.element());
      return Type::map(std::move(key), instantiate(type.mapped()));
    }
    case TypeKind::type:
      return Type::type_of(instantiate(type.element()));
    default: {
      std::vector<Type> parts;
      for (const Type& part : type.parameters()) parts.push_back(instantiate(part));
      return Type::opaque(type.name(), std::move(parts));
    }
  }
}

}  // namespace eraudit::detail
