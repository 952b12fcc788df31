#include "eraudit/core/json_writer.hpp"

#include <cstdint>
#include <limits>

#include "eraudit/core/document.hpp"
#include "eraudit/core/error.hpp"
#include "tests/support/catch.hpp"

using eraudit::Error;
using eraudit::JsonWriter;

TEST_CASE("core: JSON is written with two blanks, LF and keys as given", "[core][json]") {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("b", "x").member("a", std::int64_t{-3});
  json.key("list")
      .begin_array()
      .integer(1)
      .boolean(true)
      .null()
      .begin_object()
      .end_object()
      .end_array();
  json.key("none").begin_array().end_array();
  json.key("count").unsigned_integer(std::numeric_limits<std::uint64_t>::max());
  json.key("share").number(0.5).key("whole").number(2).key("odd").number(
      std::numeric_limits<double>::quiet_NaN());
  json.end_object();
  CHECK(out == R"({
  "b": "x",
  "a": -3,
  "list": [
    1,
    true,
    null,
    {}
  ],
  "none": [],
  "count": 18446744073709551615,
  "share": 0.5,
  "whole": 2.0,
  "odd": "nan"
})");
}

TEST_CASE("core: compact JSON has no blanks", "[core][json]") {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object()
      .key("a")
      .begin_array()
      .integer(1)
      .integer(2)
      .end_array()
      .member("b", "c")
      .end_object();
  CHECK(out == R"({"a":[1,2],"b":"c"})");
}

TEST_CASE("core: JSON text is escaped, and bad UTF-8 replaced", "[core][json]") {
  const auto quoted = [](std::string_view text) {
    std::string out;
    JsonWriter(out).text(text);
    return out;
  };
  CHECK(quoted("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(quoted("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(quoted(std::string_view("\0\x1F\x7F", 3)) == "\"\\u0000\\u001f\x7F\"");
  CHECK(quoted("é日\xF0\x9F\x99\x82") == "\"é日\xF0\x9F\x99\x82\"");
  CHECK(quoted("caf\xE9!") == "\"caf\uFFFD!\"");
  CHECK(quoted("\xE6\x97") == "\"\uFFFD\"");
  CHECK(quoted("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("core: what is written as JSON is read back as the same", "[core][json]") {
  std::string all;
  for (int byte = 0; byte < 128; ++byte) all += static_cast<char>(byte);
  all += "é日\xF0\x9F\x99\x82\u2028";
  std::string out;
  JsonWriter json(out);
  json.begin_object().member(all, all).end_object();
  const auto document = eraudit::read_json(std::make_shared<const eraudit::Source>("x", out));
  REQUIRE(document);
  CHECK((*document)->root().key(0).text() == all);
  CHECK((*document)->root().at(0).text() == all);
}

TEST_CASE("core: a writer that is misused says so", "[core][json]") {
  std::string out;
  CHECK_THROWS_AS(JsonWriter(out).end_object(), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_array().end_object(), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_object().end_array(), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_object().integer(1), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_object().key("a").end_object(), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_object().key("a").key("b"), Error);
  CHECK_THROWS_AS(JsonWriter(out).begin_array().key("a"), Error);
}
