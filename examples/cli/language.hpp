#pragma once
// --lang: which language is asked for, whether there is any text in it, and what reads in another.

#include <string>

#include "command.hpp"
#include "eraudit/report/report_file.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::cli {

inline constexpr const char* language_help =
    "language of texts: en, fr, es, or one that the rules have (ne, pt-BR)";

/// The tag that `--lang` names, as BCP 47 has it written; `en` without it. Throws `UsageError` for
/// what is no tag.
[[nodiscard]] std::string language_of(const Arguments& arguments);

// Each throws `UsageError` if there is no text in `language`, and says in one line on standard
// error what reads in another language.
void settle_language(const std::string& language, const Rules& rules);
void settle_language(const std::string& language, const ReportFile& report);
void settle_language(const std::string& language, const Schema& schema);

}  // namespace eraudit::cli
