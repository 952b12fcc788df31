#include "eraudit/import/detail/table_import.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view beside_the_table =
    "cells to the right of the header, which are not read";

bool is_blank(const TableRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const TableCell& cell) {
    return cell.kind == TableCell::Kind::text && trimmed(cell.text).empty();
  });
}

}  // namespace

TableImport::TableImport(const Mapping& mapping, const ImportOptions& options,
                         Evaluation evaluation)
    : run_(mapping, options, evaluation) {}

Checked<ImportResult> TableImport::run(std::span<const std::string> names) {
  if (names.empty()) throw Error(ErrorCode::bad_argument, "no table to import");
  if (!check_day()) return run_.diagnostics;
  TableFiles files(run_, names);
  const std::vector<TableInput> inputs = files.assign();
  if (run_.diagnostics.has_errors()) return run_.diagnostics;
  const auto& tables = run_.state.tables;
  for (const TableMapping& table : tables) {
    makers_.push_back(std::make_unique<RowMaker>(run_, table));
  }
  std::size_t next = 0;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (; next < inputs.size() && inputs[next].table == t; ++next) read(files, inputs[next]);
    for (std::size_t later = t + 1; later < tables.size(); ++later) {
      makers_[later]->look_into(static_cast<std::uint16_t>(t), &makers_[t]->lookup());
    }
  }
  for (const auto& maker : makers_) maker->finish();
  if (run_.diagnostics.has_errors()) return run_.diagnostics;
  run_.set_gathered();
  // What the tables mean is said by the mapping: a network made of them rests on it as well.
  const Source& mapping = *run_.state.source;
  run_.builder.file(mapping.name(), run_.report.mapping_sha256, mapping.text().size());
  auto network = run_.builder.build();
  run_.diagnostics.append(network.diagnostics());
  if (!network) return run_.diagnostics;
  run_.finish_report(*network);
  return {ImportResult{*network, std::move(run_.report), run_.state.schema_extension},
          std::move(run_.diagnostics)};
}

void TableImport::check_day(const Expression& expression) {
  if (!expression.reads_as_of) return;
  run_.diagnostics.error(*run_.state.source, expression.place, "import-no-day",
                         "this reads as_of, and no day is given",
                         "add `as_of:` to the mapping, or give a day with the import");
}

void TableImport::check_day(const TableMapping& table) {
  const auto check = [&](const std::optional<Expression>& expression) {
    if (expression) check_day(*expression);
  };
  const auto check_all = [&](const std::vector<AttributeMapping>& attributes) {
    for (const AttributeMapping& attribute : attributes) check(attribute.value);
  };
  check(table.skip_if);
  check(table.key);
  for (const JoinMapping& join : table.joins) check_day(join.on);
  for (const NodeMapping& node : table.nodes) {
    check_day(node.id);
    check(node.when);
    check_all(node.attributes);
  }
  for (const EdgeMapping& edge : table.edges) {
    check(edge.id);
    check(edge.when);
    check_all(edge.attributes);
  }
  for (const CompletionMapping& completion : table.completions) check(completion.when);
  if (!table.grouping) return;
  for (const FoldMapping& fold : table.grouping->folds) check(fold.value);
  check_day(*table.grouping->groups);
}

bool TableImport::check_day() {
  if (run_.as_of) return true;
  for (const TableMapping& table : run_.state.tables) check_day(table);
  return !run_.diagnostics.has_errors();
}

void TableImport::read(TableFiles& files, const TableInput& input) {
  const OpenFile* file = files.open(input.file);
  if (file == nullptr) return;
  const auto table = files.table(*file, input);
  if (!table) return;
  const TableMapping& mapping = run_.state.tables[input.table];
  maker_ = makers_[input.table].get();
  table_ = table.get();
  workbook_ = file->workbook != nullptr;
  origin_ = {table.get(),
             run_.builder.file(table->name(), file->sha256, file->bytes->text().size()),
             table->name()};
  ImportReport::Input& report = run_.report.inputs.emplace_back();
  report.path = file->path;
  report.sha256 = file->sha256;
  report.bytes = file->bytes->text().size();
  report.table = mapping.name;
  if (workbook_) report.sheet = file->workbook->sheets()[input.sheet].name;
  report.hidden_sheets = TableFiles::hidden_sheets(*file, mapping);
  search_ = std::make_unique<HeaderSearch>(mapping);
  started_ = false;
  blanks_.clear();
  read_rows(*table);
  const TableFacts facts = table->facts();
  report.format = facts.format;
  report.encoding = facts.encoding;
  report.delimiter = facts.delimiter;
  report.merged_areas = facts.merged_areas;
  run_.end_file(file->path);
}

