#include <chrono>
#include <filesystem>
#include <random>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

SourcePtr source(std::string text) {
  return std::make_shared<const Source>("x.yaml", std::move(text));
}

DocumentPtr yaml(std::string text, Aliases aliases = Aliases::refuse) {
  auto document = read_yaml(source(std::move(text)), {}, aliases);
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  return *document;
}

/// Kinds and texts as one line of flow YAML.
std::string shown(DocumentNode node) {
  std::string out;
  switch (node.kind()) {
    case DocumentKind::text:
      return "'" + std::string(node.text()) + "'";
    case DocumentKind::list:
      for (std::size_t index = 0; index < node.size(); ++index)
        out += (index == 0 ? "" : ", ") + shown(node.at(index));
      return "[" + out + "]";
    case DocumentKind::map:
      for (std::size_t index = 0; index < node.size(); ++index) {
        out += (index == 0 ? "" : ", ") + shown(node.key(index)) + ": " + shown(node.at(index));
      }
      return "{" + out + "}";
    case DocumentKind::null:
      return "null";
    case DocumentKind::boolean:
      return *node.boolean() ? "true" : "false";
    default:
      return std::string(node.text());
  }
}

std::string read(const std::string& text, Aliases aliases = Aliases::refuse) {
  return shown(yaml(text, aliases)->root());
}

std::string first_error(const std::string& text, Aliases aliases = Aliases::expand) {
  const auto document = read_yaml(source(text), {}, aliases);
  return document ? "" : document.diagnostics().items().at(0).id;
}

double seconds(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  (void)read_yaml(source(text), {}, Aliases::expand);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (; count > 0; --count) out += text;
  return out;
}

}  // namespace

TEST_CASE("core: a plain word is text unless JSON would call it something else", "[core][yaml]") {
  CHECK(read("[null, ~, true, false]") == "[null, null, true, false]");
  CHECK(read("[Null, NULL, True, TRUE, yes, no, on, off, y, n, NO]") ==
        "['Null', 'NULL', 'True', 'TRUE', 'yes', 'no', 'on', 'off', 'y', 'n', 'NO']");
  CHECK(read("[0, -1, 17, 1.5, -0.0, 1e3, 1.5E-7]") == "[0, -1, 17, 1.5, -0.0, 1e3, 1.5E-7]");
  CHECK(read("[010, 0o17, 0x1F, 1_000, +1, .5, 1., .inf, .nan, 1:30]") ==
        "['010', '0o17', '0x1F', '1_000', '+1', '.5', '1.', '.inf', '.nan', '1:30']");
  CHECK(read("[2024-03-01, 2024-03-01T10:00:00Z, 1500 MYR, 900..1400 USD]") ==
        "['2024-03-01', '2024-03-01T10:00:00Z', '1500 MYR', '900..1400 USD']");
  CHECK(read("['null', \"true\", '1']") == "['null', 'true', '1']");
  CHECK(read("a:\nb: ''\n") == "{'a': null, 'b': ''}");
  CHECK(read("- |\n  12\n- >-\n  true\n") == "['12\n', 'true']");
}

TEST_CASE("core: core tags say what a value is", "[core][yaml]") {
  CHECK(
      read("[!!str 12, !!str null, !!int '3', !!float 3, !!bool \"true\", !!null '', !!null ~]") ==
      "['12', 'null', 3, 3, true, null, null]");
  CHECK(yaml("!!float 3")->root().kind() == DocumentKind::number);
  CHECK(read("!!map {a: !!seq [b]}") == "{'a': ['b']}");
  CHECK(read("a: !!str\nb: 1\n") == "{'a': '', 'b': 1}");
}

