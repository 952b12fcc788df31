#include "eraudit/import/detail/row_maker.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "eraudit/core/text.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/row_groups.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

const TableCell empty_cell{};

/// The texts of a cell, between any of the signs, trimmed; what is empty is left out.
std::vector<std::string_view> parts_of(std::string_view text,
                                       const std::vector<std::string>& signs) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    if (!part.empty()) out.push_back(part);
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto sign = std::find_if(signs.begin(), signs.end(), [&](const std::string& one) {
      return text.substr(at).starts_with(one);
    });
    if (sign == signs.end()) {
      ++at;
      continue;
    }
    add(at);
    at += sign->size();
    begin = at;
  }
  add(text.size());
  return out;
}

}  // namespace

RowMaker::RowMaker(ImportRun& run, const TableMapping& table, bool of_groups)
    : run_(run), table_(table), made_of_groups_(of_groups) {
  evaluator_.emplace(table, run.state.limits, run.as_of.value_or(Date{}), run.evaluation);
  const std::string& key =
      run.options.pseudonym_key.empty() ? run.state.salt : run.options.pseudonym_key;
  for (const ColumnMapping& column : table.columns) {
    columns_.emplace_back(column, run.state, key, run.as_of, run.evaluation == Evaluation::fast);
    splits_ = splits_ || !column.split.empty();
  }
  cells_.resize(columns_.size());
  parts_.resize(columns_.size());
  if (table.skip_if) skip_if_.expression = &*table.skip_if;
  if (table.key) {
    key_.expression = &*table.key;
    key_made_.entry = table.name + ".key";
  }
  for (const JoinMapping& mapping : table.joins) {
    JoinUse& use = joins_.emplace_back();
    use.mapping = &mapping;
    use.on.expression = &mapping.on;
    use.made.entry = fmt::format("{} with {}", table.name, mapping.name);
  }
  seen_.resize(table.nodes.size());
  row_nodes_.resize(table.nodes.size());
  for (const NodeMapping& mapping : table.nodes) add_node(mapping);
  for (const EdgeMapping& mapping : table.edges) add_edge(mapping);
  for (const CompletionMapping& mapping : table.completions) {
    CompletionUse& use = completions_.emplace_back();
    use.mapping = &mapping;
    if (mapping.when) use.when.expression = &*mapping.when;
    use.source = source_use(mapping.source);
    use.made.entry = mapping.label;
  }
  if (table.grouping) groups_ = std::make_unique<RowGroups>(run, *this, *table.grouping);
}

RowMaker::~RowMaker() = default;

void RowMaker::add_node(const NodeMapping& mapping) {
  NodeUse& use = nodes_.emplace_back();
  use.mapping = &mapping;
  use.id.expression = &mapping.id;
  if (mapping.when) use.when.expression = &*mapping.when;
  use.source = source_use(mapping.source);
  use.made.entry = mapping.handle;
  use.spelled = mapping.id.normalises && !reads_person(mapping.id);
  std::set<std::uint16_t> reads(mapping.id.columns.begin(), mapping.id.columns.end());
  use.repeats = run_.evaluation == Evaluation::fast && !mapping.id.reads_row_key;
  if (mapping.when) {
    reads.insert(mapping.when->columns.begin(), mapping.when->columns.end());
    use.repeats = use.repeats && !mapping.when->reads_row_key;
  }
  const NodeKind& kind = run_.state.schema->kind(mapping.kind);
  for (const AttributeMapping& attribute : mapping.attributes) {
    use.attributes.push_back(attribute_use(attribute, kind.attributes[attribute.attribute.index]));
    use.gathers = use.gathers || attribute.many != Many::claims;
    if (attribute.value) {
      reads.insert(attribute.value->columns.begin(), attribute.value->columns.end());
      use.repeats = use.repeats && !attribute.value->reads_row_key;
    }
    if (attribute.map) reads.insert(attribute.map->column);
  }
  if (mapping.source.column) reads.insert(*mapping.source.column);
  use.reads.assign(reads.begin(), reads.end());
}

void RowMaker::add_edge(const EdgeMapping& mapping) {
  EdgeUse& use = edges_.emplace_back();
  use.mapping = &mapping;
  if (mapping.id) use.id.expression = &*mapping.id;
  if (mapping.when) use.when.expression = &*mapping.when;
  use.source = source_use(mapping.source);
  use.made.entry = mapping.label;
  const EdgeKind& kind = run_.state.schema->edge(mapping.kind);
  for (const AttributeMapping& attribute : mapping.attributes) {
    use.attributes.push_back(attribute_use(attribute, kind.attributes[attribute.attribute.index]));
    use.differs = use.differs || (attribute.value && reads_parts(*attribute.value)) ||
                  (attribute.map && !table_.columns[attribute.map->column].split.empty());
  }
  use.differs = use.differs || (mapping.id && reads_parts(*mapping.id)) ||
                (mapping.source.column && !table_.columns[*mapping.source.column].split.empty());
}

