#pragma once
// Which edges count on the days of an evaluator.

#include <cstdint>

#include "eraudit/expression/detail/admitted.hpp"
#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {

/// Whether a row counts, and if it only may, the facts that would tell.
class Visibility {
 public:
  /// `place`: of an `Admission`, that rows of this edge table are there.
  Visibility(Evaluator& evaluator, const Times& times, std::uint32_t place)
      : evaluator_(evaluator), times_(times), place_(place) {}

  /// False if it certainly does not count.
  bool look(std::uint32_t first, std::uint32_t row) {
    facts_ = nullptr;
    if (!row_counts(evaluator_.state(), place_, row)) [[unlikely]]
      add(Fact::of(EdgeId{first + row}, row_itself));
    if (times_.none()) return true;
    const EvaluationContext& context = evaluator_.context();
    return from(times_.on, context.as_of, first, row) &&
           from(times_.since, context.at, first, row) && until(context.at, first, row);
  }
  /// Null if it certainly counts.
  [[nodiscard]] const FactSet* facts() const noexcept { return facts_; }

 private:
  /// Begins to count on the day of `bound`.
  bool from(const Times::Bound& bound, Date day, std::uint32_t first, std::uint32_t row) {
    if (bound.column == nullptr) return true;
    const SaidDay said = read(bound, first, row);
    if (said.state != SaidDay::State::known) return not_known(bound, said, first, row);
    if (said.low > day.days) return false;
    if (said.high > day.days) add(fact_at(bound, first, row));
    return true;
  }

  bool until(Date day, std::uint32_t first, std::uint32_t row) {
    const Times::Bound& bound = times_.until;
    if (bound.column == nullptr) return true;
    const SaidDay said = read(bound, first, row);
    if (said.state != SaidDay::State::known) return not_known(bound, said, first, row);
    if (said.high < day.days) return false;
    if (said.low < day.days) add(fact_at(bound, first, row));
    return true;
  }

  [[nodiscard]] SaidDay read(const Times::Bound& bound, std::uint32_t first,
                             std::uint32_t row) const {
    return said_day(evaluator_.state(), bound, fact_at(bound, first, row), row);
  }

  bool not_known(const Times::Bound& bound, const SaidDay& said, std::uint32_t first,
                 std::uint32_t row) {
    const bool open = said.state == SaidDay::State::open ||
                      (bound.required && said.state == SaidDay::State::not_said);
    if (open) add(fact_at(bound, first, row));
    return true;
  }

  [[nodiscard]] static Fact fact_at(const Times::Bound& bound, std::uint32_t first,
                                    std::uint32_t row) {
    return Fact::of(EdgeId{first + row}, bound.attribute);
  }

  void add(const Fact& fact) {
    facts_ = evaluator_.merge(facts_, evaluator_.facts(std::span(&fact, 1)));
  }

  Evaluator& evaluator_;
  const Times& times_;
  std::uint32_t place_;
  const FactSet* facts_ = nullptr;
};

}  // namespace eraudit::detail
