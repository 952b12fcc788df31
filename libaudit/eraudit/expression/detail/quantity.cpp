#include "eraudit/expression/detail/quantity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view too_large = "the amount of money is too large";

/// Currency and day of a term: what makes two terms one.
struct TermKey {
  std::uint16_t currency;
  bool open_day;
  std::int64_t day;
  friend auto operator<=>(const TermKey&, const TermKey&) = default;
};

const Value& bounded_end(const Value& term) {
  if (!term.is(ValueKind::range)) return term;
  return term.range->low.is(ValueKind::null) ? term.range->high : term.range->low;
}

TermKey key_of(const Value& term) {
  const Value& money = bounded_end(term);
  if (!money.is(ValueKind::money) || money.code == 0) return {0, false, 0};
  const bool open = money.has(Value::open_day);
  return {money.code, open,
          open ? std::int64_t{money.size} : std::int64_t{static_cast<std::int32_t>(money.size)}};
}

/// Money like `model` with another amount.
Value money_like(const Value& model, const WholeEnd& end) {
  if (end.infinite != 0) return Value::null();
  Value value = model;
  value.flags = static_cast<std::uint8_t>(model.flags & Value::open_day);
  value.integer = static_cast<std::int64_t>(end.value);
  return value;
}

/// A term like `model` from `interval`: an error if certainly too large, an unknown if perhaps.
Value term_like(Evaluator& evaluator, const Value& model, const Interval<WholeEnd>& interval,
                const FactSet* facts) {
  const WholeEnd most{0, money_limit};
  const WholeEnd least{0, -money_limit};
  if (most < interval.low || interval.high < least) return evaluator.error(too_large);
  const auto fits = [&](const WholeEnd& end) {
    return end.infinite != 0 || (!(end < least) && !(most < end));
  };
  if (!fits(interval.low) || !fits(interval.high)) {
    return evaluator.unknown(facts, Value::may_fail);
  }
  if (interval.low.infinite != 0 && interval.high.infinite != 0) return evaluator.unknown(facts);
  const Value& money = bounded_end(model);
  const Value low = money_like(money, interval.low);
  const Value high = money_like(money, interval.high);
  Value term = evaluator.range(low, high, facts);
  // A term that may not be there, or in a currency that nobody knows, keeps its facts although it
  // is zero.
  if (term.is(ValueKind::money) && (money.code == 0 || model.has(Value::optional))) {
    term = Value::make(ValueKind::range);
    term.range = evaluator.state().arena.make(RangeData{low, high, facts});
  }
  term.flags = static_cast<std::uint8_t>(term.flags | (model.flags & Value::optional));
  return term;
}

const FactSet* facts_of(const Value& term) {
  return term.is(ValueKind::range) ? term.range->facts : nullptr;
}

