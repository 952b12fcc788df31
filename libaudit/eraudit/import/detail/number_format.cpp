#include "eraudit/import/detail/number_format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/date.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::detail {
namespace {

using Kind = NumberFormat::Kind;

constexpr double last_serial = 2'958'465;  // 9999-12-31
constexpr double phantom_day = 60;         // 1900-02-29
constexpr std::int64_t seconds_per_day = 86'400;

/// What a format code says, literals and colours left out; of its first section only.
struct Signs {
  bool day = false;      ///< y or d
  bool hour = false;     ///< h or s
  bool month = false;    ///< m: a month, or minutes beside hours
  bool elapsed = false;  ///< [h], [m], [s]
  std::string others;    ///< the rest
};

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Signs signs_of(std::string_view code) {
  Signs out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = lower(code[i]);
    if (c == ';') break;
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i + 1), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      out.elapsed =
          out.elapsed || (!inside.empty() && std::all_of(inside.begin(), inside.end(), [](char s) {
            return lower(s) == 'h' || lower(s) == 'm' || lower(s) == 's';
          }));
      i = end;
    } else if (code.substr(i).size() >= 5 && lower(code[i]) == 'a' && code[i + 2] == '/') {
      i += 4;  // AM/PM
    } else if (c == 'y' || c == 'd') {
      out.day = true;
    } else if (c == 'h' || c == 's') {
      out.hour = true;
    } else if (c == 'm') {
      out.month = true;
    } else {
      out.others += code[i];
    }
  }
  return out;
}

std::string plain_number(double value) {
  char buffer[400];
  const auto shortest = std::to_chars(buffer, buffer + sizeof buffer, value);
  std::string text(buffer, shortest.ptr);
  const auto digits = std::count_if(text.begin(), std::find(text.begin(), text.end(), 'e'),
                                    [](char c) { return c >= '0' && c <= '9'; });
  // Workbooks show 15 digits; what is beyond them is how the number is stored, not what was typed.
  double shown = value;
  if (digits > 15) {
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 14);
    std::from_chars(buffer, end.ptr, shown);
  }
  const double size = std::fabs(shown);
  const bool fixed = size == 0 || (size >= 1e-9 && size < 1e21);
  const auto end =
      fixed ? std::to_chars(buffer, buffer + sizeof buffer, shown, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof buffer, shown);
  text.assign(buffer, end.ptr);
  return text == "-0" ? "0" : text;
}

bool is_digits(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string clock(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

ShownNumber no_day(std::string_view written, std::string_view why) {
  return {fmt::format("{} is no day{}", written, why), false, false};
}

ShownNumber shown_day(double serial, std::string_view written, Kind kind, bool from_1904) {
  double whole = std::floor(serial);
  auto seconds = kind == Kind::date ? std::int64_t{0}
                                    : static_cast<std::int64_t>(std::llround(
                                          (serial - whole) * static_cast<double>(seconds_per_day)));
  if (seconds == seconds_per_day) {
    whole += 1;
    seconds = 0;
  }
  if (whole < 0 || whole > last_serial) return no_day(written, "");
  if (!from_1904 && whole == 0) {
    if (kind == Kind::date_time && seconds != 0) return {clock(seconds), false, true};
    return no_day(written, ": days are counted from 1");
  }
  if (!from_1904 && whole == phantom_day) {
    return no_day(written, ": it stands for the 29th of February 1900, which never was");
  }
  const CivilDate first = from_1904             ? CivilDate{1904, 1, 1}
                          : whole < phantom_day ? CivilDate{1899, 12, 31}
                                                : CivilDate{1899, 12, 30};
  const auto day = add_days(*date_from_civil(first), static_cast<std::int64_t>(whole));
  if (!day) return no_day(written, "");
  if (seconds == 0) return {to_text(*day), true, true};
  return {fmt::format("{}T{}", to_text(*day), clock(seconds)), false, true};
}

}  // namespace

NumberFormat format_of(std::string_view code) {
  const Signs signs = signs_of(code);
  if (signs.elapsed) return {Kind::elapsed, 0};
  const bool zeros =
      !signs.others.empty() && signs.others.size() <= 18 &&
      std::all_of(signs.others.begin(), signs.others.end(), [](char c) { return c == '0'; });
  if (signs.day || (signs.month && !signs.hour)) {
    // `General` has none of these letters but `e`, `n`, `r`, `a`, `l`.
    return {signs.hour ? Kind::date_time : Kind::date, 0};
  }
  if (signs.hour) return {Kind::time, 0};
  if (zeros && signs.others.size() > 1) {
    return {Kind::padded, static_cast<std::uint8_t>(signs.others.size())};
  }
  return {};
}

NumberFormat builtin_format(std::uint32_t id) noexcept {
  if (id == 22) return {Kind::date_time, 0};
  if (id >= 14 && id <= 17) return {Kind::date, 0};
  if (id >= 18 && id <= 21) return {Kind::time, 0};
  if (id == 45 || id == 47) return {Kind::time, 0};
  if (id == 46) return {Kind::elapsed, 0};
  // Of East Asian workbooks: days, but for two of hours and minutes each.
  if (id == 32 || id == 33) return {Kind::time, 0};
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return {Kind::date, 0};
  return {};
}

ShownNumber shown_number(std::string_view written, NumberFormat format, bool from_1904) {
  const auto value = parse_number(written);
  if (!value || !std::isfinite(*value)) {
    return {fmt::format("{} is no number", printable(written)), false, false};
  }
  switch (format.kind) {
    case Kind::date:
    case Kind::date_time:
      return shown_day(*value, written, format.kind, from_1904);
    case Kind::time:
    case Kind::elapsed: {
      if (*value < 0 || *value > last_serial) return no_day(written, "");
      const double counted = format.kind == Kind::elapsed ? *value : *value - std::floor(*value);
      const auto seconds = std::llround(counted * static_cast<double>(seconds_per_day));
      return {clock(format.kind == Kind::time ? seconds % seconds_per_day : seconds), false, true};
    }
    case Kind::padded:
      if (is_digits(written)) {
        const std::size_t missing =
            written.size() < format.digits ? format.digits - written.size() : 0;
        return {std::string(missing, '0') + std::string(written), false, true};
      }
      break;
    case Kind::plain:
      break;
  }
  // An id of many digits stays as it is.
  if (is_digits(written)) return {std::string(written), false, true};
  return {plain_number(*value), false, true};
}

}  // namespace eraudit::detail
