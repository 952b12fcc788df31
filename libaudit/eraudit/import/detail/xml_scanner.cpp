#include "eraudit/import/detail/xml_scanner.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/import/detail/fields.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view not_xml = "xlsx-xml";
/// The longest tag or stretch of text: it is looked through anew with every piece of the stream.
constexpr std::size_t longest_token = 1u << 20;

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool has_control(std::string_view text) noexcept {
  bool found = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    found |= byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
  }
  return found;
}

std::string_view tag_name(std::string_view inside) noexcept {
  const auto end = std::find_if(inside.begin(), inside.end(),
                                [](char c) { return is_blank(c) || c == '/' || c == '>'; });
  return inside.substr(0, static_cast<std::size_t>(end - inside.begin()));
}

}  // namespace

std::string_view local_name(std::string_view name) noexcept {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

XmlScanner::XmlScanner(const WorkbookLimits& limits, std::vector<std::string_view> wanted,
                       OnElement on_element)
    : limits_(limits), wanted_(std::move(wanted)), on_element_(std::move(on_element)) {}

bool XmlScanner::fail(std::string_view id, std::string message) {
  if (error_.empty()) {
    error_ = std::move(message);
    error_id_ = id;
    error_at_ = consumed_ + at_;
  }
  return false;
}

bool XmlScanner::feed(std::string_view bytes) {
  // What was taken is forgotten, but for an element that is not complete.
  const std::size_t keep = element_ == none ? at_ : element_;
  buffer_.erase(0, keep);
  consumed_ += keep;
  at_ -= keep;
  if (element_ != none) element_ = 0;
  buffer_ += bytes;
  return scan();
}

bool XmlScanner::finish() {
  final_ = true;
  if (!scan()) return false;
  if (at_ != buffer_.size()) return fail(not_xml, "it ends in the middle of a tag");
  if (!open_.empty()) {
    return fail(not_xml, fmt::format("it ends before {} is closed",
                                     in_quotes(std::string_view(names_).substr(open_.back()))));
  }
  if (!root_seen_) return fail(not_xml, "there is nothing in it");
  return true;
}

bool XmlScanner::scan() {
  if (!begun_) {
    if (buffer_.size() < 4 && !final_) return true;
    begun_ = true;
    if (buffer_.starts_with("\xFF\xFE") || buffer_.starts_with("\xFE\xFF") ||
        (buffer_.size() > 1 && (buffer_[0] == '\0' || buffer_[1] == '\0'))) {
      return fail("xlsx-encoding", "it is not UTF-8");
    }
    if (buffer_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }
  for (;;) {
    if (at_ == buffer_.size()) return true;
    const std::size_t size = token_size();
    if (!error_.empty()) return false;
    if (size == 0) {
      const std::size_t begun = element_ == none ? at_ : element_;
      if (buffer_.size() - begun > limits_.element_bytes || buffer_.size() - at_ > longest_token) {
        return fail("xlsx-element-too-large",
                    fmt::format("an element has more than {} bytes",
                                buffer_.size() - at_ > longest_token ? longest_token
                                                                     : limits_.element_bytes));
      }
      return true;
    }
    if (!take(std::string_view(buffer_).substr(at_, size))) return false;
  }
}

std::size_t XmlScanner::token_size() {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  if (rest.front() != '<') {
    const std::size_t end = rest.find('<');
    if (end != std::string_view::npos) return end;
    return final_ ? rest.size() : 0;
  }
  if (rest.size() < 2) return 0;
  return rest[1] == '!' || rest[1] == '?' ? markup_size(rest) : tag_size(rest);
}

std::size_t XmlScanner::markup_size(std::string_view rest) {
  constexpr std::string_view cdata = "<![CDATA[";
  const auto until = [&](std::string_view mark, std::size_t from) -> std::size_t {
    const std::size_t end = rest.find(mark, from);
    return end == std::string_view::npos ? 0 : end + mark.size();
  };
  if (rest[1] == '?') return until("?>", 2);
  if (rest.starts_with("<!--")) return until("-->", 4);
  if (rest.starts_with(cdata)) return until("]]>", cdata.size());
  if (rest.size() < cdata.size() && !final_ &&
      (cdata.starts_with(rest) || std::string_view("<!--").starts_with(rest))) {
    return 0;
  }
  fail("xlsx-dtd", "it declares a document type or entities, which no workbook does");
  return 0;
}

std::size_t XmlScanner::tag_size(std::string_view rest) {
  char quote = '\0';
  for (std::size_t i = 1; i < rest.size(); ++i) {
    const char c = rest[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '>') {
      return i + 1;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '<') {
      fail(not_xml, "a tag begins inside of another");
      return 0;
    }
  }
  return 0;
}

bool XmlScanner::take(std::string_view token) {
  if (token.front() != '<') return take_text(token);
  switch (token[1]) {
    case '?':
      return take_declaration(token);
    case '!':
      if (open_.empty() && token.starts_with("<![")) return fail(not_xml, "text outside of all");
      at_ += token.size();
      return true;
    case '/':
      return take_end_tag(token);
    default:
      return take_start_tag(token);
  }
}

bool XmlScanner::take_declaration(std::string_view token) {
  if (token.starts_with("<?xml") && token.size() > 5 && is_blank(token[5])) {
    const std::size_t at = token.find("encoding");
    if (at != std::string_view::npos) {
      const std::size_t begin = token.find_first_of("\"'", at);
      const std::size_t end =
          begin == std::string_view::npos ? begin : token.find(token[begin], begin + 1);
      if (end == std::string_view::npos) return fail(not_xml, "its first line is broken");
      std::string name(token.substr(begin + 1, end - begin - 1));
      for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      if (name != "utf-8" && name != "us-ascii") {
        return fail("xlsx-encoding", fmt::format("it is {}, not UTF-8", in_quotes(name)));
      }
    }
  }
  at_ += token.size();
  return true;
}

bool XmlScanner::take_text(std::string_view text) {
  if (open_.empty() && !std::all_of(text.begin(), text.end(), [](char c) { return is_blank(c); })) {
    return fail(not_xml, "text outside of all");
  }
  if (!take_references(text)) return false;
  at_ += text.size();
  return true;
}

bool XmlScanner::take_references(std::string_view text) {
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const std::size_t end = rest.find(';');
    const std::string_view name = rest.substr(0, std::min(end, rest.size()));
    const bool known = name == "amp" || name == "lt" || name == "gt" || name == "quot" ||
                       name == "apos" || (name.starts_with('#') && name.size() > 1);
    if (end == std::string_view::npos || !known) {
      return fail("xlsx-entity", fmt::format("it has an entity {} of its own, which is not read",
                                             in_quotes(name.substr(0, 20))));
    }
  }
  return true;
}

bool XmlScanner::take_end_tag(std::string_view token) {
  const std::string_view name = tag_name(token.substr(2));
  if (open_.empty()) {
    return fail(not_xml, fmt::format("{} is closed and was never opened", in_quotes(name)));
  }
  const std::string_view expected = std::string_view(names_).substr(open_.back());
  if (name != expected) {
    return fail(not_xml,
                fmt::format("{} is closed where {} is open", in_quotes(name), in_quotes(expected)));
  }
  names_.resize(open_.back());
  open_.pop_back();
  at_ += token.size();
  if (element_ != none && open_.size() == element_depth_) return hand_over(at_);
  return true;
}

bool XmlScanner::take_start_tag(std::string_view token) {
  const std::string_view name = tag_name(token.substr(1));
  if (name.empty()) return fail(not_xml, "a tag has no name");
  if (open_.empty() && root_seen_)
    return fail(not_xml, "there is a second element beside the root");
  if (open_.size() == limits_.xml_depth) {
    return fail("xlsx-too-deep",
                fmt::format("more than {} elements stand inside each other", limits_.xml_depth));
  }
  if (!take_references(token)) return false;
  root_seen_ = true;
  const bool wanted = element_ == none &&
                      std::find(wanted_.begin(), wanted_.end(), local_name(name)) != wanted_.end();
  if (wanted) {
    element_ = at_;
    element_depth_ = open_.size();
  }
  const bool empty = token[token.size() - 2] == '/';
  if (!empty) {
    open_.push_back(names_.size());
    names_ += name;
  }
  at_ += token.size();
  if (wanted && empty) return hand_over(at_);
  return true;
}

bool XmlScanner::hand_over(std::size_t end) {
  const std::span<char> xml(buffer_.data() + element_, end - element_);
  const std::string_view text(xml.data(), xml.size());
  if (text.size() > limits_.element_bytes) {
    return fail("xlsx-element-too-large",
                fmt::format("an element has more than {} bytes", limits_.element_bytes));
  }
  if (find_bad_utf8(text)) return fail("xlsx-encoding", "it holds bytes that are not UTF-8");
  if (has_control(text)) return fail(not_xml, "it holds a control character");
  element_ = none;
  return on_element_(xml);
}

}  // namespace eraudit::detail
