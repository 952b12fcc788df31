// Nodes, edges, statements of completeness and attributes of a mapping.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/mapping_parser.hpp"
#include "eraudit/import/detail/text_forms.hpp"
#include "eraudit/import/detail/values.hpp"
#include "eraudit/network/read.hpp"

namespace eraudit::detail {
namespace {

/// Of kinds or attributes.
template <class All>
std::vector<std::string_view> names_of(const All& all) {
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const auto& one : all) names.emplace_back(one.name);
  return names;
}

}  // namespace

void MappingParser::nodes(DocumentNode node_list) {
  if (!reader_.expect_map(node_list, "nodes")) return;
  if (node_list.size() == 0) reader_.error(node_list, "mapping-no-nodes", "no row makes a node");
  for (std::size_t i = 0; i < node_list.size(); ++i) node(node_list.key(i), node_list.at(i));
}

void MappingParser::node(DocumentNode handle, DocumentNode body) {
  if (!reader_.expect_map(body, "a node")) return;
  Fields fields(reader_, body, "a node", {"kind", "id", "when", "attributes", "source"});
  NodeMapping out;
  out.handle = handle.text();
  out.place = handle.span();
  const Schema& schema = *state_->schema;
  out.sound = false;
  if (const auto kind = fields.require("kind")) {
    if (const auto name = reader_.text(*kind, "kind")) {
      if (const auto found = schema.find_kind(*name)) {
        out.kind = *found;
        out.sound = true;
      } else {
        reader_.error(*kind, "mapping-unknown-kind",
                      fmt::format("the schema has no kind {}", in_quotes(*name)),
                      suggest(*name, names_of(schema.kinds())));
      }
    }
  }
  if (const auto id = fields.require("id", "an expression that tells one node from another")) {
    auto compiled = compiler_->id(*id, "id");
    if (compiled) out.id = std::move(*compiled);
  }
  if (const auto when = fields.find("when")) out.when = compiler_->condition(*when, "when");
  out.source = entry_source(fields);
  if (const auto found = fields.find("attributes"); found && out.sound) {
    const NodeKind& kind = schema.kind(out.kind);
    attributes(*found, kind.attributes, kind.name, "the kind " + kind.name, false, out.attributes);
    check_except(out.attributes, kind.attributes);
  }
  // Kept even if it is not sound, so that edges find its handle; there is no mapping then anyway.
  table_->nodes.push_back(std::move(out));
}

std::optional<std::uint16_t> MappingParser::handle(DocumentNode node) {
  const auto name = reader_.text(node, "a node");
  if (!name) return std::nullopt;
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < table_->nodes.size(); ++i) {
    if (table_->nodes[i].handle == *name) return static_cast<std::uint16_t>(i);
    known.push_back(table_->nodes[i].handle);
  }
  reader_.error(node, "mapping-unknown-node",
                fmt::format("`nodes` has no entry {}", in_quotes(*name)), suggest(*name, known));
  return std::nullopt;
}

void MappingParser::edges(DocumentNode node) {
  if (!reader_.expect_list(node, "edges")) return;
  for (std::size_t i = 0; i < node.size(); ++i) edge(node.at(i));
}

void MappingParser::edge(DocumentNode body) {
  if (!reader_.expect_map(body, "an edge")) return;
  Fields fields(reader_, body, "an edge",
                {"kind", "from", "to", "id", "when", "attributes", "source"});
  EdgeMapping out;
  out.place = body.span();
  const Schema& schema = *state_->schema;
  std::optional<EdgeKindId> kind;
  if (const auto node = fields.require("kind")) {
    if (const auto name = reader_.text(*node, "kind")) {
      kind = schema.find_edge(*name);
      if (!kind) {
        reader_.error(*node, "mapping-unknown-edge",
                      fmt::format("the schema has no edge {}", in_quotes(*name)),
                      suggest(*name, names_of(schema.edges())));
      }
    }
  }
  const auto end = [&](std::string_view key, Side side) -> std::optional<std::uint16_t> {
    const auto node = fields.require(key, "it names an entry of `nodes`");
    if (!node) return std::nullopt;
    const auto found = handle(*node);
    if (!found || !kind || !table_->nodes[*found].sound) return found;
    const auto& allowed = schema.edge(*kind).end(side).kinds;
    const KindId is = table_->nodes[*found].kind;
    if (std::find(allowed.begin(), allowed.end(), is) == allowed.end()) {
      std::string kinds;
      for (const KindId k : allowed) kinds += (kinds.empty() ? "" : ", ") + schema.kind(k).name;
      reader_.error(
          *node, "mapping-edge-end",
          fmt::format("{} is a {}, which {} does not allow {} it", in_quotes(node->text()),
                      schema.kind(is).name, schema.edge(*kind).name,
                      side == Side::from ? "to begin" : "to end"),
          "kinds allowed there: " + kinds);
      return std::nullopt;
    }
    return found;
  };
  const auto from = end("from", Side::from);
  const auto to = end("to", Side::to);
  if (const auto id = fields.find("id")) out.id = compiler_->id(*id, "id");
  if (const auto when = fields.find("when")) out.when = compiler_->condition(*when, "when");
  out.source = entry_source(fields);
  if (!kind) return;
  const EdgeKind& edge_kind = schema.edge(*kind);
  if (const auto found = fields.find("attributes")) {
    attributes(*found, edge_kind.attributes, edge_kind.name, "the edge " + edge_kind.name, true,
               out.attributes);
  }
  if (!from || !to) return;
  out.kind = *kind;
  out.from = *from;
  out.to = *to;
  out.label = fmt::format("{}({}, {})", edge_kind.name, table_->nodes[*from].handle,
                          table_->nodes[*to].handle);
  table_->edges.push_back(std::move(out));
}

