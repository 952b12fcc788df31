#include "eraudit/network/builder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "eraudit/core/suggest.hpp"
#include "eraudit/network/detail/draft.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/identifier.hpp"

namespace eraudit {

using detail::DraftTable;
using detail::RawCell;

namespace {

[[noreturn]] void bad_argument(const std::string& message) {
  throw Error(ErrorCode::bad_argument, message);
}

DraftTable empty_table(const std::vector<Attribute>& attributes) {
  DraftTable table;
  table.attributes = attributes;
  table.columns.resize(attributes.size());
  for (std::size_t i = 0; i < attributes.size(); ++i) table.columns[i].attribute = &attributes[i];
  return table;
}

template <class Draft>
DraftTable& table_of(NetworkBuilder::State& state, Draft draft) {
  auto& tables = [&]() -> auto& {
    if constexpr (std::is_same_v<Draft, NodeDraft>)
      return state.nodes;
    else
      return state.edges;
  }
  ();
  if (draft.kind.index >= tables.size() || draft.row >= tables[draft.kind.index].rows) {
    bad_argument("a draft of another builder, or of one that has built its network");
  }
  return tables[draft.kind.index];
}

const Attribute& attribute_of(const DraftTable& table, AttributeId attribute) {
  if (attribute.index >= table.attributes.size()) bad_argument("no attribute has this number");
  return table.attributes[attribute.index];
}

template <class Kind>
AttributeId attribute_named(const Kind& kind, std::string_view name) {
  if (const auto found = kind.find(name)) return *found;
  std::vector<std::string_view> names;
  for (const Attribute& attribute : kind.attributes) names.emplace_back(attribute.name);
  bad_argument(
      fmt::format("'{}' has no attribute '{}'; {}", kind.name, name, suggest(name, names)));
}

void refuse(NetworkBuilder::State& state, const DraftTable& table, std::uint32_t row,
            std::uint32_t line, CellProblem problem) {
  state.error_at({}, table.file.at(row), line != 0 ? line : table.line.at(row), problem.id,
                 std::move(problem.message), std::move(problem.help));
}

template <class Draft>
void set_cell(NetworkBuilder::State& state, Draft draft, AttributeId attribute, const Cell& cell,
              std::uint16_t source, std::uint32_t line) {
  DraftTable& table = table_of(state, draft);
  const Attribute& about = attribute_of(table, attribute);
  if (source >= state.sources.size()) bad_argument("no source has this number");
  CellProblem problem;
  const detail::Conversion converted = to_raw(about, cell, state.scratch, problem);
  if (converted == detail::Conversion::wrong_type) {
    bad_argument(fmt::format("'{}' takes {}", about.name, detail::what(about)));
  }
  if (converted == detail::Conversion::refused || !admit(about, state.scratch, problem)) {
    refuse(state, table, draft.row, line, std::move(problem));
    return;
  }
  state.put(table, draft.row, attribute, state.scratch, source, table.file.at(draft.row),
            line != 0 ? line : table.line.at(draft.row));
}

/// `fill` puts the value into the scratch cell.
template <class Draft, class Fill>
void set_typed(NetworkBuilder::State& state, Draft draft, AttributeId attribute, AttributeType type,
               const Fill& fill) {
  DraftTable& table = table_of(state, draft);
  const Attribute& about = attribute_of(table, attribute);
  if (about.type != type) {
    bad_argument(fmt::format("'{}' takes {}", about.name, detail::what(about)));
  }
  CellProblem problem;
  RawCell& cell = state.scratch;
  cell.clear();
  cell.state = CellState::known;
  fill(cell);
  if (!admit(about, cell, problem)) {
    refuse(state, table, draft.row, 0, std::move(problem));
    return;
  }
  state.put(table, draft.row, attribute, cell, 0, table.file.at(draft.row),
            table.line.at(draft.row));
}

template <class Draft>
void set_text_cell(NetworkBuilder::State& state, Draft draft, AttributeId attribute,
                   std::string_view value) {
  DraftTable& table = table_of(state, draft);
  const Attribute& about = attribute_of(table, attribute);
  if (about.type != AttributeType::enumeration) {
    set_typed(state, draft, attribute, AttributeType::text,
              [&](RawCell& cell) { cell.text = value; });
    return;
  }
  if (const auto code = about.find_value(value)) {
    set_typed(state, draft, attribute, AttributeType::enumeration,
              [&](RawCell& cell) { cell.low = *code; });
    return;
  }
  set_cell(state, draft, attribute, Cell::of(std::string(value)), 0, 0);  // says what is wrong
}

template <class Draft>
void set_also(NetworkBuilder::State& state, Draft draft, std::uint16_t source, std::uint32_t line) {
  DraftTable& table = table_of(state, draft);
  if (source >= state.sources.size()) bad_argument("no source has this number");
  table.claims.push_back({draft.row, row_itself, source, table.file.at(draft.row),
                          line != 0 ? line : table.line.at(draft.row), Cell::unknown()});
}

}  // namespace

NetworkBuilder::State::State(SchemaPtr schema_in, const Limits& limits_in)
    : schema(std::move(schema_in)),
      limits(limits_in),
      diagnostics(limits_in.diagnostics_per_file, limits_in.diagnostics) {
  if (!schema) bad_argument("a network builder needs a schema");
  for (const NodeKind& kind : schema->kinds()) nodes.push_back(empty_table(kind.attributes));
  for (const EdgeKind& kind : schema->edges()) edges.push_back(empty_table(kind.attributes));
}

void NetworkBuilder::State::flush() {
  if (waiting.empty()) return;
  found.resize(waiting.size());
  names.intern(waiting, found.data());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    (*targets[i].codes)[targets[i].row] = found[i];
  }
  waiting.clear();
  targets.clear();
  waiting_bytes.clear();
}

