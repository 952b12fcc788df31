#include "tests/docs/expression_page.hpp"

#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>

#include "eraudit/core/document.hpp"
#include "eraudit/evaluate/detail/facts.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/table_catalogue.hpp"
#include "tests/support/network.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit::test {
namespace {

/// The content of the block of code behind a comment.
std::string block_after(std::string_view page, std::string_view comment) {
  const std::size_t mark = page.find(comment);
  if (mark == std::string_view::npos) throw std::runtime_error("no " + std::string(comment));
  const std::size_t fence = page.find("\n```", mark);
  const std::size_t begin = page.find('\n', fence + 1) + 1;
  return std::string(page.substr(begin, page.find("\n```", begin) + 1 - begin));
}

DocumentPtr yaml(std::string name, std::string text) {
  return read_yaml(std::make_shared<const Source>(std::move(name), std::move(text))).value();
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|') continue;
    out += text[i];
  }
  return out;
}

struct CodeSpan {
  std::string text;
  std::size_t begin = 0;    ///< of its ticks
  std::size_t content = 0;  ///< of what is in it
  std::size_t length = 0;
  std::size_t end = 0;
};

/// The next `` `code` `` from `from` on, within its line; blocks are the caller's to leave out.
bool next_code(std::string_view page, std::size_t from, CodeSpan& found) {
  while (true) {
    const std::size_t begin = page.find('`', from);
    if (begin == std::string_view::npos) return false;
    const std::size_t content = page.find_first_not_of('`', begin);
    if (content == std::string_view::npos) return false;
    const std::string ticks(content - begin, '`');
    const std::size_t end = page.find(ticks, content);
    const std::size_t line = page.find('\n', content);
    if (end == std::string_view::npos || line < end) {
      from = content;
      continue;
    }
    found.begin = begin;
    found.content = content;
    found.length = end - content;
    found.end = end + ticks.size();
    std::string_view text = page.substr(content, found.length);
    if (ticks.size() > 1) {  // blanks keep a tick from the ticks
      while (text.starts_with(' ')) text.remove_prefix(1);
      while (text.ends_with(' ')) text.remove_suffix(1);
    }
    found.text = without_escapes(text);
    return true;
  }
}

/// Cells of a row of a table, as places in the page.
std::vector<std::pair<std::size_t, std::size_t>> cells_of(std::string_view page, std::size_t begin,
                                                          std::size_t end) {
  std::vector<std::pair<std::size_t, std::size_t>> cells;
  std::size_t at = begin + 1;  // behind the first bar
  for (std::size_t i = at; i < end; ++i) {
    if (page[i] != '|' || page[i - 1] == '\\') continue;
    std::size_t first = at;
    std::size_t last = i;
    while (first < last && page[first] == ' ') ++first;
    while (last > first && page[last - 1] == ' ') --last;
    cells.emplace_back(first, last - first);
    at = i + 1;
  }
  return cells;
}

void replace_word(std::string& text, std::string_view word, std::string_view by) {
  for (std::size_t at = text.find(word); at != std::string::npos;
       at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
}

}  // namespace

