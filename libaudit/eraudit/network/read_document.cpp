// Native YAML and JSON.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/detail/reader.hpp"
#include "eraudit/network/identifier.hpp"

namespace eraudit::detail {
namespace {

template <class Items>
std::vector<std::string_view> names_of(const Items& items) {
  std::vector<std::string_view> names;
  for (const auto& item : items) names.emplace_back(item.name);
  return names;
}

/// Written as nothing at all: `Company:` with everything below it commented out.
bool nothing_written(DocumentNode node) {
  return node.is_null() && node.text().empty();
}

bool claims_list(DocumentNode node) {
  return node.is_list() && node.size() != 0 && node.at(0).is_map();
}

}  // namespace

std::span<const std::string_view> source_details() noexcept {
  static constexpr std::array<std::string_view, 14> names = {
      "chosen_by", "held_by", "interviewer", "language", "method", "note",  "of",
      "page",      "place",   "sample",      "separate", "sha256", "title", "url"};
  return names;
}

void NetworkReader::error(DocumentNode node, std::string_view id, std::string message,
                          std::string help) {
  state_.diagnostics.error(node.document().source(), node.span(), id, std::move(message),
                           std::move(help));
}

bool NetworkReader::is_map(DocumentNode node, std::string_view what) {
  if (node.is_map()) return true;
  if (!nothing_written(node)) {
    error(node, "network-shape", fmt::format("{} is a map, not {}", what, kind_of(node)));
  }
  return false;
}

bool NetworkReader::is_list(DocumentNode node, std::string_view what) {
  if (node.is_list()) return true;
  if (!nothing_written(node)) {
    error(node, "network-shape", fmt::format("{} is a list, not {}", what, kind_of(node)),
          "begin every item with `- `, or write the items between [ and ]");
  }
  return false;
}

void NetworkReader::read_document(DocumentNode root, bool whole) {
  const Source& source = root.document().source();
  file_ = register_file(source);
  lines_.emplace(source.text());
  read_sections(root, whole);
}

void NetworkReader::read_header(DocumentNode value) {
  if (value.is_scalar() && value.text() == "network/1") return;
  const bool later = value.is_scalar() && value.text().starts_with("network/");
  error(value, later ? "network-version" : "network-header",
        fmt::format("this file says it is {}, not 'network/1'",
                    value.is_scalar() ? shown(value.text()) : std::string(kind_of(value))),
        later ? "it was written for another version of eraudit" : "write `eraudit: network/1`");
}

void NetworkReader::read_sections(DocumentNode root, bool whole) {
  if (!root.is_map()) {
    error(root, "network-shape", fmt::format("a network is a map, not {}", kind_of(root)),
          "begin with `eraudit: network/1`");
    return;
  }
  constexpr std::string_view names[] = {"eraudit", "as_of", "sources",
                                        "nodes",   "edges", "complete"};
  std::optional<DocumentNode> sections[std::size(names)];
  for (std::size_t i = 0; i < root.size(); ++i) {
    const DocumentNode key = root.key(i);
    const auto* found = std::find(std::begin(names), std::end(names), key.text());
    if (found == std::end(names)) {
      std::string help = suggest(key.text(), names);
      if (state_.schema->find_kind(key.text())) help = "write node kinds under `nodes:`";
      if (state_.schema->find_edge(key.text())) help = "write edge kinds under `edges:`";
      error(key, "network-unknown-key", fmt::format("a network has no part {}", shown(key.text())),
            std::move(help));
      continue;
    }
    sections[found - std::begin(names)] = root.at(i);
  }
  if (sections[0]) {
    read_header(*sections[0]);
  } else if (whole) {
    error(root.size() != 0 ? root.key(0) : root, "network-header",
          "this file does not say that it is a network", "begin with `eraudit: network/1`");
  }
  if (sections[1]) {
    const DocumentNode as_of = *sections[1];
    const auto day = as_of.is_scalar() ? parse_date(as_of.text()) : std::nullopt;
    if (day) {
      builder_.as_of(*day);
    } else {
      error(as_of, "network-date",
            fmt::format("`as_of` takes a day, not {}",
                        as_of.is_scalar() ? shown(as_of.text()) : std::string(kind_of(as_of))),
            "write 2024-03-01");
    }
  }
  if (sections[2]) read_sources(*sections[2]);
  if (sections[3]) read_nodes(*sections[3]);
  if (sections[4]) read_edges(*sections[4]);
  if (sections[5]) read_completions(*sections[5]);
}

void NetworkReader::read_sources(DocumentNode map) {
  if (!is_map(map, "`sources`")) return;
  for (std::size_t i = 0; i < map.size(); ++i) {
    read_source(map.key(i).text(), map.key(i), map.at(i));
  }
}

void NetworkReader::read_source(std::string_view id, DocumentNode key, DocumentNode map) {
  SourceRecord record;
  record.id = id;
  if (const std::string_view fault = bad_id(id, limits_.identifier_bytes); !fault.empty()) {
    error(key, "network-bad-id", fmt::format("the id {} {}", shown(id), fault));
    return;
  }
  std::optional<DocumentNode> source_class;
  if (is_map(map, "a source")) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      const std::string_view name = map.key(i).text();
      const DocumentNode value = map.at(i);
      const auto details = source_details();
      const bool detail = std::find(details.begin(), details.end(), name) != details.end();
      if (!detail && name != "class" && name != "date" && name != "ref") {
        std::vector<std::string_view> names(details.begin(), details.end());
        names.insert(names.begin(), {"class", "date", "ref"});
        error(map.key(i), "network-unknown-key", fmt::format("a source has no {}", shown(name)),
              suggest(name, names));
      } else if (!value.is_scalar() || value.is_null()) {
        error(value, "network-shape",
              fmt::format("'{}' of a source takes a text, not {}", name, kind_of(value)));
      } else if (name == "class") {
        source_class = value;
        record.source_class = value.text();
      } else if (name == "date") {
        record.date = parse_date(value.text());
        if (!record.date) {
          error(value, "network-date",
                fmt::format("'date' of a source takes a day, not {}", shown(value.text())),
                "write 2024-03-01");
        }
      } else if (name == "ref") {
        record.ref = value.text();
      } else {
        record.details.emplace_back(name, value.text());
      }
    }
  }
  if (source_class && !state_.schema->source_classes().empty()) {
    std::sort(record.details.begin(), record.details.end());
    if (!state_.schema->find_source_class(record.source_class, record.details)) {
      error(*source_class, "network-source-class",
            fmt::format("no source is of the class {}", shown(record.source_class)),
            state_.schema->source_class_help(record.source_class));
      record.source_class.clear();
    }
  }
  builder_.source(std::move(record));
}

