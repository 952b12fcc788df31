// Timestamps, durations and their parts. Zones are UTC or an offset: the names of zones mean
// something else every few months, and a report must say the same on every machine.

#include <fmt/format.h>

#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/detail/timestamp.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::no_overload;
using Operands = std::span<const Value>;

constexpr std::int64_t seconds_per_day = 86'400;

Value timestamp_of(std::int64_t seconds, std::uint32_t nanoseconds) {
  Value value = Value::make(ValueKind::timestamp);
  value.integer = seconds;
  value.size = nanoseconds;
  return value;
}

Value to_timestamp(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::timestamp:
      return value;
    case ValueKind::integer:
      if (value.integer < detail::first_second || value.integer > detail::last_second) {
        return evaluator.error("the timestamp is outside the years 1 to 9999");
      }
      return timestamp_of(value.integer, 0);
    case ValueKind::text: {
      if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
      const auto instant = detail::parse_timestamp(value.as_text());
      if (instant) return timestamp_of(instant->seconds, instant->nanoseconds);
      return evaluator.error(
          fmt::format("'{}' is not a timestamp of the years 1 to 9999: write it as "
                      "'2026-03-01T10:00:00Z'",
                      value.as_text().substr(0, 100)));
    }
    default:
      return no_overload(evaluator, "timestamp", operands);
  }
}

Value to_duration(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::duration)) return value;
  if (!value.is(ValueKind::text)) return no_overload(evaluator, "duration", operands);
  if (!evaluator.state().spend(value.size / 16)) return evaluator.state().limit_error;
  const auto nanoseconds = detail::parse_duration(value.as_text());
  if (!nanoseconds) {
    return evaluator.error(fmt::format(
        "'{}' is not a duration of at most 292 years: write it as '1h30m' or '90s'; days are "
        "`days(90)`",
        value.as_text().substr(0, 100)));
  }
  Value duration = Value::make(ValueKind::duration);
  duration.integer = *nanoseconds;
  return duration;
}

/// The civil parts of a timestamp in its zone, or of a date.
struct Parts {
  std::int64_t day = 0;     ///< since 1970-01-01
  std::int64_t second = 0;  ///< of the day
  std::uint32_t nanosecond = 0;
  CivilDate civil;
};

/// False with the error in `problem` if the operands are no timestamp and zone.
bool parts_of(Evaluator& evaluator, std::string_view name, Operands operands, Parts& parts,
              Value& problem) {
  const Value& value = operands[0];
  if (value.is(ValueKind::date) && operands.size() == 1) {
    parts.day = value.integer;
  } else if (value.is(ValueKind::timestamp)) {
    std::int64_t seconds = value.integer;
    if (operands.size() > 1) {
      if (!operands[1].is(ValueKind::text)) {
        problem = no_overload(evaluator, name, operands);
        return false;
      }
      const auto offset = detail::parse_offset(operands[1].as_text());
      if (!offset) {
        problem = evaluator.error(
            fmt::format("time zone '{}' is not supported: write an offset as '+05:45', or 'UTC'",
                        operands[1].as_text().substr(0, 100)));
        return false;
      }
      seconds += *offset;
    }
    parts.day = seconds / seconds_per_day;
    parts.second = seconds % seconds_per_day;
    if (parts.second < 0) {
      parts.second += seconds_per_day;
      --parts.day;
    }
    parts.nanosecond = value.size;
  } else {
    problem = no_overload(evaluator, name, operands);
    return false;
  }
  parts.civil = civil_from_date(Date{static_cast<std::int32_t>(parts.day)});
  return true;
}

template <class Get>
Value part(Evaluator& evaluator, std::string_view name, Operands operands, const Get& get) {
  Parts parts;
  Value problem;
  if (!parts_of(evaluator, name, operands, parts, problem)) return problem;
  return Value::of(std::int64_t{get(parts)});
}

Value full_year(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getFullYear", operands, [](const Parts& p) { return p.civil.year; });
}
Value month(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getMonth", operands, [](const Parts& p) { return p.civil.month - 1; });
}
Value day_of_month(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getDayOfMonth", operands, [](const Parts& p) { return p.civil.day - 1; });
}
Value date_of_month(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getDate", operands, [](const Parts& p) { return p.civil.day; });
}
Value day_of_week(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getDayOfWeek", operands, [](const Parts& p) {
    return ((p.day + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; Sunday is 0
  });
}
Value day_of_year(Evaluator& evaluator, Operands operands) {
  return part(evaluator, "getDayOfYear", operands, [](const Parts& p) {
    const auto first = date_from_civil({p.civil.year, 1, 1});
    return p.day - (first ? first->days : p.day);
  });
}

