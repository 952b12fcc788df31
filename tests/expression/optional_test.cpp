#include <string>

#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

TEST_CASE("optional: values that may be missing", "[expression][optional]") {
  Evaluation given;
  CHECK(given("{'a': 1}.?a.orValue(0)") == "1");
  CHECK(given("{'a': 1}.?b.orValue(0)") == "0");
  CHECK(given("{'a': {'b': 2}}.?a.b.orValue(0)") == "2");
  CHECK(given("{'a': dyn({'b': 2})}.?x.b.c.hasValue()") == "false");
  CHECK(given("[1, 2][?1].orValue(0) + [1, 2][?5].orValue(7)") == "9");
  CHECK(given("optional.of(3).value()") == "3");
  CHECK(given("optional.ofNonZeroValue(0).hasValue()") == "false");
  CHECK(given("optional.ofNonZeroValue(money('1 USD')).hasValue()") == "true");
  CHECK(given("{'a': 1}.?b.value()") == "error: the optional has no value");
  CHECK(given("{'a': 1}.?b.or({'c': 2}.?c).orValue(0)") == "2");
  CHECK(given("{'a': 1}.?a.optMap(x, x + 1).orValue(0)") == "2");
  CHECK(given("{'a': {'b': 1}}.?a.optFlatMap(x, x.?c).hasValue()") == "false");
  CHECK(given("optional.of(1) == optional.of(1) && optional.of(1) != optional.none()") == "true");
  CHECK(given("[1, ?optional.of(2), ?{'a': 3}.?b]") == "1, 2");
  CHECK(given("{'a': 1, ?'b': optional.of(2), ?'c': {'x': 1}.?y}") == "a: 1, b: 2");
  CHECK(given("{'a': 1, ?'a': {'x': 1}.?y}") == "a: 1");
  CHECK(given("{'a': 1, ?'a': optional.of(2)}") == "error: the map has two keys a");
  CHECK(given("optional.of(5)") == "5");
  CHECK(given("optional.none()") == "none");
}

TEST_CASE("optional: the other side is only evaluated if it is needed", "[expression][optional]") {
  Evaluation given("nodes: {C: {c1: {m: 0}}}");
  CHECK(given("{'a': 1}.?a.orValue(1 / c.m)") == "1");
  CHECK(given("{'a': 1}.?b.orValue(1 / c.m)") == "error: division by zero");
  CHECK(given("{'a': 1}.?a.or(optional.of(1 / c.m)).value()") == "1");
  CHECK(given("{'a': 1}.?a.orValue(c.n)") == "1");
  CHECK(given("{'a': 1}.?b.optMap(x, x / c.m).orValue(5)") == "5");
}

TEST_CASE("optional: an attribute may be absent, known or not known", "[expression][optional]") {
  Evaluation absent("nodes: {C: {c1: {a: null}}}");
  CHECK(absent("c.?a.orValue(7)") == "7");
  CHECK(absent("c.?a.hasValue()") == "false");
  CHECK(absent("c.?a.optMap(x, 1 / 0).orValue(7)") == "7");
  CHECK(absent("[1, ?c.?a]") == "1");

  Evaluation given("nodes: {C: {c1: {n: 2..4, m: 3}}}");
  CHECK(given("c.?m.orValue(0)") == "3");
  CHECK(given("c.?n.orValue(0)") == "2 to 4");
  CHECK(given("c.?n.hasValue()") == "true");
  CHECK(given("c.?n.optMap(x, x + 1).orValue(0)") == "3 to 5");
  CHECK(given("c.?a.orValue(0)") == "not known: c1.a");
  CHECK(given("c.?a.hasValue()") == "not known: c1.a");
  CHECK(given("c.?a.or(optional.of(1)).hasValue()") == "not known: c1.a");
  CHECK(given("c.?a.optMap(x, x + 1)") == "not known: c1.a");
  CHECK(given.value("c.?a.orValue(1 / 0)").has(Value::may_fail));
  CHECK_FALSE(given.value("c.?a.orValue(1)").has(Value::may_fail));
  CHECK(given.value("c.?a.optMap(x, 1 / x)").has(Value::may_fail));
  CHECK(given("optional.of(c.x)") == "not known: c1.x");
  CHECK(given("optional.ofNonZeroValue(c.n)") == "not known: c1.n");
  CHECK(given("optional.of(c.n) == optional.of(3)") == "not known: c1.n");
  CHECK(given("[?c.?a]") == "not known: c1.a");
  CHECK(given("{'k': 1, ?'a': c.?a}") == "not known: c1.a");
  CHECK(given("c.fees.map(f, f.k)[?0]") == "not known: c1.fees");
}

}  // namespace