std::vector<std::string_view> NetworkReader::source_names() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 1; i < state_.sources.size(); ++i) names.emplace_back(state_.sources[i].id);
  return names;
}

std::optional<std::uint16_t> NetworkReader::source_named(DocumentNode node) {
  if (!node.is_scalar() || node.is_null()) {
    error(node, "network-shape",
          fmt::format("`source` takes the id of a source, not {}", kind_of(node)));
    return std::nullopt;
  }
  const auto found = builder_.find_source(node.text());
  if (!found) {
    const auto names = source_names();
    error(node, "network-unknown-source",
          fmt::format("no source has the id {}", shown(node.text())),
          names.empty() ? "describe it under `sources:`" : suggest(node.text(), names));
  }
  return found;
}

std::vector<std::uint16_t> NetworkReader::row_sources(DocumentNode record) {
  std::vector<std::uint16_t> sources;
  const auto given = record.find("source");
  if (!given) return {0};
  const auto add = [&](DocumentNode node) {
    if (const auto source = source_named(node)) sources.push_back(*source);
  };
  if (given->is_list()) {
    for (std::size_t i = 0; i < given->size(); ++i) add(given->at(i));
  } else {
    add(*given);
  }
  if (sources.empty()) sources.push_back(0);
  return sources;
}

void NetworkReader::read_nodes(DocumentNode map) {
  if (!is_map(map, "`nodes`")) return;
  const auto kinds = state_.schema->kinds();
  for (std::size_t k = 0; k < map.size(); ++k) {
    const DocumentNode name = map.key(k);
    const auto kind = state_.schema->find_kind(name.text());
    if (!kind) {
      error(name, "network-unknown-kind",
            fmt::format("no node kind is called {}", shown(name.text())),
            suggest(name.text(), names_of(kinds)));
      continue;
    }
    const DocumentNode records = map.at(k);
    if (!is_map(records, fmt::format("`{}`", name.text()))) continue;
    DraftTable& table = state_.nodes[kind->index];
    std::vector<DocumentNode> keys;
    keys.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) keys.push_back(records.key(i));
    locator_.add_document_rows(locator_.table(*kind), table.rows, std::move(keys));
    for (std::size_t i = 0; i < records.size(); ++i) {
      const DocumentNode id = records.key(i);
      const DocumentNode record = records.at(i);
      const std::uint32_t line = lines_->line(id.span().offset);
      const bool sound = is_map(record, "a node");
      const std::vector<std::uint16_t> sources =
          sound ? row_sources(record) : std::vector<std::uint16_t>{0};
      const NodeDraft draft = builder_.node(*kind, id.text(), {file_, line}, sources.front());
      for (std::size_t s = 1; s < sources.size(); ++s) builder_.also(draft, sources[s], line);
      if (!sound) continue;
      read_attributes(kinds[kind->index].attributes, kinds[kind->index].shares, table, draft.row,
                      line, record, sources, *kind);
    }
  }
}

