#pragma once
// What of a network counts, for each level of proof that a verdict can demand.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/expression/admission.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/network/proof_level.hpp"
#include "eraudit/rules/proof_table.hpp"

namespace eraudit::evaluate_detail {

/// What a verdict demands of that which it rests on.
struct Demand {
  ProofLevel level = ProofLevel::any;
  bool to_pass = false;  ///< where a topic says so, "that is all" must come from the workers
  friend auto operator<=>(const Demand&, const Demand&) = default;
};

/// The sources of a network, weighed once. Immutable; safe from many threads. The network and the
/// table outlive it.
class Sources {
 public:
  Sources(const Network& network, const ProofTable& table, Date as_of);

  /// How much it counts that these, together, say one thing on a topic.
  [[nodiscard]] ProofLevel level(std::uint8_t topic, std::span<const std::uint16_t> sources) const;
  [[nodiscard]] bool suffices(std::uint8_t topic, std::span<const std::uint16_t> sources,
                              Demand demand, bool that_is_all) const;
  [[nodiscard]] const Network& network() const noexcept { return network_; }
  [[nodiscard]] const ProofTable& table() const noexcept { return table_; }

 private:
  struct Weighed {
    bool plain = false;  ///< has a class, which is not self-declared; the management had no hand in
    bool dated = false;
    bool asked_by_auditor = false;
    std::uint32_t source_class = 0;
    std::int64_t separately = 0;  ///< workers asked one by one
    std::int32_t month = 0;       ///< of its date
  };
  [[nodiscard]] bool fresh(const Weighed& source, std::uint8_t topic) const;

  const Network& network_;
  const ProofTable& table_;
  std::int32_t this_month_ = 0;
  std::vector<Weighed> sources_;
};

/// Values that disagree about one cell and count; one entry per value, in the order of the claims.
[[nodiscard]] std::vector<const Cell*> values_that_count(const Sources& sources, const Fact& fact,
                                                         Demand demand);

/// O(columns + claims + completions).
[[nodiscard]] Admission admission_of(const Sources& sources, Demand demand);
/// What is told of a finding that rests on what that demand admits, its severity included: of each
/// cell what counts most, be it less than the demand. Lists are complete as the demand has it.
/// O(columns + claims + completions).
[[nodiscard]] Admission telling_of(const Sources& sources, Demand demand);

}  // namespace eraudit::evaluate_detail