RowMaker::SourceUse RowMaker::source_use(const EntrySource& source) const {
  return {run_.builder_source(source.fixed), source.column};
}

bool RowMaker::reads_parts(const Expression& expression) const {
  return expression.reads_row_key ||
         std::any_of(expression.columns.begin(), expression.columns.end(),
                     [&](std::uint16_t c) { return !table_.columns[c].split.empty(); });
}

RowMaker::AttributeUse RowMaker::attribute_use(const AttributeMapping& mapping,
                                               const Attribute& attribute) const {
  AttributeUse out;
  out.mapping = &mapping;
  out.attribute = &attribute;
  if (mapping.value) out.use.expression = &*mapping.value;
  return out;
}

void RowMaker::look_into(std::uint16_t table, const Lookup* lookup) {
  for (JoinUse& use : joins_) {
    if (use.mapping->table == table) use.lookup = lookup;
  }
}

void RowMaker::start(RowOrigin origin, std::vector<std::uint32_t> field_of_column) {
  origin_ = std::move(origin);
  field_of_column_ = std::move(field_of_column);
}

void RowMaker::count(std::vector<ImportReport::Rows>& rows, std::string_view why) const {
  count_row(rows, why, origin_.name, row_->line);
}

void RowMaker::row(const TableRow& row) {
  row_ = &row;
  const std::size_t parts = splits_ ? split_cells() : 1;
  if (parts == 0) return;
  for (EdgeUse& edge : edges_) edge.made_in_row.clear();
  bool used = false;
  for (part_ = 0; part_ < parts; ++part_) {
    read_cells(part_);
    evaluator_->row(cells_);
    if (!joins_.empty()) join_row();
    if (table_.counts_rows && evaluator_->count_row() > 1) {
      ImportReport::Rows& repeated = run_.report.repeated;
      ++repeated.count;
      if (repeated.examples.size() < examples_kept) {
        repeated.examples.push_back({origin_.name, row.line});
      }
    }
    if (skipped()) continue;
    used = true;
    row_made_of_parts();
  }
  if (used && !made_of_groups_) ++run_.report.rows_used;
}

void RowMaker::row_made_of_parts() {
  if (key_.expression != nullptr && part_ == 0) keep_row();
  if (groups_) {
    groups_->add();
    return;
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) make_node(i);
  for (EdgeUse& edge : edges_) make_edge(edge);
  for (CompletionUse& completion : completions_) make_completion(completion);
}

/// Several texts of one cell are read one after the other; where several columns have some, they
/// go together: as many rows as there are texts. 0 after a mistake.
std::size_t RowMaker::split_cells() {
  std::size_t parts = 1;
  std::size_t by = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    parts_[c].clear();
    const std::vector<std::string>& signs = columns_[c].column().split;
    const std::uint32_t f = field_of_column_[c];
    if (signs.empty() || f == no_code || f >= row_->cells.size()) continue;
    parts_[c] = parts_of(row_->cells[f].text, signs);
    const std::size_t here = parts_[c].size();
    if (here < 2) continue;
    if (parts > 1 && here != parts) {
      const std::uint16_t column = static_cast<std::uint16_t>(c);
      cell_error(std::span(&column, 1), "import-split",
                 fmt::format("{} texts stand here and {} under {}, so it is not said which belong "
                             "together",
                             here, parts, in_quotes(table_.columns[by].name)),
                 {});
      return 0;
    }
    parts = here;
    by = c;
  }
  return parts;
}

void RowMaker::read_cells(std::size_t part) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const ColumnMapping& column = columns_[c].column();
    const std::uint32_t f = field_of_column_[c];
    if (f == no_code || column.joined || column.person == Person::drop) {
      cells_[c] = columns_[c].nothing();
      continue;
    }
    const std::vector<std::string_view>& parts = parts_[c];
    if (!parts.empty()) {
      cells_[c] = columns_[c].read(parts.size() == 1 ? parts.front() : parts[part]);
    } else {
      const TableCell& cell = f < row_->cells.size() ? row_->cells[f] : empty_cell;
      const bool says = cell.kind == TableCell::Kind::text || cell.kind == TableCell::Kind::absent;
      cells_[c] = columns_[c].read(says ? cell : empty_cell);
    }
    if (!cells_[c].cell->error.empty()) check_cell(c);
  }
}

