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
                         std::string_view key, bool numbered)
    : column_(&column),
      fillers_(column.fillers ? &*column.fillers : &mapping.fillers),
      absent_(column.absent ? &*column.absent : &mapping.absent),
      key_(key),
      numbered_(numbered) {}

CellText ColumnTexts::classify(std::string_view field) const {
  CellText out;
  const std::string_view text = trimmed(field);
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
  }
  return out;
}

void ColumnTexts::count(const CellText& cell) noexcept {
  if (cell.state == CellText::State::text) ++filled_;
  if (cell.state == CellText::State::empty) ++empty_;
}

RowCell ColumnTexts::read(std::string_view field) {
  ++rows_;
  if (const auto code = pool_.find(field)) {
    CellText& cell = cells_[*code];
    ++cell.count;
    count(cell);
    return {&cell, numbered_ ? *code : no_code};
  }
  CellText cell = classify(field);
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
