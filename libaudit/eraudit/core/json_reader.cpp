#include <algorithm>
#include <cstring>
#include <utility>

#include "eraudit/core/detail/document_arena.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace eraudit {
namespace {

using detail::ArenaBuilder;
using detail::Notation;

bool is_digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}
bool is_letter(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/// The first quote, backslash or control character in [at, end).
const char* find_special(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i highest_control = _mm_set1_epi8(0x1F);
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, highest_control), bytes);
    const __m128i hits = _mm_or_si128(
        control, _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
    const int mask = _mm_movemask_epi8(hits);
    if (mask != 0) return at + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}

std::optional<std::uint32_t> four_hexadecimal(const char* at, const char* end) noexcept {
  if (end - at < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (int index = 0; index < 4; ++index) {
    const char digit = at[index];
    std::uint32_t bits = 0;
    if (is_digit(digit)) {
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

/// Thrown inside the reader, after the diagnostic was made: what follows cannot be understood.
struct Stop {};

class JsonReader {
 public:
  JsonReader(SourcePtr source, const Limits& limits)
      : source_(std::move(source)),
        limits_(limits),
        builder_(source_),
        diagnostics_(limits.diagnostics_per_file, limits.diagnostics),
        begin_(source_->text().data()),
        at_(begin_),
        end_(begin_ + source_->text().size()) {}

  Checked<DocumentPtr> read() {
    try {
      check_text();
      builder_.reserve(std::min(expected_values(), limits_.document_nodes));
      values();
      skip_blanks();
      if (at_ != end_) {
        stop(at_, rest_of_line(at_), "json-after-end", "text after the end of the document",
             "a JSON file is one value: put several into a list");
      }
    } catch (const Stop&) {
      // said in the diagnostics
      diagnostics_.sort_by_place();
      return std::move(diagnostics_);
    }
    diagnostics_.sort_by_place();
    if (diagnostics_.has_errors()) return std::move(diagnostics_);
    return {builder_.finish(), std::move(diagnostics_)};
  }

 private:
  enum class Next : std::uint8_t { value, key, after };

  [[nodiscard]] std::uint32_t offset(const char* place) const noexcept {
    return static_cast<std::uint32_t>(place - begin_);
  }
  [[nodiscard]] Span span(const char* from, std::size_t length) const noexcept {
    return {offset(from), static_cast<std::uint32_t>(length)};
  }
  void error(const char* from, std::size_t length, std::string_view id, std::string message,
             std::string help = {}) {
    diagnostics_.error(*source_, span(from, length), id, std::move(message), std::move(help));
  }
  [[noreturn]] void stop(const char* from, std::size_t length, std::string_view id,
                         std::string message, std::string help = {}) {
    error(from, length, id, std::move(message), std::move(help));
    throw Stop{};
  }
  [[nodiscard]] std::size_t rest_of_line(const char* from) const noexcept {
    const char* to = from;
    while (to != end_ && *to != '\n' && *to != '\r') ++to;
    while (to != from && (to[-1] == ' ' || to[-1] == '\t')) --to;
    return static_cast<std::size_t>(to - from);
  }

  void check_text() {
    const std::string_view text = source_->text();
    if (text.size() > limits_.data_file_bytes) {
      diagnostics_.error(source_->name(), "json-too-large",
                         "the file has " + std::to_string(text.size()) + " bytes; at most " +
                             std::to_string(limits_.data_file_bytes) + " are read");
      throw Stop{};
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      stop(begin_, 1, "json-encoding", "the file is UTF-16, not UTF-8", "save the file as UTF-8");
    }
    if (const auto bad = find_bad_utf8(text)) {
      stop(begin_ + *bad, 1, "json-encoding",
           "the byte " + printable(text.substr(*bad, 1)) + " is not valid UTF-8",
           "save the file as UTF-8");
    }
    if (text.starts_with(detail::byte_order_mark)) at_ += detail::byte_order_mark.size();
  }

  /// About as many as there will be: each value but the first follows one of these characters, and
  /// the beginning of a file tells of the rest. In long texts they are many, hence the second
  /// bound.
  [[nodiscard]] std::size_t expected_values() const noexcept {
    const std::size_t size = source_->text().size();
    const std::string_view sample = source_->text().substr(0, 1u << 20);
    std::size_t count = 1;
    for (const char byte : sample)
      count += byte == ',' || byte == ':' || byte == '[' || byte == '{';
    if (size > sample.size()) count = (count + count / 8) * (size / sample.size() + 1);
    return std::min(count, size / 4 + 16);
  }

  void skip_blanks() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }

  void values() {
    Next next = Next::value;
    for (;;) {
      skip_blanks();
      if (next == Next::key) {
        key();
        next = Next::value;
        continue;
      }
      if (next == Next::value) {
        next = value();
        continue;
      }
      if (builder_.depth() == 0) return;
      next = after_value();
    }
  }

  void count_value(const char* from) {
    if (builder_.size() < limits_.document_nodes) return;
    stop(from, 1, "json-too-many-values",
         "more than " + std::to_string(limits_.document_nodes) + " values in one file");
  }

  Next value() {
    count_value(at_);
    if (at_ == end_) unexpected_end();
    switch (*at_) {
      case '{':
        open(DocumentKind::map);
        skip_blanks();
        if (at_ == end_ || *at_ != '}') return Next::key;
        close();
        return Next::after;
      case '[':
        open(DocumentKind::list);
        skip_blanks();
        if (at_ == end_ || *at_ != ']') return Next::value;
        close();
        return Next::after;
      case '"':
        string();
        return Next::after;
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9':
        number();
        return Next::after;
      case 't':
        word("true", DocumentKind::boolean);
        return Next::after;
      case 'f':
        word("false", DocumentKind::boolean);
        return Next::after;
      case 'n':
        word("null", DocumentKind::null);
        return Next::after;
      default:
        not_a_value();
    }
  }

  void open(DocumentKind kind) {
    if (builder_.depth() >= limits_.document_depth) {
      stop(at_, 1, "json-too-deep",
           "more than " + std::to_string(limits_.document_depth) +
               " lists and objects inside each other");
    }
    builder_.begin(kind, offset(at_));
    ++at_;
  }

  void close() {
    ++at_;
    if (!builder_.in_map()) return builder_.end_list(offset(at_));
    builder_.end_map(offset(at_), [this](std::uint32_t key, std::uint32_t first) {
      const detail::Value& repeated = builder_.arena().values[key];
      const Position before = source_->position(builder_.arena().values[first].offset);
      diagnostics_.error(
          *source_, {repeated.offset, repeated.length}, "json-duplicate-key",
          "the key '" + detail::shortened(builder_.arena().text(key)) + "' is here again",
          "the first one is at " + std::to_string(before.line) + ":" +
              std::to_string(before.column));
    });
  }

  void key() {
    if (at_ == end_) unexpected_end();
    if (*at_ != '"') not_a_key();
    count_value(at_);
    if (builder_.count() >= limits_.keys_per_map) {
      stop(at_, 1, "json-too-many-keys",
           "more than " + std::to_string(limits_.keys_per_map) + " keys in one object");
    }
    string();
    skip_blanks();
    if (at_ != end_ && *at_ == ':') {
      ++at_;
      return;
    }
    if (at_ == end_) unexpected_end();
    stop(at_, 1, "json-syntax", "expected ':' after the key, not " + seen(at_));
  }

  Next after_value() {
    const bool map = builder_.in_map();
    if (at_ == end_) unexpected_end();
    if (*at_ == (map ? '}' : ']')) {
      close();
      return Next::after;
    }
    if (*at_ == ',') {
      const char* const comma = at_++;
      skip_blanks();
      if (at_ != end_ && (*at_ == '}' || *at_ == ']')) {
        stop(comma, 1, "json-trailing-comma", "a comma after the last item",
             "JSON has none: remove it");
      }
      return map ? Next::key : Next::value;
    }
    if (*at_ == '/' || *at_ == '#') comment();
    const std::string wanted = map ? "expected ',' or '}'" : "expected ',' or ']'";
    const Position where = source_->position(builder_.arena().values[builder_.innermost()].offset);
    stop(at_, 1, "json-syntax", wanted + ", not " + seen(at_),
         std::string("this is inside the ") + (map ? "object" : "list") + " that begins at " +
             std::to_string(where.line) + ":" + std::to_string(where.column));
  }

  /// Leaves `at_` after the closing quote.
  void string() {
    const char* const quote = at_;
    const char* const first = quote + 1;
    const char* special = find_special(first, end_);
    if (special != end_ && *special == '"') {
      const auto length = static_cast<std::size_t>(special - first);
      check_length(quote, length);
      at_ = special + 1;
      builder_.scalar(DocumentKind::text, Notation::json_string, span(quote, length + 2),
                      span(first, length));
      return;
    }
    decoded_.clear();
    const char* copied = first;
    for (;;) {
      if (special == end_) unterminated(quote);
      if (*special == '"') break;
      if (*special != '\\') control_character(quote, special);
      decoded_.append(copied, special);
      special = escape(special);
      copied = special;
      special = find_special(special, end_);
    }
    decoded_.append(copied, special);
    check_length(quote, decoded_.size());
    at_ = special + 1;
    builder_.decoded_scalar(DocumentKind::text, Notation::json_string,
                            span(quote, static_cast<std::size_t>(at_ - quote)), decoded_);
  }

  void check_length(const char* from, std::size_t length) {
    if (length <= limits_.scalar_bytes) return;
    stop(from, 1, "json-text-too-long",
         "a text of " + std::to_string(length) + " bytes; at most " +
             std::to_string(limits_.scalar_bytes) + " are read");
  }

  /// Appends what the escape at `backslash` stands for; returns what follows it.
  const char* escape(const char* backslash) {
    const char* const letter = backslash + 1;
    if (letter == end_) unterminated(at_);
    switch (*letter) {
      case '"':
        decoded_ += '"';
        break;
      case '\\':
        decoded_ += '\\';
        break;
      case '/':
        decoded_ += '/';
        break;
      case 'b':
        decoded_ += '\b';
        break;
      case 'f':
        decoded_ += '\f';
        break;
      case 'n':
        decoded_ += '\n';
        break;
      case 'r':
        decoded_ += '\r';
        break;
      case 't':
        decoded_ += '\t';
        break;
      case 'u':
        return unicode_escape(backslash);
      default: {
        const std::size_t shown =
            1 + detail::first_code_point({letter, static_cast<std::size_t>(end_ - letter)}).bytes;
        stop(backslash, shown, "json-bad-escape",
             "'" + std::string(backslash, shown) + "' is not an escape of JSON",
             "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u0000; for a backslash write "
             "\\\\");
      }
    }
    return letter + 1;
  }

  const char* unicode_escape(const char* backslash) {
    const auto unit = four_hexadecimal(backslash + 2, end_);
    if (!unit) {
      stop(backslash, 2, "json-bad-escape", "'\\u' without four hexadecimal digits");
    }
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      detail::append_utf8(decoded_, *unit);
      return backslash + 6;
    }
    const char* const second = backslash + 6;
    const auto low = end_ - second >= 2 && second[0] == '\\' && second[1] == 'u'
                         ? four_hexadecimal(second + 2, end_)
                         : std::nullopt;
    if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) {
      stop(backslash, 6, "json-bad-escape",
           "'" + std::string(backslash, 6) + "' is half of a surrogate pair and no character");
    }
    detail::append_utf8(decoded_, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    return second + 6;
  }

  void number() {
    const char* const first = at_;
    while (at_ != end_ &&
           (is_digit(*at_) || is_letter(*at_) || *at_ == '.' || *at_ == '+' || *at_ == '-')) {
      ++at_;
    }
    const std::string_view text(first, static_cast<std::size_t>(at_ - first));
    const DocumentKind kind = detail::number_kind(text);
    if (kind == DocumentKind::text) bad_number(text);
    check_length(first, text.size());
    builder_.scalar(kind, Notation::plain, span(first, text.size()), span(first, text.size()));
  }

  void word(std::string_view expected, DocumentKind kind) {
    const char* const first = at_;
    while (at_ != end_ && (is_letter(*at_) || is_digit(*at_))) ++at_;
    const std::string_view text(first, static_cast<std::size_t>(at_ - first));
    if (text != expected) {
      at_ = first;
      not_a_value();
    }
    builder_.scalar(kind, Notation::plain, span(first, text.size()), span(first, text.size()));
  }

  // What is wrong, in words.

  [[nodiscard]] std::string seen(const char* place) const {
    if (place == end_) return "the end of the file";
    const std::string_view rest(place, static_cast<std::size_t>(end_ - place));
    return "'" + std::string(rest.substr(0, detail::first_code_point(rest).bytes)) + "'";
  }

  [[noreturn]] void unexpected_end() {
    if (builder_.size() == 0) {
      stop(at_, 1, "json-empty", "there is no value in this file");
    }
    const detail::Value& open = builder_.arena().values[builder_.innermost()];
    const Position where = source_->position(open.offset);
    const bool map = open.kind == DocumentKind::map;
    stop(at_, 1, "json-unterminated",
         std::string("the file ends inside ") + (map ? "an object" : "a list"),
         std::string("the ") + (map ? "'{'" : "'['") + " that is not closed is at " +
             std::to_string(where.line) + ":" + std::to_string(where.column));
  }

  [[noreturn]] void unterminated(const char* quote) {
    stop(quote, rest_of_line(quote), "json-unterminated", "this text has no closing quote");
  }

  [[noreturn]] void control_character(const char* quote, const char* place) {
    if (*place == '\n' || *place == '\r') {
      stop(quote, rest_of_line(quote), "json-unterminated",
           "this text has no closing quote on its line", "write a line break inside a text as \\n");
    }
    stop(place, 1, "json-control-character",
         "the control character " + printable({place, 1}) + " inside a text",
         *place == '\t' ? "write it as \\t" : "write it as \\u00 and two hexadecimal digits");
  }

  [[noreturn]] void comment() {
    stop(at_, rest_of_line(at_), "json-comment", "JSON has no comments",
         "remove it, or write the file as YAML");
  }

  [[noreturn]] void not_a_key() {
    if (*at_ == '/' || *at_ == '#') comment();
    if (*at_ == ',') stop(at_, 1, "json-syntax", "expected a key, not ','", "remove the comma");
    if (is_letter(*at_) || *at_ == '\'') {
      const char* to = at_ + 1;
      while (to != end_ && (is_letter(*to) || is_digit(*to) || *to == '-')) ++to;
      if (*at_ == '\'' && to != end_ && *to == '\'') ++to;
      const std::string_view name(at_, static_cast<std::size_t>(to - at_));
      const bool single = name.size() > 1 && name.front() == '\'' && name.back() == '\'';
      stop(at_, name.size(), "json-unquoted-key",
           "the key " + detail::shortened(name) + " is not in double quotes",
           "write \"" + detail::shortened(single ? name.substr(1, name.size() - 2) : name) + "\"");
    }
    stop(at_, 1, "json-syntax", "expected a key in double quotes, not " + seen(at_));
  }

  [[noreturn]] void not_a_value() {
    if (*at_ == '/' || *at_ == '#') comment();
    if (*at_ == '\'') {
      stop(at_, 1, "json-syntax", "a text in single quotes", "JSON has double quotes only");
    }
    if (*at_ == '+' || *at_ == '.') {
      const char* to = at_ + 1;
      while (to != end_ && (is_digit(*to) || is_letter(*to) || *to == '.')) ++to;
      bad_number({at_, static_cast<std::size_t>(to - at_)});
    }
    if (is_letter(*at_)) {
      const char* to = at_;
      while (to != end_ && (is_letter(*to) || is_digit(*to))) ++to;
      const std::string name(at_, to);
      std::string help = "a text needs double quotes; the words of JSON are true, false and null";
      if (name == "True" || name == "TRUE") help = "write true";
      if (name == "False" || name == "FALSE") help = "write false";
      if (name == "None" || name == "NULL" || name == "undefined") help = "write null";
      if (name == "NaN" || name == "Infinity" || name == "nan" || name == "inf") {
        help = "JSON has no such number: write null, or leave the key out";
      }
      stop(at_, name.size(), "json-unknown-word",
           "'" + detail::shortened(name) + "' is not a value of JSON", help);
    }
    stop(at_, 1, "json-syntax", "expected a value, not " + seen(at_));
  }

  [[noreturn]] void bad_number(std::string_view text) {
    std::string help;
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (text.starts_with('+')) {
      help = "write it without the plus";
    } else if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
      help = "write it without leading zeros, or as a text in double quotes";
    } else if (digits.starts_with('.') || digits.ends_with('.') ||
               digits.find(".e") != digits.npos) {
      help = "write a digit on both sides of the point";
    } else if (digits.size() > 4 && digits[4] == '-' &&
               digits.find_first_not_of("0123456789-") == digits.npos) {
      help = "write a date as a text in double quotes";
    }
    stop(text.data(), text.size(), "json-bad-number",
         "'" + detail::shortened(text) + "' is not a number of JSON", help);
  }

  SourcePtr source_;
  const Limits& limits_;
  ArenaBuilder builder_;
  Diagnostics diagnostics_;
  const char* begin_;
  const char* at_;
  const char* end_;
  std::string decoded_;
};

}  // namespace

Checked<DocumentPtr> read_json(SourcePtr source, const Limits& limits) {
  return JsonReader(std::move(source), limits).read();
}

}  // namespace eraudit
