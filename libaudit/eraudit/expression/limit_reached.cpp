#include "eraudit/expression/limit_reached.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"

namespace eraudit {
namespace {

struct LimitPhrase {
  std::string_view code;
  std::string_view before;  ///< the part
  std::string_view behind;
};

/// By `Limit`.
constexpr std::array<LimitPhrase, 9> limit_phrases{{
    {"steps", " steps of evaluation (fuel)", ""},
    {"rule_steps", " steps of evaluation in all (rule_fuel)", ""},
    {"bytes", " bytes of texts, lists and facts (value_bytes)", ""},
    {"levels", " levels of operations", ""},
    {"rows", " rows of a pattern (rows)", ""},
    {"hops", " hops of `", "`, which names no end (unbounded_hops)"},
    {"facts", " facts that a verdict waits for (facts_per_verdict)", ""},
    {"combinations", " combinations of statements that disagree", ""},
    {"findings", " findings (findings)", ""},
}};

}  // namespace

std::string_view to_text(LimitReached::Limit limit) noexcept {
  return limit_phrases[static_cast<std::size_t>(limit)].code;
}

std::optional<LimitReached::Limit> parse_limit(std::string_view text) noexcept {
  for (std::size_t i = 0; i < limit_phrases.size(); ++i) {
    if (limit_phrases[i].code == text) return static_cast<LimitReached::Limit>(i);
  }
  return std::nullopt;
}

std::string to_text(const LimitReached& reached) {
  const LimitPhrase& phrase = limit_phrases[static_cast<std::size_t>(reached.limit)];
  return fmt::format("{}{}{}{}", reached.most, phrase.before, reached.part, phrase.behind);
}

std::optional<LimitReached> parse_limit_reached(std::string_view text) {
  const std::size_t digits = std::min(text.find(' '), text.size());
  const auto most = parse_integer(text.substr(0, digits));
  if (!most) return std::nullopt;
  text.remove_prefix(digits);
  for (std::size_t i = 0; i < limit_phrases.size(); ++i) {
    const auto& [code, before, behind] = limit_phrases[i];
    const bool fits = text.starts_with(before) && text.ends_with(behind) &&
                      text.size() >= before.size() + behind.size();
    if (!fits || (behind.empty() && text.size() != before.size())) continue;
    text.remove_prefix(before.size());
    text.remove_suffix(behind.size());
    return LimitReached{static_cast<LimitReached::Limit>(i), static_cast<std::uint64_t>(*most),
                        std::string(text)};
  }
  return std::nullopt;
}

}  // namespace eraudit