/// Of a duration the whole in that unit, of a timestamp the part of the day.
template <class Get>
Value time_part(Evaluator& evaluator, std::string_view name, Operands operands,
                std::int64_t unit_seconds, const Get& get) {
  if (operands[0].is(ValueKind::duration) && operands.size() == 1) {
    return Value::of(operands[0].integer / (unit_seconds * detail::nanoseconds_per_second));
  }
  if (operands[0].is(ValueKind::date)) return no_overload(evaluator, name, operands);
  return part(evaluator, name, operands, get);
}

Value hours(Evaluator& evaluator, Operands operands) {
  return time_part(evaluator, "getHours", operands, 3600,
                   [](const Parts& p) { return p.second / 3600; });
}
Value minutes(Evaluator& evaluator, Operands operands) {
  return time_part(evaluator, "getMinutes", operands, 60,
                   [](const Parts& p) { return p.second / 60 % 60; });
}
Value seconds(Evaluator& evaluator, Operands operands) {
  return time_part(evaluator, "getSeconds", operands, 1,
                   [](const Parts& p) { return p.second % 60; });
}
Value milliseconds(Evaluator& evaluator, Operands operands) {
  if (operands[0].is(ValueKind::duration) && operands.size() == 1) {
    return Value::of(operands[0].integer % detail::nanoseconds_per_second / 1'000'000);
  }
  if (operands[0].is(ValueKind::date)) return no_overload(evaluator, "getMilliseconds", operands);
  return part(evaluator, "getMilliseconds", operands,
              [](const Parts& p) { return p.nanosecond / 1'000'000; });
}

constexpr Builtin times_table[] = {
    {"timestamp", "(string) -> timestamp; (int) -> timestamp; (timestamp) -> timestamp",
     to_timestamp, Takes::values, "an instant: RFC 3339, or seconds since 1970", Fails::sometimes},
    {"duration", "(string) -> duration; (duration) -> duration", to_duration, Takes::values,
     "a length of time: `1h30m`, `-1.5h`", Fails::sometimes},
    {"getFullYear",
     "timestamp.getFullYear() -> int; timestamp.getFullYear(string) -> int; "
     "date.getFullYear() -> int",
     full_year, Takes::values, "the year", Fails::sometimes},
    {"getMonth",
     "timestamp.getMonth() -> int; timestamp.getMonth(string) -> int; date.getMonth() -> int",
     month, Takes::values, "the month, January being 0", Fails::sometimes},
    {"getDayOfMonth",
     "timestamp.getDayOfMonth() -> int; timestamp.getDayOfMonth(string) -> int; "
     "date.getDayOfMonth() -> int",
     day_of_month, Takes::values, "the day of the month, the first being 0", Fails::sometimes},
    {"getDate",
     "timestamp.getDate() -> int; timestamp.getDate(string) -> int; date.getDate() -> int",
     date_of_month, Takes::values, "the day of the month, the first being 1", Fails::sometimes},
    {"getDayOfWeek",
     "timestamp.getDayOfWeek() -> int; timestamp.getDayOfWeek(string) -> int; "
     "date.getDayOfWeek() -> int",
     day_of_week, Takes::values, "the day of the week, Sunday being 0", Fails::sometimes},
    {"getDayOfYear",
     "timestamp.getDayOfYear() -> int; timestamp.getDayOfYear(string) -> int; "
     "date.getDayOfYear() -> int",
     day_of_year, Takes::values, "the day of the year, the first being 0", Fails::sometimes},
    {"getHours",
     "timestamp.getHours() -> int; timestamp.getHours(string) -> int; duration.getHours() -> int",
     hours, Takes::values, "the hour of the day; of a duration all its hours", Fails::sometimes},
    {"getMinutes",
     "timestamp.getMinutes() -> int; timestamp.getMinutes(string) -> int; "
     "duration.getMinutes() -> int",
     minutes, Takes::values, "the minute; of a duration all its minutes", Fails::sometimes},
    {"getSeconds",
     "timestamp.getSeconds() -> int; timestamp.getSeconds(string) -> int; "
     "duration.getSeconds() -> int",
     seconds, Takes::values, "the second; of a duration all its seconds", Fails::sometimes},
    {"getMilliseconds",
     "timestamp.getMilliseconds() -> int; timestamp.getMilliseconds(string) -> int; "
     "duration.getMilliseconds() -> int",
     milliseconds, Takes::values, "the part below a second, in thousandths", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> times_builtins() {
  return times_table;
}

}  // namespace eraudit
