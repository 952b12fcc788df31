#include "eraudit/import/detail/mapping_parser.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

/// Names of columns and handles: what CEL can read after a dot.
bool is_identifier(std::string_view text) noexcept {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

MappingParser::MappingParser(const Document& document, SchemaPtr schema, const Limits& limits,
                             Diagnostics& diagnostics)
    : reader_(document, diagnostics), state_(std::make_shared<Mapping::State>()) {
  state_->source = document.source_ptr();
  state_->sha256 = eraudit::sha256(document.source().text());
  state_->schema = schema ? std::move(schema) : recruitment_schema();
  state_->limits = limits;
}

std::shared_ptr<const Mapping::State> MappingParser::parse() {
  const DocumentNode root = reader_.document().root();
  if (!reader_.expect_map(root, "a mapping file")) return nullptr;
  Fields fields(reader_, root, "a mapping",
                {"eraudit", "about", "schema", "as_of", "sources", "source", "fillers", "absent",
                 "salt", "table", "nodes", "edges", "complete"});
  head(fields);
  // Without the right schema and columns every name further down would be reported as unknown.
  if (const auto extension = fields.find("schema"); extension && !schema_extension(*extension)) {
    return nullptr;
  }
  const auto table_node = fields.require("table", "it names the columns of the table");
  if (table_node) table(*table_node);
  if (state_->table.columns.empty()) return nullptr;
  compiler_.emplace(reader_, state_->table, state_->schema, state_->limits);
  state_->names = compiler_->names();
  if (const auto skip = table_node->is_map() ? table_node->find("skip_if") : std::nullopt) {
    state_->table.skip_if = compiler_->condition(*skip, "skip_if");
  }
  if (const auto found = fields.require("nodes", "it says what a row makes")) nodes(*found);
  if (const auto found = fields.find("edges")) edges(*found);
  if (const auto found = fields.find("complete")) completions(*found);
  check_unread();
  if (reader_.diagnostics().has_errors()) return nullptr;
  return state_;
}

void MappingParser::head(const Fields& fields) {
  const DocumentNode root = fields.node();
  if (const auto form = root.find("eraudit")) {
    if (form->text() != "mapping/1") {
      reader_.error(*form, "mapping-form",
                    fmt::format("this file says that it is {}", in_quotes(form->text())),
                    "a mapping begins with `eraudit: mapping/1`");
    }
  } else {
    reader_.error(Span{root.span().offset, 1}, "mapping-form", "this file does not say what it is",
                  "begin it with `eraudit: mapping/1`");
  }
  if (const auto about = fields.find("about")) reader_.text(*about, "about");
  if (const auto day = fields.find("as_of")) {
    state_->as_of = parse_date(day->text());
    if (!state_->as_of) {
      reader_.error(*day, "mapping-date", fmt::format("as_of {} is no day", in_quotes(day->text())),
                    "write it as 2021-09-30");
    }
  }
  if (const auto found = fields.find("sources")) sources(*found);
  if (const auto found = fields.find("source")) {
    names_source_ = true;
    state_->default_source = source(*found);
  } else if (state_->sources.size() == 1) {
    state_->default_source = 0;
  }
  if (const auto fillers = fields.find("fillers")) {
    tokens(*fillers, "a filler", state_->fillers);
  } else {
    reader_.error(Span{root.span().offset, 1}, "mapping-missing-key",
                  "a mapping needs the key 'fillers'",
                  "list the texts that say nothing, such as [N/A, n/a, none, \"-\"]; [] if only "
                  "empty cells say nothing");
  }
  if (const auto absent = fields.find("absent")) {
    tokens(*absent, "a text for \"there is none\"", state_->absent);
  }
  if (const auto salt = fields.find("salt")) {
    state_->salt = reader_.text(*salt, "salt").value_or(std::string());
  }
}

bool MappingParser::schema_extension(DocumentNode node) {
  const auto path = reader_.text(node, "schema");
  if (!path) return false;
  const std::filesystem::path beside =
      std::filesystem::path(reader_.document().source().name()).parent_path() / *path;
  const auto document = read_document(beside.string(), state_->limits);
  reader_.diagnostics().append(document.diagnostics());
  if (!document) return false;
  auto schema = read_schema(**document, state_->schema);
  reader_.diagnostics().append(schema.diagnostics());
  if (!schema) return false;
  state_->schema = *schema;
  state_->schema_extension = (*document)->source().text();
  return true;
}

void MappingParser::tokens(DocumentNode node, std::string_view what, Tokens& out) {
  for (const DocumentNode text : reader_.texts(node, what)) out.add(text.text());
}

void MappingParser::sources(DocumentNode node) {
  if (!reader_.expect_map(node, "sources")) return;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const DocumentNode body = node.at(i);
    SourceRecord record;
    record.id = node.key(i).text();
    if (!reader_.expect_map(body, "a source")) continue;
    std::optional<DocumentNode> source_class;
    for (std::size_t k = 0; k < body.size(); ++k) {
      const std::string_view key = body.key(k).text();
      const DocumentNode value = body.at(k);
      if (!value.is_scalar() || value.is_null()) {
        reader_.error(
            value, "mapping-not-text",
            fmt::format("{} of a source must be a text, not {}", key, kind_in_words(value)));
      } else if (key == "class") {
        source_class = value;
      } else if (key == "date") {
        record.date = parse_date(value.text());
        if (!record.date) {
          reader_.error(value, "mapping-date",
                        fmt::format("date {} is no day", in_quotes(value.text())),
                        "write it as 2021-09-30");
        }
      } else if (key == "ref") {
        record.ref = value.text();
      } else {
        record.details.emplace_back(key, value.text());
      }
    }
    std::sort(record.details.begin(), record.details.end());
    if (source_class) {
      const auto classes = state_->schema->source_classes();
      const auto found = state_->schema->find_source_class(source_class->text(), record.details);
      if (found) {
        record.source_class = classes[*found].id;
      } else if (classes.empty()) {
        record.source_class = source_class->text();
      } else {
        reader_.error(*source_class, "mapping-unknown-source-class",
                      fmt::format("{} is no class of source", in_quotes(source_class->text())),
                      state_->schema->source_class_help(source_class->text()));
      }
    }
    state_->sources.push_back(std::move(record));
  }
}

