#include "eraudit/core/rates.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/half_even.hpp"

namespace eraudit {
namespace {

using detail::divide_half_even;
using detail::Int128;
using detail::power_of_ten;

constexpr std::int64_t rate_limit = 1'000'000'000'000'000'000;

Rate turned(const Rate& rate) {
  return {rate.to, rate.from, rate.on, rate.denominator, rate.numerator};
}

bool same_value(const Rate& a, const Rate& b) {
  return Int128{a.numerator} * b.denominator == Int128{b.numerator} * a.denominator;
}

std::pair<std::uint16_t, std::uint16_t> pair_of(const Rate& rate) {
  return {std::min(rate.from.index(), rate.to.index()),
          std::max(rate.from.index(), rate.to.index())};
}

/// Pair, then day, then direction.
auto order_of(const Rate& rate) {
  const auto [low, high] = pair_of(rate);
  return std::tuple(low, high, rate.on, rate.from.index());
}

void check(const Rate& rate) {
  if (rate.from.code().empty() || rate.to.code().empty() || rate.from == rate.to) {
    throw Error(ErrorCode::bad_argument, "a rate is between two currencies");
  }
  if (rate.numerator <= 0 || rate.numerator > rate_limit || rate.denominator <= 0 ||
      rate.denominator > rate_limit) {
    throw Error(ErrorCode::bad_argument,
                fmt::format("the rate from {} to {} on {} is not between 0 and 10^18",
                            rate.from.code(), rate.to.code(), to_text(rate.on)));
  }
}

/// `first` and then `second`, whose `from` is the `to` of `first`.
std::optional<Rate> chained(const Rate& first, const Rate& second) {
  Int128 numerator = Int128{first.numerator} * second.numerator;
  Int128 denominator = Int128{first.denominator} * second.denominator;
  Int128 a = numerator;
  Int128 b = denominator;
  while (b != 0) a = std::exchange(b, a % b);
  numerator /= a;
  denominator /= a;
  const Int128 larger = std::max(numerator, denominator);
  if (larger > rate_limit) {
    Int128 shrink = 1;
    while (larger / shrink >= rate_limit) shrink *= 2;
    numerator = divide_half_even(numerator, shrink);
    denominator = divide_half_even(denominator, shrink);
    if (numerator == 0 || denominator == 0) return std::nullopt;
  }
  return Rate{first.from, second.to, std::min(first.on, second.on),
              static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
}

}  // namespace

struct Rates::Table {
  struct Pair {
    std::uint16_t low;
    std::uint16_t high;
    std::size_t begin;
    std::size_t end;
  };

  std::vector<Rate> rates;                                        // by `order_of`
  std::vector<Pair> pairs;                                        // of `rates`, by (low, high)
  std::vector<std::pair<std::uint16_t, std::uint16_t>> partners;  // both ways, sorted
  std::int32_t max_age_days = 0;

