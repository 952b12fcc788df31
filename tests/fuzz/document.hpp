#pragma once
// Laws of documents, whatever they were read from.

#include <string>

#include "eraudit/core/document.hpp"

namespace eraudit::fuzz {

/// A value as JSON; numbers as they were written.
[[nodiscard]] std::string json_of(DocumentNode node);

/// Parts are inside of their wholes, every byte of a scalar has its place in what was written;
/// what was read can be written as JSON, which reads as the same again; and it survives being built
/// into a program.
void require_sound(const Document& document);

}  // namespace eraudit::fuzz
