// The reference of the rule language names every operator and function with what it does.
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

}  // namespace

TEST_CASE("docs: the rule reference has every operator and function as the library has it",
          "[docs]") {
  std::ifstream file(test::project_file("docs/reference/rules.md"));
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  REQUIRE(builtins().size() > 30);
  for (const Builtin& builtin : builtins()) {
    INFO("docs/reference/rules.md should have the line\n" << row_of(builtin));
    CHECK(page.find("\n" + row_of(builtin) + "\n") != std::string::npos);
  }
}

}  // namespace eraudit
