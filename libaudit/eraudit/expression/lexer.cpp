#include "eraudit/expression/detail/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<std::uint32_t> digit_value(char c, int base) {
  std::uint32_t value = 0;
  if (digit(c)) {
    value = static_cast<std::uint32_t>(c - '0');
  } else if (c >= 'a' && c <= 'f') {
    value = static_cast<std::uint32_t>(c - 'a') + 10;
  } else if (c >= 'A' && c <= 'F') {
    value = static_cast<std::uint32_t>(c - 'A') + 10;
  } else {
    return std::nullopt;
  }
  if (value >= static_cast<std::uint32_t>(base)) return std::nullopt;
  return value;
}

/// What people write, or an editor writes for them, and what CEL has for it.
struct Lookalike {
  std::uint32_t code;
  std::string_view help;
};
constexpr std::array lookalikes{
    Lookalike{0x00A0, "this is a no-break space: write an ordinary one"},
    Lookalike{0x202F, "this is a no-break space: write an ordinary one"},
    Lookalike{0x200B, "this is an invisible space: remove it"},
    Lookalike{0xFEFF, "this is an invisible byte order mark: remove it"},
    Lookalike{0x2018, "these are typographic quotes: write '...'"},
    Lookalike{0x2019, "these are typographic quotes: write '...'"},
    Lookalike{0x201A, "these are typographic quotes: write '...'"},
    Lookalike{0x201C, "these are typographic quotes: write \"...\""},
    Lookalike{0x201D, "these are typographic quotes: write \"...\""},
    Lookalike{0x201E, "these are typographic quotes: write \"...\""},
    Lookalike{0x00AB, "these are typographic quotes: write '...'"},
    Lookalike{0x00BB, "these are typographic quotes: write '...'"},
    Lookalike{0x2013, "this is a dash: write `-`"},
    Lookalike{0x2014, "this is a dash: write `-`"},
    Lookalike{0x2212, "this is a minus sign of typography: write `-`"},
    Lookalike{0x2264, "write `<=`"},
    Lookalike{0x2265, "write `>=`"},
    Lookalike{0x2260, "write `!=`"},
    Lookalike{0x00D7, "write `*`"},
    Lookalike{0x00F7, "write `/`"},
    Lookalike{0x2208, "write `in`"},
    Lookalike{0x2227, "write `&&`"},
    Lookalike{0x2228, "write `||`"},
    Lookalike{0x00AC, "write `!`"},
    Lookalike{0x20AC, "money is written `money('12.50 EUR')`"},
    Lookalike{0x00A3, "money is written `money('12.50 GBP')`"},
    Lookalike{'$', "money is written `money('12.50 USD')`"},
    Lookalike{'#', "comments begin with `//`"},
    Lookalike{';', "an expression has no end mark; conditions are joined with `&&` or `||`"},
    Lookalike{'^', "CEL has no such operator; a power is written `x * x`"},
    Lookalike{'~', "to match a pattern, write `text.matches(r'...')`"},
    Lookalike{'\\', "backslashes stand inside quotes only"},
};

constexpr std::array<std::string_view, 17> reserved_words{
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

}  // namespace

bool reserved_word(std::string_view name) noexcept {
  return std::find(reserved_words.begin(), reserved_words.end(), name) != reserved_words.end();
}

void Lexer::skip_blanks() {
  for (;;) {
    const char c = peek();
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      ++at_;
    } else if (c == '/' && peek(1) == '/') {
      const std::size_t end = source_.find_first_of("\n\r", at_);
      at_ = static_cast<std::uint32_t>(std::min(end, source_.size()));
    } else {
      return;
    }
  }
}

Token Lexer::punctuation(TokenKind kind, std::uint32_t length) {
  Token token;
  token.kind = kind;
  token.span = {at_, length};
  at_ += length;
  return token;
}

