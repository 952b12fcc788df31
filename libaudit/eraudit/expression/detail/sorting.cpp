#include "eraudit/expression/detail/sorting.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {
namespace {

bool not_a_number(const Value& value) {
  return value.is(ValueKind::number) && std::isnan(value.number);
}

}  // namespace

Value sort_places(Evaluator& evaluator, std::string_view name, std::span<const Value> keys,
                  std::span<std::uint32_t> places) {
  Evaluator::State& state = evaluator.state();
  const auto rounds = static_cast<std::uint64_t>(std::bit_width(keys.size()));
  if (!state.spend(keys.size() * (rounds + 4) / 4)) return state.limit_error;
  std::iota(places.begin(), places.end(), 0U);
  Value problem = Value::null();
  const auto less = [&](const Value& a, const Value& b) {
    if (!problem.is(ValueKind::null)) return false;
    if (not_a_number(a) || not_a_number(b)) return !not_a_number(a);
    const Orders both = orders(evaluator, a, b);
    if ((both.possible & is_incomparable) != 0) {
      const Value pair[] = {a, b};
      problem = no_overload(evaluator, name, pair);
      return false;
    }
    const Value before = decide(evaluator, both, is_less);
    if (!before.is(ValueKind::boolean)) problem = before;
    return before.is_true();
  };
  // One key alone is compared, too: what has no order is no key.
  if (keys.size() == 1) static_cast<void>(less(keys[0], keys[0]));
  std::stable_sort(places.begin(), places.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return less(keys[a], keys[b]); });
  return problem;
}

}  // namespace eraudit::detail
