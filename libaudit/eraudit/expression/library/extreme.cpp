#include "eraudit/expression/library/extreme.hpp"

#include <cmath>
#include <fmt/format.h>

#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {

/// What the items of a list are, besides those that are not known.
ValueKind kind_of_items(const ListData& list, const Type* result) {
  for (const Value& item : list.items) {
    if (item.is(ValueKind::unknown)) continue;
    if (is_money(item)) return ValueKind::money;
    const Ends ends = ends_of(item);
    return ends.low.is(ValueKind::null) ? ends.high.kind : ends.low.kind;
  }
  if (result != nullptr) {
    switch (result->kind()) {
      case TypeKind::money:
        return ValueKind::money;
      case TypeKind::number:
        return ValueKind::number;
      case TypeKind::uinteger:
        return ValueKind::uinteger;
      case TypeKind::duration:
        return ValueKind::duration;
      default:
        break;
    }
  }
  return ValueKind::integer;
}

namespace {

using Operands = std::span<const Value>;

/// The smallest or largest item of a list.
class Extreme {
 public:
  Extreme(Evaluator& evaluator, const ListData& list, bool smallest, std::string_view name,
          Operands operands)
      : evaluator_(evaluator), list_(list), smallest_(smallest), name_(name), operands_(operands) {}

  Value result() {
    if (list_.items.empty() && list_.more == nullptr) {
      return evaluator_.error(fmt::format("{} of an empty list", name_));
    }
    bool plain = !list_.partial();
    bool certain = false;
    bool money = false;
    for (std::size_t index = 0; index < list_.items.size(); ++index) {
      plain = plain && list_.items[index].is_whole();
      certain = certain || list_.possible_at(index) == nullptr;
      money = money || is_money(list_.items[index]);
    }
    if (plain) return of_plain_items();
    if (!certain) return evaluator_.unknown(evaluator_.waits_for(operands_[0]), Value::may_fail);
    return money ? of_money() : of_ranges();
  }

 private:
  /// Whether `a` beats `b`, whatever they turn out to be.
  [[nodiscard]] unsigned wanted() const {
    return smallest_ ? unsigned{is_less} : unsigned{is_greater};
  }

  Value of_plain_items() {
    Value best = list_.items[0];
    for (const Value& item : list_.items) {
      const Orders both = orders(evaluator_, item, best);
      if ((both.possible & is_incomparable) != 0) return refused();
      if (item.is(ValueKind::number) && std::isnan(item.number)) return item;
      const Value better = decide(evaluator_, both, wanted());
      if (!better.is(ValueKind::boolean)) return better;  // a missing rate
      if (better.boolean) best = item;
    }
    return best;
  }

  /// Of items in one currency; what is not known can be anything of its sign.
  Value of_money() {
    std::uint16_t currency = 0;
    std::uint32_t day = 0;
    std::uint8_t day_flag = 0;
    bool one_day = true;
    for (const Value& item : list_.items) {
      if (item.is(ValueKind::unknown)) return not_known();
      Value storage;
      for (const Value& term : terms_of(item, storage)) {
        const Value& money =
            ends_of(term).low.is(ValueKind::null) ? ends_of(term).high : ends_of(term).low;
        if (money.code == 0 || item.is(ValueKind::money_terms)) return not_known();
        if (currency != 0 && currency != money.code) return not_known();
        const auto flag = static_cast<std::uint8_t>(money.flags & Value::open_day);
        one_day = one_day && (currency == 0 || (money.size == day && flag == day_flag));
        currency = money.code;
        day = money.size;
        day_flag = flag;
      }
    }
    if (currency == 0 || list_.more != nullptr) return not_known();
    return of_ranges(one_day ? nullptr : &several_days);
  }

  Value not_known() { return evaluator_.unknown(evaluator_.waits_for(operands_[0])); }

