// What a row makes: nodes, edges, statements of completeness.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/table_import.hpp"
#include "eraudit/import/detail/text_forms.hpp"
#include "eraudit/network/identifier.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view when_false = "when is false";
constexpr std::string_view when_unknown = "when is not known";
constexpr std::string_view id_unknown = "its id is not known";
constexpr std::string_view failed = "an expression failed";

/// Beyond so many unlike rows, what a row makes is not looked up any more.
constexpr std::size_t rows_remembered = 1'000'000;
constexpr std::size_t spelled_ids_kept = 1'000'000;

}  // namespace

bool TableImport::holds(Use<TruthOutcome>& use, ImportReport::Made& made, std::string_view& why) {
  if (use.expression == nullptr) return true;
  const TruthOutcome& outcome = evaluator_->truth(use);
  if (!outcome.error.empty()) {
    const bool person = reads_person(*use.expression);
    cell_error(use.expression->columns, "import-condition",
               fmt::format("{}: when: {}", made.entry,
                           person ? std::string("cannot be computed") : outcome.error),
               {});
    why = failed;
    return false;
  }
  if (outcome.truth == Truth::yes) return true;
  why = outcome.truth == Truth::no ? when_false : when_unknown;
  return false;
}

void TableImport::make_node(std::size_t index) {
  NodeUse& use = nodes_[index];
  RowNode& out = row_nodes_[index];
  auto& seen = seen_[index];
  bool numbered = use.repeats;
  if (numbered) {
    codes_.clear();
    for (const std::uint16_t column : use.reads) {
      codes_.push_back(cells_[column].code);
      numbered = numbered && cells_[column].code != no_code;
    }
  }
  if (numbered) {
    if (const auto found = seen.find(codes_); found != seen.end()) {
      out = found->second;
      if (out.made) {
        ++use.made.rows;
        if (use.gathers) gather_attributes(use.attributes, out.gathered);
        if (use.spelled) note_spelling(use, out.id);
      } else {
        count_row(use.made.not_made, out.why, source_->name(), line_);
      }
      return;
    }
  }
  out = RowNode{};
  const std::uint64_t refused = refused_;
  if (holds(use.when, use.made, out.why)) find_id(use, out);
  if (out.made) {
    ++use.made.rows;
    out.draft = builder_.node(use.mapping->kind, out.id, {file_, line_}, use.source);
    set_attributes(use.attributes, out.draft);
    if (use.gathers) {
      out.gathered = gathered_node(use, out);
      gather_attributes(use.attributes, out.gathered);
    }
    if (use.spelled) note_spelling(use, out.id);
  } else {
    count_row(use.made.not_made, out.why, source_->name(), line_);
  }
  // What was refused is to be counted, or reported, in every row that says it.
  if (numbered && refused == refused_ && seen.size() < rows_remembered) seen.emplace(codes_, out);
}

void TableImport::find_id(NodeUse& use, RowNode& out) {
  const IdOutcome& id = evaluator_->id(use.id);
  if (id.error.empty() && !id.known) {
    out.why = id_unknown;
  } else if (check_id(*use.id.expression, use.mapping->handle, id)) {
    out.made = true;
    out.id = id.id;
  } else {
    out.why = failed;
  }
}

bool TableImport::check_id(const Expression& expression, const std::string& entry,
                           const IdOutcome& id) {
  const bool person = reads_person(expression);
  if (!id.error.empty()) {
    cell_error(
        expression.columns, "import-id",
        fmt::format("{}: id: {}", entry, person ? std::string("cannot be computed") : id.error),
        {});
    return false;
  }
  if (id.id.empty()) {
    const std::string text = shown_cells(expression.columns);
    cell_error(expression.columns, "import-empty-id",
               fmt::format("{}: nothing is left of {} as an id", entry,
                           text.empty() ? std::string("this") : in_quotes(text)),
               "if this text says nothing, list it under `fillers`");
    return false;
  }
  const std::string_view fault = bad_id(id.id, options_.limits.identifier_bytes);
  if (fault.empty()) return true;
  cell_error(
      expression.columns, "import-bad-id",
      fmt::format("{}: the id{} {}", entry, person ? std::string() : " " + in_quotes(id.id), fault),
      "slug(...) or normal_name(...) make an id of any name");
  return false;
}

NodeDraft TableImport::gathered_node(const NodeUse& use, const RowNode& node) {
  std::string key = node.id;
  key += '\0';
  key += std::to_string(use.source);
  return gathered_[use.mapping->kind.index].emplace(std::move(key), node.draft).first->second;
}

void TableImport::note_spelling(const NodeUse& use, const std::string& id) {
  const auto key = std::make_pair(use.mapping->kind.index, id);
  auto found = spellings_.find(key);
  if (found == spellings_.end()) {
    if (spellings_.size() >= spelled_ids_kept) return;
    found = spellings_.emplace(key, std::map<std::string, std::uint64_t>()).first;
  }
  ++found->second[shown_cells(use.mapping->id.columns)];
}

