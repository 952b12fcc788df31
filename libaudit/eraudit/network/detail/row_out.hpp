#pragma once
// A network row by row, for the writers.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "eraudit/network/network.hpp"

namespace eraudit::detail {

/// A row is plain if one source or none says all of it: tables can say such a row.
[[nodiscard]] std::vector<bool> plain_nodes(const Network& network);
[[nodiscard]] std::vector<bool> plain_edges(const Network& network);

enum class RowChoice : std::uint8_t { all, not_plain };

/// The whole of a network file: YAML or JSON of one meaning.
[[nodiscard]] std::string network_text(const Network& network, bool json, RowChoice rows);

}  // namespace eraudit::detail
