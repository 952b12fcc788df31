#pragma once
// Recursive descent over CEL. Private to the module.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/limits.hpp"
#include "eraudit/expression/detail/lexer.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit::detail {

/// Reads one expression into a tree; throws `SyntaxFailure` at the first mistake.
class Parser {
 public:
  Parser(std::string_view source, const Limits& limits, SyntaxTree& tree);

  void parse();
  /// The text ends where YAML found a comment: said where the end comes too early.
  bool cut_by_comment = false;

 private:
  /// A node and the stretch it was read from, parentheses included.
  struct Parsed {
    std::uint32_t node = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Opener {
    TokenKind kind;
    Span span;
  };
  struct Deeper;

  // Nodes.
  std::uint32_t add(SyntaxNode node, std::span<const std::uint32_t> children);
  [[nodiscard]] std::string_view keep(std::string_view text);

  // Grammar.
  Parsed expression();
  Parsed chain(TokenKind kind);
  Parsed binary(int precedence);
  Parsed unary();
  Parsed literal(std::optional<Span> minus);
  Parsed primary();
  Parsed parenthesised();
  Parsed name(bool leading_dot, std::uint32_t begin);
  std::vector<std::uint32_t> call_arguments();
  Parsed list();
  Parsed map();
  Parsed member(Parsed operand);
  Parsed select(Parsed operand);
  Parsed index(Parsed operand);
  Parsed message(Parsed operand);
  [[nodiscard]] bool names_type(const Parsed& operand) const;

  // Tokens.
  void advance();
  bool accept(TokenKind kind);
  void open();
  std::uint32_t close();
  [[nodiscard]] bool in_call() const;

  // Mistakes (parse_mistakes.cpp).
  [[nodiscard]] std::string_view written(Span span) const {
    return source_.substr(span.offset, span.length);
  }
  [[nodiscard]] std::string found() const;
  [[nodiscard]] std::string yaml_help() const;
  [[noreturn]] void fail(Span span, std::string message, std::string help = {}) const;
  [[noreturn]] void fail_depth(Span at) const;
  [[noreturn]] void fail_unclosed() const;
  [[noreturn]] void fail_closer(const std::string& expected) const;
  [[noreturn]] void fail_expected(const std::string& expected, std::string help = {}) const;
  [[noreturn]] void fail_expected_operator(const std::string& expected) const;
  void fail_word(const std::string& expected) const;
  [[noreturn]] void fail_expected_operand() const;
  [[noreturn]] void fail_expected_field() const;
  [[noreturn]] void fail_reserved(const Token& token) const;

  std::string_view source_;
  const Limits& limits_;
  SyntaxTree& tree_;
  Lexer lexer_;
  Token token_;
  Token previous_;
  std::size_t depth_ = 0;
  std::vector<std::uint32_t> heights_;
  std::vector<Opener> openers_;
};

[[nodiscard]] std::string_view spelling(TokenKind bracket) noexcept;
[[nodiscard]] TokenKind closer_of(TokenKind opener) noexcept;
[[nodiscard]] bool is_closer(TokenKind kind) noexcept;
[[nodiscard]] bool begins_operand(TokenKind kind) noexcept;

}  // namespace eraudit::detail