/// Makes one value of terms in any order; errors and unknowns among them come first.
Value from_terms(Evaluator& evaluator, std::span<Value> terms) {
  if (!evaluator.state().spend(terms.size() / 2)) return evaluator.state().limit_error;
  const FactSet* unknown = nullptr;
  unsigned flags = 0;
  const auto set_aside = [&](const Value& term) {
    if (!term.is(ValueKind::unknown)) return false;
    unknown = evaluator.merge(unknown, term.facts);
    flags |= term.flags & Value::may_fail;
    return true;
  };
  for (const Value& term : terms) {
    if (term.is(ValueKind::error)) return term;
  }
  terms = terms.first(static_cast<std::size_t>(
      std::remove_if(terms.begin(), terms.end(), set_aside) - terms.begin()));
  std::sort(terms.begin(), terms.end(),
            [](const Value& a, const Value& b) { return key_of(a) < key_of(b); });
  std::size_t kept = 0;
  for (const Value& term : terms) {
    if (kept > 0 && key_of(terms[kept - 1]) == key_of(term)) {
      Value& last = terms[kept - 1];
      const Interval<WholeEnd> a = interval_of(last);
      const Interval<WholeEnd> b = interval_of(term);
      const FactSet* const facts = evaluator.merge(facts_of(last), facts_of(term));
      const bool optional = last.has(Value::optional) && term.has(Value::optional);
      Value model = bounded_end(last);
      model.flags = static_cast<std::uint8_t>((model.flags & Value::open_day) |
                                              (optional ? Value::optional : 0));
      Value sum = term_like(evaluator, model, {plus(a.low, b.low), plus(a.high, b.high)}, facts);
      if (sum.is(ValueKind::error)) return sum;
      if (!set_aside(sum)) last = sum;
    } else {
      terms[kept++] = term;
    }
  }
  if (unknown != nullptr) return evaluator.unknown(unknown, flags);
  if (kept == 0) return Value::of(Money{}, evaluator.context().as_of);
  if (kept == 1 && !terms[0].has(Value::optional) && key_of(terms[0]).currency != 0) {
    return terms[0];
  }
  Value value = Value::make(ValueKind::money_terms);
  for (const Value& term : terms.first(kept)) {
    if (!term.is_whole()) value.flags = Value::waits;
  }
  Evaluator::State& state = evaluator.state();
  if (!state.reserve(kept * sizeof(Value))) return state.limit_error;
  value.terms =
      state.arena.make(MoneyTermsData{state.arena.copy(std::span<const Value>(terms.first(kept)))});
  return value;
}

/// Applies `change` to the interval of every term.
template <class Change>
Value changed(Evaluator& evaluator, const Value& money, const FactSet* facts,
              const Change& change) {
  Value storage;
  const std::span<const Value> terms = terms_of(money, storage);
  const std::span<Value> result = evaluator.state().arena.array<Value>(terms.size());
  for (std::size_t index = 0; index < terms.size(); ++index) {
    const Value& term = terms[index];
    result[index] = term_like(evaluator, term, change(interval_of(term)),
                              evaluator.merge(facts_of(term), facts));
  }
  return from_terms(evaluator, result);
}

Value combined(Evaluator& evaluator, const Value& a, const Value& b, bool subtract) {
  Value storage_a;
  Value storage_b;
  const auto left = terms_of(a, storage_a);
  const auto right = terms_of(b, storage_b);
  const auto terms = evaluator.state().arena.array<Value>(left.size() + right.size());
  std::copy(left.begin(), left.end(), terms.begin());
  for (std::size_t index = 0; index < right.size(); ++index) {
    Value term = right[index];
    if (subtract) {
      const Interval<WholeEnd> ends = interval_of(term);
      term = term_like(evaluator, term, {minus(ends.high), minus(ends.low)}, facts_of(term));
    }
    terms[left.size() + index] = term;
  }
  return from_terms(evaluator, terms);
}

bool is_plain_pair(const Value& a, const Value& b) {
  return a.is(ValueKind::money) && b.is(ValueKind::money) && a.code == b.code && a.code != 0 &&
         a.size == b.size && a.flags == b.flags;
}

/// An end times a number, half to even; too large becomes the first amount that is. A factor
/// without an end is null, and infinite with the sign `side`.
WholeEnd scaled(const WholeEnd& end, const Value& factor, int side) {
  if (factor.is(ValueKind::null)) return {sign_of(end) * side, 0};
  const int sign = factor.is(ValueKind::number) ? (factor.number > 0) - (factor.number < 0)
                                                : (factor.integer > 0) - (factor.integer < 0);
  if (sign == 0 || sign_of(end) == 0) return {};
  if (end.infinite != 0) return {end.infinite * sign, 0};
  if (factor.is(ValueKind::integer)) return {0, end.value * factor.integer};
  const auto product =
      multiply(Money{static_cast<std::int64_t>(end.value), Currency::from_index(1)}, factor.number);
  if (!product) return {0, Int128{money_limit + 1} * sign * sign_of(end)};
  return {0, product->minor};
}

