#include "eraudit/core/document.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "eraudit/core/detail/document_blob.hpp"
#include "eraudit/core/error.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

DocumentPtr yaml(std::string text, Aliases aliases = Aliases::refuse) {
  auto document = read_yaml(std::make_shared<const Source>("x.yaml", std::move(text)), {}, aliases);
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  return *document;
}

/// All that a node shows, and what is in it.
std::string shown(DocumentNode node) {
  std::string out = std::to_string(static_cast<int>(node.kind())) +
                    std::to_string(static_cast<int>(node.style())) + "@" +
                    std::to_string(node.span().offset) + "+" + std::to_string(node.span().length) +
                    "'" + std::string(node.text()) + "'";
  for (std::size_t at = 0; at <= node.text().size(); ++at)
    out += "," + std::to_string(node.locate(at));
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (node.is_map()) out += "\nkey " + shown(node.key(index));
    out += "\n" + shown(node.at(index));
  }
  return out + ";";
}

}  // namespace

TEST_CASE("core: a document gives its values, keys and entries", "[core][document]") {
  const DocumentPtr document =
      yaml("name: Sunrise\nlist: [1, 2.5, true, null, no, '3']\nempty: {}\n");
  const DocumentNode root = document->root();
  CHECK(root.is_map());
  CHECK(root.size() == 3);
  CHECK(root.text().empty());
  CHECK(root.key(1).text() == "list");
  CHECK(root.key(1).is_text());
  const DocumentNode list = root.at(1);
  REQUIRE(list.is_list());
  REQUIRE(list.size() == 6);
  CHECK(list.at(0).kind() == DocumentKind::integer);
  CHECK(list.at(0).integer() == 1);
  CHECK(list.at(0).number() == 1.0);
  CHECK(list.at(1).kind() == DocumentKind::number);
  CHECK(list.at(1).number() == 2.5);
  CHECK_FALSE(list.at(1).integer());
  CHECK(list.at(2).boolean() == true);
  CHECK(list.at(3).is_null());
  CHECK(list.at(3).text() == "null");
  CHECK(list.at(4).is_text());
  CHECK_FALSE(list.at(4).boolean());
  CHECK(list.at(5).is_text());
  CHECK_FALSE(list.at(5).integer());
  CHECK(list.at(5).style() == ScalarStyle::quoted);
  CHECK(list.at(0).style() == ScalarStyle::plain);
  CHECK(root.at(2).size() == 0);
  CHECK(document->size() == 13);
  CHECK(&root.document() == document.get());
  CHECK(document->source().name() == "x.yaml");
}

