#pragma once
// Exact money: integer minor units of an ISO 4217 currency.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// An ISO 4217 currency, or none. Two bytes; compares by identity.
class ERAUDIT_API Currency {
 public:
  constexpr Currency() = default;
  /// `NPR`, in capitals; nothing if ISO 4217 has no such active code, and for XTS (testing) and XXX
  /// (no currency).
  [[nodiscard]] static std::optional<Currency> from_code(std::string_view code);
  [[nodiscard]] static constexpr Currency from_index(std::uint16_t index) noexcept {
    Currency currency;
    currency.index_ = index;
    return currency;
  }
  /// `NPR`; empty for none. Lives as long as the program.
  [[nodiscard]] std::string_view code() const noexcept;
  /// Digits of the minor unit: 2 for NPR, 0 for JPY, 3 for KWD; 0 where ISO 4217 names none (gold).
  [[nodiscard]] int exponent() const noexcept;
  /// Codes in order from 1. The same in every run of one version of the library, not across
  /// versions: files keep the code.
  [[nodiscard]] constexpr std::uint16_t index() const noexcept { return index_; }
  [[nodiscard]] constexpr bool none() const noexcept { return index_ == 0; }
  friend constexpr bool operator==(Currency, Currency) = default;

 private:
  std::uint16_t index_ = 0;
};

/// The largest amount that is accepted, in minor units.
inline constexpr std::int64_t money_limit = 9'000'000'000'000'000;

struct Money {
  std::int64_t minor = 0;
  Currency currency;
  friend bool operator==(const Money&, const Money&) = default;
};

/// What a wage is paid for. Wages are kept per month.
enum class WagePeriod : std::uint8_t { none, hour, day, week, month, year };

struct MoneyText {
  Money low;
  Money high;  ///< equals `low` unless the text is a range
  WagePeriod period = WagePeriod::none;
};

/// Why a text is not money, in words that can follow "amount 'X' is not money: ".
struct MoneyProblem {
  std::string message;
  std::string help;
};

/// `1500 MYR`, `1500.50 MYR/month`, `900..1400 USD`, `900 USD..1400 USD`, `-5 USD`, `1_000 USD`.
/// Point as the decimal sign, underscores between digits; no thousands separators (mapping files
/// have named formats for what people write). More decimals than the currency has, an unknown code
/// (with the nearest one), or an amount beyond `money_limit` is a problem.
[[nodiscard]] ERAUDIT_API std::optional<MoneyText> parse_money(std::string_view text,
                                                               MoneyProblem* problem = nullptr);

/// `145000 NPR`, `1500.50 MYR`: the shortest form that reads back as the same.
[[nodiscard]] ERAUDIT_API std::string to_text(Money money);
/// `900..1400 USD/month`.
[[nodiscard]] ERAUDIT_API std::string to_text(const MoneyText& money);
/// `month`; empty for none.
[[nodiscard]] ERAUDIT_API std::string_view to_text(WagePeriod period);
/// `hour`, `day`, `week`, `month`, `year`.
[[nodiscard]] ERAUDIT_API std::optional<WagePeriod> parse_wage_period(std::string_view text);

/// An amount per `period` as an amount per month, half to even. Conversions: 12 months, 52 weeks
/// and 312 working days of 8 hours in a year (26 days, 208 hours a month: 48 hours a week over six
/// days, the standard working week of ILO C001). Nothing without a period or on overflow.
[[nodiscard]] ERAUDIT_API std::optional<Money> per_month(Money amount, WagePeriod period);

// Arithmetic; nothing on overflow beyond `money_limit`, for operands of unlike currencies, or for a
// division by zero.
[[nodiscard]] ERAUDIT_API std::optional<Money> add(Money a, Money b);
[[nodiscard]] ERAUDIT_API std::optional<Money> subtract(Money a, Money b);
[[nodiscard]] ERAUDIT_API std::optional<Money> multiply(Money a, std::int64_t factor);
/// The exact product, half to even; nothing for an infinite factor or none.
[[nodiscard]] ERAUDIT_API std::optional<Money> multiply(Money a, double factor);
[[nodiscard]] ERAUDIT_API std::optional<Money> divide(Money a,
                                                      std::int64_t divisor);  ///< half to even
/// `value * numerator / denominator`, half to even; the denominator is positive.
[[nodiscard]] ERAUDIT_API std::optional<std::int64_t> scale(std::int64_t value,
                                                            std::int64_t numerator,
                                                            std::int64_t denominator);

}  // namespace eraudit
