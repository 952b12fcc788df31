#include "eraudit/import/detail/csv_table.hpp"

#include <algorithm>

#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

/// Enough for a header below a title page; a table is not read further to find its delimiter.
constexpr std::size_t beginning_bytes = 256u << 10;

constexpr std::string_view stated = "sep=";

}  // namespace

CsvTable::CsvTable(DecodedText text, char delimiter, const Limits& limits)
    : text_(std::move(text)), delimiter_(delimiter), limits_(limits) {}

void CsvTable::read(const TableSink& sink, Diagnostics& diagnostics) {
  CsvOptions options;
  options.delimiter = delimiter_;
  options.limits = limits_;
  const bool has_statement = stated_delimiter(text_.text->text()).has_value();
  read_csv(
      *text_.text, options,
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        if (line == 1 && has_statement) return true;
        cells_.resize(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
          TableCell& cell = cells_[i];
          cell.text = fields[i].text;
          cell.offset = fields[i].offset;
          cell.length = fields[i].length;
        }
        return sink({line, false, cells_});
      },
      diagnostics);
}

void CsvTable::locate(Diagnostic& diagnostic, const TableRow& row, std::size_t column) const {
  diagnostic.file = name();
  if (row.cells.empty()) {
    diagnostic.position = {row.line, 1, 0};
  } else {
    const std::size_t cell = column < row.cells.size() ? column : 0;
    diagnostic.position = text_.text->position(row.cells[cell].offset);
  }
}

std::string_view CsvTable::written(const TableCell& cell) const {
  return text_.text->text().substr(cell.offset, cell.length);
}

TableFacts CsvTable::facts() const {
  TableFacts out;
  out.format = "csv";
  out.encoding = encoding_name(text_.encoding);
  out.delimiter = delimiter_in_words(delimiter_);
  return out;
}

std::optional<char> stated_delimiter(std::string_view text) noexcept {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!text.starts_with(stated) || text.size() < stated.size() + 2) return std::nullopt;
  const char delimiter = text[stated.size()];
  const char after = text[stated.size() + 1];
  if ((after != '\r' && after != '\n') ||
      std::find(std::begin(csv_delimiters), std::end(csv_delimiters), delimiter) ==
          std::end(csv_delimiters)) {
    return std::nullopt;
  }
  return delimiter;
}

DecodedText beginning(const DecodedText& text) {
  const std::string_view whole = text.text->text();
  if (whole.size() <= beginning_bytes) return text;
  std::size_t end = whole.find_last_of("\r\n", beginning_bytes);
  if (end == std::string_view::npos) end = beginning_bytes;
  DecodedText out = text;
  out.text = std::make_shared<const Source>(text.text->name(), std::string(whole.substr(0, end)));
  return out;
}

std::string_view delimiter_in_words(char delimiter) noexcept {
  switch (delimiter) {
    case ',':
      return "comma";
    case ';':
      return "semicolon";
    case '\t':
      return "tab";
    case '|':
      return "bar";
    default:
      return "other";
  }
}

}  // namespace eraudit::detail
