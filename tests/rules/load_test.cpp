// Which files are loaded, and as what.

#include <algorithm>
#include <array>
#include <ctime>
#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

using Names = std::vector<std::string>;

std::string rule(const std::string& id, const std::string& condition = "c.workers > 5") {
  return "rule: " + id + "\nsubject: (c:Cohort)\nfail_if: " + condition + "\nmessage: m\n";
}

constexpr const char* pack =
    "eraudit: pack/1\nid: mine\nversion: 1.2.0\ntitle: Mine\nlicence: CC0-1.0\n";

Names ids(const Rules& rules) {
  Names out;
  for (const Rule& one : rules.all()) out.push_back(one.id);
  return out;
}

}  // namespace

TEST_CASE("rules: a folder is read whole, cases and other files left aside", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("b.yaml", rule("b"));
  folder.write("deep/er/a.yaml", rule("a"));
  folder.write("c.yml", rule("c"));
  folder.write(
      "d.json",
      R"-({"rule": "d", "subject": "(c:Cohort)", "fail_if": "c.workers > 5", "message": "m"})-");
  folder.write("b.test.yaml", "not: [read");
  folder.write("README.md", "not read");
  folder.write(".hidden.yaml", "not: [read");
  const Rules rules = load_rules(folder.path()).value();
  CHECK(ids(rules) == Names{"a", "b", "c", "d"});
  CHECK(rules.packs().empty());
  CHECK(rules.find("c") == 2);
  CHECK_FALSE(rules.find("e"));
}

TEST_CASE("rules: a pack says what it is, and its digest changes with any of its files",
          "[rules][load]") {
  const ScratchFolder folder;
  folder.write("pack.yaml", pack);
  folder.write("a.yaml", rule("a"));
  const Rules rules = load_rules(folder.path()).value();
  REQUIRE(rules.packs().size() == 1);
  const Pack& one = rules.packs()[0];
  CHECK(one.id == "mine");
  CHECK(one.version == "1.2.0");
  CHECK(one.title.in("en") == "Mine");
  CHECK(one.licence == "CC0-1.0");
  CHECK(rules.all()[0].pack == "mine");
  CHECK(load_rules(folder.path() + "/")->packs()[0].sha256 == one.sha256);
  folder.write("a.test.yaml", "[]");
  CHECK(load_rules(folder.path())->packs()[0].sha256 == one.sha256);
  folder.write("a.yaml", rule("a", "c.workers > 6"));
  CHECK(load_rules(folder.path())->packs()[0].sha256 != one.sha256);
}

TEST_CASE("rules: a folder of packs holds several", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("one/pack.yaml", "eraudit: pack/1\nid: one\nversion: 1\ntitle: One\n");
  folder.write("one/sub/a.yaml", rule("a"));
  folder.write("two/pack.yaml", "eraudit: pack/1\nid: two\nversion: 1\ntitle: Two\n");
  folder.write("two/b.yaml", rule("b"));
  const Rules rules = load_rules(folder.path()).value();
  CHECK(rules.packs().size() == 2);
  CHECK(rules.all()[0].pack == "one");
  CHECK(rules.all()[1].pack == "two");
}

TEST_CASE("rules: what is named twice is there once", "[rules][load]") {
  const ScratchFolder folder;
  const std::array<std::string, 3> what = {folder.write("a.yaml", rule("a")),
                                           folder.file("./a.yaml"), folder.file("a.yaml")};
  CHECK(ids(load_rules(what).value()) == Names{"a"});
}

TEST_CASE("rules: two rules with one id are told with both places", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("a.yaml", rule("same"));
  folder.write("b.yaml", "# second\n" + rule("same"));
  const auto rules = load_rules(folder.path());
  CHECK_FALSE(rules);
  CHECK(folder.relative(to_text(rules.diagnostics())) ==
        "b.yaml:2:7: error: rule 'same' stands at a.yaml:1 too [rule-duplicate-id]\n"
        "    2 | rule: same\n"
        "      |       ^~~~\n"
        "  help: one of them needs another id\n");
}

TEST_CASE("rules: the mistakes of all files are collected", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("pack.yaml", "eraudit: pack/2\nid: mine\nversion: 1\ntitle: T\ncolour: red\n");
  folder.write("a.yaml", rule("a", "c.wrkers > 5"));
  folder.write("b.yaml", rule("b", "c.workers >"));
  folder.write("c.yaml", "rule: [");
  folder.write("tables/t.yaml", "eraudit: table/1\ntable: t\n");
  const auto rules = load_rules(folder.path());
  CHECK_FALSE(rules);
  Names files;
  for (const Diagnostic& diagnostic : rules.diagnostics().items()) {
    files.push_back(folder.relative(diagnostic.file) + " " + diagnostic.id);
  }
  CHECK(std::count(files.begin(), files.end(), "pack.yaml pack-header") == 1);
  CHECK(std::count(files.begin(), files.end(), "pack.yaml pack-unknown-key") == 1);
  CHECK(std::count(files.begin(), files.end(), "a.yaml cel-unknown-attribute") == 1);
  CHECK(std::count(files.begin(), files.end(), "b.yaml cel-syntax") == 1);
  CHECK(std::any_of(files.begin(), files.end(),
                    [](const std::string& f) { return f.starts_with("c.yaml yaml-"); }));
  CHECK(std::count(files.begin(), files.end(), "tables/t.yaml table-missing-key") == 3);
}

