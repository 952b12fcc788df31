#include "eraudit/import/detail/table_import.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
void count_row(std::vector<ImportReport::Rows>& rows, std::string_view why, const std::string& file,
               std::uint32_t line) {
  auto found = std::find_if(rows.begin(), rows.end(),
                            [&](const ImportReport::Rows& r) { return r.why == why; });
  if (found == rows.end()) {
    rows.push_back({std::string(why), 0, {}});
    found = std::prev(rows.end());
  }
  ++found->count;
  if (found->examples.size() < examples_kept) found->examples.push_back({file, line});
}

TableImport::TableImport(const Mapping& mapping, const ImportOptions& options,
                         Evaluation evaluation)
    : mapping_(mapping),
      state_(mapping.state()),
      options_(options),
      evaluation_(evaluation),
      diagnostics_(options.limits.diagnostics_per_file, options.limits.diagnostics),
      builder_(mapping.schema(), options.limits) {}

Checked<ImportResult> TableImport::run(std::span<const std::string> tables) {
  if (tables.empty()) throw Error(ErrorCode::bad_argument, "no table to import");
  if (!check_options()) return diagnostics_;
  prepare();
  for (const std::string& path : tables) read_table(path);
  if (diagnostics_.has_errors()) return diagnostics_;
  set_gathered();
  auto network = builder_.build();
  diagnostics_.append(network.diagnostics());
  if (!network) return diagnostics_;
  finish_report(*network);
  return {ImportResult{*network, std::move(report_), state_.schema_extension},
          std::move(diagnostics_)};
}

bool TableImport::check_options() {
  if (!options_.as_of && !state_.as_of) {
    const auto check = [&](const Expression& expression) {
      if (!expression.reads_as_of) return;
      diagnostics_.error(*state_.source, expression.place, "import-no-day",
                         "this reads as_of, and no day is given",
                         "add `as_of:` to the mapping, or give a day with the import");
    };
    const auto check_all = [&](const std::vector<AttributeMapping>& attributes) {
      for (const AttributeMapping& attribute : attributes) {
        if (attribute.value) check(*attribute.value);
      }
    };
    if (state_.table.skip_if) check(*state_.table.skip_if);
    for (const NodeMapping& node : state_.nodes) {
      check(node.id);
      if (node.when) check(*node.when);
      check_all(node.attributes);
    }
    for (const EdgeMapping& edge : state_.edges) {
      if (edge.id) check(*edge.id);
      if (edge.when) check(*edge.when);
      check_all(edge.attributes);
    }
    for (const CompletionMapping& completion : state_.completions) {
      if (completion.when) check(*completion.when);
    }
  }
  return !diagnostics_.has_errors();
}

TableImport::AttributeUse TableImport::attribute_use(const AttributeMapping& mapping,
                                                     const Attribute& attribute) {
  AttributeUse out;
  out.mapping = &mapping;
  out.attribute = &attribute;
  if (mapping.value) out.use.expression = &*mapping.value;
  return out;
}

std::uint16_t TableImport::builder_source(const std::optional<std::uint16_t>& source) const {
  return source ? sources_[*source] : std::uint16_t{0};
}

