#pragma once
// Mapping and table as texts, for the tests of import.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/import.hpp"
#include "tests/support/scratch_folder.hpp"

namespace eraudit::test {

/// Recruiter, Recruitment, Order and the edges between them, with an attribute of every type.
[[nodiscard]] const SchemaPtr& import_schema();

/// `eraudit: mapping/1`, `fillers: [N/A, "-"]` and what follows. Throws with the diagnostics if it
/// is wrong.
[[nodiscard]] Mapping mapping(std::string_view yaml);
/// The same from a whole file called `map.yaml`; nothing is put before it.
[[nodiscard]] Checked<Mapping> read_mapping_text(std::string_view yaml);
/// All diagnostics of a whole file called `map.yaml`.
[[nodiscard]] std::string mapping_messages(std::string_view yaml);

/// Imports tables called `table.csv`, `table2.csv` ...
[[nodiscard]] Checked<ImportResult> import_texts(const Mapping& mapping,
                                                 const std::vector<std::string>& tables,
                                                 const ImportOptions& options = {});
[[nodiscard]] ImportResult import_text(const Mapping& mapping, std::string_view table,
                                       const ImportOptions& options = {});
[[nodiscard]] std::string import_messages(const Mapping& mapping, std::string_view table,
                                          const ImportOptions& options = {});
/// The same, every expression by the evaluator and anew for each row.
[[nodiscard]] Checked<ImportResult> import_plainly(const Mapping& mapping, std::string_view table,
                                                   const ImportOptions& options = {});

/// `network` as YAML.
[[nodiscard]] std::string yaml(const ImportResult& result);
/// A cell of a node by the names of node and attribute, as files write it.
[[nodiscard]] std::string cell(const Network& network, std::string_view node,
                               std::string_view attribute);

}  // namespace eraudit::test
