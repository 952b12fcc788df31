#include "eraudit/core/source.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit {
namespace {

constexpr std::size_t stretch = 4096;

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  // Most files have no carriage return at all: one fast pass finds that out.
  const bool returns = text.find('\r') != std::string_view::npos;
  for (const char* at = begin; at != end;) {
    if (!returns) {
      at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
      if (at == nullptr) break;
      ++at;
    } else {
      while (at != end && *at != '\n' && *at != '\r') ++at;
      if (at == end) break;
      at += (*at == '\r' && at + 1 != end && at[1] == '\n') ? 2 : 1;
    }
    starts.push_back(static_cast<std::uint32_t>(at - begin));
  }
  return starts;
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  if (text_.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit_exceeded, printable(name_) + ": more than 4 GiB of text");
  }
}

const std::vector<std::uint32_t>& Source::line_starts() const {
  std::call_once(lines_found_, [this] { line_starts_ = find_line_starts(text_); });
  return line_starts_;
}

std::size_t Source::columns(std::size_t begin, std::size_t end) const {
  const std::string_view text = text_;
  if (end - begin <= 2 * stretch) return code_points(text.substr(begin, end - begin));
  std::call_once(stretches_counted_, [&] {
    stretches_.reserve(text.size() / stretch + 1);
    std::size_t count = 0;
    for (std::size_t at = 0; at <= text.size(); at += stretch) {
      stretches_.push_back(static_cast<std::uint32_t>(count));
      count += code_points(text.substr(at, stretch));
    }
  });
  const auto before = [&](std::size_t at) {
    const std::size_t whole = at / stretch;
    return stretches_[whole] + code_points(text.substr(whole * stretch, at - whole * stretch));
  };
  return before(end) - before(begin);
}

Position Source::position(std::size_t offset) const {
  const auto byte = static_cast<std::uint32_t>(std::min(offset, text_.size()));
  const std::vector<std::uint32_t>& starts = line_starts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), byte);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  std::size_t start = starts[line - 1];
  // No editor counts the byte order mark as a column.
  const std::string_view before(text_.data() + start, byte - start);
  if (line == 1 && before.starts_with(detail::byte_order_mark)) {
    start += detail::byte_order_mark.size();
  }
  return {line, static_cast<std::uint32_t>(columns(start, byte) + 1), byte};
}

std::string_view Source::line(std::uint32_t line) const {
  const std::vector<std::uint32_t>& starts = line_starts();
  if (line == 0 || line > starts.size()) return {};
  const std::size_t start = starts[line - 1];
  std::size_t end = line < starts.size() ? starts[line] : text_.size();
  while (end > start && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  std::string_view found(text_.data() + start, end - start);
  if (line == 1 && found.starts_with(detail::byte_order_mark)) {
    found.remove_prefix(detail::byte_order_mark.size());
  }
  return found;
}

}  // namespace eraudit
