#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/schema/detail/embedded.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

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
