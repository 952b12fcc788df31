#include "eraudit/schema/attribute_path.hpp"

namespace eraudit {
namespace {

template <class Kind>
const Attribute* attribute_in(const Kind& kind, std::string_view name) {
  const auto found = kind.find(name);
  return found ? &kind.attributes[found->index] : nullptr;
}

/// An extension copies what it extends: then both were written at one place.
bool is_same(const Attribute& a, const Attribute& b) {
  return &a == &b || (a.name == b.name && !a.declared.empty() && a.declared == b.declared);
}

template <class Kind>
std::string path_in(const Kind& kind, const Attribute& attribute) {
  for (const Attribute& own : kind.attributes) {
    if (is_same(own, attribute)) return kind.name + "." + own.name;
  }
  return {};
}

}  // namespace

const Attribute* attribute_at(const Schema& schema, std::string_view path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view owner = path.substr(0, dot);
  const std::string_view name = path.substr(dot + 1);
  if (const auto kind = schema.find_kind(owner)) return attribute_in(schema.kind(*kind), name);
  if (const auto edge = schema.find_edge(owner)) return attribute_in(schema.edge(*edge), name);
  return nullptr;
}

std::string path_of(const Schema& schema, const Attribute& attribute) {
  for (const NodeKind& kind : schema.kinds()) {
    if (std::string path = path_in(kind, attribute); !path.empty()) return path;
  }
  for (const EdgeKind& edge : schema.edges()) {
    if (std::string path = path_in(edge, attribute); !path.empty()) return path;
  }
  return {};
}

}  // namespace eraudit
