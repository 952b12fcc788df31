// The extensions of CEL that this profile has: texts, mathematics, lists, sets, encoders.

#include <string>

#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;

constexpr std::string_view one_node = R"(
  nodes:
    C: {c1: {n: 2..4, x: 0.5..1.5, b: true}}
)";

/// Two edges, and maybe more.
constexpr std::string_view open_list = R"(
  nodes: {C: {c1: {}}, R: {r1: {}}}
  edges:
    paid:
      - {id: f0, from: r1, to: c1, k: 3}
      - {id: f1, from: r1, to: c1, k: 1}
)";

TEST_CASE("extensions: places in texts count code points", "[expression][strings]") {
  Evaluation given;
  CHECK(given("'größe'.charAt(2)") == "ö");
  CHECK(given("'größe'.charAt(5) == ''") == "true");
  CHECK(given("'größe'.charAt(6)") == "error: place 6 is outside a text of 5 characters");
  CHECK(given("'größe'.charAt(-1)") == "error: place -1 is outside a text of 5 characters");
  CHECK(given("'größe'.indexOf('e')") == "4");
  CHECK(given("'größe'.indexOf('')") == "0");
  CHECK(given("'größe'.indexOf('g', 1)") == "-1");
  CHECK(given("'abab'.lastIndexOf('ab')") == "2");
  CHECK(given("'abab'.lastIndexOf('ab', 1)") == "0");
  CHECK(given("'abab'.lastIndexOf('', 3)") == "3");
  CHECK(given("'größe'.substring(3)") == "ße");
  CHECK(given("'größe'.substring(5)") == "");
  CHECK(given("'größe'.substring(2, 4)") == "öß");
  CHECK(given("'größe'.substring(4, 2)") == "error: a part from 4 to 2 ends before it begins");
  CHECK(given("'größe'.reverse()") == "eßörg");
}

TEST_CASE("extensions: texts are taken apart and put together", "[expression][strings]") {
  Evaluation given;
  CHECK(given("'a,b,,c'.split(',')") == "a, b, , c");
  CHECK(given("'a,b,,c'.split(',', 2)") == "a, b,,c");
  CHECK(given("'a,b'.split(',', 0)") == "none");
  CHECK(given("'a,b'.split(',', -1)") == "a, b");
  CHECK(given("'öß'.split('')") == "ö, ß");
  CHECK(given("'öße'.split('', 2)") == "ö, ße");
  CHECK(given("''.split(',').size()") == "1");
  CHECK(given("''.split('').size()") == "0");
  CHECK(given("['a', 'b'].join('; ')") == "a; b");
  CHECK(given("[dyn('a'), 1].join()") == "error: no such overload: join(list)");
  CHECK(given("'aaa'.replace('a', 'b', 2)") == "bba");
  CHECK(given("'aaa'.replace('a', 'b', 0)") == "aaa");
  CHECK(given("'aaa'.replace('x', 'b')") == "aaa");
  CHECK(given("'öß'.replace('', '-')") == "-ö-ß-");
  CHECK(given("'öß'.replace('', '-', 2)") == "-ö-ß");
  CHECK(given("'\\u2003 a b\\u00a0'.trim()") == "a b");
  CHECK(given("' \\t'.trim() == ''") == "true");
  CHECK(given("strings.quote('a\\n\"b\"')") == "\"a\\n\\\"b\\\"\"");
}

