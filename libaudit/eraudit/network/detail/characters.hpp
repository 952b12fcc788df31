#pragma once
// Bytes that the readers and writers of cells ask about.

namespace eraudit::detail {

[[nodiscard]] constexpr bool is_digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}

}  // namespace eraudit::detail
