#pragma once
// UTF-8, one code point at a time. For core's own use.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace eraudit::detail {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// One code point at the front of a text.
struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t bytes = 0;  ///< if not valid: bytes of the longest valid beginning, at least 1
  bool valid = false;
};

/// The first code point of `text`, which is not empty.
inline CodePoint first_code_point(std::string_view text) noexcept {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return {0, 1, false};
  const std::uint32_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte alone decides overlong forms, surrogates and what lies beyond U+10FFFF.
  std::uint32_t low = 0x80;
  std::uint32_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  std::uint32_t value = lead & (0x7Fu >> wanted);
  for (std::uint32_t index = 1; index < wanted; ++index) {
    if (index >= text.size() || byte(index) < low || byte(index) > high) return {0, index, false};
    value = (value << 6) | (byte(index) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {value, wanted, true};
}

/// As many whole code points of valid UTF-8 as have room in `bytes`.
inline std::string_view first_bytes(std::string_view text, std::size_t bytes) noexcept {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

inline void append_utf8(std::string& out, std::uint32_t value) {
  const auto byte = [&](std::uint32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (value < 0x80) {
    byte(value);
  } else if (value < 0x800) {
    byte(0xC0 | (value >> 6));
    byte(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    byte(0xE0 | (value >> 12));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  } else {
    byte(0xF0 | (value >> 18));
    byte(0x80 | ((value >> 12) & 0x3F));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  }
}

/// A name for a message: at most its first 60 code points, and then dots.
std::string shortened(std::string_view text);

/// Valid UTF-8: what is not valid becomes U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace eraudit::detail
