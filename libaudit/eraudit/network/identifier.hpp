#pragma once
// What may be an id. Shared with import; not installed.

#include <cstddef>
#include <string_view>

namespace eraudit::detail {

/// Why `id` cannot be the id of a node, edge or source, in words after "id 'x' ", or nothing.
[[nodiscard]] std::string_view bad_id(std::string_view id, std::size_t max_bytes) noexcept;

}  // namespace eraudit::detail
