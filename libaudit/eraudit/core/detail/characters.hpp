#pragma once
// Bytes that the YAML readers ask about.

namespace eraudit::detail {

[[nodiscard]] constexpr bool is_blank(char byte) noexcept {
  return byte == ' ' || byte == '\t';
}
[[nodiscard]] constexpr bool is_break(char byte) noexcept {
  return byte == '\n' || byte == '\r';
}

}  // namespace eraudit::detail