TEST_CASE("extensions: a format writes every value it has a clause for", "[expression][strings]") {
  Evaluation given;
  CHECK(given("'%s, %d of %d, %.1f %%'.format(['x', 2, 3u, 66.66])") == "x, 2 of 3, 66.7 %");
  CHECK(given("'%b %o %x %X'.format([-5, 8, 255, 'ab'])") == "-101 10 ff 6162");
  CHECK(given("'%b %e'.format([true, 12345])") == "1 1.234500e+04");
  CHECK(given("'%s'.format([money('12.50 USD')])") == "12.50 USD");
  CHECK(given("'%s'.format([date('2026-03-01')])") == "2026-03-01");
  CHECK(given("'%s'.format([[{'b': 1, 'a': [null]}]])") == "[{a: [null], b: 1}]");
  CHECK(given("('%' + 's').format([])") == "error: the format asks for more than 0 values");
  CHECK(given("('%' + 'q').format([1])") == "error: '%q' is no clause of a format");
  CHECK(given("('%' + 'd').format([1.5])") == "error: '%d' writes a whole number, this is double");
  CHECK(given("('%' + '.200f').format([1.5])") ==
        "error: after '%.' stands a number of digits, at most 100");
  CHECK(given("('%' + '.2d').format([1])") == "error: '%.2d': only %f and %e take digits");
  CHECK(given("'50' + '%'") == "50%");
  CHECK(given("('50' + '%').format([])") == "error: this '%' has no letter after it");
}

TEST_CASE("extensions: numbers in texts are no infinity and no NaN, unless written so",
          "[expression][library]") {
  Evaluation given;
  CHECK(given("double('NaN')") == "nan");
  CHECK(given("double('-Infinity')") == "-inf");
  CHECK(given("double('Na' + 'N')") == "error: 'NaN' is not a number");
  CHECK(given("double('Infi' + 'nity')") == "error: 'Infinity' is not a number");
}

TEST_CASE("extensions: mathematics of ranges keeps what is known", "[expression][math][ranges]") {
  Evaluation given(one_node);
  CHECK(given("math.greatest(c.n, 3)") == "3 to 4");
  CHECK(given("math.greatest(c.n, 5)") == "5");
  CHECK(given("math.least(c.n, 1, 7)") == "1");
  CHECK(given("math.least([c.n, 3])") == "2 to 3");
  CHECK(given("math.greatest(c.n, 3.5)") == "not known: c1.n");
  CHECK(given("math.greatest(c.n, c.m)") == "not known: c1.m");
  CHECK(given("math.greatest(c.n)") == "2 to 4");
  CHECK(given("math.ceil(c.x)") == "1 to 2");
  CHECK(given("math.floor(c.x)") == "0 to 1");
  CHECK(given("math.round(c.x * 0.0 + 2.5)") == "3");
  CHECK(given("math.trunc(c.x)") == "0 to 1");
  CHECK(given("math.sign(c.n)") == "1");
  CHECK(given("math.sign(c.n - 3)") == "-1 to 1");
  CHECK(given("math.sqrt(c.n)") == "1.4142 to 2");
  CHECK(given("math.sqrt(c.n - 3)") == "not known: c1.n");
  CHECK(given("math.abs(c.n - 3)") == "0 to 1");
  CHECK(given("math.isNaN(c.x)") == "not known: c1.x");
  CHECK(given("math.bitAnd(c.n, 1)") == "not known: c1.n");
  CHECK(given("math.bitShiftLeft(3, -1)") == "error: bits are shifted by a number from 0 upwards");
  CHECK(given("math.bitShiftRight(-1, 63)") == "1");
  CHECK(given("math.greatest(c.fees.map(f, f.k))") == "not known: c1.fees");
}

TEST_CASE("extensions: the greatest and least of what is not alike", "[expression][math]") {
  Evaluation given;
  CHECK(given("math.greatest(1, 2.5, 2u)") == "2.5");
  CHECK(given("math.least(dyn(1), dyn('a'))") ==
        "error: no such overload: math.least(int, string)");
  CHECK(given("math.greatest([1, 2].filter(x, x > 5))") == "error: math.greatest of an empty list");
  CHECK(given("math.abs(-9223372036854775807 - 1)") == "error: integer overflow");
}

