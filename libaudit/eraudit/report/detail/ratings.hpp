#pragma once
// Ratings in reports.

#include <string>
#include <vector>

#include "eraudit/core/json_writer.hpp"
#include "eraudit/risk/risk.hpp"

namespace eraudit::detail {

/// The ids along a way, from the rated node to where it leads.
[[nodiscard]] std::vector<std::string> stations(const Network& network, NodeId from,
                                                const Reached& reached);

/// The members `method`, `rated`, `subjects` and `omitted` of `ratings`: the first `most`.
void write_ratings(JsonWriter& json, const Risk& risk, std::size_t most);

}  // namespace eraudit::detail
