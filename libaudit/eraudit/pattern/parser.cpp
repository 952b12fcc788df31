#include "eraudit/pattern/detail/parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/expression/host.hpp"

namespace eraudit {

std::string_view to_text(PatternMode mode) noexcept {
  switch (mode) {
    case PatternMode::trail:
      return "TRAIL";
    case PatternMode::acyclic:
      return "ACYCLIC";
    case PatternMode::walk:
      return "WALK";
    case PatternMode::simple:
      return "SIMPLE";
    case PatternMode::any:
      return "ANY";
    case PatternMode::any_shortest:
      return "ANY SHORTEST";
    case PatternMode::all_shortest:
      return "ALL SHORTEST";
  }
  return "";
}

namespace pattern_detail {
namespace {

constexpr std::string_view whole_example =
    "write for instance `(c:Cohort)<-[:recruited]-(r:Recruiter)`";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

void Parser::fail(Span span, std::string message, std::string help, std::string_view id) {
  throw Failure{span, std::move(message), std::move(help), id};
}

void Parser::report(Failure failure) {
  if (failure.id.empty()) return;  // was reported where it happened
  reporter_.error(failure.span, failure.id, std::move(failure.message), std::move(failure.help));
}

void Parser::skip() {
  while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r' || peek() == '\f') {
    ++at_;
  }
}

bool Parser::accept(std::string_view token) {
  skip();
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += static_cast<std::uint32_t>(token.size());
  return true;
}

PatternWord Parser::word() {
  skip();
  PatternWord out;
  const std::uint32_t begin = at_;
  if (!is_letter(peek())) return out;
  while (is_letter(peek()) || is_digit(peek())) ++at_;
  out.span = {begin, at_ - begin};
  out.text = std::string(text_.substr(begin, at_ - begin));
  return out;
}

PatternWord Parser::peek_word() {
  const std::uint32_t before = at_;
  PatternWord out = word();
  at_ = before;
  return out;
}

Span Parser::here() const {
  std::uint32_t end = at_;
  while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
  if (end == at_ && end < text_.size()) {
    end += static_cast<std::uint32_t>(detail::first_code_point(text_.substr(end)).bytes);
  }
  return {at_, end - at_};
}

std::string Parser::found() const {
  if (at_end()) return "the end";
  return "'" + printable(text_.substr(at_, here().length)) + "'";
}

/// Goes on behind the bracket of the element that began at `begin`, if there is one.
bool Parser::recover(std::uint32_t begin, bool edge) {
  if (edge) {
    // Without brackets of its own it ends where the next node begins.
    const std::size_t next = text_.find_first_of("[(", begin);
    if (next == std::string_view::npos) return false;
    if (text_[next] == '(') {
      at_ = static_cast<std::uint32_t>(next);
      return true;
    }
  }
  std::size_t open = 0;
  char quote = '\0';
  for (std::uint32_t at = begin; at < text_.size(); ++at) {
    const char c = text_[at];
    if (quote != '\0') {
      if (c == '\\') ++at;
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    if (c == '(' || c == '[' || c == '{') ++open;
    if (c != ')' && c != ']' && c != '}') continue;
    if (open == 0) return false;
    if (--open != 0) continue;
    at_ = std::max(at_, at + 1);
    if (edge) {
      skip();
      if (!accept("->")) static_cast<void>(accept("-"));
    }
    return true;
  }
  return false;
}

PatternTree Parser::parse() {
  PatternTree tree;
  try {
    skip();
    if (at_end()) {
      fail({0, static_cast<std::uint32_t>(text_.size())}, "there is no pattern",
           std::string(whole_example));
    }
    do {
      path(tree);
      skip();
    } while (accept(","));
    if (!at_end()) after_path();
  } catch (Failure& failure) {
    report(std::move(failure));
  }
  return tree;
}

void Parser::after_path() {
  const PatternWord next = peek_word();
  if (same_word(next.text, "WHERE")) {
    fail(next.span, "'WHERE' stands inside of an element",
         "write `(c:Cohort WHERE c.workers > 0)`; what concerns the whole row stands in the rule's "
         "condition");
  }
  for (const std::string_view clause : {"RETURN", "MATCH", "OPTIONAL", "WITH", "UNION"}) {
    if (same_word(next.text, clause)) {
      fail(next.span, "'" + next.text + "' is not part of a pattern",
           "a rule has one pattern, and reads its variables");
    }
  }
  skip();
  if (peek() == '{' || peek() == '*' || peek() == '+' || peek() == '?') {
    fail(here(), "only an edge can be repeated", "write `-[:engages]->{1,3}`");
  }
  if (peek() == '(') fail(here(), "expected an edge between two nodes, found '('");
  fail(here(), "expected an edge, ',' or the end of the pattern, found " + found());
}

void Parser::path(PatternTree& tree) {
  PatternPath out;
  skip();
  out.span.offset = at_;
  head(out);
  bool good = element(out, false);
  skip();
  while (begins_edge()) {
    good = element(out, true) && good;
    skip();
    if (peek() != '(') {
      fail(here(), "expected a node after the edge, found " + found(),
           at_end() ? "a pattern ends in a node: `()` is any" : "");
    }
    good = element(out, false) && good;
    skip();
  }
  out.span.length = at_ - out.span.offset;
  if (good) tree.paths.push_back(std::move(out));
}

void Parser::head(PatternPath& path) {
  const std::uint32_t before = at_;
  PatternWord name = word();
  skip();
  if (!name.empty() && peek() == '=') {
    ++at_;
    path.name = std::move(name);
  } else {
    at_ = before;
  }
  skip();
  if (is_letter(peek())) mode(path);
  skip();
  if (peek() != '(') {
    fail(here(), "expected a node in parentheses, found " + found(), std::string(whole_example));
  }
}

void Parser::mode(PatternPath& path) {
  static constexpr std::array<std::string_view, 7> words = {"TRAIL",    "ACYCLIC", "WALK", "SIMPLE",
                                                            "SHORTEST", "ANY",     "ALL"};
  const PatternWord first = word();
  path.mode_span = first.span;
  const auto is = [&](std::string_view one) { return same_word(first.text, one); };
  const PatternWord second = peek_word();
  const bool shortest = same_word(second.text, "SHORTEST");
  if (is("TRAIL")) {
    path.mode = PatternMode::trail;
  } else if (is("ACYCLIC")) {
    path.mode = PatternMode::acyclic;
  } else if (is("WALK")) {
    path.mode = PatternMode::walk;
  } else if (is("SIMPLE")) {
    path.mode = PatternMode::simple;
  } else if (is("ANY") || (is("ALL") && shortest)) {
    if (shortest) {
      path.mode_span.length = second.span.offset + second.span.length - first.span.offset;
      at_ = second.span.offset + second.span.length;
    }
    path.mode = is("ALL") ? PatternMode::all_shortest
                          : (shortest ? PatternMode::any_shortest : PatternMode::any);
  } else if (is("MATCH") || is("OPTIONAL")) {
    fail(first.span, "'" + first.text + "' is not part of a pattern",
         "leave it out: " + std::string(whole_example));
  } else if (is("ALL") || is("SHORTEST")) {
    fail(first.span, "'" + first.text + "' alone says not which paths are meant",
         "write `ANY SHORTEST` or `ALL SHORTEST`");
  } else if (skip(); peek() != '(') {
    const std::string name = first.text == "c" || peek() != ':' ? "c" : first.text;
    fail(first.span, "expected a node in parentheses, found '" + first.text + "'",
         "write for instance `(" + name + ":Cohort)`");
  } else {
    std::string help = "a path may begin with TRAIL or ACYCLIC";
    if (const auto near = nearest_name(first.text, words)) {
      help = "did you mean '" + std::string(*near) + "'?";
    }
    fail(first.span, "'" + first.text + "' is no way to walk a path", std::move(help));
  }
}

bool Parser::element(PatternPath& path, bool edge_wanted) {
  if (++elements_ > limits_.elements) {
    fail(here(), "this pattern has more than " + std::to_string(limits_.elements) + " elements", {},
         "pattern-limit");
  }
  PatternElement out;
  const std::uint32_t begin = at_;
  bool good = true;
  try {
    if (edge_wanted) {
      edge(out);
    } else {
      node(out);
    }
  } catch (Failure& failure) {
    // What follows a part in parentheses would be blamed for it.
    const bool unclosed = failure.id == "pattern-unsupported" || !recover(begin, edge_wanted);
    report(std::move(failure));
    if (unclosed) throw Failure{{}, {}, {}, {}};
    good = false;
  }
  if (edge_wanted) {
    try {
      quantifier(out);
    } catch (Failure& failure) {
      const std::uint32_t end = failure.span.offset + failure.span.length;
      report(std::move(failure));
      good = false;
      const std::size_t next = text_.find('(', std::max(at_, end));
      if (next == std::string_view::npos) throw Failure{{}, {}, {}, {}};
      at_ = static_cast<std::uint32_t>(next);
    }
  }
  out.span = {begin, at_ - begin};
  path.elements.push_back(std::move(out));
  return good;
}

void Parser::node(PatternElement& element) {
  const std::uint32_t opener = at_;
  ++at_;
  skip();
  if (peek() == '(' || peek() == '-' || peek() == '<') {
    fail(here(), "only a single edge can be repeated, not a part in parentheses",
         "write `-[:engages]->{1,3}` without parentheses", "pattern-unsupported");
  }
  filler(element, ')', opener);
}

void Parser::edge(PatternElement& element) {
  const std::uint32_t begin = at_;
  const std::string_view rest = text_.substr(at_);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> foreign = {{
      {"<-->", "either direction is written `-`"},
      {"<->", "either direction is written `-`"},
      {"<--", "write `<-`"},
      {"-->", "write `->`"},
      {"--", "write `-`"},
  }};
  for (const auto& [sign, help] : foreign) {
    if (!rest.starts_with(sign)) continue;
    at_ += static_cast<std::uint32_t>(sign.size());
    report({{begin, static_cast<std::uint32_t>(sign.size())},
            "'" + std::string(sign) + "' is no edge",
            std::string(help)});
    return;
  }
  if (peek() == '<' && peek(1) != '-') fail({at_, 1}, "'<' begins no edge", "write `<-[:kind]-`");
  const bool left = peek() == '<';
  at_ += left ? 2 : 1;
  element.direction = left ? PatternDirection::left : PatternDirection::either;
  skip();
  if (peek() != '[') {
    if (!left && accept(">")) element.direction = PatternDirection::right;
    return;
  }
  const std::uint32_t opener = at_;
  ++at_;
  filler(element, ']', opener);
  arrow_end(element, begin);
}

void Parser::arrow_end(PatternElement& element, std::uint32_t begin) {
  const bool left = element.direction == PatternDirection::left;
  skip();
  const Span place = here();
  if (accept("->")) {
    if (left) {
      fail({begin, at_ - begin}, "an edge has one arrow", "either direction is written `-[...]-`");
    }
    element.direction = PatternDirection::right;
    return;
  }
  if (accept("-")) return;
  fail(place, "expected '-' or '->' after ']', found " + found(),
       left ? "write `<-[...]-`" : "write `-[...]->`");
}

void Parser::filler(PatternElement& element, char closer, std::uint32_t opener) {
  const bool of_edge = closer == ']';
  PatternWord name = peek_word();
  if (!name.empty() && !same_word(name.text, "WHERE")) element.name = word();
  skip();
  if (peek() == ':') labels(element, of_edge);
  skip();
  if (peek() == '*' && of_edge) {
    const std::uint32_t star = at_;
    while (!at_end() && peek() != closer && peek() != '{' && peek() != ' ') ++at_;
    std::string_view range = text_.substr(star + 1, at_ - star - 1);
    std::string spelled = "*";
    if (const std::size_t dots = range.find(".."); dots != std::string_view::npos) {
      spelled = "{" + std::string(range.substr(0, dots)) + "," +
                std::string(range.substr(dots + 2)) + "}";
      if (dots == 0) spelled = "{1" + spelled.substr(1);
    } else if (!range.empty()) {
      spelled = "{" + std::string(range) + "}";
    } else {
      spelled = "+";
    }
    fail({star, at_ - star}, "how often an edge repeats stands behind it",
         std::string("write `") +
             (element.direction == PatternDirection::left ? "<-[...]-" : "-[...]->") + spelled +
             "`");
  }
  if (peek() == '{') {
    map(element);
  } else if (same_word(peek_word().text, "WHERE")) {
    where(element);
  }
  skip();
  if (peek() == closer) {
    ++at_;
    return;
  }
  const std::string sign(1, closer);
  if (at_end()) {
    fail({opener, 1}, std::string("this '") + text_[opener] + "' is not closed",
         "add '" + sign + "'");
  }
  const PatternWord next = peek_word();
  std::string help;
  if (!next.empty()) {
    help = of_edge ? "the kind of an edge stands after ':': `-[:" + next.text + "]->`"
                   : "the kind of a node stands after ':': `(x:" + next.text + ")`";
    if (!element.labels.empty() || !element.conditions.empty()) {
      help = "a condition begins with WHERE";
    }
  }
  if (peek() == ':') help = "one of several kinds is written `A|B`";
  if (peek() == ',') help = "several paths are separated by ',' outside of parentheses";
  const std::string wanted =
      element.conditions.empty()
          ? (element.labels.empty() ? "':', 'WHERE', '{' or '" : "'WHERE', '{' or '")
          : "'";
  fail(here(), "expected " + wanted + sign + "', found " + found(), std::move(help));
}

void Parser::labels(PatternElement& element, bool of_edge) {
  ++at_;  // ':'
  for (;;) {
    std::vector<PatternLabel> term;
    term.push_back(factor(of_edge));
    skip();
    while (peek() == '&') {
      if (of_edge) {
        fail({at_, 1}, "an edge has one kind", "one of several kinds is written `a|b`");
      }
      ++at_;
      term.push_back(factor(of_edge));
      skip();
    }
    element.labels.push_back(std::move(term));
    if (peek() != '|') return;
    ++at_;
    skip();
    if (peek() == ':') fail({at_, 1}, "':' stands only before the first kind", "write `a|b`");
  }
}

PatternLabel Parser::factor(bool of_edge) {
  PatternLabel out;
  skip();
  if (peek() == '!') {
    if (of_edge) fail({at_, 1}, "the kinds of an edge are listed, not excluded");
    out.negated = true;
    ++at_;
  }
  out.name = word();
  if (out.name.empty()) {
    skip();
    std::string help;
    if (peek() == '(') help = "kinds are combined without parentheses: `A|B`, `!A&!B`";
    if (peek() == '`' || peek() == '"' || peek() == '\'') help = "kinds are written without quotes";
    fail(here(), std::string("expected the name of a kind, found ") + found(), std::move(help));
  }
  return out;
}

void Parser::where(PatternElement& element) {
  const PatternWord keyword = word();
  const std::uint32_t before = at_;
  skip();
  if (at_end() || peek() == ')' || peek() == ']') {
    fail(keyword.span, "nothing follows 'WHERE'", "write a condition: `WHERE c.workers > 0`");
  }
  at_ = before;
  condition(element, {}, false);
}

void Parser::condition(PatternElement& element, PatternWord key, bool at_comma) {
  const std::uint32_t begin = at_;
  const auto end = expression_end(text_, begin, at_comma);
  PatternCondition out{
      std::move(key),
      reporter_.part(begin, end.value_or(static_cast<std::uint32_t>(text_.size())))};
  if (!end) {
    // What it is cannot be said without reading on: the parser of CEL names the place.
    reporter_.append(parse_expression(out.text).diagnostics());
    throw Failure{{}, {}, {}, {}};
  }
  at_ = *end;
  element.conditions.push_back(std::move(out));
}

void Parser::map(PatternElement& element) {
  const std::uint32_t opener = at_;
  ++at_;
  for (;;) {
    PatternWord key = word();
    if (key.empty()) {
      skip();
      if (at_end()) fail({opener, 1}, "this '{' is not closed", "add '}'");
      fail(here(), "expected the name of an attribute, found " + found(), "write `{name: 'x'}`");
    }
    skip();
    if (peek() != ':') fail(here(), "expected ':' and a value, found " + found());
    ++at_;
    skip();
    if (peek() == ',' || peek() == '}') fail(here(), "expected a value, found " + found());
    condition(element, std::move(key), true);
    skip();
    if (peek() != ',') break;
    ++at_;
  }
  if (at_end()) fail({opener, 1}, "this '{' is not closed", "add '}'");
  if (peek() != '}') fail(here(), "expected ',' or '}', found " + found());
  ++at_;
}

std::uint32_t Parser::number() {
  skip();
  const std::uint32_t begin = at_;
  std::uint64_t value = 0;
  while (is_digit(peek())) {
    value =
        std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(peek() - '0'), 1'000'000);
    ++at_;
  }
  if (value > limits_.hops) {
    fail({begin, at_ - begin},
         "an edge can be repeated " + std::to_string(limits_.hops) + " times at most",
         "chains of recruiters are shorter: name the length that matters", "pattern-limit");
  }
  return static_cast<std::uint32_t>(value);
}

void Parser::quantifier(PatternElement& element) {
  skip();
  const std::uint32_t begin = at_;
  PatternQuantifier out;
  if (accept("?")) {
    out.high = 1;
  } else if (accept("*")) {
    out.low = 0;
  } else if (accept("+")) {
    out.low = 1;
  } else if (peek() == '{') {
    ++at_;
    skip();
    const bool has_low = is_digit(peek());
    if (has_low) out.low = number();
    skip();
    if (peek() == '}' && has_low) {
      out.high = out.low;
    } else if (peek() == ',') {
      ++at_;
      skip();
      if (is_digit(peek())) out.high = number();
    } else {
      fail(here(),
           std::string("expected ") + (has_low ? "',' or '}'" : "a number") + ", found " + found(),
           "write `{1,3}`: at least 1, at most 3 times");
    }
    skip();
    if (peek() != '}') {
      fail(here(),
           std::string("expected ") + (out.high ? "'}'" : "a number or '}'") + ", found " + found(),
           "write `{1,3}`: at least 1, at most 3 times");
    }
    ++at_;
  } else {
    return;
  }
  out.span = {begin, at_ - begin};
  element.quantifier = out;
}

}  // namespace pattern_detail

Checked<PatternTree> parse_pattern(const ExpressionText& text, const PatternLimits& pattern_limits,
                                   const Limits& limits) {
  Diagnostics diagnostics;
  pattern_detail::Reporter reporter(text, diagnostics);
  if (text.text.size() > limits.expression_code_points) {
    reporter.error(
        {0, 1}, "pattern-limit",
        "this pattern is longer than " + std::to_string(limits.expression_code_points) + " bytes");
    return diagnostics;
  }
  if (const auto bad = find_bad_utf8(text.text)) {
    reporter.error({static_cast<std::uint32_t>(*bad), 1}, "pattern-syntax",
                   "this is not valid UTF-8");
    return diagnostics;
  }
  PatternTree tree = pattern_detail::Parser(reporter, pattern_limits).parse();
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(tree), std::move(diagnostics)};
}

}  // namespace eraudit
