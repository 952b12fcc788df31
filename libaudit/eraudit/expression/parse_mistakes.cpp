// What is said about an expression that cannot be read, and what to write instead.

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/parser.hpp"

namespace eraudit::detail {
namespace {

/// A word that CEL does not know where it stands, and what to write instead.
struct Word {
  std::string_view word;
  std::string_view help;
};
constexpr std::array operator_words{
    Word{"and", "write `&&`"},
    Word{"or", "write `||`"},
    Word{"not", "write `!(x in list)` for \"not in\", `!=` for \"is not\""},
    Word{"is", "to compare, write `==`"},
    Word{"equals", "to compare, write `==`"},
    Word{"eq", "to compare, write `==`"},
    Word{"xor", "of two conditions exactly one holds if `a != b`"},
    Word{"mod", "write `%`"},
    Word{"div", "write `/`"},
    Word{"contains", "methods are called: `text.contains('part')`; for lists write `item in list`"},
    Word{"startsWith", "methods are called: `text.startsWith('part')`"},
    Word{"endsWith", "methods are called: `text.endsWith('part')`"},
    Word{"matches", "methods are called: `text.matches(r'pattern')`"},
    Word{"like", "to match a pattern, write `text.matches(r'pattern')`"},
    Word{"between", "write `low <= x && x <= high`"},
    Word{"then", "write `condition ? value : other`"},
    Word{"else", "write `condition ? value : other`"},
    Word{"if", "write `condition ? value : other`"},
};
constexpr std::string_view no_loops =
    "there are no loops: write `list.exists(x, condition)`, `list.all(...)`, `list.filter(...)` or "
    "`list.map(...)`";
constexpr std::string_view no_assignments =
    "names are given under `let:` of the rule, or as `cel.bind(name, value, expression)`";
constexpr std::array reserved_helps{
    Word{"if", "write `condition ? value : other`"},
    Word{"else", "write `condition ? value : other`"},
    Word{"for", no_loops},
    Word{"while", no_loops},
    Word{"loop", no_loops},
    Word{"let", no_assignments},
    Word{"var", no_assignments},
    Word{"const", no_assignments},
    Word{"function", "functions cannot be defined in an expression"},
    Word{"return", "an expression is its own result: leave `return` out"},
};

std::string help_for(std::span<const Word> words, std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const Word& one : words) {
    if (one.word == word || one.word == lower) return std::string(one.help);
  }
  return {};
}

bool currency_like(std::string_view word) {
  return word.size() == 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string_view spelling(TokenKind bracket) noexcept {
  switch (bracket) {
    case TokenKind::open_paren:
      return "(";
    case TokenKind::close_paren:
      return ")";
    case TokenKind::open_bracket:
      return "[";
    case TokenKind::close_bracket:
      return "]";
    case TokenKind::open_brace:
      return "{";
    case TokenKind::close_brace:
      return "}";
    default:
      return "";
  }
}

TokenKind closer_of(TokenKind opener) noexcept {
  switch (opener) {
    case TokenKind::open_paren:
      return TokenKind::close_paren;
    case TokenKind::open_bracket:
      return TokenKind::close_bracket;
    default:
      return TokenKind::close_brace;
  }
}

bool is_closer(TokenKind kind) noexcept {
  return kind == TokenKind::close_paren || kind == TokenKind::close_bracket ||
         kind == TokenKind::close_brace;
}

bool begins_operand(TokenKind kind) noexcept {
  switch (kind) {
    case TokenKind::name:
    case TokenKind::integer:
    case TokenKind::uinteger:
    case TokenKind::number:
    case TokenKind::text:
    case TokenKind::bytes:
    case TokenKind::true_:
    case TokenKind::false_:
    case TokenKind::null_:
    case TokenKind::open_paren:
      return true;
    default:
      return false;
  }
}

std::string Parser::found() const {
  if (token_.kind == TokenKind::end) return "the end";
  const std::string_view text = written(token_.span);
  if (token_.kind == TokenKind::text || token_.kind == TokenKind::bytes) {
    return code_points(text) > 24 ? "a text" : "the text " + std::string(text);
  }
  return "'" + std::string(text) + "'";
}

std::string Parser::yaml_help() const {
  return cut_by_comment
             ? "YAML reads ' #' as the begin of a comment: write the expression as a block (`|`)"
             : "";
}

void Parser::fail(Span span, std::string message, std::string help) const {
  throw SyntaxFailure{span, std::move(message), std::move(help)};
}

void Parser::fail_depth(Span at) const {
  throw SyntaxFailure{
      at, "this is nested deeper than " + std::to_string(limits_.expression_depth) + " levels",
      "split it up with `let:`", "cel-limit"};
}

void Parser::fail_unclosed() const {
  const Opener& opener = openers_.back();
  std::string help = yaml_help();
  if (help.empty()) help = "add '" + std::string(spelling(closer_of(opener.kind))) + "'";
  fail(opener.span, "this '" + std::string(spelling(opener.kind)) + "' is not closed",
       std::move(help));
}

void Parser::fail_closer(const std::string& expected) const {
  const std::string closer(spelling(token_.kind));
  if (openers_.empty()) fail(token_.span, "this '" + closer + "' closes nothing");
  fail(token_.span, "expected " + expected + ", found '" + closer + "'",
       "the innermost open bracket is '" + std::string(spelling(openers_.back().kind)) + "'");
}

void Parser::fail_expected(const std::string& expected, std::string help) const {
  if (token_.kind == TokenKind::end && help.empty()) help = yaml_help();
  fail(token_.span, "expected " + expected + ", found " + found(), std::move(help));
}

/// Returns if the word says nothing in particular.
void Parser::fail_word(const std::string& expected) const {
  const std::string_view word = written(token_.span);
  const bool adjacent = previous_.span.offset + previous_.span.length == token_.span.offset;
  if (adjacent && previous_.kind == TokenKind::text) {
    fail_expected(expected,
                  "an apostrophe inside text is written \\', or the text in double quotes");
  }
  std::string help = help_for(operator_words, word);
  if (!help.empty()) {
    fail(token_.span, "'" + std::string(word) + "' is no operator of CEL", std::move(help));
  }
  if (previous_.kind != TokenKind::integer && previous_.kind != TokenKind::number) return;
  const std::string number(written(previous_.span));
  if (currency_like(word)) {
    fail_expected(expected, "write `money('" + number + " " + std::string(word) + "')`");
  }
  if (word == "days" || word == "day") fail_expected(expected, "write `days(" + number + ")`");
}

/// At a token that is neither an operator nor `expected`.
void Parser::fail_expected_operator(const std::string& expected) const {
  if (token_.kind == TokenKind::end) {
    if (!openers_.empty()) fail_unclosed();
    fail_expected(expected);
  }
  if (is_closer(token_.kind) &&
      (openers_.empty() || closer_of(openers_.back().kind) != token_.kind)) {
    fail_closer(expected);
  }
  const std::string wanted = openers_.empty() ? "an operator" : "an operator or " + expected;
  if (token_.kind == TokenKind::name) fail_word(wanted);
  if (token_.kind == TokenKind::not_) fail_expected(wanted, "write `!(x in list)` for \"not in\"");
  if (token_.kind == TokenKind::colon && openers_.empty()) {
    fail_expected(wanted, "`:` belongs to `condition ? value : other` and to maps");
  }
  if (token_.kind == TokenKind::number && written(token_.span).starts_with('.')) {
    fail(token_.span,
         "'" + std::string(written(token_.span)) + "' is no field: names begin with a letter",
         "the elements of a list are numbered: `list[0]`");
  }
  if (begins_operand(token_.kind)) {
    const bool items = !openers_.empty() && expected.starts_with("',' or ");
    fail_expected(wanted,
                  items ? "items are separated by ','" : "conditions are joined with `&&` or `||`");
  }
  if (token_.kind == TokenKind::comma && openers_.empty()) {
    fail_expected(wanted, "a list is written in square brackets: [a, b]");
  }
  fail_expected(expected);
}

void Parser::fail_expected_operand() const {
  const std::string before(written(previous_.span));
  const bool first = previous_.span.length == 0;
  const bool after_opener =
      !openers_.empty() && previous_.span.offset == openers_.back().span.offset;
  if (token_.kind == TokenKind::end) {
    if (after_opener || (previous_.kind == TokenKind::comma && !openers_.empty())) fail_unclosed();
    fail(first ? token_.span : previous_.span, "nothing follows '" + before + "'", yaml_help());
  }
  if (is_closer(token_.kind)) {
    if (openers_.empty() || closer_of(openers_.back().kind) != token_.kind) fail_closer("a value");
    if (after_opener) fail_expected("a value");
    fail(previous_.span, "nothing follows '" + before + "'");
  }
  switch (token_.kind) {
    case TokenKind::quoted_name:
      fail_expected("a value",
                    "backticks quote names of fields, after '.'; text stands in '...' or \"...\"");
    case TokenKind::in_:
      fail_expected("a value", "write `item in list`");
    case TokenKind::plus:
      fail_expected("a value", "there is no leading plus");
    case TokenKind::times:
      if (first) {
        fail_expected("a value", "how often an edge repeats is written -[...]-{1,3} in `match:`");
      }
      break;
    case TokenKind::colon:
      if (previous_.kind == TokenKind::question) {
        fail_expected("a value", "write `condition ? value : other`");
      }
      break;
    default:
      break;
  }
  fail_expected("a value");
}

void Parser::fail_expected_field() const {
  switch (token_.kind) {
    case TokenKind::true_:
    case TokenKind::false_:
    case TokenKind::null_:
    case TokenKind::in_: {
      const std::string word(written(token_.span));
      fail(token_.span, "'" + word + "' cannot be the name of a field",
           "write `x['" + word + "']`");
    }
    case TokenKind::text:
      fail_expected("the name of a field", "write `x['name']` or x.`name`");
    case TokenKind::times:
      fail_expected("the name of a field", "over all elements of a list: `list.map(x, x.name)`");
    case TokenKind::end:
      fail(previous_.span, "nothing follows '.'", yaml_help());
    default:
      fail_expected("the name of a field");
  }
}

void Parser::fail_reserved(const Token& token) const {
  fail(token.span, "'" + std::string(token.text) + "' is a reserved word of CEL",
       help_for(reserved_helps, token.text));
}

}  // namespace eraudit::detail
