// JSON, which YAML readers must not understand otherwise.

#include "tests/fuzz/document.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes);
  const auto document = read_json(source);
  require_places(document.diagnostics(), *source);
  if (!document) return;
  require_sound(**document);
  const auto yaml = read_yaml(source);
  require_places(yaml.diagnostics(), *source);
  if (yaml && json_of((*yaml)->root()) != json_of((*document)->root())) {
    broken("JSON that is YAML too says the same in both",
           json_of((*document)->root()) + "\n" + json_of((*yaml)->root()));
  }
}

const Target target("document_json", run);

}  // namespace
}  // namespace eraudit::fuzz
