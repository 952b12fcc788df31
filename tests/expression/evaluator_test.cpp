#include <string>

#include "eraudit/core/error.hpp"
#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

TEST_CASE("expression: false and true absorb what stands beside them", "[expression][logic]") {
  Evaluation given("nodes: {C: {c1: {n: 1, b: true}}}");
  CHECK(given("1 / 0 > 0 && !c.b") == "false");
  CHECK(given("!c.b && 1 / 0 > 0") == "false");
  CHECK(given("1 / 0 > 0 || c.b") == "true");
  CHECK(given("1 / 0 > 0 && c.b") == "error: division by zero");
  CHECK(given("c.b && 1 / 0 > 0 && 1 % 0 > 0") == "error: division by zero");
  CHECK(given("c.b && 1 % 0 > 0 && 1 / 0 > 0") == "error: modulus by zero");
  CHECK(given("c.m > 0 && 1 / 0 > 0") == "not known: c1.m");
  CHECK(given("c.m > 0 && 1 / 0 > 0 && !c.b") == "false");
  CHECK(given("[1, 0, 2].all(x, 4 / x > 5)") == "false");
  CHECK(given("[0, 1].exists(x, 4 / x > 3)") == "true");
  CHECK(given("[0, 1].exists(x, 4 / x > 5)") == "error: division by zero");
  CHECK(given("[0, 1].exists_one(x, 4 / x > 3)") == "error: division by zero");
  CHECK(given("[1, 0].filter(x, 4 / x > 5).size()") == "error: division by zero");
}

