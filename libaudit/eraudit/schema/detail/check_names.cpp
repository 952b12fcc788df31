#include <algorithm>

#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {
namespace {

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

struct Name {
  std::string_view name;
  std::string what;                 ///< "an attribute", "the edges of 'charged'"
  std::optional<DocumentNode> at;   ///< nothing: it stands in the base
  std::string where;                ///< file and line, for the message about another name
};

}  // namespace

// Attributes, shares and lists of one kind share one space of names, since rules write all of them
// behind a dot. Edge kinds have no lists.
void SchemaReader::check_names() {
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) check_names_of(kind);
  for (std::size_t index = 0; index < edges_.size(); ++index) {
    const EdgeKind& edge = edges_[index];
    for (std::size_t share = 0; share < edge.shares.size(); ++share) {
      const Place& at = edges_written_[index].shares[share];
      if (!at) continue;
      const std::string_view name = edge.shares[share].name;
      const std::string in = " of edge kind " + quoted(edge.name);
      if (const auto attribute = edge.find(name)) {
        error(*at, "schema-name-clash",
              quoted(name) + in + " is already an attribute (" +
                  edge.attributes[attribute->index].declared + ")");
      } else if (edge.find_share(name) != &edge.shares[share]) {
        error(*at, "schema-name-clash", quoted(name) + in + " is already a share");
      }
    }
  }
}

void SchemaReader::check_names_of(std::size_t kind_index) {
  const NodeKind& kind = kinds_[kind_index];
  const Written& written = kinds_written_[kind_index];
  const KindId id{static_cast<std::uint16_t>(kind_index)};
  std::vector<Name> names;
  for (std::size_t index = 0; index < kind.attributes.size(); ++index) {
    const Attribute& attribute = kind.attributes[index];
    names.push_back({attribute.name, "an attribute", written.attributes[index], attribute.declared});
  }
  for (std::size_t index = 0; index < kind.shares.size(); ++index) {
    names.push_back({kind.shares[index].name, "a share", written.shares[index], kind.declared});
  }
  for (std::size_t index = 0; index < edges_.size(); ++index) {
    const EdgeKind& edge = edges_[index];
    for (const Side side : {Side::from, Side::to}) {
      const EdgeEnd& end = edge.end(side);
      if (std::find(end.kinds.begin(), end.kinds.end(), id) == end.kinds.end()) continue;
      const auto& places = edges_written_[index].lists[static_cast<std::size_t>(side)];
      for (const bool nodes : {false, true}) {
        const std::string& name = nodes ? end.nodes : end.edges;
        if (name.empty()) continue;
        const Place& at = places[nodes ? 1 : 0];
        names.push_back({name, (nodes ? "the nodes of " : "the edges of ") + quoted(edge.name), at,
                         at ? declared(*at) : edge.declared});
      }
    }
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const Name& a, const Name& b) { return a.name < b.name; });
  for (std::size_t index = 1; index < names.size(); ++index) {
    const Name* here = &names[index];
    const Name* other = &names[index - 1];
    if (here->name != other->name) continue;
    // The message stands where this file can be mended: at the later of the two names.
    const bool earlier = here->at && other->at && here->at->span().offset < other->at->span().offset;
    if (!here->at || earlier) std::swap(here, other);
    if (!here->at) continue;
    // An end of several kinds would repeat itself for each of them.
    const std::size_t place = here->at->span().offset;
    if (std::find(clashes_.begin(), clashes_.end(), place) != clashes_.end()) continue;
    clashes_.push_back(place);
    error(*here->at, "schema-name-clash",
          quoted(here->name) + " of kind " + quoted(kind.name) + " is already " + other->what + " (" +
              other->where + ")",
          "all attributes, shares and lists of a kind need different names");
  }
}

}  // namespace eraudit::detail