void MappingParser::completions(DocumentNode node) {
  if (!reader_.expect_list(node, "complete")) return;
  for (std::size_t i = 0; i < node.size(); ++i) completion(node.at(i));
}

void MappingParser::completion(DocumentNode body) {
  if (!reader_.expect_map(body, "a statement of completeness")) return;
  Fields fields(reader_, body, "a statement of completeness", {"node", "list", "when", "source"});
  CompletionMapping out;
  out.place = body.span();
  const auto node = fields.require("node", "it names an entry of `nodes`");
  const auto list = fields.require("list", "it names a list of that node");
  if (const auto when = fields.find("when")) out.when = compiler_->condition(*when, "when");
  out.source = entry_source(fields);
  if (!node || !list) return;
  const auto found = handle(*node);
  const auto name = reader_.text(*list, "list");
  if (!found || !name || !table_->nodes[*found].sound) return;
  const Schema& schema = *state_->schema;
  const KindId kind = table_->nodes[*found].kind;
  const auto named = schema.find_list(kind, *name);
  if (!named) {
    std::vector<std::string_view> known;
    for (const ListId id : schema.lists(kind)) {
      known.push_back(schema.end(id).edges);
      known.push_back(schema.end(id).nodes);
    }
    reader_.error(*list, "mapping-unknown-list",
                  fmt::format("a {} has no list {}", schema.kind(kind).name, in_quotes(*name)),
                  suggest(*name, known));
    return;
  }
  out.node = *found;
  out.list = named->list;
  out.label = fmt::format("{}.{}", table_->nodes[*found].handle, *name);
  table_->completions.push_back(std::move(out));
}

void MappingParser::attributes(DocumentNode node, const std::vector<Attribute>& known,
                               const std::string& owner, std::string_view what, bool of_edge,
                               std::vector<AttributeMapping>& out) {
  if (!reader_.expect_map(node, "attributes")) return;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const std::string_view name = node.key(i).text();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Attribute& a) { return a.name == name; });
    if (found == known.end()) {
      reader_.error(node.key(i), "mapping-unknown-attribute",
                    fmt::format("{} has no attribute {}", what, in_quotes(name)),
                    suggest(name, names_of(known)));
      continue;
    }
    const AttributeId id{static_cast<std::uint16_t>(found - known.begin())};
    auto read =
        attribute(node.at(i), *found, id, fmt::format("{}.{}", owner, name), of_edge, known);
    if (!read) continue;
    read->place = node.key(i).span();
    out.push_back(std::move(*read));
  }
}

std::optional<AttributeMapping> MappingParser::attribute(DocumentNode body,
                                                         const Attribute& attribute, AttributeId id,
                                                         const std::string& path, bool of_edge,
                                                         const std::vector<Attribute>& known) {
  AttributeMapping out;
  out.attribute = id;
  out.path = path;
  if (!body.is_map()) {
    out.value = compiler_->value(body, attribute, path);
    if (!out.value) return std::nullopt;
    return out;
  }
  Fields fields(reader_, body, path, {"value", "constant", "map", "otherwise", "many", "except"});
  bool sound = attribute_source(fields, attribute, out);
  if (const auto node = fields.find("otherwise")) {
    sound = otherwise(*node, out.otherwise_unknown) && sound;
  }
  if (const auto node = fields.find("many")) {
    sound = many(*node, attribute, of_edge, out) && sound;
  }
  if (const auto node = fields.find("except")) {
    const auto name = reader_.text(*node, "except");
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Attribute& a) { return name && a.name == *name; });
    if (name && found == known.end()) {
      reader_.error(*node, "mapping-unknown-attribute",
                    fmt::format("there is no attribute {}", in_quotes(*name)),
                    suggest(*name, names_of(known)));
    }
    if (found == known.end()) return std::nullopt;
    if (out.many != Many::all) {
      reader_.error(*node, "mapping-except", "except goes with `many: all`");
      return std::nullopt;
    }
    out.except = AttributeId{static_cast<std::uint16_t>(found - known.begin())};
  }
  if (!sound) return std::nullopt;
  return out;
}

