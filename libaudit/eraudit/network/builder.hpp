#pragma once
// How a network comes into being.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

/// A node or edge under construction; of one builder.
struct NodeDraft {
  KindId kind;
  std::uint32_t row = 0;
};
struct EdgeDraft {
  EdgeKindId kind;
  std::uint32_t row = 0;
};

/// Where the next rows come from; row numbers are lines of that file.
struct DraftOrigin {
  std::uint16_t file = 0;
  std::uint32_t line = 0;
};

/// Collects nodes and edges in any order (edges may come before their nodes), then makes the network.
///
/// Values are checked against the schema when they are set; what is refused is reported and stays
/// unknown. Two records of one node, or two edges with one natural key, are claims on one thing: what
/// agrees is one value, what does not is kept beside it and marked as disputed. Not for many threads.
/// `build` is O((nodes + edges) log) at worst and linear for sorted input.
class ERAUDIT_API NetworkBuilder {
 public:
  explicit NetworkBuilder(SchemaPtr schema, const Limits& limits = {});
  ~NetworkBuilder();
  NetworkBuilder(NetworkBuilder&&) noexcept;
  NetworkBuilder& operator=(NetworkBuilder&&) noexcept;

  [[nodiscard]] const Schema& schema() const noexcept;

  void as_of(Date date);
  /// Registers an input file for origins and the report; returns its number for `DraftOrigin`.
  std::uint16_t file(std::string path, std::string sha256, std::uint64_t bytes);
  /// Adds a source, or returns the one with this id. Throws beyond 65,535.
  std::uint16_t source(SourceRecord record);
  [[nodiscard]] std::optional<std::uint16_t> find_source(std::string_view id) const noexcept;

  /// Ids are unique in a network: an id seen under another kind is an error of `build`.
  NodeDraft node(KindId kind, std::string_view id, DraftOrigin origin = {}, std::uint16_t source = 0);
  /// Ends by id; unknown ends and kinds that the schema does not allow there are errors of `build`,
  /// with the origin of this edge and the nearest id.
  EdgeDraft edge(EdgeKindId kind, std::string_view from, std::string_view to, DraftOrigin origin = {},
                 std::uint16_t source = 0, std::string_view id = {});
  /// By drafts: no look-up.
  EdgeDraft edge(EdgeKindId kind, NodeDraft from, NodeDraft to, DraftOrigin origin = {},
                 std::uint16_t source = 0, std::string_view id = {});

  /// Sets a cell that is still unknown; setting it again is a further claim by `source`.
  /// Throws `Error` (`bad_argument`) if the value's type is not the attribute's.
  void set(NodeDraft node, AttributeId attribute, const Cell& cell, std::uint16_t source = 0,
           std::uint32_t line = 0);
  void set(EdgeDraft edge, AttributeId attribute, const Cell& cell, std::uint16_t source = 0,
           std::uint32_t line = 0);
  // The same for hand-written programs: names instead of ids; a wrong one throws with the nearest.
  void set(NodeDraft node, std::string_view attribute, const Cell& cell);
  void set(EdgeDraft edge, std::string_view attribute, const Cell& cell);

  /// "That is all": `node` has no other edges of `list`.
  void complete(std::string_view node, ListId list, DraftOrigin origin = {}, std::uint16_t source = 0);

  [[nodiscard]] std::size_t node_count() const noexcept;
  [[nodiscard]] std::size_t edge_count() const noexcept;

  /// Leaves the builder empty. An empty network is a network; who needs nodes checks `node_count()`.
  [[nodiscard]] Checked<Network> build();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eraudit