void TableImport::read_rows(Table& table) {
  const Limits& limits = run_.options.limits;
  Diagnostics reading(limits.diagnostics_per_file, limits.diagnostics);
  table.read(
      [&](const TableRow& row) {
        switch (search_->add(row)) {
          case HeaderSearch::Step::searching:
            if (is_blank(row)) blanks_.push_back(row.line);
            return true;
          case HeaderSearch::Step::header:
            return started_ = start_table(row);
          case HeaderSearch::Step::data:
            if (is_header_again(row)) {
              skip(row, "it is the header once more");
            } else {
              read_row(row);
            }
            return true;
          case HeaderSearch::Step::given_up:
            return false;
        }
        return false;
      },
      reading);
  // What the reader quotes may be a row about a person: the place says enough.
  for (Diagnostic diagnostic : reading.items()) {
    diagnostic.line.clear();
    run_.add(std::move(diagnostic));
  }
  if (started_) note_titles();
  if (reading.has_errors()) return;
  if (search_->rows() == 0) {
    run_.diagnostics.error(table.name(), "import-no-header", "the table is empty",
                           "a row of it must be the names of its columns");
  } else if (!search_->found()) {
    no_header();
  } else if (started_ && run_.report.inputs.back().rows == 0) {
    Diagnostic none;
    none.level = DiagnosticLevel::warning;
    none.id = "import-no-rows";
    none.message = "the table has a header and no rows";
    none.file = table.name();
    run_.diagnostics.add(std::move(none));
  }
}

bool TableImport::start_table(const TableRow& row) {
  if (!check_headers(row)) return false;
  const Header& header = search_->best();
  const TableMapping& mapping = maker_->table();
  ImportReport::Input& report = run_.report.inputs.back();
  report.header_line = header.line;
  report.header_rows = header.rows;
  report.missing_columns.clear();
  report.unused_headers.clear();
  std::vector<bool> used(header.texts.size(), false);
  for (std::size_t c = 0; c < mapping.columns.size(); ++c) {
    const std::uint32_t field = header.field_of_column[c];
    if (field != no_code) {
      if (field < used.size()) used[field] = true;
    } else if (!mapping.columns[c].joined) {
      report.missing_columns.push_back(mapping.columns[c].name);
    }
  }
  for (std::size_t f = 0; f < used.size(); ++f) {
    if (!used[f] && !(workbook_ && header.texts[f].empty())) {
      report.unused_headers.push_back(header.texts[f]);
    }
  }
  maker_->start(origin_, header.field_of_column);
  return true;
}

bool TableImport::check_headers(const TableRow& row) {
  const Header& header = search_->best();
  const TableMapping& mapping = maker_->table();
  bool sound = true;
  for (std::size_t c = 0; c < mapping.columns.size(); ++c) {
    const std::uint32_t first = header.field_of_column[c];
    if (header.second_field[c] != no_code) {
      Diagnostic place;
      table_->locate(place, row, first);
      row_error(row, header.second_field[c], "import-header-twice",
                fmt::format("a second header for the column {}; the first is at {}",
                            in_quotes(mapping.columns[c].name),
                            workbook_ ? cell_address(first, row.line)
                                      : fmt::format("column {}", place.position.column)),
                "keep one of them under `header:` in the mapping");
      sound = false;
    }
    if (first != no_code) sound = check_key(mapping.columns[c]) && sound;
  }
  return sound;
}

bool TableImport::check_key(const ColumnMapping& column) {
  if (column.person != Person::key_only || column.opaque) return true;
  if (!run_.options.pseudonym_key.empty() || !run_.state.salt.empty()) return true;
  run_.diagnostics.error(
      *run_.state.source, column.place, "import-no-key",
      fmt::format("the column {} names persons, and there is no key for their pseudonyms",
                  in_quotes(column.name)),
      "give a key with the import, or `salt:` in the mapping; a column of ids that name nobody is "
      "`opaque: true`");
  return false;
}

void TableImport::no_header() {
  const Header& best = search_->best();
  const TableMapping& mapping = maker_->table();
  const TableRow row{best.matched == 0 ? search_->lines().front() : best.line, false, {}};
  bool named = false;
  for (std::size_t c = 0; c < mapping.columns.size(); ++c) {
    const ColumnMapping& column = mapping.columns[c];
    const bool there = best.matched != 0 && best.field_of_column[c] != no_code;
    if (there || !column.required || column.joined) continue;
    missing_column(row, column);
    named = true;
  }
  if (named) return;
  row_error(row, 0, "import-no-columns", "no header of this table is known to the mapping",
            "a row of it must be the names of the columns");
}

void TableImport::missing_column(const TableRow& row, const ColumnMapping& column) {
  std::string names;
  for (const std::string& header : column.headers) {
    names += (names.empty() ? "" : " or ") + in_quotes(header);
  }
  // Only what is near is named: the first row of a table without a header is about somebody.
  const Header& best = search_->best();
  const auto& texts = best.matched == 0 ? search_->first_texts() : best.texts;
  const std::vector<std::string_view> candidates(texts.begin(), texts.end());
  std::optional<std::string_view> near;
  for (std::size_t h = 0; h < column.headers.size() && !near; ++h) {
    near = nearest_name(column.headers[h], candidates);
  }
  row_error(
      row, 0, "import-missing-column",
      fmt::format("no header is {}, which the mapping calls {}", names, in_quotes(column.name)),
      near ? fmt::format("the header {} is near; add it to the mapping if it is meant",
                         in_quotes(*near))
           : std::string("if tables without it are fine, say required: false"));
}

