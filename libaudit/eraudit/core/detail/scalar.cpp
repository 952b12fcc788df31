#include "eraudit/core/detail/scalar.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "eraudit/core/detail/characters.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

std::optional<std::uint32_t> read_hexadecimal(std::string_view digits) noexcept {
  std::uint32_t value = 0;
  for (const char digit : digits) {
    std::uint32_t bits = 0;
    if (digit >= '0' && digit <= '9') {
      bits = static_cast<std::uint32_t>(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      bits = static_cast<std::uint32_t>(digit - 'a' + 10);
    } else if (digit >= 'A' && digit <= 'F') {
      bits = static_cast<std::uint32_t>(digit - 'A' + 10);
    } else {
      return std::nullopt;
    }
    value = (value << 4) | bits;
  }
  return value;
}

class Decoder {
 public:
  Decoder(std::string_view written, std::size_t begin, std::size_t end)
      : written_(written.substr(0, end)), at_(begin) {}

  /// Plain and quoted scalars: line breaks fold, blanks around them vanish.
  DecodedScalar flow(Notation notation) {
    while (at_ < written_.size()) {
      const char byte = written_[at_];
      if (is_blank(byte) || is_break(byte)) {
        blanks_and_breaks();
      } else if (byte == '\'' && notation == Notation::single_quoted) {
        put(byte, at_);
        at_ += 2;
      } else if (byte == '\\' &&
                 (notation == Notation::double_quoted || notation == Notation::json_string)) {
        escape(notation);
      } else {
        put(byte, at_);
        ++at_;
      }
    }
    return finish(written_.size());
  }

  /// `|` and `>`, from after the header's line break.
  DecodedScalar block(bool folded, char chomping, std::size_t indentation) {
    std::vector<std::size_t> breaks;  // since the last line that is not empty
    bool any = false;
    bool before_spaced = false;
    while (at_ < written_.size()) {
      std::size_t spaces = 0;
      while (spaces < indentation && at_ < written_.size() && written_[at_] == ' ') {
        ++at_;
        ++spaces;
      }
      const std::size_t begin = at_;
      while (at_ < written_.size() && !is_break(written_[at_])) ++at_;
      const std::size_t end = at_;
      if (begin != end) {
        const bool spaced = is_blank(written_[begin]);
        if (folded && any && !spaced && !before_spaced) {
          fold(breaks);
        } else {
          for (const std::size_t place : breaks) put('\n', place);
        }
        for (std::size_t place = begin; place != end; ++place) put(written_[place], place);
        breaks.clear();
        any = true;
        before_spaced = spaced;
      }
      if (at_ < written_.size()) breaks.push_back(skip_break());
    }
    if (chomping == '+') {
      for (const std::size_t place : breaks) put('\n', place);
    } else if (chomping != '-' && any && !breaks.empty()) {
      put('\n', breaks.front());
    }
    // An error at the end is shown at the end of the last line, not at the beginning of the next.
    const bool ends_line = !decoded_.text.empty() && decoded_.text.back() == '\n';
    const std::size_t last = decoded_.places.empty() ? 0 : decoded_.places.back();
    return finish(decoded_.places.empty() || ends_line ? last : last + 1);
  }

 private:
  void put(char byte, std::size_t place) {
    decoded_.text.push_back(byte);
    decoded_.places.push_back(static_cast<std::uint32_t>(place));
  }

  DecodedScalar finish(std::size_t end) {
    decoded_.places.push_back(static_cast<std::uint32_t>(end));
    return std::move(decoded_);
  }

  /// Steps over one line break; returns where it was.
  std::size_t skip_break() {
    const std::size_t place = at_;
    at_ += written_[at_] == '\r' && at_ + 1 < written_.size() && written_[at_ + 1] == '\n' ? 2 : 1;
    return place;
  }

  void fold(const std::vector<std::size_t>& breaks) {
    if (breaks.size() == 1) put(' ', breaks.front());
    for (std::size_t index = 1; index < breaks.size(); ++index) put('\n', breaks[index]);
  }

  void blanks_and_breaks() {
    const std::size_t begin = at_;
    while (at_ < written_.size() && is_blank(written_[at_])) ++at_;
    if (at_ == written_.size() || !is_break(written_[at_])) {
      for (std::size_t place = begin; place != at_; ++place) put(written_[place], place);
      return;
    }
    fold(skip_breaks());
  }

  std::vector<std::size_t> skip_breaks() {
    std::vector<std::size_t> breaks;
    while (at_ < written_.size() && (is_blank(written_[at_]) || is_break(written_[at_]))) {
      if (is_break(written_[at_])) {
        breaks.push_back(skip_break());
      } else {
        ++at_;
      }
    }
    return breaks;
  }

  void put_code(std::uint32_t code, std::size_t place) {
    std::string bytes;
    append_utf8(bytes, code);
    for (const char byte : bytes) put(byte, place);
  }

  void escape(Notation notation) {
    const std::size_t place = at_++;
    if (at_ == written_.size()) return;
    const char letter = written_[at_];
    if (is_break(letter)) {  // the line goes on; empty lines after it count
      skip_break();
      for (const std::size_t further : skip_breaks()) put('\n', further);
      return;
    }
    ++at_;
    switch (letter) {
      case '0':
        return put('\0', place);
      case 'a':
        return put('\a', place);
      case 'b':
        return put('\b', place);
      case 't':
        return put('\t', place);
      case 'n':
        return put('\n', place);
      case 'v':
        return put('\v', place);
      case 'f':
        return put('\f', place);
      case 'r':
        return put('\r', place);
      case 'e':
        return put('\x1B', place);
      case 'N':
        return put_code(0x85, place);
      case '_':
        return put_code(0xA0, place);
      case 'L':
        return put_code(0x2028, place);
      case 'P':
        return put_code(0x2029, place);
      case 'x':
        return put_code(digits(2), place);
      case 'U':
        return put_code(digits(8), place);
      case 'u': {
        std::uint32_t code = digits(4);
        if (notation == Notation::json_string && code >= 0xD800 && code < 0xDC00) {
          at_ += 2;
          code = 0x10000 + ((code - 0xD800) << 10) + (digits(4) - 0xDC00);
        }
        return put_code(code, place);
      }
      default:
        return put(letter, place);
    }
  }

  std::uint32_t digits(std::size_t count) {
    const std::size_t begin = std::min(at_, written_.size());
    at_ = std::min(begin + count, written_.size());
    return read_hexadecimal(written_.substr(begin, count)).value_or(0);
  }

  std::string_view written_;
  std::size_t at_;
  DecodedScalar decoded_;
};

struct BlockHeader {
  std::size_t stated = 0;  ///< indentation indicator; 0 if there is none
  char chomping = ' ';
  std::size_t content = 0;  ///< byte after the header's line break
};

BlockHeader read_header(std::string_view written) {
  BlockHeader header;
  std::size_t at = 1;
  for (; at < written.size() && !is_break(written[at]) && !is_blank(written[at]); ++at) {
    if (written[at] >= '1' && written[at] <= '9') {
      header.stated = static_cast<std::size_t>(written[at] - '0');
    } else {
      header.chomping = written[at];
    }
  }
  while (at < written.size() && !is_break(written[at])) ++at;
  if (at < written.size()) {
    at += written[at] == '\r' && at + 1 < written.size() && written[at + 1] == '\n' ? 2 : 1;
  }
  header.content = at;
  return header;
}

/// Blanks in front of the first line that has more than blanks; nothing if there is no such line.
std::optional<std::size_t> first_indentation(std::string_view lines) {
  std::size_t spaces = 0;
  bool leading = true;
  for (const char byte : lines) {
    if (is_break(byte)) {
      spaces = 0;
      leading = true;
    } else if (byte == ' ' && leading) {
      ++spaces;
    } else if (byte == '\t') {
      leading = false;  // is content, but not more than blank
    } else if (byte != ' ') {
      return spaces;
    }
  }
  return std::nullopt;
}

}  // namespace

