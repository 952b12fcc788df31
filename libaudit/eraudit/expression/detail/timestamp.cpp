#include "eraudit/expression/detail/timestamp.hpp"

#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/half_even.hpp"

namespace eraudit::detail {
namespace {

/// Takes `count` digits from the front of `text`.
std::optional<std::int32_t> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  std::int32_t value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

/// `HH:MM`, in seconds.
std::optional<std::int32_t> take_hours_and_minutes(std::string_view& text) {
  const auto hours = take_digits(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60;
}

/// `.5` as nanoseconds; further digits than nine are dropped.
std::optional<std::uint32_t> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::uint32_t value = 0;
  std::size_t digits = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    if (digits < 9) value = value * 10 + static_cast<std::uint32_t>(text[0] - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 9; ++digits) value *= 10;
  return value;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

/// The unit that `text` begins with; `ms` before `m`.
const Unit* unit_of(std::string_view text) {
  static constexpr Unit units[] = {{"ns", 1},
                                   {"us", 1'000},
                                   {"\xC2\xB5s", 1'000},  // micro sign
                                   {"\xCE\xBCs", 1'000},  // mu
                                   {"ms", 1'000'000},
                                   {"s", nanoseconds_per_second},
                                   {"m", 60 * nanoseconds_per_second},
                                   {"h", 3600 * nanoseconds_per_second}};
  for (const Unit& unit : units) {
    if (text.starts_with(unit.name)) return &unit;
  }
  return nullptr;
}

std::string with_fraction(std::string text, std::uint32_t nanoseconds) {
  if (nanoseconds == 0) return text;
  text += fmt::format(".{:09}", nanoseconds);
  text.resize(text.find_last_not_of('0') + 1);
  return text;
}

}  // namespace

std::optional<Instant> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  text.remove_prefix(11);
  const auto minutes = take_hours_and_minutes(text);
  if (!minutes || !take(text, ':')) return std::nullopt;
  const auto seconds = take_digits(text, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  std::int32_t offset = 0;
  if (!take(text, 'Z') && !take(text, 'z')) {
    const bool west = take(text, '-');
    if (!west && !take(text, '+')) return std::nullopt;
    const auto east = take_hours_and_minutes(text);
    if (!east) return std::nullopt;
    offset = west ? -*east : *east;
  }
  if (!text.empty()) return std::nullopt;
  Instant instant{std::int64_t{date->days} * 86'400 + *minutes + *seconds - offset, *fraction};
  if (instant.seconds < first_second || instant.seconds > last_second) return std::nullopt;
  return instant;
}

std::string timestamp_to_text(std::int64_t seconds, std::uint32_t nanoseconds) {
  std::int64_t day = seconds / 86'400;
  std::int64_t rest = seconds % 86'400;
  if (rest < 0) {
    rest += 86'400;
    --day;
  }
  return with_fraction(
             fmt::format("{}T{:02}:{:02}:{:02}", to_text(Date{static_cast<std::int32_t>(day)}),
                         rest / 3600, rest / 60 % 60, rest % 60),
             nanoseconds) +
         'Z';
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  Int128 total = 0;
  while (!text.empty()) {
    Int128 whole = 0;
    Int128 fraction = 0;  // over 10^15
    std::size_t digits = 0;
    std::size_t decimals = 0;
    const auto is_digit = [&] { return !text.empty() && text[0] >= '0' && text[0] <= '9'; };
    for (; is_digit(); text.remove_prefix(1), ++digits) {
      whole = whole * 10 + (text[0] - '0');
      if (whole > INT64_MAX) return std::nullopt;
    }
    if (take(text, '.')) {
      for (; is_digit(); text.remove_prefix(1), ++decimals) {
        if (decimals < 15) fraction = fraction * 10 + (text[0] - '0');
      }
      for (std::size_t place = decimals; place < 15; ++place) fraction *= 10;
    }
    if (digits + decimals == 0) return std::nullopt;
    const Unit* const unit = unit_of(text);
    if (unit == nullptr) return std::nullopt;
    text.remove_prefix(unit->name.size());
    total += whole * unit->nanoseconds + fraction * unit->nanoseconds / power_of_ten(15);
    if (total > Int128{INT64_MAX} + 1) return std::nullopt;
  }
  if (negative) total = -total;
  if (total > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(total);
}

std::string duration_to_text(std::int64_t nanoseconds) {
  const bool negative = nanoseconds < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(nanoseconds)
                                      : static_cast<std::uint64_t>(nanoseconds);
  std::string text = fmt::format("{}{}", negative ? "-" : "",
                                 size / static_cast<std::uint64_t>(nanoseconds_per_second));
  text = with_fraction(
      std::move(text),
      static_cast<std::uint32_t>(size % static_cast<std::uint64_t>(nanoseconds_per_second)));
  return text + 's';
}

std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "UTC" || text == "Z" || text.empty()) return 0;
  const bool west = take(text, '-');
  if (!west) take(text, '+');
  const auto east = take_hours_and_minutes(text);
  if (!east || !text.empty()) return std::nullopt;
  return west ? -*east : *east;
}

}  // namespace eraudit::detail
