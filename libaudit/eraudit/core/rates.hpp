#pragma once
// Dated exchange rates that the user supplies. There are no built-in ones.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/money.hpp"

namespace eraudit {

/// One unit of `from` is `numerator / denominator` units of `to` (major units, exact decimal).
struct Rate {
  Currency from;
  Currency to;
  Date on;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

/// An immutable table; cheap to copy; safe from many threads.
class ERAUDIT_API Rates {
 public:
  Rates();  ///< no rates: every conversion between unlike currencies is unknown
  /// `max_age_days`: a rate speaks for its day and that many days after it.
  Rates(std::vector<Rate> rates, std::int32_t max_age_days);

  /// The newest rate from `from` to `to` dated at most `day` and not older than the table's age, read
  /// in either direction, or through one common third currency quoted on the same terms. O(log rates).
  [[nodiscard]] std::optional<Rate> find(Currency from, Currency to, Date day) const;

  /// Half to even to the minor unit of `to`. Nothing without a rate or on overflow.
  [[nodiscard]] std::optional<Money> convert(Money amount, Currency to, Date day) const;

  [[nodiscard]] bool empty() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Table;
  std::shared_ptr<const Table> table_;
};

/// YAML `eraudit: rates/1`, `max_age_days: 31`, `rates: [{from: MYR, to: NPR, on: 2026-06-30,
/// rate: 28.16}]`, or a CSV with the header `from,to,on,rate` (any order), or the ECB's history CSV
/// as published (`Date,USD,JPY,...`: units per euro). Told apart by content.
[[nodiscard]] ERAUDIT_API Checked<Rates> read_rates(SourcePtr source, const Limits& limits = {});

}  // namespace eraudit
