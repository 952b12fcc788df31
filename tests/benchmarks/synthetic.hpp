#pragma once
// Seeded networks of a stated shape under the recruitment schema, for benchmarks of every module.

#include <cstdint>
#include <string>
#include <vector>

#include "eraudit/network/builder.hpp"

namespace eraudit::test {

struct SyntheticShape {
  std::uint32_t nodes =
      10'000;  ///< companies 5 %, facilities 20 %, agencies 5 %, sub-agents 30 %, cohorts 40 %
  std::uint64_t seed = 7;
  bool shuffled = false;  ///< rows in random order instead of that of their ids
};

/// About 3.2 edges per node; a few agencies and companies have most of them. Same shape, same
/// network, on every platform.
class Synthetic {
 public:
  explicit Synthetic(SyntheticShape shape);

  /// Tells `builder` (of the recruitment schema) everything, edges by id; `with_cells` no: ids
  /// alone.
  void tell(NetworkBuilder& builder, bool with_cells = true) const;

 private:
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
    std::uint32_t number;  ///< values are made of it
  };
  struct Group {
    std::string name;  ///< kind of node or edge
    std::vector<std::uint32_t> nodes;
    std::vector<Edge> edges;
  };
  std::vector<std::string> ids_;
  std::vector<Group> groups_;
};

[[nodiscard]] Network synthetic_network(SyntheticShape shape);

}  // namespace eraudit::test
