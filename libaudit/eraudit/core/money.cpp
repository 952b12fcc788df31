#include "eraudit/core/money.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/detail/currency_table.hpp"
#include "eraudit/core/detail/money_problem.hpp"
#include "eraudit/core/half_even.hpp"

namespace eraudit {
namespace {

using detail::divide_half_even;
using detail::Int128;
using detail::power_of_ten;

constexpr std::string_view period_names[] = {"", "hour", "day", "week", "month", "year"};

const detail::CurrencyRow* row(Currency currency) {
  const std::size_t index = currency.index();
  if (index == 0 || index > detail::currency_table.size()) return nullptr;
  return &detail::currency_table[index - 1];
}

std::optional<std::int64_t> within_limit(Int128 minor) {
  if (minor > money_limit || minor < -money_limit) return std::nullopt;
  return static_cast<std::int64_t>(minor);
}

std::optional<Money> money(Int128 minor, Currency currency) {
  const auto checked = within_limit(minor);
  if (!checked) return std::nullopt;
  return Money{*checked, currency};
}

/// A decimal as written: `digits / 10^decimals`.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<MoneyText> money_text() {
    skip_blanks();
    const auto first = decimal();
    if (!first) return std::nullopt;
    Currency first_currency;
    WagePeriod first_period = WagePeriod::none;
    if (!unit(first_currency, first_period)) return std::nullopt;
    if (!word("..")) return finish(*first, first_currency, *first, first_currency, first_period);

    skip_blanks();
    const auto second = decimal();
    Currency currency;
    WagePeriod period = WagePeriod::none;
    if (!second || !unit(currency, period)) return std::nullopt;
    if (first_currency.none()) first_currency = currency;
    if (first_period != WagePeriod::none && first_period != period) return std::nullopt;
    return finish(*first, first_currency, *second, currency, period);
  }

 private:
  [[nodiscard]] bool at_digit() const {
    return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  /// Digits with single underscores between them, appended to `value`.
  bool digit_run(Decimal& value, bool fraction) {
    if (!at_digit()) return false;
    for (;;) {
      if (value.digits > money_limit / 10) return false;
      value.digits = value.digits * 10 + (text_[at_++] - '0');
      if (fraction) ++value.decimals;
      if (at_digit()) continue;
      if (at_ >= text_.size() || text_[at_] != '_') return true;
      ++at_;
      if (!at_digit()) return false;
    }
  }

  std::optional<Decimal> decimal() {
    const bool negative = word("-");
    Decimal value;
    if (!digit_run(value, false)) return std::nullopt;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && text_[at_ + 1] != '.') {
      ++at_;
      if (!digit_run(value, true)) return std::nullopt;
    }
    if (negative) value.digits = -value.digits;
    return value;
  }

