#include "eraudit/expression/limit_reached.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"

namespace eraudit {
namespace {

constexpr std::string_view limit_mark = "limit reached: ";

struct LimitPhrase {
  std::string_view code;
  std::string_view before;  ///< the part
  std::string_view behind;
};

/// By `Limit`.
constexpr std::array<LimitPhrase, 7> limit_phrases{{
    {"steps", " steps of evaluation", ""},
    {"bytes", " bytes of lists and texts", ""},
    {"levels", " levels of operations", ""},
    {"rows", " rows of a pattern", ""},
    {"hops", " hops of `", "`, which names no end"},
    {"facts", " facts that a verdict waits for", ""},
    {"findings", " findings", ""},
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

std::string limit_message(const LimitReached& reached) {
  const LimitPhrase& phrase = limit_phrases[static_cast<std::size_t>(reached.limit)];
  return fmt::format("{}{}{}{}{}", limit_mark, reached.most, phrase.before, reached.part,
                     phrase.behind);
}

std::optional<LimitReached> limit_in(std::string_view message) {
  if (!message.starts_with(limit_mark)) return std::nullopt;
  message.remove_prefix(limit_mark.size());
  const std::size_t digits = std::min(message.find(' '), message.size());
  const auto most = parse_integer(message.substr(0, digits));
  if (!most) return std::nullopt;
  message.remove_prefix(digits);
  for (std::size_t i = 0; i < limit_phrases.size(); ++i) {
    const auto& [code, before, behind] = limit_phrases[i];
    const bool fits = message.starts_with(before) && message.ends_with(behind) &&
                      message.size() >= before.size() + behind.size();
    if (!fits || (behind.empty() && message.size() != before.size())) continue;
    message.remove_prefix(before.size());
    message.remove_suffix(behind.size());
    return LimitReached{static_cast<LimitReached::Limit>(i), static_cast<std::uint64_t>(*most),
                        std::string(message)};
  }
  return std::nullopt;
}

}  // namespace eraudit