DecodedScalar decode_scalar(Notation notation, std::string_view written, std::size_t indentation) {
  switch (notation) {
    case Notation::plain:
      return Decoder(written, 0, written.size()).flow(notation);
    case Notation::single_quoted:
    case Notation::double_quoted:
    case Notation::json_string:
      return Decoder(written, 1, std::max<std::size_t>(written.size(), 2) - 1).flow(notation);
    case Notation::literal:
    case Notation::folded:
      break;
  }
  const BlockHeader header = read_header(written);
  return Decoder(written, header.content, written.size())
      .block(notation == Notation::folded, header.chomping, indentation);
}

std::vector<std::uint32_t> places_in_scalar(Notation notation, std::string_view written,
                                            std::string_view text) {
  std::vector<std::uint32_t> beginning(text.size() + 1);
  if (written.empty()) return beginning;
  const auto places_with = [&](std::size_t indentation, std::vector<std::uint32_t>& places) {
    DecodedScalar decoded = decode_scalar(notation, written, indentation);
    if (decoded.text != text) return false;
    places = std::move(decoded.places);
    return true;
  };
  std::vector<std::uint32_t> places;
  if (notation != Notation::literal && notation != Notation::folded) {
    return places_with(0, places) ? places : beginning;
  }
  // The indentation of a block scalar follows from what the parser made of it: as many blanks as
  // its first line has lost.
  const BlockHeader header = read_header(written);
  const auto in_source = first_indentation(written.substr(header.content));
  const auto in_text = first_indentation(text);
  if (in_source && in_text && *in_source >= *in_text) {
    return places_with(*in_source - *in_text, places) ? places : beginning;
  }
  // Nothing but blanks: of no use to anybody, and a guess will do.
  for (std::size_t indentation = header.stated; indentation < header.stated + 16; ++indentation) {
    if (places_with(indentation, places)) return places;
  }
  return beginning;
}

}  // namespace eraudit::detail