void Lexer::fail_operator(std::uint32_t length, std::string help) const {
  throw SyntaxFailure{{at_, length},
                      "'" + std::string(source_.substr(at_, length)) + "' is no operator of CEL",
                      std::move(help)};
}

Token Lexer::next() {
  skip_blanks();
  if (at_ >= source_.size()) {
    Token token;
    token.span = {static_cast<std::uint32_t>(source_.size()), 0};
    return token;
  }
  const char c = peek();
  const char d = peek(1);
  if (letter(c)) return name();
  if (digit(c) || (c == '.' && digit(d))) return number();
  switch (c) {
    case '\'':
    case '"':
      return text(at_, false, false);
    case '`':
      return quoted_name();
    case '(':
      return punctuation(TokenKind::open_paren, 1);
    case ')':
      return punctuation(TokenKind::close_paren, 1);
    case '[':
      return punctuation(TokenKind::open_bracket, 1);
    case ']':
      return punctuation(TokenKind::close_bracket, 1);
    case '{':
      return punctuation(TokenKind::open_brace, 1);
    case '}':
      return punctuation(TokenKind::close_brace, 1);
    case '.':
      return punctuation(TokenKind::dot, 1);
    case ',':
      return punctuation(TokenKind::comma, 1);
    case ':':
      if (d == '=') fail_operator(2, "names are given under `let:`; to compare, write `==`");
      return punctuation(TokenKind::colon, 1);
    case '?':
      if (d == '?') fail_operator(2, "write `has(x) ? x : other`");
      return punctuation(TokenKind::question, 1);
    case '-':
      if (d == '>') fail_operator(2, "arrows belong in `match:`; fields are read with `.`");
      return punctuation(TokenKind::minus, 1);
    case '+':
      return punctuation(TokenKind::plus, 1);
    case '*':
      if (d == '*') fail_operator(2, "CEL has no powers: write `x * x`");
      return punctuation(TokenKind::times, 1);
    case '/':
      return punctuation(TokenKind::divide, 1);
    case '%':
      return punctuation(TokenKind::remainder, 1);
    case '!':
      if (d != '=') return punctuation(TokenKind::not_, 1);
      if (peek(2) == '=') fail_operator(3, "to compare, write `!=`");
      return punctuation(TokenKind::not_equal, 2);
    case '<':
      if (d == '>') fail_operator(2, "to ask whether two values differ, write `!=`");
      return d == '=' ? punctuation(TokenKind::less_equal, 2) : punctuation(TokenKind::less, 1);
    case '>':
      return d == '=' ? punctuation(TokenKind::greater_equal, 2)
                      : punctuation(TokenKind::greater, 1);
    case '=':
      if (d == '=' && peek(2) == '=') fail_operator(3, "to compare, write `==`");
      if (d == '=') return punctuation(TokenKind::equal, 2);
      if (d == '<') fail_operator(2, "write `<=`");
      if (d == '>') fail_operator(2, "write `>=`");
      if (d == '~') fail_operator(2, "to match a pattern, write `text.matches(r'...')`");
      fail_operator(1, "to compare, write `==`");
    case '&':
      if (d == '&') return punctuation(TokenKind::and_, 2);
      fail_operator(1, "write `&&`");
    case '|':
      if (d == '|') return punctuation(TokenKind::or_, 2);
      fail_operator(1, "write `||`");
    default:
      fail_character();
  }
}

void Lexer::fail_character() const {
  const CodePoint code = first_code_point(source_.substr(at_));
  const std::string shown = printable(source_.substr(at_, code.bytes));
  std::string help;
  for (const Lookalike& one : lookalikes) {
    if (one.code == code.value) help = one.help;
  }
  if (help.empty() && code.value >= 0x80) {
    help = "names are written with a-z, A-Z, 0-9 and _; other characters stand in quotes";
  }
  throw SyntaxFailure{{at_, static_cast<std::uint32_t>(code.bytes)},
                      "the character '" + shown + "' does not belong here",
                      std::move(help)};
}