WholeEnd shared_by(const WholeEnd& end, std::int64_t divisor) {
  if (end.infinite != 0) return {divisor < 0 ? -end.infinite : end.infinite, 0};
  const Int128 positive = divisor < 0 ? -Int128{divisor} : Int128{divisor};
  return {0, divide_half_even(divisor < 0 ? -end.value : end.value, positive)};
}

double to_double(const WholeEnd& end) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (end.infinite != 0) return end.infinite * infinity;
  return static_cast<double>(end.value);
}

}  // namespace

bool is_money(const Value& value) {
  switch (value.kind) {
    case ValueKind::money:
    case ValueKind::money_terms:
      return true;
    case ValueKind::range:
      return bounded_end(value).is(ValueKind::money);
    default:
      return false;
  }
}

bool is_zero_literal(const Value& value) {
  switch (value.kind) {
    case ValueKind::integer:
    case ValueKind::uinteger:
      return value.integer == 0;
    case ValueKind::number:
      return value.number == 0;
    default:
      return false;
  }
}

std::span<const Value> terms_of(const Value& value, Value& storage) {
  if (value.is(ValueKind::money_terms)) return value.terms->terms;
  if (value.is(ValueKind::range)) {
    storage = value;
    return {&storage, 1};
  }
  if (!value.is(ValueKind::money) || value.code == 0) return {};
  storage = value;
  return {&storage, 1};
}

Interval<WholeEnd> interval_of(const Value& term) {
  if (!term.is(ValueKind::range)) return {{0, term.integer}, {0, term.integer}};
  const auto end = [](const Value& value, int infinite) {
    return value.is(ValueKind::null) ? WholeEnd{infinite, 0} : WholeEnd{0, value.integer};
  };
  return {end(term.range->low, -1), end(term.range->high, 1)};
}

Value money_sum(Evaluator& evaluator, const Value& a, const Value& b) {
  if (is_plain_pair(a, b)) {
    const auto sum = add(a.as_money(), b.as_money());
    if (!sum) return evaluator.error(too_large);
    Value value = a;
    value.integer = sum->minor;
    return value;
  }
  return combined(evaluator, a, b, false);
}

Value money_difference(Evaluator& evaluator, const Value& a, const Value& b) {
  if (is_plain_pair(a, b)) {
    const auto difference = subtract(a.as_money(), b.as_money());
    if (!difference) return evaluator.error(too_large);
    Value value = a;
    value.integer = difference->minor;
    return value;
  }
  return combined(evaluator, a, b, true);
}

Value money_product(Evaluator& evaluator, const Value& money, const Value& factor) {
  const Ends ends = ends_of(factor);
  if (factor.is(ValueKind::number) && !std::isfinite(factor.number)) {
    return evaluator.error("money times a number that is not finite");
  }
  return changed(evaluator, money, ends.facts, [&](const Interval<WholeEnd>& interval) {
    const WholeEnd all[] = {scaled(interval.low, ends.low, -1), scaled(interval.low, ends.high, 1),
                            scaled(interval.high, ends.low, -1),
                            scaled(interval.high, ends.high, 1)};
    const auto [low, high] = std::minmax_element(std::begin(all), std::end(all));
    return Interval<WholeEnd>{*low, *high};
  });
}

Value money_share(Evaluator& evaluator, const Value& money, const Value& divisor) {
  const Ends ends = ends_of(divisor);
  if (!not_zero(divisor)) {
    if (!divisor.is(ValueKind::range)) return evaluator.error("division by zero");
    return evaluator.unknown(evaluator.merge(evaluator.waits_for(money), ends.facts),
                             Value::may_fail);
  }
  return changed(evaluator, money, ends.facts, [&](const Interval<WholeEnd>& interval) {
    // An end of the divisor that is missing makes the share as small as can be.
    const auto share = [](const WholeEnd& end, const Value& by) {
      return by.is(ValueKind::null) ? WholeEnd{} : shared_by(end, by.integer);
    };
    const WholeEnd all[] = {share(interval.low, ends.low), share(interval.low, ends.high),
                            share(interval.high, ends.low), share(interval.high, ends.high)};
    const auto [low, high] = std::minmax_element(std::begin(all), std::end(all));
    return Interval<WholeEnd>{*low, *high};
  });
}

