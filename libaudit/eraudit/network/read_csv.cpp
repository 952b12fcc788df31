// CSV tables: one pass, every field straight into its column.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/network/detail/plain_column.hpp"
#include "eraudit/network/detail/problem.hpp"
#include "eraudit/network/detail/reader.hpp"
#include "eraudit/network/identifier.hpp"

namespace eraudit::detail {

/// What the columns of one file mean.
struct NetworkReader::CsvTable {
  enum class Role : std::uint8_t { own, id, from, to, source, attribute, share };
  struct Column {
    Role role = Role::own;
    AttributeId attribute;
    const Attribute* about = nullptr;
    const Share* share = nullptr;
  };
  const Source* source;
  std::string what;  ///< "Cohort", "charged", "sources"
  std::span<const Attribute> attributes;
  std::span<const Share> shares;
  std::vector<std::string_view> needed;   ///< columns that must be there
  std::vector<std::string_view> allowed;  ///< further ones that are no attributes
  std::vector<Column> columns{};
  std::vector<std::string> names{};  ///< by column, as the header has them
  /// The columns that hold cells, and how those are read in their usual form.
  struct Cells {
    std::size_t column = 0;
    std::optional<PlainColumn> plain;  ///< none: a share, or an attribute that a share tells too
  };
  std::vector<Cells> cells{};
  int source_column = -1;

  std::string last_source{};  ///< rows of one file tend to name one source
  std::uint16_t last_number = 0;

