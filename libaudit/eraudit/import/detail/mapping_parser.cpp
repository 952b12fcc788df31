#include "eraudit/import/detail/mapping_parser.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
MappingParser::MappingParser(const Document& document, SchemaPtr schema, const Limits& limits,
                             Diagnostics& diagnostics)
    : reader_(document, diagnostics), state_(std::make_shared<Mapping::State>()) {
  state_->source = document.source_ptr();
  state_->sha256 = eraudit::sha256(document.source().text());
  if (!schema) schema = recruitment_schema();
  state_->schema = std::move(schema);
  state_->limits = limits;
}

std::shared_ptr<const Mapping::State> MappingParser::parse() {
  const DocumentNode root = reader_.document().root();
  if (!reader_.expect_map(root, "a mapping file")) return nullptr;
  Fields fields(reader_, root, "a mapping",
                {"eraudit", "about", "schema", "as_of", "sources", "source", "fillers", "absent",
                 "salt", "table", "tables", "nodes", "edges", "complete"});
  head(fields);
  // Without the right schema and columns every name further down would be reported as unknown.
  if (const auto extension = fields.find("schema"); extension && !schema_extension(*extension)) {
    return nullptr;
  }
  all_tables(fields);
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

EntrySource MappingParser::entry_source(const Fields& fields) {
  if (const auto said = fields.find("source")) return source_or_column(*said);
  if (table_->source) return *table_->source;
  if (!names_source_ && state_->sources.size() > 1) {
    reader_.error(Span{fields.node().span().offset, 1}, "mapping-no-source",
                  "this says nothing of its source, and there are several",
                  "add `source:` here, at the table, or once at the top; `source: null` if nobody "
                  "knows who says it");
  }
  return {state_->default_source, {}};
}

EntrySource MappingParser::source_or_column(DocumentNode node) {
  if (node.is_null()) return {};
  if (!node.is_map()) return {source(node), {}};
  Fields fields(reader_, node, "source", {"column"});
  EntrySource out{state_->default_source, {}};
  if (const auto column = fields.require("column", "it names the source of each row")) {
    out.column = plain_column(*column);
  }
  return out;
}

/// A column of the table that names no persons.
std::optional<std::uint16_t> MappingParser::plain_column(DocumentNode node) {
  const auto name = reader_.text(node, "column");
  if (!name) return std::nullopt;
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < table_->columns.size(); ++i) {
    ColumnMapping& candidate = table_->columns[i];
    known.push_back(candidate.name);
    if (candidate.name != *name) continue;
    candidate.read = true;
    if (candidate.person == Person::none) return static_cast<std::uint16_t>(i);
    reader_.error(node, "mapping-person-leaks",
                  fmt::format("the column {} names persons and can be no value", in_quotes(*name)));
    return std::nullopt;
  }
  reader_.error(node, "mapping-unknown-column",
                fmt::format("there is no column {}", in_quotes(*name)), suggest(*name, known));
  return std::nullopt;
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
