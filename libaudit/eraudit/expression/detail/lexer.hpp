#pragma once
// Tokens of CEL text. Private to the module; patterns use it to find where the CEL inside them
// ends.

#include <cstdint>
#include <string>
#include <string_view>

#include "eraudit/core/source.hpp"

namespace eraudit::detail {

enum class TokenKind : std::uint8_t {
  end,
  name,         ///< `text`: reserved words too
  quoted_name,  ///< `text`: between backticks
  integer,      ///< `magnitude`, at most 2^64-1: the parser knows the sign
  uinteger,     ///< `magnitude`
  number,       ///< `number`
  text,
  bytes,  ///< `text`: escapes resolved
  true_,
  false_,
  null_,
  in_,
  open_paren,
  close_paren,
  open_bracket,
  close_bracket,
  open_brace,
  close_brace,
  dot,
  comma,
  colon,
  question,
  not_,
  minus,
  plus,
  times,
  divide,
  remainder,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  and_,
  or_,
};

struct Token {
  TokenKind kind = TokenKind::end;
  Span span;
  std::string_view text;
  std::uint64_t magnitude = 0;
  double number = 0;
};

/// Thrown inside the module at the first mistake; `parse_expression` makes a diagnostic of it.
struct SyntaxFailure {
  Span span;
  std::string message;
  std::string help;
  std::string_view id = "cel-syntax";
};

/// One token after another. `source` and `arena` must outlive the tokens; `arena` must have a
/// capacity of at least the length of `source`, so that it never moves.
class Lexer {
 public:
  Lexer(std::string_view source, std::string& arena) : source_(source), arena_(arena) {}

  /// Throws `SyntaxFailure`.
  [[nodiscard]] Token next();
  [[nodiscard]] std::string_view source() const noexcept { return source_; }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  void skip_blanks();
  [[nodiscard]] Token punctuation(TokenKind kind, std::uint32_t length);
  [[nodiscard]] Token name();
  [[nodiscard]] Token quoted_name();
  [[nodiscard]] Token number();
  [[nodiscard]] Token hexadecimal();
  [[noreturn]] void fail_after_number(std::size_t begin) const;
  [[nodiscard]] Token text(std::uint32_t begin, bool raw, bool bytes);
  void escape(std::uint32_t quote, bool bytes);
  [[nodiscard]] std::uint32_t digits(std::uint32_t begin, std::size_t count, int base);
  [[noreturn]] void fail_character() const;
  [[noreturn]] void fail_operator(std::uint32_t length, std::string help) const;

  std::string_view source_;
  std::string& arena_;
  std::uint32_t at_ = 0;
};

/// `as break const ...`: words that CEL keeps for itself. Fields and methods may have them.
[[nodiscard]] bool reserved_word(std::string_view name) noexcept;

}  // namespace eraudit::detail
