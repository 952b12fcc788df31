// The page on expressions says what expressions come to: every example and every table on it is
// evaluated. UPDATE_GOLDEN=1 writes the results, and the columns of the functions, anew.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "eraudit/expression/builtin.hpp"
#include "tests/docs/expression_page.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

bool is_function(const Builtin& builtin) {
  return std::isalpha(static_cast<unsigned char>(builtin.name.front())) != 0;
}

/// What the library says of it, without its examples.
std::string columns_of(const Builtin& builtin) {
  std::string signatures;
  std::string_view rest = builtin.signatures;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view one = rest.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!signatures.empty()) signatures += "<br>";
    signatures += "`" + cell_text(one) + "`";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "| `" + std::string(builtin.name) + "` | " + signatures + " | " +
         cell_text(builtin.about) + " | ";
}

/// The last cell of a function's row on the page; empty if there is no such row.
std::string examples_cell(const std::string& page, const Builtin& builtin) {
  const std::size_t row = page.find("\n| `" + std::string(builtin.name) + "` | ");
  if (row == std::string::npos) return {};
  const std::size_t end = page.find('\n', row + 1);
  std::size_t last = page.rfind(" |", end - 1);
  std::size_t bar = last;
  do {
    bar = page.rfind('|', bar - 1);
  } while (page[bar - 1] == '\\');
  return page.substr(bar + 2, last - bar - 2);
}

/// The page with the rows of operators and functions as the library has them.
std::string with_rows(const std::string& page) {
  const auto table = [&](const std::string& head, bool functions, const std::string& whole) {
    const std::size_t begin = whole.find('\n', whole.find('\n', whole.find(head)) + 1) + 1;
    const std::size_t end = whole.find("\n\n", begin - 1) + 1;
    std::string rows;
    for (const Builtin& builtin : builtins()) {
      if (is_function(builtin) != functions) continue;
      rows += columns_of(builtin) + examples_cell(page, builtin) + " |\n";
    }
    return whole.substr(0, begin) + rows + whole.substr(end);
  };
  return table("| operator | signatures | what it gives | examples |", false,
               table("| name | signatures | what it gives | examples |", true, page));
}

template <class Entry, class Result>
void write_results(std::string& page, std::vector<Entry> entries, Result result) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.at > b.at; });
  for (const Entry& entry : entries) page.replace(entry.at, entry.length, result(entry));
}

std::string rewritten(std::string page) {
  page = with_rows(page);
  ExpressionPage given(page);
  std::vector<PageCell> cells;
  for (PageTable& table : tables_of(page)) {
    cells.insert(cells.end(), table.cells.begin(), table.cells.end());
  }
  write_results(page, cells,
                [&](const PageCell& cell) { return in_a_cell(given(cell.expression)); });
  write_results(page, examples_of(page),
                [&](const PageExample& example) { return cell_text(given(example.expression)); });
  return page;
}

/// The page, written anew first if that is asked for.
const std::string& page() {
  static const std::string text = [] {
    std::string current = read_page(expression_page_file);
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      current = rewritten(current);
      std::ofstream(project_file(expression_page_file)) << current;
    }
    return current;
  }();
  return text;
}

/// Names of macros in the sources of the checker: `Form{"exists", ...` and `node.text == "or"`.
std::set<std::string> macros() {
  std::set<std::string> names{"has", "bind"};
  const auto collect = [&](const std::string& file, const std::string& mark) {
    const std::string source = read_page("libaudit/eraudit/expression/" + file);
    for (std::size_t at = source.find(mark); at != std::string::npos; at = source.find(mark, at)) {
      at += mark.size();
      const std::string name = source.substr(at, source.find('"', at) - at);
      if (std::isalpha(static_cast<unsigned char>(name.front())) != 0) names.insert(name);
    }
  };
  collect("check_macros.cpp", "Form{\"");
  collect("check_optionals.cpp", "node.text == \"");
  return names;
}

}  // namespace

TEST_CASE("docs: every example on expressions comes to what the page says", "[docs]") {
  ExpressionPage given(page());
  const auto examples = examples_of(page());
  CHECK(examples.size() > 200);
  for (const PageExample& example : examples) {
    INFO(example.expression << "\nUPDATE_GOLDEN=1 writes the results; look at the difference");
    CHECK(given(example.expression) == example.result);
  }
}

TEST_CASE("docs: every cell of a table of an operator is what the operator gives", "[docs]") {
  ExpressionPage given(page());
  const auto tables = tables_of(page());
  std::string forms;
  std::size_t cells = 0;
  for (const PageTable& table : tables) {
    forms += table.form + "\n";
    cells += table.cells.size();
    for (const PageCell& cell : table.cells) {
      INFO(cell.expression);
      CHECK(in_a_cell(given(cell.expression)) == cell.result);
    }
  }
  CHECK(cells > 300);
  for (const Builtin& builtin : builtins()) {
    if (is_function(builtin)) continue;
    const std::string sign(builtin.name.substr(1, builtin.name.size() - 2));
    const std::string form = builtin.name == "-_" ? "-ROW" : "ROW " + sign + " COLUMN";
    INFO("there is no table for " << form);
    CHECK(forms.find(form + "\n") != std::string::npos);
  }
  for (const char* form :
       {"!ROW", "ROW && COLUMN", "ROW || COLUMN", "ROW ? 1 : 2", "ROW[COLUMN]", "has(ROW)"}) {
    INFO("there is no table for " << form);
    CHECK(forms.find(std::string(form) + "\n") != std::string::npos);
  }
}

TEST_CASE("docs: every operator and function stands there as the library has it, with an example",
          "[docs]") {
  REQUIRE(builtins().size() > 30);
  for (const Builtin& builtin : builtins()) {
    INFO("the page should have\n"
         << columns_of(builtin) << "\nUPDATE_GOLDEN=1 writes it; look at the difference");
    CHECK(page().find("\n" + columns_of(builtin)) != std::string::npos);
    const auto examples = examples_of(examples_cell(page(), builtin));
    std::string sign = std::string(builtin.name) + "(";
    if (builtin.name == "-_") sign = "-";
    if (builtin.name.front() == '_') sign = builtin.name.substr(1, builtin.name.size() - 2);
    CHECK(std::any_of(examples.begin(), examples.end(), [&](const PageExample& example) {
      return example.expression.find(sign) != std::string::npos;
    }));
  }
  // And nothing that the library has not.
  CHECK(with_rows(page()) == page());
}

TEST_CASE("docs: every macro has an example", "[docs]") {
  const auto examples = examples_of(page());
  const std::set<std::string> names = macros();
  CHECK(names.size() > 15);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(std::any_of(examples.begin(), examples.end(), [&](const PageExample& example) {
      return example.expression.find(name + "(") != std::string::npos;
    }));
  }
}

TEST_CASE("docs: an example that lies is noticed, and so is a cell", "[docs]") {
  ExpressionPage given(page());
  const auto examples = examples_of("so `1 + 1` → `3`, and ``x.`a` `` alone");
  REQUIRE(examples.size() == 1);
  CHECK(given(examples[0].expression) == "2");
  CHECK(examples[0].result == "3");
  const auto tables = tables_of(
      "<!-- table: ROW \\|\\| COLUMN -->\n\n| `a` | `no` |\n| --- | --- |\n| `yes` | false |\n\n");
  REQUIRE(tables.size() == 1);
  REQUIRE(tables[0].cells.size() == 1);
  CHECK(tables[0].cells[0].result == "false");
}
