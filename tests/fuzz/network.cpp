// Networks in YAML or JSON: what was read can be written and reads as the same.

#include "eraudit/network/network.hpp"

#include "eraudit/core/document.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

Network reread(const std::string& text, bool json) {
  const SourcePtr source = source_of(text, "written");
  const auto document = json ? read_json(source) : read_yaml(source);
  if (!document) broken("what is written is YAML or JSON", text + to_text(document.diagnostics()));
  auto network = read_network(**document);
  if (!network) broken("what was read can be written", text + to_text(network.diagnostics()));
  return std::move(*network);
}

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes);
  const auto document = bytes.starts_with('{') ? read_json(source) : read_yaml(source);
  if (!document) return;
  const auto network = read_network((*document)->root());
  require_places(network.diagnostics(), *source);
  if (!network) return;
  const std::string yaml = write_network_yaml(*network);
  const std::string json = write_network_json(*network);
  const Network again = reread(yaml, false);
  if (write_network_yaml(again) != yaml) broken("YAML reads as the same network", yaml);
  if (write_network_json(reread(json, true)) != json) broken("JSON reads as the same", json);
  if (write_network_json(again) != json) broken("YAML and JSON say the same", yaml + "\n" + json);
}

const Target target("network", run);

}  // namespace
}  // namespace eraudit::fuzz
