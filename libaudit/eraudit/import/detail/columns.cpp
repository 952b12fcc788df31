#include "eraudit/import/detail/columns.hpp"

#include "eraudit/import/detail/pseudonym.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

/// Up to so many texts are numbered in any case; beyond, only while each stands in four cells on
/// average.
constexpr std::size_t always_numbered = 65'536;

}  // namespace

ColumnTexts::ColumnTexts(const ColumnMapping& column, const Mapping::State& mapping,
                         std::string_view key, std::optional<Date> as_of, bool numbered)
    : column_(&column),
      fillers_(column.fillers ? &*column.fillers : &mapping.fillers),
      absent_(column.absent ? &*column.absent : &mapping.absent),
      key_(key),
      as_of_(as_of),
      numbered_(numbered) {}

CellText ColumnTexts::classify(const TableCell& field) const {
  CellText out;
  if (field.kind == TableCell::Kind::absent) {
    out.state = CellText::State::absent;
    return out;
  }
  const std::string_view text = trimmed(field.text);
  if (text.empty()) return out;
  const std::string compared = folded(text);
  if (fillers_->contains(compared)) {
    out.state = CellText::State::filler;
    out.text = text;
  } else if (absent_->contains(compared)) {
    out.state = CellText::State::absent;
    out.text = text;
  } else {
    out.state = CellText::State::text;
    out.suspicious = column_->person == Person::none && looks_like_filler(text);
    out.text = column_->person == Person::key_only && !column_->opaque ? pseudonym(key_, text)
                                                                       : std::string(text);
    apply_form(field, out);
  }
  return out;
}

void ColumnTexts::apply_form(const TableCell& field, CellText& out) const {
  FormOutcome read;
  if (column_->date) {
    // A day that the workbook keeps as one is a day of the Gregorian calendar.
    const auto day = field.date ? parse_date(out.text) : std::nullopt;
    read = day ? check_date({*day, *day}, *column_->date, as_of_)
               : read_date(out.text, *column_->date, as_of_);
  } else if (column_->amount) {
    read = read_amount(out.text, *column_->amount);
  } else {
    return;
  }
  if (read.error.empty()) {
    out.text = std::move(read.text);
    return;
  }
  out.state = CellText::State::empty;
  out.suspicious = false;
  out.error = std::move(read.error);
  out.help = std::move(read.help);
}

void ColumnTexts::count(const CellText& cell) noexcept {
  if (cell.state == CellText::State::text) ++filled_;
  if (cell.state == CellText::State::empty && cell.error.empty()) ++empty_;
}

RowCell ColumnTexts::read(const TableCell& cell_of_table) {
  ++rows_;
  std::string_view field = cell_of_table.text;
  if ((cell_of_table.date && column_->date) || cell_of_table.kind == TableCell::Kind::absent) {
    // What is no text of its own is not to be mistaken for one.
    marked_ = cell_of_table.date ? '\x01' : '\x02';
    marked_ += field;
    field = marked_;
  }
  if (const auto code = pool_.find(field)) {
    CellText& cell = cells_[*code];
    ++cell.count;
    count(cell);
    return {&cell, numbered_ ? *code : no_code};
  }
  CellText cell = classify(cell_of_table);
  count(cell);
  cell.count = 1;
  // What the report lists is always kept; there is never much of it.
  const bool kept = cell.suspicious || cell.state == CellText::State::filler ||
                    cell.state == CellText::State::absent;
  if (!kept && cells_.size() >= always_numbered && cells_.size() * 4 > rows_) {
    scratch_ = std::move(cell);
    return {&scratch_, no_code};
  }
  const std::uint32_t code = pool_.intern(field);
  cells_.push_back(std::move(cell));
  return {&cells_.back(), numbered_ ? code : no_code};
}

}  // namespace eraudit::detail
