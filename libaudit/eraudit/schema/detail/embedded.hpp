#pragma once
// What is built into this module.

#include <span>

#include "eraudit/core/embedded.hpp"

namespace eraudit::detail {

/// The schema that ships. Defined by the build.
[[nodiscard]] std::span<const EmbeddedDocument> embedded_schema_documents() noexcept;

}  // namespace eraudit::detail
