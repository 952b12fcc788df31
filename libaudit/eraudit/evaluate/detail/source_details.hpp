#pragma once
// What a network says of a source beside class, date and reference.

#include <charconv>
#include <cstdint>
#include <string_view>

#include "eraudit/network/network.hpp"

namespace eraudit::evaluate_detail {

/// Empty if it is not said.
[[nodiscard]] inline std::string_view detail_of(const SourceRecord& source, std::string_view key) {
  for (const auto& [name, value] : source.details) {
    if (name == key) return value;
  }
  return {};
}

/// The same as a count; 0 if it is none.
[[nodiscard]] inline std::int64_t count_of(const SourceRecord& source, std::string_view key) {
  const std::string_view text = detail_of(source, key);
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  return problem == std::errc() && end == text.data() + text.size() ? count : 0;
}

}  // namespace eraudit::evaluate_detail
