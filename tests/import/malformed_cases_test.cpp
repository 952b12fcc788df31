// What an import says about tables, workbooks and mappings that are wrong:
// tests/cases/import/malformed/*.txt.
//
// A case is a line `=== what is wrong`, a mapping, a line `---`, the table, a line `>>>`, and all
// that is printed. A mapping that does not say `eraudit:` gets that line and `fillers`; a line
// `map NAME` stands for one that was given under `--- map NAME` before. A workbook is written as
// tests/import/workbook.hpp says. In a table `\x{0D}` is that byte. UPDATE_GOLDEN=1 rewrites the
// files.

#include <cstdlib>
#include <fstream>
#include <map>

#include "tests/import/support.hpp"
#include "tests/import/workbook.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

struct ImportCase {
  std::string title;
  std::string mapping;
  std::string table;
  std::string expected;
  bool has_table = false;
};

std::string case_file(const std::string& name) {
  return project_file("tests/cases/import/malformed/" + name + ".txt");
}

std::vector<ImportCase> read_cases(const std::string& name) {
  std::ifstream file(case_file(name));
  REQUIRE(file.is_open());
  std::vector<ImportCase> out;
  std::string* place = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      out.push_back({line.substr(4), {}, {}, {}});
      place = &out.back().mapping;
    } else if (line == "---") {
      out.back().has_table = true;
      place = &out.back().table;
    } else if (line == ">>>") {
      place = &out.back().expected;
    } else {
      REQUIRE(place != nullptr);
      *place += line + "\n";
    }
  }
  return out;
}

std::string bytes_of(std::string_view input) {
  std::string out;
  while (!input.empty()) {
    if (input.starts_with("\\x{") && input.size() > 5 && input[5] == '}') {
      out += static_cast<char>(std::stoi(std::string(input.substr(3, 2)), nullptr, 16));
      input.remove_prefix(6);
    } else {
      out += input.front();
      input.remove_prefix(1);
    }
  }
  return out;
}

std::string run_case(const ImportCase& each, std::map<std::string, std::string>& maps) {
  std::string yaml = each.mapping;
  if (yaml.starts_with("map ")) {
    yaml = maps.at(yaml.substr(4, yaml.find('\n') - 4));
  } else if (yaml.starts_with("# ")) {
    maps[yaml.substr(2, yaml.find('\n') - 2)] = yaml;
  }
  if (yaml.find("eraudit:") == std::string::npos) {
    yaml = "eraudit: mapping/1\nfillers: [N/A]\n" + yaml;
  }
  const auto read = read_mapping_text(yaml);
  if (!read || !each.has_table) return to_text(read.diagnostics());
  if (!each.table.starts_with('@')) return import_messages(*read, bytes_of(each.table));
  const ScratchFolder folder;
  const std::vector<std::string> paths = {folder.write("book.xlsx", book(each.table).bytes())};
  return folder.relative(to_text(import_tables(*read, paths).diagnostics()));
}

void check(const std::string& name, std::size_t at_least) {
  std::vector<ImportCase> cases = read_cases(name);
  CHECK(cases.size() >= at_least);
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  std::map<std::string, std::string> maps;
  for (ImportCase& each : cases) {
    const std::string printed = run_case(each, maps) + "\n";
    INFO(name << ": " << each.title);
    CHECK(printed.find("error: ") != std::string::npos);
    if (!update) CHECK(printed == each.expected);
    each.expected = printed;
  }
  if (!update) return;
  std::ofstream file(case_file(name));
  for (const ImportCase& each : cases) {
    file << "=== " << each.title << "\n" << each.mapping;
    if (each.has_table) file << "---\n" << each.table;
    file << ">>>\n" << each.expected;
  }
}

}  // namespace

TEST_CASE("import: malformed mappings are refused with their place", "[import][malformed]") {
  check("mappings", 44);
}

TEST_CASE("import: malformed tables are refused with their place", "[import][malformed]") {
  check("tables", 32);
}

TEST_CASE("import: malformed workbooks are refused with their place", "[import][malformed]") {
  check("workbooks", 29);
}
