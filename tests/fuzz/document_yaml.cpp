// YAML as rules and networks are read; with aliases and as a stream where the text looks like it.

#include "tests/fuzz/document.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes);
  const auto document = read_yaml(source);
  require_places(document.diagnostics(), *source);
  if (document) require_sound(**document);

  if (bytes.find('&') != std::string_view::npos) {
    const auto expanded = read_yaml(source, {}, Aliases::expand);
    require_places(expanded.diagnostics(), *source);
    if (document && !expanded) broken("aliases that may stand do no harm where there are none");
    if (expanded) static_cast<void>(json_of((*expanded)->root()));
  }
  if (bytes.find("---") != std::string_view::npos) {
    const auto stream = read_yaml_stream(source);
    require_places(stream.diagnostics(), *source);
    if (document && (!stream || stream->size() != 1)) broken("one document is a stream of one");
    if (stream) {
      for (const DocumentPtr& one : *stream) require_sound(*one);
    }
  }
}

const Target target("document_yaml", run);

}  // namespace
}  // namespace eraudit::fuzz
