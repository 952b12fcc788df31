#include "eraudit/network/network.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "eraudit/core/error.hpp"
#include "eraudit/network/detail/edge_name.hpp"
#include "eraudit/network/detail/state.hpp"

namespace eraudit {
namespace detail {

std::pair<std::uint16_t, std::uint32_t> Origins::at(std::uint32_t row) const noexcept {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), row,
                       [](std::uint32_t wanted, const Run& run) { return wanted < run.row; });
  if (after == runs.begin()) return {std::uint16_t{0}, 0u};
  const Run& run = *(after - 1);
  return {run.file, lines.empty() ? run.line + (row - run.row) : lines[row]};
}

void Origins::encode(std::vector<std::uint32_t> all_lines, const std::vector<std::uint16_t>& files,
                     std::uint16_t file) {
  const auto collect = [&](bool by_line) {
    runs.clear();
    for (std::uint32_t row = 0; row < all_lines.size(); ++row) {
      const std::uint16_t at = files.empty() ? file : files[row];
      const bool goes_on =
          !runs.empty() && runs.back().file == at &&
          (!by_line || all_lines[row] == runs.back().line + (row - runs.back().row));
      if (!goes_on) runs.push_back({row, all_lines[row], at});
    }
  };
  collect(true);
  if (runs.size() * sizeof(Run) > all_lines.size() * sizeof(std::uint32_t)) {
    collect(false);
    lines = std::move(all_lines);
  }
  runs.shrink_to_fit();
}

Cell column_cell(const Attribute& attribute, const Column& column, std::size_t row,
                 const StringPool& strings) {
  if (column.absent.test(row)) return Cell::absent();
  if (!column.known.test(row)) return Cell::unknown();
  Cell cell;
  cell.state = column.ranged.test(row) ? CellState::range : CellState::known;
  const Column::Range* range = cell.state == CellState::range ? &column.range(row) : nullptr;
  const auto whole = [&](std::int64_t low, const auto& make) {
    cell.low = make(low);
    if (range == nullptr) return;
    cell.high = make(range->high);
    if (range->has_typical) cell.typical = make(range->typical);
  };
  switch (column.type) {
    case AttributeType::boolean:
      cell.low = column.bytes[row] != 0;
      break;
    case AttributeType::integer:
      whole(column.longs[row], [](std::int64_t value) { return value; });
      break;
    case AttributeType::money:
      whole(column.longs[row], [currency = column.money(row).currency](std::int64_t value) {
        return Money{value, currency};
      });
      break;
    case AttributeType::date:
      whole(column.days[row],
            [](std::int64_t value) { return Date{static_cast<std::int32_t>(value)}; });
      break;
    case AttributeType::number:
      cell.low = column.doubles[row];
      if (range == nullptr) break;
      cell.high = range->high_number;
      if (range->has_typical) cell.typical = range->typical_number;
      break;
    case AttributeType::text:
      cell.low = std::string(strings.at(column.codes[row]));
      break;
    case AttributeType::enumeration:
      cell.low = attribute.values[column.codes[row]].id;
      break;
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      std::vector<std::string> items;
      for (const std::uint32_t code : column.list(row)) {
        items.emplace_back(column.type == AttributeType::text_list
                               ? strings.at(code)
                               : std::string_view(attribute.values[code].id));
      }
      cell.low = std::move(items);
      break;
    }
  }
  return cell;
}

}  // namespace detail

namespace {

std::size_t list_index(const Network::State& state, KindId kind, ListId list) noexcept {
  const std::size_t edge_kinds = state.schema->edges().size();
  return (kind.index * edge_kinds + list.edge.index) * 2 + (list.side == Side::to ? 1 : 0);
}

const Attribute& checked(std::span<const Attribute> attributes, AttributeId attribute) {
  if (attribute.index >= attributes.size()) {
    throw Error(ErrorCode::bad_argument, "no attribute has this number");
  }
  return attributes[attribute.index];
}

std::string_view file_name(const Network::State& state, std::uint16_t file) noexcept {
  return file == 0 ? std::string_view() : std::string_view(state.inputs[file - 1u].path);
}

std::span<const Claim> claims_on(const Network::State& state, bool of_edge, std::uint32_t id,
                                 AttributeId attribute) noexcept {
  const auto key = [](const Claim& claim) {
    return std::tuple(claim.of_edge, claim.id, claim.attribute);
  };
  const std::tuple wanted(of_edge, id, attribute);
  const auto first = std::partition_point(state.claims.begin(), state.claims.end(),
                                          [&](const Claim& claim) { return key(claim) < wanted; });
  const auto last = std::partition_point(first, state.claims.end(),
                                         [&](const Claim& claim) { return key(claim) == wanted; });
  return {first, last};
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}

std::size_t bytes_of(const Column& column) noexcept {
  return column.known.words().size_bytes() + column.absent.words().size_bytes() +
         column.ranged.words().size_bytes() + column.disputed.words().size_bytes() +
         bytes_of(column.bytes) + bytes_of(column.longs) + bytes_of(column.doubles) +
         bytes_of(column.codes) + bytes_of(column.days) + bytes_of(column.list_offsets) +
         bytes_of(column.currencies) + bytes_of(column.ranges) + sizeof(Column);
}

std::size_t bytes_of(const CellValue& value) noexcept {
  if (const auto* text = std::get_if<std::string>(&value)) return text->capacity();
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    std::size_t bytes = texts->capacity() * sizeof(std::string);
    for (const std::string& text : *texts) bytes += text.capacity();
    return bytes;
  }
  return 0;
}

}  // namespace

