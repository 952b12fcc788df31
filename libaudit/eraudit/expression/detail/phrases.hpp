#pragma once
// The words that values are told with.

#include <array>
#include <string_view>

namespace eraudit::detail {

/// In one language. A pair is for one thing and for several.
struct Phrases {
  using Pair = std::array<std::string_view, 2>;

  char point;  ///< between whole numbers and parts
  std::string_view yes;
  std::string_view no;
  std::string_view not_known;
  std::string_view not_existing;  ///< known to be absent
  std::string_view none;          ///< of a list without items
  std::string_view none_known;    ///< of one that may have some
  std::string_view possibly;      ///< before an item that may not belong
  std::string_view may_be_more;   ///< after the items
  std::string_view that_is_all;
  Pair more_possible;  ///< after a number
  std::string_view at_least;
  std::string_view at_most;
  std::string_view to;  ///< between the ends of a range
  std::string_view sources_disagree;
  std::string_view error;
  std::string_view no_nodes;
  std::string_view no_edges;
  Pair nodes;
  Pair edges;
  Pair days;

  /// The word of a pair that goes with a number from 1.
  template <class Number>
  [[nodiscard]] static std::string_view of(const Pair& pair, Number n) noexcept {
    return pair[n == Number{1} ? 0 : 1];
  }
};

/// By the primary part of a language tag: en, fr, es; others read en.
[[nodiscard]] const Phrases& phrases(std::string_view language) noexcept;

}  // namespace eraudit::detail
