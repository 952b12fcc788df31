#include "eraudit/expression/detail/parser.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/report.hpp"

namespace eraudit {
namespace detail {
namespace {

struct Operator {
  TokenKind token;
  SyntaxKind kind;
  int precedence;
};
constexpr int relation_precedence = 1;
constexpr std::array operators{
    Operator{TokenKind::less, SyntaxKind::less, relation_precedence},
    Operator{TokenKind::less_equal, SyntaxKind::less_equal, relation_precedence},
    Operator{TokenKind::greater, SyntaxKind::greater, relation_precedence},
    Operator{TokenKind::greater_equal, SyntaxKind::greater_equal, relation_precedence},
    Operator{TokenKind::equal, SyntaxKind::equal, relation_precedence},
    Operator{TokenKind::not_equal, SyntaxKind::not_equal, relation_precedence},
    Operator{TokenKind::in_, SyntaxKind::in, relation_precedence},
    Operator{TokenKind::plus, SyntaxKind::add, 2},
    Operator{TokenKind::minus, SyntaxKind::subtract, 2},
    Operator{TokenKind::times, SyntaxKind::multiply, 3},
    Operator{TokenKind::divide, SyntaxKind::divide, 3},
    Operator{TokenKind::remainder, SyntaxKind::remainder, 3},
};

const Operator* find_operator(TokenKind token) {
  for (const Operator& one : operators) {
    if (one.token == token) return &one;
  }
  return nullptr;
}

SyntaxNode make(SyntaxKind kind, std::uint32_t begin, std::uint32_t end, Span at) {
  SyntaxNode node;
  node.kind = kind;
  node.span = {begin, end - begin};
  node.at = at;
  return node;
}

std::uint32_t end_of(Span span) {
  return span.offset + span.length;
}

std::string& arena_of(SyntaxTree& tree, std::string_view source) {
  tree.strings.resize(1);
  // A stretch of the source is kept at most twice: resolved or as a name, and in the dotted name of
  // a message. So the arena never moves.
  tree.strings[0].reserve(2 * source.size() + 1);
  return tree.strings[0];
}

}  // namespace

Parser::Parser(std::string_view source, const Limits& limits, SyntaxTree& tree)
    : source_(source), limits_(limits), tree_(tree), lexer_(source, arena_of(tree, source)) {
  tree_.nodes.reserve(source.size() / 4 + 4);
  tree_.child_ids.reserve(source.size() / 4 + 4);
  heights_.reserve(source.size() / 4 + 4);
}

void Parser::parse() {
  advance();
  if (token_.kind == TokenKind::end) {
    fail({0, static_cast<std::uint32_t>(source_.size())}, "there is no expression", yaml_help());
  }
  const Parsed whole = expression();
  if (token_.kind != TokenKind::end) fail_expected_operator("the end of the expression");
  tree_.root = whole.node;
}

void Parser::advance() {
  previous_ = token_;
  token_ = lexer_.next();
}

bool Parser::accept(TokenKind kind) {
  if (token_.kind != kind) return false;
  advance();
  return true;
}

void Parser::open() {
  openers_.push_back({token_.kind, token_.span});
  advance();
}

/// Whether the innermost bracket encloses arguments.
bool Parser::in_call() const {
  const std::uint32_t at = openers_.back().span.offset;
  if (at == 0) return false;
  const char before = source_[at - 1];
  return (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
         (before >= '0' && before <= '9') || before == '_';
}

/// The byte after the closing bracket.
std::uint32_t Parser::close() {
  const TokenKind opener = openers_.back().kind;
  if (token_.kind != closer_of(opener)) {
    const std::string expected = opener != TokenKind::open_paren || in_call() ? "',' or " : "";
    fail_expected_operator(expected + "'" + std::string(spelling(closer_of(opener))) + "'");
  }
  openers_.pop_back();
  const std::uint32_t end = end_of(token_.span);
  advance();
  return end;
}

std::uint32_t Parser::add(SyntaxNode node, std::span<const std::uint32_t> children) {
  node.first_child = static_cast<std::uint32_t>(tree_.child_ids.size());
  node.children = static_cast<std::uint32_t>(children.size());
  tree_.child_ids.insert(tree_.child_ids.end(), children.begin(), children.end());
  std::uint32_t height = 1;
  for (const std::uint32_t child : children) height = std::max(height, heights_[child] + 1);
  if (height > limits_.expression_depth) fail_depth(node.at);
  heights_.push_back(height);
  tree_.nodes.push_back(node);
  return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
}

/// `text` in the arena of the tree, which outlives the source.
std::string_view Parser::keep(std::string_view text) {
  std::string& arena = tree_.strings[0];
  const std::size_t start = arena.size();
  arena.append(text);
  return std::string_view(arena).substr(start);
}

struct Parser::Deeper {
  explicit Deeper(Parser& owner) : parser(owner) {
    if (++parser.depth_ > parser.limits_.expression_depth) parser.fail_depth(parser.token_.span);
  }
  ~Deeper() { --parser.depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  Parser& parser;
};

Parser::Parsed Parser::expression() {
  const Deeper deeper(*this);
  Parsed condition = chain(TokenKind::or_);
  if (token_.kind != TokenKind::question) return condition;
  const Span at = token_.span;
  advance();
  const Parsed yes = chain(TokenKind::or_);
  if (token_.kind != TokenKind::colon) {
    const bool over =
        token_.kind == TokenKind::end || is_closer(token_.kind) || token_.kind == TokenKind::comma;
    if (over) fail(at, "this '?' has no ':'", "write `condition ? value : other`");
    fail_expected_operator("':'");
  }
  advance();
  const Parsed no = expression();
  const std::array children{condition.node, yes.node, no.node};
  condition.node = add(make(SyntaxKind::conditional, condition.begin, no.end, at), children);
  condition.end = no.end;
  return condition;
}

/// `a || b || c` or `a && b && c` as one node.
Parser::Parsed Parser::chain(TokenKind kind) {
  const auto operand = [&] {
    return kind == TokenKind::or_ ? chain(TokenKind::and_) : binary(relation_precedence);
  };
  Parsed first = operand();
  if (token_.kind != kind) return first;
  const Span at = token_.span;
  std::vector<std::uint32_t> children{first.node};
  while (accept(kind)) {
    const Parsed next = operand();
    children.push_back(next.node);
    first.end = next.end;
  }
  const SyntaxKind made = kind == TokenKind::or_ ? SyntaxKind::or_ : SyntaxKind::and_;
  first.node = add(make(made, first.begin, first.end, at), children);
  return first;
}

Parser::Parsed Parser::binary(int precedence) {
  Parsed left = unary();
  for (;;) {
    const Operator* const op = find_operator(token_.kind);
    if (op == nullptr || op->precedence < precedence) return left;
    const Span at = token_.span;
    advance();
    const Parsed right = binary(op->precedence + 1);
    const std::array children{left.node, right.node};
    left.node = add(make(op->kind, left.begin, right.end, at), children);
    left.end = right.end;
  }
}

Parser::Parsed Parser::unary() {
  if (token_.kind != TokenKind::not_ && token_.kind != TokenKind::minus) return member(primary());
  const Deeper deeper(*this);
  const Token sign = token_;
  advance();
  if (sign.kind == TokenKind::minus &&
      (token_.kind == TokenKind::integer || token_.kind == TokenKind::number)) {
    return member(literal(sign.span));
  }
  const Parsed operand = unary();
  const std::array children{operand.node};
  const SyntaxKind kind = sign.kind == TokenKind::not_ ? SyntaxKind::not_ : SyntaxKind::negate;
  const std::uint32_t begin = sign.span.offset;
  return {add(make(kind, begin, operand.end, sign.span), children), begin, operand.end};
}

/// A literal; `minus` is the sign before it, if there is one.
Parser::Parsed Parser::literal(std::optional<Span> minus) {
  const Token& token = token_;
  const std::uint32_t begin = minus ? minus->offset : token.span.offset;
  const std::uint32_t end = end_of(token.span);
  SyntaxNode node = make(SyntaxKind::null, begin, end, {begin, end - begin});
  constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
  switch (token.kind) {
    case TokenKind::integer:
      node.kind = SyntaxKind::integer;
      if (token.magnitude > largest + (minus ? 1 : 0)) {
        fail(node.span, "this number is too large for an int of 64 bits",
             "with a decimal point it is a double");
      }
      node.integer = static_cast<std::int64_t>(minus ? ~token.magnitude + 1 : token.magnitude);
      break;
    case TokenKind::number:
      node.kind = SyntaxKind::number;
      node.number = minus ? -token.number : token.number;
      break;
    case TokenKind::uinteger:
      node.kind = SyntaxKind::uinteger;
      node.uinteger = token.magnitude;
      break;
    case TokenKind::text:
      node.kind = SyntaxKind::text;
      break;
    case TokenKind::bytes:
      node.kind = SyntaxKind::bytes;
      break;
    case TokenKind::true_:
    case TokenKind::false_:
      node.kind = SyntaxKind::boolean;
      node.integer = token.kind == TokenKind::true_ ? 1 : 0;
      break;
    default:
      break;
  }
  node.text = token.text;
  advance();
  return {add(node, {}), begin, end};
}

Parser::Parsed Parser::primary() {
  switch (token_.kind) {
    case TokenKind::integer:
    case TokenKind::uinteger:
    case TokenKind::number:
    case TokenKind::text:
    case TokenKind::bytes:
    case TokenKind::true_:
    case TokenKind::false_:
    case TokenKind::null_:
      return literal({});
    case TokenKind::open_paren:
      return parenthesised();
    case TokenKind::open_bracket:
      return list();
    case TokenKind::open_brace:
      return map();
    case TokenKind::name:
      return name(false, token_.span.offset);
    case TokenKind::dot: {
      const std::uint32_t begin = token_.span.offset;
      advance();
      if (token_.kind != TokenKind::name) fail_expected("a name after '.'");
      return name(true, begin);
    }
    default:
      fail_expected_operand();
  }
}

Parser::Parsed Parser::parenthesised() {
  const std::uint32_t begin = token_.span.offset;
  open();
  const Parsed inside = expression();
  if (token_.kind == TokenKind::comma) {
    fail(token_.span, "expected ')', found ','", "a list is written in square brackets: [a, b]");
  }
  return {inside.node, begin, close()};
}

Parser::Parsed Parser::name(bool leading_dot, std::uint32_t begin) {
  const Token token = token_;
  if (reserved_word(token.text)) fail_reserved(token);
  advance();
  SyntaxNode node = make(SyntaxKind::name, begin, end_of(token.span), token.span);
  node.leading_dot = leading_dot;
  node.text = keep(token.text);
  if (token_.kind == TokenKind::open_paren && token.text != "not") {
    node.kind = SyntaxKind::call;
    const std::vector<std::uint32_t> arguments = call_arguments();
    node.span.length = end_of(previous_.span) - begin;
    return {add(node, arguments), begin, end_of(node.span)};
  }
  if (begins_operand(token_.kind) &&
      (token.text == "not" || token.text == "NOT" || token.text == "Not")) {
    fail(token.span, "'" + std::string(token.text) + "' is no operator of CEL", "write `!`");
  }
  return {add(node, {}), begin, end_of(node.span)};
}

std::vector<std::uint32_t> Parser::call_arguments() {
  open();
  std::vector<std::uint32_t> arguments;
  while (token_.kind != TokenKind::close_paren || !arguments.empty()) {
    if (token_.kind == TokenKind::close_paren) {
      fail(previous_.span, "nothing follows ','", "a call has no comma before ')'");
    }
    arguments.push_back(expression().node);
    if (!accept(TokenKind::comma)) break;
  }
  close();
  return arguments;
}

Parser::Parsed Parser::list() {
  const Span at = token_.span;
  open();
  std::vector<std::uint32_t> items;
  while (token_.kind != TokenKind::close_bracket) {
    const bool optional = accept(TokenKind::question);
    const std::uint32_t item = expression().node;
    tree_.nodes[item].optional_entry = optional;
    items.push_back(item);
    if (!accept(TokenKind::comma)) break;
  }
  const std::uint32_t end = close();
  return {add(make(SyntaxKind::list, at.offset, end, at), items), at.offset, end};
}

Parser::Parsed Parser::map() {
  const Span at = token_.span;
  open();
  std::vector<std::uint32_t> entries;
  while (token_.kind != TokenKind::close_brace) {
    const bool optional = accept(TokenKind::question);
    const std::uint32_t key = expression().node;
    tree_.nodes[key].optional_entry = optional;
    if (token_.kind == TokenKind::end) fail_unclosed();
    if (token_.kind != TokenKind::colon) {
      fail_expected("':' and a value", "a map is written {key: value}, a list [a, b]");
    }
    advance();
    entries.push_back(key);
    entries.push_back(expression().node);
    if (!accept(TokenKind::comma)) break;
  }
  const std::uint32_t end = close();
  return {add(make(SyntaxKind::map, at.offset, end, at), entries), at.offset, end};
}

Parser::Parsed Parser::member(Parsed operand) {
  for (;;) {
    switch (token_.kind) {
      case TokenKind::dot:
        operand = select(operand);
        break;
      case TokenKind::open_bracket:
        operand = index(operand);
        break;
      case TokenKind::open_brace:
        if (!names_type(operand)) return operand;
        operand = message(operand);
        break;
      default:
        return operand;
    }
  }
}

Parser::Parsed Parser::select(Parsed operand) {
  advance();
  const bool optional = accept(TokenKind::question);
  const Token field = token_;
  if (field.kind != TokenKind::name && field.kind != TokenKind::quoted_name) fail_expected_field();
  advance();
  SyntaxNode node = make(SyntaxKind::select, operand.begin, end_of(field.span), field.span);
  node.text = keep(field.text);
  node.optional = optional;
  std::vector<std::uint32_t> children{operand.node};
  if (token_.kind == TokenKind::open_paren && field.kind == TokenKind::name && !optional) {
    node.kind = SyntaxKind::member_call;
    const std::vector<std::uint32_t> arguments = call_arguments();
    children.insert(children.end(), arguments.begin(), arguments.end());
    node.span.length = end_of(previous_.span) - operand.begin;
  }
  operand.end = end_of(node.span);
  operand.node = add(node, children);
  return operand;
}

Parser::Parsed Parser::index(Parsed operand) {
  const Span at = token_.span;
  open();
  const bool optional = accept(TokenKind::question);
  const Parsed key = expression();
  if (token_.kind == TokenKind::colon) {
    fail(token_.span, "expected ']', found ':'",
         "a part of a list is written `list.slice(from, to)`, conditions on elements "
         "`list.filter(x, condition)`");
  }
  operand.end = close();
  SyntaxNode node = make(SyntaxKind::index, operand.begin, operand.end, at);
  node.optional = optional;
  const std::array children{operand.node, key.node};
  operand.node = add(node, children);
  return operand;
}

/// Whether `operand` is a dotted name written without parentheses, so that '{' begins a message.
bool Parser::names_type(const Parsed& operand) const {
  const SyntaxNode* part = &tree_.nodes[operand.node];
  if (part->span.offset != operand.begin || end_of(part->span) != operand.end) return false;
  while (part->is(SyntaxKind::select) && !part->optional) part = &tree_.child(*part, 0);
  return part->is(SyntaxKind::name);
}

Parser::Parsed Parser::message(Parsed operand) {
  const SyntaxNode* part = &tree_.nodes[operand.node];
  std::string name(part->text);
  while (part->is(SyntaxKind::select)) {
    part = &tree_.child(*part, 0);
    name.insert(0, std::string(part->text) + ".");
  }
  const bool leading_dot = part->leading_dot;
  const Span at{operand.begin, operand.end - operand.begin};
  open();
  std::vector<std::uint32_t> entries;
  while (token_.kind != TokenKind::close_brace) {
    const bool optional = accept(TokenKind::question);
    const Token field = token_;
    if (field.kind != TokenKind::name && field.kind != TokenKind::quoted_name) {
      if (token_.kind == TokenKind::end) fail_unclosed();
      fail_expected_field();
    }
    advance();
    SyntaxNode key = make(SyntaxKind::name, field.span.offset, end_of(field.span), field.span);
    key.text = keep(field.text);
    key.optional_entry = optional;
    entries.push_back(add(key, {}));
    if (token_.kind != TokenKind::colon) fail_expected_operator("':'");
    advance();
    entries.push_back(expression().node);
    if (!accept(TokenKind::comma)) break;
  }
  operand.end = close();
  SyntaxNode node = make(SyntaxKind::message, operand.begin, operand.end, at);
  node.text = keep(name);
  node.leading_dot = leading_dot;
  operand.node = add(node, entries);
  return operand;
}

}  // namespace detail

namespace {

/// Whether the expression stands unquoted before ` #` in a YAML file.
bool cut_by_comment(const ExpressionText& text) {
  if (text.source == nullptr || text.offsets.size() <= text.text.size()) return false;
  const std::string_view source = text.source->text();
  const std::size_t end = text.offsets[text.text.size()];
  const std::size_t next = source.find_first_not_of(" \t", end);
  return next != std::string_view::npos && next > end && source[next] == '#';
}

}  // namespace

Span locate(const ExpressionText& text, Span span) {
  if (text.source == nullptr || text.offsets.size() <= text.text.size()) return span;
  const std::size_t last = text.text.size();
  const std::uint32_t begin = text.offsets[std::min<std::size_t>(span.offset, last)];
  const std::size_t end = std::min<std::size_t>(std::size_t{span.offset} + span.length, last);
  return {begin, std::max(text.offsets[end], begin) - begin};
}

namespace detail {

void report(Diagnostics& diagnostics, const ExpressionText& text, DiagnosticLevel level, Span span,
            std::string_view id, std::string message, std::string help) {
  const Span place = locate(text, span);
  const SourcePtr source =
      text.source != nullptr ? text.source : std::make_shared<const Source>(text.name, text.text);
  if (level == DiagnosticLevel::warning) {
    diagnostics.warning(*source, place, id, std::move(message), std::move(help));
  } else {
    diagnostics.error(*source, place, id, std::move(message), std::move(help));
  }
}

}  // namespace detail

Checked<SyntaxTree> parse_expression(const ExpressionText& text, const Limits& limits) {
  Diagnostics diagnostics;
  const auto refuse = [&](Span span, std::string_view id, std::string message, std::string help) {
    detail::report(diagnostics, text, DiagnosticLevel::error, span, id, std::move(message),
                   std::move(help));
    return Checked<SyntaxTree>(std::move(diagnostics));
  };
  if (text.text.size() > limits.expression_code_points) {
    if (text.text.size() > 4 * limits.expression_code_points ||
        code_points(text.text) > limits.expression_code_points) {
      return refuse({0, 1}, "cel-limit",
                    "this expression is longer than " +
                        std::to_string(limits.expression_code_points) + " characters",
                    {});
    }
  }
  if (const auto bad = find_bad_utf8(text.text)) {
    return refuse({static_cast<std::uint32_t>(*bad), 1}, "cel-syntax", "this is not valid UTF-8",
                  {});
  }
  SyntaxTree tree;
  tree.source = std::make_unique<const std::string>(text.text);
  try {
    detail::Parser parser(*tree.source, limits, tree);
    parser.cut_by_comment = cut_by_comment(text);
    parser.parse();
  } catch (detail::SyntaxFailure& failure) {
    return refuse(failure.span, failure.id, std::move(failure.message), std::move(failure.help));
  }
  return tree;
}

}  // namespace eraudit
