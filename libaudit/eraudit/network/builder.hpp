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

/// Where a row comes from.
struct DraftOrigin {
  std::uint16_t file = 0;  ///< as `NetworkBuilder::file` numbered it; 0: no file
  std::uint32_t line = 0;
};

/// Collects nodes and edges in any order (edges may come before their nodes), then makes the
/// network.
///
/// Values are checked against the schema when they are set; what is refused is reported and stays
/// unknown. Two records of one node, or two edges with one natural key, are claims on one thing:
/// what agrees is one value, what does not is kept beside it and marked as disputed.
///
/// A natural key with a part that is not known for sure (unknown, a range, disputed) cannot tell
/// two records apart: to merge could hide a payment, not to merge could count it twice. Records
/// with one such key become one edge if no cell of any of them contradicts another; otherwise each
/// that differs stays an edge of its own, and a warning names two of the lines. An unknown part
/// never equals a known one.
///
/// Not for many threads. `build` is O((nodes + edges) log) at worst and linear for sorted input.
class ERAUDIT_API NetworkBuilder {
 public:
  explicit NetworkBuilder(SchemaPtr schema, const Limits& limits = {});
  ~NetworkBuilder();
  NetworkBuilder(NetworkBuilder&&) noexcept;
  NetworkBuilder& operator=(NetworkBuilder&&) noexcept;

  [[nodiscard]] const Schema& schema() const noexcept;

  void as_of(Date date);
  /// Registers an input file for origins and the report; returns its number (from 1) for
  /// `DraftOrigin`, the same for the same path.
  std::uint16_t file(std::string path, std::string sha256, std::uint64_t bytes);
  /// Adds a source, or returns the one with this id. Throws beyond 65,535.
  std::uint16_t source(SourceRecord record);
  [[nodiscard]] std::optional<std::uint16_t> find_source(std::string_view id) const noexcept;

  /// Ids are unique in a network: an id seen under another kind is an error of `build`.
  NodeDraft node(KindId kind, std::string_view id, DraftOrigin origin = {},
                 std::uint16_t source = 0);
  /// Ends by id; unknown ends and kinds that the schema does not allow there are errors of `build`,
  /// with the origin of this edge and the nearest id.
  EdgeDraft edge(EdgeKindId kind, std::string_view from, std::string_view to,
                 DraftOrigin origin = {}, std::uint16_t source = 0, std::string_view id = {});
  /// By drafts: no look-up.
  EdgeDraft edge(EdgeKindId kind, NodeDraft from, NodeDraft to, DraftOrigin origin = {},
                 std::uint16_t source = 0, std::string_view id = {});

  /// Sets a cell that is still unknown; setting it again is a further claim. `source` 0: said by
  /// the sources of the row (the cheap way). Setting `Cell::unknown()` says nothing and does
  /// nothing. Throws `Error` (`bad_argument`) if the value's type is not the attribute's.
  void set(NodeDraft node, AttributeId attribute, const Cell& cell, std::uint16_t source = 0,
           std::uint32_t line = 0);
  void set(EdgeDraft edge, AttributeId attribute, const Cell& cell, std::uint16_t source = 0,
           std::uint32_t line = 0);
  // The same without a `Cell`, for bulk. Enumerations are text: the id of the value.
  void set_boolean(NodeDraft node, AttributeId attribute, bool value);
  void set_boolean(EdgeDraft edge, AttributeId attribute, bool value);
  void set_integer(NodeDraft node, AttributeId attribute, std::int64_t value);
  void set_integer(EdgeDraft edge, AttributeId attribute, std::int64_t value);
  void set_number(NodeDraft node, AttributeId attribute, double value);
  void set_number(EdgeDraft edge, AttributeId attribute, double value);
  void set_text(NodeDraft node, AttributeId attribute, std::string_view value);
  void set_text(EdgeDraft edge, AttributeId attribute, std::string_view value);
  void set_date(NodeDraft node, AttributeId attribute, Date value);
  void set_date(EdgeDraft edge, AttributeId attribute, Date value);
  /// A wage is per month here.
  void set_money(NodeDraft node, AttributeId attribute, Money value);
  void set_money(EdgeDraft edge, AttributeId attribute, Money value);

  // The same for hand-written programs: names instead of ids; a wrong one throws with the nearest.
  void set(NodeDraft node, std::string_view attribute, const Cell& cell, std::uint16_t source = 0);
  void set(EdgeDraft edge, std::string_view attribute, const Cell& cell, std::uint16_t source = 0);

  /// A further source for a row being there.
  void also(NodeDraft node, std::uint16_t source, std::uint32_t line = 0);
  void also(EdgeDraft edge, std::uint16_t source, std::uint32_t line = 0);

  /// "That is all": `node` has no other edges of `list`.
  void complete(std::string_view node, ListId list, DraftOrigin origin = {},
                std::uint16_t source = 0);

  [[nodiscard]] std::size_t node_count() const noexcept;
  [[nodiscard]] std::size_t edge_count() const noexcept;

  /// Leaves the builder empty. An empty network is a network; who needs nodes checks
  /// `node_count()`.
  [[nodiscard]] Checked<Network> build();

  struct State;  ///< private (network/detail/draft.hpp)
  [[nodiscard]] State& state() noexcept { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace eraudit