void TableImport::make_edge(EdgeUse& use) {
  const EdgeMapping& mapping = *use.mapping;
  const auto not_made = [&](std::string_view why) {
    count_row(use.made.not_made, why, source_->name(), line_);
  };
  for (const std::uint16_t end : {mapping.from, mapping.to}) {
    if (!row_nodes_[end].made) {
      return not_made(fmt::format("no {} in this row", state_.nodes[end].handle));
    }
  }
  std::string_view why;
  if (!holds(use.when, use.made, why)) return not_made(why);
  std::string_view own_id;
  if (use.id.expression != nullptr) {
    const IdOutcome& id = evaluator_->id(use.id);
    const bool said = !id.error.empty() || id.known;
    if (said && !check_id(*use.id.expression, mapping.label, id)) return not_made(failed);
    if (id.known) own_id = id.id;
  }
  const EdgeDraft draft =
      builder_.edge(mapping.kind, row_nodes_[mapping.from].draft, row_nodes_[mapping.to].draft,
                    {file_, line_}, use.source, own_id);
  set_attributes(use.attributes, draft);
  ++use.made.rows;
}

void TableImport::make_completion(CompletionUse& use) {
  const CompletionMapping& mapping = *use.mapping;
  const RowNode& node = row_nodes_[mapping.node];
  std::string_view why;
  if (!node.made) {
    count_row(use.made.not_made,
              fmt::format("no {} in this row", state_.nodes[mapping.node].handle), source_->name(),
              line_);
    return;
  }
  if (!holds(use.when, use.made, why)) {
    count_row(use.made.not_made, why, source_->name(), line_);
    return;
  }
  builder_.complete(node.id, mapping.list, {file_, line_}, use.source);
  ++use.made.rows;
}

template <class Draft>
void TableImport::set_attributes(std::vector<AttributeUse>& uses, Draft draft) {
  for (AttributeUse& use : uses) {
    if (use.mapping->many != Many::claims) continue;
    const CellOutcome* read = outcome(use);
    if (read != nullptr) builder_.set(draft, use.mapping->attribute, read->cell, 0, line_);
  }
}

void TableImport::gather_attributes(std::vector<AttributeUse>& uses, NodeDraft draft) {
  for (AttributeUse& use : uses) {
    if (use.mapping->many == Many::claims) continue;
    if (const CellOutcome* read = outcome(use)) gather(use, read->cell, draft);
  }
}

const CellOutcome* TableImport::outcome(AttributeUse& use) {
  const AttributeMapping& mapping = *use.mapping;
  if (mapping.constant) {
    if (!use.use.constant) use.use.constant = CellOutcome{*mapping.constant, {}, {}};
    return &*use.use.constant;
  }
  const CellOutcome& read = mapping.map ? mapped(use) : evaluator_->cell(use.use, *use.attribute);
  if (read.error.empty()) return &read;
  refuse(use, read);
  return nullptr;
}

const CellOutcome& TableImport::mapped(AttributeUse& use) {
  const ValueMap& map = *use.mapping->map;
  CellOutcome& out = use.use.scratch;
  out = CellOutcome{};
  const CellText& cell = *cells_[map.column].cell;
  if (cell.state == CellText::State::absent) return out = to_cell(*use.attribute, Value::null());
  if (cell.state != CellText::State::text) return out;
  const std::string text = folded(cell.text);
  const auto found = std::lower_bound(
      map.values.begin(), map.values.end(), text,
      [](const auto& entry, const std::string& wanted) { return entry.first < wanted; });
  if (found != map.values.end() && found->first == text) {
    out.cell = found->second;
  } else {
    out.error = fmt::format("{} is not among the texts of its map", in_quotes(cell.text));
    out.help = "add it under `values`, or say otherwise: unknown";
  }
  return out;
}

void TableImport::refuse(AttributeUse& use, const CellOutcome& outcome) {
  ++refused_;
  const AttributeMapping& mapping = *use.mapping;
  std::vector<std::uint16_t> columns;
  if (mapping.value) columns = mapping.value->columns;
  if (mapping.map) columns.push_back(mapping.map->column);
  if (!mapping.otherwise_unknown) {
    cell_error(columns, "import-value", fmt::format("{}: {}", mapping.path, outcome.error),
               outcome.help);
    return;
  }
  const std::string text = shown_cells(columns);
  auto& entry = unreadable_[{mapping.path, text}];
  if (entry.count++ == 0) {
    entry.attribute = mapping.path;
    entry.value = text;
  }
  if (entry.examples.size() < examples_kept) entry.examples.push_back({source_->name(), line_});
}

void TableImport::gather(const AttributeUse& use, const Cell& cell, NodeDraft draft) {
  if (cell.state == CellState::unknown) return;
  auto& said = tallies_[{draft.kind.index, draft.row}][use.mapping->attribute.index];
  const auto add = [&](const std::string& text, const Cell& one) {
    auto& entry = said[text];
    if (entry.second++ == 0) entry.first = one;
  };
  if (use.mapping->many == Many::most_frequent) return add(to_text(cell, *use.attribute), cell);
  const auto* items = std::get_if<std::vector<std::string>>(&cell.low);
  if (cell.state != CellState::known || items == nullptr) return;
  for (const std::string& item : *items) add(item, Cell::of(item));
}

