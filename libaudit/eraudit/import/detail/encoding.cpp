#include "eraudit/import/detail/encoding.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

/// Windows-1252 from 0x80 to 0x9F; 0: nothing.
constexpr std::array<std::uint16_t, 32> windows_signs = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct NamedEncoding {
  std::string_view name;
  Encoding encoding;
};
constexpr NamedEncoding encodings[] = {
    {"utf-8", Encoding::utf8},
    {"utf-16", Encoding::utf16},
    {"utf-16le", Encoding::utf16le},
    {"utf-16be", Encoding::utf16be},
    {"windows-1252", Encoding::windows1252},
    {"latin-1", Encoding::windows1252},
    {"iso-8859-1", Encoding::windows1252},
};

/// So much is looked at to tell UTF-16 by its zeros.
constexpr std::size_t looked_at = 4096;
constexpr std::size_t mistakes_named = 20;

unsigned byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

/// UTF-16 of Latin text has a zero in every second byte, and hardly any in the others.
std::optional<Encoding> by_zeros(std::string_view text) noexcept {
  const std::size_t size = std::min(text.size(), looked_at) / 2 * 2;
  if (size < 4) return std::nullopt;
  std::size_t first = 0;
  std::size_t second = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    first += text[i] == '\0';
    second += text[i + 1] == '\0';
  }
  const std::size_t pairs = size / 2;
  if (second * 10 > pairs * 4 && first * 20 < pairs) return Encoding::utf16le;
  if (first * 10 > pairs * 4 && second * 20 < pairs) return Encoding::utf16be;
  return std::nullopt;
}

/// Whether the bytes beyond ASCII are mostly well-formed UTF-8: then it is UTF-8 with a fault.
bool mostly_utf8(std::string_view text) noexcept {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = first_code_point(text.substr(at));
    (point.valid ? good : bad) += 1;
    at += point.bytes;
  }
  return good >= bad;
}

std::optional<Encoding> by_mark(std::string_view text) noexcept {
  if (text.starts_with(byte_order_mark)) return Encoding::utf8;
  if (text.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (text.starts_with("\xFE\xFF")) return Encoding::utf16be;
  return std::nullopt;
}

/// Collects what is nothing in an encoding, with its place in the text that is made.
class Mistakes {
 public:
  void add(std::size_t at, std::string what) {
    if (found_.size() < mistakes_named) found_.emplace_back(at, std::move(what));
  }
  [[nodiscard]] bool none() const noexcept { return found_.empty(); }
  void report(const Source& text, Diagnostics& diagnostics) const {
    for (const auto& [at, what] : found_) {
      Diagnostic out;
      out.id = "csv-encoding";
      out.message = what;
      out.help =
          "name the right encoding with `encoding:` in the mapping, or save the file as UTF-8";
      out.file = text.name();
      out.position = text.position(at);
      diagnostics.add(std::move(out));
    }
  }

 private:
  std::vector<std::pair<std::size_t, std::string>> found_;
};

std::string from_windows(std::string_view text, Mistakes& mistakes) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned byte = byte_at(text, i);
    std::uint32_t sign = byte;
    if (byte >= 0x80 && byte < 0xA0) {
      sign = windows_signs[byte - 0x80];
      if (sign == 0) {
        mistakes.add(out.size(),
                     fmt::format("the byte {:02X} is no character of Windows-1252", byte));
        sign = 0xFFFD;
      }
    }
    append_utf8(out, sign);
  }
  return out;
}

std::string from_utf16(std::string_view text, bool big, Mistakes& mistakes) {
  std::string out;
  out.reserve(text.size());
  const auto unit = [&](std::size_t at) {
    return big ? byte_at(text, at) << 8u | byte_at(text, at + 1)
               : byte_at(text, at + 1) << 8u | byte_at(text, at);
  };
  std::size_t at = 0;
  for (; at + 1 < text.size(); at += 2) {
    const std::uint32_t first = unit(at);
    if (at == 0 && first == 0xFEFF) continue;
    if (first < 0xD800 || first > 0xDFFF) {
      append_utf8(out, first);
      continue;
    }
    if (first < 0xDC00 && at + 3 < text.size()) {
      const std::uint32_t second = unit(at + 2);
      if (second >= 0xDC00 && second <= 0xDFFF) {
        append_utf8(out, 0x10000 + ((first - 0xD800) << 10u) + (second - 0xDC00));
        at += 2;
        continue;
      }
    }
    mistakes.add(out.size(), fmt::format("the unit {:04X} is half a character of UTF-16", first));
    append_utf8(out, 0xFFFD);
  }
  if (at < text.size()) mistakes.add(out.size(), "the last character of UTF-16 is cut off");
  return out;
}

}  // namespace

std::optional<Encoding> encoding_named(std::string_view name) noexcept {
  const auto found = std::find_if(std::begin(encodings), std::end(encodings),
                                  [&](const NamedEncoding& one) { return one.name == name; });
  if (found == std::end(encodings)) return std::nullopt;
  return found->encoding;
}

std::string_view encoding_name(Encoding encoding) noexcept {
  return std::find_if(std::begin(encodings), std::end(encodings),
                      [&](const NamedEncoding& one) { return one.encoding == encoding; })
      ->name;
}

std::optional<DecodedText> decode(const SourcePtr& file, std::optional<Encoding> named,
                                  Diagnostics& diagnostics) {
  const std::string_view text = file->text();
  const auto marked = by_mark(text);
  const bool wide =
      named == Encoding::utf16 || named == Encoding::utf16le || named == Encoding::utf16be;
  if (named && marked &&
      (wide ? *marked == Encoding::utf8 || (named != Encoding::utf16 && named != marked)
            : *marked != Encoding::utf8 || named == Encoding::windows1252)) {
    diagnostics.error(file->name(), "csv-encoding",
                      fmt::format("the file is marked as {}, and the mapping says {}",
                                  encoding_name(*marked), encoding_name(*named)),
                      "leave `encoding` out: what is marked is found");
    return std::nullopt;
  }
  DecodedText out;
  std::optional<Encoding> found = marked ? marked : named;
  if (!found || found == Encoding::utf16) {
    const auto zeros = by_zeros(text);
    if (!zeros && found) {
      diagnostics.error(file->name(), "csv-encoding",
                        "the file has no mark that says which of the two UTF-16 it is",
                        "write encoding: utf-16le, or utf-16be");
      return std::nullopt;
    }
    found = zeros;
    out.guessed = zeros && !named;
  }
  if (!found) {
    const bool plain = !find_bad_utf8(text) || mostly_utf8(text);
    found = plain ? Encoding::utf8 : Encoding::windows1252;
    out.guessed = !plain;
  }
  out.encoding = *found;
  if (*found == Encoding::utf8) {
    out.text = file;
    return out;
  }
  Mistakes mistakes;
  out.text = std::make_shared<const Source>(
      file->name(), *found == Encoding::windows1252
                        ? from_windows(text, mistakes)
                        : from_utf16(text, *found == Encoding::utf16be, mistakes));
  if (mistakes.none()) return out;
  mistakes.report(*out.text, diagnostics);
  return std::nullopt;
}

}  // namespace eraudit::detail