const Schema& Network::schema() const noexcept {
  return *state_->schema;
}
const SchemaPtr& Network::schema_ptr() const noexcept {
  return state_->schema;
}
std::optional<Date> Network::as_of() const noexcept {
  return state_->as_of;
}

std::size_t Network::node_count() const noexcept {
  return state_->kind_first.back();
}

IdRange<NodeId> Network::nodes(KindId kind) const noexcept {
  return {state_->kind_first[kind.index], state_->kind_first[kind.index + 1u]};
}

KindId Network::kind(NodeId node) const noexcept {
  const auto& first = state_->kind_first;
  const auto after = std::upper_bound(first.begin(), first.end(), node.index);
  return KindId{static_cast<std::uint16_t>(after - first.begin() - 1)};
}

std::string_view Network::id(NodeId node) const noexcept {
  return state_->ids.at(node.index);
}

std::optional<NodeId> Network::find(std::string_view id) const noexcept {
  const std::uint32_t code = state_->ids.find(id);
  if (code == detail::NameTable::nothing) return std::nullopt;
  return NodeId{code};
}

const Column& Network::column(KindId kind, AttributeId attribute) const noexcept {
  return state_->columns[kind.index][attribute.index];
}

Cell Network::cell(NodeId node, AttributeId attribute) const {
  if (node.index >= node_count()) {
    throw Error(ErrorCode::bad_argument, "a node of another network");
  }
  const KindId of = kind(node);
  const Attribute& about = checked(schema().kind(of).attributes, attribute);
  return detail::column_cell(about, column(of, attribute),
                             node.index - state_->kind_first[of.index], state_->strings);
}

Origin Network::origin(NodeId node) const noexcept {
  const KindId of = kind(node);
  const auto [file, line] =
      state_->node_origins[of.index].at(node.index - state_->kind_first[of.index]);
  return {file_name(*state_, file), line};
}

std::uint16_t Network::source(NodeId node) const noexcept {
  return state_->node_sources.empty() ? std::uint16_t{0} : state_->node_sources[node.index];
}

std::size_t Network::edge_count() const noexcept {
  return state_->edge_count;
}
std::span<const EdgeTable> Network::tables() const noexcept {
  return state_->tables;
}

std::span<const std::uint16_t> Network::tables(KindId kind, ListId list) const noexcept {
  const detail::Stretch stretch = state_->lists[list_index(*state_, kind, list)];
  return std::span(state_->table_indices).subspan(stretch.first, stretch.count);
}

const EdgeTable& Network::table(EdgeId edge) const noexcept {
  const auto after = std::upper_bound(
      state_->tables.begin(), state_->tables.end(), edge.index,
      [](std::uint32_t wanted, const EdgeTable& table) { return wanted < table.first; });
  return *(after - 1);
}

NodeId Network::from(EdgeId edge) const noexcept {
  const EdgeTable& of = table(edge);
  return of.from[edge.index - of.first];
}

NodeId Network::to(EdgeId edge) const noexcept {
  const EdgeTable& of = table(edge);
  return of.to[edge.index - of.first];
}

Cell Network::cell(EdgeId edge, AttributeId attribute) const {
  if (edge.index >= edge_count()) {
    throw Error(ErrorCode::bad_argument, "an edge of another network");
  }
  const EdgeTable& of = table(edge);
  const Attribute& about = checked(schema().edge(of.kind).attributes, attribute);
  return detail::column_cell(about, of.columns[attribute.index], edge.index - of.first,
                             state_->strings);
}

