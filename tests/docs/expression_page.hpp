#pragma once
// The page on expressions, and the values that its examples speak of.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit::test {

inline constexpr const char* expression_page_file = "docs/reference/expressions.md";
[[nodiscard]] std::string read_page(const std::string& file);

/// What the page shows in its blocks: a network, rates, and names for values of the subject `c`.
class ExpressionPage {
 public:
  /// Throws if a block is missing or wrong.
  explicit ExpressionPage(const std::string& page);

  /// `3`, `at least 2`, `error: division by zero`, `not known: Cohort.women`, `refused: there is no
  /// function 'f'`.
  std::string operator()(std::string_view text);

 private:
  [[nodiscard]] std::string outcome(const Value& value) const;
  void name(std::string name, std::string_view text);

  std::unique_ptr<Network> network_;
  Rule rule_;  ///< its tables
  Environment environment_;
  std::unique_ptr<Evaluator> evaluator_;
  std::vector<std::unique_ptr<BoundProgram>> programs_;
  std::vector<std::pair<Slot, const BoundProgram*>> names_;
};

/// `expression` → `result`, and where the result stands in the page.
struct PageExample {
  std::string expression;
  std::string result;
  std::size_t at = 0;
  std::size_t length = 0;
};
[[nodiscard]] std::vector<PageExample> examples_of(std::string_view page);

/// A table behind `<!-- table: ROW && COLUMN -->`: one cell of it.
struct PageCell {
  std::string expression;
  std::string result;
  std::size_t at = 0;
  std::size_t length = 0;
};
struct PageTable {
  std::string form;  ///< `ROW && COLUMN`
  std::vector<PageCell> cells;
};
[[nodiscard]] std::vector<PageTable> tables_of(std::string_view page);
/// As a cell says it: `?` for what is not known, `error`.
[[nodiscard]] std::string in_a_cell(const std::string& outcome);

/// Within a table of Markdown.
[[nodiscard]] std::string cell_text(std::string_view text);

}  // namespace eraudit::test