std::string_view NetworkBuilder::State::copied(std::string_view id) {
  // Views into the copies are waiting, so that the copies must not move.
  if (waiting_bytes.capacity() - waiting_bytes.size() < id.size()) {
    flush();
    waiting_bytes.reserve(std::max(id.size(), most_waiting * 32));
  }
  const std::size_t at = waiting_bytes.size();
  waiting_bytes.insert(waiting_bytes.end(), id.begin(), id.end());
  return {waiting_bytes.data() + at, id.size()};
}

std::uint32_t NetworkBuilder::State::add_node(KindId kind, std::string_view id, DraftOrigin origin,
                                              std::uint16_t source, bool id_stays) {
  if (kind.index >= nodes.size()) bad_argument("no node kind has this number");
  if (source >= sources.size()) bad_argument("no source has this number");
  if (origin.file > files.size()) bad_argument("no file has this number");
  if (node_rows >= limits.nodes) {
    throw Error(ErrorCode::limit_exceeded, fmt::format("more than {} nodes", limits.nodes));
  }
  DraftTable& table = nodes[kind.index];
  const std::uint32_t row = table.rows++;
  ++node_rows;
  table.name.push_back(0);
  look_up(id, table.name, row, id_stays);
  table.source.set(row, source);
  table.file.set(row, origin.file);
  table.line.set(row, origin.line);
  if (origin.file != 0) ++files[origin.file - 1u].rows;
  if (const std::string_view fault = detail::bad_id(id, limits.identifier_bytes); !fault.empty()) {
    error_at(place(kind, row, origin.line), origin.file, origin.line, "network-bad-id",
             fmt::format("the id {} {}", detail::shown(id), fault));
  }
  return row;
}

