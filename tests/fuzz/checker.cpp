// Expressions of any type against a schema and names of every type.

#include "eraudit/expression/program.hpp"
#include "tests/expression/schema_support.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void require_sound(const Program& program) {
  const std::size_t size = program.text.text.size();
  require(program.root < program.operations.size(), "a program has a root");
  for (std::size_t i = 0; i < program.operations.size(); ++i) {
    const Operation& operation = program.operations[i];
    require(std::size_t{operation.span.offset} + operation.span.length <= size,
            "an operation stands in the text");
    require(!operation.type.is(TypeKind::variable), "every type is found out");
    for (const std::uint32_t child : program.children_of(operation)) {
      require(child < i, "children come before parents");
    }
  }
}

const Environment& unchecked_environment() {
  static const Environment environment = [] {
    Environment made = test::small_environment();
    made.checked = false;
    return made;
  }();
  return environment;
}

void run(std::string_view bytes) {
  static const Environment names = test::small_environment();
  ExpressionText text = ExpressionText::of(std::string(bytes));
  text.name = "input";
  const Source source("input", text.text);

  const auto program = compile(text, names);
  require_places(program.diagnostics(), source);
  if (program) {
    require(!program.diagnostics().has_errors(), "a program has no errors");
    require_sound(**program);
    const auto condition = compile(text, names, Type(TypeKind::boolean));
    const Type& type = (*program)->type();
    require(static_cast<bool>(condition) == (type.is(TypeKind::boolean) || type.is_dyn()),
            "a condition is an expression that is true or false");
    Environment inside = names;
    inside.assume(**program);
    static_cast<void>(inside.add_variable("defined", *program));
  }

  const auto unchecked = compile(text, unchecked_environment());
  require_places(unchecked.diagnostics(), source);
  if (program && !unchecked) broken("what checks is read without checks too");
  if (unchecked) require_sound(**unchecked);
}

const Target target("checker", run);

}  // namespace
}  // namespace eraudit::fuzz
