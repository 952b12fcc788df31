#include "eraudit/rules/layout.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"

namespace eraudit {
namespace {

using rules_detail::Node;

constexpr std::size_t indentation = 2;

std::string_view without_end(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  return without_end(line).empty();
}

bool is_comment(std::string_view line) {
  return indent_of(line) < line.size() && line[indent_of(line)] == '#';
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// `match` stands before `subject`, which is one of its names.
std::vector<std::string_view> key_order() {
  const auto all = rules_detail::rule_keys::file();
  std::vector<std::string_view> order(all.begin(), all.end());
  const auto match = std::find(order.begin(), order.end(), "match");
  const auto subject = std::find(order.begin(), order.end(), "subject");
  if (subject < match) std::rotate(subject, match, match + 1);
  return order;
}

bool same(Node a, Node b) {
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  if (a.is_scalar()) return a.text() == b.text();
  for (std::size_t index = 0; index < a.size(); ++index) {
    if (a.is_map() && a.key(index).text() != b.key(index).text()) return false;
    if (!same(a.at(index), b.at(index))) return false;
  }
  return true;
}

/// The same keys with the same values, in any order.
bool same_entries(Node a, Node b) {
  if (!b.is_map() || a.size() != b.size()) return false;
  for (std::size_t index = 0; index < a.size(); ++index) {
    const auto value = b.find(a.key(index).text());
    if (!value || !same(a.at(index), *value)) return false;
  }
  return true;
}

/// Every line that says something, blanks apart, sorted: what no layout may change.
std::vector<std::string> content_of(std::string_view text) {
  std::vector<std::string> content;
  for (const std::string_view line : lines_of(text)) {
    std::string kept;
    for (const char c : line) {
      if (c != ' ' && c != '\t' && c != '\r') kept += c;
    }
    if (!kept.empty()) content.push_back(std::move(kept));
  }
  std::sort(content.begin(), content.end());
  return content;
}

/// A key with its value, and the comments above it.
struct Entry {
  std::size_t rank = 0;
  std::vector<std::string> above;
  bool apart = false;  ///< an empty line stands before it
  std::vector<std::string> lines;
};

class Layout {
 public:
  Layout(const Document& document, Diagnostics& diagnostics)
      : document_(document),
        source_(document.source()),
        diagnostics_(diagnostics),
        lines_(lines_of(source_.text())) {}

  std::optional<std::string> run() {
    if (!can_be_laid_out()) return std::nullopt;
    mark_texts(document_.root());
    split();
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.rank < b.rank; });
    std::string text;
    const auto put = [&](const std::vector<std::string>& lines) {
      for (const std::string& line : lines) text.append(line).append("\n");
    };
    put(head_);
    entries_.front().apart = entries_.front().apart || head_apart_;
    for (const Entry& entry : entries_) {
      if (entry.apart && !text.empty() && !text.ends_with("\n\n")) text += "\n";
      put(entry.above);
      put(entry.lines);
    }
    if (!tail_.empty() && !text.ends_with("\n\n") && tail_apart_) text += "\n";
    put(tail_);
    return text;
  }

 private:
  bool refuse(Span at, std::string message, std::string help) {
    diagnostics_.error(source_, at, "layout-refused", std::move(message), std::move(help));
    return false;
  }

  bool can_be_laid_out() {
    const Node root = document_.root();
    if (!root.is_map() || !root.find("rule")) {
      return refuse(root.span(), "this is no rule file, and only those are laid out",
                    "a rule file has the key 'rule'");
    }
    for (std::size_t index = 0; index < root.size(); ++index) {
      if (source_.position(root.key(index).span().offset).column == 1) continue;
      return refuse(root.key(index).span(), "a key that does not begin its line is not laid out",
                    "write each key of the rule at the begin of a line of its own");
    }
    std::size_t at = 0;
    for (const std::string_view line : lines_) {
      if (line.starts_with("---") || line.starts_with("...") || line.starts_with('%')) {
        return refuse({static_cast<std::uint32_t>(at), 3}, "a file with '---' is not laid out",
                      "a rule file holds one rule: remove the line");
      }
      at += line.size() + 1;
    }
    return true;
  }