void NetworkReader::read_edges(DocumentNode map) {
  if (!is_map(map, "`edges`")) return;
  for (std::size_t k = 0; k < map.size(); ++k) {
    const DocumentNode name = map.key(k);
    const auto kind = state_.schema->find_edge(name.text());
    if (!kind) {
      error(name, "network-unknown-edge",
            fmt::format("no edge kind is called {}", shown(name.text())),
            suggest(name.text(), names_of(state_.schema->edges())));
      continue;
    }
    const DocumentNode records = map.at(k);
    if (!is_list(records, fmt::format("`{}`", name.text()))) continue;
    for (std::size_t i = 0; i < records.size(); ++i) read_edge(*kind, records.at(i));
  }
}

void NetworkReader::read_edge(EdgeKindId kind, DocumentNode record) {
  const EdgeKind& about = state_.schema->edge(kind);
  if (!record.is_map()) {
    error(record, "network-shape",
          fmt::format("an edge is a map with `from` and `to`, not {}", kind_of(record)));
    return;
  }
  std::optional<DocumentNode> ends[2];
  bool sound = true;
  for (const std::size_t end : {std::size_t{0}, std::size_t{1}}) {
    const std::string_view side = end == 0 ? "from" : "to";
    ends[end] = record.find(side);
    if (!ends[end]) {
      error(record, "network-missing-end",
            fmt::format("an edge of {} needs `{}`", about.name, side), "write the id of a node");
      sound = false;
    } else if (!ends[end]->is_scalar() || ends[end]->is_null()) {
      error(*ends[end], "network-shape",
            fmt::format("`{}` takes the id of a node, not {}", side, kind_of(*ends[end])),
            ends[end]->is_list() ? "write one edge for each" : std::string());
      sound = false;
    }
  }
  const auto own = record.find("id");
  if (own && (!own->is_scalar() || own->is_null() || own->text().empty())) {
    error(*own, "network-shape", "`id` of an edge takes a text");
    sound = false;
  }
  DraftTable& table = state_.edges[kind.index];
  const std::uint32_t line = lines_->line(record.span().offset);
  if (!sound) return;
  const std::vector<std::uint16_t> sources = row_sources(record);
  locator_.add_document_rows(locator_.table(kind), table.rows, {record});
  const EdgeDraft draft = builder_.edge(kind, ends[0]->text(), ends[1]->text(), {file_, line},
                                        sources.front(), own ? own->text() : std::string_view());
  for (std::size_t s = 1; s < sources.size(); ++s) builder_.also(draft, sources[s], line);
  read_attributes(about.attributes, about.shares, table, draft.row, line, record, sources, {});
}

