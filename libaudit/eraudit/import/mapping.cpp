#include "eraudit/import/mapping.hpp"

#include "eraudit/import/detail/mapping_parser.hpp"
#include "eraudit/import/detail/mapping_state.hpp"

namespace eraudit {

const std::string& Mapping::file() const noexcept {
  return state_->source->name();
}
const std::string& Mapping::sha256() const noexcept {
  return state_->sha256;
}
const SchemaPtr& Mapping::schema() const noexcept {
  return state_->schema;
}

Checked<Mapping> read_mapping(const Document& document, SchemaPtr schema, const Limits& limits) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  auto state = detail::MappingParser(document, std::move(schema), limits, diagnostics).parse();
  if (!state) return diagnostics;
  return {Mapping(std::move(state)), std::move(diagnostics)};
}

}  // namespace eraudit
