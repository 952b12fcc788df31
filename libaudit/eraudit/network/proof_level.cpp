#include "eraudit/network/proof_level.hpp"

namespace eraudit {

std::string_view to_text(ProofLevel level) noexcept {
  switch (level) {
    case ProofLevel::any:
      return "any";
    case ProofLevel::stated:
      return "stated";
    case ProofLevel::supported:
      return "supported";
    case ProofLevel::corroborated:
      return "corroborated";
  }
  return "any";
}

std::optional<ProofLevel> parse_proof_level(std::string_view text) noexcept {
  for (const ProofLevel level : proof_levels) {
    if (to_text(level) == text) return level;
  }
  return std::nullopt;
}

}  // namespace eraudit
