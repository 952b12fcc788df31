// Civil dates: `date days add_months months_between valid_on`.

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/expression/detail/navigation.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::Ends;
using detail::ends_of;
using detail::no_overload;
using Operands = std::span<const Value>;

ValueKind kind_of(const Ends& ends) {
  return ends.low.is(ValueKind::null) ? ends.high.kind : ends.low.kind;
}

/// The result for each corner of the ranges, if the function is monotonous in every operand.
class Corners {
 public:
  explicit Corners(const FactSet* facts) : facts_(facts) {}

  void add(const Value& value) {
    if (value.is(ValueKind::error)) {
      error_ = value;
      ++errors_;
    } else if (values_ == 0) {
      low_ = high_ = value;
      ++values_;
    } else {
      if (value.integer < low_.integer) low_ = value;
      if (value.integer > high_.integer) high_ = value;
      ++values_;
    }
  }

  Value result(Evaluator& evaluator) const {
    if (errors_ == 0) return evaluator.range(low_, high_, facts_);
    return values_ == 0 ? error_ : evaluator.unknown(facts_, Value::may_fail);
  }

 private:
  const FactSet* facts_;
  Value low_;
  Value high_;
  Value error_;
  int values_ = 0;
  int errors_ = 0;
};

Value to_date(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  switch (value.kind) {
    case ValueKind::date:
      return value;
    case ValueKind::text: {
      const auto date = parse_date(value.as_text());
      if (date) return Value::of(*date);
      return evaluator.error(fmt::format("'{}' is not a date: write it as '2026-03-01'",
                                         value.as_text().substr(0, 100)));
    }
    case ValueKind::timestamp: {
      std::int64_t day = value.integer / 86'400;
      if (value.integer % 86'400 < 0) --day;
      return Value::of(Date{static_cast<std::int32_t>(day)});
    }
    default:
      return no_overload(evaluator, "date", operands);
  }
}

Value days_of(Evaluator& evaluator, std::int64_t count) {
  Value value = Value::make(ValueKind::duration);
  if (__builtin_mul_overflow(count, detail::nanoseconds_per_day, &value.integer)) {
    return evaluator.error("more days than a duration can hold (106751)");
  }
  return value;
}

Value days(Evaluator& evaluator, Operands operands) {
  const Value& value = operands[0];
  if (value.is(ValueKind::integer)) return days_of(evaluator, value.integer);
  const Ends ends = ends_of(value);
  if (kind_of(ends) != ValueKind::integer) return no_overload(evaluator, "days", operands);
  if (ends.low.is(ValueKind::null) || ends.high.is(ValueKind::null)) {
    return evaluator.unknown(ends.facts, Value::may_fail);
  }
  Corners corners(ends.facts);
  corners.add(days_of(evaluator, ends.low.integer));
  corners.add(days_of(evaluator, ends.high.integer));
  return corners.result(evaluator);
}

Value months_later(Evaluator& evaluator, const Value& date, std::int64_t months) {
  const auto later = add_months(date.as_date(), months);
  return later ? Value::of(*later) : evaluator.error("the date is outside the years 1 to 9999");
}

Value later(Evaluator& evaluator, Operands operands) {
  const Ends dates = ends_of(operands[0]);
  const Ends months = ends_of(operands[1]);
  if (kind_of(dates) != ValueKind::date || kind_of(months) != ValueKind::integer) {
    return no_overload(evaluator, "add_months", operands);
  }
  const FactSet* const facts = evaluator.merge(dates.facts, months.facts);
  Corners corners(facts);
  for (const Value& date : {dates.low, dates.high}) {
    for (const Value& count : {months.low, months.high}) {
      if (date.is(ValueKind::null) || count.is(ValueKind::null)) {
        return evaluator.unknown(facts, Value::may_fail);
      }
      corners.add(months_later(evaluator, date, count.integer));
    }
  }
  return corners.result(evaluator);
}

Value between(Evaluator& evaluator, Operands operands) {
  const Ends from = ends_of(operands[0]);
  const Ends to = ends_of(operands[1]);
  if (kind_of(from) != ValueKind::date || kind_of(to) != ValueKind::date) {
    return no_overload(evaluator, "months_between", operands);
  }
  const FactSet* const facts = evaluator.merge(from.facts, to.facts);
  Corners corners(facts);
  for (const Value& first : {from.low, from.high}) {
    for (const Value& last : {to.low, to.high}) {
      if (first.is(ValueKind::null) || last.is(ValueKind::null)) return evaluator.unknown(facts);
      corners.add(Value::of(months_between(first.as_date(), last.as_date())));
    }
  }
  return corners.result(evaluator);
}

Value valid_on(Evaluator& evaluator, Operands operands) {
  return detail::valid_on(evaluator, operands[0], operands[1]);
}

constexpr Builtin dates_table[] = {
    {"date", "(string) -> date; (timestamp) -> date; (date) -> date", to_date, Takes::values,
     "a day: `date('2026-03-01')`; of a timestamp its day in UTC", Fails::sometimes},
    {"days", "(int) -> duration", days, Takes::ranges, "so many days, to add to a date",
     Fails::never},
    {"add_months", "(date, int) -> date; date.add_months(int) -> date", later, Takes::ranges,
     "the same day of a later month, or its last day", Fails::never},
    {"months_between", "(date, date) -> int", between, Takes::ranges,
     "whole months from the first date to the second", Fails::never},
    {"valid_on",
     "(node, date) -> bool; (edge, date) -> bool; node.valid_on(date) -> bool; "
     "edge.valid_on(date) -> bool",
     valid_on, Takes::ranges, "whether its `since` and `until` hold that day", Fails::sometimes},
};

}  // namespace

std::span<const Builtin> dates_builtins() {
  return dates_table;
}

}  // namespace eraudit
