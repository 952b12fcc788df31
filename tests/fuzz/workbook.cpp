// A workbook whose parts are the input, as tests/cases/import/malformed writes it: the rows of a
// sheet, then `@after`, `@texts`, `@formats`, `@sheet NAME`, `@part NAME` ...

#include "tests/import/workbook.hpp"

#include <stdexcept>

#include "eraudit/import/detail/xlsx_workbook.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

std::string bytes_of(std::string_view text) {
  std::vector<test::ZipPart> parts = test::book("@sheet S\n" + std::string(text)).parts();
  for (test::ZipPart& part : parts) part.packed = false;
  return test::zip(parts);
}

WorkbookLimits small_limits() {
  WorkbookLimits limits;
  limits.merged_cells = 2'000;
  limits.merged_areas = 50;
  return limits;
}

void run(std::string_view text) {
  std::string bytes;
  try {
    bytes = bytes_of(text);
  } catch (const std::runtime_error&) {
    return;  // a line that begins with @ and is none of these
  }
  Diagnostics diagnostics;
  const auto book =
      detail::Workbook::open(source_of(bytes, "book.xlsx"), small_limits(), {}, diagnostics);
  require(book != nullptr || diagnostics.has_errors(), "what is refused is refused aloud");
  if (book == nullptr) return;
  for (std::size_t sheet = 0; sheet < book->sheets().size(); ++sheet) {
    if (book->sheets()[sheet].part.empty()) continue;
    const auto table = book->table(sheet);
    std::uint32_t last = 0;
    table->read(
        [&](const detail::TableRow& row) {
          require(row.line > last, "rows come one after another");
          last = row.line;
          for (const detail::TableCell& cell : row.cells) {
            require(cell.text.size() <= bytes.size() * 2 + 64, "a cell holds what was written");
          }
          return true;
        },
        diagnostics);
  }
  for (const Diagnostic& one : diagnostics.items()) static_cast<void>(to_text(one));
}

const Target target("workbook", run);

}  // namespace
}  // namespace eraudit::fuzz