Token Lexer::name() {
  const std::uint32_t begin = at_;
  // r'..', b'..', rb'..', br'..' in either case.
  bool raw = false;
  bool bytes = false;
  for (std::size_t ahead = 0; ahead < 3; ++ahead) {
    const char c = peek(ahead);
    if ((c == 'r' || c == 'R') && !raw) {
      raw = true;
    } else if ((c == 'b' || c == 'B') && !bytes) {
      bytes = true;
    } else if ((c == '\'' || c == '"') && ahead != 0) {
      at_ += static_cast<std::uint32_t>(ahead);
      return text(begin, raw, bytes);
    } else {
      break;
    }
  }
  while (letter(peek()) || digit(peek())) ++at_;
  Token token;
  token.kind = TokenKind::name;
  token.span = {begin, at_ - begin};
  token.text = source_.substr(begin, at_ - begin);
  if (token.text == "in") {
    token.kind = TokenKind::in_;
  } else if (token.text == "true") {
    token.kind = TokenKind::true_;
  } else if (token.text == "false") {
    token.kind = TokenKind::false_;
  } else if (token.text == "null") {
    token.kind = TokenKind::null_;
  }
  return token;
}

Token Lexer::quoted_name() {
  const std::uint32_t begin = at_;
  const std::size_t end = source_.find('`', begin + 1);
  if (end == std::string_view::npos) {
    throw SyntaxFailure{{begin, 1}, "this name is not closed", "a name in backticks ends with '`'"};
  }
  const std::string_view inside = source_.substr(begin + 1, end - begin - 1);
  if (inside.empty()) {
    throw SyntaxFailure{{begin, 2}, "a name in backticks is empty", {}};
  }
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (letter(c) || digit(c) || c == '.' || c == '-' || c == '/' || c == ' ') continue;
    const auto bytes = static_cast<std::uint32_t>(first_code_point(inside.substr(i)).bytes);
    throw SyntaxFailure{{begin + 1 + static_cast<std::uint32_t>(i), bytes},
                        "a name in backticks cannot have this character",
                        "letters, digits, `_ . - /` and blanks can stand there; "
                        "any key can be read as x['...']"};
  }
  at_ = static_cast<std::uint32_t>(end + 1);
  Token token;
  token.kind = TokenKind::quoted_name;
  token.span = {begin, at_ - begin};
  token.text = inside;
  return token;
}

Token Lexer::hexadecimal() {
  const std::uint32_t begin = at_;
  at_ += 2;
  Token token;
  token.kind = TokenKind::integer;
  const char* const first = source_.data() + at_;
  const char* const last = source_.data() + source_.size();
  const auto [stop, problem] = std::from_chars(first, last, token.magnitude, 16);
  if (stop == first) {
    while (letter(peek()) || digit(peek())) ++at_;
    throw SyntaxFailure{{begin, at_ - begin},
                        "'" + std::string(source_.substr(begin, at_ - begin)) + "' is no number",
                        "hexadecimal digits follow `0x`: 0x1F"};
  }
  at_ += static_cast<std::uint32_t>(stop - first);
  if (problem != std::errc()) {
    throw SyntaxFailure{{begin, at_ - begin}, "this number is too large for 64 bits", {}};
  }
  if (peek() == 'u' || peek() == 'U') {
    token.kind = TokenKind::uinteger;
    ++at_;
  }
  if (letter(peek()) || digit(peek())) fail_after_number(begin);
  token.span = {begin, at_ - begin};
  return token;
}

