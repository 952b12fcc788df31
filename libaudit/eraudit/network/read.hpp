#pragma once
// Networks from files: native YAML and JSON, and a folder of CSV tables.

#include <string>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

struct ReadOptions {
  SchemaPtr schema{};  ///< null: the recruitment schema
  Limits limits{};
};

/// `network.yaml`, `network.json`, or a folder: its `network.yaml` or `network.json` if there is
/// one, besides one CSV per kind or edge (`Cohort.csv`, `charged.csv`: header `id` or
/// `from,to[,id]` and attribute names, optional `source`), `sources.csv`, `complete.csv`
/// (`node,list[,source]`) and `schema.yaml` (extends the schema); `import-report.json` is left
/// alone. A file of another name is an error with the nearest name. An empty CSV cell is unknown,
/// `null` is absent. Throws `Error` (`no_such_file`). All mistakes are collected, with file, line
/// and column.
[[nodiscard]] ERAUDIT_API Checked<Network> read_network(const std::string& path,
                                                        const ReadOptions& options = {});

/// The same from a document in hand. YAML is for people and slow by nature; for more than some ten
/// thousand rows use JSON or, best, CSV tables.
[[nodiscard]] ERAUDIT_API Checked<Network> read_network(const Document& document,
                                                        const ReadOptions& options = {});

/// The same from a part of a document, such as the network of a rule's case; there `eraudit:
/// network/1` may be missing.
[[nodiscard]] ERAUDIT_API Checked<Network> read_network(DocumentNode node,
                                                        const ReadOptions& options = {});

/// A scalar, list or map of a file as a cell of `attribute`: `1500 MYR/month`, `900..1400`,
/// `2024-03`,
/// `{low: .., typical: .., high: ..}`, `null`. Mistakes are reported at their place.
[[nodiscard]] ERAUDIT_API std::optional<Cell> read_cell(const Attribute& attribute,
                                                        DocumentNode node,
                                                        Diagnostics& diagnostics);

/// The same from bare text (a CSV field, a mapped value): an empty text is unknown, `null` is
/// absent, items of a list are separated by `;`, an item that holds one stands in double quotes,
/// `[]` is a list without items. `quoted`: the field stood in quotes, so that an empty one and
/// `null` are texts. On failure says why and what to write.
struct CellProblem {
  std::string id;
  std::string message;
  std::string help;
};
[[nodiscard]] ERAUDIT_API std::optional<Cell> read_cell(const Attribute& attribute,
                                                        std::string_view text, CellProblem& problem,
                                                        bool quoted = false);

}  // namespace eraudit