Value money_ratio(Evaluator& evaluator, const Value& a, const Value& b) {
  Value storage_a;
  Value storage_b;
  const auto left = terms_of(a, storage_a);
  const auto right = terms_of(b, storage_b);
  const FactSet* facts = evaluator.merge(evaluator.waits_for(a), evaluator.waits_for(b));
  const Currencies numerator = currencies_of(evaluator, left);
  const Currencies denominator = currencies_of(evaluator, right);
  if (denominator.none()) return evaluator.error("division by zero: the amount is 0");
  std::optional<Currency> target = denominator.only();
  if (!target && denominator.settled() && numerator.settled()) {
    target = numerator.only() ? numerator.only() : denominator.entries[0].currency;
  }
  // Whatever currencies the divisor turns out to have besides, it comes to that of the dividend.
  if (!target && numerator.only()) {
    const auto certain = [](const Currencies::Entry& entry) { return entry.certain; };
    const bool same = std::any_of(denominator.entries.begin(), denominator.entries.end(),
                                  [&](const Currencies::Entry& entry) {
                                    return entry.certain && entry.currency == *numerator.only();
                                  });
    const auto sure =
        std::count_if(denominator.entries.begin(), denominator.entries.end(), certain);
    if (same || sure > 1) target = numerator.only();
  }
  if (!target) return evaluator.unknown(facts, Value::may_fail);
  const Interval<WholeEnd> x = worth(evaluator, left, *target, facts);
  const Interval<WholeEnd> y = worth(evaluator, right, *target, facts);
  if (sign_of(y.low) <= 0 && sign_of(y.high) >= 0) {
    if (sign_of(y.low) == 0 && sign_of(y.high) == 0) {
      return evaluator.error("division by zero: the amount is 0");
    }
    return evaluator.unknown(facts, Value::may_fail);
  }
  const auto over_ends = [](const WholeEnd& n, const WholeEnd& d) {
    return d.infinite != 0 ? 0.0 : to_double(n) / to_double(d);
  };
  const Interval<double> ends = [&] {
    const double all[] = {over_ends(x.low, y.low), over_ends(x.low, y.high),
                          over_ends(x.high, y.low), over_ends(x.high, y.high)};
    const auto [low, high] = std::minmax_element(std::begin(all), std::end(all));
    return Interval<double>{*low, *high};
  }();
  const auto end = [](double value) {
    return std::isinf(value) ? Value::null() : Value::of(value);
  };
  if (std::isinf(ends.low) && std::isinf(ends.high)) return evaluator.unknown(facts);
  return evaluator.range(end(ends.low), end(ends.high), facts);
}

MoneyTotal::MoneyTotal(Evaluator& evaluator)
    : evaluator_(evaluator), first_(evaluator.state().values.size()) {}

void MoneyTotal::add(const Value& amount, const FactSet* possible) {
  Value storage;
  for (Value term : terms_of(amount, storage)) {
    if (possible != nullptr) {
      Interval<WholeEnd> ends = interval_of(term);
      if (sign_of(ends.low) > 0) ends.low = {};
      if (sign_of(ends.high) < 0) ends.high = {};
      Value model = bounded_end(term);
      const FactSet* const facts = evaluator_.merge(facts_of(term), possible);
      model.flags = static_cast<std::uint8_t>(model.flags | Value::optional);
      term = term_like(evaluator_, model, ends, facts);
    }
    evaluator_.state().values.push_back(term);
  }
}

void MoneyTotal::add_unknown(const FactSet* facts) {
  evaluator_.state().values.push_back(
      evaluator_.range(Value::of(Money{}, {}), Value::null(), facts));
}

Value MoneyTotal::result() {
  std::vector<Value>& stack = evaluator_.state().values;
  const Value value = from_terms(evaluator_, std::span(stack).subspan(first_));
  stack.resize(first_);
  return value;
}

