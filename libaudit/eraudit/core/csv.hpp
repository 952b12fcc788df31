#pragma once
// CSV (RFC 4180) in one pass, with the place of every field.

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

/// One field of the current row. Views are valid only during the call that receives them.
struct CsvField {
  std::string_view text;     ///< quotes removed, doubled quotes resolved
  std::uint32_t offset = 0;  ///< byte where the field begins (its opening quote, if it has one)
  std::uint32_t length = 0;  ///< bytes as written
  bool quoted = false;       ///< `""` is an empty text that somebody wrote; an empty field is not
};

struct CsvOptions {
  char delimiter = ',';
  Limits limits;
};

/// Called once per row with the row's first line (from 1). Return false to stop.
using CsvRow = std::function<bool(std::uint32_t line, std::span<const CsvField> fields)>;

/// Calls `row` for every row, the header included; blank lines are skipped; CRLF, LF and lone CR
/// end a row; a UTF-8 byte order mark is skipped. Ragged rows are passed as they are: the caller
/// knows the header. An unclosed quote, text after a closing quote, bad UTF-8, a NUL or an exceeded
/// limit is an error with its place; the row at fault is not passed, reading goes on where that is
/// possible. Streams: O(longest row) memory beyond the text. Returns rows passed.
ERAUDIT_API std::size_t read_csv(const Source& source, const CsvOptions& options, const CsvRow& row,
                                 Diagnostics& diagnostics);

}  // namespace eraudit
