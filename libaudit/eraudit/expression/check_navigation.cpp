// From nodes and edges to attributes and lists, as the schema has them.

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/expression/detail/checker.hpp"

namespace eraudit::detail {
namespace {

/// `Company, Facility and Recruiter`.
std::string enumerate(std::span<const std::string> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace

/// A name that reads the same to every program of one environment, for guards.
std::string Checker::path_of(std::uint32_t id) const {
  const Operation& operation = builder_.operation(id);
  switch (operation.op) {
    case Op::variable:
      return environment_.variables()[operation.payload].name;
    case Op::local:
      return "#" + std::to_string(operation.payload);
    case Op::edge_end:
      return path_of(builder_.children(id)[0]) + (operation.payload == 0 ? ".from" : ".to");
    case Op::select:
      return path_of(builder_.children(id)[0]) + "." + builder_.name_of(operation.payload);
    case Op::index: {
      const Value* const key = builder_.constant_of(builder_.children(id)[1]);
      if (key != nullptr && key->is(ValueKind::integer)) {
        return path_of(builder_.children(id)[0]) + "[" + std::to_string(key->integer) + "]";
      }
      break;
    }
    case Op::list:
      return path_of(builder_.children(id)[0]) + "." + builder_.list_at(operation.payload).name;
    default:
      break;
  }
  return "@" + std::to_string(id);
}

/// Whether `path` (`#0.licence`) is of a local all of whose values have it.
bool Checker::exists_by_local(std::string_view path) const {
  for (const Local& local : locals_) {
    const std::string name = "#" + std::to_string(local.number);
    if (!path.starts_with(name + ".")) continue;
    const std::string_view rest = path.substr(name.size());
    if (std::find(local.exist.begin(), local.exist.end(), rest) != local.exist.end()) return true;
  }
  return false;
}

bool Checker::has_field(const Type& type, std::string_view name) const {
  if (type.is(TypeKind::record)) {
    return std::any_of(type.fields().begin(), type.fields().end(),
                       [&](const auto& field) { return field.first == name; });
  }
  if (schema() == nullptr) return false;
  if (type.is(TypeKind::node)) {
    return std::any_of(type.node_kinds().begin(), type.node_kinds().end(), [&](KindId kind) {
      return schema()->kind(kind).find(name) || schema()->find_list(kind, name);
    });
  }
  if (type.is(TypeKind::edge)) {
    return std::any_of(type.edge_kinds().begin(), type.edge_kinds().end(), [&](EdgeKindId kind) {
      return schema()->edge(kind).find(name).has_value();
    });
  }
  return false;
}

std::optional<Checker::FoundAttribute> Checker::find_attribute(const Type& type,
                                                               std::string_view name,
                                                               const SyntaxNode& node) {
  FoundAttribute found;
  found.reference.name = name;
  found.reference.of_edge = type.is(TypeKind::edge);
  std::string first_kind;
  const auto add = [&](std::uint16_t index, const std::string& kind, AttributeId id,
                       const Attribute& attribute) {
    found.reference.members.push_back({index, id});
    found.may_be_absent = found.may_be_absent || attribute.may_be_absent;
    if (found.first == nullptr) {
      found.first = &attribute;
      found.type = Type::of(attribute);
      first_kind = kind;
      return true;
    }
    if (found.first->type != attribute.type) {
      if (!checked()) return false;
      error(node.at, "cel-type",
            "'" + std::string(name) + "' is " + std::string(to_text(found.first->type)) + " in " +
                first_kind + " and " + std::string(to_text(attribute.type)) + " in " + kind,
            "an attribute must be of one type in every kind that '" + written(child(node, 0)) +
                "' may be");
      return false;
    }
    found.type = Type::join(found.type, Type::of(attribute));
    return true;
  };
  if (type.is(TypeKind::edge)) {
    for (const EdgeKindId kind : type.edge_kinds()) {
      const EdgeKind& edge = schema()->edge(kind);
      const auto id = edge.find(name);
      if (!id) return std::nullopt;
      if (!add(kind.index, edge.name, *id, edge.attributes[id->index])) return std::nullopt;
    }
  } else {
    for (const KindId kind : type.node_kinds()) {
      const NodeKind& member = schema()->kind(kind);
      const auto id = member.find(name);
      if (!id) return std::nullopt;
      if (!add(kind.index, member.name, *id, member.attributes[id->index])) return std::nullopt;
    }
  }
  if (found.first == nullptr) return std::nullopt;
  return found;
}

std::optional<Checker::FoundList> Checker::find_list(const Type& type, std::string_view name,
                                                     const SyntaxNode& node) {
  if (!type.is(TypeKind::node) || type.node_kinds().empty()) return std::nullopt;
  FoundList found;
  found.reference.name = name;
  std::vector<EdgeKindId> edges;
  std::vector<KindId> nodes;
  bool first = true;
  for (const KindId kind : type.node_kinds()) {
    const auto list = schema()->find_list(kind, name);
    if (!list) return std::nullopt;
    if (!first && list->nodes != found.reference.nodes) {
      if (!checked()) return std::nullopt;
      error(node.at, "cel-type",
            "'" + std::string(name) + "' is a list of edges in one of the kinds that '" +
                written(child(node, 0)) + "' may be, and a list of nodes in another");
      return std::nullopt;
    }
    first = false;
    found.reference.nodes = list->nodes;
    found.reference.members.push_back({kind, list->list});
    edges.push_back(list->list.edge);
    const Side other = list->list.side == Side::from ? Side::to : Side::from;
    const EdgeEnd& end = schema()->edge(list->list.edge).end(other);
    nodes.insert(nodes.end(), end.kinds.begin(), end.kinds.end());
  }
  found.type = Type::list(found.reference.nodes ? Type::node(std::move(nodes))
                                                : Type::edge(std::move(edges)));
  return found;
}

/// `id`, `kind`, `from`, `to`.
Typed Checker::navigate_special(Typed operand, std::string_view field, const SyntaxNode& node) {
  const Type type = types_.shallow(operand.type);
  if (field == "id") return make(Op::identity, 0, {&operand, 1}, TypeKind::text, node);
  if (field == "kind") {
    return make(Op::identity, 1, {&operand, 1}, Type::kind_name(type), node);
  }
  if (type.is(TypeKind::node)) {
    return wrong(node, node.at, "cel-unknown-attribute",
                 "'" + written(child(node, 0)) + "' is " + words(type) + ": only edges have '" +
                     std::string(field) + "'",
                 help_no_field(type, field, {}));
  }
  std::vector<KindId> kinds;
  for (const EdgeKindId kind : type.edge_kinds()) {
    const EdgeEnd& end = field == "from" ? schema()->edge(kind).from : schema()->edge(kind).to;
    kinds.insert(kinds.end(), end.kinds.begin(), end.kinds.end());
  }
  return make(Op::edge_end, field == "from" ? 0 : 1, {&operand, 1}, Type::node(std::move(kinds)),
              node);
}

Typed Checker::navigate(Typed operand, std::string_view field, const SyntaxNode& node) {
  const Type type = types_.shallow(operand.type);
  if (schema() == nullptr || (type.node_kinds().empty() && type.edge_kinds().empty())) {
    return make(Op::select, builder_.name(field), {&operand, 1}, Type(), node);
  }
  if (field == "id" || field == "kind" || field == "from" || field == "to") {
    return navigate_special(std::move(operand), field, node);
  }
  const std::size_t errors_before = diagnostics_.errors();
  if (auto attribute = find_attribute(type, field, node)) {
    const std::uint32_t of = operand.id;
    Typed typed = make(Op::attribute, builder_.attribute(std::move(attribute->reference)),
                       {&operand, 1}, attribute->type, node);
    if (attribute->may_be_absent) {
      std::string path = path_of(of) + "." + std::string(field);
      if (!exists_by_local(path)) {
        typed.reads.push_back({std::move(path), node.span, written(node)});
      }
    }
    return typed;
  }
  if (auto list = find_list(type, field, node)) {
    return make(Op::list, builder_.list(std::move(list->reference)), {&operand, 1}, list->type,
                node);
  }
  if (diagnostics_.errors() == errors_before) {
    if (!checked()) {
      return wrong(node, node.at, "cel-unknown-attribute",
                   "there is no '" + std::string(field) + "' in " + words(type));
    }
    report_no_field(type, field, node);
  }
  Typed typed;
  typed.id = builder_.fail("there is no '" + std::string(field) + "' in " + words(type), node.span);
  if (checked()) typed.type = TypeKind::error;
  return typed;
}

/// The nearest name over attributes and lists, or what the name means elsewhere.
std::string Checker::help_no_field(const Type& type, std::string_view name,
                                   std::span<const std::string> lacking) const {
  // Names that every kind has come first: they are what can be written.
  std::vector<std::string_view> common;
  const auto in_all = [&](std::string_view candidate) {
    if (type.is(TypeKind::edge)) {
      return std::all_of(type.edge_kinds().begin(), type.edge_kinds().end(), [&](EdgeKindId kind) {
        return schema()->edge(kind).find(candidate).has_value();
      });
    }
    return std::all_of(type.node_kinds().begin(), type.node_kinds().end(), [&](KindId kind) {
      return schema()->kind(kind).find(candidate) || schema()->find_list(kind, candidate);
    });
  };
  const auto add = [&](std::string_view candidate) {
    if (in_all(candidate)) common.push_back(candidate);
  };
  if (type.is(TypeKind::edge)) {
    for (const Attribute& attribute : schema()->edge(type.edge_kinds()[0]).attributes) {
      add(attribute.name);
    }
    common.emplace_back("from");
    common.emplace_back("to");
  } else {
    const KindId kind = type.node_kinds()[0];
    for (const Attribute& attribute : schema()->kind(kind).attributes) add(attribute.name);
    for (const ListId list : schema()->lists(kind)) {
      add(schema()->end(list).edges);
      add(schema()->end(list).nodes);
    }
  }
  common.emplace_back("id");
  common.emplace_back("kind");
  if (const auto near = nearest_name(name, common)) {
    return "did you mean '" + std::string(*near) + "'?";
  }
  if (!lacking.empty())
    return "ask for the kind in another rule, or let every kind have the attribute";
  // An edge often stands beside the node that has the attribute, and the other way round.
  if (type.is(TypeKind::edge)) {
    for (const std::string_view side : {"from", "to"}) {
      const EdgeEnd& end = side == "from" ? schema()->edge(type.edge_kinds()[0]).from
                                          : schema()->edge(type.edge_kinds()[0]).to;
      for (const KindId kind : end.kinds) {
        if (schema()->kind(kind).find(name)) {
          return schema()->kind(kind).name + " has it: write `." + std::string(side) + "." +
                 std::string(name) + "`";
        }
      }
    }
  } else {
    for (const KindId kind : type.node_kinds()) {
      for (const ListId list : schema()->lists(kind)) {
        if (!schema()->edge(list.edge).find(name)) continue;
        const std::string& edges = schema()->end(list).edges;
        return fmt::format("each of its `{0}` has it: write `.{0}.map(x, x.{1})`", edges, name);
      }
    }
  }
  return suggest(name, common);
}

void Checker::report_no_field(const Type& type, std::string_view name, const SyntaxNode& node) {
  const std::string field(name);
  std::vector<std::string> having;
  std::vector<std::string> lacking;
  if (type.is(TypeKind::edge)) {
    for (const EdgeKindId kind : type.edge_kinds()) {
      const EdgeKind& edge = schema()->edge(kind);
      (edge.find(name) ? having : lacking).push_back("'" + edge.name + "'");
    }
  } else {
    for (const KindId kind : type.node_kinds()) {
      const NodeKind& member = schema()->kind(kind);
      const bool has = member.find(name) || schema()->find_list(kind, name);
      (has ? having : lacking).push_back(member.name);
    }
  }
  if (type.is(TypeKind::node) && type.node_kinds().size() == 1) {
    if (const Share* const share = schema()->kind(type.node_kinds()[0]).find_share(name)) {
      const NodeKind& kind = schema()->kind(type.node_kinds()[0]);
      error(node.at, "cel-unknown-attribute", "'" + field + "' of " + kind.name + " is two numbers",
            "write `" + kind.attributes[share->part.index].name + "` or `" +
                kind.attributes[share->whole.index].name + "`");
      return;
    }
  }
  if (type.is(TypeKind::edge) && type.edge_kinds().size() == 1) {
    if (const Share* const share = schema()->edge(type.edge_kinds()[0]).find_share(name)) {
      const EdgeKind& edge = schema()->edge(type.edge_kinds()[0]);
      error(node.at, "cel-unknown-attribute",
            "'" + field + "' of '" + edge.name + "' is two numbers",
            "write `" + edge.attributes[share->part.index].name + "` or `" +
                edge.attributes[share->whole.index].name + "`");
      return;
    }
  }
  if (having.empty()) {
    error(node.at, "cel-unknown-attribute", "there is no '" + field + "' in " + words(type),
          help_no_field(type, name, {}));
    return;
  }
  error(node.at, "cel-unknown-attribute",
        "'" + written(child(node, 0)) + "' is " + words(type) + ": " + enumerate(having) +
            (having.size() == 1 ? " has" : " have") + " '" + field + "', " + enumerate(lacking) +
            (lacking.size() == 1 ? " has" : " have") + " not",
        help_no_field(type, name, lacking));
}

}  // namespace eraudit::detail