void TableImport::prepare() {
  const std::optional<Date> as_of = options_.as_of ? options_.as_of : state_.as_of;
  if (as_of) builder_.as_of(*as_of);
  for (const SourceRecord& record : state_.sources) sources_.push_back(builder_.source(record));
  evaluator_.emplace(state_, as_of.value_or(Date{}), evaluation_);
  const std::string& key = options_.pseudonym_key.empty() ? state_.salt : options_.pseudonym_key;
  for (const ColumnMapping& column : state_.table.columns) {
    columns_.emplace_back(column, state_, key, evaluation_ == Evaluation::fast);
  }
  cells_.resize(columns_.size());
  if (state_.table.skip_if) skip_if_.expression = &*state_.table.skip_if;

  const Schema& schema = *state_.schema;
  gathered_.resize(schema.kinds().size());
  seen_.resize(state_.nodes.size());
  row_nodes_.resize(state_.nodes.size());
  for (const NodeMapping& mapping : state_.nodes) {
    NodeUse& use = nodes_.emplace_back();
    use.mapping = &mapping;
    use.id.expression = &mapping.id;
    if (mapping.when) use.when.expression = &*mapping.when;
    use.source = builder_source(mapping.source);
    use.made.entry = mapping.handle;
    use.spelled = mapping.id.normalises && !reads_person(mapping.id);
    std::set<std::uint16_t> reads(mapping.id.columns.begin(), mapping.id.columns.end());
    use.repeats = evaluation_ == Evaluation::fast && !mapping.id.reads_row_key;
    if (mapping.when) {
      reads.insert(mapping.when->columns.begin(), mapping.when->columns.end());
      use.repeats = use.repeats && !mapping.when->reads_row_key;
    }
    for (const AttributeMapping& attribute : mapping.attributes) {
      use.attributes.push_back(attribute_use(
          attribute, schema.kind(mapping.kind).attributes[attribute.attribute.index]));
      use.gathers = use.gathers || attribute.many != Many::claims;
      if (attribute.value) {
        reads.insert(attribute.value->columns.begin(), attribute.value->columns.end());
        use.repeats = use.repeats && !attribute.value->reads_row_key;
      }
      if (attribute.map) reads.insert(attribute.map->column);
    }
    use.reads.assign(reads.begin(), reads.end());
  }
  for (const EdgeMapping& mapping : state_.edges) {
    EdgeUse& use = edges_.emplace_back();
    use.mapping = &mapping;
    if (mapping.id) use.id.expression = &*mapping.id;
    if (mapping.when) use.when.expression = &*mapping.when;
    use.source = builder_source(mapping.source);
    use.made.entry = mapping.label;
    for (const AttributeMapping& attribute : mapping.attributes) {
      use.attributes.push_back(attribute_use(
          attribute, schema.edge(mapping.kind).attributes[attribute.attribute.index]));
    }
  }
  for (const CompletionMapping& mapping : state_.completions) {
    CompletionUse& use = completions_.emplace_back();
    use.mapping = &mapping;
    if (mapping.when) use.when.expression = &*mapping.when;
    use.source = builder_source(mapping.source);
    use.made.entry = mapping.label;
  }
}

void TableImport::read_table(const std::string& path) {
  source_ = read_file(path, options_.limits.data_file_bytes);
  const std::string digest = sha256(source_->text());
  file_ = builder_.file(path, digest, source_->text().size());
  report_.inputs.push_back({path, digest, source_->text().size(), 0, {}, {}});
  has_header_ = false;
  good_header_ = false;
  rows_of_file_ = 0;
  CsvOptions csv;
  csv.delimiter = state_.table.delimiter;
  csv.limits = options_.limits;
  Diagnostics reading(options_.limits.diagnostics_per_file, options_.limits.diagnostics);
  read_csv(
      *source_, csv,
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        line_ = line;
        fields_ = fields;
        if (has_header_) {
          read_row(line, fields);
          return true;
        }
        has_header_ = true;
        good_header_ = read_header(line, fields);
        return good_header_;
      },
      reading);
  // What the reader quotes may be a row about a person: the place says enough.
  for (Diagnostic diagnostic : reading.items()) {
    diagnostic.line.clear();
    diagnostics_.add(std::move(diagnostic));
  }
  if (!has_header_ && !reading.has_errors()) {
    diagnostics_.error(path, "import-no-header", "the table is empty",
                       "its first row must be the names of its columns");
  }
  report_.inputs.back().rows = rows_of_file_;
  if (good_header_ && rows_of_file_ == 0 && !reading.has_errors()) {
    Diagnostic none;
    none.level = DiagnosticLevel::warning;
    none.id = "import-no-rows";
    none.message = "the table has a header and no rows";
    none.file = path;
    diagnostics_.add(std::move(none));
  }
  source_.reset();
}

bool TableImport::read_header(std::uint32_t line, std::span<const CsvField> fields) {
  static_cast<void>(line);
  width_ = fields.size();
  return match_columns(fields);
}