std::uint32_t NetworkBuilder::State::add_edge(EdgeKindId kind, DraftOrigin origin,
                                              std::uint16_t source, std::string_view id) {
  if (kind.index >= edges.size()) bad_argument("no edge kind has this number");
  if (source >= sources.size()) bad_argument("no source has this number");
  if (origin.file > files.size()) bad_argument("no file has this number");
  if (edge_rows >= limits.edges) {
    throw Error(ErrorCode::limit_exceeded, fmt::format("more than {} edges", limits.edges));
  }
  DraftTable& table = edges[kind.index];
  const std::uint32_t row = table.rows++;
  ++edge_rows;
  table.from.push_back(0);
  table.to.push_back(0);
  table.source.set(row, source);
  table.file.set(row, origin.file);
  table.line.set(row, origin.line);
  if (origin.file != 0) ++files[origin.file - 1u].rows;
  if (id.empty()) return row;
  if (const std::string_view fault = detail::bad_id(id, limits.identifier_bytes); !fault.empty()) {
    error_at(place(kind, row, origin.line, detail::Locator::Part::id), origin.file, origin.line,
             "network-bad-id", fmt::format("the id {} {}", detail::shown(id), fault));
  }
  table.own_id.set(row, strings.intern(id) + 1);
  return row;
}

void NetworkBuilder::State::add_completion(std::string_view node, std::optional<ListId> list,
                                           std::string list_name, DraftOrigin origin,
                                           std::uint16_t source) {
  if (source >= sources.size()) bad_argument("no source has this number");
  if (origin.file > files.size()) bad_argument("no file has this number");
  flush();
  completions.push_back(
      {names.intern(node), list, std::move(list_name), source, origin.file, origin.line});
  if (origin.file != 0) ++files[origin.file - 1u].rows;
}

void NetworkBuilder::State::put_beside(DraftTable& table, std::uint32_t row, AttributeId attribute,
                                       const RawCell& cell, std::uint16_t source,
                                       std::uint16_t file, std::uint32_t line) {
  table.claims.push_back(
      {row, attribute, source, file, line, to_cell(table.attributes[attribute.index], cell)});
}

void NetworkBuilder::State::report(DiagnosticLevel level, std::optional<detail::Place> place,
                                   std::uint16_t file, std::uint32_t line, std::string_view id,
                                   std::string message, std::string help) {
  if (place && place->source != nullptr) {
    if (level == DiagnosticLevel::error) {
      diagnostics.error(*place->source, place->span, id, std::move(message), std::move(help));
    } else {
      diagnostics.warning(*place->source, place->span, id, std::move(message), std::move(help));
    }
    return;
  }
  Diagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.id = id;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  if (file != 0 && file <= files.size()) diagnostic.file = files[file - 1u].path;
  if (line != 0) diagnostic.position = {line, 1, 0};
  diagnostics.add(std::move(diagnostic));
}

void NetworkBuilder::State::error_at(std::optional<detail::Place> place, std::uint16_t file,
                                     std::uint32_t line, std::string_view id, std::string message,
                                     std::string help) {
  report(DiagnosticLevel::error, place, file, line, id, std::move(message), std::move(help));
}

void NetworkBuilder::State::warning_at(std::optional<detail::Place> place, std::uint16_t file,
                                       std::uint32_t line, std::string_view id, std::string message,
                                       std::string help) {
  report(DiagnosticLevel::warning, place, file, line, id, std::move(message), std::move(help));
}

std::string NetworkBuilder::State::where(std::string_view what, std::uint16_t file,
                                         std::uint32_t line) const {
  if (line == 0) return {};
  const std::string path = file == 0 || file > files.size() ? "line " : files[file - 1u].path + ":";
  return fmt::format(" ({}{}{})", what, path, line);
}

NetworkBuilder::NetworkBuilder(SchemaPtr schema, const Limits& limits)
    : state_(std::make_unique<State>(std::move(schema), limits)) {}
NetworkBuilder::~NetworkBuilder() = default;
NetworkBuilder::NetworkBuilder(NetworkBuilder&&) noexcept = default;
NetworkBuilder& NetworkBuilder::operator=(NetworkBuilder&&) noexcept = default;

const Schema& NetworkBuilder::schema() const noexcept {
  return *state_->schema;
}

void NetworkBuilder::as_of(Date date) {
  state_->as_of = date;
}