/// Rows above the header: read, and left out.
void TableImport::note_titles() {
  const auto& lines = search_->lines();
  const std::size_t stacked = std::min<std::size_t>(search_->best().rows, lines.size());
  const auto count = [&](std::uint32_t line, std::string_view why) {
    ++run_.report.rows_in;
    ++run_.report.inputs.back().rows;
    count_row(run_.report.skipped, why, table_->name(), line);
  };
  for (std::size_t i = 0; i + stacked < lines.size(); ++i)
    count(lines[i], "it stands above the header");
  for (const std::uint32_t line : blanks_) count(line, "all of it is empty");
}

bool TableImport::is_header_again(const TableRow& row) const {
  const Header& header = search_->best();
  bool any = false;
  for (std::size_t c = 0; c < header.field_of_column.size(); ++c) {
    const std::uint32_t f = header.field_of_column[c];
    if (f == no_code) continue;
    if (f >= row.cells.size() || f >= header.texts.size()) return false;
    const std::string_view text = trimmed(row.cells[f].text);
    const std::string& wanted = header.texts[f];
    // The first column tells nearly always, without folding anything.
    if (text.size() != wanted.size() || (text != wanted && folded(text) != folded(wanted))) {
      return false;
    }
    any = any || !text.empty();
  }
  return any;
}

void TableImport::skip(const TableRow& row, std::string_view why) {
  ++run_.report.rows_in;
  ++run_.report.inputs.back().rows;
  count_row(run_.report.skipped, why, table_->name(), row.line);
}

bool TableImport::fits(const TableRow& row) {
  const std::size_t width = search_->best().width;
  const std::size_t size = row.cells.size();
  if (size == width) return true;
  std::size_t extra = width;
  while (extra < size && trimmed(row.cells[extra].text).empty()) ++extra;
  const bool too_long = extra < size;
  if (size > width && !too_long) return true;  // only empty ones: nothing is lost
  if (workbook_) {
    // Rows of a sheet end with their last filled cell.
    if (too_long) count_row(run_.report.padded, beside_the_table, table_->name(), row.line);
    return true;
  }
  const Ragged ragged = maker_->table().ragged;
  if (ragged == Ragged::skip) {
    count_row(run_.report.skipped, "it has another number of fields than the header",
              table_->name(), row.line);
    return false;
  }
  if (ragged == Ragged::pad && !too_long) {
    count_row(run_.report.padded, "shorter than the header", table_->name(), row.line);
    return true;
  }
  row_error(row, too_long ? width : 0, too_long ? "import-row-too-long" : "import-row-too-short",
            fmt::format("this row has {} fields, the header {}", size, width),
            too_long
                ? "a text with the delimiter in it must stand in quotes; `ragged: skip` leaves "
                  "such rows out"
                : "`ragged: pad` in the mapping reads what is missing as not known, `ragged: "
                  "skip` leaves such rows out");
  return false;
}

void TableImport::note_cells(const TableRow& row) {
  const Header& header = search_->best();
  ImportReport::Input& report = run_.report.inputs.back();
  for (std::size_t c = 0; c < header.field_of_column.size(); ++c) {
    const std::uint32_t f = header.field_of_column[c];
    if (f == no_code || f >= row.cells.size()) continue;
    const TableCell& cell = row.cells[f];
    if (cell.merged) count_row(report.cells, "filled from a merged area", table_->name(), row.line);
    if (cell.kind == TableCell::Kind::no_value) {
      count_row(report.cells, "a formula without a computed value, read as not known",
                table_->name(), row.line);
    } else if (cell.kind == TableCell::Kind::error) {
      count_row(report.cells, fmt::format("{}, read as not known", cell.text), table_->name(),
                row.line);
    }
  }
}

void TableImport::read_row(const TableRow& row) {
  if (is_blank(row)) return skip(row, "all of it is empty");
  const TableMapping& mapping = maker_->table();
  if (row.hidden) {
    if (mapping.skip_hidden) return skip(row, "it is hidden");
    count_row(run_.report.inputs.back().cells, "rows that are hidden in the workbook, and read",
              table_->name(), row.line);
  }
  if (mapping.skip_totals && is_total_row(row.cells)) return skip(row, "it adds up other rows");
  ++run_.report.rows_in;
  ++run_.report.inputs.back().rows;
  if (!fits(row)) return;
  if (workbook_) note_cells(row);
  maker_->row(row);
}

void TableImport::row_error(const TableRow& row, std::size_t column, std::string_view id,
                            std::string message, std::string help) {
  Diagnostic out;
  out.id = id;
  out.message = std::move(message);
  out.help = std::move(help);
  table_->locate(out, row, column);
  run_.add(std::move(out));
}

}  // namespace eraudit::detail
