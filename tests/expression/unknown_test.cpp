#include <vector>

#include "eraudit/core/error.hpp"
#include "tests/expression/cel_values.hpp"
#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::cel_text;
using eraudit::test::Evaluation;

/// A variable `s` with a map, unknown at some paths.
class Declared {
 public:
  Declared() {
    environment_.checked = false;
    slot_ = environment_.add_variable("s", Type());
  }

  std::string operator()(const std::string& text, const std::vector<std::string>& paths) {
    const auto program = compile(ExpressionText::of(text), environment_);
    REQUIRE(program);
    const BoundProgram bound = eraudit::bind(*program, nullptr);
    evaluator_.begin();
    const Value keys[] = {Value::of(std::string_view("name")), Value::of(std::string_view("list"))};
    const Value items[] = {Value::of(std::int64_t{1}), Value::of(std::int64_t{2})};
    const Value values[] = {Value::of(std::string_view("x")), evaluator_.list(items)};
    evaluator_.set(slot_, evaluator_.map(keys, values));
    for (const std::string& path : paths) evaluator_.set_unknown(slot_, "s", path);
    return cel_text(evaluator_, evaluator_.evaluate(bound));
  }

 private:
  Environment environment_;
  Slot slot_ = 0;
  Evaluator evaluator_{nullptr, {}};
};

TEST_CASE("expression: a variable can be unknown in part", "[expression][unknown]") {
  Declared given;
  CHECK(given("s.name", {".fee"}) == "string:'x'");
  CHECK(given("s.fee + 1", {".fee"}) == "unknown{s.fee}");
  CHECK(given("s.other", {".fee"}) == "error(no such key: other)");
  CHECK(given("has(s.fee)", {".fee"}) == "unknown{s.fee}");
  CHECK(given("has(s.other)", {".fee"}) == "false");
  CHECK(given("size(s)", {".fee"}) == "unknown{s}");
  CHECK(given("s.name + s.fee", {".fee", ".name"}) == "unknown{s.fee, s.name}");
  CHECK(given("s.name", {""}) == "unknown{s}");
  CHECK(given("s.list[0]", {".list[1]"}) == "int:1");
  CHECK(given("s.list[1]", {".list[1]"}) == "unknown{s.list[1]}");
  CHECK(given("size(s.list)", {".list[1]"}) == "unknown{s.list}");
  CHECK(given("s.list.exists(x, x == 1)", {".list[1]"}) == "true");
  CHECK(given("s.list.exists(x, x == 2)", {".list[1]"}) == "unknown{s.list[1]}");
  CHECK(given("s.a.b.c", {".a.*"}) == "unknown{s.a.b}");
  CHECK(given("s.a", {".a.*"}) == "map{}");
  CHECK(given("s.exists(k, k == 'name')", {".fee"}) == "unknown{s}");
}

TEST_CASE("expression: a path below a variable must be one", "[expression][unknown]") {
  Declared given;
  CHECK_THROWS_WITH(given("s.name", {"fee"}), "'fee' is no path below a variable");
  CHECK_THROWS_WITH(given("s.name", {"[x]"}), "'[x]' is no path below a variable");
}

TEST_CASE("expression: at most so many facts are kept, the others counted",
          "[expression][unknown]") {
  std::string yaml = "nodes: {C: {c1: {}}, R: {r1: {}}}\nedges:\n  paid:\n";
  for (int edge = 10; edge < 20; ++edge) {
    yaml += "    - {id: f" + std::to_string(edge) + ", from: r1, to: c1}\n";
  }
  Limits limits;
  limits.facts_per_verdict = 4;
  Evaluation given(yaml, {}, limits);
  CHECK(given("c.fees.all(f, f.k > 0)") == "not known: f10.k, f11.k, f12.k, f13.k and 7 more");
}

TEST_CASE("expression: unknown facts are in order and each once", "[expression][unknown]") {
  Evaluation given("nodes: {C: {c1: {}}}");
  CHECK(given("c.m > 0 && c.n > 0 && c.m > 1") == "not known: c1.n, c1.m");
  const Value value = given.value("c.m + c.m");
  REQUIRE(value.is(ValueKind::unknown));
  CHECK(value.facts->facts.size() == 1);
}

TEST_CASE("expression: an operator on what is not known may fail only where it says so",
          "[expression][unknown]") {
  Evaluation given("nodes: {C: {c1: {n: 2}}}");
  CHECK_FALSE(given.value("c.m + 1").has(Value::may_fail));
  CHECK_FALSE(given.value("c.m / 2").has(Value::may_fail));
  CHECK(given.value("c.m / 0").has(Value::may_fail));
  CHECK(given.value("c.n / c.m").has(Value::may_fail));
  CHECK_FALSE(given.value("c.t.matches('^x')").has(Value::may_fail));
  CHECK_FALSE(given.value("c.t == 'x'").has(Value::may_fail));
  CHECK(given.value("c.b && 1 / 0 > 0").has(Value::may_fail));
  CHECK(given.value("c.b ? 1 / 0 : 2").has(Value::may_fail));
  CHECK_FALSE(given.value("c.b ? 1 : 2").has(Value::may_fail));
}

TEST_CASE("expression: what cannot be negative stays so through sums and products",
          "[expression][unknown]") {
  Evaluation given("nodes: {C: {c1: {m: 1, x: 0.5}}}");
  CHECK(given.value("c.n").has(Value::non_negative));
  CHECK(given.value("c.wage").has(Value::non_negative));
  CHECK(given.value("c.n * 2 + c.m").has(Value::non_negative));
  CHECK(given.value("c.wage * c.x").has(Value::non_negative));
  CHECK(given.value("double(c.n)").has(Value::non_negative));
  CHECK(given.value("c.b ? c.n : 3").has(Value::non_negative));
  CHECK_FALSE(given.value("c.n - 1").has(Value::non_negative));
  CHECK_FALSE(given.value("c.n * -1").has(Value::non_negative));
  CHECK_FALSE(given.value("c.b ? c.n : -3").has(Value::non_negative));
}

}  // namespace
