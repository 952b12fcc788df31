#include <functional>
#include <random>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/core/json_writer.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

Checked<DocumentPtr> json(std::string text, const Limits& limits = {}) {
  return read_json(std::make_shared<const Source>("x.json", std::move(text)), limits);
}

std::string text_of(const std::string& written) {
  const auto document = json(written);
  INFO(written << " " << to_text(document.diagnostics()));
  REQUIRE(document);
  return std::string((*document)->root().text());
}

void write(JsonWriter& writer, DocumentNode node) {
  switch (node.kind()) {
    case DocumentKind::null:
      writer.null();
      break;
    case DocumentKind::boolean:
      writer.boolean(*node.boolean());
      break;
    case DocumentKind::integer:
      writer.integer(*node.integer());
      break;
    case DocumentKind::number:
      writer.number(*node.number());
      break;
    case DocumentKind::text:
      writer.text(node.text());
      break;
    case DocumentKind::list:
      writer.begin_array();
      for (std::size_t index = 0; index < node.size(); ++index) write(writer, node.at(index));
      writer.end_array();
      break;
    case DocumentKind::map:
      writer.begin_object();
      for (std::size_t index = 0; index < node.size(); ++index) {
        writer.key(node.key(index).text());
        write(writer, node.at(index));
      }
      writer.end_object();
      break;
  }
}

}  // namespace

TEST_CASE("core: JSON is read with the place of every value", "[core][json]") {
  const std::string text =
      "\xEF\xBB\xBF {\"a\": [1, -2.5e3, true , null],\n \"b\\u0041\": {\"c\": \"d\"}}\r\n";
  const auto document = json(text);
  REQUIRE(document);
  const DocumentNode root = (*document)->root();
  const auto written = [&](DocumentNode node) {
    return text.substr(node.span().offset, node.span().length);
  };
  CHECK(root.is_map());
  CHECK(written(root) == text.substr(4, text.size() - 6));
  CHECK(written(root.key(0)) == "\"a\"");
  CHECK(written(root.at(0)) == "[1, -2.5e3, true , null]");
  CHECK(written(root.at(0).at(1)) == "-2.5e3");
  CHECK(root.at(0).at(1).number() == -2500.0);
  CHECK(root.at(0).at(2).boolean() == true);
  CHECK(root.at(0).at(3).is_null());
  CHECK(root.key(1).text() == "bA");
  CHECK(written(root.key(1)) == "\"b\\u0041\"");
  CHECK(root.find("bA")->find("c")->text() == "d");
  CHECK((*document)->source().position(root.find("bA")->span().offset) == Position{2, 13, 48});
}

TEST_CASE("core: any value may be a JSON file", "[core][json]") {
  CHECK((*json("0"))->root().integer() == 0);
  CHECK((*json("-0"))->root().kind() == DocumentKind::integer);
  CHECK((*json("1.0"))->root().kind() == DocumentKind::number);
  CHECK((*json("1e3"))->root().number() == 1000.0);
  CHECK((*json(" \"x\" "))->root().text() == "x");
  CHECK((*json("false"))->root().boolean() == false);
  CHECK((*json("[]"))->root().size() == 0);
  CHECK((*json("{}"))->root().is_map());
  CHECK((*json("{\"\": 1}"))->root().find("")->integer() == 1);
}

TEST_CASE("core: JSON escapes are resolved", "[core][json]") {
  CHECK(text_of(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
  CHECK(text_of(R"("\u0041\u00e9\u65E5\ud83d\ude42")") == "Aé日\xF0\x9F\x99\x82");
  CHECK(text_of(R"("a\u0000b")") == std::string("a\0b", 3));
  CHECK(text_of(R"("\uFFFF\uDBFF\uDFFF")") == "\xEF\xBF\xBF\xF4\x8F\xBF\xBF");
  CHECK(text_of("\"\x7F é\"") == "\x7F é");
}

TEST_CASE("core: every length of text is read alike", "[core][json]") {
  // Texts are scanned sixteen bytes at a time: try every alignment of what ends them.
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string plain(length, 'x');
    CHECK(text_of("\"" + plain + "\"") == plain);
    CHECK(text_of("\"" + plain + "\\n" + plain + "\"") == plain + "\n" + plain);
    CHECK_FALSE(json("\"" + plain));
    CHECK_FALSE(json("\"" + plain + "\\"));
    CHECK_FALSE(json("\"" + plain + "\x1F\""));
    CHECK(json("\"" + plain + "\x20\""));
  }
}

TEST_CASE("core: JSON that is read, written and read again stays the same", "[core][json]") {
  std::mt19937 random(3);
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    JsonWriter writer(text);
    std::size_t budget = 30;
    const std::function<void(int)> value = [&](int depth) {
      const auto choice = budget == 0 || depth > 6 ? random() % 5 : random() % 7;
      if (budget > 0) --budget;
      switch (choice) {
        case 0:
          writer.null();
          break;
        case 1:
          writer.boolean(random() % 2 == 0);
          break;
        case 2:
          writer.integer(static_cast<std::int64_t>(random()) *
                         (random() % 2 == 0 ? 1 : -2'000'000'000));
          break;
        case 3:
          writer.number(static_cast<double>(random()) / 977.0);
          break;
        case 4:
          writer.text(std::string(random() % 40, static_cast<char>(random() % 128)));
          break;
        case 5:
          writer.begin_array();
          for (std::size_t count = random() % 6; count > 0; --count) value(depth + 1);
          writer.end_array();
          break;
        default:
          writer.begin_object();
          for (std::size_t count = random() % 12; count > 0; --count) {
            writer.key("k" + std::to_string(count));
            value(depth + 1);
          }
          writer.end_object();
      }
    };
    value(0);
    const auto document = json(text);
    if (!document) {
      FAIL_CHECK(text << to_text(document.diagnostics()));
      continue;
    }
    std::string again;
    JsonWriter second(again);
    write(second, (*document)->root());
    if (again != text) FAIL_CHECK(text);
  }
}

TEST_CASE("core: no bytes make the JSON reader fail, and its places lie in the text",
          "[core][json]") {
  const std::string seed =
      R"({"a": [1, -2.5e3, true, null, "x\u0041\n"], "b": {"c": {}, "d": []}})";
  const std::string alphabet = "{}[]\",:\\u0 \n1e.-tfn\xC3\xA9\x01";
  std::mt19937 random(17);
  int accepted = 0;
  for (int round = 0; round < 15'000; ++round) {
    std::string text = seed;
    for (std::size_t count = 1 + random() % 4; count > 0; --count) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = alphabet[random() % alphabet.size()];
          break;
        case 1:
          text.erase(at, 1 + random() % 5);
          break;
        default:
          text.insert(at, 1, alphabet[random() % alphabet.size()]);
      }
      if (text.empty()) text = " ";
    }
    const auto document = json(text);
    accepted += document ? 1 : 0;
    if (!document && !document.diagnostics().has_errors()) FAIL_CHECK(text);
    for (const Diagnostic& diagnostic : document.diagnostics().items()) {
      if (diagnostic.position.line == 0 || diagnostic.position.byte > text.size()) FAIL_CHECK(text);
    }
  }
  CHECK(accepted > 50);
}
