#include <algorithm>

#include "eraudit/expression/detail/quantity.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {
namespace {

using Terms = std::span<const Value>;

constexpr unsigned any_order = is_less | is_equal | is_greater;

unsigned turned_all(unsigned orders) {
  unsigned result = orders & is_equal;
  if ((orders & is_less) != 0) result |= is_greater;
  if ((orders & is_greater) != 0) result |= is_less;
  return result;
}

unsigned orders_of(const Interval<WholeEnd>& a, const Interval<WholeEnd>& b) {
  unsigned result = 0;
  const bool less = a.low.infinite < 0 || b.high.infinite > 0 || a.low < b.high;
  const bool greater = a.high.infinite > 0 || b.low.infinite < 0 || b.low < a.high;
  const bool apart = a.high < b.low || b.high < a.low;
  if (less) result |= is_less;
  if (greater) result |= is_greater;
  if (!apart) result |= is_equal;
  return result;
}

/// The orders of a sum to zero, its terms being what they are now.
unsigned orders_to_zero(Evaluator& evaluator, Terms terms, const Currencies& currencies,
                        const FactSet*& facts) {
  bool not_below = true;
  bool not_above = true;
  bool above = false;
  bool below = false;
  bool may_be_above = false;
  bool may_be_below = false;
  bool zero_inside = false;
  for (const Value& term : terms) {
    const Interval<WholeEnd> ends = interval_of(term);
    const int low = sign_of(ends.low);
    const int high = sign_of(ends.high);
    not_below = not_below && low >= 0;
    not_above = not_above && high <= 0;
    may_be_above = may_be_above || high > 0;
    may_be_below = may_be_below || low < 0;
    above = above || low > 0;
    below = below || high < 0;
    zero_inside = zero_inside || (low <= 0 && high >= 0 && low != high);
  }
  if (not_below) {
    return (may_be_above ? unsigned{is_greater} : 0U) | (above ? 0U : unsigned{is_equal});
  }
  if (not_above) {
    return (may_be_below ? unsigned{is_less} : 0U) | (below ? 0U : unsigned{is_equal});
  }
  const bool one_currency = currencies.entries.size() == 1 && !currencies.any;
  const Interval<WholeEnd> zero{};
  if (one_currency) {
    return orders_of(worth(evaluator, terms, currencies.entries[0].currency, facts), zero);
  }
  // Which signs there are, or which currency is first, may still change.
  if (zero_inside || !currencies.settled()) return any_order;
  return orders_of(worth(evaluator, terms, currencies.entries[0].currency, facts), zero);
}

struct Amounts {
  Terms terms;
  Currencies currencies;

  /// It may turn out to have this currency and no other.
  [[nodiscard]] bool may_be_only(std::size_t entry) const {
    for (std::size_t other = 0; other < currencies.entries.size(); ++other) {
      if (other != entry && currencies.entries[other].certain) return false;
    }
    return true;
  }
  [[nodiscard]] bool nothing_certain() const {
    return std::none_of(currencies.entries.begin(), currencies.entries.end(),
                        [](const Currencies::Entry& entry) { return entry.certain; });
  }
  /// Every term is zero or may turn out to be: zero has no currency to convert into.
  [[nodiscard]] bool may_be_nothing() const {
    return std::all_of(terms.begin(), terms.end(), [](const Value& term) {
      const Interval<WholeEnd> ends = interval_of(term);
      return sign_of(ends.low) <= 0 && sign_of(ends.high) >= 0;
    });
  }
  [[nodiscard]] bool is_nothing() const {
    return std::all_of(terms.begin(), terms.end(), [](const Value& term) {
      const Interval<WholeEnd> ends = interval_of(term);
      return sign_of(ends.low) == 0 && sign_of(ends.high) == 0;
    });
  }
  [[nodiscard]] bool may_be_several() const {
    return currencies.entries.size() + (currencies.any ? 2U : 0U) >= 2;
  }
};

/// Collects the orders under every currency that may be the one to convert into.
class Comparison {
 public:
  Comparison(Evaluator& evaluator, const Amounts& a, const Amounts& b, const FactSet* facts)
      : evaluator_(evaluator), a_(a), b_(b), facts_(facts) {}

  Orders result() {
    if (b_.may_be_nothing()) right_is_nothing();
    if (b_.is_nothing()) return {possible_, facts_};
    // The right side turns out to be of one currency.
    for (std::size_t entry = 0; entry < b_.currencies.entries.size(); ++entry) {
      if (b_.may_be_only(entry)) compare_in(b_.currencies.entries[entry].currency);
    }
    if (b_.currencies.any && b_.nothing_certain()) compare_in({});
    if (b_.may_be_several()) right_is_several();
    return {possible_, facts_};
  }

 private:
  void compare_in(Currency target) {
    if (possible_ == any_order) return;
    const FactSet* facts = facts_;
    const Interval<WholeEnd> a = worth(evaluator_, a_.terms, target, facts);
    const Interval<WholeEnd> b = worth(evaluator_, b_.terms, target, facts);
    possible_ |= orders_of(a, b);
    facts_ = facts;
  }

  void right_is_nothing() {
    if (a_.may_be_nothing()) possible_ |= is_equal;
    possible_ |= orders_to_zero(evaluator_, a_.terms, a_.currencies, facts_);
  }

  void right_is_several() {
    for (std::size_t entry = 0; entry < a_.currencies.entries.size(); ++entry) {
      if (a_.may_be_only(entry)) compare_in(a_.currencies.entries[entry].currency);
    }
    if (a_.currencies.any && a_.nothing_certain()) compare_in({});
    if (a_.may_be_nothing()) {
      possible_ |= turned_all(orders_to_zero(evaluator_, b_.terms, b_.currencies, facts_));
    }
    if (!a_.may_be_several()) return;
    for (const Currencies::Entry& entry : b_.currencies.entries) {
      compare_in(entry.currency);
      if (entry.certain) break;
    }
    if (b_.currencies.any) compare_in({});
  }

  Evaluator& evaluator_;
  const Amounts& a_;
  const Amounts& b_;
  const FactSet* facts_;
  unsigned possible_ = 0;
};

}  // namespace

Orders money_orders(Evaluator& evaluator, const Value& a, const Value& b) {
  const bool a_counts = is_money(a) || is_zero_literal(a);
  const bool b_counts = is_money(b) || is_zero_literal(b);
  if (!a_counts || !b_counts) return {is_incomparable, nullptr};
  // One currency on both sides, or zero: the usual case.
  const bool plain_a = a.is(ValueKind::money) || is_zero_literal(a);
  const bool plain_b = b.is(ValueKind::money) || is_zero_literal(b);
  if (plain_a && plain_b) {
    const std::int64_t x = a.is(ValueKind::money) ? a.integer : 0;
    const std::int64_t y = b.is(ValueKind::money) ? b.integer : 0;
    if (x == 0 || y == 0 || a.code == b.code) {
      return {x < y ? is_less : (x == y ? is_equal : is_greater), nullptr};
    }
  }
  Value storage_a;
  Value storage_b;
  const Terms left = terms_of(a, storage_a);
  const Terms right = terms_of(b, storage_b);
  const Amounts x{left, currencies_of(evaluator, left)};
  const Amounts y{right, currencies_of(evaluator, right)};
  const FactSet* const facts = evaluator.merge(evaluator.waits_for(a), evaluator.waits_for(b));
  return Comparison(evaluator, x, y, facts).result();
}

}  // namespace eraudit::detail
