#include "eraudit/core/embedded.hpp"

#include <string>

#include "eraudit/core/detail/document_blob.hpp"
#include "eraudit/core/error.hpp"

namespace eraudit::detail {

DocumentPtr embedded_document(std::span<const EmbeddedDocument> set, std::string_view name) {
  for (const EmbeddedDocument& document : set) {
    if (document.name == name) return deserialize(document.bytes);
  }
  throw Error(ErrorCode::internal, "'" + std::string(name) + "' is not built into the library");
}

}  // namespace eraudit::detail