  static void several_days(Value& end) {
    if (!end.is(ValueKind::money)) return;
    end.flags = static_cast<std::uint8_t>(end.flags | Value::open_day);
    end.size = open_day_several;
  }

  Value of_ranges(void (*change)(Value&) = nullptr) {
    // The wanted side is the best of all items, the other the best of what is certain.
    Value near;
    Value far;
    bool near_open = list_.more != nullptr && !(smallest_ && list_.more_non_negative);
    bool far_set = false;
    bool near_set = false;
    if (list_.more != nullptr && !near_open) {
      const Value zero = zero_of_kind();
      if (zero.is(ValueKind::null)) return not_known();
      near = zero;
      near_set = true;
    }
    for (std::size_t index = 0; index < list_.items.size(); ++index) {
      const Value& item = list_.items[index];
      if (item.is(ValueKind::unknown)) {
        if (!smallest_ || !item.has(Value::non_negative)) {
          near_open = true;
          continue;
        }
        const Value zero = zero_of_kind();
        if (zero.is(ValueKind::null)) return not_known();
        if (!take(near, near_set, zero)) return refused();
        continue;
      }
      const Ends ends = ends_of(item);
      if (!counts(ends)) return not_known();
      const Value& best = smallest_ ? ends.low : ends.high;
      const Value& worst = smallest_ ? ends.high : ends.low;
      if (best.is(ValueKind::null)) {
        near_open = true;
      } else if (!take(near, near_set, best)) {
        return refused();
      }
      if (list_.possible_at(index) == nullptr && !worst.is(ValueKind::null)) {
        if (!take(far, far_set, worst)) return refused();
      }
    }
    if (change != nullptr) {
      change(near);
      change(far);
    }
    const Value one = near_open || !near_set ? Value::null() : near;
    const Value other = far_set ? far : Value::null();
    if (one.is(ValueKind::null) && other.is(ValueKind::null)) return not_known();
    const FactSet* const facts = evaluator_.waits_for(operands_[0]);
    return smallest_ ? evaluator_.range(one, other, facts) : evaluator_.range(other, one, facts);
  }

  /// Ranges are of numbers, money, dates and durations only.
  static bool counts(const Ends& ends) {
    const Value& end = ends.low.is(ValueKind::null) ? ends.high : ends.low;
    switch (end.kind) {
      case ValueKind::integer:
      case ValueKind::date:
      case ValueKind::duration:
      case ValueKind::money:
        return true;
      case ValueKind::number:
        return !std::isnan(end.number);
      default:
        return false;
    }
  }

  Value zero_of_kind() {
    switch (kind_of_items(list_, evaluator_.state().result_type)) {
      case ValueKind::integer:
        return Value::of(std::int64_t{0});
      case ValueKind::number:
        return Value::of(0.0);
      default:
        return Value::null();
    }
  }

  bool take(Value& best, bool& set, const Value& candidate) {
    if (!set) {
      best = candidate;
      set = true;
      return true;
    }
    const unsigned order =
        candidate.is(ValueKind::money) && best.is(ValueKind::money)
            ? detail::order(Value::of(candidate.integer), Value::of(best.integer))
            : detail::order(candidate, best);
    if ((order & (is_incomparable | is_unordered)) != 0) return false;
    if (order == wanted()) best = candidate;
    return true;
  }

  Value refused() { return no_overload(evaluator_, name_, operands_); }

  Evaluator& evaluator_;
  const ListData& list_;
  bool smallest_;
  std::string_view name_;
  Operands operands_;
};

}  // namespace

Value extreme(Evaluator& evaluator, std::string_view name, std::span<const Value> operands,
              bool smallest) {
  if (!operands[0].is(ValueKind::list)) return no_overload(evaluator, name, operands);
  const ListData& list = *operands[0].list;
  if (!evaluator.state().spend(list.items.size())) return evaluator.state().limit_error;
  return Extreme(evaluator, list, smallest, name, operands).result();
}

}  // namespace eraudit::detail