std::uint16_t NetworkBuilder::file(std::string path, std::string sha256, std::uint64_t bytes) {
  auto& files = state_->files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].path == path) return static_cast<std::uint16_t>(i + 1);
  }
  if (files.size() >= 0xFFFF)
    throw Error(ErrorCode::limit_exceeded, "more than 65,535 input files");
  files.push_back({std::move(path), std::move(sha256), bytes, 0});
  return static_cast<std::uint16_t>(files.size());
}

std::uint16_t NetworkBuilder::source(SourceRecord record) {
  auto& sources = state_->sources;
  std::sort(record.details.begin(), record.details.end());
  const auto classes = schema().source_classes();
  if (!record.source_class.empty() && !classes.empty()) {
    if (const auto found = schema().find_source_class(record.source_class, record.details)) {
      record.source_class = classes[*found].id;
    } else {
      state_->error_at({}, 0, 0, "network-source-class",
                       fmt::format("the source {} is of no known class: {}",
                                   detail::shown(record.id), detail::shown(record.source_class)),
                       schema().source_class_help(record.source_class));
    }
  }
  if (const auto found = find_source(record.id)) {
    const SourceRecord& before = sources[*found];
    if (before.source_class != record.source_class || before.date != record.date ||
        before.ref != record.ref || before.details != record.details) {
      state_->error_at({}, 0, 0, "network-duplicate-source",
                       fmt::format("the source {} is described twice, and not in the same way",
                                   detail::shown(record.id)));
    }
    return *found;
  }
  if (const std::string_view fault = detail::bad_id(record.id, state_->limits.identifier_bytes);
      !fault.empty()) {
    state_->error_at({}, 0, 0, "network-bad-id",
                     fmt::format("the id {} {}", detail::shown(record.id), fault));
  }
  if (sources.size() > 0xFFFF) throw Error(ErrorCode::limit_exceeded, "more than 65,535 sources");
  const auto number = static_cast<std::uint16_t>(sources.size());
  state_->source_numbers.emplace(record.id, number);
  sources.push_back(std::move(record));
  return number;
}

std::optional<std::uint16_t> NetworkBuilder::find_source(std::string_view id) const noexcept {
  const auto found = state_->source_numbers.find(std::string(id));
  if (found == state_->source_numbers.end()) return std::nullopt;
  return found->second;
}

NodeDraft NetworkBuilder::node(KindId kind, std::string_view id, DraftOrigin origin,
                               std::uint16_t source) {
  return {kind, state_->add_node(kind, id, origin, source)};
}

EdgeDraft NetworkBuilder::edge(EdgeKindId kind, std::string_view from, std::string_view to,
                               DraftOrigin origin, std::uint16_t source, std::string_view id) {
  const std::uint32_t row = state_->add_edge(kind, origin, source, id);
  DraftTable& table = state_->edges[kind.index];
  state_->look_up(from, table.from, row);
  state_->look_up(to, table.to, row);
  return {kind, row};
}

EdgeDraft NetworkBuilder::edge(EdgeKindId kind, NodeDraft from, NodeDraft to, DraftOrigin origin,
                               std::uint16_t source, std::string_view id) {
  const DraftTable& from_table = table_of(*state_, from);
  const DraftTable& to_table = table_of(*state_, to);
  state_->flush();
  const std::uint32_t row = state_->add_edge(kind, origin, source, id);
  DraftTable& table = state_->edges[kind.index];
  table.from[row] = from_table.name[from.row];
  table.to[row] = to_table.name[to.row];
  return {kind, row};
}

void NetworkBuilder::set(NodeDraft node, AttributeId attribute, const Cell& cell,
                         std::uint16_t source, std::uint32_t line) {
  set_cell(*state_, node, attribute, cell, source, line);
}
void NetworkBuilder::set(EdgeDraft edge, AttributeId attribute, const Cell& cell,
                         std::uint16_t source, std::uint32_t line) {
  set_cell(*state_, edge, attribute, cell, source, line);
}
void NetworkBuilder::set(NodeDraft node, std::string_view attribute, const Cell& cell,
                         std::uint16_t source) {
  table_of(*state_, node);
  set_cell(*state_, node, attribute_named(schema().kind(node.kind), attribute), cell, source, 0);
}
void NetworkBuilder::set(EdgeDraft edge, std::string_view attribute, const Cell& cell,
                         std::uint16_t source) {
  table_of(*state_, edge);
  set_cell(*state_, edge, attribute_named(schema().edge(edge.kind), attribute), cell, source, 0);
}