  [[nodiscard]] int find(std::string_view name) const noexcept {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
  }
};

namespace {

Span span_of(const CsvField& field) {
  return {field.offset, std::max(field.length, 1u)};
}

/// About how many rows a table has, so that room is made once. A table that only begins like a long
/// one costs some memory; beyond `most` room grows with the rows.
std::size_t guess_rows(std::string_view text) {
  constexpr std::size_t most = std::size_t{1} << 22;
  const std::string_view sample = text.substr(0, std::size_t{1} << 16);
  const auto lines = static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\n'));
  return sample.empty() ? 0 : std::min(text.size() / sample.size() * lines + lines, most);
}

/// Whether a view goes into the file itself, and not into what was made of doubled quotes.
bool as_written(const CsvField& field) {
  return field.text.size() + (field.quoted ? 2 : 0) == field.length;
}

}  // namespace

bool NetworkReader::read_header(CsvTable& table, std::span<const CsvField> fields) {
  bool sound = true;
  std::vector<std::string_view> known = table.needed;
  known.insert(known.end(), table.allowed.begin(), table.allowed.end());
  const std::size_t of_row = known.size();
  for (const Attribute& attribute : table.attributes) known.emplace_back(attribute.name);
  const std::size_t of_attributes = known.size();
  for (const Share& share : table.shares) known.emplace_back(share.name);
  for (const CsvField& field : fields) {
    CsvTable::Column column;
    const auto found = std::find(known.begin(), known.end(), field.text);
    const auto index = static_cast<std::size_t>(found - known.begin());
    if (found == known.end()) {
      state_.diagnostics.error(*table.source, span_of(field), "network-unknown-column",
                               fmt::format("{} has no attribute {}", table.what, shown(field.text)),
                               suggest(field.text, known));
      sound = false;
    } else if (table.find(field.text) >= 0) {
      state_.diagnostics.error(*table.source, span_of(field), "network-duplicate-column",
                               fmt::format("two columns are called {}", shown(field.text)));
      sound = false;
    } else if (index < of_row) {
      using Role = CsvTable::Role;
      constexpr std::pair<std::string_view, Role> roles[] = {
          {"id", Role::id}, {"from", Role::from}, {"to", Role::to}, {"source", Role::source}};
      for (const auto& [name, role] : roles) {
        if (field.text == name) column.role = role;
      }
    } else if (index < of_attributes) {
      column.role = CsvTable::Role::attribute;
      column.attribute = AttributeId{static_cast<std::uint16_t>(index - of_row)};
      column.about = &table.attributes[column.attribute.index];
    } else {
      column.role = CsvTable::Role::share;
      column.share = &table.shares[index - of_attributes];
    }
    table.columns.push_back(column);
    table.names.emplace_back(field.text);
  }
  table.source_column = table.find("source");
  for (const std::string_view name : table.needed) {
    if (table.find(name) >= 0) continue;
    state_.diagnostics.error(
        *table.source, span_of(fields.front()), "network-missing-column",
        fmt::format("the header has no column '{}'", name),
        fmt::format("the first line names the columns: {}, ...", fmt::join(table.needed, ",")));
    sound = false;
  }
  return sound;
}

bool NetworkReader::row_fits(const CsvTable& table, std::span<const CsvField> fields) {
  if (fields.size() == table.columns.size()) return true;
  const CsvField& at = fields[std::min(fields.size() - 1, table.columns.size())];
  state_.diagnostics.error(*table.source, span_of(at), "network-ragged-row",
                           fmt::format("this row has {} field{}, the header {}", fields.size(),
                                       fields.size() == 1 ? "" : "s", table.columns.size()),
                           fields.size() > table.columns.size()
                               ? "put a field that holds a comma in double quotes"
                               : "");
  return false;
}

std::uint16_t NetworkReader::source_named(CsvTable& table, std::span<const CsvField> fields) {
  if (table.source_column < 0) return 0;
  const CsvField& field = fields[static_cast<std::size_t>(table.source_column)];
  if (field.text.empty()) return 0;
  if (field.text == table.last_source) return table.last_number;
  const auto found = builder_.find_source(field.text);
  if (!found) {
    const auto names = source_names();
    state_.diagnostics.error(
        *table.source, span_of(field), "network-unknown-source",
        fmt::format("no source has the id {}", shown(field.text)),
        names.empty() ? "describe it in sources.csv" : suggest(field.text, names));
    return 0;
  }
  table.last_source = field.text;
  table.last_number = *found;
  return *found;
}

void NetworkReader::prepare_cells(CsvTable& table, DraftTable& draft, std::size_t rows) {
  std::vector<bool> shared(table.attributes.size());
  for (const CsvTable::Column& column : table.columns) {
    if (column.role != CsvTable::Role::share) continue;
    shared[column.share->part.index] = true;
    shared[column.share->whole.index] = true;
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const CsvTable::Column& column = table.columns[i];
    if (column.role == CsvTable::Role::share) table.cells.push_back({i, std::nullopt});
    if (column.role != CsvTable::Role::attribute) continue;
    DraftColumn& values = draft.columns[column.attribute.index];
    values.expect(draft.rows + rows);
    table.cells.push_back({i, std::nullopt});
    if (!shared[column.attribute.index]) {
      table.cells.back().plain.emplace(*column.about, values, state_.strings);
    }
  }
}

void NetworkReader::read_fields(CsvTable& table, std::span<const CsvField> fields,
                                DraftTable& draft, std::uint32_t row, std::uint32_t line) {
  for (CsvTable::Cells& cells : table.cells) {
    const CsvField& field = fields[cells.column];
    if (field.text.empty() && !field.quoted) continue;
    if (cells.plain && cells.plain->take(row, field.text, field.quoted)) continue;
    read_field(table, cells.column, field, draft, row, line);
  }
}

void NetworkReader::read_field(const CsvTable& table, std::size_t at, const CsvField& field,
                               DraftTable& draft, std::uint32_t row, std::uint32_t line) {
  const CsvTable::Column& column = table.columns[at];
  CellProblem problem;
  if (column.role == CsvTable::Role::attribute) {
    if (parse_cell(*column.about, field.text, field.quoted, cell_, problem)) {
      return state_.put(draft, row, column.attribute, cell_, 0, file_, line);
    }
  } else if (parse_share(*column.share, table.attributes, field.text, cell_, second_, problem)) {
    if (fits(cell_, second_)) {
      state_.put(draft, row, column.share->part, cell_, 0, file_, line);
      state_.put(draft, row, column.share->whole, second_, 0, file_, line);
      return;
    }
    problem = {"network-share",
               fmt::format("'{}': a part is more than its whole", column.share->name),
               {}};
  }
  state_.diagnostics.error(*table.source, span_of(field), problem.id, std::move(problem.message),
                           std::move(problem.help));
}

void NetworkReader::read_node_table(const Source& source, KindId kind) {
  const NodeKind& about = state_.schema->kind(kind);
  CsvTable table{&source, about.name, about.attributes, about.shares, {"id"}, {"source"}};
  DraftTable& draft = state_.nodes[kind.index];
  file_ = register_file(source);
  bool header = true;
  const std::size_t errors_before = state_.diagnostics.errors();
  std::size_t id = 0;
  const auto row = [&](std::uint32_t line, std::span<const CsvField> fields) {
    if (header) {
      header = false;
      if (state_.diagnostics.errors() != errors_before) return false;  // the header was refused
      if (!read_header(table, fields)) return false;
      id = static_cast<std::size_t>(table.find("id"));
      const std::size_t rows = guess_rows(source.text());
      draft.expect_nodes(rows);
      state_.names.expect(rows);
      prepare_cells(table, draft, rows);
      locate_rows(locator_.table(kind), draft.rows, source, {static_cast<int>(id), -1, -1, -1});
      return true;
    }
    if (!row_fits(table, fields)) return true;
    const std::uint16_t said_by = source_named(table, fields);
    const std::uint32_t at =
        state_.add_node(kind, fields[id].text, {file_, line}, said_by, as_written(fields[id]));
    read_fields(table, fields, draft, at, line);
    return true;
  };
  CsvOptions options;
  options.limits = limits_;
  read_csv(source, options, row, state_.diagnostics);
  state_.flush();  // while the ids are there
  if (header && state_.diagnostics.errors() == errors_before) {
    state_.diagnostics.error(source.name(), "network-missing-header", "this table is empty",
                             "the first line names the columns: id, ...");
  }
}

void NetworkReader::read_edge_table(const Source& source, EdgeKindId kind) {
  const EdgeKind& about = state_.schema->edge(kind);
  CsvTable table{&source,      about.name,     about.attributes,
                 about.shares, {"from", "to"}, {"id", "source"}};
  DraftTable& draft = state_.edges[kind.index];
  file_ = register_file(source);
  bool header = true;
  const std::size_t errors_before = state_.diagnostics.errors();
  FileLocator::CsvColumns places;
  const auto row = [&](std::uint32_t line, std::span<const CsvField> fields) {
    if (header) {
      header = false;
      if (state_.diagnostics.errors() != errors_before) return false;  // the header was refused
      if (!read_header(table, fields)) return false;
      places = {table.find("id"), table.find("from"), table.find("to"), -1};
      const std::size_t rows = guess_rows(source.text());
      draft.expect_edges(rows);
      prepare_cells(table, draft, rows);
      locate_rows(locator_.table(kind), draft.rows, source, places);
      return true;
    }
    if (!row_fits(table, fields)) return true;
    const std::uint16_t said_by = source_named(table, fields);
    const std::string_view own =
        places.id < 0 ? std::string_view() : fields[static_cast<std::size_t>(places.id)].text;
    const std::uint32_t at = state_.add_edge(kind, {file_, line}, said_by, own);
    const CsvField& from = fields[static_cast<std::size_t>(places.from)];
    const CsvField& to = fields[static_cast<std::size_t>(places.to)];
    state_.look_up(from.text, draft.from, at, as_written(from));
    state_.look_up(to.text, draft.to, at, as_written(to));
    read_fields(table, fields, draft, at, line);
    return true;
  };
  CsvOptions options;
  options.limits = limits_;
  read_csv(source, options, row, state_.diagnostics);
  state_.flush();  // while the ids are there
  if (header && state_.diagnostics.errors() == errors_before) {
    state_.diagnostics.error(source.name(), "network-missing-header", "this table is empty",
                             "the first line names the columns: from,to, ...");
  }
}

void NetworkReader::read_source_table(const Source& source) {
  CsvTable table{&source, "a source", {}, {}, {"id"}, {"class", "date", "ref"}};
  const auto details = source_details();
  table.allowed.insert(table.allowed.end(), details.begin(), details.end());
  register_file(source);
  bool header = true;
  const std::size_t errors_before = state_.diagnostics.errors();
  const auto row = [&](std::uint32_t, std::span<const CsvField> fields) {
    if (header) {
      header = false;
      if (state_.diagnostics.errors() != errors_before) return false;  // the header was refused
      return read_header(table, fields);
    }
    if (!row_fits(table, fields)) return true;
    SourceRecord record;
    const CsvField* source_class = nullptr;
    bool sound = true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const CsvField& field = fields[i];
      if (field.text.empty()) continue;
      if (table.names[i] == "id") {
        record.id = field.text;
      } else if (table.names[i] == "class") {
        source_class = &field;
        record.source_class = field.text;
      } else if (table.names[i] == "ref") {
        record.ref = field.text;
      } else if (table.names[i] == "date") {
        record.date = parse_date(field.text);
        if (record.date) continue;
        state_.diagnostics.error(
            source, span_of(field), "network-date",
            fmt::format("'date' of a source takes a day, not {}", shown(field.text)),
            "write 2024-03-01");
        sound = false;
      } else {
        record.details.emplace_back(table.names[i], field.text);
      }
    }
    const CsvField& id = fields[static_cast<std::size_t>(table.find("id"))];
    if (const std::string_view fault = bad_id(record.id, limits_.identifier_bytes);
        !fault.empty()) {
      state_.diagnostics.error(source, span_of(id), "network-bad-id",
                               fmt::format("the id {} {}", shown(record.id), fault));
      return true;
    }
    if (builder_.find_source(record.id)) {
      state_.diagnostics.error(source, span_of(id), "network-duplicate-source",
                               fmt::format("the source {} is described twice", shown(record.id)));
      return true;
    }
    std::sort(record.details.begin(), record.details.end());
    if (source_class != nullptr && !state_.schema->source_classes().empty() &&
        !state_.schema->find_source_class(record.source_class, record.details)) {
      state_.diagnostics.error(
          source, span_of(*source_class), "network-source-class",
          fmt::format("no source is of the class {}", shown(record.source_class)),
          state_.schema->source_class_help(record.source_class));
      sound = false;
    }
    if (!sound) record.source_class.clear();
    builder_.source(std::move(record));
    return true;
  };
  CsvOptions options;
  options.limits = limits_;
  read_csv(source, options, row, state_.diagnostics);
}

void NetworkReader::read_completion_table(const Source& source) {
  CsvTable table{&source, "a statement of completeness", {}, {}, {"node", "list"}, {"source"}};
  file_ = register_file(source);
  bool header = true;
  const std::size_t errors_before = state_.diagnostics.errors();
  std::size_t node = 0;
  std::size_t list = 0;
  const auto row = [&](std::uint32_t line, std::span<const CsvField> fields) {
    if (header) {
      header = false;
      if (state_.diagnostics.errors() != errors_before) return false;  // the header was refused
      if (!read_header(table, fields)) return false;
      node = static_cast<std::size_t>(table.find("node"));
      list = static_cast<std::size_t>(table.find("list"));
      locate_rows(locator_.completions(), state_.completions.size(), source,
                  {static_cast<int>(node), -1, -1, static_cast<int>(list)});
      return true;
    }
    if (!row_fits(table, fields)) return true;
    const std::uint16_t said_by = source_named(table, fields);
    state_.add_completion(fields[node].text, std::nullopt, std::string(fields[list].text),
                          {file_, line}, said_by);
    return true;
  };
  CsvOptions options;
  options.limits = limits_;
  read_csv(source, options, row, state_.diagnostics);
}

}  // namespace eraudit::detail
