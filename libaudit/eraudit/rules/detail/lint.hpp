#pragma once
// The checks of `lint_rules`, one group a file.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::rules_detail {

/// The programs that a verdict hangs on: of `when`, the condition, the entries of `let` they use,
/// and conditions in patterns.
[[nodiscard]] std::vector<const Program*> programs_of_verdict(const Rule& rule);

/// About an operation, where it was written.
void warning_at(Diagnostics& found, const Program& program, std::uint32_t operation,
                std::string_view id, std::string message, std::string help);

/// Warnings of conditions, but those that speak of a place about which `all` has said already that
/// nothing hangs on it.
void append_untold(Diagnostics& all, const Diagnostics& found);

// lint_texts.cpp
void lint_wording(const Document& document, Diagnostics& found);
void lint_languages(const Document& document, Diagnostics& found);
void lint_questions(const Rule& rule, const Schema& schema, Diagnostics& found);
// lint_conditions.cpp
void lint_thresholds(const Rule& rule, Diagnostics& found);
void lint_dead_conditions(const Rule& rule, const Schema& schema, Diagnostics& found);
// lint_overlap.cpp
void lint_overlaps(const Rules& rules, Diagnostics& found);

}  // namespace eraudit::rules_detail
