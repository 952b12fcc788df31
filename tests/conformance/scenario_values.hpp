#pragma once
// Values of the scenarios in one spelling, so that two are the same if their texts are.

#include <string>
#include <string_view>

#include "eraudit/core/document.hpp"

namespace eraudit::test {

/// The text of a key, empty if it is not there.
[[nodiscard]] std::string text_of(DocumentNode node, std::string_view key);

/// A value as the README of the data writes it. `any_order`: lists are compared as bags.
[[nodiscard]] std::string spelled(DocumentNode value, bool any_order = false);

/// `:A:B`, in order.
[[nodiscard]] std::string labels_of(DocumentNode node);

[[nodiscard]] std::string spelled_node(DocumentNode node);
/// `direction`: `out` or `in`, in a path.
[[nodiscard]] std::string spelled_edge(DocumentNode edge, std::string_view direction = {});
[[nodiscard]] std::string spelled_text(std::string_view kind, std::string_view text);

}  // namespace eraudit::test
