#pragma once
// A document against a JSON Schema.

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"

namespace eraudit::detail {

/// Says where `document` is not as `schema` demands. Knows the part of draft-07 that our own
/// schemas use: `type properties required additionalProperties patternProperties items enum const
/// minimum maximum pattern oneOf $ref` (to `#/definitions/...`); annotations say nothing. Throws
/// `Error`
/// (`internal`) for a keyword that it does not know.
void check_shape(const Document& document, const Document& schema, Diagnostics& diagnostics);

}  // namespace eraudit::detail
