// The ends of edges: from the codes of their names to nodes of the kinds that may stand there.

#include <fmt/format.h>

#include "eraudit/network/detail/freezer.hpp"
#include "eraudit/network/detail/kind_ranges.hpp"
#include "eraudit/network/detail/problem.hpp"

namespace eraudit::detail {

bool Freezer::refuse_end(EdgeKindId kind, std::uint32_t row, Side side, std::uint32_t node) {
  const DraftTable& table = in_.edges[kind.index];
  const EdgeKind& about = in_.schema->edge(kind);
  const EdgeEnd& end = about.end(side);
  const std::uint32_t name = side == Side::from ? table.from[row] : table.to[row];
  const auto part = side == Side::from ? Locator::Part::from : Locator::Part::to;
  const auto place = in_.place(kind, row, table.line.at(row), part);
  const std::string_view id = in_.names.at(name);
  const std::string_view side_name = side == Side::from ? "from" : "to";
  if (node == NameTable::nothing) {
    in_.error_at(
        place, table.file.at(row), table.line.at(row), "network-unknown-node",
        fmt::format("no node has the id {} (`{}` of {})", shown(id), side_name, about.name),
        nearest_node(id, end.kinds));
    return false;
  }
  std::string kinds;
  for (const KindId allowed : end.kinds) {
    if (!kinds.empty()) kinds += allowed == end.kinds.back() ? " or " : ", ";
    kinds += in_.schema->kind(allowed).name;
  }
  in_.error_at(place, table.file.at(row), table.line.at(row), "network-wrong-kind",
               fmt::format("{} is of kind {}, but `{}` of {} takes {}", shown(id),
                           in_.schema->kind(kind_of(node)).name, side_name, about.name, kinds));
  return false;
}

bool Freezer::find_ends(EdgeKindId kind) {
  DraftTable& table = in_.edges[kind.index];
  const EdgeKind& about = in_.schema->edge(kind);
  const KindRanges from_nodes(about.from.kinds, out_->kind_first);
  const KindRanges to_nodes(about.to.kinds, out_->kind_first);
  bool sound = true;
  for (std::uint32_t row = 0; row < table.rows; ++row) {
    const std::uint32_t from = node_of_name_[table.from[row]];
    const std::uint32_t to = node_of_name_[table.to[row]];
    if (!from_nodes.hold(from)) sound = refuse_end(kind, row, Side::from, from);
    if (!to_nodes.hold(to)) sound = refuse_end(kind, row, Side::to, to);
    table.from[row] = from;
    table.to[row] = to;
  }
  return sound;
}

}  // namespace eraudit::detail
