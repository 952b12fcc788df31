#include "eraudit/core/suggest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "eraudit/core/utf8.hpp"

namespace eraudit {
namespace {

constexpr std::size_t longest_name = 128;  ///< beyond this nobody mistyped anything
constexpr std::size_t listed_candidates = 8;

/// Code points, with case and the two kinds of dash made equal.
std::u32string folded(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const detail::CodePoint code = detail::first_code_point(text);
    std::uint32_t value = code.valid ? code.value : static_cast<unsigned char>(text[0]);
    if (value >= 'A' && value <= 'Z') value += 'a' - 'A';
    if (value == '-') value = '_';
    out.push_back(value);
    text.remove_prefix(code.bytes);
  }
  return out;
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t edits(const std::u32string& a, const std::u32string& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> rows(3 * width);
  std::size_t* before = rows.data();
  std::size_t* above = before + width;
  std::size_t* row = above + width;
  for (std::size_t j = 0; j < width; ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::size_t* const free = before;
    before = above;
    above = row;
    row = free;
  }
  return above[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string_view> candidates) {
  if (name.size() > 4 * longest_name) return std::nullopt;
  const std::u32string wanted = folded(name);
  if (wanted.empty() || wanted.size() > longest_name) return std::nullopt;
  std::size_t allowed = std::max<std::size_t>(1, wanted.size() / 3);
  std::optional<std::string_view> nearest;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > 4 * longest_name) continue;
    const std::u32string other = folded(candidate);
    const std::size_t gap =
        std::max(wanted.size(), other.size()) - std::min(wanted.size(), other.size());
    if (gap > allowed) continue;
    const std::size_t distance = edits(wanted, other);
    // Not a misspelling if nothing of either name is left.
    if (distance > allowed || distance >= std::max(wanted.size(), other.size())) continue;
    nearest = candidate;
    if (distance == 0) break;
    allowed = distance - 1;  // the earlier candidate wins a tie
  }
  return nearest;
}

std::string suggest(std::string_view name, std::span<const std::string_view> candidates) {
  if (candidates.empty()) return {};
  if (const auto near = nearest_name(name, candidates)) {
    return "did you mean '" + std::string(*near) + "'?";
  }
  std::string out = "one of: ";
  const std::size_t shown = std::min(candidates.size(), listed_candidates);
  for (std::size_t index = 0; index < shown; ++index) {
    if (index != 0) out += ", ";
    out += candidates[index];
  }
  if (shown < candidates.size()) out += ", ... (" + std::to_string(candidates.size()) + " in all)";
  return out;
}

}  // namespace eraudit