TEST_CASE("expression: a long chain does not nest", "[expression][limits]") {
  Evaluation given;
  std::string text = "c.id == 'c1'";
  for (int index = 0; index < 1'000; ++index) text += " && c.id == 'c1'";
  CHECK(given(text) == "true");
}

TEST_CASE("expression: a lazy variable is worked out once, when it is read", "[expression][let]") {
  Evaluation given("nodes: {C: {c1: {n: 3}}}");
  given.let("heavy", "[1, 2, 3, 4, 5, 6, 7, 8].map(x, x * c.n).sum()");
  given.let("bad", "1 / (c.n - 3)");
  CHECK(given("heavy") == "108");
  Evaluator& evaluator = given.row();
  CHECK(evaluator.evaluate(given.program("false && heavy > 1")).is_false());
  const std::uint64_t unread = evaluator.fuel_used();
  static_cast<void>(evaluator.evaluate(given.program("heavy")));
  const std::uint64_t once = evaluator.fuel_used() - unread;
  static_cast<void>(evaluator.evaluate(given.program("heavy + heavy")));
  CHECK(evaluator.fuel_used() - unread - once < once / 2);
  CHECK(given("bad > 1") == "error: division by zero");
  CHECK(given("bad > 1 || true") == "true");
  CHECK(given("bad > 1 || bad < 1") == "error: division by zero");
}

TEST_CASE("expression: a variable that needs itself is an error", "[expression][let]") {
  Environment environment;
  const Slot a = environment.add_variable("a", TypeKind::integer);
  const Slot b = environment.add_variable("b", TypeKind::integer);
  const auto bound = [&](const std::string& text) {
    const auto program = compile(ExpressionText::of(text), environment);
    REQUIRE(program);
    return eraudit::bind(*program, nullptr);
  };
  const BoundProgram first = bound("b + 1");
  const BoundProgram second = bound("a + 1");
  const BoundProgram sum = bound("a + b");
  Evaluator evaluator(nullptr, {});
  evaluator.begin();
  evaluator.set_lazy(a, &first);
  evaluator.set_lazy(b, &second);
  CHECK(evaluator.describe(evaluator.evaluate(sum)) == "error: 'a' depends on itself");
  evaluator.begin();
  evaluator.set(a, Value::of(std::int64_t{1}));
  CHECK(evaluator.describe(evaluator.evaluate(sum)) == "error: 'b' has no value");
}

TEST_CASE("expression: used-up fuel is an error that names the limit, whatever could absorb it",
          "[expression][limits]") {
  Limits limits;
  limits.fuel = 100;
  Evaluation given({}, {}, limits);
  CHECK(given("[1, 2, 3].all(x, x > 0)") == "true");
  const std::string many = "[1,2,3,4,5,6,7,8,9,10]";
  CHECK(given(many + ".all(x, " + many + ".all(y, x + y > 0)) || c.id == 'c1'") ==
        "error: limit reached: 100 steps of evaluation (fuel)");
}

TEST_CASE("expression: bytes are limited, so that doubling a text ends", "[expression][limits]") {
  Limits limits;
  limits.value_bytes = 100'000;
  Evaluation given({}, {}, limits);
  std::string text = "c.id";
  for (int index = 0; index < 20; ++index) text = "cel.bind(x, " + text + ", x + x)";
  CHECK(given(text + ".size() > 1") ==
        "error: limit reached: 100000 bytes of texts, lists and facts (value_bytes)");
}

TEST_CASE("expression: variables that read one another do not nest without end",
          "[expression][limits]") {
  Environment environment;
  std::vector<Slot> slots;
  for (int index = 0; index < 2'000; ++index) {
    slots.push_back(environment.add_variable("v" + std::to_string(index), TypeKind::integer));
  }
  std::vector<BoundProgram> programs;
  programs.reserve(slots.size());
  for (std::size_t index = 0; index + 1 < slots.size(); ++index) {
    const auto program =
        compile(ExpressionText::of("1 + v" + std::to_string(index + 1)), environment);
    REQUIRE(program);
    programs.push_back(eraudit::bind(*program, nullptr));
  }
  Evaluator evaluator(nullptr, {});
  evaluator.begin();
  for (std::size_t index = 0; index < programs.size(); ++index) {
    evaluator.set_lazy(slots[index], &programs[index]);
  }
  evaluator.set(slots.back(), Value::of(std::int64_t{1}));
  CHECK(evaluator.describe(evaluator.evaluate(programs[0])) ==
        "error: limit reached: 2000 levels of operations");
  CHECK(evaluator.describe(evaluator.evaluate(programs[1'900])) ==
        "error: limit reached: 2000 levels of operations");
  evaluator.begin();
  evaluator.set(slots[1'000], Value::of(std::int64_t{1}));
  for (std::size_t index = 0; index < 1'000; ++index) {
    evaluator.set_lazy(slots[index], &programs[index]);
  }
  CHECK(evaluator.describe(evaluator.evaluate(programs[500])) == "501");
}

TEST_CASE("expression: rows after the first leave no trace of earlier ones", "[expression]") {
  Evaluation given("nodes: {C: {c1: {n: 1}, c2: {n: 2}}}");
  const BoundProgram& program = given.program("[c.n].map(x, c.id + string(x))[0]");
  Evaluator& evaluator = given.row();
  CHECK(evaluator.describe(evaluator.evaluate(program)) == "c11");
  evaluator.begin();
  evaluator.set(0, Value::of(eraudit::test::node(given.network(), "c2")));
  CHECK(evaluator.describe(evaluator.evaluate(program)) == "c22");
  evaluator.begin();
  CHECK(evaluator.describe(evaluator.evaluate(program)) == "error: 'c' has no value");
}

TEST_CASE("expression: a program of another network is refused", "[expression][bind]") {
  Evaluation given;
  Evaluation other;
  const BoundProgram& program = given.program("c.n > 1");
  CHECK_THROWS_WITH(other.row().evaluate(program), "the program is bound to another network");
}

TEST_CASE("expression: a masked fact reads as if nobody had said it", "[expression][mask]") {
  Evaluation given(R"(
    nodes: {C: {c1: {n: 1, m: 2}}, R: {r1: {}}}
    edges: {paid: [{id: f1, from: r1, to: c1, k: 1}]}
    complete: [{node: c1, list: fees}]
  )");
  const Schema& schema = given.network().schema();
  const NodeId c = eraudit::test::node(given.network(), "c1");
  const Fact facts[] = {Fact::of(c, *schema.kind(KindId{0}).find("n")),
                        Fact::of(c, schema.find_list(KindId{0}, "fees")->list)};
  given.evaluator().mask(facts);
  CHECK(given("c.n") == "not known: c1.n");
  CHECK(given("has(c.n)") == "not known: c1.n");
  CHECK(given("c.m") == "2");
  CHECK(given("c.fees.size()") == "at least 1");
  given.evaluator().mask({});
  CHECK(given("c.n") == "1");
}

}  // namespace
