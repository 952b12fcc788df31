// Tables and columns of a mapping.

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "eraudit/core/money.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/mapping_parser.hpp"
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

void MappingParser::all_tables(Fields& fields) {
  const auto single = fields.find("table");
  const auto several = fields.find("tables");
  if (!several) {
    const auto node = fields.require("table", "it names the columns of the table");
    if (!node || !reader_.expect_map(*node, "table")) return;
    state_->tables.emplace_back();
    one_table(*node, fields.node());
    check_unread();
    return;
  }
  if (single) {
    reader_.error(*single, "mapping-table-twice", "a mapping has `table` or `tables`, not both");
    return;
  }
  for (const std::string_view key : {"nodes", "edges", "complete"}) {
    if (const auto stray = fields.find(key)) {
      reader_.error(*stray, "mapping-entry-place",
                    fmt::format("with several tables, `{}` stands in each of them", key),
                    "move it under the table whose rows make it");
    }
  }
  if (!reader_.expect_map(*several, "tables")) return;
  if (several->size() == 0) {
    reader_.error(*several, "mapping-no-tables", "the mapping has no tables");
    return;
  }
  state_->tables.reserve(several->size());
  for (std::size_t i = 0; i < several->size(); ++i) {
    if (!reader_.expect_map(several->at(i), "a table")) continue;
    TableMapping& table = state_->tables.emplace_back();
    table.name = several->key(i).text();
    if (!is_identifier(table.name)) {
      reader_.error(several->key(i), "mapping-table-name",
                    fmt::format("{} cannot name a table", in_quotes(table.name)),
                    "use letters, digits and _");
    }
    one_table(several->at(i), several->at(i));
  }
  check_unread();
}

void MappingParser::one_table(DocumentNode node, const DocumentNode& entries) {
  TableMapping& table = state_->tables.back();
  table_ = &table;
  table.place = node.span();
  std::vector<std::string_view> keys = {"columns", "delimiter", "encoding",
                                        "ragged",  "skip_if",   "hidden_rows",
                                        "totals",  "sheet",     "group_by"};
  const bool named = !table.name.empty();
  if (named) {
    for (const std::string_view key :
         {"nodes", "edges", "complete", "required", "file", "key", "join", "source"}) {
      keys.push_back(key);
    }
  }
  Fields fields(reader_, node, named ? "a table" : "table", keys);
  table_options(fields);
  const auto listed = fields.require("columns", "it names the columns of the table");
  if (listed) columns(*listed);
  if (table.columns.empty()) return;
  // The expressions that find rows of other tables see this table's own columns.
  compiler_.emplace(reader_, table, state_->schema, state_->limits);
  if (const auto key = fields.find("key")) table.key = compiler_->id(*key, "key");
  if (const auto found = fields.find("join")) joins(*found);
  compiler_.emplace(reader_, table, state_->schema, state_->limits);
  table.names = compiler_->names();
  if (const auto skip = fields.find("skip_if")) {
    table.skip_if = compiler_->condition(*skip, "skip_if");
  }
  if (const auto found = fields.find("group_by")) grouping(*found);
  if (const auto said = fields.find("source")) table_->source = source_or_column(*said);
  const auto made = entries.find("nodes");
  if (made) {
    nodes(*made);
  } else if (!table.key) {
    reader_.error(Span{entries.span().offset, 1}, "mapping-missing-key",
                  fmt::format("{} needs the key 'nodes'", named ? "a table" : "a mapping"),
                  "it says what a row makes");
  }
  if (const auto found = entries.find("edges")) edges(*found);
  if (const auto found = entries.find("complete")) completions(*found);
  table_->counts_rows = table_->counts_rows || compiler_->reads_row_key();
}

