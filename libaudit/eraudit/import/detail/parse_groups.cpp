// Rows of other tables beside a row, and rows taken together.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/mapping_parser.hpp"

namespace eraudit::detail {
namespace {

struct NamedFold {
  std::string_view name;
  Fold fold;
};
constexpr NamedFold folds[] = {
    {"count", Fold::count}, {"distinct", Fold::distinct}, {"known", Fold::known},
    {"share", Fold::said},  {"min", Fold::min},           {"median", Fold::median},
    {"max", Fold::max},     {"sum", Fold::sum},           {"window", Fold::window},
};

std::vector<std::string_view> fold_names() {
  std::vector<std::string_view> out;
  for (const NamedFold& one : folds) out.push_back(one.name);
  return out;
}

}  // namespace

void MappingParser::joins(DocumentNode node) {
  if (!reader_.expect_map(node, "join")) return;
  for (std::size_t i = 0; i < node.size(); ++i) join(node.key(i), node.at(i));
}

void MappingParser::join(DocumentNode other, DocumentNode body) {
  if (!reader_.expect_map(body, "a join")) return;
  Fields fields(reader_, body, "a join", {"table", "on", "take", "required"});
  JoinMapping out;
  out.name = other.text();
  // Two rows of one table may be joined: then each join has a name of its own.
  if (const auto named = fields.find("table")) other = *named;
  out.place = other.span();
  std::vector<std::string_view> known;
  TableMapping* found = nullptr;
  for (TableMapping& table : state_->tables) {
    if (&table == table_) break;
    known.push_back(table.name);
    if (table.name != other.text()) continue;
    found = &table;
    out.table = static_cast<std::uint16_t>(&table - state_->tables.data());
  }
  if (found == nullptr) {
    reader_.error(other, "mapping-unknown-table",
                  fmt::format("no table above this one is called {}", in_quotes(other.text())),
                  known.empty() ? std::string("a table that others look into stands above them")
                                : suggest(other.text(), known));
    return;
  }
  if (!found->key) {
    reader_.error(other, "mapping-no-key",
                  fmt::format("the table {} has no `key` by which its rows are found",
                              in_quotes(found->name)),
                  "give it one, such as key: row.case");
    return;
  }
  const auto on = fields.require("on", "the text that is the key of the row there");
  if (on) {
    if (auto compiled = compiler_->id(*on, "on")) out.on = std::move(*compiled);
  }
  if (const auto required = fields.find("required")) {
    out.required = reader_.boolean(*required, "required").value_or(false);
  }
  const auto taken = fields.require("take", "columns: our name for each, and its name there");
  if (taken) take(*taken, *found, out);
  if (on && taken) table_->joins.push_back(std::move(out));
}

void MappingParser::take(DocumentNode node, TableMapping& other, JoinMapping& out) {
  if (!reader_.expect_map(node, "take")) return;
  std::vector<std::string_view> known;
  for (const ColumnMapping& column : other.columns) known.push_back(column.name);
  for (std::size_t i = 0; i < node.size(); ++i) {
    const auto there = reader_.text(node.at(i), "a column");
    if (!there || !column_name(node.key(i))) continue;
    const auto found = std::find(known.begin(), known.end(), *there);
    if (found == known.end()) {
      reader_.error(
          node.at(i), "mapping-unknown-column",
          fmt::format("the table {} has no column {}", in_quotes(other.name), in_quotes(*there)),
          suggest(*there, known));
      continue;
    }
    const auto index = static_cast<std::size_t>(found - known.begin());
    ColumnMapping column = other.columns[index];
    if (column.person == Person::drop) {
      reader_.error(node.at(i), "mapping-person-dropped",
                    fmt::format("the column {} is dropped and cannot be read", in_quotes(*there)));
      continue;
    }
    const bool twice =
        std::any_of(table_->columns.begin(), table_->columns.end(),
                    [&](const ColumnMapping& own) { return own.name == node.key(i).text(); });
    if (twice) {
      reader_.error(node.key(i), "mapping-column-twice",
                    fmt::format("there is a column {} already", in_quotes(node.key(i).text())),
                    "give it another name here");
      continue;
    }
    column.name = node.key(i).text();
    column.place = node.key(i).span();
    column.joined = true;
    column.read = false;
    column.split.clear();
    other.columns[index].read = true;
    out.take.emplace_back(static_cast<std::uint16_t>(table_->columns.size()),
                          static_cast<std::uint16_t>(index));
    table_->columns.push_back(std::move(column));
  }
}

void MappingParser::grouping(DocumentNode node) {
  if (!reader_.expect_map(node, "group_by")) return;
  Fields fields(reader_, node, "group_by", {"by", "values"});
  Grouping out;
  out.place = node.span();
  out.groups = std::make_shared<TableMapping>();
  if (const auto by = fields.require("by",
                                     "columns of the groups: rows that agree in all of them "
                                     "are one group")) {
    if (reader_.expect_map(*by, "by")) {
      for (std::size_t i = 0; i < by->size(); ++i) fold_by(by->key(i), by->at(i), out);
      if (by->size() == 0) {
        reader_.error(*by, "mapping-no-groups", "nothing tells one group from another");
      }
    }
  }
  if (const auto values = fields.find("values"); values && reader_.expect_map(*values, "values")) {
    for (std::size_t i = 0; i < values->size(); ++i) fold(values->key(i), values->at(i), out);
  }
  start_groups(std::move(out));
}

void MappingParser::fold_by(DocumentNode name, DocumentNode body, Grouping& out) {
  auto value = compiler_->group_value(body, name.text(), true);
  if (!value) return;
  fold_column(name, std::string(name.text()), Fold::by, std::move(value), out);
}

void MappingParser::fold(DocumentNode name, DocumentNode body, Grouping& out) {
  const auto known = fold_names();
  DocumentNode word = body;
  std::optional<DocumentNode> argument;
  if (body.is_map() && body.size() == 1) {
    word = body.key(0);
    argument = body.at(0);
  } else if (!body.is_text()) {
    reader_.error(body, "mapping-fold",
                  fmt::format("{} needs one of {}", in_quotes(name.text()),
                              "count, distinct, known, share, min, median, max, sum and window"),
                  "write {max: row.fee}, or count");
    return;
  }
  const auto at = std::find(known.begin(), known.end(), word.text());
  if (at == known.end()) {
    reader_.error(
        word, "mapping-fold",
        fmt::format("{} is nothing that rows are taken together by", in_quotes(word.text())),
        suggest(word.text(), known));
    return;
  }
  const Fold fold = folds[at - known.begin()].fold;
  const std::string column(name.text());
  if (fold == Fold::count) {
    if (argument) {
      reader_.error(*argument, "mapping-fold", "count counts rows and takes no expression",
                    "for rows in which something is known write {known: ...}, for unlike texts "
                    "{distinct: ...}, for rows of which something is true {share: ...}");
      return;
    }
    fold_column(name, column, fold, std::nullopt, out);
    return;
  }
  if (!argument) {
    reader_.error(word, "mapping-fold", fmt::format("{} of what?", word.text()),
                  fmt::format("write {{{}: row.NAME}}", word.text()));
    return;
  }
  auto value = fold == Fold::said
                   ? compiler_->condition(*argument, column)
                   : compiler_->group_value(*argument, column, fold == Fold::distinct);
  if (!value) return;
  if (fold == Fold::said) {
    auto again = value;
    fold_column(name, column + "_said", Fold::said, std::move(value), out);
    fold_column(name, column + "_asked", Fold::asked, std::move(again), out);
    return;
  }
  fold_column(name, column, fold, std::move(value), out);
}

bool MappingParser::fold_column(DocumentNode name, const std::string& column, Fold fold,
                                std::optional<Expression> value, Grouping& out) {
  if (!column_name(name)) return false;
  auto& columns = out.groups->columns;
  if (std::any_of(columns.begin(), columns.end(),
                  [&](const ColumnMapping& other) { return other.name == column; })) {
    reader_.error(name, "mapping-column-twice",
                  fmt::format("there is a column {} already", in_quotes(column)));
    return false;
  }
  FoldMapping entry;
  entry.name = column;
  entry.fold = fold;
  entry.place = name.span();
  if (value && fold == Fold::by) {
    const bool person = std::any_of(
        value->columns.begin(), value->columns.end(),
        [&](std::uint16_t index) { return table_->columns[index].person != Person::none; });
    if (person) entry.person = Person::key_only;
  }
  entry.value = std::move(value);
  ColumnMapping made;
  made.name = column;
  made.place = name.span();
  made.person = entry.person;
  made.opaque = true;      // a pseudonym already
  made.fillers.emplace();  // what says nothing was left out when the row was read
  made.absent.emplace();
  columns.push_back(std::move(made));
  out.folds.push_back(std::move(entry));
  return true;
}

void MappingParser::start_groups(Grouping grouping) {
  TableMapping& table = *table_;
  table.counts_rows = compiler_->reads_row_key();
  TableMapping* groups = grouping.groups.get();
  groups->name = table.name;
  groups->place = grouping.place;
  table.grouping = std::move(grouping);
  if (groups->columns.empty()) return;
  table_ = groups;
  compiler_.emplace(reader_, *groups, state_->schema, state_->limits);
  groups->names = compiler_->names();
}

}  // namespace eraudit::detail
