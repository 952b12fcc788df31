// Rows of other tables beside a row: finding them, and keeping those that others look for.

#include <fmt/format.h>
#include <string_view>

#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/row_maker.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {

void RowMaker::join_row() {
  for (JoinUse& use : joins_) {
    const IdOutcome& key = evaluator_->id(use.on);
    const Lookup::Row* found = nullptr;
    if (!key.error.empty()) {
      cell_error(use.mapping->on.columns, "import-join",
                 fmt::format(
                     "{}: {}", use.made.entry,
                     reads_person(use.mapping->on) ? std::string("cannot be computed") : key.error),
                 {});
    } else if (!key.known) {
      count(use.made.not_made, "its key is not known");
    } else if (const auto at = use.lookup->rows.find(key.id); at != use.lookup->rows.end()) {
      found = &at->second;
      ++use.made.rows;
    } else {
      count(use.made.not_made, "no row there has this key");
      if (use.mapping->required) no_partner(*use.mapping, key.id);
    }
    for (const auto& [here, there] : use.mapping->take) {
      if (found == nullptr) {
        cells_[here] = columns_[here].nothing();
        continue;
      }
      TableCell cell;
      cell.text = found->texts[there];
      cell.date = found->dates[there];
      cells_[here] = columns_[here].read(cell);
      if (!cells_[here].cell->error.empty()) cells_[here] = columns_[here].nothing();
    }
  }
  evaluator_->row(cells_);
}

void RowMaker::no_partner(const JoinMapping& mapping, const std::string& key) {
  const std::string& table = run_.state.tables[mapping.table].name;
  cell_error(mapping.on.columns, "import-no-partner",
             reads_person(mapping.on) ? fmt::format("{}: the table {} has no row for this",
                                                    mapping.name, in_quotes(table))
                                      : fmt::format("{}: the table {} has no row for {}",
                                                    mapping.name, in_quotes(table), in_quotes(key)),
             "add one there, or correct the text; if it may be missing, leave `required` out");
}

void RowMaker::keep_row() {
  const IdOutcome& key = evaluator_->id(key_);
  if (!key.error.empty() || !key.known) {
    count(key_made_.not_made, key.error.empty() ? "its key is not known" : "an expression failed");
    return;
  }
  Lookup::Row kept;
  kept.place = fmt::format("{}:{}", origin_.name, row_->line);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::uint32_t f = field_of_column_[c];
    const bool has = f != no_code && f < row_->cells.size() &&
                     columns_[c].column().person != Person::drop &&
                     row_->cells[f].kind == TableCell::Kind::text;
    kept.texts.emplace_back(has ? trimmed(row_->cells[f].text) : std::string_view());
    kept.dates.push_back(has && row_->cells[f].date);
  }
  const auto [at, fresh] = lookup_.rows.try_emplace(key.id, std::move(kept));
  if (fresh) {
    ++key_made_.rows;
    return;
  }
  // The same row twice says nothing new.
  bool same = true;
  for (std::size_t c = 0; c < columns_.size() && same; ++c) {
    const std::uint32_t f = field_of_column_[c];
    if (f == no_code || f >= row_->cells.size() || columns_[c].column().person == Person::drop) {
      continue;
    }
    same = row_->cells[f].kind != TableCell::Kind::text ||
           at->second.texts[c] == trimmed(row_->cells[f].text);
  }
  if (same) {
    count(key_made_.not_made, "it repeats an earlier row");
    return;
  }
  cell_error(table_.key->columns, "import-key-twice",
             fmt::format("the key{} stands at {} already, with other texts",
                         reads_person(*table_.key) ? std::string() : " " + in_quotes(key.id),
                         at->second.place),
             "rows of a table that others look into are told apart by `key`");
}

}  // namespace eraudit::detail