  [[nodiscard]] std::optional<Rate> quoted(std::uint16_t from, std::uint16_t to, Date day) const {
    const std::uint16_t low = std::min(from, to);
    const std::uint16_t high = std::max(from, to);
    const auto pair =
        std::lower_bound(pairs.begin(), pairs.end(), std::pair(low, high),
                         [](const Pair& a, const std::pair<std::uint16_t, std::uint16_t>& b) {
                           return std::pair(a.low, a.high) < b;
                         });
    if (pair == pairs.end() || pair->low != low || pair->high != high) return std::nullopt;
    const auto begin = rates.begin() + static_cast<std::ptrdiff_t>(pair->begin);
    const auto end = rates.begin() + static_cast<std::ptrdiff_t>(pair->end);
    auto after =
        std::upper_bound(begin, end, day, [](Date a, const Rate& rate) { return a < rate.on; });
    if (after == begin) return std::nullopt;
    auto newest = after - 1;
    if (std::int64_t{day.days} - newest->on.days > max_age_days) return std::nullopt;
    if (newest->from.index() != from && newest != begin && (newest - 1)->on == newest->on) --newest;
    return newest->from.index() == from ? *newest : turned(*newest);
  }
};

Rates::Rates() : Rates(std::vector<Rate>(), 0) {}

Rates::Rates(std::vector<Rate> rates, std::int32_t max_age_days) {
  if (max_age_days < 0) throw Error(ErrorCode::bad_argument, "the age of rates is negative");
  for (const Rate& rate : rates) check(rate);
  std::stable_sort(rates.begin(), rates.end(),
                   [](const Rate& a, const Rate& b) { return order_of(a) < order_of(b); });
  for (std::size_t i = 1; i < rates.size(); ++i) {
    if (order_of(rates[i - 1]) == order_of(rates[i]) && !same_value(rates[i - 1], rates[i])) {
      throw Error(ErrorCode::bad_argument,
                  fmt::format("two rates from {} to {} on {}", rates[i].from.code(),
                              rates[i].to.code(), to_text(rates[i].on)));
    }
  }
  rates.erase(std::unique(rates.begin(), rates.end(),
                          [](const Rate& a, const Rate& b) { return order_of(a) == order_of(b); }),
              rates.end());

  auto table = std::make_shared<Table>();
  table->max_age_days = max_age_days;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const auto [low, high] = pair_of(rates[i]);
    auto& pairs = table->pairs;
    if (pairs.empty() || pairs.back().low != low || pairs.back().high != high) {
      pairs.push_back({low, high, i, i});
      table->partners.emplace_back(low, high);
      table->partners.emplace_back(high, low);
    }
    pairs.back().end = i + 1;
  }
  std::sort(table->partners.begin(), table->partners.end());
  table->rates = std::move(rates);
  table_ = std::move(table);
}

std::optional<Rate> Rates::find(Currency from, Currency to, Date day) const {
  if (from.none() || to.none()) return std::nullopt;
  if (from == to) return Rate{from, to, day, 1, 1};
  if (auto rate = table_->quoted(from.index(), to.index(), day)) return rate;

  std::optional<Rate> best_first;
  std::optional<Rate> best_second;
  const auto age = [](const Rate& a, const Rate& b) {
    return std::pair(std::min(a.on, b.on), std::max(a.on, b.on));
  };
  const auto& partners = table_->partners;
  for (auto partner = std::lower_bound(partners.begin(), partners.end(),
                                       std::pair(from.index(), std::uint16_t{0}));
       partner != partners.end() && partner->first == from.index(); ++partner) {
    const auto first = table_->quoted(from.index(), partner->second, day);
    if (!first) continue;
    const auto second = table_->quoted(partner->second, to.index(), day);
    if (!second) continue;
    if (best_first && !(age(*best_first, *best_second) < age(*first, *second))) continue;
    best_first = first;
    best_second = second;
  }
  if (!best_first) return std::nullopt;
  return chained(*best_first, *best_second);
}

std::optional<Money> Rates::convert(Money amount, Currency to, Date day) const {
  if (amount.minor > money_limit || amount.minor < -money_limit) return std::nullopt;
  const auto rate = find(amount.currency, to, day);
  if (!rate) return std::nullopt;
  // At most 9 * 10^15 * 10^18 * 10^4: within 128 bits.
  const int shift = to.exponent() - amount.currency.exponent();
  const Int128 numerator = Int128{amount.minor} * rate->numerator * power_of_ten(shift);
  const Int128 denominator = rate->denominator * power_of_ten(-shift);
  const Int128 minor = divide_half_even(numerator, denominator);
  if (minor > money_limit || minor < -money_limit) return std::nullopt;
  return Money{static_cast<std::int64_t>(minor), to};
}

bool Rates::empty() const noexcept {
  return table_->rates.empty();
}
std::size_t Rates::size() const noexcept {
  return table_->rates.size();
}
std::int32_t Rates::max_age_days() const noexcept {
  return table_->max_age_days;
}
const RatesFile* Rates::file() const noexcept {
  return file_.get();
}

}  // namespace eraudit
