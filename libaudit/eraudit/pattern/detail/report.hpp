#pragma once
// Places of a pattern in its file.

#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit::pattern_detail {

/// Diagnostics about a pattern; keeps the source that positions are of.
class Reporter {
 public:
  Reporter(const ExpressionText& text, Diagnostics& diagnostics);

  void error(Span span, std::string_view id, std::string message, std::string help = {});
  void warning(Span span, std::string_view id, std::string message, std::string help = {});
  void append(const Diagnostics& diagnostics) { diagnostics_.append(diagnostics); }
  [[nodiscard]] std::size_t errors() const noexcept { return diagnostics_.errors(); }

  [[nodiscard]] const ExpressionText& text() const noexcept { return text_; }
  [[nodiscard]] std::string_view written(Span span) const {
    return std::string_view(text_.text).substr(span.offset, span.length);
  }
  /// A part of the text as an expression of its own, at the same place; without blanks at its ends.
  [[nodiscard]] ExpressionText part(std::uint32_t begin, std::uint32_t end) const;

 private:
  ExpressionText text_;  ///< always with a source
  Diagnostics& diagnostics_;
};

}  // namespace eraudit::pattern_detail
