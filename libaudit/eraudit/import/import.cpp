#include "eraudit/import/import.hpp"

#include "eraudit/import/detail/table_import.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit {

Checked<ImportResult> import_tables(const Mapping& mapping, std::span<const std::string> tables,
                                    const ImportOptions& options) {
  return detail::TableImport(mapping, options, detail::Evaluation::fast).run(tables);
}

void write_import(const ImportResult& result, const std::string& path, Overwrite overwrite) {
  write_network_folder(result.network, path, overwrite, write_json(result.report),
                       result.schema_extension);
}

}  // namespace eraudit
