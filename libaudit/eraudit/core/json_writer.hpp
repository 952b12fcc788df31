#pragma once
// JSON out: keys in the order given, two blanks of indentation, LF, no locale.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// Appends to a string that the caller owns. Commas, line breaks and escapes are its own affair;
/// that every begin has its end is the caller's (asserted by `Error` `internal` in `end_*`).
class ERAUDIT_API JsonWriter {
 public:
  enum class Layout : std::uint8_t { indented, compact };
  explicit JsonWriter(std::string& out, Layout layout = Layout::indented)
      : out_(out), layout_(layout) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);  ///< invalid UTF-8 is replaced by U+FFFD
  JsonWriter& integer(std::int64_t value);
  JsonWriter& unsigned_integer(std::uint64_t value);
  JsonWriter& number(double value);  ///< nan and infinities as text
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  // One member: `member("a", "b")` is `key("a").text("b")`.
  JsonWriter& member(std::string_view name, std::string_view value) {
    return key(name).text(value);
  }
  JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }

 private:
  void before_value();
  void line_break();
  std::string& out_;
  Layout layout_;
  struct Level {
    bool array;
    bool empty;
  };
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace eraudit
