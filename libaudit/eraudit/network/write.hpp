#pragma once
// Networks to files. What is written reads back as the same network.

#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

/// Native YAML, ordered by kind, node and edge.
[[nodiscard]] ERAUDIT_API std::string write_network_yaml(const Network& network);
/// The same content as JSON.
[[nodiscard]] ERAUDIT_API std::string write_network_json(const Network& network);
/// A folder of CSV tables as `read_network` reads it, beside `network.yaml` for what tables cannot
/// say (sources, claims, statements of completeness). The folder appears whole or not at all; it
/// must not exist, or, with `Overwrite::yes`, be a folder that this function wrote. `import_report`
/// and `schema`, unless empty, go into it as `import-report.json` and `schema.yaml`. Throws `Error`
/// (`cannot_write`).
ERAUDIT_API void write_network_folder(const Network& network, const std::string& path,
                                      Overwrite overwrite, std::string_view import_report = {},
                                      std::string_view schema = {});

/// As files write it and `read_cell` reads it: `145000 NPR`, `2024-02-01/2024-04-30`, `null`;
/// unknown is empty.
[[nodiscard]] ERAUDIT_API std::string to_text(const Cell& cell);
/// The same with what only the attribute knows: a wage is `1500 MYR/month`.
[[nodiscard]] ERAUDIT_API std::string to_text(const Cell& cell, const Attribute& attribute);

}  // namespace eraudit
