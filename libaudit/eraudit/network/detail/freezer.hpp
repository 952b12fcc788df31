#pragma once
// From drafts to the finished state: the steps share what they have found out so far.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/network/detail/draft.hpp"
#include "eraudit/network/detail/resolver.hpp"
#include "eraudit/network/detail/state.hpp"

namespace eraudit::detail {

class Freezer {
 public:
  explicit Freezer(NetworkBuilder::State& state);
  [[nodiscard]] Checked<Network> run();

 private:
  using RowList = std::vector<std::uint32_t>;

  // freeze.cpp
  void number_sources_and_files();
  void define_nodes();
  void freeze_nodes();
  void freeze_completions();
  void freeze_strings();
  void index_lists();
  [[nodiscard]] std::string nearest_node(std::string_view id, const std::vector<KindId>& kinds);
  [[nodiscard]] const std::vector<std::uint32_t>& name_codes();  ///< by node
  [[nodiscard]] KindId kind_of(std::uint32_t node) const noexcept;
  void check_shares(const DraftTable& table, const std::vector<Share>& shares, const RowList& rows,
                    const std::function<std::optional<Place>(std::uint32_t)>& place_of);
  void freeze_origins(DraftTable& table, const RowList& rows, Origins& out);
  void take_claims(const Resolver& resolver, const RowList& rows, bool of_edge,
                   std::uint32_t first);

  // freeze_ends.cpp
  [[nodiscard]] bool find_ends(EdgeKindId kind);
  bool refuse_end(EdgeKindId kind, std::uint32_t row, Side side, std::uint32_t node);

  // freeze_edges.cpp
  void freeze_edges(EdgeKindId kind);
  [[nodiscard]] RowList distinct_rows(EdgeKindId kind, Resolver& resolver, bool& sound);
  void sort_rows(const DraftTable& table, KindId from_kind, RowList& rows) const;
  [[nodiscard]] RowList merge_alike(EdgeKindId kind, Resolver& resolver, RowList rows);
  void merge_run(EdgeKindId kind, Resolver& resolver, RowList::iterator first,
                 RowList::iterator last, RowList& out);
  void freeze_table(EdgeKindId kind, KindId from, KindId to, Resolver& resolver,
                    const RowList& rows, bool last);
  [[nodiscard]] std::string draft_name(EdgeKindId kind, std::uint32_t row);

  NetworkBuilder::State& in_;
  std::shared_ptr<Network::State> out_;
  std::vector<RowList> node_rows_;  ///< by kind: the records that count, in order
  std::vector<std::unique_ptr<Resolver>> node_resolvers_;
  std::vector<std::uint32_t> node_of_name_;  ///< `NameTable::nothing`: only named
  std::vector<bool> used_;                   ///< texts that the network keeps
  struct OwnId {
    EdgeKindId kind;
    std::uint32_t row = 0;
    std::uint16_t file = 0;
    std::uint32_t line = 0;
  };
  boost::unordered_flat_map<std::uint32_t, OwnId> own_ids_;
  std::vector<std::uint64_t> letters_;       ///< by node, once somebody asks for the nearest
  std::vector<std::uint32_t> name_of_node_;  ///< likewise
  std::size_t suggestions_ = 0;
};

}  // namespace eraudit::detail
