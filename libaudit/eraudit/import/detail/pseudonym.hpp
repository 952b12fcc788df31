#pragma once
// A text that names a person, replaced by one that only the holder of the key can test.

#include <string>
#include <string_view>

namespace eraudit::detail {

/// HMAC-SHA-256 (RFC 2104) of `text` under `key`, 64 hexadecimal digits.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

/// The first 16 digits of `hmac_sha256(key, plain_name(text))`: spellings of one name that differ
/// in case, accents and signs are one person.
[[nodiscard]] std::string pseudonym(std::string_view key, std::string_view text);

}  // namespace eraudit::detail
