#include <algorithm>
#include <array>

#include "eraudit/core/suggest.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {
namespace detail {
namespace {

constexpr std::string_view form = "schema/1";

constexpr std::array<std::string_view, 2> added_to_kinds_and_edges = {"attributes", "shares"};

template <class Item>
Item* find_named(std::vector<Item>& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

template <class Item>
std::vector<std::string_view> names_of(const std::vector<Item>& items) {
  std::vector<std::string_view> names;
  names.reserve(items.size());
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

}  // namespace

SchemaReader::SchemaReader(const Document& document, SchemaPtr base)
    : document_(document), base_(std::move(base)) {
  if (!base_) return;
  name_ = base_->name();
  kinds_.assign(base_->kinds().begin(), base_->kinds().end());
  edges_.assign(base_->edges().begin(), base_->edges().end());
  source_classes_.assign(base_->source_classes().begin(), base_->source_classes().end());
  respondents_.assign(base_->respondents().begin(), base_->respondents().end());
  for (const NodeKind& kind : kinds_) {
    Written& written = kinds_written_.emplace_back();
    written.attributes.resize(kind.attributes.size());
    written.shares.resize(kind.shares.size());
  }
  for (const EdgeKind& edge : edges_) {
    Written& written = edges_written_.emplace_back();
    written.attributes.resize(edge.attributes.size());
    written.shares.resize(edge.shares.size());
  }
}

Checked<SchemaPtr> SchemaReader::read() {
  const Node root = document_.root();
  if (is_map(root, "a schema file")) {
    read_header(root);
    known_keys(root, schema_keys::file(), "a schema file");
    const auto kinds = root.find("kinds");
    const auto edges = root.find("edges");
    const auto sources = root.find("source_classes");
    if (!base_ && !kinds && root.size() != 0) {
      error(root.key(0), "schema-missing-key", "a schema file needs 'kinds'");
    }
    const bool kinds_usable = kinds && is_map(*kinds, "'kinds'");
    if (const auto respondents = root.find("respondents")) read_respondents(*respondents);
    // The names first: an edge may stand before the kinds of its ends.
    if (kinds_usable) collect_kinds(*kinds);
    if (kinds_usable) read_kinds(*kinds);
    if (edges && is_map(*edges, "'edges'")) read_edges(*edges);
    if (sources && is_map(*sources, "'source_classes'")) read_source_classes(*sources);
    check_names();
  }
  if (diagnostics_.has_errors()) {
    diagnostics_.append(warnings_);
    return std::move(diagnostics_);
  }
  return {std::make_shared<const Schema>(std::move(name_), std::move(kinds_), std::move(edges_),
                                         std::move(source_classes_), std::move(respondents_)),
          std::move(warnings_)};
}

void SchemaReader::read_header(Node root) {
  if (root.size() == 0) {
    error(root, "schema-header", "a schema file begins with 'eraudit: schema/1'");
    return;
  }
  const auto version = root.find("eraudit");
  if (!version) {
    error(root.key(0), "schema-header", "this is not a schema file",
          "a schema file begins with 'eraudit: schema/1'");
  } else if (version->text() != form) {
    error(*version, "schema-header", quoted(version->text()) + " is not a form of schema files",
          "write 'eraudit: schema/1'");
  }
  if (const auto name = root.find("name")) {
    if (word(*name, "'name'") && name_ok(*name, NameStyle::value, "a schema")) {
      name_ = std::string(name->text());
    }
  } else {
    error(root.key(0), "schema-missing-key", "a schema file needs a 'name'");
  }
  const auto extends = root.find("extends");
  if (!extends || !word(*extends, "'extends'")) return;
  if (!base_) {
    error(*extends, "schema-no-base",
          "this file extends " + quoted(extends->text()) + ", but is read as a schema of its own");
  } else if (extends->text() != base_->name()) {
    error(*extends, "schema-other-base",
          "this file extends " + quoted(extends->text()) + ", but is read as an extension of " +
              quoted(base_->name()),
          "write 'extends: " + base_->name() + "'");
  }
}

void SchemaReader::collect_kinds(Node kinds) {
  for (std::size_t index = 0; index < kinds.size(); ++index) {
    const Node key = kinds.key(index);
    if (find_named(kinds_, key.text()) != nullptr) continue;
    if (!name_ok(key, NameStyle::kind, "a kind") || !room(key, kinds_.size(), "kinds")) continue;
    NodeKind& kind = kinds_.emplace_back();
    kind.name = std::string(key.text());
    kind.declared = declared(key);
    kinds_written_.emplace_back();
  }
}

void SchemaReader::read_kinds(Node kinds) {
  const std::size_t inherited = base_ ? base_->kinds().size() : 0;
  for (std::size_t index = 0; index < kinds.size(); ++index) {
    const Node key = kinds.key(index);
    NodeKind* const kind = find_named(kinds_, key.text());
    if (kind == nullptr) continue;
    const auto position = static_cast<std::size_t>(kind - kinds_.data());
    read_kind(key, kinds.at(index), *kind, kinds_written_[position], position < inherited);
  }
}

void SchemaReader::read_kind(Node key, Node body, NodeKind& kind, Written& written, bool exists) {
  const std::string owner = "kind " + quoted(kind.name);
  if (!is_map(body, owner)) return;
  if (exists) {
    refuse_changes(body, schema_keys::kind(), owner, kind.declared);
  } else {
    known_keys(body, schema_keys::kind(), "a kind");
    read_text(body, "label", kind.label);
    read_text(body, "plural", kind.plural);
    read_text(body, "about", kind.about);
    read_respondent(body, kind.respondent);
    missing_label(key, kind.label, owner);
  }
  if (const auto attributes = body.find("attributes")) {
    read_attributes(*attributes, kind.name, kind.attributes, written.attributes);
  }
  if (const auto shares = body.find("shares")) {
    read_shares(*shares, kind.name, kind.attributes, kind.shares, written.shares);
  }
}

void SchemaReader::refuse_changes(Node body, std::span<const std::string_view> allowed,
                                  const std::string& owner, const std::string& declared) {
  known_keys(body, allowed, owner);
  const std::string stands = owner + " stands in schema " + quoted(base_->name()) + " (" +
                             declared + "), and an extension cannot set its ";
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node key = body.key(index);
    const std::string_view name = key.text();
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) continue;
    const auto& may = added_to_kinds_and_edges;
    if (std::find(may.begin(), may.end(), name) != may.end()) continue;
    error(key, "schema-extension-changes", stands + quoted(name),
          "an extension adds 'attributes' and 'shares'; for other changes declare a new kind or "
          "edge");
  }
}

void SchemaReader::read_edges(Node edges) {
  const std::size_t inherited = base_ ? base_->edges().size() : 0;
  for (std::size_t index = 0; index < edges.size(); ++index) {
    const Node key = edges.key(index);
    EdgeKind* const existing = find_named(edges_, key.text());
    if (existing != nullptr) {
      const auto position = static_cast<std::size_t>(existing - edges_.data());
      if (position < inherited) {
        extend_edge(edges.at(index), *existing, edges_written_[position]);
      }
      continue;
    }
    if (!name_ok(key, NameStyle::word, "an edge kind") || !room(key, edges_.size(), "edge kinds")) {
      continue;
    }
    EdgeKind edge;
    Written written;
    edge.name = std::string(key.text());
    edge.declared = declared(key);
    read_edge(key, edges.at(index), edge, written);
    edges_.push_back(std::move(edge));
    edges_written_.push_back(std::move(written));
  }
}

void SchemaReader::read_edge(Node key, Node body, EdgeKind& edge, Written& written) {
  const std::string owner = "edge kind " + quoted(edge.name);
  if (!is_map(body, owner)) return;
  known_keys(body, schema_keys::edge(), "an edge kind");
  read_text(body, "label", edge.label);
  read_text(body, "about", edge.about);
  read_respondent(body, edge.respondent);
  missing_label(key, edge.label, owner);
  for (const Side side : {Side::from, Side::to}) {
    const char* const name = side == Side::from ? "from" : "to";
    EdgeEnd& end = side == Side::from ? edge.from : edge.to;
    const auto node = body.find(name);
    if (!node) {
      error(key, "schema-missing-key", owner + " needs '" + name + "'");
      continue;
    }
    read_end(*node, edge, end, written.lists[static_cast<std::size_t>(side)]);
  }
  if (const auto attributes = body.find("attributes")) {
    read_attributes(*attributes, edge.name, edge.attributes, written.attributes);
  }
  if (const auto shares = body.find("shares")) {
    read_shares(*shares, edge.name, edge.attributes, edge.shares, written.shares);
  }
  if (const auto natural_key = body.find("key")) read_key(*natural_key, edge);
}

void SchemaReader::extend_edge(Node body, EdgeKind& edge, Written& written) {
  const std::string owner = "edge kind " + quoted(edge.name);
  if (!is_map(body, owner)) return;
  refuse_changes(body, schema_keys::edge(), owner, edge.declared);
  if (const auto attributes = body.find("attributes")) {
    read_attributes(*attributes, edge.name, edge.attributes, written.attributes);
  }
  if (const auto shares = body.find("shares")) {
    read_shares(*shares, edge.name, edge.attributes, edge.shares, written.shares);
  }
}

void SchemaReader::read_end(Node body, const EdgeKind& edge, EdgeEnd& end, Place (&places)[2]) {
  const std::string what = "an end of edge kind " + quoted(edge.name);
  if (!is_map(body, what)) return;
  known_keys(body, schema_keys::end(), "an end of an edge kind");
  const Node at = body.size() == 0 ? body : body.key(0);
  if (const auto kinds = body.find("kinds")) {
    read_end_kinds(*kinds, end);
  } else {
    error(at, "schema-missing-key", what + " needs 'kinds'");
  }
  for (const bool nodes : {false, true}) {
    const char* const name = nodes ? "nodes" : "edges";
    const auto list = body.find(name);
    if (!list) {
      error(at, "schema-missing-key", what + " needs '" + name + "'",
            nodes ? "what a node here calls its neighbours over these edges"
                  : "what a node here calls these edges");
      continue;
    }
    if (!word(*list, quoted(name)) || !name_ok(*list, NameStyle::word, "a list")) continue;
    (nodes ? end.nodes : end.edges) = std::string(list->text());
    places[nodes ? 1 : 0] = *list;
  }
  end.complete = flag(body, "complete", false);
  read_text(body, "ask", end.ask);
  read_respondent(body, end.respondent);
  if (end.ask.empty() && !end.complete) {
    warn(at, "schema-missing-ask",
         "list " + quoted(end.edges) + " of edge kind " + quoted(edge.name) + " has no question",
         "add 'ask': what to put when there may be more");
  }
}

void SchemaReader::read_end_kinds(Node body, EdgeEnd& end) {
  if (!is_list(body, "'kinds'")) return;
  if (body.size() == 0) error(body, "schema-wrong-shape", "'kinds' is empty");
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node item = body.at(index);
    const auto name = word(item, "the name of a kind");
    if (!name) continue;
    const NodeKind* const kind = find_named(kinds_, *name);
    if (kind == nullptr) {
      error(item, "schema-unknown-kind", "there is no kind " + quoted(*name),
            suggest(*name, names_of(kinds_)));
      continue;
    }
    const KindId id{static_cast<std::uint16_t>(kind - kinds_.data())};
    if (std::find(end.kinds.begin(), end.kinds.end(), id) != end.kinds.end()) {
      error(item, "schema-duplicate-name", "kind " + quoted(*name) + " stands here already");
      continue;
    }
    end.kinds.push_back(id);
  }
}

void SchemaReader::read_key(Node body, EdgeKind& edge) {
  if (!is_list(body, "'key'")) return;
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node item = body.at(index);
    const auto name = word(item, "the name of an attribute");
    if (!name || *name == "from" || *name == "to") continue;  // both ends always belong to it
    const auto attribute = edge.find(*name);
    if (!attribute) {
      error(item, "schema-unknown-attribute",
            "edge kind " + quoted(edge.name) + " has no attribute " + quoted(*name),
            suggest(*name, names_of(edge.attributes)));
      continue;
    }
    const AttributeType type = edge.attributes[attribute->index].type;
    if (type == AttributeType::text_list || type == AttributeType::enumeration_list) {
      error(item, "schema-bad-key",
            "attribute " + quoted(*name) + " is a list and cannot be part of a key");
      continue;
    }
    if (std::find(edge.key.begin(), edge.key.end(), *attribute) != edge.key.end()) {
      error(item, "schema-duplicate-name", quoted(*name) + " is part of this key already");
      continue;
    }
    edge.key.push_back(*attribute);
  }
}

}  // namespace detail

Checked<SchemaPtr> read_schema(const Document& document, SchemaPtr base) {
  return detail::SchemaReader(document, std::move(base)).read();
}

}  // namespace eraudit
