#include <algorithm>

#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {
// Attributes, shares and lists share one space of names, since rules write all of them behind a
// dot.
void SchemaReader::check_names() {
  for (std::size_t index = 0; index < kinds_.size(); ++index) {
    const NodeKind& kind = kinds_[index];
    std::vector<UsedName> names;
    use_names(kind.attributes, kind.shares, kind.declared, kinds_written_[index], names);
    use_lists({static_cast<std::uint16_t>(index)}, names);
    report_clashes("kind " + quoted(kind.name), names);
  }
  for (std::size_t index = 0; index < edges_.size(); ++index) {
    const EdgeKind& edge = edges_[index];
    std::vector<UsedName> names;
    use_names(edge.attributes, edge.shares, edge.declared, edges_written_[index], names);
    report_clashes("edge kind " + quoted(edge.name), names);
  }
}

void SchemaReader::use_names(const std::vector<Attribute>& attributes,
                             const std::vector<Share>& shares, const std::string& declared_at,
                             const Written& written, std::vector<UsedName>& names) const {
  for (std::size_t index = 0; index < attributes.size(); ++index) {
    const Attribute& attribute = attributes[index];
    names.push_back(
        {attribute.name, "an attribute", written.attributes[index], attribute.declared});
  }
  for (std::size_t index = 0; index < shares.size(); ++index) {
    const Place& at = written.shares[index];
    names.push_back({shares[index].name, "a share", at, at ? declared(*at) : declared_at});
  }
}

void SchemaReader::use_lists(KindId kind, std::vector<UsedName>& names) const {
  for (std::size_t index = 0; index < edges_.size(); ++index) {
    const EdgeKind& edge = edges_[index];
    for (const Side side : {Side::from, Side::to}) {
      const EdgeEnd& end = edge.end(side);
      if (std::find(end.kinds.begin(), end.kinds.end(), kind) == end.kinds.end()) continue;
      const auto& places = edges_written_[index].lists[static_cast<std::size_t>(side)];
      for (const bool nodes : {false, true}) {
        const std::string& name = nodes ? end.nodes : end.edges;
        if (name.empty()) continue;  // refused already
        const Place& at = places[nodes ? 1 : 0];
        names.push_back({name, (nodes ? "the nodes of " : "the edges of ") + quoted(edge.name), at,
                         at ? declared(*at) : edge.declared});
      }
    }
  }
}

void SchemaReader::report_clashes(const std::string& owner, std::vector<UsedName>& names) {
  std::stable_sort(names.begin(), names.end(),
                   [](const UsedName& a, const UsedName& b) { return a.name < b.name; });
  for (std::size_t index = 1; index < names.size(); ++index) {
    const UsedName* here = &names[index];
    const UsedName* other = &names[index - 1];
    if (here->name != other->name) continue;
    // The message stands where this file can be mended: at the later of the two names.
    const bool earlier =
        here->at && other->at && here->at->span().offset < other->at->span().offset;
    if (!here->at || earlier) std::swap(here, other);
    if (!here->at) continue;
    // An end of several kinds would repeat itself for each of them.
    const std::size_t place = here->at->span().offset;
    if (std::find(clashes_.begin(), clashes_.end(), place) != clashes_.end()) continue;
    clashes_.push_back(place);
    error(*here->at, "schema-name-clash",
          quoted(here->name) + " of " + owner + " is already " + other->what + " (" + other->where +
              ")",
          "all attributes, shares and lists of one kind need different names");
  }
}

}  // namespace eraudit::detail