TEST_CASE("rules: a folder without rules is a mistake, not an empty set", "[rules][load]") {
  const ScratchFolder folder;
  const auto rules = load_rules(folder.path());
  CHECK_FALSE(rules);
  REQUIRE(rules.diagnostics().items().size() == 1);
  CHECK(rules.diagnostics().items()[0].id == "rule-none");
}

TEST_CASE("rules: what is neither a pack nor there is an exception with the packs there are",
          "[rules][load]") {
  try {
    static_cast<void>(load_rules("no/such/thing"));
    FAIL("nothing was loaded without a word");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::no_such_file);
    CHECK(std::string(error.what()).find("there is no pack, folder or file 'no/such/thing'") == 0);
  }
}

TEST_CASE("rules: a long condition full of escapes takes no longer than another", "[rules][load]") {
  std::string condition = "c.id == \\\"\\\"";
  while (condition.size() < 95'000) condition += " || c.id == \\\"x\\\"";
  const std::clock_t start = std::clock();
  const std::string said =
      test::rule_mistakes("rule: a.b\nsubject: (c:Cohort)\nmessage: x\nfail_if: \"" + condition +
                          " || c.idd == c.id\"\n");
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  CHECK(said.find("'idd'") != std::string::npos);
  CHECK(said.find("rule.yaml:4:" + std::to_string(11 + condition.size() + 6) + ": error") !=
        std::string::npos);
  CHECK(seconds < 3);  // of the processor; looking anew for each byte took many times that
}

TEST_CASE("rules: a table among the rules is told where it belongs", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("a.yaml", rule("a"));
  folder.write("t.yaml",
               "eraudit: table/1\ntable: t\ninputs: {a: int}\noutput: {b: int}\nrows: []\n");
  CHECK(folder.relative(to_text(load_rules(folder.path()).diagnostics())) ==
        "t.yaml:1:1: error: this is a table, and tables stand in the folder 'tables' of a pack "
        "[rule-misplaced-table]\n"
        "    1 | eraudit: table/1\n"
        "      | ^~~~~~~\n"
        "  help: move it to tables/t.yaml\n");
}

TEST_CASE("rules: a pack's own tables are found, also for one rule of it", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("pack.yaml", pack);
  folder.write(
      "tables/most.yaml",
      "eraudit: table/1\ntable: most-allowed\ninputs: {origin: country}\noutput: {n: int}\n"
      "rows: [{origin: NP, n: 7}]\n");
  const std::string file =
      folder.write("sub/a.yaml", rule("a", "c.workers > most_allowed(c.origin).n"));
  for (const std::string& what : {folder.path(), file}) {
    const Rules rules = load_rules(what).value();
    REQUIRE(rules.tables().size() == 1);
    CHECK(rules.tables()[0]->name() == "most_allowed");
    CHECK(rules.all()[0].tables == std::vector<TablePtr>{rules.tables()[0]});
    CHECK(rules.all()[0].reads == Names{"Cohort.workers", "Cohort.origin", "table most_allowed"});
  }
}

TEST_CASE("rules: rules are chosen by id or prefix", "[rules][load]") {
  const ScratchFolder folder;
  for (const char* id : {"fees.paid", "fees.paid-twice", "fees.paid.again", "wages.low"}) {
    folder.write(std::string(id) + ".yaml", rule(id));
  }
  const Rules rules = load_rules(folder.path()).value();
  const auto select = [&](std::vector<std::string> wanted) { return ids(rules.select(wanted)); };
  CHECK(select({"fees"}) == Names{"fees.paid", "fees.paid-twice", "fees.paid.again"});
  CHECK(select({"fees.paid"}) == Names{"fees.paid", "fees.paid.again"});
  CHECK(select({"wages.low", "fees.paid-twice"}) == Names{"fees.paid-twice", "wages.low"});
  try {
    static_cast<void>(select({"wage"}));
    FAIL("nothing was selected without a word");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_argument);
    CHECK(std::string(error.what()) ==
          "no rule has the id or prefix 'wage': did you mean 'wages'?");
  }
}

TEST_CASE("rules: the packs in the library load without a word", "[rules][load][builtin]") {
  for (const std::string& name : builtin_packs()) {
    INFO(name);
    const auto rules = load_rules(name);
    CHECK(to_text(rules.diagnostics()) == "");
    REQUIRE(rules);
    CHECK(rules->size() > 0);
    REQUIRE(rules->packs().size() == 1);
    CHECK(rules->packs()[0].id == name);
  }
}

TEST_CASE("rules: limits are kept", "[rules][load]") {
  const ScratchFolder folder;
  folder.write("a.yaml", rule("a"));
  folder.write("b.yaml", rule("b"));
  LoadOptions options;
  options.limits.rules = 1;
  CHECK(load_rules(folder.path(), options).diagnostics().items().at(0).id == "rule-too-many");
  options = {};
  options.limits.rule_file_bytes = 10;
  CHECK(load_rules(folder.path(), options).diagnostics().items().at(0).id == "rule-file-too-large");
}