bool TableImport::match_columns(std::span<const CsvField> fields) {
  std::vector<std::string> headers;
  headers.reserve(fields.size());
  for (const CsvField& field : fields) headers.push_back(folded_header(field.text));
  field_of_column_.assign(columns_.size(), no_code);
  std::vector<bool> used(fields.size(), false);
  bool sound = true;
  std::size_t matched = 0;
  ImportReport::Input& input = report_.inputs.back();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const ColumnMapping& column = columns_[c].column();
    for (std::size_t f = 0; f < headers.size(); ++f) {
      const bool fits_column =
          std::any_of(column.headers.begin(), column.headers.end(), [&](const std::string& header) {
            return !headers[f].empty() && folded_header(header) == headers[f];
          });
      if (!fits_column) continue;
      used[f] = true;
      if (field_of_column_[c] != no_code) {
        const Position first = source_->position(fields[field_of_column_[c]].offset);
        row_error(fields[f].offset, "import-header-twice",
                  fmt::format("a second header for the column {}; the first is at column {}",
                              in_quotes(column.name), first.column),
                  "keep one of them under `header:` in the mapping");
        sound = false;
        continue;
      }
      field_of_column_[c] = static_cast<std::uint32_t>(f);
      ++matched;
    }
    if (field_of_column_[c] != no_code) {
      sound = check_key(column) && sound;
      continue;
    }
    input.missing_columns.push_back(column.name);
    if (!column.required) continue;
    std::string names;
    for (const std::string& header : column.headers) {
      names += (names.empty() ? "" : " or ") + in_quotes(header);
    }
    // Only what is near is named: the first row of a table without a header is about somebody.
    std::vector<std::string_view> candidates;
    for (const CsvField& field : fields) candidates.push_back(trimmed(field.text));
    std::optional<std::string_view> near;
    for (std::size_t h = 0; h < column.headers.size() && !near; ++h) {
      near = nearest_name(column.headers[h], candidates);
    }
    row_error(
        fields.empty() ? 0 : fields[0].offset, "import-missing-column",
        fmt::format("no header is {}, which the mapping calls {}", names, in_quotes(column.name)),
        near ? fmt::format("the header {} is near; add it to the mapping if it is meant",
                           in_quotes(*near))
             : std::string("if tables without it are fine, say required: false"));
    sound = false;
  }
  if (sound && matched == 0) {
    row_error(fields.empty() ? 0 : fields[0].offset, "import-no-columns",
              "no header of this table is known to the mapping",
              "the first row must be the names of the columns");
    sound = false;
  }
  if (!sound) return false;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (!used[f]) input.unused_headers.emplace_back(trimmed(fields[f].text));
  }
  return true;
}

bool TableImport::check_key(const ColumnMapping& column) {
  if (column.person != Person::key_only || column.opaque) return true;
  if (!options_.pseudonym_key.empty() || !state_.salt.empty()) return true;
  diagnostics_.error(
      *state_.source, column.place, "import-no-key",
      fmt::format("the column {} names persons, and there is no key for their pseudonyms",
                  in_quotes(column.name)),
      "give a key with the import, or `salt:` in the mapping; a column of ids that name nobody is "
      "`opaque: true`");
  return false;
}

bool TableImport::is_header_again(std::span<const CsvField> fields) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::uint32_t f = field_of_column_[c];
    if (f == no_code) continue;
    if (f >= fields.size()) return false;
    const auto& headers = columns_[c].column().headers;
    const std::string_view text = trimmed(fields[f].text);
    // The first column tells nearly always, without folding anything.
    const bool same = std::any_of(headers.begin(), headers.end(), [&](const std::string& header) {
      return header.size() == text.size() && folded(header) == folded(text);
    });
    if (!same) return false;
  }
  return true;
}

void TableImport::skip(std::string_view why) {
  count_row(report_.skipped, why, source_->name(), line_);
}

bool TableImport::fits(std::uint32_t line, std::span<const CsvField> fields) {
  if (fields.size() == width_) return true;
  const bool too_long =
      fields.size() > width_ &&
      std::any_of(fields.begin() + static_cast<std::ptrdiff_t>(width_), fields.end(),
                  [](const CsvField& field) { return !trimmed(field.text).empty(); });
  if (fields.size() > width_ && !too_long) return true;  // only empty ones: nothing is lost
  if (state_.table.ragged == Ragged::skip) {
    skip("it has another number of fields than the header");
    return false;
  }
  if (state_.table.ragged == Ragged::pad && !too_long) {
    count_row(report_.padded, "shorter than the header", source_->name(), line);
    return true;
  }
  const std::size_t at = too_long ? fields[width_].offset : fields[0].offset;
  row_error(at, too_long ? "import-row-too-long" : "import-row-too-short",
            fmt::format("this row has {} fields, the header {}", fields.size(), width_),
            too_long
                ? "a text with the delimiter in it must stand in quotes; `ragged: skip` leaves "
                  "such rows out"
                : "`ragged: pad` in the mapping reads what is missing as not known, `ragged: "
                  "skip` leaves such rows out");
  return false;
}

