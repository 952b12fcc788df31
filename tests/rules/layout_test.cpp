// Rule files in one layout.

#include "eraudit/rules/layout.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

Checked<std::string> lay_out(const std::string& text, const std::string& name = "a.yaml") {
  return lay_out_rule(std::make_shared<const Source>(name, text));
}

/// And again, which must change nothing.
std::string laid_out(const std::string& text) {
  const auto once = lay_out(text);
  INFO(to_text(once.diagnostics()));
  REQUIRE(once);
  CHECK(lay_out(*once).value() == *once);
  return *once;
}

std::string refusal(const std::string& text, const std::string& name = "a.yaml") {
  const auto out = lay_out(text, name);
  REQUIRE_FALSE(out);
  REQUIRE(out.diagnostics().items().size() == 1);
  const Diagnostic& one = out.diagnostics().items()[0];
  CHECK(one.id == "layout-refused");
  return std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + ": " +
         one.message;
}

}  // namespace

TEST_CASE("rules: keys come in one order, each with its comments", "[rules][layout]") {
  CHECK(laid_out(R"(# What this file is.

message: m      # what is said
# Why five.
# Because.
fail_if: |
    c.workers > 5   # not a comment of YAML
      && true

# Who is judged.
subject:   (c:Cohort)


rule: a.b
basis:
- {provision: rba-a3-hours, relation: subset}
let:
   one: c.workers

   # Two of them.


   two: one
# The end.
)") == R"(# What this file is.

rule: a.b

# Who is judged.
subject: (c:Cohort)
let:
  one: c.workers

  # Two of them.

  two: one
# Why five.
# Because.
fail_if: |
  c.workers > 5   # not a comment of YAML
    && true
message: m      # what is said
basis:
  - {provision: rba-a3-hours, relation: subset}
# The end.
)");
}

TEST_CASE("rules: match stands before the subject it names", "[rules][layout]") {
  CHECK(laid_out("fail_if: true\nsubject: c\nmatch: (c:Cohort)\nrule: a") ==
        "rule: a\nmatch: (c:Cohort)\nsubject: c\nfail_if: true\n");
}

TEST_CASE("rules: texts keep their lines, their blanks and what looks like a comment",
          "[rules][layout]") {
  const std::string text =
      "rule: a\nwhy:\n  en: |\n    one  \n\n\n    # two\n      three\n  fr: >-\n    un\n    deux\n"
      "title: \"a\n\n\n  b\"\nmessage: 'it''s'   \n";
  CHECK(laid_out(text) ==
        "rule: a\ntitle: \"a\n\n\n  b\"\nwhy:\n  en: |\n    one  \n\n\n    # two\n      three\n"
        "  fr: >-\n    un\n    deux\nmessage: 'it''s'\n");
}

TEST_CASE("rules: Windows line ends become line feeds, and the last line gets one",
          "[rules][layout]") {
  CHECK(laid_out("subject: (c:Cohort)\r\nrule: a\r\nmessage: m") ==
        "rule: a\nsubject: (c:Cohort)\nmessage: m\n");
  CHECK(laid_out("message: m\r\nrule: a\r\nwhy: |\r\n    one\r\n\r\n    two") ==
        "rule: a\nwhy: |\n  one\n\n  two\nmessage: m\n");
}

TEST_CASE("rules: a comment behind a text goes with the key below, one in a map stays in it",
          "[rules][layout]") {
  CHECK(
      laid_out("rule: a\nfail_if: |\n    true\n\n  # about the message\nmessage:\n    en: m\n# of "
               "French\n    fr: n\n   # and that is all\n\n # The end.\n") ==
      "rule: a\nfail_if: |\n  true\n\n# about the message\nmessage:\n  en: m\n  # of French\n"
      "  fr: n\n  # and that is all\n\n  # The end.\n");
}

TEST_CASE("rules: a key that no rule has goes to the end; other mistakes are not looked for",
          "[rules][layout]") {
  CHECK(laid_out("whatever: 1\nrule: a\n") == "rule: a\nwhatever: 1\n");
}

TEST_CASE("rules: what cannot be kept is refused, with its place", "[rules][layout]") {
  CHECK(refusal("eraudit: table/1\ntable: x\n") ==
        "1:1: this is no rule file, and only those are laid out");
  CHECK(refusal("- rule: a\n") == "1:1: this is no rule file, and only those are laid out");
  CHECK(refusal("{rule: a, message: m}\n") ==
        "1:2: a key that does not begin its line is not laid out");
  CHECK(refusal("  rule: a\n  message: m\n") ==
        "1:3: a key that does not begin its line is not laid out");
  CHECK(refusal("---\nrule: a\n") == "1:1: a file with '---' is not laid out");
  CHECK(refusal("{\"rule\": \"a\"}", "a.json") == "0:0: JSON is not laid out");
  // The alias would stand before its anchor.
  CHECK(refusal("message: &x text\nrule: a\ntitle: *x\n") ==
        "1:1: in another layout this file would not say the same");
  // The indentation is said to be four.
  CHECK(refusal("rule: a\nwhy: |4\n     x\n") ==
        "1:1: in another layout this file would not say the same");
}

TEST_CASE("rules: what is no YAML is refused as YAML", "[rules][layout]") {
  const auto out = lay_out("rule: a\nrule: b\n");
  REQUIRE_FALSE(out);
  CHECK(out.diagnostics().items()[0].id == "yaml-duplicate-key");
}

namespace {

/// The keys of a file, each with its value and the comments above it.
std::vector<std::string> chunks_of(std::string_view text) {
  std::vector<std::string> chunks;
  std::string above;
  while (!text.empty()) {
    const std::size_t end = text.find('\n') + 1;
    const std::string line(text.substr(0, end));
    text.remove_prefix(end);
    if (line.front() == '#') {
      above += line;
    } else if (line.front() == ' ' || line.front() == '\n') {
      chunks.back() += line;
    } else {
      chunks.push_back(std::exchange(above, {}) + line);
    }
  }
  return chunks;
}

}  // namespace

TEST_CASE("rules: whatever order the keys stood in, the same file comes out", "[rules][layout]") {
  std::mt19937 random(20260630);
  for (const auto& entry :
       std::filesystem::directory_iterator(eraudit::test::project_file("rules/packs/core"))) {
    const std::string path = entry.path().generic_string();
    if (path.ends_with(".test.yaml") || path.ends_with("pack.yaml")) continue;
    INFO(path);
    const SourcePtr source = read_file(path, 1U << 20);
    std::vector<std::string> chunks = chunks_of(source->text());
    REQUIRE(chunks.size() > 8);
    for (int time = 0; time < 10; ++time) {
      std::shuffle(chunks.begin(), chunks.end(), random);
      // Comments at the top are those of the file.
      const auto first = std::find_if(chunks.begin(), chunks.end(), [](const std::string& chunk) {
        return chunk.front() != '#' && chunk.find("*") == std::string::npos;
      });
      std::iter_swap(chunks.begin(), first);
      std::string mixed;
      for (const std::string& chunk : chunks) mixed += chunk;
      CHECK(laid_out(mixed) == source->text());
    }
  }
}

TEST_CASE("rules: the rules that ship are laid out", "[rules][layout]") {
  std::size_t seen = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(eraudit::test::project_file("rules/packs"))) {
    const std::string path = entry.path().generic_string();
    if (!path.ends_with(".yaml") || path.ends_with(".test.yaml") || path.ends_with("pack.yaml")) {
      continue;
    }
    INFO(path);
    const SourcePtr source = read_file(path, 1U << 20);
    CHECK(lay_out_rule(source).value() == source->text());
    ++seen;
  }
  CHECK(seen > 10);
}