void RowMaker::check_cell(std::size_t c) {
  const ColumnMapping& column = columns_[c].column();
  const CellText& cell = *cells_[c].cell;
  const std::uint32_t f = field_of_column_[c];
  if (column.otherwise_unknown) {
    const std::string_view text =
        f != no_code && f < row_->cells.size() ? trimmed(row_->cells[f].text) : std::string_view();
    ++run_.refused;
    run_.note_unreadable(column.name, std::string(text), origin_.name, row_->line);
    return;
  }
  const auto index = static_cast<std::uint16_t>(c);
  cell_error(std::span(&index, 1), column.date ? "import-date" : "import-amount",
             fmt::format("{}: {}", column.name, cell.error), cell.help);
}

bool RowMaker::skipped() {
  if (skip_if_.expression == nullptr) return false;
  const TruthOutcome& outcome = evaluator_->truth(skip_if_);
  if (!outcome.error.empty()) {
    cell_error(skip_if_.expression->columns, "import-condition", "skip_if: " + outcome.error, {});
    return true;
  }
  if (outcome.truth == Truth::no) return false;
  count(run_.report.skipped, outcome.truth == Truth::yes
                                 ? "skip_if: " + skip_if_.expression->text
                                 : "skip_if cannot be decided, since what it reads is not known: " +
                                       skip_if_.expression->text);
  return true;
}

bool RowMaker::reads_person(const Expression& expression) const {
  return std::any_of(expression.columns.begin(), expression.columns.end(),
                     [&](std::uint16_t c) { return table_.columns[c].person != Person::none; });
}

std::string RowMaker::shown_cells(std::span<const std::uint16_t> columns) const {
  std::string out;
  for (const std::uint16_t column : columns) {
    if (table_.columns[column].person != Person::none) continue;
    const CellText& cell = *cells_[column].cell;
    if (cell.state == CellText::State::empty) continue;
    if (!out.empty()) out += " | ";
    out += cell.text;
  }
  return out;
}

void RowMaker::cell_error(std::span<const std::uint16_t> columns, std::string_view id,
                          std::string message, std::string help) {
  ++run_.refused;
  Diagnostic out;
  out.id = id;
  out.message = std::move(message);
  out.help = std::move(help);
  if (origin_.table == nullptr) {
    // Of a group: its first row.
    out.file = origin_.name;
    out.position = {row_->line, 1, 0};
    run_.add(std::move(out));
    return;
  }
  origin_.table->locate(out, *row_, row_->cells.size());
  for (const std::uint16_t column : columns) {
    const std::uint32_t f = field_of_column_[column];
    if (f == no_code || f >= row_->cells.size()) continue;
    origin_.table->locate(out, *row_, f);
    if (table_.columns[column].person != Person::none) break;
    // Only the cell itself: the rest of the row may be about a person.
    const std::string_view written = origin_.table->written(row_->cells[f]);
    if (written.empty() || written.find_first_of("\r\n") != std::string_view::npos) break;
    out.line = written;
    out.line_start = out.position.column;
    out.width = static_cast<std::uint32_t>(code_points(written));
    break;
  }
  run_.add(std::move(out));
}

void RowMaker::finish() {
  if (!made_of_groups_) report_columns();
  for (NodeUse& use : nodes_) run_.report.nodes_made.push_back(std::move(use.made));
  for (EdgeUse& use : edges_) run_.report.edges_made.push_back(std::move(use.made));
  for (CompletionUse& use : completions_) {
    run_.report.completions_made.push_back(std::move(use.made));
  }
  if (key_.expression != nullptr) run_.report.joins.push_back(std::move(key_made_));
  for (JoinUse& use : joins_) run_.report.joins.push_back(std::move(use.made));
  if (groups_) groups_->finish();
}

void RowMaker::report_columns() {
  for (const ColumnTexts& texts : columns_) {
    const ColumnMapping& column = texts.column();
    ImportReport::Column out;
    out.name = run_.state.tables.size() > 1 ? table_.name + "." + column.name : column.name;
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
    run_.report.columns.push_back(std::move(out));
  }
}

std::size_t RowMaker::CodesHash::operator()(
    const std::vector<std::uint32_t>& codes) const noexcept {
  std::uint64_t hash = 0x9E37'79B9'7F4A'7C15u;
  for (const std::uint32_t code : codes) {
    hash = (hash ^ code) * 0xBF58'476D'1CE4'E5B9u;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace eraudit::detail