void TableImport::set_gathered() {
  for (const auto& [node, said] : tallies_) {
    const NodeDraft draft{KindId{node.first}, node.second};
    std::map<std::uint16_t, std::string> chosen;
    for (const Many many : {Many::most_frequent, Many::all}) {
      std::set<std::uint16_t> done;
      for (const NodeMapping& mapping : state_.nodes) {
        if (mapping.kind != draft.kind) continue;
        for (const AttributeMapping& attribute : mapping.attributes) {
          const auto found = said.find(attribute.attribute.index);
          if (attribute.many != many || found == said.end()) continue;
          if (!done.insert(attribute.attribute.index).second) continue;
          if (many == Many::most_frequent) {
            set_most_frequent(draft, attribute, found->second, chosen[attribute.attribute.index]);
          } else {
            set_all(draft, attribute, found->second, chosen);
          }
        }
      }
    }
  }
}

void TableImport::set_most_frequent(NodeDraft draft, const AttributeMapping& attribute,
                                    const Tally& said, std::string& chosen) {
  // Of equals the first by text: the order of rows never shows.
  const auto most = std::max_element(said.begin(), said.end(), [](const auto& a, const auto& b) {
    return a.second.second < b.second.second;
  });
  builder_.set(draft, attribute.attribute, most->second.first);
  const auto* text = std::get_if<std::string>(&most->second.first.low);
  chosen = text != nullptr ? *text : most->first;
}

void TableImport::set_all(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
                          const std::map<std::uint16_t, std::string>& chosen) {
  std::vector<std::string> items;
  for (const auto& [text, entry] : said) {
    const auto other = attribute.except ? chosen.find(attribute.except->index) : chosen.end();
    if (other == chosen.end() || other->second != text) items.push_back(text);
  }
  if (!items.empty()) builder_.set(draft, attribute.attribute, Cell::of(std::move(items)));
}

void TableImport::finish_report(const Network& network) {
  report_.mapping = mapping_.file();
  report_.mapping_sha256 = mapping_.sha256();
  report_columns();
  report_spellings();
  for (auto& [key, entry] : unreadable_) report_.unreadable.push_back(std::move(entry));
  for (NodeUse& use : nodes_) report_.nodes_made.push_back(std::move(use.made));
  for (EdgeUse& use : edges_) report_.edges_made.push_back(std::move(use.made));
  for (CompletionUse& use : completions_) report_.completions_made.push_back(std::move(use.made));
  const Schema& schema = network.schema();
  for (std::size_t k = 0; k < schema.kinds().size(); ++k) {
    const std::size_t count = network.nodes(KindId{static_cast<std::uint16_t>(k)}).size();
    if (count != 0) report_.node_counts.emplace_back(schema.kinds()[k].name, count);
  }
  std::map<std::uint16_t, std::uint64_t> edges;
  for (const EdgeTable& table : network.tables()) edges[table.kind.index] += table.size();
  for (const auto& [kind, count] : edges) {
    report_.edge_counts.emplace_back(schema.edge(EdgeKindId{kind}).name, count);
  }
  report_.nodes = network.node_count();
  report_.edges = network.edge_count();
}

void TableImport::report_columns() {
  for (const ColumnTexts& texts : columns_) {
    const ColumnMapping& column = texts.column();
    ImportReport::Column out;
    out.name = column.name;
    if (column.person == Person::drop) out.person = "drop";
    if (column.person == Person::key_only) out.person = "key_only";
    out.filled = texts.filled();
    out.empty = texts.empty();
    std::map<std::string, std::uint64_t> fillers;
    std::map<std::string, std::uint64_t> absent;
    std::map<std::string, std::uint64_t> suspicious;
    for (const CellText& cell : texts.texts()) {
      if (cell.state == CellText::State::filler) fillers[cell.text] += cell.count;
      if (cell.state == CellText::State::absent) absent[cell.text] += cell.count;
      if (cell.suspicious) suspicious[cell.text] += cell.count;
    }
    out.fillers.assign(fillers.begin(), fillers.end());
    out.absent.assign(absent.begin(), absent.end());
    out.suspicious.assign(suspicious.begin(), suspicious.end());
    report_.columns.push_back(std::move(out));
  }
}

void TableImport::report_spellings() {
  for (const auto& [key, texts] : spellings_) {
    ++report_.spelled_ids;
    report_.spelling_count += texts.size();
    if (texts.size() < 2) continue;
    ImportReport::Spellings out;
    out.kind = state_.schema->kind(KindId{key.first}).name;
    out.id = key.second;
    out.texts.assign(texts.begin(), texts.end());
    std::stable_sort(out.texts.begin(), out.texts.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    report_.spellings.push_back(std::move(out));
  }
}

}  // namespace eraudit::detail
