#include "eraudit/core/detail/yaml_scan.hpp"

#include <algorithm>
#include <vector>

#include "eraudit/core/detail/characters.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

bool is_space(char byte) noexcept {
  return is_blank(byte) || is_break(byte);
}

// Blanks between two tokens of a line, and empty lines in a row; blanks and line breaks between two
// tokens in brackets. What libfyaml does with them takes quadratic time.
constexpr std::size_t longest_gap = 256;
constexpr std::size_t longest_flow_gap = 512;

/// YAML 1.2 `c-printable`, without the byte order mark and with tab and line breaks.
bool may_stand_in_yaml(std::uint32_t code) noexcept {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  if (code < 0x7F) return true;
  if (code < 0xA0) return code == 0x85;
  return code != 0xFEFF && code != 0xFFFE && code != 0xFFFF;
}

std::size_t end_of_line(std::string_view text, std::size_t from) noexcept {
  while (from < text.size() && !is_break(text[from])) ++from;
  return from;
}

std::size_t after_break(std::string_view text, std::size_t at) noexcept {
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at;
  return at;
}

/// Reads the shape of a YAML text, no more: enough to tell brackets that nest from brackets in
/// texts. For a text that is no YAML it may be wrong; then a parser refuses the text anyway.
class ShapeScan {
 public:
  ShapeScan(std::string_view text, std::size_t depth) : text_(text), limit_(depth) {}

  std::optional<YamlProblem> find() {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    while (at_ < text_.size() && !found_) line();
    return std::move(found_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] bool marker() const noexcept {
    const std::string_view rest = text_.substr(at_, 3);
    return (rest == "---" || rest == "...") && is_space(peek(3));
  }
  [[nodiscard]] std::size_t column() const noexcept { return at_ - line_begin_; }

  void next_line() {
    at_ = after_break(text_, end_of_line(text_, at_));
    line_begin_ = at_;
  }

  std::size_t skip_spaces() {
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ - from;
  }

  /// Over blanks, or blanks and line breaks, between two tokens.
  void gap(std::size_t longest, bool (*belongs)(char)) {
    const std::size_t from = at_;
    for (; at_ < text_.size() && belongs(text_[at_]); ++at_) {
      if (is_break(text_[at_])) line_begin_ = at_ + 1;
    }
    if (at_ - from <= longest || found_) return;
    found_ = YamlProblem{"yaml-gap",
                         "more than " + std::to_string(longest) + " blanks in a row",
                         "remove them",
                         {static_cast<std::uint32_t>(from), 1}};
  }

  /// A line at whose beginning no scalar and no bracket is open.
  void line() {
    line_begin_ = at_;
    if (marker()) {
      parents_.clear();
      at_ += 3;
    }
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ >= text_.size() || is_break(peek()) || peek() == '#') return next_line();
    if (peek() == '%' && column() == 0) {
      found_ = YamlProblem{"yaml-directive",
                           "YAML directives are not read",
                           "remove this line",
                           {static_cast<std::uint32_t>(at_),
                            static_cast<std::uint32_t>(end_of_line(text_, at_) - at_)}};
      return;
    }
    while (!parents_.empty() && parents_.back() >= column()) parents_.pop_back();
    tokens();
  }

  /// Up to the end of the line, or beyond it with a scalar or bracket that goes on.
  void tokens() {
    // The column where this line's innermost key or item begins, once it is known to be one.
    std::size_t begin = column();
    bool property = false;
    while (at_ < text_.size() && !found_) {
      const char byte = peek();
      if (is_break(byte)) return next_line();
      if (is_blank(byte)) {
        gap(longest_gap, is_blank);
        continue;
      }
      if (!property) begin = column();
      if (byte == '#' && (column() == 0 || is_space(text_[at_ - 1]))) return next_line();
      if ((byte == '-' || byte == '?' || byte == ':') && is_space(peek(1))) {
        if (byte != ':') parents_.push_back(begin);
        ++at_;
        property = false;
        continue;
      }
      if (byte == '&' || byte == '!' || byte == '*') {
        while (at_ < text_.size() && !is_space(text_[at_])) ++at_;
        property = true;
      } else if (byte == '|' || byte == '>') {
        return block_scalar();
      } else if (byte == '"' || byte == '\'') {
        quoted();
      } else if (byte == '[' || byte == '{') {
        brackets();
      } else if (!plain(begin)) {
        return;
      }
      if (is_key_end()) {
        parents_.push_back(begin);
        property = false;
      }
    }
  }

  [[nodiscard]] bool is_key_end() const noexcept {
    std::size_t at = at_;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at < text_.size() && text_[at] == ':' &&
           (at + 1 == text_.size() || is_space(text_[at + 1]));
  }

  /// A plain scalar. False if it went to the end of its line or further: then the next line is at
  /// hand.
  bool plain(std::size_t) {
    for (;; ++at_) {
      if (at_ >= text_.size() || is_break(text_[at_])) break;
      if (text_[at_] == ':' && is_space(peek(1))) return true;
      if (text_[at_] == '#' && is_blank(text_[at_ - 1])) {
        next_line();
        return false;
      }
    }
    // Lines that are further in belong to it, whatever they look like, up to a comment.
    for (;;) {
      next_line();
      const std::size_t spaces = skip_spaces();
      const bool blank = at_ >= text_.size() || is_break(peek());
      if (at_ >= text_.size()) return false;
      if (blank) continue;
      const bool inside = parents_.empty() ? !marker_at(line_begin_) : spaces > parents_.back();
      if (!inside || peek() == '#') {
        at_ = line_begin_;
        return false;
      }
    }
  }

