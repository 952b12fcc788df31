#pragma once
// What tests of reports share.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/evaluate/evaluate.hpp"

namespace eraudit::test {

/// For runs that speak of 2026-06-30.
[[nodiscard]] Options usual_day();

/// An assessment that says these verdicts of the first rule, about its subjects in order, whatever
/// the rule itself would say: some verdicts cannot be reached by a rule yet. Unknown ones wait for
/// nothing.
[[nodiscard]] Assessment forged(const Network& network, const Rules& rules,
                                const std::vector<Verdict>& verdicts,
                                std::uint64_t findings_dropped = 0);

/// The sample network, its files called by their bare names.
[[nodiscard]] Assessment sample();

/// Lines without their line feeds.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// Lines that are wider than `width`, or end in a blank; but not those of a single word.
[[nodiscard]] std::vector<std::string> untidy_lines(std::string_view text, std::size_t width);

[[nodiscard]] bool has(std::string_view text, std::string_view part);
[[nodiscard]] std::size_t times(std::string_view text, std::string_view part);

}  // namespace eraudit::test