  /// Lines of texts that go over several: a blank at their end may belong to the text.
  void mark_texts(Node node) {
    if (texts_.empty()) texts_.resize(lines_.size() + 1);
    if (!node.is_scalar()) {
      for (std::size_t index = 0; index < node.size(); ++index) mark_texts(node.at(index));
      return;
    }
    const Span span = node.span();
    // A block goes on to the next thing that is written; its text does not.
    const std::string_view written = source_.text().substr(span.offset, span.length);
    const std::size_t end = std::min(written.find_last_not_of(" \n\r\t"), written.size());
    const std::uint32_t first = source_.position(span.offset).line;
    const std::uint32_t last = source_.position(span.offset + end).line;
    if (first == last) return;
    for (std::uint32_t line = first; line <= last && line <= lines_.size(); ++line) {
      texts_[line - 1] = true;
    }
  }

  std::string cleaned(std::size_t line) const {
    std::string_view text = lines_[line];
    if (!texts_[line]) return std::string(without_end(text));
    if (text.ends_with('\r')) text.remove_suffix(1);
    return std::string(text);
  }

  void split() {
    const Node root = document_.root();
    const std::vector<std::string_view> order = key_order();
    std::vector<std::size_t> begins;
    for (std::size_t index = 0; index < root.size(); ++index) {
      begins.push_back(source_.position(root.key(index).span().offset).line - 1);
    }
    head_ = comments(0, begins.front());
    for (std::size_t index = 0; index < root.size(); ++index) {
      const std::size_t begin = begins[index];
      const std::size_t next = index + 1 < begins.size() ? begins[index + 1] : lines_.size();
      const std::size_t end = end_of_value(root.at(index), begin, next);
      Entry& entry = next_entry_;
      const auto known = std::find(order.begin(), order.end(), root.key(index).text());
      entry.rank = static_cast<std::size_t>(known - order.begin());
      entry.lines = value_lines(root.key(index), root.at(index), begin, end);
      entries_.push_back(std::exchange(next_entry_, Entry()));
      const bool apart = end < next && is_blank(lines_[end]);
      if (index + 1 < begins.size()) {
        next_entry_.above = comments(end, next);
        next_entry_.apart = apart;
      } else {
        tail_ = comments(end, next);
        tail_apart_ = apart;
      }
    }
    head_apart_ = begins.front() > 0 && is_blank(lines_[begins.front() - 1]);
  }

  /// Behind the last line that is indented, or is an item of a list that is not; comments that
  /// stand further in belong to the value, if it is no text that they would become part of.
  std::size_t end_of_value(Node value, std::size_t begin, std::size_t next) const {
    const bool block = value.is_scalar() && value.style() == ScalarStyle::block;
    std::size_t end = begin + 1;
    for (std::size_t line = begin + 1; line < next; ++line) {
      const bool inside = block ? texts_[line] : indent_of(lines_[line]) > 0;
      if (!is_blank(lines_[line]) && (inside || !is_comment(lines_[line]))) end = line + 1;
    }
    return end;
  }

  /// Comments and single empty lines between them.
  std::vector<std::string> comments(std::size_t begin, std::size_t end) const {
    std::vector<std::string> out;
    bool blank = false;
    for (std::size_t line = begin; line < end; ++line) {
      if (is_blank(lines_[line])) {
        blank = !out.empty();
        continue;
      }
      if (blank) out.emplace_back();
      blank = false;
      const std::string_view text = without_end(lines_[line]);
      out.emplace_back(text.substr(indent_of(text)));
    }
    return out;
  }