TEST_CASE("core: blocks, folds and quotes mean what YAML says", "[core][yaml]") {
  CHECK(read("a: |\n  x\n   y\n\n  z\n\n") == "{'a': 'x\n y\n\nz\n'}");
  CHECK(read("a: |+\n  x\n\nb: |-\n  y\n\n") == "{'a': 'x\n\n', 'b': 'y'}");
  CHECK(read("a: >\n  x\n  y\n\n  z\n   w\n  v\n") == "{'a': 'x y\nz\n w\nv\n'}");
  CHECK(read("a: |2\n   x\n") == "{'a': ' x\n'}");
  CHECK(read("a: x\n  y\n\n  z\n") == "{'a': 'x y\nz'}");
  CHECK(read("a: 'it''s\n  so'\n") == "{'a': 'it's so'}");
  CHECK(read("a: \"x\\ty\\\n  z\\u00e9\\U0001F642\"\n") == "{'a': 'x\tyzé\xF0\x9F\x99\x82'}");
  CHECK(read("a: |\r\n  x\r\n  y\r\nb: z\r\n") == "{'a': 'x\ny\n', 'b': 'z'}");
}

// The address sanitizer says if memory is lost over them.
TEST_CASE("core: quotes in a row are read", "[core][yaml]") {
  CHECK(read("a: '" + std::string(40, '\'') + "'") == "{'a': '" + std::string(20, '\'') + "'}");
  CHECK(read("a: '" + std::string(20, '\'') + "\n\n " + std::string(20, '\'') + "'") ==
        "{'a': '" + std::string(10, '\'') + "\n" + std::string(10, '\'') + "'}");
  CHECK(read("'" + std::string(20, '\'') + "': x") == "{'" + std::string(10, '\'') + "': 'x'}");
}

TEST_CASE("core: a file need not end with a line break", "[core][yaml]") {
  CHECK(read("a: |\n  x\n  y") == "{'a': 'x\ny'}");
  CHECK(read("a: >\n  x\n  y") == "{'a': 'x y'}");
  CHECK(read("a: |-\n  x") == "{'a': 'x'}");
  CHECK(read("a: x") == "{'a': 'x'}");
}

TEST_CASE("core: a question within brackets is a text", "[core][yaml]") {
  CHECK(read("ask: {en: How much?, fr: Combien ?, es: '¿Cuánto?'}\n") ==
        "{'ask': {'en': 'How much?', 'fr': 'Combien ?', 'es': '¿Cuánto?'}}");
  CHECK(read("[Why?, who, ?x, a_b]\n") == "['Why?', 'who', '?x', 'a_b']");
}

TEST_CASE("core: rules and networks as people write them are read", "[core][yaml]") {
  CHECK(read("match: (c:Cohort)<-[:recruited]-(r:Recruiter)\nfail_if: f.amount > 0 && f.x == "
             "'worker'\n"
             "url: http://example.org/a#b\ntime: 10:30\nlet:\n  paid: borne.map(f, "
             "f.amount).sum()\n") ==
        "{'match': '(c:Cohort)<-[:recruited]-(r:Recruiter)', 'fail_if': 'f.amount > 0 && f.x == "
        "'worker'', "
        "'url': 'http://example.org/a#b', 'time': '10:30', 'let': {'paid': 'borne.map(f, "
        "f.amount).sum()'}}");
}

TEST_CASE("core: every value knows where it was written", "[core][yaml]") {
  const std::string text =
      "\xEF\xBB\xBF# remark\nnode: {a: [1, \"x\\ty\"], 'b': }\nblock: &x !!str |  # header\n  "
      "text\n  more\n\nlist:\n- 'é'\n-   z\n   zz # end\nalias: *x\n";
  const DocumentPtr document = yaml(text, Aliases::expand);
  const DocumentNode root = document->root();
  const auto written = [&](DocumentNode node) {
    return text.substr(node.span().offset, node.span().length);
  };
  CHECK(root.span().offset == 12);
  CHECK(written(root).ends_with("alias: *x"));
  CHECK(written(root.key(0)) == "node");
  CHECK(written(root.at(0)) == "{a: [1, \"x\\ty\"], 'b': }");
  CHECK(written(root.at(0).at(0)) == "[1, \"x\\ty\"]");
  CHECK(written(root.at(0).at(0).at(1)) == "\"x\\ty\"");
  CHECK(written(root.at(0).key(1)) == "'b'");
  CHECK(written(root.at(0).at(1)).empty());
  CHECK(text.substr(root.at(0).at(1).span().offset - 4, 4) == "'b':");
  CHECK(written(root.at(1)).starts_with("|  # header\n  text\n  more\n"));
  CHECK(written(root.at(2)) == "- 'é'\n-   z\n   zz");
  CHECK(written(root.at(2).at(0)) == "'é'");
  CHECK(written(root.at(2).at(1)) == "z\n   zz");
  CHECK(written(root.at(3)) == "*x");
  CHECK(root.at(3).text() == "text\nmore\n");
  CHECK(document->source().position(root.at(2).at(0).span().offset) ==
        Position{8, 3, static_cast<std::uint32_t>(text.find("'é'"))});
}

