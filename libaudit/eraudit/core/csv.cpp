#include "eraudit/core/csv.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace eraudit {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

bool is_break(char byte) noexcept {
  return byte == '\n' || byte == '\r';
}

/// Finds delimiters and line breaks. What 64 bytes hold is found out once, for all fields in them.
class Separators {
 public:
  Separators(const char* end, char delimiter) noexcept : end_(end), delimiter_(delimiter) {}

  /// The first delimiter or line break in [at, end).
  const char* next(const char* at) noexcept {
    if (block_ != nullptr && at >= block_ && at < block_ + width) {
      const std::uint64_t rest = found_ >> (at - block_);
      if (rest != 0) return at + __builtin_ctzll(rest);
      at = block_ + width;
    }
    for (; end_ - at >= static_cast<std::ptrdiff_t>(width); at += width) {
      found_ = look(at);
      block_ = at;
      if (found_ != 0) return at + __builtin_ctzll(found_);
    }
    while (at != end_ && *at != delimiter_ && !is_break(*at)) ++at;
    return at;
  }

 private:
  static constexpr std::size_t width = 64;

  /// A bit for every separator in the 64 bytes from `at` on.
  [[nodiscard]] std::uint64_t look(const char* at) const noexcept {
    std::uint64_t bits = 0;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8(delimiter_);
    const __m128i feed = _mm_set1_epi8('\n');
    const __m128i carriage = _mm_set1_epi8('\r');
    for (std::size_t part = 0; part < width; part += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + part));
      const __m128i hits =
          _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted),
                       _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)));
      bits |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hits))} << part;
    }
#else
    for (std::size_t i = 0; i < width; ++i) {
      bits |= std::uint64_t{at[i] == delimiter_ || is_break(at[i])} << i;
    }
#endif
    return bits;
  }

  const char* end_;
  const char* block_ = nullptr;  ///< 64 bytes that were looked at
  std::uint64_t found_ = 0;      ///< its separators
  char delimiter_;
};

class CsvReader {
 public:
  CsvReader(const Source& source, const CsvOptions& options, const CsvRow& row,
            Diagnostics& diagnostics)
      : source_(source),
        options_(options),
        row_(row),
        diagnostics_(diagnostics),
        begin_(source.text().data()),
        at_(begin_),
        end_(begin_ + source.text().size()),
        separators_(end_, options.delimiter) {}

  std::size_t read() {
    if (!check_text()) return 0;
    while (at_ != end_ && !stopped_) {
      if (is_break(*at_)) {  // a blank line
        skip_break();
        continue;
      }
      read_row();
    }
    return rows_;
  }

 private:
  [[nodiscard]] std::uint32_t offset(const char* place) const noexcept {
    return static_cast<std::uint32_t>(place - begin_);
  }

  void error(const char* place, std::size_t length, std::string_view id, std::string message,
             std::string help = {}) {
    diagnostics_.error(source_, {offset(place), static_cast<std::uint32_t>(length)}, id,
                       std::move(message), std::move(help));
    row_is_good_ = false;
  }

  bool check_text() {
    const std::string_view text = source_.text();
    if (text.size() > options_.limits.data_file_bytes) {
      diagnostics_.error(source_.name(), "csv-too-large",
                         "the file has " + std::to_string(text.size()) + " bytes; at most " +
                             std::to_string(options_.limits.data_file_bytes) + " are read");
      return false;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      error(begin_, 1, "csv-encoding", "the file is UTF-16, not UTF-8", "save the file as UTF-8");
      return false;
    }
    if (text.starts_with(detail::byte_order_mark)) at_ += detail::byte_order_mark.size();
    // Both are looked for in one fast pass each, and rows then only compare places.
    bad_utf8_ = find_bad_utf8(text).value_or(nowhere);
    nul_ = text.find('\0');
    return true;
  }

  /// Over one line break: CRLF, LF or CR.
  void skip_break() noexcept {
    at_ += *at_ == '\r' && end_ - at_ > 1 && at_[1] == '\n' ? 2 : 1;
    ++line_;
  }

