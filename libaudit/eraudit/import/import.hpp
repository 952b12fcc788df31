#pragma once
// Tables that people have, through a mapping, to a network.

#include <optional>
#include <span>
#include <string>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/import/import_report.hpp"
#include "eraudit/import/mapping.hpp"
#include "eraudit/import/workbook_limits.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

struct ImportOptions {
  std::optional<Date> as_of;  ///< instead of the mapping's
  /// Key for the pseudonyms of `key_only` columns, instead of the mapping's `salt`. Best kept apart
  /// from both the mapping and the network: who has it can look up names he already knows.
  std::string pseudonym_key;
  Limits limits;
  WorkbookLimits workbook;
};

struct ImportResult {
  Network network;
  ImportReport report;
  std::string schema_extension;  ///< text of the schema file that the mapping names; or empty
};

/// Reads CSV and XLSX tables, told apart by what is in them. Of a mapping with one table all are
/// read one after another, as if they were one; of a mapping with several a file is the table whose
/// columns it has, or the one that is named before it: `cases=FY2019.xlsx`. The order of files and
/// rows never changes the network, but for the lines its rows come from. All mistakes are
/// collected, each at its cell (`table.csv:17:40`, `book.xlsx!Sheet!F17`); then there is no
/// network. What is merely missing makes no mistake: it is counted in the report.
///
/// Texts of columns that the mapping drops are not looked at; those of `key_only` columns are
/// replaced by keyed digests before any expression sees them, unless the mapping says that they are
/// opaque already. No message shows either, nor any part of a row but the cell it speaks of.
///
/// One pass per file, two over a sheet. Time linear in the bytes; memory: one file, the network,
/// and one entry for each distinct text of a column (columns whose texts rarely repeat keep none).
/// Throws `Error`: `no_such_file`, `limit_exceeded`; `bad_argument` if `tables` is empty.
[[nodiscard]] ERAUDIT_API Checked<ImportResult> import_tables(const Mapping& mapping,
                                                              std::span<const std::string> tables,
                                                              const ImportOptions& options = {});

/// A folder of tables as `write_network_folder` writes it, with `import-report.json` in it, which
/// readers of the folder leave alone, and `schema.yaml` if the mapping extends the schema. Throws
/// `Error` (`cannot_write`).
ERAUDIT_API void write_import(const ImportResult& result, const std::string& path,
                              Overwrite overwrite);

}  // namespace eraudit
