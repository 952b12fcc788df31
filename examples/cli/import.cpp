// eraudit import --map MAPPING TABLE... -o FOLDER

#include "eraudit/import/import.hpp"

#include <fmt/format.h>
#include <string>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/import/guess.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

constexpr std::size_t longest_key = 4096;

ImportOptions import_options(const Arguments& arguments) {
  ImportOptions options;
  if (arguments.has("as-of")) {
    options.as_of = parse_date(arguments.text("as-of"));
    if (!options.as_of) {
      throw UsageError{fmt::format("'{}' is not a day", arguments.text("as-of")),
                       "write it as 2026-06-30"};
    }
  }
  if (arguments.has("pseudonym-key-file")) {
    const SourcePtr key = read_file(arguments.text("pseudonym-key-file"), longest_key);
    options.pseudonym_key = key->text().substr(0, key->text().find_last_not_of("\r\n") + 1);
    if (options.pseudonym_key.empty()) {
      throw UsageError{"the file with the key is empty", "write 32 random characters into it"};
    }
  }
  return options;
}

}  // namespace

int run_import(const Arguments& arguments) {
  if (arguments.positional.empty()) {
    throw UsageError{"TABLE is missing", "name the CSV or XLSX tables that the mapping is for"};
  }
  if (arguments.has("guess")) {
    print(require(guess_mapping(arguments.positional[0])));
    return checked;
  }
  if (!arguments.has("map")) {
    throw UsageError{"--map is missing",
                     "name the mapping file: --map mapping.yaml; --guess prints a first one"};
  }
  if (!arguments.has("output")) {
    throw UsageError{"--output is missing", "name a new folder for the network: -o network/"};
  }
  const Overwrite overwrite = arguments.has("force") ? Overwrite::yes : Overwrite::no;
  const DocumentPtr document = require(read_document(arguments.text("map"), {}, Aliases::expand));
  const Mapping mapping = require(read_mapping(*document, schema_of(arguments)));
  const ImportResult result =
      require(import_tables(mapping, arguments.positional, import_options(arguments)));
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
