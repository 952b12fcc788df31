// What readers say about files that are wrong, or right and dangerous:
// tests/cases/core/malformed/*.txt.
//
// A case is a line `=== what is wrong`, the input, a line `>>>`, and all that is printed. In an
// input `\x{0D}` is that byte, and `\x{}` at its end means that no line feed follows.
// UPDATE_GOLDEN=1 rewrites the files.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/core/document.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

struct Case {
  std::string title;
  std::string input;
  std::string expected;
};

std::string path_of(const std::string& name) {
  return test::project_file("tests/cases/core/malformed/" + name + ".txt");
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file.is_open());
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<Case> read_cases(const std::string& name) {
  std::vector<Case> cases;
  bool expected = false;
  for (const std::string& line : lines_of(path_of(name))) {
    if (line.starts_with("=== ")) {
      cases.push_back({line.substr(4), "", ""});
      expected = false;
    } else if (line == ">>>") {
      expected = true;
    } else if (!cases.empty()) {
      (expected ? cases.back().expected : cases.back().input) += line + "\n";
    }
  }
  return cases;
}

std::string unescaped(std::string_view input) {
  std::string out;
  while (!input.empty()) {
    if (input == "\\x{}\n") break;
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

template <class Read>
void check(const std::string& name, std::size_t at_least, const Read& read) {
  std::vector<Case> cases = read_cases(name);
  CHECK(cases.size() >= at_least);
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  for (Case& each : cases) {
    const Diagnostics diagnostics = read(unescaped(each.input));
    // Blank lines between cases belong to nobody.
    std::string printed = to_text(diagnostics) + "\n";
    INFO(name << ": " << each.title);
    CHECK_FALSE(diagnostics.empty());
    if (!update) CHECK(printed == each.expected);
    each.expected = std::move(printed);
  }
  if (!update) return;
  std::ofstream file(path_of(name));
  for (const Case& each : cases) {
    file << "=== " << each.title << "\n" << each.input << ">>>\n" << each.expected;
  }
}

SourcePtr source(const char* name, std::string text) {
  return std::make_shared<const Source>(name, std::move(text));
}

}  // namespace

TEST_CASE("core: malformed YAML is refused with its place and with what to write",
          "[core][malformed]") {
  check("yaml", 80, [](std::string text) {
    return read_yaml(source("rule.yaml", std::move(text)), {}, Aliases::expand).diagnostics();
  });
}

TEST_CASE("core: data in YAML may have no anchors", "[core][malformed]") {
  check("yaml-data", 3, [](std::string text) {
    return read_yaml(source("network.yaml", std::move(text))).diagnostics();
  });
}

TEST_CASE("core: malformed JSON is refused with its place and with what to write",
          "[core][malformed]") {
  check("json", 40, [](std::string text) {
    return read_json(source("network.json", std::move(text))).diagnostics();
  });
}

TEST_CASE("core: malformed CSV is reported with its place, and reading goes on",
          "[core][malformed]") {
  check("csv", 12, [](std::string text) {
    Diagnostics diagnostics;
    const Source csv("workers.csv", std::move(text));
    read_csv(
        csv, {}, [](std::uint32_t, std::span<const CsvField>) { return true; }, diagnostics);
    return diagnostics;
  });
}