std::string read_page(const std::string& file) {
  std::ifstream stream(project_file(file));
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

ExpressionPage::ExpressionPage(const std::string& page) {
  network_ = std::make_unique<Network>(test::network(block_after(page, "/network.yaml -->")));
  const SchemaPtr schema = network_->schema_ptr();
  environment_ = Environment(schema);
  static_cast<void>(environment_.add_variable("c", Type::node({*schema->find_kind("Cohort")})));
  Diagnostics mistakes;
  rule_.tables.push_back(rules_detail::read_table(
      *rules_detail::builtin_document("rules/tables/min_wage.yaml"), schema, Limits{}, mistakes));
  environment_.add_table(rule_.tables.back());

  EvaluationContext context;
  context.as_of = network_->as_of().value();
  context.at = context.as_of;
  context.rates =
      read_rates(std::make_shared<const Source>("rates.yaml", block_after(page, "/rates.yaml -->")))
          .value();
  evaluator_ = std::make_unique<Evaluator>(network_.get(), std::move(context));

  const DocumentPtr document = yaml("names.yaml", block_after(page, "<!-- names -->"));
  const DocumentNode names = document->root().find("let").value();
  for (std::size_t i = 0; i < names.size(); ++i) {
    name(std::string(names.key(i).text()), names.at(i).text());
  }
}

void ExpressionPage::name(std::string name, std::string_view text) {
  const ProgramPtr program = compile(ExpressionText::of(std::string(text)), environment_).value();
  programs_.push_back(
      std::make_unique<BoundProgram>(eraudit::bind(program, network_.get(), rule_.tables)));
  const Slot slot = environment_.add_variable(std::move(name), program);
  names_.emplace_back(slot, programs_.back().get());
}

std::string ExpressionPage::operator()(std::string_view text) {
  const Checked<ProgramPtr> checked = compile(ExpressionText::of(std::string(text)), environment_);
  if (!checked) return "refused: " + checked.diagnostics().items().front().message;
  programs_.push_back(
      std::make_unique<BoundProgram>(eraudit::bind(*checked, network_.get(), rule_.tables)));
  evaluator_->begin();
  evaluator_->set(0, Value::of(test::node(*network_, "np-24")));
  for (const auto& [slot, program] : names_) evaluator_->set_lazy(slot, program);
  return outcome(evaluator_->evaluate(*programs_.back()));
}

std::string ExpressionPage::outcome(const Value& value) const {
  // As an expression would be written, not as a report says it.
  if (value.is(ValueKind::boolean)) return value.boolean ? "true" : "false";
  std::string text = evaluator_->describe(value);
  if (!value.is(ValueKind::unknown)) return text;
  std::vector<std::string> paths;
  for (const Fact& fact : value.facts->facts) {
    std::string path = evaluate_detail::fact_path(*network_, rule_, fact, evaluator_->name(fact));
    if (!paths.empty() && paths.back() == path) continue;
    text += (paths.empty() ? ": " : ", ") + path;
    paths.push_back(std::move(path));
  }
  return text;
}

std::vector<PageExample> examples_of(std::string_view page) {
  constexpr std::string_view arrow = " → ";
  std::vector<PageExample> examples;
  CodeSpan code;
  for (std::size_t from = 0; next_code(page, from, code);) {
    from = code.end;
    if (!page.substr(code.end).starts_with(arrow)) continue;
    CodeSpan result;
    const std::size_t at = code.end + arrow.size();
    if (!next_code(page, at, result) || result.begin != at) {
      throw std::runtime_error("nothing behind the arrow of " + code.text);
    }
    examples.push_back({code.text, result.text, result.content, result.length});
    from = result.end;
  }
  return examples;
}

std::vector<PageTable> tables_of(std::string_view page) {
  constexpr std::string_view mark = "<!-- table: ";
  std::vector<PageTable> tables;
  for (std::size_t at = page.find(mark); at != std::string_view::npos; at = page.find(mark, at)) {
    at += mark.size();
    PageTable table;
    table.form = std::string(page.substr(at, page.find(" -->", at) - at));
    std::vector<std::string> columns;
    std::size_t begin = page.find("\n|", at) + 1;
    for (std::size_t row = 0; page.substr(begin).starts_with("|"); ++row) {
      const std::size_t end = page.find('\n', begin);
      const auto cells = cells_of(page, begin, end);
      begin = end + 1;
      if (row == 1) continue;  // the line below the head
      CodeSpan first;
      const bool named = next_code(page, cells.at(0).first, first) && first.begin < end;
      if (row != 0 && !named) throw std::runtime_error("a row without a name: " + table.form);
      for (std::size_t column = 1; column < cells.size(); ++column) {
        const auto [place, length] = cells[column];
        CodeSpan head;
        if (row == 0) {
          columns.push_back(next_code(page, place, head) && head.begin < end ? head.text : "");
          continue;
        }
        std::string expression = table.form;
        replace_word(expression, "COLUMN", columns.at(column - 1));
        replace_word(expression, "ROW", first.text);
        table.cells.push_back(
            {std::move(expression), std::string(page.substr(place, length)), place, length});
      }
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string in_a_cell(const std::string& outcome) {
  if (outcome.starts_with("not known")) return "?";
  if (outcome.starts_with("error: ")) return "error";
  return cell_text(outcome);
}

std::string cell_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace eraudit::test