  void read_row() {
    const char* const row_begin = at_;
    const std::uint32_t line = line_;
    count_ = 0;
    unescaped_.clear();
    unescaped_fields_.clear();
    row_is_good_ = true;
    while (!easy_fields()) {
      if (count_ == options_.limits.csv_columns && row_is_good_) {
        error(at_, 1, "csv-too-many-columns",
              "more than " + std::to_string(options_.limits.csv_columns) + " columns in this row");
      }
      const bool whole = at_ != end_ && *at_ == '"' ? quoted_field() : plain_field();
      if (!whole) break;
      if (at_ == end_ || is_break(*at_)) break;
      ++at_;  // the delimiter; after it there is one more field, be it empty
    }
    if (at_ != end_) skip_break();
    check_bytes(row_begin);
    if (!row_is_good_ || stopped_) return;
    if (rows_ == options_.limits.csv_rows) {
      error(row_begin, 1, "csv-too-many-rows",
            "more than " + std::to_string(options_.limits.csv_rows) + " rows in one file");
      stopped_ = true;
      return;
    }
    // The views are made last: the buffer may have moved while it grew.
    std::size_t begin = 0;
    for (const auto& [field, end] : unescaped_fields_) {
      fields_[field].text = std::string_view(unescaped_).substr(begin, end - begin);
      begin = end;
    }
    ++rows_;
    if (!row_(line, std::span(fields_).first(count_))) stopped_ = true;
  }

  /// Fields that need no second look, up to one that does. True at the end of the row: most rows
  /// are nothing else.
  bool easy_fields() {
    // Copies, which the compiler can keep in registers.
    Separators separators = separators_;
    const char* const end = end_;
    const char* at = at_;
    const std::size_t room = std::min(fields_.size(), options_.limits.csv_columns);
    CsvField* out = fields_.data() + count_;
    CsvField* const last = fields_.data() + room;
    bool done = false;
    while (at != end && *at != '"' && *at != ' ' && out < last) {
      const char* const to = separators.next(at);
      const auto length = static_cast<std::size_t>(to - at);
      if (length > options_.limits.csv_field_bytes) break;
      *out++ = {{at, length}, offset(at), static_cast<std::uint32_t>(length), false};
      at = to;
      done = at == end || is_break(*at);
      if (done) break;
      ++at;
    }
    separators_ = separators;
    at_ = at;
    count_ = static_cast<std::size_t>(out - fields_.data());
    return done;
  }

  void add(const char* from, const char* to, std::string_view text, bool quoted) {
    if (count_ >= options_.limits.csv_columns) return;
    if (count_ == fields_.size()) fields_.resize(2 * count_);
    fields_[count_++] = {text, offset(from), static_cast<std::uint32_t>(to - from), quoted};
  }

  void check_length(const char* from, std::size_t length) {
    if (length <= options_.limits.csv_field_bytes || !row_is_good_) return;
    error(from, 1, "csv-field-too-long",
          "a field of " + std::to_string(length) + " bytes; at most " +
              std::to_string(options_.limits.csv_field_bytes) + " are read");
  }

  bool plain_field() {
    const char* const from = at_;
    at_ = separators_.next(at_);
    const std::string_view text(from, static_cast<std::size_t>(at_ - from));
    if (text.size() > options_.limits.csv_field_bytes) check_length(from, text.size());
    if (!text.empty() && text.front() == ' ') warn_about_blank(text);
    add(from, at_, text, false);
    return true;
  }

  void warn_about_blank(std::string_view text) {
    const std::size_t quote = text.find_first_not_of(' ');
    if (quote == nowhere || text[quote] != '"') return;
    diagnostics_.warning(source_, {offset(text.data()), static_cast<std::uint32_t>(quote + 1)},
                         "csv-blank-before-quote",
                         "a blank before the quote: the quote is read as part of the text",
                         "remove the blank if the quotes are meant to enclose the field");
  }

