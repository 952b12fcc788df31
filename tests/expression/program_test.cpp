#include <algorithm>
#include <string>

#include "tests/expression/schema_support.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

ProgramPtr compiled(const std::string& text) {
  const auto program = compile(ExpressionText::of(text), small_environment());
  INFO(to_text(program.diagnostics()));
  REQUIRE(program);
  return *program;
}

std::size_t count(const Program& program, Op op) {
  return static_cast<std::size_t>(
      std::count_if(program.operations.begin(), program.operations.end(),
                    [&](const Operation& one) { return one.op == op; }));
}

/// The program as nested calls, to see its shape.
std::string shape(const Program& program, std::uint32_t id) {
  const Operation& operation = program.operation(id);
  std::string out;
  switch (operation.op) {
    case Op::constant:
      return "k";
    case Op::variable:
      return "v" + std::to_string(operation.payload);
    case Op::as_of:
      return "as_of";
    case Op::local:
      return "l" + std::to_string(operation.payload);
    case Op::attribute:
      out = program.attributes[operation.payload].name;
      break;
    case Op::has_attribute:
      out = "has:" + program.attributes[operation.payload].name;
      break;
    case Op::list:
      out = program.lists[operation.payload].name;
      break;
    case Op::edge_end:
      out = operation.payload == 0 ? "from" : "to";
      break;
    case Op::identity:
      out = operation.payload == 0 ? "id" : "kind";
      break;
    case Op::select:
      out = "." + program.names[operation.payload];
      break;
    case Op::has_select:
      out = "has." + program.names[operation.payload];
      break;
    case Op::optional_select:
      out = "?." + program.names[operation.payload];
      break;
    case Op::index:
      out = operation.payload == 0 ? "index" : "?index";
      break;
    case Op::and_:
      out = "and";
      break;
    case Op::or_:
      out = "or";
      break;
    case Op::not_:
      out = "not";
      break;
    case Op::conditional:
      out = "if";
      break;
    case Op::make_list:
      out = "list";
      break;
    case Op::make_map:
      out = "map";
      break;
    case Op::optional_entry:
      out = "?";
      break;
    case Op::call:
      out = std::string(builtins()[operation.payload].name);
      break;
    case Op::table:
      out = "table";
      break;
    case Op::comprehension:
      out = "loop" +
            std::to_string(static_cast<int>(program.comprehensions[operation.payload].macro));
      break;
    case Op::fail:
      return "fail";
  }
  out += "(";
  for (const std::uint32_t child : program.children_of(operation)) {
    if (out.back() != '(') out += ",";
    out += shape(program, child);
  }
  return out + ")";
}

std::string shape(const std::string& text) {
  const ProgramPtr program = compiled(text);
  return shape(*program, program->root);
}

TEST_CASE("expression: a program holds its operations, children before parents",
          "[expression][program]") {
  const ProgramPtr program = compiled(
      "c.fees.filter(e, e.borne_by == 'worker' && e.amount > 0).map(e, e.amount).sum() > money('0 "
      "USD') || "
      "c.recruited < as_of - days(3) && ok");
  for (std::uint32_t id = 0; id < program->operations.size(); ++id) {
    for (const std::uint32_t child : program->children_of(program->operation(id)))
      CHECK(child < id);
  }
  CHECK(program->root == program->operations.size() - 1);
  CHECK(program->variables() == std::vector<Slot>{0, 5});
  CHECK(program->text_of(program->operation(program->root)) == program->text.text);
}

TEST_CASE("expression: each construct becomes its operation", "[expression][program]") {
  CHECK(shape("ok && n > 1 && ok") == "and(v5,_>_(v6,k),v5)");
  CHECK(shape("ok || !ok || n > 1") == "or(v5,not(v5),_>_(v6,k))");
  CHECK(shape("ok ? n : 2") == "if(v5,v6,k)");
  CHECK(shape("f.from.charges[0].to.workers") == "workers(to(index(charges(from(v4)),k)))");
  CHECK(shape("c.id + c.kind") == "_+_(id(v0),kind(v0))");
  CHECK(shape("has(r.licence)") == "has:licence(v1)");
  CHECK(shape("has(m.k) || m.k == 1") == "or(has.k(v11),_==_(.k(v11),k))");
  CHECK(shape("has(m[s])") == "_in_(v8,v11)");
  CHECK(shape("[n, 1]") == "list(v6,k)");
  CHECK(shape("{s: n}") == "map(v8,v6)");
  CHECK(shape("day < as_of") == "_<_(v9,as_of)");
  CHECK(shape("c.fees.exists(e, e.amount > paid)") == "loop1(fees(v0),_>_(amount(l0),v10))");
  CHECK(shape("[n].map(i, i > 1, i)") == "loop5(list(v6),_>_(l0,k),l0)");
  CHECK(shape("[n].map(i, [i].map(j, i + j))") == "loop3(list(v6),loop3(list(l0),_+_(l0,l1)))");
  CHECK(shape("m.transformMap(k, v, v > 1, k)") == "loop7(v11,_>_(l1,k),l0)");
  CHECK(shape("cel.bind(a, n + n, a * a)") == "loop6(_+_(v6,v6),_*_(l0,l0))");
  CHECK(shape("row['Employer']") == ".Employer(v13)");
}