  [[nodiscard]] bool marker_at(std::size_t at) const noexcept {
    const std::string_view rest = text_.substr(at, 3);
    return (rest == "---" || rest == "...") && (at + 3 >= text_.size() || is_space(text_[at + 3]));
  }

  void block_scalar() {
    next_line();
    std::optional<std::size_t> indentation;
    while (at_ < text_.size()) {
      const std::size_t spaces = skip_spaces();
      if (at_ < text_.size() && !is_break(peek())) {
        if (!indentation) indentation = spaces;
        const bool below_parent = !parents_.empty() && *indentation <= parents_.back();
        if (below_parent || spaces < *indentation || marker_at(line_begin_)) {
          at_ = line_begin_;
          return;
        }
      }
      next_line();
    }
  }

  void quoted() {
    const char quote = text_[at_++];
    for (; at_ < text_.size(); ++at_) {
      const char byte = text_[at_];
      if (byte == quote) {
        if (quote == '"' || peek(1) != '\'') break;
        ++at_;
      } else if (byte == '\\' && quote == '"') {
        ++at_;
      } else if (is_break(byte)) {
        line_begin_ = at_ + 1;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  void brackets() {
    std::size_t depth = 0;
    bool plain_before = false;  // the character before belongs to a plain scalar
    bool json_before =
        false;  // the token before is quoted or a bracket: ':' needs no blank after it
    while (at_ < text_.size() && !found_) {
      const char byte = text_[at_];
      if (byte == '[' || byte == '{') {
        if (++depth > limit_) {
          found_ = YamlProblem{
              "yaml-too-deep",
              "more than " + std::to_string(limit_) + " lists and maps inside each other",
              "",
              {static_cast<std::uint32_t>(at_), 1}};
          return;
        }
        plain_before = json_before = false;
      } else if (byte == ']' || byte == '}') {
        if (--depth == 0) {
          ++at_;
          return;
        }
        plain_before = false;
        json_before = true;
      } else if ((byte == '"' || byte == '\'') && !plain_before) {
        quoted();
        json_before = true;
        continue;
      } else if (is_space(byte)) {
        gap(longest_flow_gap, is_space);
        plain_before = false;
        continue;
      } else if (byte == '#' && !plain_before && at_ > 0 && is_space(text_[at_ - 1])) {
        at_ = end_of_line(text_, at_);
        continue;
      } else if (byte == ',' || (byte == ':' && (json_before || is_space(peek(1))))) {
        plain_before = json_before = false;
      } else {
        plain_before = true;
        json_before = false;
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t limit_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::vector<std::size_t> parents_;  ///< columns of the open block lists and maps
  std::optional<YamlProblem> found_;
};

std::optional<YamlProblem> find_empty_lines(std::string_view text) {
  std::size_t empty = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::size_t end = end_of_line(text, at);
    while (at != end && is_blank(text[at])) ++at;
    empty = at == end ? empty + 1 : 0;
    if (empty > longest_gap) {
      return YamlProblem{"yaml-gap",
                         "more than " + std::to_string(longest_gap) + " empty lines in a row",
                         "remove them",
                         {static_cast<std::uint32_t>(begin), 1}};
    }
    at = after_break(text, end);
  }
  return std::nullopt;
}

}  // namespace

std::optional<YamlProblem> find_bad_character(const Source& source) {
  const std::string_view text = source.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return YamlProblem{
        "yaml-encoding", "the file is UTF-16, not UTF-8", "save the file as UTF-8", {0, 1}};
  }
  if (const auto bad = find_bad_utf8(text)) {
    return YamlProblem{"yaml-encoding",
                       "the byte " + printable(text.substr(*bad, 1)) + " is not valid UTF-8",
                       "save the file as UTF-8",
                       {static_cast<std::uint32_t>(*bad), 1}};
  }
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    const CodePoint code = first_code_point(text.substr(at));
    if (!may_stand_in_yaml(code.value)) {
      return YamlProblem{"yaml-control-character",
                         "the character " + printable(text.substr(at, code.bytes)) +
                             " may not stand in a YAML file",
                         "remove it, or write it as an escape in double quotes",
                         {static_cast<std::uint32_t>(at), code.bytes}};
    }
    at += code.bytes;
  }
  return std::nullopt;
}

std::optional<YamlProblem> find_bad_shape(const Source& source, std::size_t depth) {
  if (auto gap = find_empty_lines(source.text())) return gap;
  return ShapeScan(source.text(), depth).find();
}

std::uint32_t find_next_content(std::string_view text, std::uint32_t from, std::uint32_t end,
                                bool after_indicator) {
  const auto space_at = [&](std::size_t at) { return at >= text.size() || is_space(text[at]); };
  std::size_t at = from;
  while (at < end) {
    const char byte = text[at];
    if (is_space(byte) || byte == ',') {
      ++at;
    } else if (byte == '#' && (at == 0 || is_space(text[at - 1]))) {
      at = end_of_line(text, at);
    } else if (text.substr(at, 3) == "..." && (at == 0 || is_break(text[at - 1]))) {
      at += 3;
    } else if (byte == '-' || byte == '?' || byte == ':') {
      if (byte == '-' && text.substr(at, 3) == "---") {
        at += 3;
        continue;
      }
      if (byte != ':' && !space_at(at + 1)) break;
      ++at;
      if (after_indicator) return static_cast<std::uint32_t>(at);
    } else if ((byte == '&' || byte == '!') && !after_indicator) {
      while (at < end && !is_space(text[at])) ++at;
    } else {
      break;
    }
  }
  return static_cast<std::uint32_t>(after_indicator ? from : at);
}

}  // namespace eraudit::detail
