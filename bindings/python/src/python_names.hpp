#pragma once
// Nodes and rules as Python names them: by id or number.

#include "common.hpp"

namespace eraudit::python {

/// Throws `Error` (`bad_argument`) with the nearest id.
NodeId node_named(const Network& network, nb::handle id);
std::uint32_t rule_named(const Rules& rules, nb::handle id);

}  // namespace eraudit::python
