#pragma once
// Amounts of money: sums that keep their terms, and what they are worth in another currency.
//
// A value in the sense of this file is money, a range of money, or money terms. Terms of one
// currency and day are one term. An amount is converted only to compare it or to divide by it, each
// term at its own day:
//   - into the currency of the right side if that has one only, else of the left side if that has
//   one only,
//     else of the first term of the right side;
//   - what is compared with zero is not converted if all its terms have one sign; otherwise into
//   the
//     currency of its first term.
// A term without a rate is worth something of its own sign: the comparison may still be decided,
// otherwise it waits for the rate. Zero is zero in every currency. Where terms that may not be
// there decide what is converted into what, every possibility counts.

#include <optional>

#include "eraudit/expression/detail/interval.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit::detail {

/// Money, a range of it, or terms.
[[nodiscard]] bool is_money(const Value& value);
/// The number 0, which compares with money of any currency.
[[nodiscard]] bool is_zero_literal(const Value& value);

/// The terms of an amount, in order; `storage` holds the only one if there is one. Zero without a
/// currency has none.
[[nodiscard]] std::span<const Value> terms_of(const Value& value, Value& storage);

/// One side is money; the other money or the literal 0, else they are incomparable.
[[nodiscard]] Orders money_orders(Evaluator& evaluator, const Value& a, const Value& b);

[[nodiscard]] Value money_sum(Evaluator& evaluator, const Value& a, const Value& b);
[[nodiscard]] Value money_difference(Evaluator& evaluator, const Value& a, const Value& b);
/// By an int or double, plain or a range.
[[nodiscard]] Value money_product(Evaluator& evaluator, const Value& money, const Value& factor);
/// By an int, plain or a range.
[[nodiscard]] Value money_share(Evaluator& evaluator, const Value& money, const Value& divisor);
/// Money by money: a double.
[[nodiscard]] Value money_ratio(Evaluator& evaluator, const Value& a, const Value& b);

/// Adds up amounts.
class MoneyTotal {
 public:
  explicit MoneyTotal(Evaluator& evaluator);
  /// `possible`: null, or the facts it hangs on whether `amount` is there.
  void add(const Value& amount, const FactSet* possible);
  /// Something that is not negative, in any currency, once `facts` are known.
  void add_unknown(const FactSet* facts);
  [[nodiscard]] Value result();

 private:
  Evaluator& evaluator_;
  std::size_t first_;  ///< of the evaluator's stack of values
};

/// The ends of a term or of plain money.
[[nodiscard]] Interval<WholeEnd> interval_of(const Value& term);

/// What `terms` are worth in `target`; of currency none: in a currency that nobody knows. Adds the
/// facts that would tell better.
[[nodiscard]] Interval<WholeEnd> worth(Evaluator& evaluator, std::span<const Value> terms,
                                       Currency target, const FactSet*& facts);

/// Which currencies an amount has, or may have.
struct Currencies {
  struct Entry {
    Currency currency;
    bool certain = false;
  };
  std::span<const Entry> entries;  ///< in order
  bool any = false;                ///< and one or more that nobody knows

  [[nodiscard]] bool none() const noexcept { return entries.empty() && !any; }
  /// The only currency, whatever turns out.
  [[nodiscard]] std::optional<Currency> only() const noexcept {
    if (entries.size() == 1 && entries[0].certain && !any) return entries[0].currency;
    return std::nullopt;
  }
  [[nodiscard]] bool settled() const noexcept {
    for (const Entry& entry : entries) {
      if (!entry.certain) return false;
    }
    return !any;
  }
};
[[nodiscard]] Currencies currencies_of(Evaluator& evaluator, std::span<const Value> terms);

}  // namespace eraudit::detail
