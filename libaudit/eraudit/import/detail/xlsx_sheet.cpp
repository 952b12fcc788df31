#include "eraudit/import/detail/xlsx_sheet.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/xlsx_xml.hpp"

namespace eraudit::detail {
namespace {

constexpr std::uint32_t last_row = 1'048'576;
constexpr std::uint32_t last_column = 16'384;

struct Address {
  std::uint32_t column;  ///< from 0
  std::uint32_t row;     ///< from 1
};

std::optional<Address> parse_address(std::string_view text) noexcept {
  std::uint32_t column = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 4; ++at) {
    column = column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
  }
  const auto row = number(text.substr(at));
  if (at == 0 || column > last_column || !row || *row == 0 || *row > last_row) return std::nullopt;
  return Address{column - 1, *row};
}

}  // namespace

SheetTable::SheetTable(std::shared_ptr<const Workbook> workbook, Workbook::Sheet sheet)
    : workbook_(std::move(workbook)),
      sheet_(std::move(sheet)),
      name_(workbook_->name() + "!" + sheet_.name) {}

void SheetTable::locate(Diagnostic& diagnostic, const TableRow& row, std::size_t column) const {
  diagnostic.file = name_ + "!" +
                    (column < row.cells.size() ? cell_address(column, row.line)
                                               : fmt::format("{0}:{0}", row.line));
  diagnostic.position = {};
}

TableFacts SheetTable::facts() const {
  return {"xlsx", {}, {}, areas_.size()};
}

void SheetTable::error(Diagnostics& diagnostics, std::size_t column, std::string_view id,
                       std::string message, std::string help) const {
  diagnostics.error(name_ + "!" + cell_address(column, line_), id, std::move(message),
                    std::move(help));
}

bool SheetTable::survey(Diagnostics& diagnostics) {
  if (surveyed_) return sound_;
  surveyed_ = true;
  bool areas_sound = true;
  pugi::xml_document xml;  // one for all: there may be very many
  const bool read = stream_xml(
      workbook_->archive(), workbook_->name(), sheet_.part, workbook_->limits(), {"mergeCell"},
      [&](std::span<char> bytes) {
        const auto parsed =
            xml.load_buffer_inplace(bytes.data(), bytes.size(), xml_flags, pugi::encoding_utf8);
        areas_sound = parsed && add_area(attribute(xml.document_element(), "ref"), diagnostics);
        return areas_sound;
      },
      diagnostics);
  sound_ = read && areas_sound;
  if (!sound_) return false;
  std::stable_sort(areas_.begin(), areas_.end(),
                   [](const Area& a, const Area& b) { return a.first_row < b.first_row; });
  return true;
}

bool SheetTable::add_area(std::string_view reference, Diagnostics& diagnostics) {
  const std::size_t colon = reference.find(':');
  const auto first = parse_address(reference.substr(0, colon));
  const auto last =
      colon == std::string_view::npos ? first : parse_address(reference.substr(colon + 1));
  if (!first || !last || last->row < first->row || last->column < first->column) {
    diagnostics.error(name_, "xlsx-merged-area",
                      fmt::format("{} is no area of merged cells", in_quotes(reference)));
    return false;
  }
  if (areas_.size() == workbook_->limits().merged_areas) {
    diagnostics.error(
        name_, "xlsx-too-many-merged",
        fmt::format("more than {} areas of merged cells", workbook_->limits().merged_areas));
    return false;
  }
  Area area;
  area.first_row = first->row;
  area.last_row = last->row;
  area.first_column = first->column;
  area.last_column = last->column;
  areas_.push_back(std::move(area));
  return true;
}

void SheetTable::start() {
  line_ = 0;
  next_area_ = 0;
  filled_ = 0;
  active_.clear();
  for (Area& area : areas_) {
    area.text.clear();
    area.kind = TableCell::Kind::text;
    area.date = false;
  }
}

void SheetTable::read(const TableSink& sink, Diagnostics& diagnostics) {
  if (!survey(diagnostics)) return;
  start();
  stream_xml(
      workbook_->archive(), workbook_->name(), sheet_.part, workbook_->limits(), {"row"},
      [&](std::span<char> bytes) {
        pugi::xml_document xml;
        const auto parsed =
            xml.load_buffer_inplace(bytes.data(), bytes.size(), xml_flags, pugi::encoding_utf8);
        if (parsed) return read_row(xml.document_element(), sink, diagnostics);
        diagnostics.error(
            name_, "xlsx-xml",
            fmt::format("the row after {} is no XML: {}", line_, parsed.description()));
        return false;
      },
      diagnostics);
}

bool SheetTable::read_row(const pugi::xml_node& row, const TableSink& sink,
                          Diagnostics& diagnostics) {
  const std::string_view written = attribute(row, "r");
  const auto line = written.empty() ? std::optional<std::uint32_t>(line_ + 1) : number(written);
  if (!line || *line <= line_ || *line > last_row) {
    diagnostics.error(name_, "xlsx-row-order",
                      fmt::format("a row is numbered {} after row {}", in_quotes(written), line_),
                      "open it in a spreadsheet program and save it anew");
    return false;
  }
  line_ = *line;
  cells_.clear();
  own_.clear();
  pending_.clear();
  std::size_t next_column = 0;
  bool good = true;
  for (const pugi::xml_node& cell : row.children()) {
    if (local_name(cell) == "c") good = read_cell(cell, next_column, diagnostics) && good;
  }
  std::size_t begin = 0;
  for (const Pending& text : pending_) {
    if (text.column < cells_.size()) {
      cells_[text.column].text = std::string_view(own_).substr(begin, text.end - begin);
    }
    begin = text.end;
  }
  if (!fill_areas(diagnostics)) return false;
  if (!good) return true;
  return sink({line_, is_true(attribute(row, "hidden")), cells_});
}

