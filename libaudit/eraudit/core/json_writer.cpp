#include "eraudit/core/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit {
namespace {

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), written.ptr);
}

void append_quoted(std::string& out, std::string_view value) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  out += '"';
  std::size_t copied = 0;
  for (std::size_t at = 0; at < value.size();) {
    const auto byte = static_cast<unsigned char>(value[at]);
    if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
      ++at;
      continue;
    }
    if (byte >= 0x80) {
      const detail::CodePoint code = detail::first_code_point(value.substr(at));
      if (!code.valid) {
        out += value.substr(copied, at - copied);
        out += detail::replacement_character;
        copied = at + code.bytes;
      }
      at += code.bytes;
      continue;
    }
    out += value.substr(copied, at - copied);
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
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
        out += "\\u00";
        out += hexadecimal[byte >> 4u];
        out += hexadecimal[byte & 15u];
    }
    copied = ++at;
  }
  out += value.substr(copied);
  out += '"';
}

}  // namespace

void JsonWriter::line_break() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  if (!levels_.back().array) throw Error(ErrorCode::internal, "JSON: a value without a key");
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  line_break();
}

JsonWriter& JsonWriter::begin_object() {
  before_value();
  out_ += '{';
  levels_.push_back({.array = false, .empty = true});
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  if (levels_.empty() || levels_.back().array || after_key_) {
    throw Error(ErrorCode::internal, "JSON: the end of an object that was not begun");
  }
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) line_break();
  out_ += '}';
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  before_value();
  out_ += '[';
  levels_.push_back({.array = true, .empty = true});
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  if (levels_.empty() || !levels_.back().array) {
    throw Error(ErrorCode::internal, "JSON: the end of an array that was not begun");
  }
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) line_break();
  out_ += ']';
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  if (levels_.empty() || levels_.back().array || after_key_) {
    throw Error(ErrorCode::internal, "JSON: a key outside of an object");
  }
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  line_break();
  append_quoted(out_, name);
  out_ += layout_ == Layout::compact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  before_value();
  append_quoted(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  before_value();
  append_integer(out_, value);
  return *this;
}

JsonWriter& JsonWriter::unsigned_integer(std::uint64_t value) {
  before_value();
  append_integer(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return text(to_text(value));
  before_value();
  out_ += to_text(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_value();
  out_ += "null";
  return *this;
}

}  // namespace eraudit