Token Lexer::number() {
  const std::uint32_t begin = at_;
  if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) return hexadecimal();
  Token token;
  token.kind = TokenKind::integer;
  while (digit(peek())) ++at_;
  if (peek() == '.' && peek(1) == '.') {
    std::uint32_t end = at_ + 2;
    while (end < source_.size() && digit(source_[end])) ++end;
    throw SyntaxFailure{
        {begin, end - begin},
        "'" + std::string(source_.substr(begin, end - begin)) + "' is no number",
        "CEL has no ranges: write `low <= x && x <= high`; how often an edge repeats is "
        "written -[...]-{1,3} in `match:`"};
  }
  if (peek() == '.' && digit(peek(1))) {
    token.kind = TokenKind::number;
    ++at_;
    while (digit(peek())) ++at_;
  }
  if (peek() == 'e' || peek() == 'E') {
    const std::size_t sign = (peek(1) == '+' || peek(1) == '-') ? 1 : 0;
    if (digit(peek(1 + sign))) {
      token.kind = TokenKind::number;
      at_ += static_cast<std::uint32_t>(1 + sign);
      while (digit(peek())) ++at_;
    }
  }
  const std::string_view written = source_.substr(begin, at_ - begin);
  if (token.kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
    token.kind = TokenKind::uinteger;
    ++at_;
  }
  if (letter(peek())) fail_after_number(begin);
  token.span = {begin, at_ - begin};
  if (token.kind == TokenKind::number) {
    const auto result =
        std::from_chars(written.data(), written.data() + written.size(), token.number);
    // Too small reads as out of range too, but is a fine zero.
    if (result.ec != std::errc()) {
      const std::size_t exponent = written.find_first_of("eE");
      const bool tiny =
          exponent != std::string_view::npos && written.substr(exponent + 1).starts_with('-');
      if (!tiny) {
        throw SyntaxFailure{token.span, "this number is too large for a double", {}};
      }
      token.number = 0;
    }
    return token;
  }
  const auto result =
      std::from_chars(written.data(), written.data() + written.size(), token.magnitude);
  if (result.ec != std::errc()) {
    throw SyntaxFailure{token.span, "this number is too large for 64 bits",
                        token.kind == TokenKind::integer
                            ? "with a decimal point it is a double: " + std::string(written) + ".0"
                            : ""};
  }
  return token;
}

void Lexer::fail_after_number(std::size_t begin) const {
  std::size_t end = at_;
  while (end < source_.size() && (letter(source_[end]) || digit(source_[end]))) ++end;
  const std::string written(source_.substr(begin, end - begin));
  const std::string digits(source_.substr(begin, at_ - begin));
  const std::string_view tail = source_.substr(at_, end - at_);
  std::string help;
  const bool capitals = tail.size() == 3 && std::all_of(tail.begin(), tail.end(), [](char c) {
                          return c >= 'A' && c <= 'Z';
                        });
  if (tail.front() == '_' &&
      std::all_of(tail.begin(), tail.end(), [](char c) { return digit(c) || c == '_'; })) {
    std::string plain = written;
    plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
    help = "write the digits without separators: " + plain;
  } else if (tail == "d" || tail == "day" || tail == "days") {
    help = "write `days(" + digits + ")`";
  } else if (tail == "s" || tail == "m" || tail == "h" || tail == "ms") {
    help = "write `duration('" + written + "')`";
  } else if (capitals) {
    help = "write `money('" + digits + " " + std::string(tail) + "')`";
  } else {
    help = "names begin with a letter, and text stands in quotes";
  }
  throw SyntaxFailure{{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)},
                      "'" + written + "' is no number",
                      std::move(help)};
}

Token Lexer::text(std::uint32_t begin, bool raw, bool bytes) {
  const char quote = peek();
  const std::uint32_t opener = at_;
  const bool triple = peek(1) == quote && peek(2) == quote;
  at_ += triple ? 3 : 1;
  Token token;
  token.kind = bytes ? TokenKind::bytes : TokenKind::text;
  const std::size_t start = arena_.size();
  for (;;) {
    if (at_ >= source_.size()) break;
    const char c = peek();
    if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
      at_ += triple ? 3 : 1;
      token.span = {begin, at_ - begin};
      token.text = std::string_view(arena_).substr(start);
      return token;
    }
    if (!triple && (c == '\n' || c == '\r')) break;
    if (c == '\\' && !raw) {
      escape(opener, bytes);
    } else {
      arena_.push_back(c);
      ++at_;
    }
  }
  const std::string mark(triple ? 3 : 1, quote);
  std::string help = "text that begins with " + mark + " ends with " + mark;
  if (!triple) help += " on the same line; long text goes between " + std::string(3, quote);
  throw SyntaxFailure{{begin, static_cast<std::uint32_t>(opener - begin + mark.size())},
                      "this text is not closed",
                      std::move(help)};
}