void MappingParser::table_options(const Fields& fields) {
  TableMapping& table = *table_;
  if (const auto found = fields.find("required")) {
    table.required = reader_.boolean(*found, "required").value_or(true);
  }
  if (const auto found = fields.find("file")) {
    if (const auto name = reader_.text(*found, "file")) {
      const std::filesystem::path mapping(reader_.document().source().name());
      table.file = (mapping.parent_path() / *name).string();
    }
  }
  if (const auto found = fields.find("delimiter")) {
    const std::string_view text = found->text();
    if (text == "tab" || text == "\t") {
      table.delimiter = '\t';
    } else if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") {
      table.delimiter = text.front();
    } else {
      reader_.error(*found, "mapping-delimiter", fmt::format("{} is no delimiter", in_quotes(text)),
                    "write one sign, such as \";\" or \"|\", or tab");
    }
  }
  if (const auto found = fields.find("encoding")) {
    table.encoding = encoding_named(found->text());
    if (!table.encoding) {
      const std::string_view known[] = {"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252"};
      reader_.error(*found, "mapping-encoding",
                    fmt::format("{} is no encoding that is read", in_quotes(found->text())),
                    suggest(found->text(), known));
    }
  }
  const auto choice = [&](std::string_view key, std::vector<std::string_view> known,
                          std::string_view id, std::string_view what) -> std::size_t {
    const auto found = fields.find(key);
    if (!found) return 0;
    const auto at = std::find(known.begin(), known.end(), found->text());
    if (at != known.end()) return static_cast<std::size_t>(at - known.begin());
    reader_.error(*found, id,
                  fmt::format("{} is nothing to do with {}", in_quotes(found->text()), what),
                  suggest(found->text(), known));
    return 0;
  };
  constexpr Ragged ragged[] = {Ragged::error, Ragged::pad, Ragged::skip};
  table.ragged =
      ragged[choice("ragged", {"error", "pad", "skip"}, "mapping-ragged", "a ragged row")];
  table.skip_hidden =
      choice("hidden_rows", {"read", "skip"}, "mapping-hidden-rows", "hidden rows") == 1;
  table.skip_totals = choice("totals", {"skip", "read"}, "mapping-totals", "rows of totals") == 0;
  if (const auto found = fields.find("sheet")) sheets(*found);
}

void MappingParser::sheets(DocumentNode node) {
  for (const DocumentNode text : reader_.texts(node, "a sheet")) {
    table_->sheets.emplace_back(text.text());
  }
}

void MappingParser::columns(DocumentNode node) {
  if (!reader_.expect_map(node, "columns")) return;
  for (std::size_t i = 0; i < node.size(); ++i) column(node.key(i), node.at(i));
  if (node.size() == 0) {
    reader_.error(node, "mapping-no-columns", "the table has no columns");
  }
  check_headers();
}

bool MappingParser::column_name(DocumentNode name) {
  const std::string_view text = name.text();
  // `id`, `from` ... are fine after a dot; words of CEL are not.
  const bool fine =
      text == "id" || text == "kind" || text == "from" || text == "to" || text == "source";
  if (is_identifier(text) && (fine || !Schema::reserved(text))) return true;
  reader_.error(name, "mapping-column-name",
                fmt::format("{} cannot name a column in expressions", in_quotes(text)),
                "use letters, digits and _, and no word of CEL; the header in the file may be "
                "anything: header: [...]");
  return false;
}

void MappingParser::column(DocumentNode name, DocumentNode body) {
  if (!column_name(name)) return;
  ColumnMapping column;
  column.name = name.text();
  column.place = name.span();
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
  table_->columns.push_back(std::move(column));
}

