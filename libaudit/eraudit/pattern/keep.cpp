#include "eraudit/pattern/detail/keep.hpp"

#include <utility>

#include "eraudit/expression/limit_reached.hpp"

namespace eraudit::pattern_detail {
namespace {

int rank(const FactSet* facts, const Value& error) {
  if (facts != nullptr) return 1;
  return error.is(ValueKind::error) ? 2 : 0;
}

}  // namespace

bool room_for_row(Matcher::State& state, std::size_t rows) {
  if (rows < state.plan.limits.rows) return true;
  state.reach_rows();
  return false;
}

bool RowKeeper::room() {
  return room_for_row(s_, s_.rows.size());
}

void RowKeeper::write(const FoundRow& row) {
  if (room()) RowsWriter{s_.rows}.add(row.nodes, row.edges, row.ends, row.mark);
}

void RowKeeper::keep(std::vector<std::uint32_t> key, const FoundRow& row) {
  RowsWriter writer{s_.rows};
  const auto found = kept_.find(key);
  if (found == kept_.end()) {
    if (goal_ == Goal::rows && !room()) return;
    kept_.emplace(std::move(key), writer.add(row.nodes, row.edges, row.ends, row.mark));
    return;
  }
  const std::uint32_t number = found->second;
  const MatchRows::Row& before = writer.at(number);
  const int is = rank(row.mark.facts, row.mark.error);
  const int was = rank(before.facts, before.error);
  Mark joined = row.mark;
  if (is == 1 && was == 1 && goal_ == Goal::rows) {
    joined.facts = s_.evaluator.merge(row.mark.facts, before.facts);
    writer.at(number).facts = joined.facts;
  }
  if (is > was) return;
  if (is == was &&
      compare_rows(row.nodes, row.edges, row.ends, s_.rows.nodes(number), s_.rows.edges(number),
                   writer.ends(number, s_.plan.sites.size())) >= 0) {
    return;
  }
  writer.replace(number, row.nodes, row.edges, row.ends, joined);
}

}  // namespace eraudit::pattern_detail