  std::vector<std::string> value_lines(Node key, Node value, std::size_t begin,
                                       std::size_t end) const {
    std::vector<std::string> out{first_line(key, value, begin)};
    const auto shift = shift_of(value, begin + 1, end);
    bool blank = false;
    for (std::size_t line = begin + 1; line < end; ++line) {
      std::string text = cleaned(line);
      if (is_blank(text)) {
        // In a text every empty line counts.
        if (texts_[line] || !blank) out.push_back(texts_[line] ? text : std::string());
        blank = true;
        continue;
      }
      blank = false;
      const bool comment = is_comment(text) && !texts_[line];
      const auto wanted = static_cast<std::ptrdiff_t>(indent_of(text)) + shift;
      const std::ptrdiff_t least = comment ? indentation : 0;
      move_to(text, static_cast<std::size_t>(std::max(wanted, least)));
      out.push_back(std::move(text));
    }
    return out;
  }

  static void move_to(std::string& line, std::size_t column) {
    line.replace(0, indent_of(line), column, ' ');
  }

  /// One blank between the colon and a value on its line.
  std::string first_line(Node key, Node value, std::size_t line) const {
    std::string text = cleaned(line);
    const Span span = value.span();
    const std::size_t after_key = key.span().length;
    const Position at = source_.position(span.offset);
    if (at.line != line + 1 || span.length == 0) return text;
    const std::size_t line_begin = key.span().offset;
    const std::size_t begin = span.offset - line_begin;
    if (begin <= after_key || begin > text.size()) return text;
    const std::string_view between = std::string_view(text).substr(after_key, begin - after_key);
    if (between.find_first_not_of(" :") != std::string_view::npos) return text;
    text.replace(after_key, begin - after_key, ": ");
    return text;
  }

  /// By how much the lines of a value move, so that the least indented stands where it belongs.
  std::ptrdiff_t shift_of(Node value, std::size_t begin, std::size_t end) const {
    std::optional<std::size_t> least;
    for (std::size_t line = begin; line < end; ++line) {
      if (is_blank(lines_[line]) || (is_comment(lines_[line]) && !texts_[line])) continue;
      least = std::min(least.value_or(SIZE_MAX), indent_of(lines_[line]));
    }
    // Quoted and plain texts may be lined up with their first line.
    if (!least || (value.is_scalar() && value.style() != ScalarStyle::block)) return 0;
    const Position at = source_.position(value.span().offset);
    const bool on_key_line = at.line == begin && value.style() != ScalarStyle::block;
    if (on_key_line) return 0;  // brackets that go on
    return static_cast<std::ptrdiff_t>(indentation) - static_cast<std::ptrdiff_t>(*least);
  }

  const Document& document_;
  const Source& source_;
  Diagnostics& diagnostics_;
  std::vector<std::string_view> lines_;
  std::vector<bool> texts_;
  std::vector<std::string> head_;
  bool head_apart_ = false;
  std::vector<Entry> entries_;
  Entry next_entry_;
  std::vector<std::string> tail_;
  bool tail_apart_ = false;
};

}  // namespace

Checked<std::string> lay_out_rule(const SourcePtr& source, const Limits& limits) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  if (source->name().ends_with(".json")) {
    diagnostics.error(source->name(), "layout-refused", "JSON is not laid out",
                      "a rule in YAML has comments, and texts over several lines");
    return diagnostics;
  }
  // A last line without its line feed means what it does with one.
  const bool ended = source->text().empty() || source->text().ends_with('\n');
  const SourcePtr whole =
      ended ? source
            : std::make_shared<const Source>(source->name(), std::string(source->text()) + "\n");
  const auto document = read_yaml(whole, limits, Aliases::expand);
  if (!document) return document.diagnostics();
  const auto text = Layout(**document, diagnostics).run();
  if (!text) return diagnostics;
  const auto read_again =
      read_yaml(std::make_shared<const Source>(source->name(), *text), limits, Aliases::expand);
  const bool kept = read_again && same_entries((*document)->root(), (*read_again)->root()) &&
                    content_of(source->text()) == content_of(*text);
  if (!kept) {
    diagnostics.error(*source, {0, 1}, "layout-refused",
                      "in another layout this file would not say the same",
                      "an alias stands behind its anchor; comments do not stand inside of texts");
    return diagnostics;
  }
  return *text;
}

}  // namespace eraudit
