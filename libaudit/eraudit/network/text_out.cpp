#include "eraudit/network/detail/text_out.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>

#include "eraudit/network/detail/characters.hpp"

namespace eraudit::detail {
namespace {

bool letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The code point at `at` of valid UTF-8, and its bytes.
struct Decoded {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};
Decoded decode(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const std::uint32_t first = byte(0);
  const std::size_t left = text.size() - at;
  if (first >= 0xF0 && left >= 4) {
    return {((first & 7) << 18) | ((byte(1) & 63) << 12) | ((byte(2) & 63) << 6) | (byte(3) & 63),
            4};
  }
  if (first >= 0xE0 && left >= 3) {
    return {((first & 15) << 12) | ((byte(1) & 63) << 6) | (byte(2) & 63), 3};
  }
  if (first >= 0xC0 && left >= 2) return {((first & 31) << 6) | (byte(1) & 63), 2};
  return {first, 1};
}

/// What readers drop, fold, take for a line break or show as something else.
bool invisible(std::uint32_t code) noexcept {
  return (code >= 0x7F && code <= 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

bool looks_like_a_word_of_yaml(std::string_view text) noexcept {
  constexpr std::string_view words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
  const auto same = [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char c, char small) {
      return c == small || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == small);
    });
  };
  return std::any_of(std::begin(words), std::end(words), same);
}

/// Numbers, dates, times, hexadecimal and the like, in any version of YAML.
bool looks_like_a_number(std::string_view text) noexcept {
  if (!is_digit(text.front()) && text.front() != '.') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
           std::string_view("._-+xXoOinINTZ ").find(c) != std::string_view::npos;
  });
}

bool plain(std::string_view text) noexcept {
  if (text.empty() || text.back() == ' ') return false;
  if (!letter(text.front()) && !is_digit(text.front()) &&
      static_cast<unsigned char>(text.front()) < 0x80) {
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      const Decoded code = decode(text, i);
      if (invisible(code.value)) return false;
      i += code.bytes;
      continue;
    }
    if (!letter(text[i]) && !is_digit(text[i]) &&
        std::string_view(" _-./()+=&;%$'@!*").find(text[i]) == std::string_view::npos) {
      return false;
    }
    ++i;
  }
  return !looks_like_a_word_of_yaml(text) && !looks_like_a_number(text);
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x7F && text[i] != '"' && text[i] != '\\') {
      ++i;
      continue;
    }
    const Decoded code = byte < 0x80 ? Decoded{byte, 1} : decode(text, i);
    if (byte >= 0x80 && !invisible(code.value)) {
      i += code.bytes;
      continue;
    }
    out.append(text, from, i - from);
    switch (code.value) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", code.value);
    }
    i += code.bytes;
    from = i;
  }
  out.append(text, from);
  out += '"';
}

void append_yaml(std::string& out, std::string_view text) {
  if (plain(text)) {
    out += text;
  } else {
    append_quoted(out, text);
  }
}

void append_csv(std::string& out, std::string_view text, bool quoted) {
  if (!quoted && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (std::size_t at = 0;;) {
    const std::size_t quote = text.find('"', at);
    out.append(text, at, quote == std::string_view::npos ? quote : quote - at);
    if (quote == std::string_view::npos) break;
    out += "\"\"";
    at = quote + 1;
  }
  out += '"';
}

}  // namespace eraudit::detail
