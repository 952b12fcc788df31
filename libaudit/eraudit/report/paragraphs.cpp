#include "eraudit/report/detail/paragraphs.hpp"

#include <algorithm>

#include "eraudit/core/text.hpp"

namespace eraudit::detail {
namespace {

/// Where the word at `begin` ends.
std::size_t word_end(std::string_view text, std::size_t begin) {
  return std::min(text.find(' ', begin), text.size());
}

/// Stops that French sets off with a blank, and what belongs to a number: no line begins with them.
bool is_stop(std::string_view word) {
  return word.starts_with("»") ||
         (!word.empty() && word.find_first_not_of(":;?!%).,") == std::string_view::npos);
}

/// The same with what must not be parted from that word, unless no line can hold it.
std::size_t unbroken_end(std::string_view text, std::size_t begin, std::size_t width) {
  std::size_t end = word_end(text, begin);
  while (end < text.size()) {
    const std::size_t next = word_end(text, end + 1);
    const bool together =
        text.substr(begin, end - begin) == "«" || is_stop(text.substr(end + 1, next - end - 1));
    if (!together || display_width(text.substr(begin, next - begin)) > width) break;
    end = next;
  }
  return end;
}

}  // namespace

Paragraphs::Paragraphs(std::size_t width) : width_(std::max<std::size_t>(width, 60)) {}

void Paragraphs::line(std::string_view text) {
  text_ += text.substr(0, text.find_last_not_of(' ') + 1);
  text_ += '\n';
}

void Paragraphs::blank() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

void Paragraphs::hanging(std::string_view lead, std::string_view text) {
  const std::size_t indent = display_width(lead);
  std::string line(lead);
  std::size_t column = indent;
  bool behind_word = false;
  const auto end_line = [&] {
    if (line.find_first_not_of(' ') != std::string::npos) this->line(line);
    line.assign(indent, ' ');
    column = indent;
    behind_word = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
    const std::size_t end = unbroken_end(text, begin, width_ - std::min(width_, indent));
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t gap = behind_word ? begin - at : 0;
    const std::size_t width = display_width(word);
    at = end;
    if (word.empty()) break;
    if (column + gap + width <= width_) {
      line.append(gap, ' ');
      column += gap;
    } else {
      if (behind_word || line.find_first_not_of(' ') != std::string::npos) end_line();
      // Too long for what the indentation leaves: it begins further left.
      column = std::min(indent, width_ - std::min(width_, width));
      line.assign(column, ' ');
    }
    line += word;
    column += width;
    behind_word = true;
  }
  end_line();
}

}  // namespace eraudit::detail
