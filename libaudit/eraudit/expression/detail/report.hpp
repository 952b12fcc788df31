#pragma once
// Diagnostics about a stretch of an expression. Private to the module.

#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit::detail {

void report(Diagnostics& diagnostics, const ExpressionText& text, DiagnosticLevel level, Span span,
            std::string_view id, std::string message, std::string help = {});

}  // namespace eraudit::detail
