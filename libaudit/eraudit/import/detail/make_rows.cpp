// What a row makes: nodes, edges, statements of completeness.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/row_maker.hpp"
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

}  // namespace

bool RowMaker::holds(Use<TruthOutcome>& use, ImportReport::Made& made, std::string_view& why) {
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

void RowMaker::make_node(std::size_t index) {
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
        if (use.spelled)
          run_.note_spelling(use.mapping->kind, out.id, shown_cells(use.mapping->id.columns));
      } else {
        count(use.made.not_made, out.why);
      }
      return;
    }
  }
  out = RowNode{};
  const std::uint64_t refused = run_.refused;
  if (holds(use.when, use.made, out.why)) find_id(use, out);
  std::optional<std::uint16_t> source;
  if (out.made) {
    source = source_of(use.source, use.mapping->handle);
    out.made = source.has_value();
    if (!source) out.why = failed;
  }
  if (out.made) {
    ++use.made.rows;
    out.draft = run_.builder.node(use.mapping->kind, out.id, {origin_.file, row_->line}, *source);
    set_attributes(use.attributes, out.draft);
    if (use.gathers) {
      out.gathered = run_.gathered_node(*use.mapping, *source, out.id, out.draft);
      gather_attributes(use.attributes, out.gathered);
    }
    if (use.spelled)
      run_.note_spelling(use.mapping->kind, out.id, shown_cells(use.mapping->id.columns));
  } else {
    count(use.made.not_made, out.why);
  }
  // What was refused is to be counted, or reported, in every row that says it.
  if (numbered && refused == run_.refused && seen.size() < rows_remembered)
    seen.emplace(codes_, out);
}

void RowMaker::find_id(NodeUse& use, RowNode& out) {
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

bool RowMaker::check_id(const Expression& expression, const std::string& entry,
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
  const std::string_view fault = bad_id(id.id, run_.options.limits.identifier_bytes);
  if (fault.empty()) return true;
  cell_error(
      expression.columns, "import-bad-id",
      fmt::format("{}: the id{} {}", entry, person ? std::string() : " " + in_quotes(id.id), fault),
      "slug(...) or normal_name(...) make an id of any name");
  return false;
}

std::optional<std::uint16_t> RowMaker::source_of(const SourceUse& use, const std::string& entry) {
  if (!use.column) return use.fixed;
  const CellText& cell = *cells_[*use.column].cell;
  if (cell.state != CellText::State::text) return use.fixed;
  if (const auto found = run_.find_source(cell.text)) return found;
  std::vector<std::string_view> known;
  for (const SourceRecord& source : run_.state.sources) {
    known.push_back(source.id);
    if (!source.ref.empty()) known.push_back(source.ref);
  }
  cell_error({&*use.column, 1}, "import-unknown-source",
             fmt::format("{}: {} is no source of the mapping", entry, in_quotes(cell.text)),
             suggest(cell.text, known));
  return std::nullopt;
}

void RowMaker::make_edge(EdgeUse& use) {
  const EdgeMapping& mapping = *use.mapping;
  const auto not_made = [&](std::string_view why) { count(use.made.not_made, why); };
  for (const std::uint16_t end : {mapping.from, mapping.to}) {
    if (!row_nodes_[end].made) {
      return not_made(fmt::format("no {} in this row", table_.nodes[end].handle));
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
  if (splits_ && !use.differs) {
    // The parts of a cell do not make anew what they do not differ in.
    const std::pair<std::uint32_t, std::uint32_t> ends(row_nodes_[mapping.from].draft.row,
                                                       row_nodes_[mapping.to].draft.row);
    if (std::find(use.made_in_row.begin(), use.made_in_row.end(), ends) != use.made_in_row.end()) {
      return;
    }
    use.made_in_row.push_back(ends);
  }
  const auto source = source_of(use.source, mapping.label);
  if (!source) return not_made(failed);
  const EdgeDraft draft =
      run_.builder.edge(mapping.kind, row_nodes_[mapping.from].draft, row_nodes_[mapping.to].draft,
                        {origin_.file, row_->line}, *source, own_id);
  set_attributes(use.attributes, draft);
  ++use.made.rows;
}

void RowMaker::make_completion(CompletionUse& use) {
  const CompletionMapping& mapping = *use.mapping;
  const RowNode& node = row_nodes_[mapping.node];
  std::string_view why;
  if (!node.made) {
    count(use.made.not_made, fmt::format("no {} in this row", table_.nodes[mapping.node].handle));
    return;
  }
  if (!holds(use.when, use.made, why)) {
    count(use.made.not_made, why);
    return;
  }
  const auto source = source_of(use.source, mapping.label);
  if (!source) return count(use.made.not_made, failed);
  run_.builder.complete(node.id, mapping.list, {origin_.file, row_->line}, *source);
  ++use.made.rows;
}

template <class Draft>
void RowMaker::set_attributes(std::vector<AttributeUse>& uses, Draft draft) {
  for (AttributeUse& use : uses) {
    if (use.mapping->many != Many::claims) continue;
    const CellOutcome* read = outcome(use);
    if (read != nullptr) run_.builder.set(draft, use.mapping->attribute, read->cell, 0, row_->line);
  }
}

void RowMaker::gather_attributes(std::vector<AttributeUse>& uses, NodeDraft draft) {
  for (AttributeUse& use : uses) {
    if (use.mapping->many == Many::claims) continue;
    if (const CellOutcome* read = outcome(use))
      run_.gather(*use.mapping, *use.attribute, read->cell, draft);
  }
}

const CellOutcome* RowMaker::outcome(AttributeUse& use) {
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

const CellOutcome& RowMaker::mapped(AttributeUse& use) {
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

void RowMaker::refuse(AttributeUse& use, const CellOutcome& outcome) {
  ++run_.refused;
  const AttributeMapping& mapping = *use.mapping;
  std::vector<std::uint16_t> columns;
  if (mapping.value) columns = mapping.value->columns;
  if (mapping.map) columns.push_back(mapping.map->column);
  if (!mapping.otherwise_unknown) {
    cell_error(columns, "import-value", fmt::format("{}: {}", mapping.path, outcome.error),
               outcome.help);
    return;
  }
  run_.note_unreadable(mapping.path, shown_cells(columns), origin_.name, row_->line);
}

}  // namespace eraudit::detail
