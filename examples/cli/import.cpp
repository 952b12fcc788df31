// eraudit import --map MAPPING TABLE... -o FOLDER

#include "eraudit/import/import.hpp"

#include <fmt/format.h>
#include <string>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {

int run_import(const Arguments& arguments) {
  if (!arguments.has("map")) {
    throw UsageError{"--map is missing", "name the mapping file: --map mapping.yaml"};
  }
  if (arguments.positional.empty()) {
    throw UsageError{"TABLE is missing", "name the CSV tables that the mapping is for"};
  }
  if (!arguments.has("output")) {
    throw UsageError{"--output is missing", "name a new folder for the network: -o network/"};
  }
  const Overwrite overwrite = arguments.has("force") ? Overwrite::yes : Overwrite::no;
  const DocumentPtr document = require(read_document(arguments.text("map"), {}, Aliases::expand));
  const Mapping mapping = require(read_mapping(*document, schema_of(arguments)));
  const ImportResult result = require(import_tables(mapping, arguments.positional));
  write_import(result, arguments.text("output"), overwrite);
  if (arguments.has("report")) {
    write_file(arguments.text("report"), write_json(result.report), overwrite);
  }
  print(to_text(result.report));
  if (result.network.node_count() == 0) {
    note("eraudit: nothing was imported\n");
    return nothing_checked;
  }
  return checked;
}

}  // namespace eraudit::cli
