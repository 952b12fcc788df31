#include "eraudit/expression/admission.hpp"

#include <algorithm>

#include "eraudit/expression/detail/admitted.hpp"

namespace eraudit {

Admission::Claimed Admission::find(const Place& place, std::uint32_t row) noexcept {
  const auto found =
      std::partition_point(place.claims.begin(), place.claims.end(),
                           [&](const Claimed& claimed) { return claimed.row < row; });
  return *found;
}

Admission::Claimed Admission::look_up(const Network& network, const Fact& fact) const noexcept {
  switch (fact.kind) {
    case Fact::Kind::node_attribute: {
      const KindId kind = network.kind(NodeId{fact.row});
      const std::uint32_t row = fact.row - network.nodes(kind).first;
      return look(place_of(network, kind, fact.attribute()), row);
    }
    case Fact::Kind::edge_attribute: {
      const EdgeTable& table = network.table(EdgeId{fact.row});
      return look(place_of(network, table, fact.attribute()), fact.row - table.first);
    }
    case Fact::Kind::list:
      if (std::binary_search(not_complete.begin(), not_complete.end(), fact)) return {};
      break;
    default:
      break;
  }
  return {fact.row, Says::as_stored, nullptr};
}

std::uint32_t place_of(const Network& network, KindId kind, AttributeId attribute) noexcept {
  const auto kinds = network.schema().kinds();
  std::size_t place = 0;
  for (std::size_t before = 0; before < kind.index; ++before) {
    place += kinds[before].attributes.size() + 1;
  }
  const std::size_t all = kinds[kind.index].attributes.size();
  return static_cast<std::uint32_t>(place + (attribute == row_itself ? all : attribute.index));
}

std::uint32_t place_of(const Network& network, const EdgeTable& table,
                       AttributeId attribute) noexcept {
  const Schema& schema = network.schema();
  std::size_t place = 0;
  for (const NodeKind& kind : schema.kinds()) place += kind.attributes.size() + 1;
  for (const EdgeTable& before : network.tables()) {
    if (&before == &table) break;
    place += schema.edge(before.kind).attributes.size() + 1;
  }
  const std::size_t all = schema.edge(table.kind).attributes.size();
  return static_cast<std::uint32_t>(place + (attribute == row_itself ? all : attribute.index));
}

std::uint32_t place_count(const Network& network) noexcept {
  const Schema& schema = network.schema();
  std::size_t count = 0;
  for (const NodeKind& kind : schema.kinds()) count += kind.attributes.size() + 1;
  for (const EdgeTable& table : network.tables()) {
    count += schema.edge(table.kind).attributes.size() + 1;
  }
  return static_cast<std::uint32_t>(count);
}

void assume(Evaluator& evaluator, std::span<const Assumption> assumptions) {
  evaluator.state().assumed.assign(assumptions.begin(), assumptions.end());
}

std::span<const Assumption> assumed(const Evaluator& evaluator) {
  return evaluator.state().assumed;
}

namespace detail {

Admitted admitted_cell(Evaluator::State& state, const Fact& fact, std::uint32_t place,
                       std::uint32_t row) {
  for (const Assumption& assumption : state.assumed) {
    if (assumption.fact == fact) return {false, assumption.cell};
  }
  if (state.admission == nullptr) return {};
  const Admission::Claimed claimed = state.admission->look(place, row);
  if (claimed.says == Admission::Says::as_stored) return {};
  return {false, claimed.cell};
}

bool row_counts(Evaluator::State& state, std::uint32_t place, std::uint32_t row) {
  if (state.admission == nullptr) [[likely]]
    return true;
  return state.admission->look(place, row).says != Admission::Says::nothing;
}

bool completeness_counts(Evaluator::State& state, const Fact& list) {
  if (state.admission == nullptr) [[likely]]
    return true;
  const std::vector<Fact>& not_complete = state.admission->not_complete;
  return !std::binary_search(not_complete.begin(), not_complete.end(), list);
}

SaidDay said_day(Evaluator::State& state, const Times::Bound& bound, const Fact& fact,
                 std::uint32_t row) {
  using State = SaidDay::State;
  const Admitted said = admitted(state, fact, bound.place, row);
  const Column& column = *bound.column;
  if (!said.as_stored) [[unlikely]] {
    if (said.cell == nullptr) {
      const bool by_anybody =
          column.known.test(row) || column.absent.test(row) || column.disputed.test(row);
      return {by_anybody ? State::open : State::not_said, 0, 0};
    }
    if (said.cell->state == CellState::absent) return {State::absent, 0, 0};
    const std::int32_t low = std::get<Date>(said.cell->low).days;
    const bool range = said.cell->state == CellState::range;
    return {State::known, low, range ? std::get<Date>(said.cell->high).days : low};
  }
  if (!state.masked.empty() && state.is_masked(fact)) {
    return {column.disputed.test(row) ? State::open : State::not_said, 0, 0};
  }
  if (column.known.test(row)) {
    const std::int32_t low = column.days[row];
    return {State::known, low,
            column.ranged.test(row) ? static_cast<std::int32_t>(column.range(row).high) : low};
  }
  if (column.absent.test(row)) return {State::absent, 0, 0};
  return {column.disputed.test(row) ? State::open : State::not_said, 0, 0};
}

}  // namespace detail
}  // namespace eraudit