void NetworkBuilder::set_boolean(NodeDraft node, AttributeId attribute, bool value) {
  set_typed(*state_, node, attribute, AttributeType::boolean,
            [&](RawCell& cell) { cell.low = value ? 1 : 0; });
}
void NetworkBuilder::set_boolean(EdgeDraft edge, AttributeId attribute, bool value) {
  set_typed(*state_, edge, attribute, AttributeType::boolean,
            [&](RawCell& cell) { cell.low = value ? 1 : 0; });
}
void NetworkBuilder::set_integer(NodeDraft node, AttributeId attribute, std::int64_t value) {
  set_typed(*state_, node, attribute, AttributeType::integer,
            [&](RawCell& cell) { cell.low = value; });
}
void NetworkBuilder::set_integer(EdgeDraft edge, AttributeId attribute, std::int64_t value) {
  set_typed(*state_, edge, attribute, AttributeType::integer,
            [&](RawCell& cell) { cell.low = value; });
}
void NetworkBuilder::set_number(NodeDraft node, AttributeId attribute, double value) {
  set_typed(*state_, node, attribute, AttributeType::number,
            [&](RawCell& cell) { cell.number = value; });
}
void NetworkBuilder::set_number(EdgeDraft edge, AttributeId attribute, double value) {
  set_typed(*state_, edge, attribute, AttributeType::number,
            [&](RawCell& cell) { cell.number = value; });
}
void NetworkBuilder::set_text(NodeDraft node, AttributeId attribute, std::string_view value) {
  set_text_cell(*state_, node, attribute, value);
}
void NetworkBuilder::set_text(EdgeDraft edge, AttributeId attribute, std::string_view value) {
  set_text_cell(*state_, edge, attribute, value);
}
void NetworkBuilder::set_date(NodeDraft node, AttributeId attribute, Date value) {
  set_typed(*state_, node, attribute, AttributeType::date,
            [&](RawCell& cell) { cell.low = value.days; });
}
void NetworkBuilder::set_date(EdgeDraft edge, AttributeId attribute, Date value) {
  set_typed(*state_, edge, attribute, AttributeType::date,
            [&](RawCell& cell) { cell.low = value.days; });
}
void NetworkBuilder::set_money(NodeDraft node, AttributeId attribute, Money value) {
  const auto fill = [&](RawCell& cell) {
    cell.low = value.minor;
    cell.currency = value.currency;
  };
  set_typed(*state_, node, attribute, AttributeType::money, fill);
}
void NetworkBuilder::set_money(EdgeDraft edge, AttributeId attribute, Money value) {
  const auto fill = [&](RawCell& cell) {
    cell.low = value.minor;
    cell.currency = value.currency;
  };
  set_typed(*state_, edge, attribute, AttributeType::money, fill);
}

void NetworkBuilder::also(NodeDraft node, std::uint16_t source, std::uint32_t line) {
  set_also(*state_, node, source, line);
}
void NetworkBuilder::also(EdgeDraft edge, std::uint16_t source, std::uint32_t line) {
  set_also(*state_, edge, source, line);
}

void NetworkBuilder::complete(std::string_view node, ListId list, DraftOrigin origin,
                              std::uint16_t source) {
  if (list.edge.index >= schema().edges().size()) bad_argument("no edge kind has this number");
  state_->add_completion(node, list, {}, origin, source);
}

std::size_t NetworkBuilder::node_count() const noexcept {
  return state_->node_rows;
}
std::size_t NetworkBuilder::edge_count() const noexcept {
  return state_->edge_rows;
}

Checked<Network> NetworkBuilder::build() {
  std::unique_ptr<State> state =
      std::exchange(state_, std::make_unique<State>(state_->schema, state_->limits));
  return detail::freeze(*state);
}

}  // namespace eraudit