TEST_CASE("expression: equal subexpressions are one operation", "[expression][program]") {
  const ProgramPtr program =
      compiled("c.workers > 1 && (c.workers > 1 || c.workers + 1 == c.workers + 1)");
  CHECK(count(*program, Op::attribute) == 1);
  CHECK(count(*program, Op::constant) == 1);
  CHECK(count(*program, Op::call) == 3);
  // Also inside comprehensions and of whole comprehensions, whatever the names of their variables.
  const ProgramPtr twice = compiled(
      "c.fees.filter(e, e.amount > 0).size() == c.fees.filter(k, k.amount > 0).size() && "
      "c.fees.all(x, x.amount > 0)");
  CHECK(count(*twice, Op::comprehension) == 2);
  CHECK(count(*twice, Op::attribute) == 1);
  // But the elements of two lists are not one thing.
  const ProgramPtr unlike =
      compiled("c.fees.exists(e, e.amount > 0) || r.engagements.exists(e, e.amount > 0)");
  CHECK(count(*unlike, Op::local) == 2);
  CHECK(count(*unlike, Op::attribute) == 2);
  // The place of what is shared is the first.
  const ProgramPtr place = compiled("n+1 > 2 || n + 1 > 3");
  const auto sum =
      std::find_if(place->operations.begin(), place->operations.end(), [&](const Operation& one) {
        return one.op == Op::call && builtins()[one.payload].name == "_+_";
      });
  REQUIRE(sum != place->operations.end());
  CHECK(place->text_of(*sum) == "n+1");
}

TEST_CASE("expression: constants are computed when that cannot hide an error",
          "[expression][program]") {
  const auto constant = [](const std::string& text) {
    const ProgramPtr program = compiled(text);
    return program->operations.size() == 1 && program->operations[0].op == Op::constant;
  };
  CHECK(constant("1 + 2 * 3 - -4"));
  CHECK(constant("1.5 / 0.0"));
  CHECK(constant("-(9223372036854775807)"));
  CHECK(constant("!true"));
  CHECK(constant("[1, [2, 'x']]"));
  CHECK(constant("{'a': [1], 'b': []}"));
  CHECK(constant("true ? 1 : n"));
  CHECK(constant("false && n > 1"));
  CHECK(constant("n > 1 || true"));
  CHECK(constant("date('2026-01-01')"));
  CHECK_FALSE(constant("9223372036854775807 + 1"));
  CHECK_FALSE(constant("-(-9223372036854775808)"));
  CHECK_FALSE(constant("1 / 0"));
  CHECK_FALSE(constant("{'a': 1, 'a': 2}"));
  CHECK_FALSE(constant("{1: 1, 1u: 2}"));
  CHECK_FALSE(constant("'a' + 'b'"));
  CHECK(shape("ok && true") == "v5");
  CHECK(shape("any && true") == "and(v12,k)");

  const ProgramPtr list = compiled("s in ['a', 'b']");
  const Value& value =
      list->constants[list->operation(list->children_of(list->operation(list->root))[1]).payload];
  REQUIRE(value.is(ValueKind::list));
  REQUIRE(value.list->items.size() == 2);
  CHECK(value.list->items[1].as_text() == "b");
  const ProgramPtr sum = compiled("2 * 3 + 4");
  CHECK(sum->constants[sum->operation(sum->root).payload].integer == 10);
}

TEST_CASE("expression: a program outlives its text, its environment and its schema",
          "[expression][program]") {
  ProgramPtr program;
  {
    const auto document =
        read_yaml(std::make_shared<const Source>("s.yaml", std::string(small_schema_text)));
    SchemaPtr schema = *read_schema(**document);
    Environment environment(schema);
    environment.add_variable("r", Type::node({*schema->find_kind("Recruiter")}));
    std::string text = "r.role in ['agency', 'sub_\\x61gent'] && r.kind == 'Recruiter'";
    program = *compile(ExpressionText::of(text), environment);
    text.assign(text.size(), '?');
  }
  const Type& role =
      program->operation(program->children_of(program->operation(0)).empty() ? 1 : 0).type;
  CHECK(role.values(nullptr) == std::vector<std::string_view>{"agency", "sub_agent"});
  CHECK(program->text.text == "r.role in ['agency', 'sub_\\x61gent'] && r.kind == 'Recruiter'");
}

TEST_CASE("expression: long expressions are checked in time that grows with their length",
          "[expression][program]") {
  std::string chain = "n > 0";
  std::string list = "n in [0";
  for (int i = 1; i < 8'000; ++i) {
    chain += " || n > " + std::to_string(i);
    list += ", " + std::to_string(i);
  }
  list += "]";
  CHECK(compiled(chain)->operations.size() == 16'002);
  CHECK(compiled(list)->operations.size() == 3);
}

}  // namespace
