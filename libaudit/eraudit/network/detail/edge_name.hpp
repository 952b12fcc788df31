#pragma once
// How an edge without a title is called: by its own id, or by its natural key.

#include <string>
#include <string_view>
#include <vector>

#include "eraudit/network/cell.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// The id, in quotes if it could be taken for a natural key.
[[nodiscard]] std::string own_edge_name(std::string_view id);

/// `charged(sunrise, np-24, service-fee, ?)`; `key` are the cells of `kind.key`, disputed ones
/// unknown.
[[nodiscard]] std::string natural_edge_name(const EdgeKind& kind, std::string_view from,
                                            std::string_view to, const std::vector<Cell>& key);

}  // namespace eraudit::detail
