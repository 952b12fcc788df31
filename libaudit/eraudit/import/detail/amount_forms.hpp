#pragma once
// Numbers and amounts of money as people write them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/import/detail/date_forms.hpp"

namespace eraudit::detail {

/// How thousands and decimals are marked.
enum class NumberStyle : std::uint8_t {
  point,       ///< 1,234,567.89
  comma,       ///< 1.234.567,89
  space,       ///< 1 234 567,89
  apostrophe,  ///< 1'234'567.89
  indian,      ///< 12,34,567.89; also `4.5 lakh`, `2 crore`
};

/// `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `1,05,000.00`: the style that an example shows,
/// or its name: `point`, `comma`, `space`, `apostrophe`, `indian`.
[[nodiscard]] std::optional<NumberStyle> number_style(std::string_view text) noexcept;

struct AmountForm {
  bool money = false;
  std::string currency;  ///< of amounts that do not say; ISO 4217; may be empty
  std::string per;       ///< `month`, `day`: of wages; may be empty
  NumberStyle style = NumberStyle::point;
};

/// `1200`, `105000 NPR`, `900..1400 USD`, `1500 MYR/month`. A sign that several currencies share
/// (`Rs`, `$`) is an error that lists them, unless the form names one of them. An amount without
/// a currency is one, too.
[[nodiscard]] FormOutcome read_amount(std::string_view text, const AmountForm& form);

}  // namespace eraudit::detail
