// CSV: what was read can be written and reads as the same rows.

#include "eraudit/core/csv.hpp"

#include <vector>

#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(const Source& source, char delimiter, Diagnostics& diagnostics) {
  Rows rows;
  CsvOptions options;
  options.delimiter = delimiter;
  std::uint32_t last_line = 0;
  const std::size_t passed = read_csv(
      source, options,
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        require(line > last_line, "rows come one after another");
        last_line = line;
        std::vector<std::string>& row = rows.emplace_back();
        for (const CsvField& field : fields) {
          require(std::size_t{field.offset} + field.length <= source.text().size(),
                  "a field is inside of the text");
          require(source.position(field.offset).line >= line, "a field is not before its row");
          const std::string_view written = source.text().substr(field.offset, field.length);
          require(field.quoted || written == field.text, "a field without quotes is as written");
          row.emplace_back(field.text);
        }
        return true;
      },
      diagnostics);
  require(passed == rows.size(), "rows are counted");
  require_places(diagnostics, source);
  return rows;
}

std::string written(const Rows& rows, char delimiter) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) out += delimiter;
      out += '"';
      for (const char c : row[i]) out.append(c == '"' ? 2 : 1, c);
      out += '"';
    }
    out += '\n';
  }
  return out;
}

void run(std::string_view bytes) {
  const Source source("input", std::string(bytes));
  for (const char delimiter : {',', ';'}) {
    Diagnostics diagnostics;
    const Rows rows = read(source, delimiter, diagnostics);
    Diagnostics none;
    const Source again("input", written(rows, delimiter));
    if (read(again, delimiter, none) != rows || !none.empty()) {
      broken("what was read can be written and reads as the same", again.text());
    }
  }
}

const Target target("csv", run);

}  // namespace
}  // namespace eraudit::fuzz