TEST_CASE("extensions: lists by their places", "[expression][lists]") {
  Evaluation given;
  CHECK(given("[3, 1, 2].sort()") == "1, 2, 3");
  CHECK(given("['b', 'a'].sort().reverse()") == "b, a");
  CHECK(given("[0.0 / 0.0, 2.0, 1.0].sort()") == "1, 2, nan");
  CHECK(given("[money('3 USD'), money('2 USD')].sort()") == "2 USD, 3 USD");
  CHECK(given("[money('3 USD'), money('2 EUR')].sort()") ==
        "not known: rate(EUR, USD, 2026-06-30)");
  CHECK(given("[dyn(1), 'a'].sort()") == "error: no such overload: sort(string, int)");
  CHECK(given("[date('2026-03-01'), date('2026-02-01')].sort()") == "2026-02-01, 2026-03-01");
  CHECK(given("['bb', 'a', 'cc'].sortBy(x, x.size())") == "a, bb, cc");
  CHECK(given("['bb', 'a', 'cc'].sortBy(x, -x.size())") == "bb, cc, a");
  CHECK(given("[1, 2].sortBy(x, 1 / (x - 1))") == "error: division by zero");
  CHECK(given("[1, 2, 3, 4].slice(1, 3)") == "2, 3");
  CHECK(given("[1, 2, 3, 4].slice(2, 2)") == "none");
  CHECK(given("[1, 2].slice(1, 3)") == "error: there is no part from 1 to 3 of a list of 2 items");
  CHECK(given("[[1], [2, 3], []].flatten()") == "1, 2, 3");
  CHECK(given("[[1, [2]], [3]].flatten(2)") == "1, 2, 3");
  CHECK(given("[1, [2, [3]]].flatten().size()") == "3");
  CHECK(given("[[1]].flatten(0 - 1)") ==
        "error: a list is flattened by a number of levels from 0 upwards");
  CHECK(given("lists.range(4)") == "0, 1, 2, 3");
  CHECK(given("lists.range(-1)") == "none");
  CHECK(given("[5, 6].first().value()") == "5");
  CHECK(given("[5, 6].last().orValue(0)") == "6");
  CHECK(given("[1].filter(x, x > 1).first().orValue(7)") == "7");
  CHECK(given("[5, 6, 5].indexOf(5)") == "0");
  CHECK(given("[5, 6, 5].lastIndexOf(5)") == "2");
  CHECK(given("[5, 6].indexOf(7)") == "-1");
}

TEST_CASE("extensions: places of a list that may have more items are not known",
          "[expression][lists][unknown]") {
  Evaluation given(open_list);
  for (const std::string text : {"sort()", "reverse()", "slice(0, 1)", "first()", "last()",
                                 "indexOf(3)", "lastIndexOf(3)", "sortBy(x, x)"}) {
    INFO(text);
    CHECK(given("c.fees.map(f, f.k)." + text) == "not known: c1.fees");
  }
  CHECK(given("[c.fees.map(f, f.k)].flatten()") == "not known: c1.fees");
  CHECK(given("[c.n].sort()") == "not known: c1.n");
  CHECK(given("lists.range(c.n)") == "not known: c1.n");
  CHECK(given("['a', 'b'].join(c.t)") == "not known: c1.t");
  CHECK(given("'%d'.format([c.n])") == "not known: c1.n");
  CHECK(given("c.t.lowerAscii().trim()") == "not known: c1.t");
  CHECK_FALSE(given.value("c.t.lowerAscii()").has(Value::may_fail));
  CHECK(given.value("c.t.charAt(0)").has(Value::may_fail));
}

