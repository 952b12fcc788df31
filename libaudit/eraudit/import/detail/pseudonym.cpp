#include "eraudit/import/detail/pseudonym.hpp"

#include "eraudit/core/file.hpp"
#include "eraudit/expression/names.hpp"

namespace eraudit::detail {
namespace {

std::string hexadecimal_digest(std::string_view content) {
  return sha256(content).substr(std::string_view("sha256:").size());
}

std::string digest(std::string_view content) {
  const std::string digits = hexadecimal_digest(content);
  const auto half = [](char digit) {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(half(digits[i]) << 4u | half(digits[i + 1]));
  }
  return bytes;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view text) {
  constexpr std::size_t block = 64;
  std::string padded = key.size() > block ? digest(key) : std::string(key);
  padded.resize(block, '\0');
  std::string inner;
  std::string outer;
  for (const char byte : padded) {
    inner += static_cast<char>(byte ^ 0x36);
    outer += static_cast<char>(byte ^ 0x5C);
  }
  inner += text;
  outer += digest(inner);
  return hexadecimal_digest(outer);
}

std::string pseudonym(std::string_view key, std::string_view text) {
  return hmac_sha256(key, plain_name(text)).substr(0, 16);
}

}  // namespace eraudit::detail