void NetworkReader::read_attributes(std::span<const Attribute> attributes,
                                    std::span<const Share> shares, DraftTable& table,
                                    std::uint32_t row, std::uint32_t line, DocumentNode record,
                                    const std::vector<std::uint16_t>& sources,
                                    std::optional<KindId> node_kind) {
  std::size_t expected = 0;  // records of one table mostly have their keys in one order
  for (std::size_t i = 0; i < record.size(); ++i) {
    const std::string_view name = record.key(i).text();
    const DocumentNode value = record.at(i);
    if (name == "source" || (!node_kind && (name == "from" || name == "to" || name == "id")))
      continue;
    std::size_t at = expected;
    std::size_t tried = 0;
    while (tried < attributes.size() && attributes[at % attributes.size()].name != name) {
      ++at;
      ++tried;
    }
    if (tried < attributes.size()) {
      const AttributeId attribute{static_cast<std::uint16_t>(at % attributes.size())};
      expected = attribute.index + 1u;
      const auto read = [&](DocumentNode said, const std::uint16_t* source) {
        read_value(table, row, attribute, said, line, source);
      };
      if (claims_list(value)) {
        read_claims(value, sources, read);
      } else {
        read(value, nullptr);
      }
      continue;
    }
    const auto share = std::find_if(shares.begin(), shares.end(),
                                    [&](const Share& other) { return other.name == name; });
    if (share != shares.end()) {
      const auto read = [&](DocumentNode said, const std::uint16_t* source) {
        read_share(*share, table, row, said, line, source);
      };
      if (claims_list(value)) {
        read_claims(value, sources, read);
      } else {
        read(value, nullptr);
      }
      continue;
    }
    std::vector<std::string_view> names = names_of(attributes);
    for (const Share& other : shares) names.emplace_back(other.name);
    names.emplace_back("source");
    if (!node_kind) names.insert(names.end(), {"from", "to", "id"});
    const std::string owner =
        node_kind ? state_.schema->kind(*node_kind).name : std::string("this edge");
    std::string help = suggest(name, names);
    if (node_kind) {
      if (const auto list = state_.schema->find_list(*node_kind, name)) {
        help = fmt::format("'{}' are edges: write them under `edges: {{{}: [...]}}`", name,
                           state_.schema->edge(list->list.edge).name);
      }
    }
    error(record.key(i), "network-unknown-attribute",
          fmt::format("{} has no attribute {}", owner, shown(name)), std::move(help));
  }
}

template <class Read>
void NetworkReader::read_claims(DocumentNode list, const std::vector<std::uint16_t>& row_sources,
                                const Read& read) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const DocumentNode claim = list.at(i);
    if (!claim.is_map()) {
      error(claim, "network-shape",
            fmt::format("a claim is a map with `value`, not {}", kind_of(claim)));
      continue;
    }
    constexpr std::string_view names[] = {"value", "source"};
    std::optional<DocumentNode> parts[2];
    for (std::size_t k = 0; k < claim.size(); ++k) {
      const auto* found = std::find(std::begin(names), std::end(names), claim.key(k).text());
      if (found != std::end(names)) {
        parts[found - std::begin(names)] = claim.at(k);
        continue;
      }
      const bool of_source = claim.key(k).text() == "class" || claim.key(k).text() == "date" ||
                             claim.key(k).text() == "ref";
      error(claim.key(k), "network-unknown-key",
            fmt::format("a claim has no {}", shown(claim.key(k).text())),
            of_source ? "say that of the source, under `sources:`"
                      : suggest(claim.key(k).text(), names));
    }
    if (!parts[0]) {
      error(claim, "network-missing-value", "a claim needs `value`",
            "write `{value: .., source: ..}`");
      continue;
    }
    if (!parts[1]) {
      for (const std::uint16_t source : row_sources) read(*parts[0], &source);
    } else if (parts[1]->is_null() && !parts[1]->text().empty()) {
      const std::uint16_t nobody = 0;
      read(*parts[0], &nobody);
    } else if (const auto source = source_named(*parts[1])) {
      read(*parts[0], &*source);
    }
  }
}

// Without a source of its own the value is said by the sources of the row.
void NetworkReader::put(DraftTable& table, std::uint32_t row, AttributeId attribute,
                        std::uint32_t line, const std::uint16_t* source) {
  if (cell_.state == CellState::unknown) return;
  if (source == nullptr) {
    state_.put(table, row, attribute, cell_, 0, file_, line);
  } else {
    state_.put_beside(table, row, attribute, cell_, *source, file_, line);
  }
}

void NetworkReader::read_value(DraftTable& table, std::uint32_t row, AttributeId attribute,
                               DocumentNode value, std::uint32_t line,
                               const std::uint16_t* source) {
  if (!parse_cell(table.attributes[attribute.index], value, cell_, state_.diagnostics)) return;
  put(table, row, attribute, source != nullptr ? lines_->line(value.span().offset) : line, source);
}

