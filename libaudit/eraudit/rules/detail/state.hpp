#pragma once
// What a `Rules` handle shares.

#include <vector>

#include "eraudit/rules/rules.hpp"

namespace eraudit {

struct Rules::State {
  std::vector<Rule> rules;  ///< by id
  std::vector<Pack> packs;
  std::vector<TablePtr> tables;
  SchemaPtr schema;
};

namespace rules_detail {

/// Sorts the rules and collects their tables.
[[nodiscard]] Rules make_rules(std::vector<Rule> rules, std::vector<Pack> packs, SchemaPtr schema);

}  // namespace rules_detail
}  // namespace eraudit