  /// ` MYR`, ` MYR/month` or nothing.
  bool unit(Currency& currency, WagePeriod& period) {
    const std::size_t before = at_;
    skip_blanks();
    if (at_ == text_.size() || text_[at_] == '.') return true;
    if (at_ == before) return false;
    const auto found = Currency::from_code(text_.substr(at_, 3));
    if (!found) return false;
    currency = *found;
    at_ += 3;
    skip_blanks();
    if (!word("/")) return true;
    skip_blanks();
    std::size_t end = at_;
    while (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') ++end;
    const auto parsed = parse_wage_period(text_.substr(at_, end - at_));
    if (!parsed) return false;
    period = *parsed;
    at_ = end;
    skip_blanks();
    return true;
  }

  [[nodiscard]] static std::optional<std::int64_t> minor_units(Decimal value, int exponent) {
    if (value.decimals > exponent) return std::nullopt;
    return within_limit(value.digits * power_of_ten(exponent - value.decimals));
  }

  [[nodiscard]] std::optional<MoneyText> finish(Decimal low, Currency low_currency, Decimal high,
                                                Currency currency, WagePeriod period) const {
    if (at_ != text_.size() || currency.none() || low_currency != currency) return std::nullopt;
    const auto low_minor = minor_units(low, currency.exponent());
    const auto high_minor = minor_units(high, currency.exponent());
    if (!low_minor || !high_minor || *low_minor > *high_minor) return std::nullopt;
    return MoneyText{{*low_minor, currency}, {*high_minor, currency}, period};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string amount_text(Money amount) {
  const auto scale_by = static_cast<std::uint64_t>(power_of_ten(amount.currency.exponent()));
  const bool negative = amount.minor < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(amount.minor)
                                      : static_cast<std::uint64_t>(amount.minor);
  std::string text = fmt::format("{}{}", negative ? "-" : "", size / scale_by);
  if (size % scale_by != 0) {
    text += fmt::format(".{:0{}}", size % scale_by, amount.currency.exponent());
  }
  return text;
}

std::string with_code(std::string amount, Currency currency) {
  if (!currency.code().empty()) amount.append(1, ' ').append(currency.code());
  return amount;
}

}  // namespace

std::optional<Currency> Currency::from_code(std::string_view code) {
  const auto& table = detail::currency_table;
  const auto* const found =
      std::lower_bound(table.begin(), table.end(), code,
                       [](const detail::CurrencyRow& a, std::string_view b) { return a.code < b; });
  if (found == table.end() || found->code != code) return std::nullopt;
  return from_index(static_cast<std::uint16_t>(found - table.begin() + 1));
}

std::string_view Currency::code() const noexcept {
  const auto* const found = row(*this);
  return found == nullptr ? std::string_view() : found->code;
}

int Currency::exponent() const noexcept {
  const auto* const found = row(*this);
  return found == nullptr ? 0 : found->exponent;
}

std::optional<MoneyText> parse_money(std::string_view text, MoneyProblem* problem) {
  auto parsed = Parser(text).money_text();
  if (!parsed && problem != nullptr) *problem = detail::explain_money(text);
  return parsed;
}

std::string to_text(Money money) {
  return with_code(amount_text(money), money.currency);
}

std::string to_text(const MoneyText& money) {
  std::string text = amount_text(money.low);
  if (money.high != money.low) text += ".." + amount_text(money.high);
  text = with_code(std::move(text), money.high.currency);
  if (money.period != WagePeriod::none) text.append(1, '/').append(to_text(money.period));
  return text;
}

std::string_view to_text(WagePeriod period) {
  return period_names[static_cast<std::size_t>(period)];
}

std::optional<WagePeriod> parse_wage_period(std::string_view text) {
  for (std::size_t i = 1; i < std::size(period_names); ++i) {
    if (period_names[i] == text) return static_cast<WagePeriod>(i);
  }
  return std::nullopt;
}

std::optional<Money> per_month(Money amount, WagePeriod period) {
  const Int128 minor = amount.minor;
  switch (period) {
    case WagePeriod::none:
      return std::nullopt;
    case WagePeriod::hour:
      return money(minor * 208, amount.currency);
    case WagePeriod::day:
      return money(minor * 26, amount.currency);
    case WagePeriod::week:
      return money(divide_half_even(minor * 52, 12), amount.currency);
    case WagePeriod::month:
      return money(minor, amount.currency);
    case WagePeriod::year:
      return money(divide_half_even(minor, 12), amount.currency);
  }
  return std::nullopt;
}

std::optional<Money> add(Money a, Money b) {
  if (a.currency != b.currency) return std::nullopt;
  return money(Int128{a.minor} + b.minor, a.currency);
}

std::optional<Money> subtract(Money a, Money b) {
  if (a.currency != b.currency) return std::nullopt;
  return money(Int128{a.minor} - b.minor, a.currency);
}

std::optional<Money> multiply(Money a, std::int64_t factor) {
  return money(Int128{a.minor} * factor, a.currency);
}

std::optional<Money> multiply(Money a, double factor) {
  // A double is an integer of 53 bits times a power of two, so that the product is exact.
  if (!std::isfinite(factor)) return std::nullopt;
  int exponent = 0;
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(factor, &exponent), 53));
  exponent -= 53;
  const Int128 product = Int128{a.minor} * mantissa;
  if (product == 0) return Money{0, a.currency};
  if (exponent >= 0) {
    // A product of at least 1 shifted by 54 or more is beyond the limit.
    if (exponent > 53 || product > money_limit || product < -money_limit) return std::nullopt;
    return money(product * (Int128{1} << exponent), a.currency);
  }
  if (exponent < -126) return Money{0, a.currency};  // less than half: |product| < 2^117
  return money(divide_half_even(product, Int128{1} << -exponent), a.currency);
}

std::optional<Money> divide(Money a, std::int64_t divisor) {
  if (divisor == 0) return std::nullopt;
  const Int128 minor = a.minor;
  return money(
      divisor < 0 ? divide_half_even(-minor, -Int128{divisor}) : divide_half_even(minor, divisor),
      a.currency);
}

std::optional<std::int64_t> scale(std::int64_t value, std::int64_t numerator,
                                  std::int64_t denominator) {
  if (denominator <= 0) return std::nullopt;
  return within_limit(divide_half_even(Int128{value} * numerator, denominator));
}

}  // namespace eraudit
