#pragma once
// Cells as an admission and assumptions have them.

#include <cstdint>
#include <optional>

#include "eraudit/expression/admission.hpp"
#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {

/// What a cell is to be read as, if not as its column has it.
struct Admitted {
  bool as_stored = true;
  const Cell* cell = nullptr;  ///< null: as if nobody had said it, or several disagree
};

[[nodiscard]] Admitted admitted_cell(Evaluator::State& state, const Fact& fact, std::uint32_t place,
                                     std::uint32_t row);

[[nodiscard]] inline Admitted admitted(Evaluator::State& state, const Fact& fact,
                                       std::uint32_t place, std::uint32_t row) {
  if (state.admission == nullptr && state.assumed.empty()) [[likely]]
    return {};
  return admitted_cell(state, fact, place, row);
}

/// Whether it counts that a row of an edge table is there.
[[nodiscard]] bool row_counts(Evaluator::State& state, std::uint32_t place, std::uint32_t row);
/// Whether it counts that somebody says "that is all".
[[nodiscard]] bool completeness_counts(Evaluator::State& state, const Fact& list);

/// A day that a row says, or does not.
struct SaidDay {
  enum class State : std::uint8_t {
    known,   ///< from `low` to `high`
    absent,  ///< there is none
    not_said,
    open,  ///< claims disagree, or what is said does not count
  };
  State state = State::not_said;
  std::int32_t low = 0;
  std::int32_t high = 0;
};
[[nodiscard]] SaidDay said_day(Evaluator::State& state, const Times::Bound& bound, const Fact& fact,
                               std::uint32_t row);

}  // namespace eraudit::detail
