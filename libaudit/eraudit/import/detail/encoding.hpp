#pragma once
// Bytes of a table, as UTF-8.

#include <cstdint>
#include <optional>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit::detail {

enum class Encoding : std::uint8_t { utf8, utf16, utf16le, utf16be, windows1252 };

/// `utf-8`, `utf-16`, `utf-16le`, `utf-16be`, `windows-1252`; also `latin-1` and `iso-8859-1`,
/// which in practice are Windows-1252.
[[nodiscard]] std::optional<Encoding> encoding_named(std::string_view name) noexcept;
[[nodiscard]] std::string_view encoding_name(Encoding encoding) noexcept;

struct DecodedText {
  SourcePtr text;  ///< the file itself, if it is UTF-8
  Encoding encoding = Encoding::utf8;
  bool guessed = false;  ///< neither named nor marked nor plain
};

/// `named`: what somebody says it is; without, it is found out: by its mark, by the zeros of
/// UTF-16, or Windows-1252 if it is not UTF-8 and no stretch of it is. A byte or unit that is
/// nothing in the encoding is an error at its place; then there is no text. Bad UTF-8 is left for
/// the reader to report.
[[nodiscard]] std::optional<DecodedText> decode(const SourcePtr& file,
                                                std::optional<Encoding> named,
                                                Diagnostics& diagnostics);

}  // namespace eraudit::detail
