#pragma once
// Recursive descent over pattern text; no part of it nests, besides CEL.

#include <optional>
#include <string>
#include <string_view>

#include "eraudit/pattern/detail/report.hpp"
#include "eraudit/pattern/syntax.hpp"

namespace eraudit::pattern_detail {

class Parser {
 public:
  Parser(Reporter& reporter, const PatternLimits& limits)
      : reporter_(reporter), limits_(limits), text_(reporter.text().text) {}

  /// Mistakes go to the reporter.
  [[nodiscard]] PatternTree parse();

 private:
  struct Failure {
    Span span;
    std::string message;
    std::string help;
    std::string_view id = "pattern-syntax";
  };

  // Grammar.
  void path(PatternTree& tree);
  void head(PatternPath& path);
  void mode(PatternPath& path);
  [[nodiscard]] bool element(PatternPath& path, bool edge);
  void node(PatternElement& element);
  void edge(PatternElement& element);
  void filler(PatternElement& element, char closer, std::uint32_t opener);
  void labels(PatternElement& element, bool of_edge);
  [[nodiscard]] PatternLabel factor(bool of_edge);
  void where(PatternElement& element);
  void map(PatternElement& element);
  void condition(PatternElement& element, PatternWord key, bool at_comma);
  void quantifier(PatternElement& element);
  [[nodiscard]] std::uint32_t number();
  void arrow_end(PatternElement& element, std::uint32_t begin);
  [[noreturn]] void after_path();

  // Characters.
  void skip();
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool at_end() const noexcept { return at_ >= text_.size(); }
  [[nodiscard]] bool accept(std::string_view token);
  [[nodiscard]] PatternWord word();
  [[nodiscard]] PatternWord peek_word();
  [[nodiscard]] bool begins_edge() const noexcept { return peek() == '-' || peek() == '<'; }
  [[nodiscard]] Span here() const;  ///< the word or sign that stands here
  [[nodiscard]] std::string found() const;
  [[nodiscard]] bool recover(std::uint32_t begin, bool edge);
  void report(Failure failure);
  [[noreturn]] static void fail(Span span, std::string message, std::string help = {},
                                std::string_view id = "pattern-syntax");

  Reporter& reporter_;
  const PatternLimits& limits_;
  std::string_view text_;
  std::uint32_t at_ = 0;
  std::size_t elements_ = 0;
};

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b) noexcept;

}  // namespace eraudit::pattern_detail
