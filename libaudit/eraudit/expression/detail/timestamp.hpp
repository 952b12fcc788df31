#pragma once
// Timestamps and durations as text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eraudit::detail {

struct Instant {
  std::int64_t seconds = 0;       ///< since 1970-01-01T00:00:00Z
  std::uint32_t nanoseconds = 0;  ///< below 1,000,000,000
};

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::int64_t first_second = -62'135'596'800;  ///< 0001-01-01T00:00:00Z
inline constexpr std::int64_t last_second = 253'402'300'799;   ///< 9999-12-31T23:59:59Z

/// RFC 3339: `2024-03-01T10:00:00Z`, `...00.5+05:45`; nothing for anything else or another year.
[[nodiscard]] std::optional<Instant> parse_timestamp(std::string_view text);
/// In UTC, with as many decimals as needed.
[[nodiscard]] std::string timestamp_to_text(std::int64_t seconds, std::uint32_t nanoseconds);

/// `1h30m`, `-1.5h`, `0`, units h m s ms us ns in any order. Nanoseconds; nothing on overflow.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);
/// Seconds with the suffix `s`: `3730s`, `-0.5s`.
[[nodiscard]] std::string duration_to_text(std::int64_t nanoseconds);

/// Seconds east of UTC: `+05:45`, `-03:00`, `02:00`, `UTC`, `Z`; nothing for names of zones.
[[nodiscard]] std::optional<std::int32_t> parse_offset(std::string_view text);

}  // namespace eraudit::detail