  /// False if the rest of the row was given up.
  bool quoted_field() {
    const char* const from = at_;
    const std::size_t unescaped_begin = unescaped_.size();
    const char* copied = ++at_;
    bool doubled = false;
    for (;;) {
      const auto* quote =
          static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
      if (quote == nullptr) return unclosed(from);
      count_breaks(at_, quote);
      if (end_ - quote > 1 && quote[1] == '"') {
        unescaped_.append(copied, quote + 1);
        doubled = true;
        at_ = copied = quote + 2;
        continue;
      }
      at_ = quote + 1;
      std::string_view text(copied, static_cast<std::size_t>(quote - copied));
      if (doubled) {
        unescaped_ += text;
        text = std::string_view(unescaped_).substr(unescaped_begin);
        if (count_ < options_.limits.csv_columns) {
          unescaped_fields_.emplace_back(count_, unescaped_.size());
        }
      }
      check_length(from, text.size());
      if (at_ != end_ && *at_ != options_.delimiter && !is_break(*at_)) return after_quote();
      add(from, at_, text, true);
      return true;
    }
  }

  void count_breaks(const char* from, const char* to) noexcept {
    for (const char* place = from; place != to; ++place) {
      // The second half of CRLF is not another line; `to` is a quote, so `place + 1` can be read.
      if (*place == '\n' || (*place == '\r' && place[1] != '\n')) ++line_;
    }
  }

  bool unclosed(const char* quote) {
    const char* line_end = quote;
    while (line_end != end_ && !is_break(*line_end)) ++line_end;
    error(quote, static_cast<std::size_t>(line_end - quote), "csv-unclosed-quote",
          "the quote that opens this field is never closed",
          "everything after it was taken for its text, so no further row could be read; close the "
          "quote, or double it (\"\") if it belongs to the text");
    at_ = end_;
    stopped_ = true;
    return false;
  }

  bool after_quote() {
    const char* const place = at_;
    const char* line_end = place;
    while (line_end != end_ && !is_break(*line_end)) ++line_end;
    const char* field_end = std::min(separators_.next(place), line_end);
    std::string help = "a quote inside of a quoted field is written twice: \"\"";
    if (*place == ' ') help = "remove the blank after the quote, or quote the whole field";
    error(place, static_cast<std::size_t>(field_end - place), "csv-text-after-quote",
          "text after the closing quote of a field", std::move(help));
    at_ = line_end;
    return false;
  }

  /// Bad UTF-8 and NUL between the beginning of the row and here.
  void check_bytes(const char* row_begin) {
    const auto done = static_cast<std::size_t>(at_ - begin_);
    if (bad_utf8_ < done) {
      const std::string_view text = source_.text();
      if (bad_utf8_ >= offset(row_begin)) {
        error(begin_ + bad_utf8_, 1, "csv-encoding",
              "the byte " + printable(text.substr(bad_utf8_, 1)) + " is not valid UTF-8",
              "save the file as UTF-8");
      }
      const auto next = find_bad_utf8(text.substr(done));
      bad_utf8_ = next ? done + *next : nowhere;
    }
    if (nul_ < done) {
      error(begin_ + nul_, 1, "csv-nul", "a NUL character in this row",
            "remove it; such a file was often saved as UTF-16 or is not a text file");
      nul_ = source_.text().find('\0', done);
    }
  }

  const Source& source_;
  const CsvOptions& options_;
  const CsvRow& row_;
  Diagnostics& diagnostics_;
  const char* begin_;
  const char* at_;
  const char* end_;
  Separators separators_;
  std::uint32_t line_ = 1;
  std::size_t rows_ = 0;
  std::size_t bad_utf8_ = nowhere;
  std::size_t nul_ = nowhere;
  bool row_is_good_ = true;
  bool stopped_ = false;
  std::vector<CsvField> fields_ = std::vector<CsvField>(32);
  std::size_t count_ = 0;  ///< fields of the row so far; the others are of rows before
  std::string unescaped_;  ///< texts of the row that had doubled quotes, one after the other
  std::vector<std::pair<std::size_t, std::size_t>>
      unescaped_fields_;  ///< field, end in `unescaped_`
};

}  // namespace

std::size_t read_csv(const Source& source, const CsvOptions& options, const CsvRow& row,
                     Diagnostics& diagnostics) {
  if (options.delimiter == '"' || options.delimiter == '\0' || is_break(options.delimiter)) {
    throw Error(ErrorCode::bad_argument, "a CSV delimiter cannot be a quote, a line break or NUL");
  }
  return CsvReader(source, options, row, diagnostics).read();
}

}  // namespace eraudit
