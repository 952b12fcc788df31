#pragma once
// How much each class of source counts on each topic, as a file says it (rules/proof.yaml).

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/network/proof_level.hpp"
#include "eraudit/schema/local_text.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// Immutable once read; checked against the schema that it was read for.
struct ProofTable {
  static constexpr std::uint8_t no_topic = 0xFF;
  /// From 1 to 5.
  using Strength = std::uint8_t;

  struct Topic {
    std::string id;
    LocalText title;
    std::int32_t fresh_months = 0;          ///< what is older does not count
    std::vector<std::uint32_t> pass_needs;  ///< source classes of the schema; empty: any
  };
  struct Class {
    std::uint32_t group = 0;           ///< classes of one group are not independent
    std::vector<Strength> by_topic{};  ///< by topic; empty: the class is not in the table
  };

  std::vector<Topic> topics;
  std::vector<Class> classes;  ///< by source class of the schema
  std::vector<std::string> groups;
  std::array<Strength, 4> least{};          ///< by ProofLevel; of corroborated: of each of the two
  std::optional<std::uint32_t> interviews;  ///< class whose answers corroborate one another ...
  std::int64_t separately = 0;              ///< ... if so many were asked, one by one
  // Topic numbers, or `no_topic`.
  std::vector<std::vector<std::uint8_t>> of_node;    ///< by node kind, attribute
  std::vector<std::vector<std::uint8_t>> of_edge;    ///< by edge kind: attributes, then the edge
  std::vector<std::array<std::uint8_t, 2>> of_list;  ///< by edge kind: seen from `from`, from `to`
  bool draft = false;                                ///< nobody has checked its figures
  SourcePtr source;                                  ///< the text that it was read from

  [[nodiscard]] std::uint8_t topic(KindId kind, AttributeId attribute) const noexcept;
  /// `row_itself`: that the edge is there.
  [[nodiscard]] std::uint8_t topic(EdgeKindId edge, AttributeId attribute) const noexcept;
  [[nodiscard]] std::uint8_t topic(ListId list) const noexcept;
};

using ProofTablePtr = std::shared_ptr<const ProofTable>;

/// `eraudit: proof/1`. All mistakes are collected: unknown keys, topics, classes and facts (with
/// the nearest name), strengths outside of 1 to 5. Classes of the schema that are left out are
/// warned of.
[[nodiscard]] ERAUDIT_API Checked<ProofTablePtr> read_proof_table(const Document& document,
                                                                  const Schema& schema,
                                                                  const Limits& limits = {});
/// Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<ProofTablePtr> read_proof_table(const std::string& path,
                                                                  const Schema& schema,
                                                                  const Limits& limits = {});
/// The one that ships; null if `schema` is neither the recruitment schema nor an extension of it.
[[nodiscard]] ERAUDIT_API ProofTablePtr builtin_proof_table(const Schema& schema);

}  // namespace eraudit