TEST_CASE("core: a name is found in small and large maps, and only there", "[core][document]") {
  for (const int size : {0, 1, 8, 9, 100, 1'000}) {
    std::string text;
    for (int key = 0; key < size; ++key)
      text += "k" + std::to_string(key * 7919 % 10'007) + ": " + std::to_string(key) + "\n";
    const DocumentPtr document = yaml(size == 0 ? "{}" : text);
    const DocumentNode root = document->root();
    REQUIRE(root.size() == static_cast<std::size_t>(size));
    for (int key = 0; key < size; ++key) {
      const auto found = root.find("k" + std::to_string(key * 7919 % 10'007));
      REQUIRE(found);
      CHECK(found->integer() == key);
      CHECK(root.at(static_cast<std::size_t>(key)).integer() == key);  // the order written
    }
    CHECK_FALSE(root.find("k"));
    CHECK_FALSE(root.find(""));
    CHECK_FALSE(root.find("zz"));
  }
  CHECK_FALSE(yaml("[k]")->root().find("k"));
  CHECK_FALSE(yaml("k")->root().find("k"));
}

TEST_CASE("core: an integer that does not fit is still an integer", "[core][document]") {
  const DocumentPtr document =
      yaml("[9223372036854775807, 9223372036854775808, -9223372036854775808]");
  CHECK(document->root().at(0).integer() == INT64_MAX);
  CHECK(document->root().at(1).kind() == DocumentKind::integer);
  CHECK_FALSE(document->root().at(1).integer());
  CHECK(document->root().at(1).number() == 9223372036854775808.0);
  CHECK(document->root().at(2).integer() == INT64_MIN);
}

TEST_CASE("core: an alias has its own place and the value of another", "[core][document]") {
  const DocumentPtr document =
      yaml("a: &x {k: [1, two]}\nb: *x\nc: &y 'it''s'\nd: *y\n", Aliases::expand);
  const DocumentNode root = document->root();
  const DocumentNode alias = root.at(1);
  CHECK(alias.is_map());
  CHECK(alias.span() == Span{23, 2});
  CHECK(alias.size() == 1);
  CHECK(alias.key(0).text() == "k");
  CHECK(alias.find("k")->at(1).text() == "two");
  CHECK(alias.find("k")->at(1).span() == root.at(0).find("k")->at(1).span());
  CHECK(root.at(3).text() == "it's");
  CHECK(root.at(3).style() == ScalarStyle::quoted);
  CHECK(root.at(3).span() == Span{43, 2});
  CHECK(root.at(3).locate(3) == root.at(2).locate(3));  // where the text was written
}

TEST_CASE("core: values are small", "[core][document]") {
  CHECK(sizeof(DocumentNode) == 16);
}

TEST_CASE("core: a file is read by its name as JSON or YAML", "[core][document]") {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("eraudit-document-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "a.json") << "{\"a\": 1}";
  std::ofstream(folder / "b.json") << "a: 1";
  std::ofstream(folder / "c.yaml") << "a: &x 1\nb: *x";
  CHECK(read_document((folder / "a.json").string()));
  CHECK_FALSE(read_document((folder / "b.json").string()));
  CHECK_FALSE(read_document((folder / "c.yaml").string()));
  CHECK(read_document((folder / "c.yaml").string(), {}, Aliases::expand));
  CHECK_THROWS_AS(read_document((folder / "d.yaml").string()), Error);
  Limits limits;
  limits.data_file_bytes = 3;
  CHECK_THROWS_AS(read_document((folder / "a.json").string(), limits), Error);
  std::filesystem::remove_all(folder);
}

TEST_CASE("core: a document survives being written as bytes and read", "[core][document]") {
  std::string large = "map:\n";
  for (int key = 0; key < 40; ++key)
    large += "  k" + std::to_string(key * 31 % 41) + ": [x, \"\\u00e9\", {}]\n";
  for (const std::string& text :
       {std::string("null"), std::string("{}"), std::string("[]"), std::string("'it''s'"),
        std::string("a: &x {k: [1, two]}\nb: *x\nc: |\n  text\n   more\n\nd: >\n  folded\n  "
                    "text\n\n\ne:\n"),
        large}) {
    const DocumentPtr document = yaml(text, Aliases::expand);
    const std::string blob = detail::serialize(*document);
    CHECK(detail::serialize(*yaml(text, Aliases::expand)) == blob);
    const DocumentPtr again = detail::deserialize(blob);
    CHECK(shown(again->root()) == shown(document->root()));
    CHECK(again->size() == document->size());
    CHECK(again->source().name() == "x.yaml");
    CHECK(again->source().text() == text);
    CHECK(detail::serialize(*again) == blob);
    if (again->root().is_map() && again->root().size() == 1) {
      CHECK(again->root().at(0).find("k7")->at(1).text() == "é");
    }
  }
}

TEST_CASE("core: bytes that are no document are refused", "[core][document]") {
  const std::string blob =
      detail::serialize(*yaml("a: &x {k: [1, \"\\t\"]}\nb: *x\n", Aliases::expand));
  CHECK_THROWS_AS(detail::deserialize(""), Error);
  for (std::size_t size = 0; size < blob.size(); ++size) {
    CHECK_THROWS_AS(detail::deserialize(blob.substr(0, size)), Error);
  }
  CHECK_THROWS_AS(detail::deserialize(blob + '\0'), Error);
  std::string version = blob;
  version[6] = 2;
  CHECK_THROWS_AS(detail::deserialize(version), Error);
}

TEST_CASE("core: damaged bytes give an error or a document, and nothing worse",
          "[core][document]") {
  const std::string blob = detail::serialize(
      *yaml("a: &x {k: [1, \"\\t\", {m: n}], l: [[], {}]}\nb: *x\nc: [*x, 'q']\ne: |\n  z\n"
            "d: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9}\n",
            Aliases::expand));
  std::mt19937 random(5);
  int whole = 0;
  for (int round = 0; round < 10'000; ++round) {
    std::string damaged = blob;
    for (std::size_t count = 1 + random() % 3; count > 0; --count) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    try {
      const DocumentPtr document = detail::deserialize(damaged);
      const std::function<void(DocumentNode)> walk = [&](DocumentNode node) {
        (void)node.locate(node.text().size());
        (void)node.find("k");
        for (std::size_t index = 0; index < node.size(); ++index) walk(node.at(index));
      };
      walk(document->root());
      ++whole;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_content) FAIL_CHECK(error.what());
    }
  }
  CHECK(whole > 0);
}
