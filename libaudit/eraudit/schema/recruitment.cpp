#include <utility>

#include "eraudit/core/detail/document_blob.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/schema/detail/embedded.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

namespace detail {

DocumentPtr embedded_document(std::span<const EmbeddedDocument> set, std::string_view name) {
  for (const EmbeddedDocument& document : set) {
    if (document.name == name) return deserialize(document.bytes);
  }
  throw Error(ErrorCode::internal, "'" + std::string(name) + "' is not built into the library");
}

}  // namespace detail

const SchemaPtr& recruitment_schema() {
  static const SchemaPtr schema = [] {
    const DocumentPtr document = detail::embedded_document(detail::embedded_schema_documents(),
                                                           "rules/schema/recruitment.yaml");
    Checked<SchemaPtr> read = read_schema(*document);
    if (!read) throw Error(ErrorCode::internal, to_text(read.diagnostics()));
    return std::move(read).value();
  }();
  return schema;
}

}  // namespace eraudit
