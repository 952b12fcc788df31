#include "eraudit/pattern/detail/report.hpp"

#include <memory>
#include <utility>

namespace eraudit::pattern_detail {

Reporter::Reporter(const ExpressionText& text, Diagnostics& diagnostics)
    : text_(text), diagnostics_(diagnostics) {
  if (text_.source == nullptr) {
    text_.source = std::make_shared<const Source>(text_.name, text_.text);
    text_.offsets.clear();
  }
}

void Reporter::error(Span span, std::string_view id, std::string message, std::string help) {
  diagnostics_.error(*text_.source, locate(text_, span), id, std::move(message), std::move(help));
}

void Reporter::warning(Span span, std::string_view id, std::string message, std::string help) {
  diagnostics_.warning(*text_.source, locate(text_, span), id, std::move(message), std::move(help));
}

ExpressionText Reporter::part(std::uint32_t begin, std::uint32_t end) const {
  const auto blank = [&](std::uint32_t at) {
    const char c = text_.text[at];
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  };
  while (begin < end && blank(begin)) ++begin;
  while (begin < end && blank(end - 1)) --end;
  ExpressionText out;
  out.text = text_.text.substr(begin, end - begin);
  out.source = text_.source;
  out.name = text_.name;
  const bool mapped = text_.offsets.size() > text_.text.size();
  out.offsets.reserve(end - begin + 1);
  for (std::uint32_t at = begin; at <= end; ++at) {
    out.offsets.push_back(mapped ? text_.offsets[at] : at);
  }
  return out;
}

}  // namespace eraudit::pattern_detail