TEST_CASE("core: empty values stand after their key or dash", "[core][yaml]") {
  const std::string text = "a:\nb: # remark\nc: !!null\nd:\n  - \n  -\ne: {f: , g: }\nh:\n";
  const DocumentPtr document = yaml(text);
  const DocumentNode root = document->root();
  CHECK(root.at(0).span() == Span{2, 0});
  CHECK(root.at(1).span() == Span{5, 0});
  CHECK(root.at(2).span() == Span{24, 0});
  CHECK(root.at(3).at(0).span() == Span{31, 0});
  CHECK(root.at(3).at(1).span() == Span{36, 0});
  CHECK(text.substr(root.at(4).at(0).span().offset - 2, 2) == "f:");
  CHECK(text.substr(root.at(4).at(1).span().offset - 2, 2) == "g:");
  CHECK(root.at(5).span() == Span{static_cast<std::uint32_t>(text.size()) - 1, 0});
}

TEST_CASE("core: a stream gives its documents, each with its places", "[core][yaml]") {
  const std::string text = "a: &x 1\nb: *x\n---\n- c\n...\n---\n# nothing\n--- text\n";
  const auto documents = read_yaml_stream(source(text), {}, Aliases::expand);
  INFO(to_text(documents.diagnostics()));
  REQUIRE(documents);
  REQUIRE(documents->size() == 4);
  CHECK(shown((*documents)[0]->root()) == "{'a': 1, 'b': 1}");
  CHECK(shown((*documents)[1]->root()) == "['c']");
  CHECK(shown((*documents)[2]->root()) == "null");
  CHECK(shown((*documents)[3]->root()) == "'text'");
  CHECK((*documents)[1]->source().position((*documents)[1]->root().at(0).span().offset) ==
        Position{4, 3, 20});
  CHECK((*documents)[3]->source().position((*documents)[3]->root().span().offset).line == 8);
}

TEST_CASE("core: an anchor ends with its document", "[core][yaml]") {
  const auto documents =
      read_yaml_stream(source("a: &x 1\nb: *x\n---\nc: *x\n"), {}, Aliases::expand);
  REQUIRE_FALSE(documents);
  CHECK(documents.diagnostics().items().at(0).id == "yaml-unknown-anchor");
  CHECK(documents.diagnostics().items().at(0).position == Position{4, 4, 21});
  const auto later = read_yaml_stream(source("a: 1\n---\nb: 2\nb: 3\n"));
  REQUIRE_FALSE(later);
  CHECK(later.diagnostics().items().at(0).position == Position{4, 1, 14});
}

TEST_CASE("core: an anchor may be given again, and the newest one counts", "[core][yaml]") {
  CHECK(read("- &a 1\n- *a\n- &a 2\n- *a\n", Aliases::expand) == "[1, 1, 2, 2]");
}

TEST_CASE("core: what YAML parsers let through is refused", "[core][yaml]") {
  // The list of reference/reliability.md, 2.1; texts and places are in cases/core/malformed.
  CHECK(first_error(",") == "yaml-indicator");
  CHECK(first_error(",Z") == "yaml-indicator");
  CHECK(first_error("a: \"unterminated\nb: 2") == "yaml-quote");
  CHECK(first_error("- a\nb: c") == "yaml-indentation");
  CHECK(first_error("k: v\n...\ngarbage: [") == "yaml-second-document");
  CHECK(first_error("k: v\n---\n") == "yaml-second-document");
  CHECK(first_error("a: 1\na: 2") == "yaml-duplicate-key");
  CHECK(first_error("a: &x [1, *x]") == "yaml-cycle");
  CHECK(first_error("a: &x {b: {c: *x}}") == "yaml-cycle");
  CHECK(first_error("a: \xFF") == "yaml-encoding");
  CHECK(first_error("<<: {a: 1}") == "yaml-merge-key");
  CHECK(first_error("'<<': {a: 1}") == "");  // a text like any other
}