Currencies currencies_of(Evaluator& evaluator, std::span<const Value> terms) {
  Currencies result;
  const auto entries = evaluator.state().arena.array<Currencies::Entry>(terms.size());
  std::size_t count = 0;
  for (const Value& term : terms) {
    const std::uint16_t code = key_of(term).currency;
    if (code == 0) {
      result.any = true;
      continue;
    }
    if (count == 0 || entries[count - 1].currency.index() != code) {
      entries[count++] = {Currency::from_index(code), false};
    }
    if (!term.has(Value::optional)) entries[count - 1].certain = true;
  }
  result.entries = entries.first(count);
  return result;
}

namespace {

/// A term whose worth nobody can tell: at least its sign is known.
Interval<WholeEnd> of_like_sign(const Interval<WholeEnd>& ends) {
  return {sign_of(ends.low) >= 0 ? WholeEnd{} : WholeEnd{-1, 0},
          sign_of(ends.high) <= 0 ? WholeEnd{} : WholeEnd{1, 0}};
}

WholeEnd converted(Evaluator& evaluator, const WholeEnd& end, const Value& money, Currency target) {
  if (end.infinite != 0 || end.value == 0) return end;
  const Money amount{static_cast<std::int64_t>(end.value), money.as_money().currency};
  const auto result = evaluator.context().rates.convert(amount, target, money.money_day());
  if (!result) return {0, end.value > 0 ? Int128{money_limit} + 1 : -Int128{money_limit} - 1};
  return {0, result->minor};
}

bool has_rate(Evaluator& evaluator, const Value& money, Currency target) {
  Evaluator::State& state = evaluator.state();
  const Currency from = money.as_money().currency;
  const Date day = money.money_day();
  if (state.tracing) state.conversions.push_back({from, target, day});
  return !state.is_masked(Fact::rate(from, target, day)) &&
         state.context.rates.find(from, target, day).has_value();
}

const FactSet* day_fact(Evaluator& evaluator, std::uint32_t row) {
  const Network* const network = evaluator.network();
  if (row == open_day_several || network == nullptr) return nullptr;
  if ((row & open_day_node) != 0) {
    const NodeId node{row & ~open_day_node};
    const auto on = network->schema().kind(network->kind(node)).find("on");
    if (!on) return nullptr;
    const Fact fact = Fact::of(node, *on);
    return evaluator.facts(std::span(&fact, 1));
  }
  const EdgeId edge{row};
  const auto on = network->schema().edge(network->table(edge).kind).find("on");
  if (!on) return nullptr;
  const Fact fact = Fact::of(edge, *on);
  return evaluator.facts(std::span(&fact, 1));
}

}  // namespace

Interval<WholeEnd> worth(Evaluator& evaluator, std::span<const Value> terms, Currency target,
                         const FactSet*& facts) {
  Interval<WholeEnd> total{};
  if (!evaluator.state().spend(terms.size() / 4)) return total;
  for (const Value& term : terms) {
    Interval<WholeEnd> ends = interval_of(term);
    const Value& money = bounded_end(term);
    const bool foreign = key_of(term).currency != target.index() || target.none();
    const bool zero = sign_of(ends.low) == 0 && sign_of(ends.high) == 0;
    if (foreign && !zero) {
      if (target.none() || key_of(term).currency == 0) {
        ends = of_like_sign(ends);
      } else if (money.has(Value::open_day)) {
        facts = evaluator.merge(facts, day_fact(evaluator, money.size));
        ends = of_like_sign(ends);
      } else if (!has_rate(evaluator, money, target)) {
        const Fact fact = Fact::rate(money.as_money().currency, target, money.money_day());
        facts = evaluator.merge(facts, evaluator.facts(std::span(&fact, 1)));
        ends = of_like_sign(ends);
      } else {
        ends = {converted(evaluator, ends.low, money, target),
                converted(evaluator, ends.high, money, target)};
      }
    }
    total = {plus(total.low, ends.low), plus(total.high, ends.high)};
  }
  return total;
}

}  // namespace eraudit::detail
