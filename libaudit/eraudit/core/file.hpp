#pragma once
// Whole files in, whole files out.

#include <cstddef>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

/// The file at `path`, named by `path`. Throws `Error`: `no_such_file` (also for a folder or a
/// device), `limit_exceeded` beyond `max_bytes`. `-` is not special here.
[[nodiscard]] ERAUDIT_API SourcePtr read_file(const std::string& path, std::size_t max_bytes);

/// The same, the text alone. `buffer` is memory to be used again; what it holds is lost.
[[nodiscard]] ERAUDIT_API std::string read_text(const std::string& path, std::size_t max_bytes,
                                                std::string buffer = {});

enum class Overwrite : bool { no, yes };

/// The file appears whole or not at all: written beside the target, flushed, renamed. Throws
/// `Error`
/// (`cannot_write`) and leaves no trace; without leave (`Overwrite::yes`) an existing file is an
/// error.
ERAUDIT_API void write_file(const std::string& path, std::string_view content, Overwrite overwrite);

/// `sha256:` and 64 hexadecimal digits.
[[nodiscard]] ERAUDIT_API std::string sha256(std::string_view content);

}  // namespace eraudit
