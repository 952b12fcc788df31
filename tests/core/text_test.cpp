#include "eraudit/core/text.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "tests/support/catch.hpp"

using namespace eraudit;

TEST_CASE("core: bad UTF-8 is found at its first byte", "[core][text]") {
  CHECK_FALSE(find_bad_utf8(""));
  CHECK_FALSE(find_bad_utf8("plain"));
  CHECK_FALSE(find_bad_utf8("é 日本 \xF0\x9F\x99\x82 \xF4\x8F\xBF\xBF"));
  CHECK(find_bad_utf8("a\xFF") == 1u);
  CHECK(find_bad_utf8("ab\x80") == 2u);    // a continuation alone
  CHECK(find_bad_utf8("\xC0\xAF") == 0u);  // overlong
  CHECK(find_bad_utf8("\xC1\xBF") == 0u);
  CHECK(find_bad_utf8("\xE0\x9F\xBF") == 0u);
  CHECK(find_bad_utf8("\xF0\x8F\xBF\xBF") == 0u);
  CHECK(find_bad_utf8("x\xED\xA0\x80") == 1u);     // a surrogate
  CHECK(find_bad_utf8("\xF4\x90\x80\x80") == 0u);  // beyond U+10FFFF
  CHECK(find_bad_utf8("\xF5\x80\x80\x80") == 0u);
  CHECK(find_bad_utf8("\xE6\x97") == 0u);  // cut off
  CHECK(find_bad_utf8(std::string(100, 'a') + "\xE9t\xE9") == 100u);
}

TEST_CASE("core: every code point is valid UTF-8 and every cut of it is not", "[core][text]") {
  for (std::uint32_t code = 0x80; code < 0x110000; code += code < 0x3000 ? 1 : 97) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string text(40, 'x');
    if (code < 0x800) {
      text += {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 63))};
    } else if (code < 0x10000) {
      text += {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 63)),
               static_cast<char>(0x80 | (code & 63))};
    } else {
      text +=
          {static_cast<char>(0xF0 | (code >> 18)), static_cast<char>(0x80 | ((code >> 12) & 63)),
           static_cast<char>(0x80 | ((code >> 6) & 63)), static_cast<char>(0x80 | (code & 63))};
    }
    const bool whole = !find_bad_utf8(text + "y");
    text.pop_back();
    const bool cut = find_bad_utf8(text + "y") == std::size_t{40};
    if (!whole || !cut) FAIL_CHECK("code point " << code);
  }
}

TEST_CASE("core: code points and terminal columns are counted", "[core][text]") {
  CHECK(code_points("") == 0);
  CHECK(code_points("aé日\xF0\x9F\x99\x82") == 4);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\u0301") == 1);  // a combining accent
  CHECK(display_width("नेपाल") >= 3);
  CHECK(display_width("\xFF") == 1);
}

TEST_CASE("core: printable text cannot command a terminal or turn a line around", "[core][text]") {
  CHECK(printable("Sunrise Ltd. नेपाल") == "Sunrise Ltd. नेपाल");
  CHECK(printable("\x1B[31mred") == "\\u{1B}[31mred");
  CHECK(printable("a\tb\nc") == "a\\u{9}b\\u{A}c");
  CHECK(printable("\u202Etxt.exe") == "\\u{202E}txt.exe");
  CHECK(printable("\u2066\u2069\u200E\u061C") == "\\u{2066}\\u{2069}\\u{200E}\\u{61C}");
  CHECK(printable("\u0085\u2028\u2029\uFEFF\x7F") == "\\u{85}\\u{2028}\\u{2029}\\u{FEFF}\\u{7F}");
  CHECK(printable(std::string_view("\0", 1)) == "\\u{0}");
  CHECK(printable("caf\xE9!") == "caf\\x{E9}!");
  CHECK(printable("\xE6\x97") == "\\x{E6}\\x{97}");
}

TEST_CASE("core: a slug is of ASCII letters, digits and single dashes", "[core][text]") {
  CHECK(slug("Sunrise Overseas (Pvt.) Ltd.") == "sunrise-overseas-pvt-ltd");
  CHECK(slug("  Café  Ünïted — 3 ") == "cafe-united-3");
  CHECK(slug("ﬁrst №5") == "first-no5");  // compatibility forms are taken apart
  CHECK(slug("日本") == "");
  CHECK(slug("---") == "");
  CHECK(slug("") == "");
  CHECK(slug("a\xFF"
             "b") == "a-b");
}

TEST_CASE("core: the normal form is NFC", "[core][text]") {
  CHECK(normal_form("plain") == "plain");
  CHECK(normal_form("e\u0301") == "é");
  CHECK(normal_form("é") == "é");
  CHECK(normal_form("ﬁ") == "ﬁ");  // not a compatibility form
  CHECK(normal_form("a\xFF") == "a\uFFFD");
}

TEST_CASE("core: a number is written as the shortest text that reads back", "[core][text]") {
  CHECK(to_text(0.1) == "0.1");
  CHECK(to_text(1.0) == "1.0");
  CHECK(to_text(100000.0) == "100000.0");
  CHECK(to_text(-0.0) == "-0.0");
  CHECK(to_text(1e30) == "1e+30");
  CHECK(to_text(1.5e-7) == "1.5e-07");
  CHECK(to_text(1234567.891) == "1234567.891");
  CHECK(to_text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(to_text(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(to_text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("core: numbers survive being written and read", "[core][text]") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t bits = random();
    double value = 0;
    static_assert(sizeof value == sizeof bits);
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const auto read = parse_number(to_text(value));
    if (!read || *read != value) FAIL_CHECK(to_text(value));
  }
}

TEST_CASE("core: only the whole of a text is a number", "[core][text]") {
  CHECK(parse_integer("0") == 0);
  CHECK(parse_integer("-17") == -17);
  CHECK(parse_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(parse_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  for (const char* bad :
       {"", " 1", "1 ", "+1", "1.0", "1e3", "0x1", "9223372036854775808", "-", "1_000"}) {
    INFO(bad);
    CHECK_FALSE(parse_integer(bad));
  }
  CHECK(parse_number("1.5") == 1.5);
  CHECK(parse_number("-2e3") == -2000.0);
  for (const char* bad : {"", " 1", "1 ", "+1", "nan", "inf", "-inf", "infinity", "1,5", "0x1p3",
                          "1e999", "-", "."}) {
    INFO(bad);
    CHECK_FALSE(parse_number(bad));
  }
}
