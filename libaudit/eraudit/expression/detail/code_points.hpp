#pragma once
// Places in texts by code point. Texts are valid UTF-8. Private to the module.

#include <cstdint>
#include <optional>
#include <string_view>

namespace eraudit::detail {

/// Bytes of the code point that begins with `lead`.
[[nodiscard]] inline std::size_t width_of(char lead) noexcept {
  const auto octet = static_cast<unsigned char>(lead);
  if (octet < 0x80) return 1;
  if (octet < 0xE0) return 2;
  return octet < 0xF0 ? 3 : 4;
}

/// The byte where code point `position` begins, or the end of the text if it has so many; nothing
/// for a place outside of it. O(position).
[[nodiscard]] inline std::optional<std::size_t> byte_at(std::string_view text,
                                                        std::int64_t position) noexcept {
  if (position < 0) return std::nullopt;
  std::size_t byte = 0;
  for (; position > 0; --position) {
    if (byte >= text.size()) return std::nullopt;
    byte += width_of(text[byte]);
  }
  return byte;
}

/// The code point that begins at `byte`.
[[nodiscard]] inline char32_t code_point_at(std::string_view text, std::size_t byte) noexcept {
  const std::size_t width = width_of(text[byte]);
  const auto lead = static_cast<unsigned char>(text[byte]);
  char32_t point = width == 1 ? lead : lead & (0x7FU >> width);
  for (std::size_t next = 1; next < width && byte + next < text.size(); ++next) {
    point = (point << 6) | (static_cast<unsigned char>(text[byte + next]) & 0x3FU);
  }
  return point;
}

}  // namespace eraudit::detail
