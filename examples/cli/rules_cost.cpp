// eraudit rules cost NETWORK: what rules would take on this network, before they run

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/evaluate/cost.hpp"
#include "eraudit/network/read.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {

int run_rules_cost(const Arguments& arguments) {
  if (arguments.positional.size() < 2) {
    throw UsageError{"NETWORK is missing", "what rules take hangs on the network they judge"};
  }
  require_positional(arguments, 2, "NETWORK");
  const Network network =
      require(read_network(arguments.positional[1], ReadOptions{schema_of(arguments), {}}));
  const Rules rules = rules_of(arguments, network.schema_ptr());
  const Limits limits;
  std::vector<RuleCost> costs = expected_costs(network, rules, {limits, true});
  std::stable_sort(costs.begin(), costs.end(),
                   [](const RuleCost& a, const RuleCost& b) { return a.most > b.most; });
  std::string text = fmt::format("{:<44} {:>9} {:>14} {:>14} {:>14}\n", "steps of", "subjects",
                                 "one, usually", "one, at most", "all, usually");
  for (const RuleCost& cost : costs) {
    text +=
        fmt::format("{:<44} {:>9} {:>14} {:>14} {:>14}\n", rules.all()[cost.rule].id, cost.subjects,
                    rough_text(cost.typical), rough_text(cost.most), rough_text(cost.run));
  }
  text += fmt::format("{:<44} {:>9} {:>14} {:>14} {:>14}\n", "limits (fuel, rule_fuel)", "", "",
                      rough_text(static_cast<double>(limits.fuel)),
                      rough_text(static_cast<double>(limits.rule_fuel)));
  print(text);
  const Diagnostics warnings = cost_warnings(rules, costs, limits);
  print_warnings(warnings);
  return warnings.empty() ? checked : found;
}

}  // namespace eraudit::cli
