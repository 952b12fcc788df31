#include "eraudit/core/text.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utf8proc.h>

#include "eraudit/core/error.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit {
namespace {

/// Bytes below 0x80 at the front of `text`.
std::size_t ascii_prefix(std::string_view text) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080u;
  std::size_t at = 0;
  for (; at + 32 <= text.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool must_be_escaped(std::uint32_t code) noexcept {
  if (code < 0x20 || (code >= 0x7F && code <= 0x9F)) return true;       // C0, DEL, C1
  if (code == 0x061C || code == 0x200E || code == 0x200F) return true;  // bidirectional marks
  if (code >= 0x2028 && code <= 0x202E) return true;  // line and paragraph ends, embeddings
  return (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void append_hexadecimal(std::string& out, std::uint32_t value) {
  char digits[8];
  const auto written = std::to_chars(digits, digits + sizeof digits, value, 16);
  for (const char* digit = digits; digit != written.ptr; ++digit) {
    out.push_back(*digit >= 'a' ? static_cast<char>(*digit - 'a' + 'A') : *digit);
  }
}

std::string map_text(std::string_view text, utf8proc_option_t options) {
  std::string valid;
  if (find_bad_utf8(text)) {
    valid = detail::valid_utf8(text);
    text = valid;
  }
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(mapped, std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) throw Error(ErrorCode::internal, utf8proc_errmsg(length));
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

namespace detail {

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint code = first_code_point(text);
    out += code.valid ? text.substr(0, code.bytes) : replacement_character;
    text.remove_prefix(code.bytes);
  }
  return out;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::size_t at = 0;
  for (std::size_t count = 0; count < longest && at < text.size(); ++count) {
    at += first_code_point(text.substr(at)).bytes;
  }
  std::string out(text.substr(0, at));
  if (at < text.size()) out += "...";
  return out;
}

}  // namespace detail

std::optional<std::size_t> find_bad_utf8(std::string_view text) {
  for (std::size_t at = 0;;) {
    at += ascii_prefix(text.substr(at));
    if (at == text.size()) return std::nullopt;
    // Text that is not ASCII tends to go on so: stay here until the next ASCII character.
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      const detail::CodePoint code = detail::first_code_point(text.substr(at));
      if (!code.valid) return at;
      at += code.bytes;
    }
  }
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const detail::CodePoint code = detail::first_code_point(text);
    const int columns =
        code.valid ? utf8proc_charwidth(static_cast<utf8proc_int32_t>(code.value)) : 1;
    width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    text.remove_prefix(code.bytes);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const detail::CodePoint code = detail::first_code_point(text);
    if (!code.valid) {
      for (std::uint32_t index = 0; index < code.bytes; ++index) {
        out += "\\x{";
        append_hexadecimal(out, static_cast<unsigned char>(text[index]));
        out += '}';
      }
    } else if (must_be_escaped(code.value)) {
      out += "\\u{";
      append_hexadecimal(out, code.value);
      out += '}';
    } else {
      out += text.substr(0, code.bytes);
    }
    text.remove_prefix(code.bytes);
  }
  return out;
}

std::string slug(std::string_view text) {
  const std::string bare =
      map_text(text, static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                    UTF8PROC_STRIPMARK | UTF8PROC_STABLE));
  std::string out;
  bool gap = false;
  for (const char byte : bare) {
    const bool digit = byte >= '0' && byte <= '9';
    const bool lower = byte >= 'a' && byte <= 'z';
    const bool upper = byte >= 'A' && byte <= 'Z';
    if (!digit && !lower && !upper) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += '-';
    gap = false;
    out += upper ? static_cast<char>(byte - 'A' + 'a') : byte;
  }
  return out;
}

std::string normal_form(std::string_view text) {
  if (ascii_prefix(text) == text.size()) return std::string(text);
  return map_text(text, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
}

std::string to_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::fabs(value);
  const bool plain = size == 0 || (size >= 1e-5 && size < 1e16);
  char digits[64];
  const auto written =
      std::to_chars(digits, digits + sizeof digits, value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string out(digits, written.ptr);
  if (plain && out.find('.') == std::string::npos) out += ".0";
  return out;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

std::optional<double> parse_number(std::string_view text) {
  // `inf` and `nan` are what other programs write for "nothing here": not numbers.
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits[0] != '.' && (digits[0] < '0' || digits[0] > '9'))) {
    return std::nullopt;
  }
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

}  // namespace eraudit