std::optional<std::uint16_t> MappingParser::source(DocumentNode node) {
  const auto name = reader_.text(node, "source");
  if (!name) return std::nullopt;
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < state_->sources.size(); ++i) {
    if (state_->sources[i].id == *name) return static_cast<std::uint16_t>(i);
    known.push_back(state_->sources[i].id);
  }
  reader_.error(node, "mapping-unknown-source",
                fmt::format("there is no source {}", in_quotes(*name)),
                known.empty() ? std::string("describe it under `sources`") : suggest(*name, known));
  return std::nullopt;
}

std::optional<std::uint16_t> MappingParser::entry_source(const Fields& fields) {
  if (const auto said = fields.find("source")) return source(*said);
  if (!names_source_ && state_->sources.size() > 1) {
    reader_.error(Span{fields.node().span().offset, 1}, "mapping-no-source",
                  "this says nothing of its source, and there are several",
                  "add `source:` here, or once at the top");
  }
  return state_->default_source;
}

void MappingParser::table(DocumentNode node) {
  if (!reader_.expect_map(node, "table")) return;
  Fields fields(reader_, node, "table", {"columns", "delimiter", "ragged", "skip_if"});
  state_->table.place = node.span();
  if (const auto found = fields.find("delimiter")) {
    const std::string_view text = found->text();
    if (text == "tab" || text == "\t") {
      state_->table.delimiter = '\t';
    } else if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") {
      state_->table.delimiter = text.front();
    } else {
      reader_.error(*found, "mapping-delimiter", fmt::format("{} is no delimiter", in_quotes(text)),
                    "write one sign, such as \";\" or \"|\", or tab");
    }
  }
  if (const auto found = fields.find("ragged")) {
    const std::string_view text = found->text();
    if (text == "error") {
      state_->table.ragged = Ragged::error;
    } else if (text == "pad") {
      state_->table.ragged = Ragged::pad;
    } else if (text == "skip") {
      state_->table.ragged = Ragged::skip;
    } else {
      const std::string_view known[] = {"error", "pad", "skip"};
      reader_.error(*found, "mapping-ragged",
                    fmt::format("{} is nothing to do with a ragged row", in_quotes(text)),
                    suggest(text, known));
    }
  }
  const auto columns = fields.require("columns", "it names the columns of the table");
  if (!columns || !reader_.expect_map(*columns, "columns")) return;
  for (std::size_t i = 0; i < columns->size(); ++i) column(columns->key(i), columns->at(i));
  if (columns->size() == 0) {
    reader_.error(*columns, "mapping-no-columns", "the table has no columns");
  }
  check_headers();
}