void MappingParser::column_details(DocumentNode body, ColumnMapping& column) {
  Fields fields(reader_, body, "a column",
                {"header", "required", "person", "opaque", "fillers", "absent", "date", "calendar",
                 "future", "money", "number", "split", "otherwise"});
  if (const auto header = fields.require("header", "it is the text above the column")) {
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
  column_form(fields, column);
}

void MappingParser::column_form(const Fields& fields, ColumnMapping& column) {
  const auto date = fields.find("date");
  const auto money = fields.find("money");
  const auto number = fields.find("number");
  const auto separators = fields.find("split");
  const auto other = fields.find("otherwise");
  const auto form = date ? date : money ? money : number;
  if (int{date.has_value()} + int{money.has_value()} + int{number.has_value()} > 1) {
    reader_.error(*form, "mapping-form-twice",
                  fmt::format("the column {} holds days, money or numbers, not several of them",
                              in_quotes(column.name)));
    return;
  }
  if (form && column.person != Person::none) {
    reader_.error(
        *form, "mapping-person-leaks",
        fmt::format("the column {} names persons and can be no value", in_quotes(column.name)));
    return;
  }
  if (date) date_form(*date, column);
  if (money) amount_form(*money, true, column);
  if (number) amount_form(*number, false, column);
  for (const std::string_view key : {"calendar", "future"}) {
    const auto node = fields.find(key);
    if (!node) continue;
    if (!date) {
      reader_.error(*node, "mapping-date-format", fmt::format("{} goes with `date`", key),
                    "say how days are written: date: DD/MM/YYYY");
    } else if (!column.date) {
      continue;
    } else if (key == "future") {
      column.date->may_be_future = reader_.boolean(*node, "future").value_or(false);
    } else if (const auto calendar = calendar_named(node->text())) {
      column.date->calendar = *calendar;
    } else {
      const std::string_view known[] = {"gregorian", "bikram-sambat", "thai"};
      reader_.error(*node, "mapping-calendar",
                    fmt::format("{} is no calendar that is known here", in_quotes(node->text())),
                    suggest(node->text(), known));
    }
  }
  if (separators) split(*separators, column);
  if (!other) return;
  if (!form) {
    reader_.error(*other, "mapping-otherwise",
                  "of a column, otherwise goes with date, money or number");
    return;
  }
  otherwise(*other, column.otherwise_unknown);
}

void MappingParser::date_form(DocumentNode node, ColumnMapping& column) {
  DateForm form;
  for (const DocumentNode text : reader_.texts(node, "a format of days")) {
    if (auto pattern = parse_date_pattern(text.text())) {
      form.patterns.push_back(std::move(*pattern));
    } else {
      reader_.error(text, "mapping-date-format",
                    fmt::format("{} is no format of days", in_quotes(text.text())),
                    "write it with YYYY or YY, MM, M or MON, DD or D: DD/MM/YYYY, D MON YYYY, "
                    "MM/YYYY");
    }
  }
  column.date = std::move(form);
}

void MappingParser::amount_form(DocumentNode node, bool money, ColumnMapping& column) {
  AmountForm form;
  form.money = money;
  const std::string_view what = money ? "money" : "number";
  const auto set_style = [&](DocumentNode text) {
    if (const auto style = number_style(text.text())) {
      form.style = *style;
      return;
    }
    reader_.error(text, "mapping-number-format",
                  fmt::format("{} is no format of numbers", in_quotes(text.text())),
                  "write one of \"1,234.56\", \"1.234,56\", \"1 234,56\", \"1'234.56\" and "
                  "\"1,23,456.78\" (indian)");
  };
  const auto set_currency = [&](DocumentNode text) {
    if (!Currency::from_code(text.text())) {
      reader_.error(text, "mapping-currency",
                    fmt::format("{} is no currency of ISO 4217", in_quotes(text.text())),
                    "write its code in capitals, such as NPR");
      return;
    }
    form.currency = text.text();
  };
  if (!node.is_map()) {
    // The short form: the currency of an amount, the format of a number.
    if (!node.is_text()) {
      reader_.error(node, "mapping-not-text",
                    fmt::format("{} must be a text or a map, not {}", what, kind_in_words(node)));
    } else if (money) {
      set_currency(node);
    } else {
      set_style(node);
    }
    column.amount = std::move(form);
    return;
  }
  Fields fields(reader_, node, what,
                money ? std::vector<std::string_view>{"currency", "format", "per"}
                      : std::vector<std::string_view>{"format"});
  if (const auto found = fields.find("currency"); found && money) set_currency(*found);
  if (const auto found = fields.find("format")) set_style(*found);
  if (const auto found = fields.find("per"); found && money) {
    if (parse_wage_period(found->text())) {
      form.per = found->text();
    } else {
      const std::string_view known[] = {"hour", "day", "week", "month", "year"};
      reader_.error(*found, "mapping-period",
                    fmt::format("{} is no time that wages are paid for", in_quotes(found->text())),
                    suggest(found->text(), known));
    }
  }
  column.amount = std::move(form);
}

void MappingParser::split(DocumentNode node, ColumnMapping& column) {
  for (const DocumentNode text : reader_.texts(node, "a sign between texts")) {
    const std::string_view sign = text.text() == "lines" ? std::string_view("\n") : text.text();
    if (sign.empty()) {
      reader_.error(text, "mapping-empty-text", "a sign between texts is empty");
    } else {
      column.split.emplace_back(sign);
    }
  }
}

void MappingParser::check_headers() {
  struct Seen {
    std::string header;
    const ColumnMapping* column;
  };
  std::vector<Seen> seen;
  for (const ColumnMapping& column : table_->columns) {
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
  if (reader_.diagnostics().has_errors()) return;
  for (const TableMapping& table : state_->tables) {
    if (table.counts_rows) continue;
    std::string names;
    std::size_t count = 0;
    Span first;
    for (const ColumnMapping& column : table.columns) {
      if (column.read || column.person == Person::drop) continue;
      if (count++ == 0) first = column.place;
      names += (names.empty() ? "" : ", ") + in_quotes(column.name);
    }
    if (count == 0) continue;
    reader_.warning(first, "mapping-column-unread",
                    fmt::format("nothing reads the column{} {}", count == 1 ? "" : "s", names));
  }
}

}  // namespace eraudit::detail
