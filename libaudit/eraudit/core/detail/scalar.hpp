#pragma once
// Where the characters of a decoded scalar were written. For core's own use.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/detail/document_arena.hpp"

namespace eraudit::detail {

/// A scalar as decoded here, and for each byte of `text`, and its end, the byte of the written form
/// that gave rise to it: for an escape its backslash, for a folded blank or line feed the line
/// break.
struct DecodedScalar {
  std::string text;
  std::vector<std::uint32_t> places;  ///< one more than bytes in `text`
};

/// Decodes a well-formed scalar, quotes or block header included.
/// `indentation` is that of a block scalar's content and ignored elsewhere.
[[nodiscard]] DecodedScalar decode_scalar(Notation notation, std::string_view written,
                                          std::size_t indentation);

/// The byte of `written` where each byte of `text`, which a parser made of it, and its end stand.
/// All at the beginning of the scalar if the two do not go together.
[[nodiscard]] std::vector<std::uint32_t> places_in_scalar(Notation notation,
                                                          std::string_view written,
                                                          std::string_view text);

}  // namespace eraudit::detail
