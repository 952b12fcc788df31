#pragma once
// Documents that are built into the library (cmake/embed). Not installed.

#include <span>
#include <string_view>

#include "eraudit/core/document.hpp"

namespace eraudit::detail {

struct EmbeddedDocument {
  std::string_view name;   ///< path from the root of the project: `rules/schema/recruitment.yaml`
  std::string_view bytes;  ///< as `serialize` wrote them (core/detail/document_blob.hpp)
};

/// The document `name` of `set`, read anew at each call. Throws `Error` (`internal`) if there is
/// none: what is built in does not depend on anybody's input.
[[nodiscard]] DocumentPtr embedded_document(std::span<const EmbeddedDocument> set,
                                            std::string_view name);

}  // namespace eraudit::detail
