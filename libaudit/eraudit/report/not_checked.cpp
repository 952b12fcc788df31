#include "eraudit/report/detail/not_checked.hpp"

namespace eraudit::detail {

std::optional<std::string_view> proof_reservation(ProofWeighed weighed) noexcept {
  switch (weighed) {
    case ProofWeighed::no_sources:
      return "proof-no-sources";
    case ProofWeighed::no_table:
      return "proof-no-table";
    case ProofWeighed::by_draft:
      return "proof-by-draft";
    case ProofWeighed::not_asked:
    case ProofWeighed::by_table:
      break;
  }
  return std::nullopt;
}

std::optional<std::string_view> not_checked_reason(const RuleCounts& counts) noexcept {
  // A run that is stopped skips the rules that it has not come to.
  if (counts.skipped) return counts.not_reached != 0 ? "rule-not-reached" : "rule-skipped";
  if (counts.selected == 0) return "rule-no-subject";
  if (counts.applicable == 0 && counts.not_reached != 0) return "rule-not-reached";
  if (counts.applicable == 0) return "rule-not-applicable";
  if (counts.decided == 0) return "rule-undecided";
  return std::nullopt;
}

}  // namespace eraudit::detail