std::uint32_t Lexer::digits(std::uint32_t begin, std::size_t count, int base) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto one = digit_value(peek(), base);
    if (!one) {
      const std::string_view kind = base == 8 ? "octal" : "hexadecimal";
      throw SyntaxFailure{
          {begin, at_ - begin},
          "'" + std::string(source_.substr(begin, at_ - begin)) + "' is no complete escape",
          std::to_string(count) + " " + std::string(kind) + " digits belong there"};
    }
    value = value * static_cast<std::uint32_t>(base) + *one;
    ++at_;
  }
  return value;
}

void Lexer::escape(std::uint32_t quote, bool bytes) {
  const std::uint32_t begin = at_;
  const char c = peek(1);
  at_ += 2;
  const auto code_point = [&](std::size_t count) {
    const std::uint32_t value = digits(begin, count, 16);
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
      throw SyntaxFailure{
          {begin, at_ - begin},
          "'" + std::string(source_.substr(begin, at_ - begin)) + "' is no character",
          value > 0x10FFFF ? "the last one is \\U0010FFFF"
                           : "surrogates are no characters: write the character itself, "
                             "or \\U with eight digits"};
    }
    append_utf8(arena_, value);
  };
  switch (c) {
    case '\\':
    case '?':
    case '"':
    case '\'':
    case '`':
      arena_.push_back(c);
      return;
    case 'a':
      arena_.push_back('\a');
      return;
    case 'b':
      arena_.push_back('\b');
      return;
    case 'f':
      arena_.push_back('\f');
      return;
    case 'n':
      arena_.push_back('\n');
      return;
    case 'r':
      arena_.push_back('\r');
      return;
    case 't':
      arena_.push_back('\t');
      return;
    case 'v':
      arena_.push_back('\v');
      return;
    case 'x':
    case 'X': {
      const std::uint32_t value = digits(begin, 2, 16);
      if (bytes) {
        arena_.push_back(static_cast<char>(value));
      } else {
        append_utf8(arena_, value);
      }
      return;
    }
    case 'u':
    case 'U':
      if (bytes) {
        throw SyntaxFailure{{begin, 2},
                            "'" + std::string(source_.substr(begin, 2)) + "' cannot stand in bytes",
                            "write the octets: \\xC3\\xBF"};
      }
      code_point(c == 'u' ? 4 : 8);
      return;
    case '0':
    case '1':
    case '2':
    case '3': {
      --at_;
      const std::uint32_t value = digits(begin, 3, 8);
      if (bytes) {
        arena_.push_back(static_cast<char>(value));
      } else {
        append_utf8(arena_, value);
      }
      return;
    }
    default:
      break;
  }
  at_ = begin;
  if (begin + 1 >= source_.size() || c == '\n' || c == '\r') {
    throw SyntaxFailure{{quote, 1},
                        "this text is not closed",
                        "a backslash is written \\\\, or the text as r'...'"};
  }
  const auto length =
      static_cast<std::uint32_t>(1 + first_code_point(source_.substr(begin + 1)).bytes);
  throw SyntaxFailure{{begin, length},
                      "'" + printable(source_.substr(begin, length)) + "' is no escape of CEL",
                      "patterns are best written raw: r'\\d+'; a backslash itself is \\\\"};
}

}  // namespace eraudit::detail
