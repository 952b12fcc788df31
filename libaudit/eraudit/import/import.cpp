#include "eraudit/import/import.hpp"

#include "eraudit/import/detail/table_import.hpp"

namespace eraudit {

Checked<ImportResult> import_tables(const Mapping& mapping, std::span<const std::string> tables,
                                    const ImportOptions& options) {
  return detail::TableImport(mapping, options, detail::Evaluation::fast).run(tables);
}

}  // namespace eraudit
