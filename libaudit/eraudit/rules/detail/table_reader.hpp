#pragma once
// Words of table files.

#include <optional>
#include <span>
#include <string_view>

#include "eraudit/expression/table.hpp"

namespace eraudit::rules_detail {

namespace table_keys {
[[nodiscard]] std::span<const std::string_view> file();
[[nodiscard]] std::span<const std::string_view> row();  ///< besides the columns
[[nodiscard]] std::span<const std::string_view> types();
[[nodiscard]] std::span<const std::string_view> certainties();
}  // namespace table_keys

/// `< 1`, `<= 1`, `> 1`, `>= 1`, two of them with a comma, `1..3` (both ends belong to it),
/// `1..<3`; nothing for other texts and for a band without numbers in it.
[[nodiscard]] std::optional<TableBand> parse_band(std::string_view text);

}  // namespace eraudit::rules_detail