void TableImport::read_row(std::uint32_t line, std::span<const CsvField> fields) {
  ++report_.rows_in;
  ++rows_of_file_;
  if (std::all_of(fields.begin(), fields.end(),
                  [](const CsvField& field) { return trimmed(field.text).empty(); })) {
    return skip("all of it is empty");
  }
  if (is_header_again(fields)) return skip("it is the header once more");
  if (!fits(line, fields)) return;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::uint32_t f = field_of_column_[c];
    if (f == no_code || columns_[c].column().person == Person::drop) {
      cells_[c] = columns_[c].nothing();
    } else {
      cells_[c] = columns_[c].read(f < fields.size() ? fields[f].text : std::string_view());
    }
  }
  evaluator_->row(cells_);
  if (state_.counts_rows && evaluator_->count_row() > 1) {
    ++report_.repeated.count;
    if (report_.repeated.examples.size() < examples_kept) {
      report_.repeated.examples.push_back({source_->name(), line});
    }
  }
  if (skip_if_.expression != nullptr) {
    const TruthOutcome& outcome = evaluator_->truth(skip_if_);
    if (!outcome.error.empty()) {
      cell_error(skip_if_.expression->columns, "import-condition", "skip_if: " + outcome.error, {});
      return;
    }
    if (outcome.truth == Truth::yes) return skip("skip_if: " + skip_if_.expression->text);
    if (outcome.truth == Truth::unknown) {
      return skip("skip_if cannot be decided, since what it reads is not known: " +
                  skip_if_.expression->text);
    }
  }
  ++report_.rows_used;
  for (std::size_t i = 0; i < nodes_.size(); ++i) make_node(i);
  for (EdgeUse& edge : edges_) make_edge(edge);
  for (CompletionUse& completion : completions_) make_completion(completion);
}

void TableImport::row_error(std::size_t offset, std::string_view id, std::string message,
                            std::string help) {
  Diagnostic out;
  out.id = id;
  out.message = std::move(message);
  out.help = std::move(help);
  out.file = source_->name();
  out.position = source_->position(offset);
  diagnostics_.add(std::move(out));
}

bool TableImport::reads_person(const Expression& expression) const {
  return std::any_of(expression.columns.begin(), expression.columns.end(), [&](std::uint16_t c) {
    return state_.table.columns[c].person != Person::none;
  });
}

std::string TableImport::shown_cells(std::span<const std::uint16_t> columns) const {
  std::string out;
  for (const std::uint16_t column : columns) {
    if (state_.table.columns[column].person != Person::none) continue;
    const CellText& cell = *cells_[column].cell;
    if (cell.state == CellText::State::empty) continue;
    if (!out.empty()) out += " | ";
    out += cell.text;
  }
  return out;
}

void TableImport::cell_error(std::span<const std::uint16_t> columns, std::string_view id,
                             std::string message, std::string help) {
  ++refused_;
  Diagnostic out;
  out.id = id;
  out.message = std::move(message);
  out.help = std::move(help);
  out.file = source_->name();
  out.position = {line_, 1, 0};
  for (const std::uint16_t column : columns) {
    const std::uint32_t f = field_of_column_[column];
    if (f == no_code || f >= fields_.size()) continue;
    const CsvField& field = fields_[f];
    out.position = source_->position(field.offset);
    if (state_.table.columns[column].person != Person::none) break;
    // Only the cell itself: the rest of the row may be about a person.
    const std::string_view written = source_->text().substr(field.offset, field.length);
    if (written.empty() || written.find_first_of("\r\n") != std::string_view::npos) break;
    out.line = written;
    out.line_start = out.position.column;
    out.width = static_cast<std::uint32_t>(code_points(written));
    break;
  }
  diagnostics_.add(std::move(out));
}

std::size_t TableImport::CodesHash::operator()(
    const std::vector<std::uint32_t>& codes) const noexcept {
  std::uint64_t hash = 0x9E37'79B9'7F4A'7C15u;
  for (const std::uint32_t code : codes) {
    hash = (hash ^ code) * 0xBF58'476D'1CE4'E5B9u;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace eraudit::detail
