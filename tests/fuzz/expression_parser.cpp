// Text to syntax tree and back.

#include "eraudit/expression/host.hpp"
#include "eraudit/expression/syntax.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/print_expression.hpp"

namespace eraudit::fuzz {
namespace {

void require_spans(const SyntaxTree& tree, std::size_t size) {
  const auto inside = [](Span part, Span whole) {
    return part.offset >= whole.offset &&
           std::size_t{part.offset} + part.length <= std::size_t{whole.offset} + whole.length;
  };
  for (const SyntaxNode& node : tree.nodes) {
    require(inside(node.span, {0, static_cast<std::uint32_t>(size)}), "a node is inside the text");
    require(inside(node.at, node.span), "what is pointed at is inside of its node");
    for (std::uint32_t i = 0; i < node.children; ++i) {
      require(&tree.child(node, i) < &node, "children come before parents");
      require(inside(tree.child(node, i).span, node.span), "a part is inside of its whole");
    }
  }
}

void run(std::string_view bytes) {
  ExpressionText text = ExpressionText::of(std::string(bytes));
  text.name = "input";
  const auto tree = parse_expression(text);
  require_places(tree.diagnostics(), Source("input", text.text));
  const auto end = expression_end(bytes, 0);
  if (!tree) return;
  require_spans(*tree, bytes.size());
  require(end == bytes.size(), "an expression ends where its text does");

  const auto printed = test::print_expression(*tree);
  if (!printed) return;
  Limits wide;  // the brackets make it deeper and longer
  wide.expression_depth *= 3;
  wide.expression_code_points *= 10;
  const auto again = parse_expression(ExpressionText::of(*printed), wide);
  if (!again) broken("a tree can be printed", *printed + "\n" + to_text(again.diagnostics()));
  const std::string difference = test::tree_difference(*tree, *again);
  if (!difference.empty()) broken("a printed tree reads as the same", difference + "\n" + *printed);
}

const Target target("expression_parser", run);

}  // namespace
}  // namespace eraudit::fuzz
