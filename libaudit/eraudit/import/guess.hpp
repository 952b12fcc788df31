#pragma once
// A first mapping for a table that nobody has described yet.

#include <string>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/import/import.hpp"

namespace eraudit {

/// A mapping file for the CSV or XLSX table at `path`, as text with remarks, to be edited: headers,
/// how days, numbers and money seem to be written, texts that seem to say nothing, columns that
/// seem to name persons (dropped), and one node per row of a kind that its headers suggest. It can
/// be imported as it is, and will rarely be right. No text of a cell is in it but fillers and
/// headers. Looks at the first 1,000 rows. Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<std::string> guess_mapping(const std::string& path,
                                                             const ImportOptions& options = {});

}  // namespace eraudit
