#include "eraudit/import/detail/header.hpp"

#include <algorithm>
#include <iterator>

#include "eraudit/expression/names.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

constexpr std::size_t rows_looked_at = 100;
constexpr std::size_t most_stacked = 3;

/// `plain_name` of what rows of sums are called.
constexpr std::string_view total_words[] = {
    "grand total",   "grand totals", "gesamt",    "gesamtsumme",  "overall total",
    "somme",         "sous total",   "sub total", "sub totals",   "subtotal",
    "subtotals",     "suma",         "sum",       "summe",        "total",
    "total general", "totals",       "totaux",    "zwischensumme"};

std::vector<std::string> texts_of(const TableRow& row) {
  std::vector<std::string> out;
  out.reserve(row.cells.size());
  for (const TableCell& cell : row.cells) out.emplace_back(trimmed(cell.text));
  return out;
}

/// Headers above `field`, the nearest last, with blanks between. `spread`: a blank one belongs to
/// the text to its left, as under a header that covers several columns.
std::string above(std::span<const std::vector<std::string>> rows, std::size_t field, bool spread) {
  std::string out;
  std::string before;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    std::string_view text;
    if (field < row->size()) text = (*row)[field];
    for (std::size_t f = std::min(field, row->size()); spread && text.empty() && f > 0; --f) {
      text = (*row)[f - 1];
    }
    if (text.empty() || text == before) continue;
    before = text;
    if (!out.empty()) out += ' ';
    out += text;
  }
  return out;
}

}  // namespace

HeaderSearch::HeaderSearch(const TableMapping& table) : table_(table) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].joined) continue;
    for (const std::string& header : table.columns[c].headers) {
      column_of_.emplace(folded_header(header), static_cast<std::uint16_t>(c));
    }
  }
}

HeaderSearch::Step HeaderSearch::add(const TableRow& row) {
  if (done_) return Step::data;
  const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                 [](const TableCell& cell) { return trimmed(cell.text).empty(); });
  if (blank) {
    done_ = decided_;
    return decided_ ? Step::data : Step::searching;
  }
  if (rows_++ == 0) first_texts_ = texts_of(row);
  Header here;
  for (std::size_t depth = 1; depth <= last_.size() + 1; ++depth) {
    Header stacked = match(depth, row);
    if (depth == 1 || stacked.matched > here.matched) here = std::move(stacked);
  }
  if (decided_) {
    // A second row of headers adds columns and takes none away.
    done_ = true;
    if (!here.complete || here.matched <= best_.matched) return Step::data;
    best_ = std::move(here);
    lines_.push_back(row.line);
    return Step::header;
  }
  lines_.push_back(row.line);
  if (here.matched > best_.matched) best_ = here;
  if (here.complete && here.matched > 0) {
    best_ = std::move(here);
    decided_ = true;
  }
  last_.insert(last_.begin(), texts_of(row));
  if (last_.size() >= most_stacked) last_.resize(most_stacked - 1);
  if (decided_) return Step::header;
  return rows_ >= rows_looked_at ? Step::given_up : Step::searching;
}

Header HeaderSearch::match(std::size_t depth, const TableRow& row) const {
  Header out;
  out.line = row.line;
  out.rows = static_cast<std::uint32_t>(depth);
  out.field_of_column.assign(table_.columns.size(), no_code);
  out.second_field.assign(table_.columns.size(), no_code);
  out.texts = texts_of(row);
  const auto upper = std::span(last_).first(depth - 1);
  std::size_t width = out.texts.size();
  for (const auto& texts : upper) width = std::max(width, texts.size());
  out.width = width;
  std::vector<std::string> candidates;
  for (std::size_t f = 0; f < width; ++f) {
    const std::string_view bottom =
        f < out.texts.size() ? std::string_view(out.texts[f]) : std::string_view();
    candidates.assign(1, folded_header(bottom));
    if (depth > 1) {
      for (const bool spread : {false, true}) {
        if (spread && bottom.empty()) continue;
        std::string text = above(upper, f, spread);
        if (!text.empty() && text != bottom) text.append(" ").append(bottom);
        candidates.push_back(folded_header(text));
      }
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].empty()) continue;
      const auto found = column_of_.find(candidates[i]);
      if (found == column_of_.end()) continue;
      std::uint32_t& field = out.field_of_column[found->second];
      if (field == no_code) {
        field = static_cast<std::uint32_t>(f);
        ++out.matched;
      } else if (field != f && out.second_field[found->second] == no_code) {
        out.second_field[found->second] = static_cast<std::uint32_t>(f);
        out.sound = false;
      }
      break;
    }
  }
  out.complete = true;
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    const bool own = !table_.columns[c].joined;
    if (own && table_.columns[c].required && out.field_of_column[c] == no_code)
      out.complete = false;
  }
  return out;
}

bool is_total_word(std::string_view text) {
  if (text.size() > 40) return false;
  return std::find(std::begin(total_words), std::end(total_words), plain_name(text)) !=
         std::end(total_words);
}

bool is_total_row(std::span<const TableCell> cells) {
  bool word = false;
  std::size_t figures = 0;
  for (const TableCell& cell : cells) {
    const std::string_view text = trimmed(cell.text);
    if (text.empty() || cell.merged) continue;
    if (!word) {
      if (!is_total_word(text)) return false;
      word = true;
      continue;
    }
    if (text.find_first_not_of("0123456789.,' %$-+()") != std::string_view::npos) return false;
    ++figures;
  }
  return word && figures > 0;
}

}  // namespace eraudit::detail