bool MappingParser::attribute_source(const Fields& fields, const Attribute& attribute,
                                     AttributeMapping& out) {
  const auto value = fields.find("value");
  const auto constant = fields.find("constant");
  const auto map = fields.find("map");
  const int given = int{value.has_value()} + int{constant.has_value()} + int{map.has_value()};
  if (given != 1) {
    reader_.error(Span{fields.node().span().offset, 1}, "mapping-attribute",
                  fmt::format("{} needs exactly one of value, constant and map", out.path));
    return false;
  }
  if (value) {
    out.value = compiler_->value(*value, attribute, out.path);
    return out.value.has_value();
  }
  if (constant) {
    const std::size_t before = reader_.diagnostics().errors();
    auto cell = read_cell(attribute, *constant, reader_.diagnostics());
    if (cell) {
      out.constant = std::move(*cell);
    } else if (reader_.diagnostics().errors() == before) {
      reader_.error(*constant, "mapping-constant", fmt::format("this cannot be {}", out.path));
    }
    return out.constant.has_value();
  }
  return value_map(*map, attribute, out);
}

bool MappingParser::value_map(DocumentNode node, const Attribute& attribute,
                              AttributeMapping& out) {
  if (!reader_.expect_map(node, "map")) return false;
  Fields fields(reader_, node, "map", {"column", "values", "otherwise"});
  ValueMap map;
  bool sound = true;
  const auto column = fields.require("column");
  if (column) {
    const auto found = plain_column(*column);
    sound = found.has_value();
    map.column = found.value_or(0);
  }
  const auto values = fields.require("values");
  if (values && reader_.expect_map(*values, "values")) {
    for (std::size_t i = 0; i < values->size(); ++i) {
      std::string key = folded(values->key(i).text());
      const auto twice = std::find_if(map.values.begin(), map.values.end(),
                                      [&](const auto& entry) { return entry.first == key; });
      if (twice != map.values.end()) {
        reader_.error(values->key(i), "mapping-value-twice",
                      fmt::format("{} stands here twice", in_quotes(values->key(i).text())),
                      "texts are compared without regard to case");
        sound = false;
        continue;
      }
      auto cell = read_cell(attribute, values->at(i), reader_.diagnostics());
      if (!cell) {
        sound = false;
        continue;
      }
      map.values.emplace_back(std::move(key), std::move(*cell));
    }
  }
  if (const auto found = fields.find("otherwise")) {
    sound = otherwise(*found, out.otherwise_unknown) && sound;
  }
  if (!column || !values || !values->is_map() || !sound) return false;
  std::sort(map.values.begin(), map.values.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  out.map = std::move(map);
  return true;
}

bool MappingParser::otherwise(DocumentNode node, bool& unknown) {
  const std::string_view text = node.text();
  unknown = text == "unknown";
  if (unknown || text == "error") return true;
  const std::string_view known[] = {"error", "unknown"};
  reader_.error(node, "mapping-otherwise",
                fmt::format("otherwise {} is nothing that can be done", in_quotes(text)),
                suggest(text, known));
  return false;
}

bool MappingParser::many(DocumentNode node, const Attribute& attribute, bool of_edge,
                         AttributeMapping& out) {
  const std::string_view text = node.text();
  if (text == "claims") {
    out.many = Many::claims;
  } else if (text == "most_frequent") {
    out.many = Many::most_frequent;
  } else if (text == "all") {
    out.many = Many::all;
  } else {
    const std::string_view known[] = {"claims", "most_frequent", "all"};
    reader_.error(node, "mapping-many",
                  fmt::format("many: {} is nothing that can be done", in_quotes(text)),
                  suggest(text, known));
    return false;
  }
  if (of_edge && out.many != Many::claims) {
    reader_.error(node, "mapping-many", "rows are gathered for nodes only, not for edges");
    return false;
  }
  const bool list = attribute.type == AttributeType::text_list ||
                    attribute.type == AttributeType::enumeration_list;
  if (out.many == Many::all && !list) {
    reader_.error(node, "mapping-many",
                  fmt::format("{} keeps one value, not all of them", out.path),
                  "use most_frequent, or claims to keep each as a statement");
    return false;
  }
  return true;
}

void MappingParser::check_except(const std::vector<AttributeMapping>& attributes,
                                 const std::vector<Attribute>& known) {
  for (const AttributeMapping& attribute : attributes) {
    if (!attribute.except) continue;
    const auto found = std::find_if(
        attributes.begin(), attributes.end(),
        [&](const AttributeMapping& other) { return other.attribute == *attribute.except; });
    if (found != attributes.end() && found->many == Many::most_frequent) continue;
    reader_.error(attribute.place, "mapping-except",
                  fmt::format("except: {} must be an attribute with `many: most_frequent` here",
                              known[attribute.except->index].name));
  }
}

}  // namespace eraudit::detail
