#pragma once
// Text -> Network, for tests of every module.

#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/network/read.hpp"

namespace eraudit::test {

/// Native YAML under the recruitment schema or another; may be indented as a whole, and need not
/// begin with `eraudit: network/1`. Throws `Error` with the diagnostics if anything is wrong;
/// warnings are fine.
[[nodiscard]] Network network(std::string_view yaml, SchemaPtr schema = nullptr);

/// The same, for what is wrong: the text is called `network.yaml`.
[[nodiscard]] Checked<Network> read(std::string_view yaml, SchemaPtr schema = nullptr);

/// The node of this id. Throws if there is none.
[[nodiscard]] NodeId node(const Network& network, std::string_view id);

/// The edge of this name (`Network::name`). Throws if there is none. O(edges).
[[nodiscard]] EdgeId edge(const Network& network, std::string_view name);

/// A cell as files write it (`to_text`), by the name of the attribute. Empty: unknown.
[[nodiscard]] std::string cell(const Network& network, NodeId node, std::string_view attribute);
[[nodiscard]] std::string cell(const Network& network, EdgeId edge, std::string_view attribute);

}  // namespace eraudit::test
