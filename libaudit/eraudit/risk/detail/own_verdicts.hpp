#pragma once
// Which verdicts count as a node's own.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "eraudit/risk/risk.hpp"

namespace eraudit::risk_detail {

/// What a verdict can come to, for the lower and the upper end of a rating.
struct Weighed {
  std::uint32_t rule = 0;
  NodeId subject;
  Verdict verdict = Verdict::unknown;
  SeverityRange severity;
  Severity low = Severity::none;   ///< with all that is open turning out well
  Severity high = Severity::none;  ///< with all that is open turning out badly
};

/// Safe from many threads, each with its own `scratch`.
class OwnVerdicts {
 public:
  OwnVerdicts(const Assessment& assessment, const Exposure& exposure);

  /// Of the node and of the neighbours that `Exposure::own` names, by rule and subject; those that
  /// do not apply are left out. Fills `out`.
  void collect(NodeId node, std::vector<Weighed>& out) const;

 private:
  struct Neighbours {
    Exposure::Own from;
    std::uint64_t bit = 0;    ///< its own among the entries of one kind
    std::vector<bool> rules;  ///< those whose indicator is of the families
  };

  [[nodiscard]] Weighed weigh(std::uint32_t rule, NodeId subject, Verdict verdict) const;

  const Assessment& assessment_;
  std::vector<Neighbours> neighbours_;
  std::vector<Severity> worst_;  ///< by rule: what an open verdict may come to
  std::unordered_map<std::uint64_t, SeverityRange> findings_;  ///< by rule and subject
};

}  // namespace eraudit::risk_detail