bool SheetTable::read_cell(const pugi::xml_node& cell, std::size_t& next_column,
                           Diagnostics& diagnostics) {
  std::size_t column = next_column;
  if (const std::string_view written = attribute(cell, "r"); !written.empty()) {
    const auto address = parse_address(written);
    if (!address || address->row != line_ || address->column < next_column) {
      diagnostics.error(
          name_, "xlsx-cell-order",
          fmt::format(
              "a cell is called {} in row {}, after {}", in_quotes(written), line_,
              next_column == 0 ? std::string("none") : cell_address(next_column - 1, line_)),
          "open it in a spreadsheet program and save it anew");
      return false;
    }
    column = address->column;
  }
  next_column = column + 1;
  TableCell out;
  if (!read_value(cell, out, column, diagnostics)) return false;
  const bool says = !out.text.empty() || out.kind != TableCell::Kind::text ||
                    (!pending_.empty() && pending_.back().column == column);
  if (!says) return true;
  if (column >= workbook_->general_limits().csv_columns) {
    error(diagnostics, column, "xlsx-too-many-columns",
          fmt::format("more than {} columns in this row", workbook_->general_limits().csv_columns));
    return false;
  }
  if (column >= cells_.size()) cells_.resize(column + 1);
  cells_[column] = out;
  return true;
}

bool SheetTable::keep_own(std::size_t column) {
  pending_.push_back({column, own_.size()});
  return true;
}

bool SheetTable::read_value(const pugi::xml_node& cell, TableCell& out, std::size_t column,
                            Diagnostics& diagnostics) {
  const std::string_view type = attribute(cell, "t");
  if (type == "inlineStr") {
    const std::size_t before = own_.size();
    append_text(child(cell, "is"), own_);
    return own_.size() == before || keep_own(column);
  }
  const pugi::xml_node value = child(cell, "v");
  const std::string_view written = value.text().get();
  if (written.empty()) {
    // A formula that gave an empty text says so; one that says nothing was never computed.
    if (child(cell, "f") && !(type == "str" && value)) out.kind = TableCell::Kind::no_value;
    return true;
  }
  if (type.empty() || type == "n") return read_number(cell, written, out, column);
  if (type == "s") {
    const auto index = number(written);
    if (!index || *index >= workbook_->texts().size()) {
      error(diagnostics, column, "xlsx-shared-text",
            fmt::format("this cell refers to the shared text {}; there are {}", in_quotes(written),
                        workbook_->texts().size()),
            "the workbook is damaged: open it in a spreadsheet program and save it anew");
      return false;
    }
    out.text = workbook_->texts()[*index];
    return true;
  }
  if (type == "b") {
    own_ += is_true(written) ? "true" : "false";
    return keep_own(column);
  }
  if (type == "e") {
    out.kind = TableCell::Kind::error;
    own_ += written;
    return keep_own(column);
  }
  if (type == "d") {  // ISO 8601, of strict workbooks
    std::string_view day = written;
    if (const std::size_t at = day.find('T'); at != std::string_view::npos) {
      const std::string_view time = day.substr(at + 1);
      if (time.find_first_not_of("0:.Z") == std::string_view::npos) day = day.substr(0, at);
    }
    out.date = parse_date(day).has_value();
    own_ += day;
    return keep_own(column);
  }
  own_ += written;  // `str`: a formula's text
  return keep_own(column);
}

bool SheetTable::read_number(const pugi::xml_node& cell, std::string_view written, TableCell& out,
                             std::size_t column) {
  const std::uint32_t style = number(attribute(cell, "s")).value_or(0);
  const ShownNumber shown = shown_number(written, workbook_->format(style), workbook_->from_1904());
  if (!shown.sound) out.kind = TableCell::Kind::error;
  out.date = shown.date;
  own_ += shown.text;
  return keep_own(column);
}

bool SheetTable::fill_areas(Diagnostics& diagnostics) {
  while (next_area_ < areas_.size() && areas_[next_area_].first_row <= line_) {
    active_.push_back(next_area_++);
  }
  std::erase_if(active_, [&](std::size_t index) { return areas_[index].last_row < line_; });
  const std::size_t widest = workbook_->general_limits().csv_columns;
  for (const std::size_t index : active_) {
    Area& area = areas_[index];
    const std::size_t end = std::min<std::size_t>(area.last_column + 1, widest);
    if (line_ == area.first_row && area.first_column < cells_.size()) {
      const TableCell& first = cells_[area.first_column];
      area.text = first.text;
      area.kind = first.kind;
      area.date = first.date;
    }
    if (area.text.empty() && area.kind == TableCell::Kind::text) continue;
    if (end > area.first_column && cells_.size() < end) cells_.resize(end);
    for (std::size_t column = area.first_column; column < end; ++column) {
      TableCell& cell = cells_[column];
      if (!cell.text.empty() || cell.kind != TableCell::Kind::text) continue;
      cell.text = area.text;
      cell.kind = area.kind;
      cell.date = area.date;
      cell.merged = true;
      if (++filled_ > workbook_->limits().merged_cells) {
        diagnostics.error(name_, "xlsx-too-many-merged",
                          fmt::format("more than {} cells stand in merged areas",
                                      workbook_->limits().merged_cells));
        return false;
      }
    }
  }
  return true;
}

}  // namespace eraudit::detail