TEST_CASE("core: bombs are refused at once", "[core][yaml]") {
  // Seconds allow for slow machines and sanitizers; without the limits each takes minutes or all
  // memory.
  constexpr std::size_t many = 300'000;
  CHECK(seconds(repeated("[", many)) < 2);
  CHECK(seconds(repeated("{a: ", many)) < 2);
  CHECK(seconds(repeated("- ", many)) < 2);
  CHECK(seconds(repeated("? ", many)) < 2);
  CHECK(seconds("a: " + repeated("[{b: ", many / 2)) < 2);
  CHECK(seconds("a: 'x [[[' \nb: " + repeated("[\n ", many / 2)) < 2);
  CHECK(seconds(repeated("%TAG !a! tag:x:\n", 100'000) + "--- a\n") < 2);
  CHECK(seconds("a: 1\n...\n" + repeated("%TAG !a! tag:x:\n", 100'000) + "--- a\n") < 2);
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int level = 1; level < 60; ++level) {
    const std::string before = "*a" + std::to_string(level - 1);
    bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + before + ", " +
            before + "]\n";
  }
  CHECK(seconds(bomb) < 2);
  CHECK(first_error(bomb) == "yaml-alias-growth");
  CHECK(first_error(repeated("[", many)) == "yaml-too-deep");
}

TEST_CASE("core: brackets inside of texts are not counted as depth", "[core][yaml]") {
  const std::string many = repeated("[{", 100);
  for (const std::string& text :
       {"a: '" + many + "'\n", "a: \"" + many + "\"\n", "a: |\n  " + many + "\n",
        "a: x " + many + "\n", "a: x\n  " + many + "\n", "# " + many + "\na: 1\n",
        "a: [x, '" + many + "', \"" + many + "\"]\n", "a: [ # " + many + "\n  x]\n",
        "- - |\n    " + many + "\n  - >\n    " + many + "\n",
        "{a: 'it''s " + many + "', \"b\\\"" + many + "\": 1}\n",
        "k: |\n\n  x\n  " + many + "\nl: [1]\n", "'" + many + "': \"\\" + "\"" + many + "\"\n"}) {
    const auto document = read_yaml(source(text));
    INFO(text << to_text(document.diagnostics()));
    CHECK(document);
  }
}

TEST_CASE("core: a large YAML file is read in linear time", "[core][yaml]") {
  const auto text = [](int count) {
    std::string out;
    for (int key = 0; key < count; ++key)
      out += "key" + std::to_string(key) + ": {a: 1, b: [x, y]}\n";
    return out;
  };
  const double small = seconds(text(1'000));
  const double large = seconds(text(8'000));
  CHECK(large < 8 * small * 4 + 0.5);  // far below the 64 of a quadratic one
}

TEST_CASE("core: no bytes make the YAML reader fail, and its places lie in the text",
          "[core][yaml]") {
  const std::string seed =
      "rule: a.b\nwhen: |\n  c.x > 1\n  && d\nlet: {p: &x [1, 'it''s'], q: \"a\\tb\"}\n- y\nz: "
      ">-\n  folded\n\n  text\nk: *x\n? m\n: n # c\n";
  const std::string alphabet = "{}[]\",:'&*!|>-?#%@`\\ \n\t\r1ax.~<\xC3\xA9";
  std::mt19937 random(19);
  int accepted = 0;
  for (int round = 0; round < 8'000; ++round) {
    std::string text = seed.substr(random() % 40, 10 + random() % seed.size());
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
    const auto document = read_yaml(source(text), {}, Aliases::expand);
    accepted += document ? 1 : 0;
    if (!document && !document.diagnostics().has_errors()) FAIL_CHECK(text);
    for (const Diagnostic& diagnostic : document.diagnostics().items()) {
      if (diagnostic.position.line == 0 || diagnostic.position.byte > text.size()) FAIL_CHECK(text);
    }
  }
  CHECK(accepted > 200);
}
