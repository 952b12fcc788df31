#pragma once
// What one call of an operator or function takes, and how large its result is: the other side of
// what those in library/ spend.

#include <span>
#include <string_view>

#include "eraudit/expression/cost.hpp"

namespace eraudit::detail {

struct Call {
  std::string_view name;
  const Program& program;
  std::span<const std::uint32_t> children;
  std::span<const ValueSize> operands;
  const Limits& limits;
};

struct CallCost {
  Expected steps;
  ValueSize result;
};

[[nodiscard]] CallCost cost_of_call(const Call& call);
/// Of so many keys, which have so many bytes.
[[nodiscard]] Expected cost_of_sorting(const Expected& items, const Expected& bytes);

[[nodiscard]] ValueSize text_of(Expected bytes);
[[nodiscard]] ValueSize list_of(Expected items, ValueSize element);
/// What is as large as either.
[[nodiscard]] ValueSize larger(const ValueSize& a, const ValueSize& b);

}  // namespace eraudit::detail
