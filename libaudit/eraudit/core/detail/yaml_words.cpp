#include "eraudit/core/detail/yaml_words.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "eraudit/core/detail/characters.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view use_a_block =
    "put the text in quotes, or in a block: `|` after the key and the text, indented, on the next "
    "line";

std::string at_place(const Source& source, std::uint32_t offset) {
  const Position position = source.position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

class Explainer {
 public:
  Explainer(const Source& source, std::string_view complaint, std::uint32_t offset,
            std::optional<std::uint32_t> bracket)
      : source_(source),
        text_(source.text()),
        complaint_(complaint),
        offset_(std::min(offset, static_cast<std::uint32_t>(text_.size()))),
        bracket_(bracket) {}

  YamlProblem explain() {
    for (const auto part :
         {&Explainer::tab, &Explainer::quote, &Explainer::bracket, &Explainer::colon,
          &Explainer::indentation, &Explainer::indicator, &Explainer::document}) {
      if (auto problem = (this->*part)()) return std::move(*problem);
    }
    return {"yaml-syntax", "this is not YAML: " + std::string(complaint_), "", {offset_, 1}};
  }

 private:
  using Problem = std::optional<YamlProblem>;

  [[nodiscard]] bool says(std::string_view words) const noexcept {
    return complaint_.find(words) != std::string_view::npos;
  }
  [[nodiscard]] char at(std::size_t offset) const noexcept {
    return offset < text_.size() ? text_[offset] : '\n';
  }
  [[nodiscard]] std::size_t line_begin(std::size_t offset) const noexcept {
    while (offset > 0 && !is_break(text_[offset - 1])) --offset;
    return offset;
  }
  [[nodiscard]] std::size_t line_end(std::size_t offset) const noexcept {
    while (offset < text_.size() && !is_break(text_[offset])) ++offset;
    return offset;
  }
  [[nodiscard]] bool is_blank_line(std::size_t offset) const noexcept {
    offset = line_begin(offset);
    while (is_blank(at(offset))) ++offset;
    return is_break(at(offset));
  }
  /// The first byte of the next line that has more than blanks, or nothing.
  [[nodiscard]] std::optional<std::size_t> next_line(std::size_t offset) const noexcept {
    for (std::size_t begin = line_end(offset); begin < text_.size(); begin = line_end(begin)) {
      while (begin < text_.size() && is_break(text_[begin])) ++begin;
      std::size_t first = begin;
      while (first < text_.size() && is_blank(text_[first])) ++first;
      if (first < text_.size() && !is_break(text_[first])) return first;
    }
    return std::nullopt;
  }
  /// Up to the end of the line, without blanks at its end.
  [[nodiscard]] Span rest_of_line(std::size_t offset) const noexcept {
    std::size_t end = line_end(offset);
    while (end > offset && is_blank(text_[end - 1])) --end;
    return {static_cast<std::uint32_t>(offset),
            static_cast<std::uint32_t>(std::max<std::size_t>(end - offset, 1))};
  }
  /// A colon with a blank or the end of the line behind it, in this line.
  [[nodiscard]] bool has_key(std::size_t offset) const noexcept {
    for (std::size_t end = line_end(offset); offset < end; ++offset) {
      if (text_[offset] == ':' && (is_blank(at(offset + 1)) || is_break(at(offset + 1))))
        return true;
    }
    return false;
  }
  [[nodiscard]] std::string character(std::size_t offset) const {
    if (offset >= text_.size()) return "the end of the file";
    const std::string_view rest = text_.substr(offset);
    return "'" + std::string(rest.substr(0, first_code_point(rest).bytes)) + "'";
  }
  static Problem problem(std::string_view id, std::string message, std::string help, Span span) {
    return YamlProblem{std::string(id), std::move(message), std::move(help), span};
  }
  [[nodiscard]] Span here(std::uint32_t length = 1) const noexcept { return {offset_, length}; }

  Problem tab() const {
    std::size_t blank = line_begin(offset_);
    // A line that a tab indents may also be read as the text of the line before it going on.
    if (says("invalid multiline plain key")) {
      const auto next = next_line(offset_);
      if (!next) return std::nullopt;
      blank = line_begin(*next);
    } else if (!says("tab")) {
      return std::nullopt;
    }
    while (at(blank) == ' ') ++blank;
    if (at(blank) != '\t') {
      if (!says("tab")) return std::nullopt;
      blank = text_.find('\t', line_begin(offset_));
      if (blank >= line_end(offset_)) blank = offset_;
    }
    std::size_t end = blank;
    while (at(end) == '\t') ++end;
    return problem("yaml-tab", "a tab is used for indentation", "indent with blanks only",
                   {static_cast<std::uint32_t>(blank),
                    static_cast<std::uint32_t>(std::max(end - blank, std::size_t{1}))});
  }

  Problem quote() const {
    if (says("without closing quote")) {
      const std::uint32_t open = offset_ > 0 ? offset_ - 1 : 0;
      return problem("yaml-quote", "this quote is never closed", quote_help(at(open)),
                     rest_of_line(open));
    }
    if (says("wrongly indented") && says("quoted scalar")) {
      return problem(
          "yaml-quote",
          "this quote is not closed on its line, and the next line is not indented further",
          quote_help(at(offset_)), rest_of_line(offset_));
    }
    if (says("marker in") && says("quoted scalar")) {
      return problem("yaml-quote", "the document ends here, inside of a quoted text",
                     "close the quote before this line", here(3));
    }
    if (says("invalid trailing content after")) {
      const bool single = says("single-quoted");
      std::string help = single ? "a ' inside of single quotes is written ''"
                                : "a \" inside of double quotes is written \\\"";
      help +=
          "; a text that only begins with a quote, such as an expression, goes in a block: `|` "
          "after "
          "the key and the text, indented, on the next line";
      return problem("yaml-quote", "text after the closing quote", std::move(help),
                     rest_of_line(offset_));
    }
    if (says("invalid escape")) {
      const std::uint32_t length =
          offset_ + 1 < text_.size() ? 1 + first_code_point(text_.substr(offset_ + 1)).bytes : 1;
      return problem(
          "yaml-escape",
          "'" + std::string(text_.substr(offset_, length)) + "' is not an escape of double quotes",
          "write \\\\ for a backslash, or use single quotes, in which it needs no escape",
          here(length));
    }
    if (says("invalid hex escape") || says("invalid UTF8 escape")) {
      return problem("yaml-escape", "this escape stands for no character",
                     "the forms are \\x41, \\u0041 and \\U00000041, with 2, 4 and 8 digits",
                     here(2));
    }
    if (says("quoted scalar used as key")) {
      return problem("yaml-quote", "a key that goes on over several lines",
                     "write the key on one line", rest_of_line(offset_));
    }
    return std::nullopt;
  }

  static std::string quote_help(char quote) {
    return quote == '\'' ? "close it with '; a ' that belongs to the text is written ''"
                         : "close it with \"; a \" that belongs to the text is written \\\"";
  }

  Problem bracket() const {
    if (says("without a closing bracket") || says("without a closing brace") ||
        (says("missing comma") && offset_ + 1 >= text_.size())) {
      const std::uint32_t open = bracket_.value_or(offset_);
      return problem("yaml-bracket", "this " + character(open) + " is never closed", "", {open, 1});
    }
    if (says("invalid extra closing")) {
      return problem("yaml-bracket", character(offset_) + " closes nothing",
                     "a text with brackets at its ends must be quoted", here());
    }
    if (says("mismatched flow")) {
      return problem("yaml-bracket", character(offset_) + " does not close " + opened(), "",
                     here());
    }
    if (says("missing comma")) {
      const bool colon = at(offset_) == ':';
      return problem(
          "yaml-bracket",
          "expected ',' or the closing bracket of " + opened() + ", not " + character(offset_),
          colon ? "a value with ': ' in it must be quoted" : "", here());
    }
    if (says("invalid extra comma") || says("comma in the beginning")) {
      return problem("yaml-bracket", "there is nothing before this comma",
                     "remove it, or write null", here());
    }
    if (says("wrongly indented") && (says("flow") || says("bracket") || says("brace"))) {
      return problem("yaml-bracket",
                     "this line is not indented, but " + opened() + " is still open",
                     "indent it, or close the bracket before it", rest_of_line(offset_));
    }
    if (says("invalid block mapping key on same line as previous key")) {
      return problem("yaml-bracket", "text after the closing bracket", std::string(use_a_block),
                     rest_of_line(offset_));
    }
    if (says("multiline flow")) {
      return problem("yaml-bracket", "a key that goes on over several lines",
                     "write the key on one line", here());
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string opened() const {
    if (!bracket_) return "the bracket";
    return "the " + character(*bracket_) + " of " + at_place(source_, *bracket_);
  }

  Problem colon() const {
    if (says("invalid nested block mapping on the same line") ||
        says("invalid mapping in plain multiline")) {
      const std::size_t begin = line_begin(offset_);
      const std::string_view before = text_.substr(begin, offset_ - begin);
      if (before.starts_with("--- ")) {
        return problem("yaml-colon", "a key on the line of '---'", "begin the map on the next line",
                       here());
      }
      if (says("invalid mapping in plain") && before.find(':') == before.npos) {
        return problem("yaml-colon",
                       "a key must stand on one line, and this ':' has none before it", "", here());
      }
      std::string help(use_a_block);
      if (before.find(" ? ") != before.npos) {
        help =
            "a condition `a ? b : c` must be in a block: `|` after the key and the expression, "
            "indented, "
            "on the next line";
      }
      return problem("yaml-colon",
                     "a second ':' with a blank behind it, as if this line had two keys",
                     std::move(help), here());
    }
    if (says("Illegal placement of ':'")) {  // wording: libfyaml's, not ours
      return problem("yaml-colon", "the key and its ':' must stand on one line", "", here());
    }
    return std::nullopt;
  }

  Problem indentation() const {
    if (says("invalid multiline plain key")) return line_looks_like_key();
    if (says("invalid indentation in mapping")) {
      return problem("yaml-indentation", "this line is not in one column with the keys before it",
                     "the keys of one map begin in the same column", rest_of_line(offset_));
    }
    if (says("wrong indendation in sequence")) {
      return problem("yaml-indentation", "this '-' is not in one column with those before it",
                     "the items of one list begin in the same column", here());
    }
    if (says("did not find expected '-'")) {
      return problem("yaml-indentation", "this is inside of a list, but is no item of it",
                     "begin it with '- ', or indent it like the line that it belongs to",
                     rest_of_line(offset_));
    }
    if (says("invalid value after mapping") ||
        says("invalid scalar at the end of block sequence")) {
      return no_key();
    }
    if (says("wrongly indented line after spaces only") && !is_blank_line(offset_)) {
      return problem("yaml-indentation", "this line is not indented as far as its block says",
                     "remove the digit after '|' or '>', or indent the line",
                     rest_of_line(offset_));
    }
    if (says("wrongly indented line after spaces only") || says("comment line after spaces only")) {
      return problem("yaml-indentation",
                     "a blank line above a block's text is longer than the text is indented",
                     "remove the blanks from the empty line",
                     {static_cast<std::uint32_t>(line_begin(offset_)), 1});
    }
    if (says("anchor indent") || says("tag indent")) {
      return problem("yaml-indentation", "this must be indented further than the key it belongs to",
                     "", here());
    }
    if (says("block sequence on the same line")) {
      return problem(
          "yaml-item-after-key", "a list item on the line of its key",
          "begin the list on the next line, or write [a, b]; a text that begins with '- ' must "
          "be quoted",
          rest_of_line(offset_));
    }
    if (says("did not find expected node content") && at(offset_) == '-') {
      return problem("yaml-empty-item", "an item before this one is empty",
                     "write null for it, or indent the list further than its key", here());
    }
    return std::nullopt;
  }

  /// The text of one line went on to the next, and there a colon was found.
  Problem line_looks_like_key() const {
    std::size_t begin = line_begin(offset_);
    while (is_blank(at(begin))) ++begin;
    if (begin == offset_ && !has_key(begin)) return no_key();
    std::optional<std::size_t> line = next_line(offset_);
    while (line && !has_key(*line)) line = next_line(*line);
    if (!line) return std::nullopt;
    return problem(
        "yaml-indentation",
        "this line looks like a key, but by its indentation it goes on with the text above it",
        "the keys of one map begin in the same column; a text that contains ': ' must be quoted",
        rest_of_line(*line));
  }

  /// A line where a key or an item was expected.
  Problem no_key() const {
    std::size_t begin = line_begin(offset_);
    while (is_blank(at(begin))) ++begin;
    const std::string_view before = text_.substr(begin, offset_ - begin);
    if (before.find('[') != before.npos || before.find('{') != before.npos) {
      return problem("yaml-bracket", "text after the closing bracket", std::string(use_a_block),
                     rest_of_line(offset_));
    }
    const std::size_t end = line_end(begin);
    const std::string_view line = text_.substr(begin, end - begin);
    const std::size_t colon = line.find(':');
    if (says("block sequence")) {
      return problem("yaml-indentation", "a list stands here, and this is no item of it",
                     "begin it with '- ', or indent it like the line that it belongs to",
                     rest_of_line(offset_));
    }
    if (colon != line.npos && colon > 0 && !has_key(begin) &&
        line.find_first_of(" \t\"'") > colon) {
      const std::string key(line.substr(0, colon));
      return problem("yaml-colon", "there is no blank after this ':'", "write `" + key + ": `",
                     {static_cast<std::uint32_t>(begin + colon), 1});
    }
    return problem(
        "yaml-no-key", "expected a key and ':' here",
        "a text that goes on here must be indented like the lines above it, with no comment in "
        "between",
        rest_of_line(begin));
  }

  Problem indicator() const {
    if (says("plain scalar cannot start with")) {
      return problem("yaml-indicator", "a text cannot begin with " + character(offset_),
                     std::string(use_a_block), here());
    }
    if (says("did not find expected node content")) {
      const char byte = at(offset_);
      if (byte == ',' || byte == ']' || byte == '}') {
        return problem("yaml-indicator", "a value cannot begin with " + character(offset_),
                       "if it is a text, put it in quotes", here());
      }
      if (bracket_ && offset_ >= text_.size()) {
        return problem("yaml-bracket", "this " + character(*bracket_) + " is never closed", "",
                       {*bracket_, 1});
      }
      return problem("yaml-syntax", "expected a value here", "", here());
    }
    if (says("no linebreak found")) {
      const std::size_t begin = line_begin(offset_);
      std::size_t sign = offset_;
      while (sign > begin && at(sign) != '|' && at(sign) != '>') --sign;
      return problem(
          "yaml-block", "text on the line of a block's '" + std::string(1, at(sign)) + "'",
          "the text of a block stands on the next lines, indented; a text that begins with '" +
              std::string(1, at(sign)) + "' must be quoted",
          rest_of_line(offset_));
    }
    if (says("invalid comment")) {
      return problem("yaml-comment", "a comment needs a blank before its '#'",
                     "a text that contains '#' is best quoted", here());
    }
    if (says("alias") || says("anchor")) {
      return problem(
          "yaml-indicator",
          "'" + std::string(1, at(offset_ > 0 ? offset_ - 1 : 0)) +
              "' begins an alias or anchor here, and its name is missing or out of place",
          "a text that begins with '*' or '&' must be quoted", {offset_ > 0 ? offset_ - 1 : 0, 1});
    }
    if (says("not allowed in this context")) {
      return problem("yaml-indicator",
                     character(offset_) + " begins a key, and no key can stand here",
                     "a text that begins with '? ' or '- ' must be quoted", here());
    }
    if (says("tag")) {
      return problem("yaml-tag", "a word that begins with '!' is read as a tag, and this is none",
                     "a text that begins with '!' must be quoted", here());
    }
    return std::nullopt;
  }

  Problem document() const {
    if (says("missing document start") || says("after document end marker") ||
        says("document end marker before directive")) {
      std::size_t begin = offset_;
      if (says("directive")) begin = line_begin(offset_);
      return problem(
          "yaml-after-end", "the document has ended before this",
          "a file is one value: a map, a list or a text; a text that begins with a quote or "
          "bracket must be quoted as a whole",
          rest_of_line(begin));
    }
    if (says("indicator in a flow")) {
      return problem("yaml-bracket", "the document ends here, but " + opened() + " is still open",
                     "", here(3));
    }
    return std::nullopt;
  }

  const Source& source_;
  std::string_view text_;
  std::string_view complaint_;
  std::uint32_t offset_;
  std::optional<std::uint32_t> bracket_;
};

/// Quotes and brackets that are opened and not closed, as an author would count them.
bool is_unbalanced(std::string_view text) {
  char quote = 0;
  int depth = 0;
  char before = ' ';
  for (const char byte : text) {
    if (quote != 0) {
      if (byte == quote) quote = 0;
    } else if (byte == '"' || (byte == '\'' && (is_blank(before) || before == '('))) {
      quote = byte;  // an apostrophe inside of a word is none
    } else if (byte == '(' || byte == '[' || byte == '{') {
      ++depth;
    } else if (byte == ')' || byte == ']' || byte == '}') {
      --depth;
    }
    before = byte;
  }
  return quote != 0 || depth > 0;
}

}  // namespace

YamlProblem explain_yaml(const Source& source, std::string_view complaint, std::uint32_t offset,
                         std::optional<std::uint32_t> bracket) {
  return Explainer(source, complaint, offset, bracket).explain();
}

std::optional<YamlProblem> find_plain_trap(const Source& source, Span plain_scalar) {
  const std::string_view text = source.text();
  const std::string_view scalar = text.substr(plain_scalar.offset, plain_scalar.length);
  for (std::size_t line = scalar.find_first_of("\r\n"); line < scalar.size();
       line = scalar.find_first_of("\r\n", line)) {
    line = scalar.find_first_not_of(" \t\r\n", line);
    if (scalar.substr(line, 2) == "- ") {
      return YamlProblem{"yaml-folded-item",
                         "this line is no list item: it goes on with the text above it",
                         "indent it like the items it belongs to, or put the text above in quotes",
                         {static_cast<std::uint32_t>(plain_scalar.offset + line), 1}};
    }
  }
  std::size_t at = plain_scalar.offset + plain_scalar.length;
  const std::size_t end = at;
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at == end || at >= text.size() || text[at] != '#') return std::nullopt;
  const char next = at + 1 < text.size() ? text[at + 1] : '\n';
  const bool glued =
      (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  if (!glued && !is_unbalanced(scalar)) return std::nullopt;
  return YamlProblem{
      "yaml-comment-in-text",
      "a comment begins at this '#', and the text ends before it",
      "put the text in quotes if the '#' belongs to it; else write a blank after the '#'",
      {static_cast<std::uint32_t>(at), 1}};
}

}  // namespace eraudit::detail
