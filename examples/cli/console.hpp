#pragma once
// The terminal, if there is one.

#include <cstddef>
#include <string>
#include <string_view>

namespace eraudit::cli {

/// Results. Throws `Error` (`cannot_write`) if they could not be written (a full disk, a closed
/// pipe).
void print(std::string_view text);
/// Everything else: progress, notes, diagnostics.
void note(std::string_view text);

/// `--color`: auto, always or never; auto asks for a terminal, no NO_COLOR, and a TERM that is not
/// dumb.
[[nodiscard]] bool use_colour(const std::string& choice);
/// Columns of standard output if it is a terminal, else 80; at least 60, at most 120.
[[nodiscard]] std::size_t terminal_width();

}  // namespace eraudit::cli
