#pragma once
// Rows as they are found, into what is asked for: all of them, or one for each key.

#include <map>
#include <vector>

#include "eraudit/pattern/detail/search.hpp"

namespace eraudit::pattern_detail {

/// A row in the order of reading. Valid while it is handed over.
struct FoundRow {
  std::span<const NodeId> nodes;
  std::span<const EdgeId> edges;
  std::span<const std::uint32_t> ends;
  Mark mark;
};

class RowKeeper {
 public:
  RowKeeper(Matcher::State& state, Goal goal) : s_(state), goal_(goal) {}

  void write(const FoundRow& row);
  /// Rows with one key are one: certain if any is, with the smallest witness of the best.
  void keep(std::vector<std::uint32_t> key, const FoundRow& row);

 private:
  [[nodiscard]] bool room();

  Matcher::State& s_;
  Goal goal_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> kept_;
};

/// Reaches the limit of rows if there are as many.
[[nodiscard]] bool room_for_row(Matcher::State& state, std::size_t rows);

}  // namespace eraudit::pattern_detail
