#pragma once
// What the page is made of, embedded at build time (report/html/).

#include <string_view>

namespace eraudit::detail {

[[nodiscard]] std::string_view html_style() noexcept;
[[nodiscard]] std::string_view html_script() noexcept;
[[nodiscard]] std::string_view html_signs() noexcept;  ///< shapes of verdicts, as SVG symbols

}  // namespace eraudit::detail
