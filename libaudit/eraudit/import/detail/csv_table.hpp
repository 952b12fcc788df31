#pragma once
// A CSV file as a table.

#include <string>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/import/detail/encoding.hpp"
#include "eraudit/import/detail/table.hpp"

namespace eraudit::detail {

class CsvTable final : public Table {
 public:
  CsvTable(DecodedText text, char delimiter, const Limits& limits);

  void read(const TableSink& sink, Diagnostics& diagnostics) override;
  [[nodiscard]] const std::string& name() const noexcept override { return text_.text->name(); }
  void locate(Diagnostic& diagnostic, const TableRow& row, std::size_t column) const override;
  [[nodiscard]] std::string_view written(const TableCell& cell) const override;
  [[nodiscard]] TableFacts facts() const override;

 private:
  DecodedText text_;
  char delimiter_;
  Limits limits_;
  std::vector<TableCell> cells_;
};

/// The delimiters that are tried if none is named, the likeliest first.
inline constexpr char csv_delimiters[] = {',', ';', '\t', '|'};

/// What the first line `sep=;` says, which some programs write; nothing if there is none.
[[nodiscard]] std::optional<char> stated_delimiter(std::string_view text) noexcept;

/// The beginning of a text, up to the end of a line: enough to find a header in.
[[nodiscard]] DecodedText beginning(const DecodedText& text);

/// `comma`, `tab` ... as the report says it.
[[nodiscard]] std::string_view delimiter_in_words(char delimiter) noexcept;

}  // namespace eraudit::detail
