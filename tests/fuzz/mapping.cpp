// Mapping files against a small schema.

#include "eraudit/import/mapping.hpp"

#include "eraudit/core/document.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/import/support.hpp"

namespace eraudit::fuzz {
namespace {

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes);
  const auto document = read_yaml(source);
  if (!document) return;
  const DocumentNode root = (*document)->root();
  if (root.is_map() && root.find("schema")) return;  // another file
  const auto mapping = read_mapping(**document, test::import_schema());
  require_places(mapping.diagnostics(), *source);
}

const Target target("mapping", run);

}  // namespace
}  // namespace eraudit::fuzz