void NetworkReader::read_share(const Share& share, DraftTable& table, std::uint32_t row,
                               DocumentNode value, std::uint32_t line,
                               const std::uint16_t* source) {
  CellProblem problem;
  cell_.clear();
  second_.clear();
  if (value.is_map()) {
    bool sound = true;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string_view name = value.key(i).text();
      const std::string_view names[] = {share.part_key, share.whole_key};
      if (name != names[0] && name != names[1]) {
        error(value.key(i), "network-unknown-key",
              fmt::format("'{}' has no part {}", share.name, shown(name)), suggest(name, names));
        sound = false;
        continue;
      }
      const bool part = name == names[0];
      const Attribute& about = table.attributes[(part ? share.part : share.whole).index];
      sound = parse_cell(about, value.at(i), part ? cell_ : second_, state_.diagnostics) && sound;
    }
    if (!sound) return;
  } else if (!value.is_scalar() || value.is_null()) {
    error(value, "network-shape",
          fmt::format("'{}' takes a share, not {}", share.name, kind_of(value)),
          fmt::format("write `11 of 12` or `{{{}: 11, {}: 12}}`", share.part_key, share.whole_key));
    return;
  } else if (!parse_share(share, table.attributes, value.text(), cell_, second_, problem)) {
    error(value, problem.id, std::move(problem.message), std::move(problem.help));
    return;
  }
  if (!fits(cell_, second_)) {
    error(value, "network-share", fmt::format("'{}': a part is more than its whole", share.name));
    return;
  }
  put(table, row, share.part, line, source);
  std::swap(cell_, second_);
  put(table, row, share.whole, line, source);
}

void NetworkReader::read_completions(DocumentNode list) {
  if (!is_list(list, "`complete`")) return;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const DocumentNode record = list.at(i);
    if (!record.is_map()) {
      error(record, "network-shape",
            fmt::format("a statement of completeness is a map, not {}", kind_of(record)),
            "write `{node: .., list: ..}`");
      continue;
    }
    constexpr std::string_view names[] = {"node", "list", "source"};
    std::optional<DocumentNode> parts[3];
    bool sound = true;
    for (std::size_t k = 0; k < record.size(); ++k) {
      const auto* found = std::find(std::begin(names), std::end(names), record.key(k).text());
      if (found == std::end(names)) {
        error(record.key(k), "network-unknown-key",
              fmt::format("a statement of completeness has no {}", shown(record.key(k).text())),
              suggest(record.key(k).text(), names));
        sound = false;
      } else {
        parts[found - std::begin(names)] = record.at(k);
      }
    }
    for (const std::size_t part : {std::size_t{0}, std::size_t{1}}) {
      if (parts[part] && parts[part]->is_scalar() && !parts[part]->is_null()) continue;
      error(parts[part] ? *parts[part] : record, "network-shape",
            fmt::format("a statement of completeness needs `{}`, a text", names[part]),
            "write `{node: .., list: ..}`");
      sound = false;
    }
    std::uint16_t source = 0;
    if (parts[2]) {
      const auto found = source_named(*parts[2]);
      sound = sound && found;
      source = found.value_or(std::uint16_t{0});
    }
    if (!sound) continue;
    locator_.add_document_rows(locator_.completions(),
                               static_cast<std::uint32_t>(state_.completions.size()), {record});
    state_.add_completion(parts[0]->text(), std::nullopt, std::string(parts[1]->text()),
                          {file_, lines_->line(record.span().offset)}, source);
  }
}

bool parse_share(const Share& share, std::span<const Attribute> attributes, std::string_view text,
                 RawCell& part, RawCell& whole, CellProblem& problem) {
  const std::size_t of = text.find(" of ");
  if (of == std::string_view::npos) {
    problem = {"network-share", fmt::format("'{}' takes a share, not {}", share.name, shown(text)),
               fmt::format("write `11 of 12`, or '{}' and '{}' one by one",
                           attributes[share.part.index].name, attributes[share.whole.index].name)};
    return false;
  }
  const auto read = [&](AttributeId attribute, std::string_view number, RawCell& out) {
    while (number.starts_with(' ')) number.remove_prefix(1);
    while (number.ends_with(' ')) number.remove_suffix(1);
    if (number == "?") {
      out.clear();
      return true;
    }
    return parse_cell(attributes[attribute.index], number, true, out, problem);
  };
  return read(share.part, text.substr(0, of), part) &&
         read(share.whole, text.substr(of + 4), whole);
}

bool fits(const RawCell& part, const RawCell& whole) noexcept {
  const auto known = [](const RawCell& cell) {
    return cell.state == CellState::known || cell.state == CellState::range;
  };
  if (!known(part) || !known(whole)) return true;
  return part.low <= (whole.state == CellState::range ? whole.high : whole.low);
}

}  // namespace eraudit::detail