TEST_CASE("extensions: sets decide as far as partial lists let them",
          "[expression][sets][unknown]") {
  Evaluation given(open_list);
  CHECK(given("sets.contains([1, 2, 3], [3, 1])") == "true");
  CHECK(given("sets.contains([1, 2, 3], [3, 4])") == "false");
  CHECK(given("sets.contains([1], [])") == "true");
  CHECK(given("sets.equivalent([1, 2, 2], [2, 1])") == "true");
  CHECK(given("sets.equivalent([1, 2], [1])") == "false");
  CHECK(given("sets.equivalent([1], [1, 2])") == "false");
  CHECK(given("sets.intersects([1, 2], [dyn(2.0), 7])") == "true");
  CHECK(given("sets.intersects([1, 2], [])") == "false");
  const std::string known = "c.fees.map(f, f.k)";
  CHECK(given("sets.contains(" + known + ", [3, 1])") == "true");
  CHECK(given("sets.contains(" + known + ", [3, 2])") == "not known: c1.fees");
  CHECK(given("sets.contains([1, 2, 3], " + known + ")") == "not known: c1.fees");
  CHECK(given("sets.contains([1, 2], " + known + ")") == "false");
  CHECK(given("sets.intersects(" + known + ", [1])") == "true");
  CHECK(given("sets.intersects([7], " + known + ")") == "not known: c1.fees");
  CHECK(given("sets.intersects([1].filter(x, x > 1), " + known + ")") == "false");
  const std::string unstated = "c.fees.map(f, f.j)";
  CHECK(given("sets.intersects(" + unstated + ", [1])") == "not known: f0.j, f1.j, c1.fees");
  CHECK(given("sets.intersects([1].filter(x, x > 1), " + unstated + ")") == "false");
  CHECK(given("sets.contains([1].filter(x, x > 1), " + unstated + ")") == "false");
  CHECK(given("sets.equivalent([1, 2], " + known + ")") == "false");
  CHECK(given("sets.equivalent([1, 3], " + known + ")") == "not known: c1.fees");
}

TEST_CASE("extensions: bytes are written as text and read back", "[expression][encoders]") {
  Evaluation given;
  CHECK(given("base64.encode(b'')") == "");
  CHECK(given("base64.encode(b'a')") == "YQ==");
  CHECK(given("base64.encode(b'ab')") == "YWI=");
  CHECK(given("base64.encode(b'abc')") == "YWJj");
  CHECK(given("base64.decode('YQ==') == b'a' && base64.decode('YQ') == b'a'") == "true");
  for (const std::string bad : {"YQ=", "Y", "YQ===", "Y!==", "=", "YW=j"}) {
    INFO(bad);
    CHECK(given("base64.decode('" + bad + "' + '')") == "error: '" + bad + "' is not base64");
  }
}

TEST_CASE("extensions: what grows is paid for before it is built", "[expression][limits]") {
  Limits limits;
  limits.value_bytes = 20'000;
  Evaluation small({}, {}, limits);
  const std::string bytes =
      "error: limit reached: 20000 bytes of texts, lists and facts (value_bytes)";
  const std::string kilobyte = "lists.range(100).map(i, '0123456789').join()";
  CHECK(small(kilobyte + ".size()") == "1000");
  CHECK(small("cel.bind(t, " + kilobyte + ", t.replace('', t))") == bytes);
  CHECK(small("lists.range(9223372036854775807)") == bytes);
  CHECK(small("cel.bind(t, " + kilobyte + ", lists.range(30).map(i, t).join())") == bytes);
  CHECK(small("cel.bind(t, " + kilobyte + ", '%s'.format([lists.range(30).map(i, t)]))") == bytes);
  CHECK(small("cel.bind(t, " + kilobyte + ", t.replace('0', t).split(''))") == bytes);
  CHECK(small("cel.bind(l, lists.range(200), [l, l, l, l, l, l, l].flatten())") == bytes);

  limits = {};
  limits.fuel = 500;
  Evaluation brief({}, {}, limits);
  const std::string steps = "error: limit reached: 500 steps of evaluation (fuel)";
  CHECK(brief("lists.range(10).sort()") == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
  CHECK(brief("lists.range(5000)") == steps);
  CHECK(brief("cel.bind(l, lists.range(300), sets.equivalent(l, l))") == steps);
  CHECK(brief("cel.bind(l, lists.range(100), l.map(i, l).flatten())") == steps);
  CHECK(brief("lists.range(400).indexOf(399) + lists.range(400).lastIndexOf(0)") == steps);
}

}  // namespace
