// eraudit import --map MAPPING TABLE... -o FOLDER

#include "command.hpp"
#include "inputs.hpp"

namespace eraudit::cli {

int run_import(const Arguments&) { throw UsageError{"import is being written", ""}; }

}  // namespace eraudit::cli