Origin Network::origin(EdgeId edge) const noexcept {
  const EdgeTable& of = table(edge);
  const std::uint32_t row = edge.index - of.first;
  if (of.lines.empty() && of.file == 0 && of.files.empty()) return {};
  return {file_name(*state_, of.files.empty() ? of.file : of.files[row]),
          of.lines.empty() ? 0 : of.lines[row]};
}

std::uint16_t Network::source(EdgeId edge) const noexcept {
  const EdgeTable& of = table(edge);
  return of.sources.empty() ? std::uint16_t{0} : of.sources[edge.index - of.first];
}

std::string Network::name(EdgeId edge) const {
  if (edge.index >= edge_count()) {
    throw Error(ErrorCode::bad_argument, "an edge of another network");
  }
  const EdgeTable& of = table(edge);
  const std::uint32_t row = edge.index - of.first;
  if (!of.ids.empty() && of.ids[row] != 0) return detail::own_edge_name(text(of.ids[row] - 1));
  const EdgeKind& kind = schema().edge(of.kind);
  const auto key_of = [&](std::uint32_t at) {
    std::vector<Cell> cells;
    for (const AttributeId part : kind.key) {
      cells.push_back(detail::column_cell(kind.attributes[part.index], of.columns[part.index], at,
                                          state_->strings));
    }
    return cells;
  };
  const std::vector<Cell> key = key_of(row);
  std::string name = detail::natural_edge_name(kind, id(of.from[row]), id(of.to[row]), key);
  // Rows with one key lie side by side; only an uncertain key can be that of several.
  std::uint32_t before = 0;
  for (std::uint32_t at = row; at-- > 0;) {
    if (of.from[at] != of.from[row] || of.to[at] != of.to[row]) break;
    if (!of.ids.empty() && of.ids[at] != 0) continue;
    if (key_of(at) != key) break;
    ++before;
  }
  if (before != 0) name += fmt::format("#{}", before + 1);
  return name;
}

bool Network::complete(NodeId node, ListId list) const noexcept {
  if (schema().end(list).complete) return true;
  return state_->complete[list.edge.index * 2u + (list.side == Side::to ? 1u : 0u)].test(
      node.index);
}

std::string_view Network::text(std::uint32_t code) const noexcept {
  return state_->strings.at(code);
}
const StringPool& Network::strings() const noexcept {
  return state_->strings;
}
std::span<const std::uint16_t> Network::sources(KindId kind) const noexcept {
  if (state_->node_sources.empty()) return {};
  const IdRange<NodeId> all = nodes(kind);
  return std::span(state_->node_sources).subspan(all.first, all.size());
}
std::span<const SourceRecord> Network::sources() const noexcept {
  return state_->sources;
}
std::span<const Claim> Network::claims() const noexcept {
  return state_->claims;
}

std::span<const Claim> Network::claims(NodeId node, AttributeId attribute) const noexcept {
  return claims_on(*state_, false, node.index, attribute);
}

std::span<const Claim> Network::claims(EdgeId edge, AttributeId attribute) const noexcept {
  return claims_on(*state_, true, edge.index, attribute);
}

std::span<const Completion> Network::completions() const noexcept {
  return state_->completions;
}
std::span<const Network::InputFile> Network::inputs() const noexcept {
  return state_->inputs;
}

std::size_t Network::memory_bytes() const noexcept {
  const State& state = *state_;
  std::size_t bytes = sizeof(State) + state.ids.memory_bytes() + state.strings.memory_bytes() +
                      bytes_of(state.kind_first) + bytes_of(state.node_sources) +
                      bytes_of(state.lists) + bytes_of(state.table_indices) +
                      bytes_of(state.completions) + bytes_of(state.claims) +
                      bytes_of(state.sources) + bytes_of(state.inputs);
  for (const auto& columns : state.columns) {
    for (const Column& column : columns) bytes += bytes_of(column);
  }
  for (const detail::Origins& origins : state.node_origins) {
    bytes += bytes_of(origins.runs) + bytes_of(origins.lines);
  }
  for (const EdgeTable& of : state.tables) {
    bytes += sizeof(EdgeTable) + bytes_of(of.from) + bytes_of(of.to) + bytes_of(of.out_offsets) +
             bytes_of(of.in_offsets) + bytes_of(of.in_rows) + bytes_of(of.sources) +
             bytes_of(of.ids) + bytes_of(of.lines) + bytes_of(of.files);
    for (const Column& column : of.columns) bytes += bytes_of(column);
  }
  for (const Bitmap& bitmap : state.complete) bytes += bitmap.words().size_bytes();
  for (const Claim& claim : state.claims) {
    bytes += bytes_of(claim.cell.low) + bytes_of(claim.cell.high);
  }
  return bytes;
}

}  // namespace eraudit
