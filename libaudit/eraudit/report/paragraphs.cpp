#include "eraudit/report/detail/paragraphs.hpp"

#include <algorithm>

#include "eraudit/core/text.hpp"

namespace eraudit::detail {

Paragraphs::Paragraphs(std::size_t width) : width_(std::max<std::size_t>(width, 60)) {}

void Paragraphs::line(std::string_view text) {
  text_ += text;
  text_ += '\n';
}

void Paragraphs::blank() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

void Paragraphs::hanging(std::string_view lead, std::string_view text) {
  const std::size_t indent = display_width(lead);
  std::string line(lead);
  std::size_t column = indent;
  bool first = true;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    const std::size_t width = display_width(word);
    if (!first && column + 1 + width > width_) {
      while (line.ends_with(' ')) line.pop_back();
      this->line(line);
      line.assign(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) {
      line += ' ';
      ++column;
    }
    line += word;
    column += width;
    first = false;
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  this->line(line);
}

}  // namespace eraudit::detail
