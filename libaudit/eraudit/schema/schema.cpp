#include "eraudit/schema/schema.hpp"

#include <algorithm>
#include <array>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"

namespace eraudit {
namespace {

template <class Id, class Items>
std::optional<Id> find_by_name(const Items& items, std::string_view name) noexcept {
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (items[index].name == name) return Id{static_cast<std::uint16_t>(index)};
  }
  return std::nullopt;
}

const Share* find_share_in(const std::vector<Share>& shares, std::string_view name) noexcept {
  for (const Share& share : shares) {
    if (share.name == name) return &share;
  }
  return nullptr;
}

bool stands_at(const EdgeEnd& end, KindId kind) noexcept {
  return std::find(end.kinds.begin(), end.kinds.end(), kind) != end.kinds.end();
}

// What an attribute cannot be called: parts that every node, edge or record has, and the words that
// CEL keeps for itself.
constexpr std::array<std::string_view, 26> reserved_names = {
    "id",  "kind",  "from",    "to",        "source", "in",  "true",     "false", "null",
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

}  // namespace

std::string_view to_text(AttributeType type) {
  switch (type) {
    case AttributeType::boolean:
      return "bool";
    case AttributeType::integer:
      return "int";
    case AttributeType::number:
      return "double";
    case AttributeType::text:
      return "string";
    case AttributeType::enumeration:
      return "enum";
    case AttributeType::date:
      return "date";
    case AttributeType::money:
      return "money";
    case AttributeType::text_list:
      return "list(string)";
    case AttributeType::enumeration_list:
      return "list(enum)";
  }
  throw Error(ErrorCode::internal, "an attribute type that does not exist");
}

std::optional<std::uint32_t> Attribute::find_value(std::string_view id) const noexcept {
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (values[index].id == id) return static_cast<std::uint32_t>(index);
  }
  return std::nullopt;
}

std::optional<AttributeId> NodeKind::find(std::string_view attribute) const noexcept {
  return find_by_name<AttributeId>(attributes, attribute);
}

const Share* NodeKind::find_share(std::string_view share) const noexcept {
  return find_share_in(shares, share);
}

std::optional<AttributeId> EdgeKind::find(std::string_view attribute) const noexcept {
  return find_by_name<AttributeId>(attributes, attribute);
}

const Share* EdgeKind::find_share(std::string_view share) const noexcept {
  return find_share_in(shares, share);
}

Schema::Schema(std::string name, std::vector<NodeKind> kinds, std::vector<EdgeKind> edges,
               std::vector<SourceClass> source_classes, std::vector<Respondent> respondents)
    : name_(std::move(name)),
      kinds_(std::move(kinds)),
      edges_(std::move(edges)),
      source_classes_(std::move(source_classes)),
      respondents_(std::move(respondents)),
      lists_(kinds_.size()) {
  for (std::size_t index = 0; index < edges_.size(); ++index) {
    for (const Side side : {Side::from, Side::to}) {
      for (const KindId kind : edges_[index].end(side).kinds) {
        if (kind.index >= kinds_.size()) {
          throw Error(ErrorCode::bad_argument, "an end of edge kind '" + edges_[index].name +
                                                   "' names a kind that the schema does not have");
        }
        lists_[kind.index].push_back({{static_cast<std::uint16_t>(index)}, side});
      }
    }
  }
}

std::optional<KindId> Schema::find_kind(std::string_view name) const noexcept {
  return find_by_name<KindId>(kinds_, name);
}

std::optional<EdgeKindId> Schema::find_edge(std::string_view name) const noexcept {
  return find_by_name<EdgeKindId>(edges_, name);
}

std::optional<ListName> Schema::find_list(KindId kind, std::string_view name) const noexcept {
  if (kind.index >= lists_.size()) return std::nullopt;
  for (const ListId list : lists_[kind.index]) {
    const EdgeEnd& here = edges_[list.edge.index].end(list.side);
    if (here.edges == name) return ListName{list, false};
    if (here.nodes == name) return ListName{list, true};
  }
  return std::nullopt;
}

std::span<const ListId> Schema::lists(KindId kind) const {
  return lists_.at(kind.index);
}

std::string Schema::path(KindId kind, AttributeId attribute) const {
  const NodeKind& owner = this->kind(kind);
  return owner.name + '.' + owner.attributes.at(attribute.index).name;
}

std::string Schema::path(EdgeKindId edge, AttributeId attribute) const {
  const EdgeKind& owner = this->edge(edge);
  return owner.name + '.' + owner.attributes.at(attribute.index).name;
}

std::string Schema::path(KindId kind, ListId list) const {
  const EdgeEnd& here = end(list);
  if (!stands_at(here, kind)) {
    throw Error(ErrorCode::bad_argument, "no node of kind '" + this->kind(kind).name +
                                             "' has the list '" + here.edges + "'");
  }
  return this->kind(kind).name + '.' + here.edges;
}

const Respondent* Schema::respondent(std::string_view path) const noexcept {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view owner = path.substr(0, dot);
  const std::string_view name = path.substr(dot + 1);
  std::string_view own;
  std::string_view general;
  if (const auto kind = find_kind(owner)) {
    general = kinds_[kind->index].respondent;
    if (const auto attribute = kinds_[kind->index].find(name)) {
      own = kinds_[kind->index].attributes[attribute->index].respondent;
    } else if (const auto list = find_list(*kind, name)) {
      own = edges_[list->list.edge.index].end(list->list.side).respondent;
    } else {
      return nullptr;
    }
  } else if (const auto edge = find_edge(owner)) {
    general = edges_[edge->index].respondent;
    const auto attribute = edges_[edge->index].find(name);
    if (!attribute) return nullptr;
    own = edges_[edge->index].attributes[attribute->index].respondent;
  } else {
    return nullptr;
  }
  const std::string_view id = own.empty() ? general : own;
  const auto found = std::find_if(respondents_.begin(), respondents_.end(),
                                  [&](const Respondent& known) { return known.id == id; });
  return found == respondents_.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> Schema::find_source_class(
    std::string_view name,
    std::span<const std::pair<std::string, std::string>> details) const noexcept {
  for (std::size_t index = 0; index < source_classes_.size(); ++index) {
    if (source_classes_[index].id == name) return static_cast<std::uint32_t>(index);
  }
  for (std::size_t index = 0; index < source_classes_.size(); ++index) {
    for (const SourceAlias& alias : source_classes_[index].aliases) {
      if (alias.name != name) continue;
      const bool holds = alias.detail.empty() ||
                         std::any_of(details.begin(), details.end(), [&](const auto& detail) {
                           return detail.first == alias.detail && detail.second == alias.value;
                         });
      if (holds) return static_cast<std::uint32_t>(index);
    }
  }
  return std::nullopt;
}

std::string Schema::source_class_help(std::string_view name) const {
  std::string needed;
  std::vector<std::string_view> candidates;
  for (const SourceClass& source_class : source_classes_) candidates.push_back(source_class.id);
  for (const SourceClass& source_class : source_classes_) {
    for (const SourceAlias& alias : source_class.aliases) {
      candidates.push_back(alias.name);
      if (alias.name != name || alias.detail.empty()) continue;
      needed += needed.empty() ? "add " : " or ";
      needed += '\'' + alias.detail + ": " + alias.value + "' (" + source_class.id + ')';
    }
  }
  return needed.empty() ? suggest(name, candidates) : needed;
}

bool Schema::reserved(std::string_view name) noexcept {
  return std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end();
}

}  // namespace eraudit
