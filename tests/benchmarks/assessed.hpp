#pragma once
// A synthetic network under the rules that ship.

#include <cstdint>

#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/synthetic.hpp"

namespace eraudit::test {

[[nodiscard]] inline Assessment assessed(std::int64_t nodes) {
  Options options;
  options.as_of = parse_date("2026-06-30");
  options.threads = 0;
  return evaluate(synthetic_network({static_cast<std::uint32_t>(nodes), 7, false}),
                  load_rules("core").value(), options);
}

}  // namespace eraudit::test
