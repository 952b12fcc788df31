#pragma once
// Which rows count on the days of an evaluator.

#include <cstdint>

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/state.hpp"

namespace eraudit::detail {

[[nodiscard]] inline std::int64_t lowest_day(const Column& column, std::uint32_t row) {
  return column.days[row];
}
[[nodiscard]] inline std::int64_t highest_day(const Column& column, std::uint32_t row) {
  return column.ranged.test(row) ? column.range(row).high : column.days[row];
}

/// Whether a row counts, and if it only may, the facts that would tell.
class Visibility {
 public:
  Visibility(Evaluator& evaluator, const Times& times, bool of_edge)
      : evaluator_(evaluator), times_(times), of_edge_(of_edge) {}

  /// False if it certainly does not count.
  bool look(std::uint32_t first, std::uint32_t row) {
    facts_ = nullptr;
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
    if (!said(bound, first, row)) return not_known(bound, first, row);
    if (lowest_day(*bound.column, row) > day.days) return false;
    if (highest_day(*bound.column, row) > day.days) add(bound, first, row);
    return true;
  }

  bool until(Date day, std::uint32_t first, std::uint32_t row) {
    const Times::Bound& bound = times_.until;
    if (bound.column == nullptr) return true;
    if (!said(bound, first, row)) return not_known(bound, first, row);
    if (highest_day(*bound.column, row) < day.days) return false;
    if (lowest_day(*bound.column, row) < day.days) add(bound, first, row);
    return true;
  }

  [[nodiscard]] bool masked(const Times::Bound& bound, std::uint32_t first,
                            std::uint32_t row) const {
    const Evaluator::State& state = evaluator_.state();
    return !state.masked.empty() && state.is_masked(fact_at(bound, first, row));
  }

  [[nodiscard]] bool said(const Times::Bound& bound, std::uint32_t first, std::uint32_t row) const {
    return bound.column->known.test(row) && !masked(bound, first, row);
  }

  bool not_known(const Times::Bound& bound, std::uint32_t first, std::uint32_t row) {
    const bool disputed = bound.column->disputed.test(row);
    const bool absent = bound.column->absent.test(row) && !masked(bound, first, row);
    if (disputed || (bound.required && !absent)) add(bound, first, row);
    return true;
  }

  [[nodiscard]] Fact fact_at(const Times::Bound& bound, std::uint32_t first,
                             std::uint32_t row) const {
    return of_edge_ ? Fact::of(EdgeId{first + row}, bound.attribute)
                    : Fact::of(NodeId{first + row}, bound.attribute);
  }

  void add(const Times::Bound& bound, std::uint32_t first, std::uint32_t row) {
    const Fact fact = fact_at(bound, first, row);
    facts_ = evaluator_.merge(facts_, evaluator_.facts(std::span(&fact, 1)));
  }

  Evaluator& evaluator_;
  const Times& times_;
  bool of_edge_;
  const FactSet* facts_ = nullptr;
};

}  // namespace eraudit::detail
