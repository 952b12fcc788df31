#pragma once
// Tables in memory to a network, through the builder. No Python here.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cells.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit::python {

struct TableOf {
  std::string kind;  ///< of nodes or edges
  std::unique_ptr<Table> table;
};

struct NetworkTables {
  std::vector<TableOf> nodes;       ///< columns: id, attributes, optional source
  std::vector<TableOf> edges;       ///< from, to, attributes, optional id and source
  std::unique_ptr<Table> complete;  ///< node, list, optional source; or null
  std::vector<SourceRecord> sources;
  std::optional<Date> as_of;
};

/// Mistakes are collected: `file` is the name of the table, `line` the number of the row and
/// `column` that of the column, from 1. A missing cell is unknown. Texts are read as fields of CSV
/// tables are (`1500 MYR/month`, `900..1400 USD`, `2024-03`, `null`: absent, empty: unknown).
/// One pass for the digest and one for the content.
Checked<Network> read_tables(const SchemaPtr& schema, NetworkTables tables, const Limits& limits);

}  // namespace eraudit::python