void MappingParser::column(DocumentNode name, DocumentNode body) {
  ColumnMapping column;
  column.name = name.text();
  column.place = name.span();
  if (!is_identifier(column.name) || Schema::reserved(column.name)) {
    // `id`, `from` ... are fine after a dot; words of CEL are not.
    const bool fine = column.name == "id" || column.name == "kind" || column.name == "from" ||
                      column.name == "to" || column.name == "source";
    if (!fine) {
      reader_.error(name, "mapping-column-name",
                    fmt::format("{} cannot name a column in expressions", in_quotes(column.name)),
                    "use letters, digits and _, and no word of CEL; the header in the file may be "
                    "anything: header: [...]");
      return;
    }
  }
  bool said = false;
  if (body.is_map()) {
    said = body.find("person").has_value();
    column_details(body, column);
  } else {
    for (const DocumentNode text : reader_.texts(body, "a header")) {
      column.headers.emplace_back(text.text());
    }
  }
  check_person(column, said);
  state_->table.columns.push_back(std::move(column));
}

void MappingParser::column_details(DocumentNode body, ColumnMapping& column) {
  Fields fields(reader_, body, "a column",
                {"header", "required", "person", "opaque", "fillers", "absent"});
  if (const auto header = fields.require("header", "it is the text in the table's first row")) {
    for (const DocumentNode text : reader_.texts(*header, "a header")) {
      column.headers.emplace_back(text.text());
    }
  }
  if (const auto person = fields.find("person")) {
    const std::string_view text = person->text();
    if (text == "drop") {
      column.person = Person::drop;
    } else if (text == "key_only") {
      column.person = Person::key_only;
    } else if (text != "none") {
      const std::string_view known[] = {"drop", "key_only", "none"};
      reader_.error(*person, "mapping-person",
                    fmt::format("{} is nothing to do with a person's column", in_quotes(text)),
                    suggest(text, known));
    }
  }
  column.required = column.person != Person::drop;
  if (const auto required = fields.find("required")) {
    column.required = reader_.boolean(*required, "required").value_or(column.required);
  }
  if (const auto opaque = fields.find("opaque")) {
    column.opaque = reader_.boolean(*opaque, "opaque").value_or(false);
    if (column.person != Person::key_only) {
      reader_.error(*opaque, "mapping-opaque", "only a `person: key_only` column can be opaque");
    }
  }
  if (const auto fillers = fields.find("fillers")) {
    tokens(*fillers, "a filler", column.fillers.emplace());
  }
  if (const auto absent = fields.find("absent")) {
    tokens(*absent, "a text for \"there is none\"", column.absent.emplace());
  }
}

void MappingParser::check_headers() {
  struct Seen {
    std::string header;
    const ColumnMapping* column;
  };
  std::vector<Seen> seen;
  for (const ColumnMapping& column : state_->table.columns) {
    for (const std::string& header : column.headers) {
      std::string compared = folded_header(header);
      const auto before = std::find_if(seen.begin(), seen.end(), [&](const Seen& other) {
        return other.header == compared && other.column != &column;
      });
      if (before != seen.end()) {
        reader_.error(column.place, "mapping-header-twice",
                      fmt::format("the header {} is that of the column {} already",
                                  in_quotes(header), in_quotes(before->column->name)),
                      "headers are compared without regard to case and signs");
      }
      seen.push_back({std::move(compared), &column});
    }
  }
}

void MappingParser::check_person(const ColumnMapping& column, bool said) {
  if (said) return;
  for (const std::string& header : column.headers) {
    if (!looks_like_person(header) && !looks_like_person(column.name)) continue;
    reader_.error(column.place, "mapping-person-undeclared",
                  fmt::format("the column {} (header {}) looks like data of a person",
                              in_quotes(column.name), in_quotes(header)),
                  "say what becomes of it: `person: drop`, `person: key_only` (for ids, under a "
                  "pseudonym), or `person: none` if it names no person");
    return;
  }
}

void MappingParser::check_unread() {
  state_->counts_rows = compiler_->reads_row_key();
  if (state_->counts_rows || reader_.diagnostics().has_errors()) return;
  for (const ColumnMapping& column : state_->table.columns) {
    if (column.read || column.person == Person::drop) continue;
    reader_.warning(column.place, "mapping-column-unread",
                    fmt::format("nothing reads the column {}", in_quotes(column.name)));
  }
}

void Tokens::add(std::string_view text) {
  std::string compared = folded(text);
  const auto place = std::lower_bound(texts_.begin(), texts_.end(), compared);
  if (place == texts_.end() || *place != compared) texts_.insert(place, std::move(compared));
}

bool Tokens::contains(std::string_view text) const noexcept {
  return std::binary_search(texts_.begin(), texts_.end(), text,
                            [](std::string_view a, std::string_view b) { return a < b; });
}

}  // namespace eraudit::detail
