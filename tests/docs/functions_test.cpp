// The reference of the rule language names every operator and function with what it does.
// UPDATE_GOLDEN=1 writes the rows of the functions anew.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "eraudit/expression/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

/// A row of the table: name, signatures, what it gives.
std::string row_of(const Builtin& builtin) {
  std::string signatures;
  std::string_view rest = builtin.signatures;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view one = rest.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!signatures.empty()) signatures += "<br>";
    signatures += "`" + escaped(one) + "`";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "| `" + std::string(builtin.name) + "` | " + signatures + " | " + escaped(builtin.about) +
         " |";
}

/// The page with its rows of functions (operators come before them, in an order of their own) as
/// the library has them.
std::string rewritten(const std::string& page) {
  const std::size_t table = page.find("| name | signatures | what it gives |");
  const std::size_t begin = page.find("\n| `a", table) + 1;
  const std::size_t end = page.find("\n\n", begin) + 1;
  std::string rows;
  for (const Builtin& builtin : builtins()) {
    if (std::isalpha(static_cast<unsigned char>(builtin.name.front())) != 0) {
      rows += row_of(builtin) + "\n";
    }
  }
  return page.substr(0, begin) + rows + page.substr(end);
}

}  // namespace

TEST_CASE("docs: the rule reference has every operator and function as the library has it",
          "[docs]") {
  const std::string path = test::project_file("docs/reference/rules.md");
  std::ifstream file(path);
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path) << rewritten(page);
  REQUIRE(builtins().size() > 30);
  for (const Builtin& builtin : builtins()) {
    INFO("docs/reference/rules.md should have the line\n"
         << row_of(builtin) << "\nUPDATE_GOLDEN=1 writes it; look at the difference");
    CHECK(page.find("\n" + row_of(builtin) + "\n") != std::string::npos);
  }
  // And nothing that the library has not.
  CHECK(rewritten(page) == page);
}

}  // namespace eraudit
