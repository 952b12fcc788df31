#pragma once
// Dated exchange rates that the user supplies. There are no built-in ones.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/money.hpp"

namespace eraudit {

/// One unit of `from` is `numerator / denominator` units of `to` (major units). Both are positive
/// and at most 10^18; what is read from a file is the exact decimal.
struct Rate {
  Currency from;
  Currency to;
  Date on;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  friend bool operator==(const Rate&, const Rate&) = default;
};

/// What a file that does not say `max_age_days` means.
inline constexpr std::int32_t default_rate_age_days = 31;

/// The file that rates were read from.
struct RatesFile {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< `sha256:` and 64 hexadecimal digits
};

/// An immutable table; cheap to copy; safe from many threads.
class ERAUDIT_API Rates {
 public:
  Rates();  ///< no rates: every conversion between unlike currencies is unknown
  /// `max_age_days`: a rate speaks for its day and that many days after it. Throws `Error`
  /// (`bad_argument`) for a rate out of range, without two currencies, or with two values for one
  /// (from, to, on), and for a negative age.
  Rates(std::vector<Rate> rates, std::int32_t max_age_days);

  /// The newest rate from `from` to `to` dated at most `day` and not older than the table's age,
  /// read in either direction; of two of one day, the one quoted in the direction asked for. If
  /// there is none: through the third currency whose older leg is newest (then: whose newer leg is,
  /// then: first by code), each leg found on the same terms and the result dated by the older one.
  /// One currency with itself is 1, dated `day`. Beyond 10^18 the fraction of two legs is rounded
  /// to 18 digits. O(log rates); through a third currency times the number of partners of `from`.
  [[nodiscard]] std::optional<Rate> find(Currency from, Currency to, Date day) const;

  /// Half to even to the minor unit of `to`. Nothing without a rate or on overflow.
  [[nodiscard]] std::optional<Money> convert(Money amount, Currency to, Date day) const;

  [[nodiscard]] bool empty() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;  ///< repeated ones count once
  [[nodiscard]] std::int32_t max_age_days() const noexcept;
  /// Null if they were not read from a file or text. Reports name it with its digest.
  [[nodiscard]] const RatesFile* file() const noexcept;

 private:
  friend ERAUDIT_API Checked<Rates> read_rates(SourcePtr source, const Limits& limits);
  struct Table;
  std::shared_ptr<const Table> table_;
  std::shared_ptr<const RatesFile> file_;
};

/// YAML `eraudit: rates/1`, `max_age_days: 31`, `rates: [{from: MYR, to: NPR, on: 2026-06-30,
/// rate: 28.16}]`, or a CSV with the header `from,to,on,rate` (any order), or the ECB's history CSV
/// as published (`Date,USD,JPY,...`: units per euro; `N/A` is no rate; columns of currencies that
/// ISO 4217 has withdrawn are left out with a warning). Told apart by content. A rate is a positive
/// decimal of at most 18 digits. One (from, to, on) with two values is refused, whatever the order.
[[nodiscard]] ERAUDIT_API Checked<Rates> read_rates(SourcePtr source, const Limits& limits = {});

}  // namespace eraudit
