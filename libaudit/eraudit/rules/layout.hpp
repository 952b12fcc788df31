#pragma once
// Rule files in one layout.

#include <string>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

/// The text of a rule file with its keys in one order (as docs/reference/rules.md lists them), what
/// belongs to a key indented by two, one blank after the colon of a key, at most one empty line in
/// a row, no blanks at the end of lines, one line feed at the end of the file.
///
/// A comment goes with the key below it, or stays in the value it stands in; those before the first
/// key stay at the top, those after the last at the end. Texts and everything inside of a value are
/// kept. What comes out says the same and has every comment, or there is an error: for a file that
/// is no rule, one in brackets or JSON, one with `---`, one whose meaning hangs on the order of its
/// keys (an alias before its anchor). Laying it out again changes nothing. O(length log keys).
[[nodiscard]] ERAUDIT_API Checked<std::string> lay_out_rule(const SourcePtr& source,
                                                            const Limits& limits = {});

}  // namespace eraudit
